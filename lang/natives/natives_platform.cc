// Natives of Platform (dart:io), and of what a host has declared for the program.

#include <cstdint>
#include <memory>
#include <string>

#include "heap/platform/host.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/native/host_answers.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

Done OperatingSystem(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, OperatingSystemName());
}

Done OperatingSystemText(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, OperatingSystemVersion());
}

Done Executable(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, ExecutablePath());
}

Done Processors(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, ObjectPtr::FromSmi(ProcessorCount()));
}

Done LocalHostname(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, HostName());
}

// The URL under which the host loaded the script; empty where it loaded none.
Done Script(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const fart::Library* const root = interpreter.isolate().libraries().root();
  return AnswerText(interpreter, arguments, root == nullptr ? "" : root->url);
}

// "NAME=value" of each variable, with a NUL behind it.
Done Environment(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string all;
  for (const std::string& entry : EnvironmentEntries()) {
    all += entry;
    all += '\0';
  }
  return AnswerText(interpreter, arguments, all);
}

// What the host has declared under a name: a string; null: nothing.
Done DeclaredValue(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  const std::shared_ptr<EnvironmentHost> host = interpreter.isolate().libraries().environment();
  if (host == nullptr) return Answer(arguments, kNull);
  const Outcome outcome = host->ValueOf(interpreter.isolate(), Rooted(arguments));
  std::string why = "has to be declared as a String, or not at all.";
  {
    const NoSafepointScope quiet;
    const ObjectPtr value = outcome.Get(quiet);
    if (!outcome.IsError() && (value == kNull || IsString(value))) return Answer(arguments, value);
    if (outcome.IsError()) {
      const bool is_text = ErrorKindOf(value, quiet) == fart::ErrorKind::kApi &&
                           ErrorCauseOf(value, quiet) == ErrorCause::kOther;
      if (!is_text) {
        arguments[0] = value;
        interpreter.stack().SetTop(arguments + 1);
        return Done::kFailed;
      }
      why = "cannot be looked up: " + ToUtf8(ErrorMessage(value, quiet), quiet);
    }
  }
  return interpreter.Refuse(0, why);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<OperatingSystem>("Platform_operatingSystem"),
    Native<OperatingSystemText>("Platform_operatingSystemVersion"),
    Native<Executable>("Platform_executable"),
    Native<Processors>("Platform_numberOfProcessors"),
    Native<LocalHostname>("Platform_localHostname"),
    Native<Script>("Platform_script"),
    Native<Environment>("Platform_environment"),
    Native<DeclaredValue>("Environment_declaredValue"),
};

}  // namespace

std::span<const IntrinsicEntry> PlatformIntrinsics() { return kEntries; }

}  // namespace fart::lang

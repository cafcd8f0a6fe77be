// Natives of Platform (dart:io).

#include <cstdint>
#include <string>
#include <vector>

#include "heap/platform/host.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
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

// Entry number `index`; null: there are no more.
Done EnvironmentEntry(Interpreter& interpreter, ObjectPtr* arguments,
                      LengthArg index) FART_MAY_COLLECT {
  const std::vector<std::string> entries = EnvironmentEntries();
  const auto wanted = static_cast<std::size_t>(index.value);
  if (wanted >= entries.size()) return Answer(arguments, kNull);
  return AnswerText(interpreter, arguments, entries[wanted]);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<OperatingSystem>("Platform_operatingSystem"),
    Native<OperatingSystemText>("Platform_operatingSystemVersion"),
    Native<Executable>("Platform_executable"),
    Native<Processors>("Platform_numberOfProcessors"),
    Native<LocalHostname>("Platform_localHostname"),
    Native<Script>("Platform_script"),
    Native<EnvironmentEntry>("Platform_environmentEntry"),
};

}  // namespace

std::span<const IntrinsicEntry> PlatformIntrinsics() { return kEntries; }

}  // namespace fart::lang

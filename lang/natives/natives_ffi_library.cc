// Natives of dart:ffi: libraries of C. A library is an int to the natives: an id of
// ForeignLibraries.

#include <cstdint>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "vm/ffi/foreign_library.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

Done LibraryOpen(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  std::string path;
  {
    const NoSafepointScope quiet;
    path = ToUtf8(arguments[0], quiet);
  }
  if (path.empty() || path.find('\0') != std::string::npos) {
    return interpreter.Refuse(0, "must be the name of a file");
  }
  std::string error;
  const auto id = ForeignState::Of(interpreter).libraries().Open(path, &error);
  if (!id) return AnswerText(interpreter, arguments, error);
  return Answer(arguments, ObjectPtr::FromSmi(*id));
}

Done LibraryProcess(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::uint32_t id = ForeignState::Of(interpreter).libraries().OpenProcess();
  return Answer(arguments, ObjectPtr::FromSmi(id));
}

Done LibraryExecutable(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::uint32_t id = ForeignState::Of(interpreter).libraries().OpenExecutable();
  return Answer(arguments, ObjectPtr::FromSmi(id));
}

struct LibraryArg {
  ffi::ForeignLibrary* library = nullptr;
  std::uint32_t id = 0;
  bool Take(const Taken& argument) {
    const ObjectPtr value = argument.value();
    if (value.IsSmi() && value.SmiValue() >= 0) {
      id = static_cast<std::uint32_t>(value.SmiValue());
      library = ForeignState::Of(argument.interpreter).libraries().Get(id);
    }
    return library != nullptr || argument.Refuse("must be a library that was opened here");
  }
};

Done RaiseClosed(Interpreter& interpreter, ObjectPtr* arguments,
                 const ffi::ForeignLibrary& library) FART_MAY_COLLECT {
  return RaiseState(interpreter, arguments,
                    "The library '" + library.name() + "' has been closed.");
}

// (library, symbol): its address; or a text, why there is none.
Done LibraryFind(Interpreter& interpreter, ObjectPtr* arguments, LibraryArg library,
                 StringArg) FART_MAY_COLLECT {
  if (!library.library->is_open()) return RaiseClosed(interpreter, arguments, *library.library);
  std::string symbol;
  {
    const NoSafepointScope quiet;
    symbol = ToUtf8(arguments[1], quiet);
  }
  void* address = nullptr;
  std::string error;
  if (symbol.find('\0') != std::string::npos || !library.library->Find(symbol, &address, &error)) {
    return AnswerText(interpreter, arguments, error.empty() ? "no symbol has such a name" : error);
  }
  return AnswerInteger(interpreter, arguments,
                       static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(address)));
}

Done LibraryOrigin(Interpreter&, ObjectPtr* arguments, LibraryArg library) FART_MAY_COLLECT {
  return Answer(arguments, ObjectPtr::FromSmi(OriginOfLibrary(library.id)));
}

Done LibraryHandle(Interpreter& interpreter, ObjectPtr* arguments,
                   LibraryArg library) FART_MAY_COLLECT {
  if (!library.library->is_open()) return RaiseClosed(interpreter, arguments, *library.library);
  return AnswerInteger(
      interpreter, arguments,
      static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(library.library->handle())));
}

Done LibraryClose(Interpreter& interpreter, ObjectPtr* arguments,
                  LibraryArg library) FART_MAY_COLLECT {
  std::string error;
  if (!ForeignState::Of(interpreter).libraries().Close(library.id, &error)) {
    return RaiseState(interpreter, arguments, error);
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<LibraryOpen>("DynamicLibrary_open"),
    Native<LibraryProcess>("DynamicLibrary_process"),
    Native<LibraryExecutable>("DynamicLibrary_executable"),
    Native<LibraryFind>("DynamicLibrary_find"),
    Native<LibraryOrigin>("DynamicLibrary_origin"),
    Native<LibraryHandle>("DynamicLibrary_handle"),
    Native<LibraryClose>("DynamicLibrary_close"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiLibraryIntrinsics() { return kEntries; }

}  // namespace fart::lang

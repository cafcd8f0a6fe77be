// Natives of dart:io's files, folders and standard streams.
//
// Each answers what was asked for, or the system's error number: the library makes it an exception.

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "heap/platform/files.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "lang/natives/text_arguments.h"
#include "vm/platform/exit_code.h"
#include "vm/platform/standard_output.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

namespace fs = std::filesystem;

using PathArg = PlainTextArg;

Done AnswerNumber(ObjectPtr* arguments, std::int64_t number) {
  return Answer(arguments, ObjectPtr::FromSmi(number));
}

// (path, whether as text): all that is in it.
Done Read(Interpreter& interpreter, ObjectPtr* arguments, PathArg path,
          BoolArg is_text) FART_MAY_COLLECT {
  std::string bytes;
  if (const int error = ReadFile(path.value, &bytes)) return AnswerNumber(arguments, error);
  if (is_text.value) return AnswerText(interpreter, arguments, bytes);
  const FreshObject data = NewBytesToFill(interpreter.mutator(), bytes.size());
  if (data.is_null()) return OutOfMemory(interpreter);
  const NoSafepointScope quiet;
  const ObjectPtr object = data.Get(quiet);
  std::memcpy(BytesOf(object, quiet).first, bytes.data(), bytes.size());
  return Answer(arguments, object);
}

// (path, content, whether behind what is there): 0.
Done Write(Interpreter&, ObjectPtr* arguments, PathArg path, ContentArg content,
           BoolArg appends) FART_MAY_COLLECT {
  return AnswerNumber(arguments, WriteFile(path.value, content.value, appends.value));
}

// (path, whether links are followed, places): fills in the kind (0 file, 1 folder, 2 link, 3
// other), size, when it was written and read last, in microseconds, its mode, and when that or
// anything else of it changed. 0.
Done Stat(Interpreter& interpreter, ObjectPtr* arguments, PathArg path, BoolArg follows,
          ListArg) FART_MAY_COLLECT {
  FileFacts facts;
  const int error = FindFile(path.value, follows.value, &facts);
  if (error != 0) return AnswerNumber(arguments, error);
  const std::int64_t values[] = {static_cast<std::int64_t>(facts.kind),
                                 facts.size,
                                 facts.written,
                                 facts.read,
                                 facts.mode,
                                 facts.changed};
  if (ListArg::LengthOf(arguments[2]) != std::size(values)) {
    return interpreter.Refuse(2, "must have 6 elements");
  }
  const NoSafepointScope quiet;
  for (std::size_t i = 0; i < std::size(values); ++i) {
    ListSetAt(interpreter.mutator(), arguments[2], i, ObjectPtr::FromSmi(values[i]), quiet);
  }
  return AnswerNumber(arguments, 0);
}

// Runs what sets an error code: its number, 0 if all is well.
template <typename Work>
Done AnswerErrorOf(ObjectPtr* arguments, Work&& work) {
  std::error_code error;
  work(error);
  return AnswerNumber(arguments, error.value());
}

// (path, whether with all that is in it)
Done Remove(Interpreter&, ObjectPtr* arguments, PathArg path,
            BoolArg is_recursive) FART_MAY_COLLECT {
  return AnswerErrorOf(arguments, [&](std::error_code& error) {
    if (is_recursive.value) {
      if (fs::remove_all(path.value, error) == 0 && !error) {
        error = std::make_error_code(std::errc::no_such_file_or_directory);
      }
    } else if (std::remove(path.value.c_str()) != 0) {
      error.assign(errno, std::generic_category());
    }
  });
}

Done Rename(Interpreter&, ObjectPtr* arguments, PathArg from, PathArg to) FART_MAY_COLLECT {
  return AnswerErrorOf(arguments,
                       [&](std::error_code& error) { fs::rename(from.value, to.value, error); });
}

// One that is there already stays.
Done CreateFolder(Interpreter&, ObjectPtr* arguments, PathArg path,
                  BoolArg is_recursive) FART_MAY_COLLECT {
  return AnswerErrorOf(arguments, [&](std::error_code& error) {
    if (is_recursive.value) {
      fs::create_directories(path.value, error);
    } else {
      fs::create_directory(path.value, error);
    }
  });
}

// (prefix): the path of a new folder, whose name begins so.
Done CreateTemporary(Interpreter& interpreter, ObjectPtr* arguments,
                     PathArg prefix) FART_MAY_COLLECT {
  std::string path = prefix.value;
  if (const int error = MakeTemporaryFolder(&path)) return AnswerNumber(arguments, error);
  return AnswerText(interpreter, arguments, path);
}

// (path): the names in it, each with a "/" behind it, which no name has.
Done ListNames(Interpreter& interpreter, ObjectPtr* arguments, PathArg path) FART_MAY_COLLECT {
  std::error_code error;
  std::string names;
  for (fs::directory_iterator entry(path.value, error), end; !error && entry != end;
       entry.increment(error)) {
    names += entry->path().filename().string() + "/";
  }
  if (error) return AnswerNumber(arguments, error.value());
  return AnswerText(interpreter, arguments, names);
}

Done CurrentFolder(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::error_code error;
  const fs::path path = fs::current_path(error);
  if (error) return AnswerNumber(arguments, error.value());
  return AnswerText(interpreter, arguments, path.string());
}

Done TemporaryFolder(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::error_code error;
  const fs::path path = fs::temp_directory_path(error);
  return AnswerText(interpreter, arguments, error ? "/tmp" : path.string());
}

Done ErrorTextOf(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg number) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments,
                    std::generic_category().message(static_cast<int>(number.value)));
}

// The next line of standard input with what ends it; null at the end.
Done ReadLine(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string line;
  if (!ReadInputLine(&line)) return Answer(arguments, kNull);
  return AnswerText(interpreter, arguments, line);
}

Done WriteOutput(Interpreter&, ObjectPtr* arguments, ContentArg content) FART_MAY_COLLECT {
  PrintText(content.value);
  return Answer(arguments, kNull);
}

Done Flush(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  FlushOutput();
  return Answer(arguments, kNull);
}

Done WriteErrors(Interpreter&, ObjectPtr* arguments, ContentArg content) FART_MAY_COLLECT {
  return AnswerNumber(arguments, WriteErrorOutput(content.value));
}

// Ends the process, at once.
Done Exit(Interpreter&, ObjectPtr*, Int64Arg code) FART_MAY_COLLECT {
  EndProcess(static_cast<int>(code.value & 0xFF));
}

Done ExitCode(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, exit_code.load());
}

Done SetExitCode(Interpreter&, ObjectPtr* arguments, Int64Arg code) FART_MAY_COLLECT {
  exit_code.store(code.value);
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Read>("File_read"),
    Native<Write>("File_write"),
    Native<Stat>("File_stat"),
    Native<Remove>("File_remove"),
    Native<Rename>("File_rename"),
    Native<CreateFolder>("Directory_create"),
    Native<CreateTemporary>("Directory_createTemporary"),
    Native<ListNames>("Directory_names"),
    Native<CurrentFolder>("Directory_current"),
    Native<TemporaryFolder>("Directory_temporary"),
    Native<ErrorTextOf>("System_errorText"),
    Native<ReadLine>("Stdin_readLine"),
    Native<WriteOutput>("Stdout_write"),
    Native<Flush>("Stdout_flush"),
    Native<WriteErrors>("Stderr_write"),
    Native<Exit>("System_exit"),
    Native<ExitCode>("System_exitCode"),
    Native<SetExitCode>("System_setExitCode"),
};

}  // namespace

std::span<const IntrinsicEntry> FileIntrinsics() { return kEntries; }

}  // namespace fart::lang

// Natives of dart:io's files, folders and links, by their paths.
//
// Each has its work done now or later (file_work.h). A number below 0 is minus the system's error
// number: the library makes it an exception.

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "heap/platform/files.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/file_work.h"
#include "lang/natives/natives.h"
#include "lang/natives/text_arguments.h"

namespace fart::lang {

namespace {

namespace fs = std::filesystem;

using PathArg = PlainTextArg;
using KindArg = RangeArg<0, 2>;  // A FileKind that is no kOther.

FileAnswer Number(std::int64_t number) { return FileAnswer::Number(number); }

// The text, or why there is none.
FileAnswer TextUnless(int error, std::string text) {
  return error < 0 ? Number(error) : FileAnswer::Text(std::move(text));
}

int NumberOf(const std::error_code& error) { return -error.value(); }

// (path, whether as text): all that is in it.
FileWork Read(PathArg path, BoolArg is_text) {
  return [path, is_text] {
    std::string bytes;
    if (const int error = ReadFile(path.value, &bytes)) return Number(error);
    return is_text.value ? FileAnswer::Text(std::move(bytes)) : FileAnswer::Bytes(std::move(bytes));
  };
}

// (path, content, whether behind what is there, whether it is to lie on the disk)
FileWork Write(PathArg path, ContentArg content, BoolArg appends, BoolArg is_flushed) {
  return [path, content, appends, is_flushed] {
    return Number(WriteFile(path.value, content.value, appends.value, is_flushed.value));
  };
}

// (path, whether with all folders on the way)
FileWork Create(PathArg path, BoolArg is_recursive) {
  return [path, is_recursive] {
    std::error_code error;
    const fs::path folder = fs::path(path.value).parent_path();
    if (is_recursive.value && !folder.empty()) fs::create_directories(folder, error);
    return Number(error ? NumberOf(error) : CreateFile(path.value));
  };
}

FileWork Copy(PathArg from, PathArg to) {
  return [from, to] { return Number(CopyFile(from.value, to.value)); };
}

// (path, whether links are followed): the kind (0 file, 1 folder, 2 link, 3 other), size, when it
// was written and read last, in microseconds, its mode, and when that or anything else of it
// changed.
FileWork Stat(PathArg path, BoolArg follows) {
  return [path, follows] {
    FileFacts facts;
    if (const int error = FindFile(path.value, follows.value, &facts)) return Number(error);
    return FileAnswer::Numbers({static_cast<std::int64_t>(facts.kind), facts.size, facts.written,
                                facts.read, facts.mode, facts.changed});
  };
}

// Whether both paths lead to the same: 1, else 0. Links are themselves.
FileWork AreIdentical(PathArg one, PathArg other) {
  return [one, other] {
    FileFacts facts[2];
    if (const int error = FindFile(one.value, false, &facts[0])) return Number(error);
    if (const int error = FindFile(other.value, false, &facts[1])) return Number(error);
    const bool are_identical =
        facts[0].device == facts[1].device && facts[0].number == facts[1].number;
    return Number(are_identical ? 1 : 0);
  };
}

// (path, kind, whether with all that is in it, of whatever kind)
FileWork Remove(PathArg path, KindArg kind, BoolArg is_recursive) {
  return [path, kind, is_recursive] {
    if (!is_recursive.value) {
      return Number(RemoveFile(path.value, static_cast<FileKind>(kind.value)));
    }
    std::error_code error;
    if (fs::remove_all(path.value, error) == 0 && !error) return Number(-ENOENT);
    return Number(NumberOf(error));
  };
}

// (path, new path, kind)
FileWork Rename(PathArg from, PathArg to, KindArg kind) {
  return [from, to, kind] {
    return Number(RenameFile(from.value, to.value, static_cast<FileKind>(kind.value)));
  };
}

// (path, whether it is the time of reading, microseconds since 1970)
FileWork SetTime(PathArg path, BoolArg is_of_reading, Int64Arg time) {
  return [path, is_of_reading, time] {
    return Number(SetFileTime(path.value, is_of_reading.value, time.value));
  };
}

FileWork Resolve(PathArg path) {
  return [path] {
    std::string resolved;
    const int error = ResolvePath(path.value, &resolved);
    return TextUnless(error, std::move(resolved));
  };
}

// (path, target, whether with all folders on the way)
FileWork CreateLink(PathArg path, PathArg target, BoolArg is_recursive) {
  return [path, target, is_recursive] {
    std::error_code error;
    const fs::path folder = fs::path(path.value).parent_path();
    if (is_recursive.value && !folder.empty()) fs::create_directories(folder, error);
    return Number(error ? NumberOf(error) : MakeLink(path.value, target.value));
  };
}

FileWork LinkTarget(PathArg path) {
  return [path] {
    std::string target;
    const int error = ReadLink(path.value, &target);
    return TextUnless(error, std::move(target));
  };
}

// One that is there already stays.
FileWork CreateFolder(PathArg path, BoolArg is_recursive) {
  return [path, is_recursive] {
    std::error_code error;
    if (is_recursive.value) {
      fs::create_directories(path.value, error);
    } else {
      fs::create_directory(path.value, error);
    }
    return Number(NumberOf(error));
  };
}

// (prefix): the path of a new folder, whose name begins so.
FileWork CreateTemporary(PathArg prefix) {
  return [prefix] {
    std::string path = prefix.value;
    const int error = MakeTemporaryFolder(&path);
    return TextUnless(error, std::move(path));
  };
}

// (path, whether with all that lies in folders in it, whether links are followed): as ListFolder.
FileWork List(PathArg path, BoolArg is_recursive, BoolArg follows) {
  return [path, is_recursive, follows] {
    std::string entries;
    const int error = ListFolder(path.value, is_recursive.value, follows.value, &entries);
    return TextUnless(error, std::move(entries));
  };
}

Done CurrentFolder(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::error_code error;
  const fs::path path = fs::current_path(error);
  if (error) return AnswerInteger(interpreter, arguments, -error.value());
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

constexpr IntrinsicEntry kEntries[] = {
    NativeWork<Read>("File_read"),
    NativeWork<Write>("File_write"),
    NativeWork<Create>("File_create"),
    NativeWork<Copy>("File_copy"),
    NativeWork<Stat>("File_stat"),
    NativeWork<AreIdentical>("File_areIdentical"),
    NativeWork<Remove>("File_remove"),
    NativeWork<Rename>("File_rename"),
    NativeWork<SetTime>("File_setTime"),
    NativeWork<Resolve>("File_resolve"),
    NativeWork<CreateLink>("Link_create"),
    NativeWork<LinkTarget>("Link_target"),
    NativeWork<CreateFolder>("Directory_create"),
    NativeWork<CreateTemporary>("Directory_createTemporary"),
    NativeWork<List>("Directory_list"),
    Native<CurrentFolder>("Directory_current"),
    Native<TemporaryFolder>("Directory_temporary"),
    Native<ErrorTextOf>("System_errorText"),
};

}  // namespace

std::span<const IntrinsicEntry> FileIntrinsics() { return kEntries; }

}  // namespace fart::lang

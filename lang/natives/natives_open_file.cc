// Natives of dart:io's RandomAccessFile.
//
// Each has its work done now or later (file_work.h). A number below 0 is minus the system's error
// number: the library makes it an exception. Of a file that has been closed that is EBADF.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "heap/platform/open_files.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/file_work.h"
#include "lang/natives/natives.h"
#include "lang/natives/open_file.h"
#include "lang/natives/text_arguments.h"

namespace fart::lang {

namespace {

constexpr std::int64_t kMostAtOnce = std::int64_t{1} << 40;
using OffsetArg = RangeArg<0, std::numeric_limits<std::int64_t>::max()>;
using SizeArg = RangeArg<0, kMostAtOnce>;

// Who owns a file that will be opened.
Done New(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  return NewOpenFile(interpreter, arguments) == nullptr ? OutOfMemory(interpreter) : Done::kResult;
}

// (file, path, mode)
FileWork Open(OpenFileArg file, PlainTextArg path, RangeArg<0, 4> mode) {
  return [file, path, mode] {
    const int descriptor = OpenFileAt(path.value, static_cast<OpenMode>(mode.value));
    if (descriptor < 0) return FileAnswer::Number(descriptor);
    file.value->Set(descriptor);
    return FileAnswer::Number(0);
  };
}

FileWork Close(OpenFileArg file) {
  return [file] {
    const int descriptor = file.value->Release();
    return FileAnswer::Number(CloseFile(descriptor));
  };
}

// (file, how many): bytes, fewer at its end.
FileWork ReadSome(OpenFileArg file, SizeArg most) {
  return [file, most] {
    std::string bytes;
    const std::int64_t error =
        ReadFrom(file.value->descriptor(), static_cast<std::size_t>(most.value), &bytes);
    return error < 0 ? FileAnswer::Number(error) : FileAnswer::Bytes(std::move(bytes));
  };
}

// Null at its end.
FileWork ReadOne(OpenFileArg file) {
  return [file] {
    std::string bytes;
    const std::int64_t error = ReadFrom(file.value->descriptor(), 1, &bytes);
    if (error < 0) return FileAnswer::Number(error);
    if (bytes.empty()) return FileAnswer::Null();
    return FileAnswer::Number(static_cast<unsigned char>(bytes[0]));
  };
}

FileWork WriteAll(OpenFileArg file, ContentArg content) {
  return [file, content] {
    return FileAnswer::Number(WriteTo(file.value->descriptor(), content.value));
  };
}

FileWork Position(OpenFileArg file) {
  return [file] { return FileAnswer::Number(PositionIn(file.value->descriptor())); };
}

FileWork SetPosition(OpenFileArg file, OffsetArg position) {
  return [file, position] {
    const std::int64_t result = SetPositionIn(file.value->descriptor(), position.value);
    return FileAnswer::Number(result < 0 ? result : 0);
  };
}

FileWork Length(OpenFileArg file) {
  return [file] { return FileAnswer::Number(LengthOf(file.value->descriptor())); };
}

FileWork Truncate(OpenFileArg file, OffsetArg length) {
  return [file, length] {
    return FileAnswer::Number(TruncateFile(file.value->descriptor(), length.value));
  };
}

FileWork Flush(OpenFileArg file) {
  return [file] { return FileAnswer::Number(FlushFile(file.value->descriptor())); };
}

// (file, a FileLock, where it begins, where it ends or -1)
FileWork Lock(OpenFileArg file, RangeArg<0, 4> lock, OffsetArg start,
              RangeArg<-1, std::numeric_limits<std::int64_t>::max()> end) {
  return [file, lock, start, end] {
    const std::int64_t result = LockFile(file.value->descriptor(),
                                         static_cast<FileLock>(lock.value), start.value, end.value);
    return FileAnswer::Number(result < 0 ? result : 0);
  };
}

constexpr IntrinsicEntry kEntries[] = {
    Native<New>("OpenFile_new"),
    NativeWork<Open>("OpenFile_open"),
    NativeWork<Close>("OpenFile_close"),
    NativeWork<ReadSome>("OpenFile_read"),
    NativeWork<ReadOne>("OpenFile_readByte"),
    NativeWork<WriteAll>("OpenFile_write"),
    NativeWork<Position>("OpenFile_position"),
    NativeWork<SetPosition>("OpenFile_setPosition"),
    NativeWork<Length>("OpenFile_length"),
    NativeWork<Truncate>("OpenFile_truncate"),
    NativeWork<Flush>("OpenFile_flush"),
    NativeWork<Lock>("OpenFile_lock"),
};

}  // namespace

std::span<const IntrinsicEntry> OpenFileIntrinsics() { return kEntries; }

}  // namespace fart::lang

// Open files -- descriptors of files, and of the process's own streams. For programs, not for the
// heap.
//
// What answers an int answers 0 or more, or minus an errno.

#ifndef FART_HEAP_PLATFORM_OPEN_FILES_H_
#define FART_HEAP_PLATFORM_OPEN_FILES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fart {

enum class OpenMode : std::uint8_t {
  kRead,
  kWrite,   // and read; empty at first
  kAppend,  // and read; at its end at first
  kWriteOnly,
  kAppendOnly,
};
// The descriptor; a folder is none.
int OpenFileAt(const std::string& path, OpenMode mode);
int CloseFile(int descriptor);

// Behind what is in *bytes, which becomes `most` long at most: no longer at the end, nor where more
// would have to be waited for.
std::int64_t ReadFrom(int descriptor, std::size_t most, std::string* bytes);
// All of them.
std::int64_t WriteTo(int descriptor, std::string_view bytes);
std::int64_t PositionIn(int descriptor);
std::int64_t SetPositionIn(int descriptor, std::int64_t position);
std::int64_t LengthOf(int descriptor);
std::int64_t TruncateFile(int descriptor, std::int64_t length);
std::int64_t FlushFile(int descriptor);
enum class FileLock : std::uint8_t { kNone, kShared, kExclusive, kWaitShared, kWaitExclusive };
// From `start` to `end`; below 0: to its end, however long it becomes.
std::int64_t LockFile(int descriptor, FileLock lock, std::int64_t start, std::int64_t end);

// ---- The process's own: 0 the input, 1 the output, 2 the errors
enum class StreamKind : std::uint8_t { kTerminal, kPipe, kFile, kOther };
StreamKind KindOfStream(int descriptor);
// Columns, or else lines, of a terminal.
std::int64_t SizeOfTerminal(int descriptor, bool wants_lines);
// Of the terminal that the input is: whether it shows what is typed, or else hands it over by the
// line.
std::int64_t TerminalMode(bool wants_lines);
std::int64_t SetTerminalMode(bool wants_lines, bool is_on);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_OPEN_FILES_H_

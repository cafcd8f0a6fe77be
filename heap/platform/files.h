// Files -- what a program asks of the file system and of its own streams, where the C++ library
// does not know it. For programs, not for the heap.
//
// What answers an int answers 0, or why not: an errno.

#ifndef FART_HEAP_PLATFORM_FILES_H_
#define FART_HEAP_PLATFORM_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace fart {

struct FileFacts {
  enum class Kind { kFile, kFolder, kLink, kOther };
  Kind kind = Kind::kOther;
  std::int64_t size = 0;
  std::int64_t written = 0;  // Microseconds since 1970.
  std::int64_t read = 0;
  std::int64_t changed = 0;  // Its name, mode, owner or contents.
  std::int64_t mode = 0;
};

int ReadFile(const std::string& path, std::string* bytes);
int WriteFile(const std::string& path, std::string_view bytes, bool appends);
int FindFile(const std::string& path, bool follows_links, FileFacts* facts);
// *path is the beginning of its name, and then all of it.
int MakeTemporaryFolder(std::string* path);
// The next line with what ends it; false: there is none.
bool ReadInputLine(std::string* line);
int WriteErrorOutput(std::string_view bytes);
// At once, when what was printed has been written.
[[noreturn]] void EndProcess(int code);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_FILES_H_

// Files -- what a program asks of the file system by paths, where the C++ library does not know it.
// For programs, not for the heap.
//
// What answers an int answers 0 or more, or minus an errno.

#ifndef FART_HEAP_PLATFORM_FILES_H_
#define FART_HEAP_PLATFORM_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace fart {

enum class FileKind : std::uint8_t { kFile, kFolder, kLink, kOther };

struct FileFacts {
  FileKind kind = FileKind::kOther;
  std::int64_t size = 0;
  std::int64_t written = 0;  // Microseconds since 1970.
  std::int64_t read = 0;
  std::int64_t changed = 0;  // Its name, mode, owner or contents.
  std::int64_t mode = 0;
  std::int64_t device = 0;  // Both together: which one it is, by whatever path.
  std::int64_t number = 0;
};

int ReadFile(const std::string& path, std::string* bytes);
// `is_flushed`: it lies on the disk afterwards.
int WriteFile(const std::string& path, std::string_view bytes, bool appends, bool is_flushed);
// Empty, unless it is there already.
int CreateFile(const std::string& path);
int CopyFile(const std::string& from, const std::string& to);
int FindFile(const std::string& path, bool follows_links, FileFacts* facts);
// Refused where it is of another kind. Of a file also what a link to one leads to.
int RemoveFile(const std::string& path, FileKind kind);
// The same; whatever is in a folder goes with it.
int RenameFile(const std::string& from, const std::string& to, FileKind kind);
// In microseconds since 1970.
int SetFileTime(const std::string& path, bool is_of_reading, std::int64_t time);
int MakeLink(const std::string& path, const std::string& target);
int ReadLink(const std::string& path, std::string* target);
// Without links in it.
int ResolvePath(const std::string& path, std::string* resolved);
// *path is the beginning of its name, and then all of it.
int MakeTemporaryFolder(std::string* path);
// "f", "d" or "l" and the path of each entry, or "e", an errno, "/" and the path of a folder that
// cannot be read, each with a NUL behind it. `follows`: what links lead to is meant; a link to a
// folder around it, and one that leads nowhere, is itself.
int ListFolder(const std::string& path, bool is_recursive, bool follows, std::string* entries);
// At once, when what was printed has been written.
[[noreturn]] void EndProcess(int code);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_FILES_H_

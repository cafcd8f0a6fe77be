#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>

#include "heap/platform/files.h"
#include "heap/platform/open_files.h"

namespace fart {

namespace {

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = 0666) {
    do {
      number_ = open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode);
    } while (number_ < 0 && errno == EINTR);
  }
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_ = -1;
};

std::int64_t Microseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000;
}

int ErrorUnless(bool is_well) { return is_well ? 0 : -errno; }

FileKind KindOf(const struct stat& found) {
  if (S_ISREG(found.st_mode)) return FileKind::kFile;
  if (S_ISDIR(found.st_mode)) return FileKind::kFolder;
  return S_ISLNK(found.st_mode) ? FileKind::kLink : FileKind::kOther;
}

// 0 if there is something of that kind.
int CheckKind(const std::string& path, FileKind kind) {
  struct stat found;
  const bool is_link = kind == FileKind::kLink;
  const int result = is_link ? lstat(path.c_str(), &found) : stat(path.c_str(), &found);
  if (result != 0) return -errno;
  const FileKind is = KindOf(found);
  if (kind == FileKind::kFile) return is == FileKind::kFolder ? -EISDIR : 0;
  if (kind == is) return 0;
  return is_link ? -EINVAL : -ENOTDIR;
}

}  // namespace

int ReadFile(const std::string& path, std::string* bytes) {
  const Descriptor file(path, O_RDONLY);
  if (file.number() < 0) return -errno;
  for (std::size_t before = 0;; before = bytes->size()) {
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    const std::int64_t error = ReadFrom(file.number(), before + kPiece, bytes);
    if (error < 0 || bytes->size() == before) return static_cast<int>(error);
  }
}

int WriteFile(const std::string& path, std::string_view bytes, bool appends, bool is_flushed) {
  const Descriptor file(path, O_WRONLY | O_CREAT | (appends ? O_APPEND : O_TRUNC));
  if (file.number() < 0) return -errno;
  const std::int64_t written = WriteTo(file.number(), bytes);
  if (written < 0 || !is_flushed) return static_cast<int>(written);
  return static_cast<int>(FlushFile(file.number()));
}

int CreateFile(const std::string& path) {
  const Descriptor file(path, O_RDONLY | O_CREAT);
  if (file.number() < 0) return -errno;
  return CheckKind(path, FileKind::kFile);
}

int CopyFile(const std::string& from, const std::string& to) {
  if (const int error = CheckKind(from, FileKind::kFile)) return error;
  const Descriptor source(from, O_RDONLY);
  if (source.number() < 0) return -errno;
  struct stat found;
  if (fstat(source.number(), &found) != 0) return -errno;
  struct stat there;
  if (stat(to.c_str(), &there) == 0 && there.st_dev == found.st_dev &&
      there.st_ino == found.st_ino) {
    return 0;  // Itself: it would be emptied first.
  }
  const Descriptor target(to, O_WRONLY | O_CREAT | O_TRUNC, found.st_mode & 0777);
  if (target.number() < 0) return -errno;
  while (true) {
    std::string piece;
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    const std::int64_t read = ReadFrom(source.number(), kPiece, &piece);
    if (read < 0) return static_cast<int>(read);
    if (piece.empty()) return 0;
    const std::int64_t written = WriteTo(target.number(), piece);
    if (written < 0) return static_cast<int>(written);
  }
}

int FindFile(const std::string& path, bool follows_links, FileFacts* facts) {
  struct stat found;
  const int result = follows_links ? stat(path.c_str(), &found) : lstat(path.c_str(), &found);
  if (result != 0) return -errno;
  facts->kind = KindOf(found);
  facts->size = found.st_size;
  facts->written = Microseconds(found.st_mtim);
  facts->changed = Microseconds(found.st_ctim);
  facts->read = Microseconds(found.st_atim);
  facts->mode = found.st_mode;
  facts->device = static_cast<std::int64_t>(found.st_dev);
  facts->number = static_cast<std::int64_t>(found.st_ino);
  return 0;
}

int RemoveFile(const std::string& path, FileKind kind) {
  if (const int error = CheckKind(path, kind)) return error;
  const bool is_folder = kind == FileKind::kFolder;
  return ErrorUnless((is_folder ? rmdir(path.c_str()) : unlink(path.c_str())) == 0);
}

int RenameFile(const std::string& from, const std::string& to, FileKind kind) {
  if (const int error = CheckKind(from, kind)) return error;
  return ErrorUnless(rename(from.c_str(), to.c_str()) == 0);
}

int SetFileTime(const std::string& path, bool is_of_reading, std::int64_t time) {
  constexpr std::int64_t kSecond = 1'000'000;
  const std::int64_t part = (time % kSecond + kSecond) % kSecond;
  const timespec set = {.tv_sec = (time - part) / kSecond, .tv_nsec = part * 1000};
  const timespec kept = {.tv_sec = 0, .tv_nsec = UTIME_OMIT};
  const timespec times[2] = {is_of_reading ? set : kept, is_of_reading ? kept : set};
  if (const int error = CheckKind(path, FileKind::kFile)) return error;
  return ErrorUnless(utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
}

int MakeLink(const std::string& path, const std::string& target) {
  return ErrorUnless(symlink(target.c_str(), path.c_str()) == 0);
}

int ReadLink(const std::string& path, std::string* target) {
  char text[PATH_MAX];
  const ssize_t length = readlink(path.c_str(), text, sizeof(text));
  if (length < 0) return -errno;
  target->assign(text, static_cast<std::size_t>(length));
  return 0;
}

int ResolvePath(const std::string& path, std::string* resolved) {
  char* const text = realpath(path.c_str(), nullptr);
  if (text == nullptr) return -errno;
  resolved->assign(text);
  std::free(text);
  return 0;
}

int MakeTemporaryFolder(std::string* path) {
  path->append("XXXXXX");
  return ErrorUnless(mkdtemp(path->data()) != nullptr);
}

void EndProcess(int code) {
  std::fflush(nullptr);
  _exit(code);
}

}  // namespace fart

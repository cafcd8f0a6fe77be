#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "heap/platform/files.h"

namespace fart {

namespace {

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) {
    do {
      number_ = open(path.c_str(), flags | O_CLOEXEC, 0666);
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

int WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

std::int64_t Microseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000;
}

}  // namespace

int ReadFile(const std::string& path, std::string* bytes) {
  const Descriptor file(path, O_RDONLY);
  if (file.number() < 0) return errno;
  char piece[1 << 16];
  while (true) {
    const ssize_t count = read(file.number(), piece, sizeof(piece));
    if (count == 0) return 0;
    if (count > 0) {
      bytes->append(piece, static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return errno;
    }
  }
}

int WriteFile(const std::string& path, std::string_view bytes, bool appends) {
  const Descriptor file(path, O_WRONLY | O_CREAT | (appends ? O_APPEND : O_TRUNC));
  return file.number() < 0 ? errno : WriteAll(file.number(), bytes);
}

int FindFile(const std::string& path, bool follows_links, FileFacts* facts) {
  struct stat found;
  const int result = follows_links ? stat(path.c_str(), &found) : lstat(path.c_str(), &found);
  if (result != 0) return errno;
  if (S_ISREG(found.st_mode)) facts->kind = FileFacts::Kind::kFile;
  if (S_ISDIR(found.st_mode)) facts->kind = FileFacts::Kind::kFolder;
  if (S_ISLNK(found.st_mode)) facts->kind = FileFacts::Kind::kLink;
  facts->size = found.st_size;
  facts->written = Microseconds(found.st_mtim);
  facts->changed = Microseconds(found.st_ctim);
  facts->read = Microseconds(found.st_atim);
  facts->mode = found.st_mode;
  return 0;
}

int MakeTemporaryFolder(std::string* path) {
  path->append("XXXXXX");
  return mkdtemp(path->data()) == nullptr ? errno : 0;
}

bool ReadInputLine(std::string* line) {
  char* text = nullptr;
  std::size_t size = 0;
  const ssize_t length = getline(&text, &size, stdin);
  if (length >= 0) line->assign(text, static_cast<std::size_t>(length));
  std::free(text);
  return length >= 0;
}

int WriteErrorOutput(std::string_view bytes) { return WriteAll(STDERR_FILENO, bytes); }

void EndProcess(int code) {
  std::fflush(nullptr);
  _exit(code);
}

}  // namespace fart

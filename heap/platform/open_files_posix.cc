#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "heap/platform/open_files.h"

namespace fart {

namespace {

// What a call answers, or minus an errno; again where a signal has ended it early.
template <typename Call>
std::int64_t Ask(Call&& call) {
  while (true) {
    const std::int64_t result = call();
    if (result >= 0) return result;
    if (errno != EINTR) return -errno;
  }
}

}  // namespace

int OpenFileAt(const std::string& path, OpenMode mode) {
  constexpr int kFlags[] = {O_RDONLY, O_RDWR | O_CREAT | O_TRUNC, O_RDWR | O_CREAT,
                            O_WRONLY | O_CREAT | O_TRUNC, O_WRONLY | O_CREAT};
  const int flags = kFlags[static_cast<int>(mode)] | O_CLOEXEC | O_NOCTTY;
  const auto descriptor = static_cast<int>(Ask([&] { return open(path.c_str(), flags, 0666); }));
  if (descriptor < 0) return descriptor;
  struct stat found;
  const bool is_known = fstat(descriptor, &found) == 0;
  if (is_known && S_ISDIR(found.st_mode)) {
    close(descriptor);
    return -EISDIR;
  }
  if (mode == OpenMode::kAppend || mode == OpenMode::kAppendOnly) lseek(descriptor, 0, SEEK_END);
  return descriptor;
}

// Not again: the descriptor is gone even where that is an error.
int CloseFile(int descriptor) { return close(descriptor) == 0 || errno == EINTR ? 0 : -errno; }

std::int64_t ReadFrom(int descriptor, std::size_t most, std::string* bytes) {
  constexpr std::size_t kPiece = std::size_t{1} << 16;
  while (bytes->size() < most) {
    const std::size_t before = bytes->size();
    const std::size_t asked = std::min(kPiece, most - before);
    bytes->resize(before + asked);
    const std::int64_t count = Ask([&] { return read(descriptor, bytes->data() + before, asked); });
    bytes->resize(before + static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
    if (count < 0) return before == 0 ? count : 0;
    // Of a pipe that is all there is for now.
    if (bytes->size() < before + asked) return 0;
  }
  return 0;
}

std::int64_t WriteTo(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::int64_t count = Ask([&] { return write(descriptor, bytes.data(), bytes.size()); });
    if (count < 0) return count;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

std::int64_t PositionIn(int descriptor) {
  return Ask([&] { return lseek(descriptor, 0, SEEK_CUR); });
}

std::int64_t SetPositionIn(int descriptor, std::int64_t position) {
  return Ask([&] { return lseek(descriptor, position, SEEK_SET); });
}

std::int64_t LengthOf(int descriptor) {
  struct stat found;
  return Ask([&] { return fstat(descriptor, &found) == 0 ? found.st_size : -1; });
}

std::int64_t TruncateFile(int descriptor, std::int64_t length) {
  return Ask([&] { return ftruncate(descriptor, length); });
}

std::int64_t FlushFile(int descriptor) {
  return Ask([&] { return fsync(descriptor); });
}

std::int64_t LockFile(int descriptor, FileLock lock, std::int64_t start, std::int64_t end) {
  const bool is_shared = lock == FileLock::kShared || lock == FileLock::kWaitShared;
  const bool waits = lock == FileLock::kWaitShared || lock == FileLock::kWaitExclusive;
  struct flock region = {};
  region.l_type = static_cast<short>(lock == FileLock::kNone ? F_UNLCK
                                     : is_shared             ? F_RDLCK
                                                             : F_WRLCK);
  region.l_whence = SEEK_SET;
  region.l_start = start;
  region.l_len = end < 0 ? 0 : end - start;
  return Ask([&] { return fcntl(descriptor, waits ? F_SETLKW : F_SETLK, &region); });
}

StreamKind KindOfStream(int descriptor) {
  struct stat found;
  if (fstat(descriptor, &found) != 0) return StreamKind::kOther;
  if (S_ISCHR(found.st_mode) && isatty(descriptor) == 1) return StreamKind::kTerminal;
  if (S_ISFIFO(found.st_mode) || S_ISSOCK(found.st_mode)) return StreamKind::kPipe;
  return S_ISREG(found.st_mode) ? StreamKind::kFile : StreamKind::kOther;
}

std::int64_t SizeOfTerminal(int descriptor, bool wants_lines) {
  winsize size = {};
  const std::int64_t result = Ask([&] { return ioctl(descriptor, TIOCGWINSZ, &size); });
  if (result < 0) return result;
  return wants_lines ? size.ws_row : size.ws_col;
}

std::int64_t TerminalMode(bool wants_lines) {
  termios modes = {};
  const std::int64_t result = Ask([&] { return tcgetattr(STDIN_FILENO, &modes); });
  if (result < 0) return result;
  const bool is_on = (modes.c_lflag & static_cast<tcflag_t>(wants_lines ? ICANON : ECHO)) != 0;
  return is_on ? 1 : 0;
}

std::int64_t SetTerminalMode(bool wants_lines, bool is_on) {
  termios modes = {};
  const std::int64_t result = Ask([&] { return tcgetattr(STDIN_FILENO, &modes); });
  if (result < 0) return result;
  const auto flag = static_cast<tcflag_t>(wants_lines ? ICANON : ECHO);
  modes.c_lflag = is_on ? modes.c_lflag | flag : modes.c_lflag & ~flag;
  return Ask([&] { return tcsetattr(STDIN_FILENO, TCSANOW, &modes); });
}

}  // namespace fart

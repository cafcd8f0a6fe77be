#include "heap/platform/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

namespace fart {

namespace {

// One end for this process, which never waits, one for the child.
struct Pipe {
  int ours = -1;
  int its = -1;

  Pipe() = default;
  ~Pipe() {
    if (ours >= 0) close(ours);
    if (its >= 0) close(its);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int Open(bool child_reads) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    ours = ends[child_reads ? 1 : 0];
    its = ends[child_reads ? 0 : 1];
    if (const int error = RaiseAboveStandard(&ours)) return error;
    if (const int error = RaiseAboveStandard(&its)) return error;
    const int flags = fcntl(ours, F_GETFL);
    return fcntl(ours, F_SETFL, flags | O_NONBLOCK) == 0 ? 0 : errno;
  }

  int Release() {
    const int result = ours;
    ours = -1;
    return result;
  }

 private:
  // Where the host has closed its standard streams, a pipe's end would be one of them in the child.
  static int RaiseAboveStandard(int* end) {
    if (*end > STDERR_FILENO) return 0;
    const int raised = fcntl(*end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (raised < 0) return errno;
    close(*end);
    *end = raised;
    return 0;
  }
};

// posix_spawn's lists of what is to be done in the child. `error` is that of the first that the
// system had no memory for.
class Actions {
 public:
  Actions() {
    Note(posix_spawn_file_actions_init(&files_));
    Note(posix_spawnattr_init(&attributes_));
  }
  ~Actions() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  void Use(int descriptor, int as) {
    Note(posix_spawn_file_actions_adddup2(&files_, descriptor, as));
  }
  void UseNothing(int as, int flags) {
    Note(posix_spawn_file_actions_addopen(&files_, as, "/dev/null", flags, 0));
  }
  void Enter(const std::string& folder) {
    Note(posix_spawn_file_actions_addchdir_np(&files_, folder.c_str()));
  }
  // Threads of the VM block all signals: the child shall not.
  void SetAttributes(bool has_session) {
    sigset_t none;
    sigemptyset(&none);
    Note(posix_spawnattr_setsigmask(&attributes_, &none));
    const int flags = POSIX_SPAWN_SETSIGMASK | (has_session ? POSIX_SPAWN_SETSID : 0);
    Note(posix_spawnattr_setflags(&attributes_, static_cast<short>(flags)));
  }

  int error() const { return error_; }
  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  void Note(int error) {
    if (error_ == 0) error_ = error;
  }

  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
  int error_ = 0;
};

std::vector<char*> Words(const std::vector<std::string>& texts) {
  std::vector<char*> words;
  words.reserve(texts.size() + 1);
  for (const std::string& text : texts) words.push_back(const_cast<char*>(text.c_str()));
  words.push_back(nullptr);
  return words;
}

bool IsProgram(const std::string& path) {
  struct stat found;
  return stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

// The file to run: of a name with a "/" itself. Empty: nobody has such a program. Names in PATH
// that are relative count from the child's folder.
std::string FileOf(const ChildRequest& request) {
  const std::string& name = request.executable;
  if (name.empty() || name.find('/') != std::string::npos) return name;
  std::string_view path = "/bin:/usr/bin";
  for (const std::string& entry : request.environment) {
    if (entry.starts_with("PATH=")) path = std::string_view(entry).substr(5);
  }
  while (true) {
    const std::size_t end = path.find(':');
    const std::string_view folder = path.substr(0, end);
    const std::string file = std::string(folder.empty() ? "." : folder) + "/" + name;
    const bool is_absolute = file.front() == '/';
    if (IsProgram(is_absolute || request.folder.empty() ? file : request.folder + "/" + file)) {
      return file;
    }
    if (end == std::string_view::npos) return {};
    path.remove_prefix(end + 1);
  }
}

}  // namespace

int StartChild(const ChildRequest& request, Child* child) {
  const std::string file = FileOf(request);
  if (file.empty()) return -ENOENT;
  Pipe input;
  Pipe output;
  Pipe errors;
  Actions actions;
  if (request.streams == ChildStreams::kPipes) {
    if (const int error = input.Open(true)) return -error;
    if (const int error = output.Open(false)) return -error;
    if (const int error = errors.Open(false)) return -error;
    actions.Use(input.its, STDIN_FILENO);
    actions.Use(output.its, STDOUT_FILENO);
    actions.Use(errors.its, STDERR_FILENO);
  } else if (request.streams == ChildStreams::kNone) {
    actions.UseNothing(STDIN_FILENO, O_RDONLY);
    actions.UseNothing(STDOUT_FILENO, O_WRONLY);
    actions.UseNothing(STDERR_FILENO, O_WRONLY);
  }
  if (!request.folder.empty()) actions.Enter(request.folder);
  actions.SetAttributes(request.is_detached);
  if (actions.error() != 0) return -actions.error();

  std::vector<std::string> arguments = request.arguments;
  arguments.insert(arguments.begin(), request.executable);
  const std::vector<char*> environment = Words(request.environment);
  pid_t number = 0;
  int error = posix_spawn(&number, file.c_str(), actions.files(), actions.attributes(),
                          Words(arguments).data(), environment.data());
  if (error == ENOEXEC) {
    // A script that does not say whose: the shell's.
    arguments.front() = file;
    arguments.insert(arguments.begin(), "/bin/sh");
    error = posix_spawn(&number, "/bin/sh", actions.files(), actions.attributes(),
                        Words(arguments).data(), environment.data());
  }
  if (error != 0) return -error;
  *child = {.number = number,
            .input = input.Release(),
            .output = output.Release(),
            .errors = errors.Release()};
  return 0;
}

std::int64_t ReadWhatIsThere(int descriptor, void* bytes, std::size_t size) {
  while (true) {
    const ssize_t count = read(descriptor, bytes, size);
    if (count >= 0) return count;
    if (errno != EINTR) return -errno;
  }
}

std::int64_t WriteWhatFits(int descriptor, std::string_view bytes) {
  // For the time of the call this thread is not to be sent SIGPIPE. One that was waiting for it
  // anyhow goes on waiting.
  sigset_t pipe_signal;
  sigset_t before;
  sigset_t waiting;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&waiting);
  const bool is_waiting = sigismember(&waiting, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  std::int64_t result = 0;
  do {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    result = count >= 0 ? count : -errno;
  } while (result == -EINTR);
  if (result == -EPIPE && !is_waiting) {
    const timespec at_once = {};
    while (sigtimedwait(&pipe_signal, nullptr, &at_once) < 0 && errno == EINTR) {
    }
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return result;
}

}  // namespace fart

#include <limits.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "heap/platform/host.h"

extern "C" char** environ;  // NOLINT: POSIX's

namespace fart {

std::string OperatingSystemName() {
  utsname names;
  if (uname(&names) != 0) return "unknown";
  std::string name = names.sysname;
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name == "darwin" ? "macos" : name;
}

std::string OperatingSystemVersion() {
  utsname names;
  if (uname(&names) != 0) return {};
  return std::string(names.sysname) + " " + names.release + " " + names.version;
}

std::string ExecutablePath() {
  char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
  return length <= 0 ? std::string() : std::string(path, static_cast<std::size_t>(length));
}

std::vector<std::string> EnvironmentEntries() {
  std::vector<std::string> entries;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    entries.emplace_back(*entry);
  }
  return entries;
}

int ProcessorCount() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

std::string HostName() {
  utsname names;
  return uname(&names) == 0 ? names.nodename : std::string();
}

}  // namespace fart

#include "heap/platform/memory_bounds.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

// Where the groups of one hierarchy are, and which of them is the process's.
struct Hierarchy {
  std::string mount_point;
  std::string mount_root;  // the group that is seen at the mount point
  std::string group;
};

// The whole of a file; nothing when it cannot be read. Not by streams: the first one that a process
// opens makes all of the C++ library's locales, a megabyte of it in memory. (ReadFile of files.h is
// for programs: the heap alone is linked without it.)
std::string Contents(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return "";
  std::string contents;
  try {
    char buffer[4096];
    for (;;) {
      const ssize_t count = read(file, buffer, sizeof(buffer));
      if (count > 0) contents.append(buffer, static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) break;
    }
  } catch (...) {
    close(file);
    throw;
  }
  close(file);
  return contents;
}

// Takes what stands in front of the first `separator`, or all, off the front of `text`.
std::string_view TakeUpTo(char separator, std::string_view* text) {
  const std::size_t end = std::min(text->find(separator), text->size());
  const std::string_view taken = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return taken;
}

// The next of the words that blanks and ends of lines separate; "" behind the last.
std::string_view TakeWord(std::string_view* text) {
  constexpr std::string_view kSpace = " \t\n";
  text->remove_prefix(std::min(text->find_first_not_of(kSpace), text->size()));
  const std::string_view word = text->substr(0, text->find_first_of(kSpace));
  text->remove_prefix(word.size());
  return word;
}

// The number that is all of the file's first word; "max", no file and nonsense bound nothing.
ByteCount ReadBytes(const std::string& path) {
  const std::string contents = Contents(path);
  std::string_view rest = contents;
  const std::string_view word = TakeWord(&rest);
  std::uint64_t value = 0;
  const char* const end = word.data() + word.size();
  const std::from_chars_result result = std::from_chars(word.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return MemoryBounds::kNone;
  return ByteCount(value);
}

// Whether `word` is one of the comma separated words of `list`.
bool Lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    if (TakeUpTo(',', &list) == word) return true;
  }
  return false;
}

// Spaces of paths are written as \040 in mountinfo, and three other characters likewise.
std::string Unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_octal = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '7'; };
    if (text[i] == '\\' && i + 3 < text.size() && is_octal(i + 1) && is_octal(i + 2) &&
        is_octal(i + 3)) {
      result += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                  (text[i + 3] - '0'));
      i += 3;
    } else {
      result += text[i];
    }
  }
  return result;
}

// The process's group in the one hierarchy (version 2: no controllers are named) or in that of the
// memory controller (version 1). Lines are "number:controllers:group".
std::string GroupOf(const std::string& root, bool is_version_2) {
  const std::string contents = Contents(root + "/proc/self/cgroup");
  for (std::string_view rest = contents; !rest.empty();) {
    std::string_view line = TakeUpTo('\n', &rest);
    if (std::count(line.begin(), line.end(), ':') < 2) continue;
    TakeUpTo(':', &line);
    const std::string_view controllers = TakeUpTo(':', &line);
    if (is_version_2 ? controllers.empty() : Lists(controllers, "memory")) return std::string(line);
  }
  return "";
}

// Lines are "id parent device root mount-point options [fields] - type source super-options".
std::vector<Hierarchy> MemoryHierarchies(const std::string& root) {
  std::vector<Hierarchy> found;
  const std::string contents = Contents(root + "/proc/self/mountinfo");
  for (std::string_view rest = contents; !rest.empty();) {
    const std::string_view line = TakeUpTo('\n', &rest);
    const std::size_t dash = line.find(" - ");
    if (dash == std::string_view::npos) continue;
    std::string_view front = line.substr(0, dash);
    std::string_view back = line.substr(dash + 3);
    for (int skipped = 0; skipped < 3; ++skipped) TakeWord(&front);
    const std::string_view mount_root = TakeWord(&front);
    const std::string_view mount_point = TakeWord(&front);
    const std::string_view type = TakeWord(&back);
    TakeWord(&back);
    const std::string_view options = TakeWord(&back);
    if (mount_point.empty() || options.empty()) continue;
    const bool is_version_2 = type == "cgroup2";
    if (!is_version_2 && !(type == "cgroup" && Lists(options, "memory"))) continue;
    const std::string group = GroupOf(root, is_version_2);
    if (!group.empty()) found.push_back({Unescaped(mount_point), Unescaped(mount_root), group});
  }
  return found;
}

ByteCount BoundOfGroup(const std::string& folder) {
  ByteCount least = MemoryBounds::kNone;
  for (const char* const name : {"/memory.max", "/memory.high", "/memory.limit_in_bytes"}) {
    least = std::min(least, ReadBytes(folder + name));
  }
  return least;
}

ByteCount ControlGroupBound(const std::string& root) {
  ByteCount least = MemoryBounds::kNone;
  for (const Hierarchy& hierarchy : MemoryHierarchies(root)) {
    const std::string top = root + hierarchy.mount_point;
    // In a container the group's name may begin with that of the group mounted. One that is outside
    // of what is mounted shows as the mounted group at least.
    std::string group = hierarchy.group;
    const std::string& above = hierarchy.mount_root;
    if (above != "/") {
      const bool is_inside = group.compare(0, above.size(), above) == 0 &&
                             (group.size() == above.size() || group[above.size()] == '/');
      group = is_inside ? group.substr(above.size()) : "";
    }
    for (;;) {
      while (!group.empty() && group.back() == '/') group.pop_back();
      least = std::min(least, BoundOfGroup(top + group));
      if (group.empty()) break;
      const std::size_t slash = group.rfind('/');
      group.resize(slash == std::string::npos ? 0 : slash);
    }
  }
  return least;
}

ByteCount ResourceBound(decltype(RLIMIT_AS) resource) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return MemoryBounds::kNone;
  }
  return ByteCount(limit.rlim_cur);
}

void ReadFiles(const std::string& root, MemoryBounds* bounds) {
  bounds->control_group = ControlGroupBound(root);
  if (bounds->addresses == MemoryBounds::kNone) return;
  // Its first word is the size of all mappings in pages.
  const ByteCount pages_mapped = ReadBytes(root + "/proc/self/statm");
  const ByteCount mapped = pages_mapped == MemoryBounds::kNone
                               ? ByteCount()
                               : VirtualMemory::PageSize() * pages_mapped.value();
  bounds->addresses -= std::min(mapped, bounds->addresses);
}

}  // namespace

MemoryBounds ReadMemoryBounds(const std::string& root) {
  MemoryBounds bounds;
  const long pages = sysconf(_SC_PHYS_PAGES);
  if (pages > 0) bounds.physical = VirtualMemory::PageSize() * static_cast<std::size_t>(pages);
  bounds.data = ResourceBound(RLIMIT_DATA);
  bounds.addresses = ResourceBound(RLIMIT_AS);
  try {
    ReadFiles(root, &bounds);
  } catch (const std::bad_alloc&) {
    // Without memory to read files in the bounds known so far must do.
  }
  return bounds;
}

}  // namespace fart

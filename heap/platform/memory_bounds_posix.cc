#include "heap/platform/memory_bounds.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <new>
#include <sstream>
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

// The number that is all of the file's first word; "max", no file and nonsense bound nothing.
ByteCount ReadBytes(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  if (!(file >> word)) return MemoryBounds::kNone;
  std::uint64_t value = 0;
  const char* const end = word.data() + word.size();
  const std::from_chars_result result = std::from_chars(word.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return MemoryBounds::kNone;
  return ByteCount(value);
}

// Whether `word` is one of the comma separated words of `list`.
bool Lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (list.substr(0, comma) == word) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

// Spaces of paths are written as \040 in mountinfo, and three other characters likewise.
std::string Unescaped(const std::string& text) {
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
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) continue;
    const std::string_view controllers(line.data() + first + 1, second - first - 1);
    if (is_version_2 ? controllers.empty() : Lists(controllers, "memory")) {
      return line.substr(second + 1);
    }
  }
  return "";
}

// Lines are "id parent device root mount-point options [fields] - type source super-options".
std::vector<Hierarchy> MemoryHierarchies(const std::string& root) {
  std::vector<Hierarchy> found;
  std::ifstream file(root + "/proc/self/mountinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    std::istringstream front(line.substr(0, dash));
    std::istringstream back(line.substr(dash + 3));
    std::string skipped;
    std::string mount_root;
    std::string mount_point;
    std::string type;
    std::string options;
    if (!(front >> skipped >> skipped >> skipped >> mount_root >> mount_point)) continue;
    if (!(back >> type >> skipped >> options)) continue;
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

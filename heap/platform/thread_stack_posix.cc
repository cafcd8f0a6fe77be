#include "heap/platform/thread_stack.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>

namespace fart {

namespace {

// For what runs below the last question: a native function's own frames, the collector, the
// unwinder.
constexpr std::size_t kReserve = 256 * 1024;
// How far a stack is taken to reach below where it was first met, in a mapping that holds other
// things as well (a heap, static objects).
constexpr std::size_t kRoomInSharedMapping = 64 * 1024;

struct Range {
  std::uintptr_t low = 0;
  std::uintptr_t high = 0;

  bool Contains(std::uintptr_t place) const { return place - low < high - low; }
};

// What this thread has found out. No destructors: it is there for as long as the thread is.
struct Known {
  Range told;    // by the host
  Range own;     // the stack that the thread was made with
  Range mapped;  // the last one of another kind
  bool own_is_known;
};
constinit thread_local Known known{};

StackBounds BoundsOf(Range stack) {
  const std::size_t size = stack.high - stack.low;
  const std::uintptr_t limit = stack.low + std::min(kReserve, size / 4);
  return {.limit = limit, .room = stack.high - limit};
}

Range FindOwnStack() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return {};
  void* lowest = nullptr;
  std::size_t size = 0;
  const int failed = pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  if (failed != 0) return {};
  const auto low = reinterpret_cast<std::uintptr_t>(lowest);
  return {low, low + size};
}

Range SignalStack() {
  stack_t stack;
  if (sigaltstack(nullptr, &stack) != 0 || (stack.ss_flags & SS_ONSTACK) == 0) return {};
  const auto low = reinterpret_cast<std::uintptr_t>(stack.ss_sp);
  return {low, low + stack.ss_size};
}

// "low-high perms offset device inode    path"
bool ParseMapping(const char* line, const char* end, Range* range, bool* is_anonymous) {
  const auto low = std::from_chars(line, end, range->low, 16);
  if (low.ec != std::errc() || low.ptr == end) return false;
  const auto high = std::from_chars(low.ptr + 1, end, range->high, 16);
  // The path follows the inode, which is 0 without a file.
  *is_anonymous =
      std::ranges::find_if(high.ptr, end, [](char c) { return c == '/' || c == '['; }) == end;
  return high.ec == std::errc();
}

// The mapping that `place` lies in, read with no memory but a buffer on this stack.
Range FindMapping(std::uintptr_t place) {
  const int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  Range found;
  char buffer[2048];
  std::size_t filled = 0;
  bool is_done = false;
  while (!is_done) {
    const ssize_t got = read(file, buffer + filled, sizeof(buffer) - filled);
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
    const char* line = buffer;
    const char* const end = buffer + filled;
    while (const void* const newline =
               std::memchr(line, '\n', static_cast<std::size_t>(end - line))) {
      const char* const line_end = static_cast<const char*>(newline);
      Range range;
      bool is_anonymous = false;
      if (ParseMapping(line, line_end, &range, &is_anonymous) && range.Contains(place)) {
        found = range;
        if (!is_anonymous) {
          found.low = std::max(found.low, place - std::min(place, kRoomInSharedMapping));
        }
        is_done = true;
        break;
      }
      line = line_end + 1;
    }
    filled = static_cast<std::size_t>(end - line);
    if (filled == sizeof(buffer)) filled = 0;  // A line that long has a path that nobody needs.
    std::memmove(buffer, line, filled);
  }
  close(file);
  return found;
}

}  // namespace

StackBounds CurrentStackBounds() {
  const std::uintptr_t place = CurrentStackPlace();
  if (known.told.Contains(place)) return BoundsOf(known.told);
  if (!known.own_is_known) {
    known.own = FindOwnStack();
    known.own_is_known = true;
  }
  if (known.own.Contains(place)) return BoundsOf(known.own);
  if (known.mapped.Contains(place)) return BoundsOf(known.mapped);
  known.mapped = SignalStack();
  if (!known.mapped.Contains(place)) known.mapped = FindMapping(place);
  if (known.mapped.Contains(place)) return BoundsOf(known.mapped);
  return {.limit = 0, .room = ~std::size_t{0}};
}

void SetStackBounds(std::uintptr_t low, std::uintptr_t high) {
  known.told = {low, high};
  known.mapped = {};
}

}  // namespace fart

// MarkStack -- objects that are marked and not scanned. A push may find no memory.
//
// The first few hundred entries are part of the stack itself, so that marking goes on in steps when
// there is no memory at all. Whether there is room is asked by comparing two pointers, as a vector
// does; whether there is memory for more, until the answer is no.
//
// Not here: what to do about an object that was not pushed (marker.h).

#ifndef FART_GC_MARK_STACK_H_
#define FART_GC_MARK_STACK_H_

#include <array>
#include <cstddef>
#include <cstring>

#include "heap/base/units.h"
#include "heap/platform/off_heap.h"

namespace fart {

class MarkStack {
 public:
  static constexpr std::size_t kOwnEntries = 256;

  MarkStack() : begin_(own_.data()), top_(begin_), end_(begin_ + kOwnEntries) {}
  ~MarkStack() { FreeEntries(); }
  MarkStack(const MarkStack&) = delete;
  MarkStack& operator=(const MarkStack&) = delete;

  bool empty() const { return top_ == begin_; }
  // False: there is no room, and no memory for more.
  [[nodiscard]] bool TryPush(Address object) {
    if (top_ == end_ && !Grow()) [[unlikely]]
      return false;
    *top_++ = object;
    return true;
  }
  Address Pop() { return *--top_; }

 private:
  [[gnu::noinline, gnu::cold]] bool Grow() {
    if (is_refused_) return false;
    const auto count = static_cast<std::size_t>(end_ - begin_);
    void* const block = OffHeapAllocate(ByteCount(2 * count * sizeof(Address)));
    is_refused_ = block == nullptr;
    if (is_refused_) return false;
    std::memcpy(block, begin_, count * sizeof(Address));
    FreeEntries();
    begin_ = static_cast<Address*>(block);
    top_ = begin_ + count;
    end_ = begin_ + 2 * count;
    return true;
  }
  void FreeEntries() {
    if (begin_ == own_.data()) return;
    OffHeapFree(begin_, ByteCount(static_cast<std::size_t>(end_ - begin_) * sizeof(Address)));
  }

  std::array<Address, kOwnEntries> own_;
  Address* begin_;
  Address* top_;
  Address* end_;
  bool is_refused_ = false;
};

}  // namespace fart

#endif  // FART_GC_MARK_STACK_H_

// MarkStack -- objects that are marked and not scanned. A push may find no memory.
//
// The first few hundred entries are part of the stack itself, so that marking goes on in steps when
// there is no memory at all. Whether there is room is asked by comparing two pointers, as a vector
// does; whether there is memory for more, until the answer is no.
//
// Not here: what to do about an object that was not pushed (marker.h).

#ifndef FART_GC_MARK_STACK_H_
#define FART_GC_MARK_STACK_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "heap/base/units.h"
#include "heap/platform/growing_block.h"

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
  // Whose turn it will be soon is asked for of memory: most was pushed so long ago that its header
  // is in no cache any more.
  Address Pop() {
    if (size() >= kAhead) __builtin_prefetch(top_[-std::ptrdiff_t{kAhead}].As<void>());
    return *--top_;
  }
  // Who is next. Pre-condition: !empty().
  Address Top() const { return top_[-1]; }
  std::size_t size() const { return static_cast<std::size_t>(top_ - begin_); }

  // Everything of `other`, which is empty afterwards. Needs no memory. Pre-condition: empty().
  void TakeFrom(MarkStack& other) {
    if (other.begin_ == other.own_.data()) {
      top_ = std::copy(other.begin_, other.top_, begin_);
      other.top_ = other.begin_;
      return;
    }
    FreeEntries();
    begin_ = std::exchange(other.begin_, other.own_.data());
    top_ = std::exchange(other.top_, other.begin_);
    end_ = std::exchange(other.end_, other.begin_ + kOwnEntries);
  }

  // Takes `count` of them out, those that were pushed first: much lies behind them, as a rule.
  // Pre-condition: 2 * count <= size().
  void TakeFirst(std::size_t count, Address* to) {
    std::copy_n(begin_, count, to);
    std::copy_n(top_ - count, count, begin_);
    top_ -= count;
  }

 private:
  static constexpr std::size_t kAhead = 16;

  static ByteCount BytesOf(std::size_t entries) { return ByteCount(entries * sizeof(Address)); }
  [[gnu::noinline, gnu::cold]] bool Grow() {
    if (is_refused_) return false;
    const auto count = static_cast<std::size_t>(end_ - begin_);
    const bool is_own = begin_ == own_.data();
    // The system moves the pages of what is long: nothing is copied or touched a first time.
    void* const block = GrowingBlockResize(
        is_own ? nullptr : begin_, is_own ? ByteCount() : BytesOf(count), BytesOf(2 * count));
    is_refused_ = block == nullptr;
    if (is_refused_) return false;
    if (is_own) std::memcpy(block, begin_, count * sizeof(Address));
    begin_ = static_cast<Address*>(block);
    top_ = begin_ + count;
    end_ = begin_ + 2 * count;
    return true;
  }
  void FreeEntries() {
    if (begin_ == own_.data()) return;
    GrowingBlockFree(begin_, BytesOf(static_cast<std::size_t>(end_ - begin_)));
  }

  std::array<Address, kOwnEntries> own_;
  Address* begin_;
  Address* top_;
  Address* end_;
  bool is_refused_ = false;
};

}  // namespace fart

#endif  // FART_GC_MARK_STACK_H_

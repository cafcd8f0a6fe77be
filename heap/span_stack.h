// SpanStack -- many spans, the last of which is taken first, in memory of fixed pieces.
//
// One is added for each gap that a sweep finds, in a pause or between two: nothing is ever copied
// to make room, as a vector would copy all it has.
//
// Not here: what a span is for (old_allocator.h).

#ifndef FART_HEAP_SPAN_STACK_H_
#define FART_HEAP_SPAN_STACK_H_

#include <algorithm>
#include <cstddef>
#include <utility>

#include "heap/base/units.h"
#include "heap/platform/off_heap.h"

namespace fart {

struct Span {
  Address from;
  Address to;
};

class SpanStack {
 public:
  SpanStack() = default;
  ~SpanStack() { Clear(); }
  SpanStack(const SpanStack&) = delete;
  SpanStack& operator=(const SpanStack&) = delete;

  std::size_t size() const { return size_; }
  // False: there is no memory.
  [[nodiscard]] bool TryPush(Span span) {
    if ((top_ == nullptr || top_->count == kSpans) && !Grow()) return false;
    top_->spans[top_->count++] = span;
    ++size_;
    return true;
  }
  // Takes the last that fits, of the last few. An empty span: none does.
  template <typename Fits>
  Span TakeLast(std::size_t few, Fits&& fits) {
    if (top_ == nullptr) return Span{};
    const std::size_t end = top_->count;
    for (std::size_t i = end; i-- > end - std::min(end, few);) {
      if (!fits(top_->spans[i])) continue;
      const Span found = top_->spans[i];
      std::move(top_->spans + i + 1, top_->spans + end, top_->spans + i);
      --size_;
      if (--top_->count == 0) Drop();
      return found;
    }
    return Span{};
  }
  // Asks for the memory of the span that is taken after so many others, if these are all that fit.
  // Inlined by force: gcc drops calls of what does nothing else.
  [[gnu::always_inline]] void PrefetchBehind(std::size_t others) const {
    if (top_ == nullptr || top_->count <= others) return;
    const Address from = top_->spans[top_->count - 1 - others].from;
    __builtin_prefetch(from.As<void>(), 1);
    __builtin_prefetch((from + ByteCount(48)).As<void>(), 1);  // Many lie in two lines.
  }
  void Clear() {
    while (top_ != nullptr) Drop();
    size_ = 0;
  }
  // Takes over a piece of what `from` has, which is something, but for the spans that leave; they
  // are not there any more. Needs no memory.
  template <typename Leaves>
  void TakePiece(SpanStack& from, Leaves&& leaves) {
    Piece* const piece = std::exchange(from.top_, from.top_->below);
    from.size_ -= piece->count;
    Span* const end = piece->spans + piece->count;
    piece->count =
        static_cast<std::size_t>(std::remove_if(piece->spans, end, leaves) - piece->spans);
    if (piece->count == 0) return OffHeapFree(piece, ByteCount(sizeof(Piece)));
    size_ += piece->count;
    piece->below = std::exchange(top_, piece);
  }
  // All that `from` has, on top of what there is.
  void TakeAll(SpanStack& from) {
    if (from.top_ == nullptr) return;
    if (top_ != nullptr) {
      Piece* last = from.top_;
      while (last->below != nullptr) last = last->below;
      last->below = top_;
    }
    top_ = std::exchange(from.top_, nullptr);
    size_ += std::exchange(from.size_, 0);
  }
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    for (const Piece* piece = top_; piece != nullptr; piece = piece->below) {
      for (std::size_t i = 0; i < piece->count; ++i) visit(piece->spans[i]);
    }
  }

 private:
  static constexpr std::size_t kSpans = 255;
  struct Piece {
    Piece* below;
    std::size_t count;
    Span spans[kSpans];
  };
  static_assert(sizeof(Piece) == 4096);

  bool Grow() {
    void* const memory = OffHeapAllocate(ByteCount(sizeof(Piece)));
    if (memory == nullptr) return false;
    auto* const piece = static_cast<Piece*>(memory);
    piece->below = top_;
    piece->count = 0;
    top_ = piece;
    return true;
  }
  void Drop() {
    Piece* const piece = std::exchange(top_, top_->below);
    OffHeapFree(piece, ByteCount(sizeof(Piece)));
  }

  Piece* top_ = nullptr;  // holds something
  std::size_t size_ = 0;
};

}  // namespace fart

#endif  // FART_HEAP_SPAN_STACK_H_

// Row -- plain values one behind the other, outside the heap; more may find no memory.
//
// A long row grows where it is, or the system moves its pages (growing_block.h), which std::vector
// cannot ask for. So nothing of it is copied, and no page touched for the first time twice, which
// is dear where the collector's lists of millions are concerned.
//
// Not here: values with destructors.

#ifndef FART_HEAP_PLATFORM_ROW_H_
#define FART_HEAP_PLATFORM_ROW_H_

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "heap/base/units.h"
#include "heap/platform/growing_block.h"

namespace fart {

template <typename T>
class Row {
 public:
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  Row() = default;
  ~Row() { GrowingBlockFree(begin_, BytesOf(capacity_)); }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  Row(Row&& other) noexcept { Swap(other); }
  Row& operator=(Row&& other) noexcept {
    Row taken(std::move(other));
    Swap(taken);
    return *this;
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return begin_[i]; }
  const T& operator[](std::size_t i) const { return begin_[i]; }
  T* begin() { return begin_; }
  T* end() { return begin_ + size_; }
  const T* begin() const { return begin_; }
  const T* end() const { return begin_ + size_; }

  // False: there is no memory, and nothing has changed.
  [[nodiscard]] bool TryAppend(const T& value) {
    if (size_ == capacity_ && !Grow(size_ + 1)) [[unlikely]]
      return false;
    begin_[size_++] = value;
    return true;
  }
  // So many, those that come to it being copies of `value`. False: as above.
  [[nodiscard]] bool TryResize(std::size_t size, const T& value) {
    if (size > capacity_ && !Grow(size)) return false;
    if (size > size_) std::fill(begin_ + size_, begin_ + size, value);
    size_ = size;
    return true;
  }
  // Only the first so many stay.
  void Truncate(std::size_t size) { size_ = size; }
  // The room for more that it has now; gives back what there is.
  std::size_t unused() const { return capacity_ - size_; }
  void GiveBackUnused() {
    if (size_ == 0) {
      *this = Row();
      return;
    }
    void* const block = GrowingBlockResize(begin_, BytesOf(capacity_), BytesOf(size_));
    if (block == nullptr) return;
    begin_ = static_cast<T*>(block);
    capacity_ = size_;
  }
  // Those of [from, to) go.
  void Erase(std::size_t from, std::size_t to) {
    std::copy(begin_ + to, begin_ + size_, begin_ + from);
    size_ -= to - from;
  }

 private:
  static constexpr std::size_t kLeastCapacity = 16;
  static ByteCount BytesOf(std::size_t count) { return ByteCount(count * sizeof(T)); }

  [[gnu::noinline]] bool Grow(std::size_t size) {
    const std::size_t capacity = std::max({size, 2 * capacity_, kLeastCapacity});
    void* const block = GrowingBlockResize(begin_, BytesOf(capacity_), BytesOf(capacity));
    if (block == nullptr) return false;
    begin_ = static_cast<T*>(block);
    capacity_ = capacity;
    return true;
  }
  void Swap(Row& other) {
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  T* begin_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_ROW_H_

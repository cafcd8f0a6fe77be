// AppendOnly -- a list that only grows, and whose elements never move.
//
// One thread at a time appends; meanwhile any others read what is there, without a lock.
//
// Invariants
//   LC-A1 stable  an element stays at its address until the list ends.
//   LC-A2 whole   what size() counts has been written before; elements are changed no more than
//                 their own type allows.

#ifndef FART_LANG_COMPILER_APPEND_ONLY_H_
#define FART_LANG_COMPILER_APPEND_ONLY_H_

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <utility>

#include "heap/base/check.h"

namespace fart::lang {

template <typename T>
class AppendOnly {
 public:
  class Iterator {
   public:
    Iterator(const AppendOnly& list, std::size_t index) : list_(list), index_(index) {}
    const T& operator*() const { return list_[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const AppendOnly& list_;
    std::size_t index_;
  };

  AppendOnly() = default;
  ~AppendOnly() { Clear(); }
  AppendOnly(const AppendOnly&) = delete;
  AppendOnly& operator=(const AppendOnly&) = delete;

  [[nodiscard]] std::size_t size() const { return size_.load(std::memory_order_acquire); }
  const T& operator[](std::size_t index) const {
    FART_DCHECK(index < size());
    const Place place = PlaceOf(index);
    return chunks_[place.chunk].load(std::memory_order_acquire)[place.offset];
  }
  [[nodiscard]] const T& back() const { return (*this)[size() - 1]; }
  // Those that are there now; what is appended meanwhile is left out.
  [[nodiscard]] Iterator begin() const { return Iterator(*this, 0); }
  [[nodiscard]] Iterator end() const { return Iterator(*this, size()); }

  void push_back(T value) {
    MakeRoom();
    const std::size_t size = size_.load(std::memory_order_relaxed);
    const Place place = PlaceOf(size);
    chunks_[place.chunk].load(std::memory_order_relaxed)[place.offset] = std::move(value);
    size_.store(size + 1, std::memory_order_release);  // LC-A2
  }
  // Afterwards one push_back needs no memory.
  void MakeRoom() {
    const Place place = PlaceOf(size_.load(std::memory_order_relaxed));
    std::atomic<T*>& chunk = chunks_[place.chunk];
    if (chunk.load(std::memory_order_relaxed) != nullptr) return;
    chunk.store(new T[kFirstChunk << place.chunk](), std::memory_order_release);
  }
  // Of who appends, while nobody else reads the list.
  void Clear() {
    size_.store(0, std::memory_order_relaxed);
    for (std::atomic<T*>& chunk : chunks_) {
      delete[] chunk.exchange(nullptr, std::memory_order_relaxed);
    }
  }
  [[nodiscard]] T& Mutable(std::size_t index) {
    const Place place = PlaceOf(index);
    return chunks_[place.chunk].load(std::memory_order_relaxed)[place.offset];
  }

 private:
  // Each chunk is as long as all before it and the first: 4, 8, 16, ...
  static constexpr std::size_t kFirstChunk = 4;
  static constexpr std::size_t kChunks = 29;

  struct Place {
    std::size_t chunk;
    std::size_t offset;
  };
  static Place PlaceOf(std::size_t index) {
    const auto chunk = static_cast<std::size_t>(std::bit_width(index / kFirstChunk + 1)) - 1;
    return {chunk, index - kFirstChunk * ((std::size_t{1} << chunk) - 1)};
  }

  std::array<std::atomic<T*>, kChunks> chunks_{};
  std::atomic<std::size_t> size_{0};
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_APPEND_ONLY_H_

// Units -- sizes and places as types, so that bytes, words and addresses do not mix.
//
// Invariants
//   HB-U1 no wrap   a difference of sizes or addresses is checked not to go below zero.
//
// Not here: tagged references (heap/object/object_ptr.h).

#ifndef FART_HEAP_BASE_UNITS_H_
#define FART_HEAP_BASE_UNITS_H_

#include <compare>
#include <cstddef>
#include <cstdint>

#include "heap/base/check.h"

namespace fart {

inline constexpr std::size_t kWordSize = 8;
static_assert(sizeof(void*) == kWordSize, "Fart is built for 64-bit words");

class WordCount {
 public:
  constexpr WordCount() = default;
  constexpr explicit WordCount(std::size_t value) : value_(value) {}
  constexpr std::size_t value() const { return value_; }
  friend constexpr auto operator<=>(WordCount, WordCount) = default;
  friend constexpr WordCount operator+(WordCount a, WordCount b) {
    return WordCount(a.value_ + b.value_);
  }

 private:
  std::size_t value_ = 0;
};

class ByteCount {
 public:
  constexpr ByteCount() = default;
  constexpr explicit ByteCount(std::size_t value) : value_(value) {}
  constexpr ByteCount(WordCount words) : value_(words.value() * kWordSize) {}  // NOLINT: exact

  constexpr std::size_t value() const { return value_; }
  constexpr bool is_zero() const { return value_ == 0; }
  constexpr bool IsWordAligned() const { return value_ % kWordSize == 0; }
  constexpr WordCount InWords() const { return WordCount(value_ / kWordSize); }
  constexpr ByteCount RoundedUpTo(std::size_t power_of_two) const {
    return ByteCount((value_ + power_of_two - 1) & ~(power_of_two - 1));
  }

  constexpr ByteCount& operator+=(ByteCount other) {
    value_ += other.value_;
    return *this;
  }
  constexpr ByteCount& operator-=(ByteCount other) {
    FART_DCHECK(other.value_ <= value_);  // HB-U1
    value_ -= other.value_;
    return *this;
  }
  friend constexpr auto operator<=>(ByteCount, ByteCount) = default;
  friend constexpr ByteCount operator+(ByteCount a, ByteCount b) { return a += b; }
  friend constexpr ByteCount operator-(ByteCount a, ByteCount b) { return a -= b; }
  friend constexpr ByteCount operator*(ByteCount a, std::size_t n) {
    return ByteCount(a.value_ * n);
  }
  friend constexpr ByteCount operator/(ByteCount a, std::size_t n) {
    return ByteCount(a.value_ / n);
  }

 private:
  std::size_t value_ = 0;
};

constexpr ByteCount KiB(std::size_t n) { return ByteCount(n << 10); }
constexpr ByteCount MiB(std::size_t n) { return ByteCount(n << 20); }
constexpr ByteCount GiB(std::size_t n) { return ByteCount(n << 30); }

// A place in memory. Null is the default and means "nowhere".
class Address {
 public:
  constexpr Address() = default;
  constexpr explicit Address(std::uintptr_t value) : value_(value) {}
  static Address Of(const void* pointer) {
    return Address(reinterpret_cast<std::uintptr_t>(pointer));
  }

  constexpr bool is_null() const { return value_ == 0; }
  constexpr std::uintptr_t value() const { return value_; }
  template <typename T>
  T* As() const {
    return reinterpret_cast<T*>(value_);
  }
  constexpr bool IsAlignedTo(std::size_t power_of_two) const {
    return (value_ & (power_of_two - 1)) == 0;
  }

  friend constexpr auto operator<=>(Address, Address) = default;
  friend constexpr Address operator+(Address a, ByteCount n) {
    return Address(a.value_ + n.value());
  }
  friend constexpr Address operator-(Address a, ByteCount n) {
    return Address(a.value_ - n.value());
  }
  friend constexpr ByteCount operator-(Address a, Address b) {
    FART_DCHECK(b.value_ <= a.value_);  // HB-U1
    return ByteCount(a.value_ - b.value_);
  }

 private:
  std::uintptr_t value_ = 0;
};

}  // namespace fart

#endif  // FART_HEAP_BASE_UNITS_H_

// PrefetchQueue -- objects on their way to be looked at: who enters has been asked for of memory,
// and leaves when so many others have entered.
//
// Not here: what is asked for (marker.h, sliced_marking.h).

#ifndef FART_GC_PREFETCH_QUEUE_H_
#define FART_GC_PREFETCH_QUEUE_H_

#include <array>
#include <cstddef>

#include "heap/base/units.h"

namespace fart {

class PrefetchQueue {
 public:
  bool is_empty() const { return entered_ == left_; }
  // Who leaves; null: there was room.
  Address Exchange(Address object) {
    Address& place = entries_[entered_++ % kLength];
    const Address due = entered_ - left_ > kLength ? (++left_, place) : Address();
    place = object;
    return due;
  }
  // Who has waited longest. Pre-condition: !is_empty().
  Address Take() { return entries_[left_++ % kLength]; }

 private:
  static constexpr std::size_t kLength = 32;  // a power of two

  std::array<Address, kLength> entries_;
  std::size_t entered_ = 0;
  std::size_t left_ = 0;
};

}  // namespace fart

#endif  // FART_GC_PREFETCH_QUEUE_H_

// Forwarding -- the one way an object's header turns into its forwarding address.
//
// An object of an evacuated region is moved at most once, by whoever wins; everybody then learns
// where it is. Copying is speculative: the copy is complete before its address is published, so a
// reader never waits (the losing copy is given back by its maker). Cf. Cheney 1970 for the
// forwarding word; the race is the one of parallel copying collectors (Flood et al., JVM 2001,
// section 3), with a copy first instead of a busy mark: no state in which a reader must spin.
//
// Invariants
//   HO-F1 once      an object has at most one forwarding address, and it never changes.
//   HO-F2 complete  when the address can be read, the copy can be read.
//   HO-F3 kept      a kept object has no forwarding address; its header stays readable.
//
// `kAtomic` false is for one collecting thread, true for several.

#ifndef FART_HEAP_OBJECT_FORWARDING_H_
#define FART_HEAP_OBJECT_FORWARDING_H_

#include <atomic>
#include <cstdint>

#include "heap/object/header.h"

namespace fart {

enum class Forwarding : std::uint8_t {
  kCopied,         // this call moved the object
  kAlreadyCopied,  // somebody did before
  kKept,           // the object stays where it is
};

struct ForwardingResult {
  Forwarding outcome;
  Address where;  // of the object from now on
};

template <bool kAtomic>
class ForwardingCell {
 public:
  explicit ForwardingCell(Address object) : word_(object.As<std::uint64_t>()) {}

  // The header, or (IsHeader() false) the forwarding address in disguise.
  Header Load() const {
    if constexpr (kAtomic) {
      return Header(Ref().load(std::memory_order_acquire));  // HO-F2
    } else {
      return Header(*word_);
    }
  }

  static bool IsForwarded(Header word) { return !word.IsHeader(); }
  static Address ForwardedTo(Header word) {
    FART_DCHECK(IsForwarded(word));
    return Address(word.bits());
  }

  // Publishes `copy`, whose contents must be complete, unless somebody was quicker or keeps the
  // object. `seen` is the header the copy was made under.
  ForwardingResult Publish(Header seen, Address copy) {
    FART_DCHECK(copy.IsAlignedTo(kWordSize) && seen.IsHeader() && !seen.kept());
    return Replace(seen, copy.value(), Forwarding::kCopied, copy);
  }

  // Makes the object stay, unless somebody moved it before.
  ForwardingResult Keep(Header seen) {
    FART_DCHECK(seen.IsHeader());
    return Replace(seen, seen.WithKept(true).bits(), Forwarding::kKept,
                   Address(reinterpret_cast<std::uintptr_t>(word_)));
  }

 private:
  std::atomic_ref<std::uint64_t> Ref() const { return std::atomic_ref<std::uint64_t>(*word_); }

  ForwardingResult Replace(Header seen, std::uint64_t desired, Forwarding done, Address where) {
    if constexpr (kAtomic) {
      std::uint64_t expected = seen.bits();
      if (Ref().compare_exchange_strong(expected, desired, std::memory_order_acq_rel,
                                        std::memory_order_acquire)) {
        return {done, where};
      }
      const Header winner(expected);
      if (IsForwarded(winner)) return {Forwarding::kAlreadyCopied, ForwardedTo(winner)};
      FART_CHECK(winner.kept());  // HO-F1: nothing else changes a header in a pause
      return {Forwarding::kKept, Address(reinterpret_cast<std::uintptr_t>(word_))};
    } else {
      *word_ = desired;
      return {done, where};
    }
  }

  std::uint64_t* word_;
};

}  // namespace fart

#endif  // FART_HEAP_OBJECT_FORWARDING_H_

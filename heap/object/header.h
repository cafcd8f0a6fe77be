// Header -- the first word of every heap object.
//
//   bit  0      1: this is a header; 0: a forwarding address (forwarding.h)
//   bit  1      remembered: the object is in the remembered set (H-R2)
//   bit  2      kept: stays although its region is evacuated; set only inside a pause
//   bits 3-4    age: scavenges survived, saturating
//   bits 5-22   shape id
//   bits 23-38  size in words; 0: a large object, whose size its region record has
//   bits 39-63  identity hash; 0: none given yet. It moves with the object.
//
// Invariants
//   HO-O1 walkable  a header's size leads to the next header of its region, or to the region's top.
//   HO-O2 no mark   no bit here says "marked"; marks are a side bitmap (heap/region_space.h).

#ifndef FART_HEAP_OBJECT_HEADER_H_
#define FART_HEAP_OBJECT_HEADER_H_

#include <atomic>
#include <cstdint>

#include "heap/base/bit_field.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"

namespace fart {

// An index into the shape table.
enum class ShapeId : std::uint32_t {};

class Header {
 public:
  using IsHeaderBit = BitField<bool, 0, 1>;
  using RememberedBit = BitField<bool, IsHeaderBit::kNext, 1>;
  using KeptBit = BitField<bool, RememberedBit::kNext, 1>;
  using AgeField = BitField<unsigned, KeptBit::kNext, 2>;
  using ShapeField = BitField<ShapeId, AgeField::kNext, 18>;
  using SizeField = BitField<std::uint64_t, ShapeField::kNext, 16>;
  using HashField = BitField<std::uint32_t, SizeField::kNext, 25>;
  static_assert(HashField::kNext == 64);

  static constexpr std::uint32_t kMaxShapes = static_cast<std::uint32_t>(ShapeField::kMax) + 1;
  static constexpr unsigned kMaxAge = static_cast<unsigned>(AgeField::kMax);

  constexpr Header() = default;
  constexpr explicit Header(std::uint64_t bits) : bits_(bits) {}
  // `size_in_words` 0 says "large".
  static constexpr Header Make(ShapeId shape, WordCount size) {
    FART_DCHECK(ShapeField::Fits(shape) && SizeField::Fits(size.value()));
    return Header(IsHeaderBit::Encode(true) | ShapeField::Encode(shape) |
                  SizeField::Encode(size.value()));
  }

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr bool IsHeader() const { return IsHeaderBit::Decode(bits_); }
  constexpr bool remembered() const { return RememberedBit::Decode(bits_); }
  constexpr bool kept() const { return KeptBit::Decode(bits_); }
  constexpr unsigned age() const { return AgeField::Decode(bits_); }
  constexpr ShapeId shape() const { return ShapeField::Decode(bits_); }
  constexpr bool HasShape(ShapeId id) const { return ShapeField::Holds(bits_, id); }
  // One of `first` to `last`.
  constexpr bool HasShapeOf(ShapeId first, ShapeId last) const {
    return ShapeField::HoldsOneOf(bits_, first, last);
  }
  constexpr WordCount size() const { return WordCount(SizeField::Decode(bits_)); }
  constexpr bool is_large() const { return SizeField::Decode(bits_) == 0; }
  constexpr std::uint32_t hash() const { return HashField::Decode(bits_); }

  constexpr Header WithRemembered(bool on) const {
    return Header(RememberedBit::Update(bits_, on));
  }
  constexpr Header WithKept(bool on) const { return Header(KeptBit::Update(bits_, on)); }
  constexpr Header WithAge(unsigned age) const {
    return Header(AgeField::Update(bits_, age > kMaxAge ? kMaxAge : age));
  }
  constexpr Header WithHash(std::uint32_t hash) const {
    return Header(HashField::Update(bits_, hash));
  }

  static Header Of(ObjectPtr object) { return Header(*object.address().As<std::uint64_t>()); }
  static Header At(Address address) { return Header(*address.As<std::uint64_t>()); }
  // For who marks beside the mutator, which gives objects hashes and remembers them meanwhile.
  static Header Shared(Address address) {
    return Header(std::atomic_ref(*address.As<std::uint64_t>()).load(std::memory_order_relaxed));
  }
  void StoreTo(ObjectPtr object) const { StoreTo(object.address()); }
  void StoreTo(Address address) const {
    std::atomic_ref(*address.As<std::uint64_t>()).store(bits_, std::memory_order_relaxed);
  }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace fart

#endif  // FART_HEAP_OBJECT_HEADER_H_

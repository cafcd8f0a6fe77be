// Mutator -- the running program's door to the heap: it allocates and it stores.
//
// Allocation is one compare and one add in the mutator's area, the rest of one new-space region. An
// empty area has top == limit == null, so the first allocation, a full area and stress mode all
// take the same miss (cf. MMTk's bump allocator).
//
// Invariants
//   H-M1 barrier  every store of a reference into an object that may be old goes through
//                 StoreField; InitField is for objects not yet seen by a safepoint. So do stores of
//                 references to what is being marked (gc/sliced_marking.h, G-S1).
//   H-M2 fresh    an object allocated in old space is remembered whole until the next collection,
//                 so InitField into a fresh object needs no barrier; into a large one every store
//                 is recorded from the first on, and InitField is not for it.
//   H-M3 pairs    key and value of an ephemeron that a safepoint has seen are read through
//                 LoadPaired, or behind Heap::LookAtPair, and written through StorePaired; unless
//                 Heap::LetPairsBeReadInlined has been called.
//   H-D1 to H-D3  heap/direct_state.h
//   HB-C1 quiet   heap/base/safepoint.h
//
// Not here: when and how to collect (heap/collector.h), what must be recorded (remembered_set.h).

#ifndef FART_HEAP_MUTATOR_H_
#define FART_HEAP_MUTATOR_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/collector.h"
#include "heap/direct_state.h"
#include "heap/heap.h"
#include "heap/object/object_ptr.h"
#include "heap/object/region_flags.h"
#include "heap/object/shape.h"

namespace fart {

// An object just allocated: its references are null and its bytes zero. Valid until the next call
// that may collect; asking for the pointer needs the proof that there is none in between.
class [[nodiscard]] FreshObject {
 public:
  FreshObject() = default;
  explicit FreshObject(ObjectPtr raw) : raw_(raw) {}
  // The heap limit is reached, or there is no memory.
  bool is_null() const { return raw_.is_null(); }
  ObjectPtr Get(const NoSafepointScope&) const { return raw_; }

 private:
  ObjectPtr raw_;
};

// External bytes of young objects that do not yet matter.
inline constexpr ByteCount kExternalNewMin = MiB(4);
// An object that comes with this much outside the heap is old from the start: it would use up what
// young ones may have, and each of the next would pay for a collection.
inline constexpr ByteCount kLargeExternalSize = kExternalNewMin;

class Mutator {
 public:
  Mutator(Heap& heap, Collector& collector);
  ~Mutator();
  Mutator(const Mutator&) = delete;
  Mutator& operator=(const Mutator&) = delete;

  Heap& heap() { return heap_; }
  const RegionFlags& flags() const { return flags_; }

  // An object of `shape` whose variable part, if the shape has one, has `length` elements. Null
  // only at the heap limit, or when there is no memory, after a full collection.
  FreshObject Allocate(ShapeId shape, std::size_t length = 0) FART_MAY_COLLECT;
  // The same for a shape without variable part, without looking the shape up.
  FreshObject AllocateFixed(ShapeId id, const Shape& shape) FART_MAY_COLLECT {
    FART_DCHECK(!collector_.IsBusy());  // H-T1
    const ByteCount size = shape.variable_offset();
    const Address where = direct_.area.TryBump(size);
    if (where.is_null()) [[unlikely]]
      return AllocateFixedSlow(id, shape);
    ++direct_.objects;
    return Initialise(where, id, shape, size);
  }

  // The same for a shape that is nothing but variable bytes, of which there are `length`: the
  // caller writes them, all of them. (What rounding up adds is zero.)
  FreshObject AllocateBytes(ShapeId id, std::size_t length) FART_MAY_COLLECT {
    FART_DCHECK(!collector_.IsBusy());  // H-T1
    FART_DCHECK(heap_.shapes()[id].variable_part() == VariablePart::kBytes &&
                heap_.shapes()[id].variable_offset() == kVariableOnly);
    if (length >= (kLargeObjectSize - kVariableOnly).value()) [[unlikely]]
      return Allocate(id, length);
    const ByteCount size = (kVariableOnly + ByteCount(length)).RoundedUpTo(kWordSize);
    const Address where = direct_.area.TryBump(size);
    if (where.is_null()) [[unlikely]]
      return Allocate(id, length);
    ++direct_.objects;
    Header::Make(id, size.InWords()).StoreTo(where);
    *(where + size - ByteCount(kWordSize)).As<std::uint64_t>() = 0;
    Shape::Length(where) = length;  // Of an empty one this is the last word.
    return FreshObject(ObjectPtr::FromAddress(where));
  }

  // The same for a shape without variable part that will be charged with `external` bytes.
  FreshObject AllocateForExternal(ShapeId id, ByteCount external) FART_MAY_COLLECT;

  // For callers that know the layout: `size` bytes, the size of an object of `id`, which has no
  // variable part; `init(words, quiet)` writes every word behind the header, and nothing else.
  template <typename Init>
  FreshObject AllocateInitialised(ShapeId id, ByteCount size, Init init) FART_MAY_COLLECT {
    FART_DCHECK(heap_.shapes()[id].variable_offset() == size && !heap_.shapes()[id].has_length());
    // The only call, and the last thing done: the caller's fast path needs no stack frame.
    if (!direct_.area.Fits(size)) [[unlikely]]
      return AllocateInitialisedSlow(id, size, init);
    const NoSafepointScope quiet;
    return FreshObject(BumpInitialised(id, size, init, quiet));
  }
  // The same, of any shape, if the area has room: else null, and nothing happened. Collects never.
  template <typename Init>
  ObjectPtr TryAllocateInitialised(ShapeId id, ByteCount size, Init init,
                                   const NoSafepointScope& quiet) {
    if (!direct_.area.Fits(size)) [[unlikely]]
      return ObjectPtr();
    return BumpInitialised(id, size, init, quiet);
  }

  // The same for a shape of references and nothing else, all null.
  ObjectPtr TryAllocateReferences(ShapeId id, const Shape& shape, const NoSafepointScope& quiet) {
    FART_DCHECK(shape.is_only_references());
    const std::size_t count = shape.references();
    return TryAllocateInitialised(
        id, shape.variable_offset(),
        [count](ObjectPtr* slots, const NoSafepointScope&) {
          for (std::size_t i = 0; i < count; ++i) slots[i] = ObjectPtr();
        },
        quiet);
  }

  // Turns `object` into one of `shape`, which has no variable part and takes no more room; neither
  // has references. Age and hash stay; the bytes are the caller's to write; what room is left
  // becomes dead space (of a large object: is given back). Never collects.
  void ChangeShape(ObjectPtr object, ShapeId id);

  // Stores `value` into `slot`, a reference or weak reference of `holder` (H-M1). The holder is
  // asked first, because most stores are into young objects, for which nothing need be remembered.
  void StoreField(ObjectPtr holder, ObjectPtr* slot, ObjectPtr value) {
    std::atomic_ref<std::uint64_t>(*reinterpret_cast<std::uint64_t*>(slot))
        .store(value.bits(), std::memory_order_relaxed);
    if (value.IsTagged() && (FlagsOfHolder(holder) & kVisitPointersFrom) != 0 &&
        (flags_.OfTagged(value) & kVisitPointersTo) != 0) [[unlikely]] {
      RememberSlow(holder, slot, value);
    }
  }
  // Key or value of an ephemeron: null if the key is dead. (H-M3)
  ObjectPtr LoadPaired(ObjectPtr ephemeron, const ObjectPtr* slot) {
    heap_.LookAtPair(ephemeron.address());
    return *slot;
  }
  // StoreField for them.
  void StorePaired(ObjectPtr ephemeron, ObjectPtr* slot, ObjectPtr value) {
    BeforeStoringPaired(ephemeron, slot);
    StoreField(ephemeron, slot, value);
  }

  // A store into an object that no safepoint has seen since its allocation. (H-M2)
  void InitField(ObjectPtr holder, ObjectPtr* slot, ObjectPtr value) {
    FART_DCHECK(NeedsNoBarrier(holder));
    static_cast<void>(holder);
    *slot = value;
  }

  // Copies references into an object that no safepoint has seen since its allocation, large or not.
  void CopyIntoFresh(ObjectPtr fresh, ObjectPtr* to, const ObjectPtr* from, std::size_t count);

  // The object's identity hash, 1 to 2^25 - 1: given at the first request, the same for its whole
  // life. Equal Smis have equal hashes.
  std::uint32_t IdentityHash(ObjectPtr object);

  // Changes the external bytes charged to `object` (0 at first). Never collects: call
  // PollExternalSize at the next place where a collection is possible.
  void ChargeExternal(ObjectPtr object, ByteCount before, ByteCount now);
  void PollExternalSize() FART_MAY_COLLECT;

  // Collects now. Under stress any collection moves every object.
  void CollectGarbage(GcKind least, GcReason reason) FART_MAY_COLLECT;

  // Takes the knobs of the heap into account that were changed (stress).
  void KnobsChanged();

  // ---- For code that allocates and stores inlined (fart_direct_api.h)
  DirectState& direct() { return direct_; }
  // From now on every allocation changes the epoch. (H-D3)
  void SetAllSeen();
  // Between the two no inlined code allocates. (H-D2)
  void HideArea() {
    if (direct_.area.top != 0) hidden_area_ = std::exchange(direct_.area, AllocationArea{});
  }
  void ShowArea() {
    if (!IsAreaHidden()) direct_.area = std::exchange(hidden_area_, AllocationArea{});
  }
  // "I may collect": under stress it does, as often as an allocation.
  void Poll() FART_MAY_COLLECT;

  // Gives the area back to its region, so that the region can be walked.
  void RetireArea();

  // Young and small, or remembered whole: what a fresh object is. (H-M2)
  bool NeedsNoBarrier(ObjectPtr holder) const {
    return !flags_.Has(holder, kVisitPointersFrom) || Header::Of(holder).remembered();
  }

 private:
  // Header and length.
  static constexpr ByteCount kVariableOnly = ByteCount(2 * kWordSize);
  // There is room.
  template <typename Init>
  ObjectPtr BumpInitialised(ShapeId id, ByteCount size, Init init, const NoSafepointScope& quiet) {
    FART_DCHECK(!collector_.IsBusy());  // H-T1
    const Address where = direct_.area.Bump(size);
    Header::Make(id, size.InWords()).StoreTo(where);
    ++direct_.objects;
    init((where + ByteCount(kWordSize)).As<ObjectPtr>(), quiet);
    return ObjectPtr::FromAddress(where);
  }

  FreshObject Initialise(Address where, ShapeId id, const Shape& shape, ByteCount size) {
    Header::Make(id, size.InWords()).StoreTo(where);
    ObjectPtr* slot = shape.References(where);
    for (ObjectPtr* const end = slot + shape.references() + shape.weak_references(); slot != end;
         ++slot) {
      *slot = ObjectPtr();
    }
    auto* word = reinterpret_cast<std::uint64_t*>(slot);
    for (auto* const end = (where + size).As<std::uint64_t>(); word < end; ++word) *word = 0;
    return FreshObject(ObjectPtr::FromAddress(where));
  }

  // `holder` is an object of this heap: half of what the barrier costs.
  std::uint8_t FlagsOfHolder(ObjectPtr holder) const {
    return *reinterpret_cast<const std::uint8_t*>(flag_base_ + (holder.bits() >> kRegionShift));
  }

  [[gnu::noinline]] FreshObject AllocateFixedSlow(ShapeId id, const Shape& shape) FART_MAY_COLLECT;
  [[gnu::noinline]] FreshObject AllocateLarge(ShapeId id, const Shape& shape,
                                              std::size_t length) FART_MAY_COLLECT;
  [[gnu::noinline, gnu::cold]] Address AllocateSlow(ByteCount size) FART_MAY_COLLECT;
  // Of a young value, or of one that is being marked or may be moved.
  [[gnu::noinline]] void RememberSlow(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value);
  // Space with a header, remembered if it is old; the rest is the caller's to write.
  [[gnu::noinline, gnu::cold]] Address AllocateHeaderSlow(ShapeId id,
                                                          ByteCount size) FART_MAY_COLLECT;
  template <typename Init>
  [[gnu::noinline, gnu::cold]] FreshObject AllocateInitialisedSlow(ShapeId id, ByteCount size,
                                                                   Init init) FART_MAY_COLLECT {
    const Address where = AllocateHeaderSlow(id, size);
    if (where.is_null()) return FreshObject();
    ++direct_.objects;
    const NoSafepointScope quiet;
    init((where + ByteCount(kWordSize)).As<ObjectPtr>(), quiet);
    return FreshObject(ObjectPtr::FromAddress(where));
  }
  [[gnu::noinline]] void BeforeStoringPaired(ObjectPtr ephemeron, const ObjectPtr* slot);
  static void InitialiseSlots(Address where, const Shape& shape, ByteCount size,
                              std::size_t length);
  void RememberIfOld(ObjectPtr fresh);
  void StressTick() FART_MAY_COLLECT;
  bool IsScavengeNext();
  void PollLowMemory() FART_MAY_COLLECT;
  Address TryAllocateNew(ByteCount size, Heap::Capacity capacity);
  Address TryAllocateNewOrOld(ByteCount size);
  Address TryAllocateLarge(ByteCount size);
  static constexpr ByteCount kShortArea = KiB(32);
  static_assert(kShortArea >= kLargeObjectSize);
  // An area that may have room for `size` bytes: the caller tries, and asks again.
  bool TakeNewArea(ByteCount size, Heap::Capacity capacity);
  void UseArea(RegionIndex index, Span span, bool is_hole);
  void DrawStressInterval();
  bool IsAreaHidden() const { return all_seen_ || heap_.knobs().stress_interval != 0; }
  AllocationArea& AreaInUse() { return direct_.area.top != 0 ? direct_.area : hidden_area_; }

  Heap& heap_;
  Collector& collector_;
  RegionFlags flags_;
  std::uintptr_t flag_base_;
  DirectState direct_;
  // Where the state's stays empty every allocation reaches AllocateSlow, and this one serves
  // (H-D2).
  AllocationArea hidden_area_;
  bool all_seen_ = false;
  RegionIndex area_region_ = kNoRegion;
  Address area_start_;         // what is above has not been counted
  Address area_end_;           // the region's, or the hole's: a short area is less
  bool area_is_hole_ = false;  // between pinned objects; else a region's rest
  std::uint64_t allocations_until_stress_ = 0;
  std::uint64_t stress_random_ = 0;
  std::uint64_t hash_random_;
};

}  // namespace fart

#endif  // FART_HEAP_MUTATOR_H_

// Evacuator -- moves one object at a time out of the regions being evacuated.
//
// A young object that survived kPromotionAge - 1 collections goes to old space, another one to a
// fresh region of new space with its age increased; an old object goes to old space. What
// remembered holders refer to goes to old space at once, where that has proved to live as long as
// they do ("eager promotion": Marlow, Harris, James and Peyton Jones, "Parallel
// generational-copying garbage collection with a block-structured heap", ISMM 2008). A young large
// object is reached where it is; under stress it moves, too, and becomes old. A pinned object, and
// one that there is no memory to copy into, is kept; and, where nearly everything lives, every
// young one: copying all of it twice is waste. At the end of the collection the region of a kept
// object becomes old; but one with a few pinned young objects stays new space, and the mutator goes
// on in its holes. So what pins young objects for a while costs no region for each.
//
// Invariants
//   HO-F1 to HO-F3  heap/object/forwarding.h
//   H-Q1 stays      heap/pin_table.h: pinned objects are kept before anything is moved.
//   G-E1 aged       a copy in new space has its original's age plus one.
//   G-E2 room       copying ignores the heap limit (H-H2): only the system can refuse.
//   G-Y1, G-Y2      grey_regions.h
//
// Not here: finding what lives; updating references to what moved.

#ifndef FART_GC_EVACUATOR_H_
#define FART_GC_EVACUATOR_H_

#include <cstdint>
#include <cstring>

#include "gc/grey_regions.h"
#include "gc/listener.h"
#include "heap/heap.h"
#include "heap/object/forwarding.h"

namespace fart {

// What becomes of large objects in the regions being collected.
enum class LargeFate : std::uint8_t {
  kReached,  // a scavenge: those that Evacuate is asked for live, where they are
  kMarked,   // a major collection: the marker has found them, nobody asks
  kMoved,    // under stress
};

// What becomes of small young ones.
enum class YoungFate : std::uint8_t {
  kMoved,
  kEager,  // moved, and what remembered holders refer to promoted at once
  kKept,   // a scavenge in which nearly all live: they are promoted where they are
};

class Evacuator {
 public:
  Evacuator(Heap& heap, GcReport& report, LargeFate large_fate, YoungFate young_fate)
      : heap_(heap),
        flags_(heap.flags()),
        report_(report),
        large_fate_(large_fate),
        young_fate_(young_fate),
        to_scan_(heap.regions()) {}

  // Whether `value` refers to an object that this collection moves, or reaches in its place.
  bool IsEvacuating(ObjectPtr value) const { return flags_.Has(value, kEvacuating); }
  // Whether `value` will be in new space when the collection is over.
  bool StaysYoung(ObjectPtr value) const {
    return value.IsTagged() && (flags_.OfTagged(value) & kStaysYoung) == kStaysYoung;
  }
  bool IsLarge(Address object) const { return (flags_.Of(object) & kLargeRegion) != 0; }
  // Whether an object of an evacuating region has been reached: it was moved or is kept.
  static bool IsReached(Address object) {
    const Header word = ForwardingCell<false>(object).Load();
    return ForwardingCell<false>::IsForwarded(word) || word.kept();
  }
  // Where a reached object is now.
  static Address WhereIs(Address object) {
    const Header word = ForwardingCell<false>(object).Load();
    if (!ForwardingCell<false>::IsForwarded(word)) return object;  // HO-F3
    return ForwardingCell<false>::ForwardedTo(word);
  }

  // A region stays new space when it has no more pinned objects than this, ...
  static constexpr std::size_t kMaxPinsInNewRegion = 64;
  // ... and they are not larger together.
  static constexpr ByteCount kMaxPinnedInNewRegion = kRegionSize / 4;

  // While it lives what is reached is what remembered holders refer to.
  class FromOld {
   public:
    explicit FromOld(Evacuator& evacuator)
        : evacuator_(evacuator), promotion_age_(evacuator.promotion_age_) {
      if (evacuator.young_fate_ == YoungFate::kEager) evacuator.promotion_age_ = 1;
    }
    ~FromOld() { evacuator_.promotion_age_ = promotion_age_; }
    FromOld(const FromOld&) = delete;
    FromOld& operator=(const FromOld&) = delete;

   private:
    Evacuator& evacuator_;
    unsigned promotion_age_;
  };

  // Reaches the pinned objects of the regions being evacuated. Before the first Evacuate. (H-Q1)
  void KeepPinned();
  // Moves the object, whose region is being evacuated, unless it has been reached before.
  ForwardingResult Evacuate(Address object);

  // Makes the tops of the regions copied into current, so that they can be scanned.
  void PublishTops();
  // No object is moved any more.
  void Finish();

  bool has_kept() const { return has_kept_; }
  // In a scavenge: what was reached and stays, large or kept, and has not been scanned.
  GreyRegions& to_scan() { return to_scan_; }
  // Ends the life of an evacuated region: gives it back, or, when objects were kept in it, makes
  // fillers of its other words and an old region of it, or a new one as ever. Counts into the
  // report.
  void ReleaseRegion(RegionIndex index);

 private:
  static void CopyWords(Address to, Address from, ByteCount size);
  ForwardingResult CopyWithinNew(Address from, Header header);
  [[gnu::noinline]] ForwardingResult CopyToOld(Address from, Header header);
  [[gnu::noinline]] ForwardingResult EvacuateLarge(Address object, Header header);
  ForwardingResult CopyRun(Address from, Header header);
  [[gnu::noinline]] ForwardingResult PromoteInPlace(Address object, Header header);
  ForwardingResult Keep(Address object, Header header);
  // Null: no region can be had.
  [[gnu::noinline]] Address AllocateNewSlow(ByteCount size);
  void KeepRegion(RegionIndex index);
  void LetStayYoung(RegionIndex index, std::size_t pins, ByteCount size);

  Heap& heap_;
  RegionFlags flags_;
  GcReport& report_;
  const LargeFate large_fate_;
  const YoungFate young_fate_;
  unsigned promotion_age_ = kPromotionAge;
  // Where copies in new space go: the unused part of new_region_.
  Address new_top_;
  Address new_limit_;
  RegionIndex new_region_ = kNoRegion;
  bool has_kept_ = false;
  GreyRegions to_scan_;
  std::size_t staying_regions_ = 0;  // of those with kept objects, those of new space
};

inline void Evacuator::CopyWords(Address to, Address from, ByteCount size) {
  auto* target = to.As<std::uint64_t>();
  const auto* source = from.As<std::uint64_t>();
  // Most objects are a few words: a call to memcpy costs more than the copy.
  const std::size_t words = size.InWords().value();
  if (words > 16) {
    std::memcpy(target, source, size.value());
    return;
  }
  std::size_t i = 0;
  for (; i + 2 <= words; i += 2) std::memcpy(target + i, source + i, 2 * kWordSize);
  if (i != words) target[i] = source[i];
}

inline ForwardingResult Evacuator::CopyWithinNew(Address from, Header header) {
  const ByteCount size = header.size();
  Address to = new_top_;
  if (size.value() <= new_limit_.value() - to.value()) [[likely]] {
    new_top_ = to + size;
  } else {
    to = AllocateNewSlow(size);
    if (to.is_null()) return CopyToOld(from, header);
  }
  CopyWords(to, from, size);
  header.WithAge(header.age() + 1).StoreTo(to);  // G-E1
  report_.moved_within_new += size;
  ++report_.objects_moved;
  return ForwardingCell<false>(from).Publish(header, to);
}

inline ForwardingResult Evacuator::Evacuate(Address object) {
  const Header header = ForwardingCell<false>(object).Load();
  if (ForwardingCell<false>::IsForwarded(header)) {
    return {Forwarding::kAlreadyCopied, ForwardingCell<false>::ForwardedTo(header)};
  }
  if (header.kept()) [[unlikely]]
    return {Forwarding::kKept, object};
  const std::uint8_t flags = flags_.Of(object);
  if ((flags & kLargeRegion) != 0) [[unlikely]]
    return EvacuateLarge(object, header);
  const bool young = (flags & kNewSpace) != 0;
  if (young && young_fate_ == YoungFate::kKept) [[unlikely]]
    return PromoteInPlace(object, header);
  if (young && header.age() + 1 < promotion_age_) return CopyWithinNew(object, header);
  return CopyToOld(object, header);
}

}  // namespace fart

#endif  // FART_GC_EVACUATOR_H_

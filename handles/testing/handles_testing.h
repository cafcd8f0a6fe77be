// Fakes for the tests of this package: a heap of three regions that holds no bytes, visitors that
// move its objects, and the peer through which a test breaks an invariant on purpose.
//
// An object is its number; where it is shows in the region: born in the nursery, then survivor,
// then old. A visitor moves what it is shown one region on, so a slot that a collection forgets is
// found by its region alone.

#ifndef FART_HANDLES_TESTING_HANDLES_TESTING_H_
#define FART_HANDLES_TESTING_HANDLES_TESTING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "handles/handle_tables.h"
#include "handles/immortal_constants.h"
#include "handles/local_handles.h"
#include "handles/persistent_handles.h"
#include "handles/scope_arena.h"
#include "handles/weak_handles.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

inline constexpr IsolateId kTestIsolate{7};
inline constexpr IsolateId kOtherIsolate{8};

class FakeHeap {
 public:
  enum Region : std::size_t {
    kNursery = 1,
    kSurvivor = 2,
    kOld = 3,
    kLeaving = 4,
    kLeavingYoung = 5,
    kMarked = 6,  // being marked in slices
  };

  FakeHeap() {
    bytes_[kNursery] = bytes_[kSurvivor] = kNewSpace;
    bytes_[kOld] = kOldSpace;
    bytes_[kLeaving] = kOldSpace | kEvacuating;
    bytes_[kLeavingYoung] = kNewSpace | kEvacuating;
    bytes_[kMarked] = kOldSpace | kVisitPointersTo;
  }
  RegionFlags flags() const { return RegionFlags(bytes_.data(), kMask); }

  static ObjectPtr At(Region region, std::size_t number) {
    return ObjectPtr::FromAddress(Address((std::size_t{kMask + 1} << (kRegionShift + 4)) +
                                          (static_cast<std::size_t>(region) << kRegionShift) +
                                          number * kWordSize));
  }
  static ObjectPtr Young(std::size_t number) { return At(kNursery, number); }
  static ObjectPtr Old(std::size_t number) { return At(kOld, number); }
  static ObjectPtr Marked(std::size_t number) { return At(kMarked, number); }

  static Region RegionOf(ObjectPtr object) {
    return static_cast<Region>(RegionFlags(nullptr, kMask).IndexOf(object.address()));
  }
  static std::size_t NumberOf(ObjectPtr object) {
    return (object.address().value() & (kRegionSize.value() - 1)) / kWordSize;
  }
  // What a collection makes of a reference.
  static ObjectPtr Moved(ObjectPtr object) {
    if (!object.IsHeapObject()) return object;
    switch (RegionOf(object)) {
      case kNursery:
        return At(kSurvivor, NumberOf(object));
      case kSurvivor:
      case kOld:
      case kLeaving:
      case kLeavingYoung:
        return At(kOld, NumberOf(object));
      case kMarked:
        break;
    }
    return object;
  }

 private:
  static constexpr std::uint32_t kMask = 15;
  std::array<std::uint8_t, kMask + 1> bytes_{};
};

class MovingVisitor final : public SlotVisitor {
 public:
  void VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) override {
    for (ObjectPtr* slot = first; slot != last; ++slot) {
      ++visited;
      *slot = FakeHeap::Moved(*slot);
    }
  }
  std::size_t visited = 0;
};

// Moves what lives; the objects whose numbers are in `dead` have died.
class MovingWeakVisitor final : public WeakVisitor {
 public:
  bool Visit(RootKind, ObjectPtr* referent, ByteCount external) override {
    ++visited;
    if (dead.count(FakeHeap::NumberOf(*referent)) != 0) {
      external_of_dead += external;
      return false;
    }
    *referent = FakeHeap::Moved(*referent);
    return true;
  }
  std::set<std::size_t> dead;
  std::size_t visited = 0;
  ByteCount external_of_dead;
};

// Moves nothing; the objects whose numbers are in `dead` have died.
class StillWeakVisitor final : public WeakVisitor {
 public:
  bool Visit(RootKind, ObjectPtr* referent, ByteCount external) override {
    asked.push_back(FakeHeap::NumberOf(*referent));
    if (dead.count(asked.back()) == 0) return true;
    external_of_dead += external;
    return false;
  }
  std::set<std::size_t> dead;
  std::vector<std::size_t> asked;
  ByteCount external_of_dead;
};

// The names of the invariants that were reported.
class ReportedInvariants final : public VerifyReporter {
 public:
  void Report(const char* invariant, const char*) override { names.insert(invariant); }
  std::set<std::string> names;
};

template <typename Verifiable>
std::set<std::string> BrokenInvariantsOf(const Verifiable& verifiable) {
  ReportedInvariants reported;
  verifiable.Verify(reported);
  return std::move(reported.names);
}

// Breaks invariants and shortens long ways.
struct HandlesTestPeer {
  // Local handles.
  static ObjectPtr*& Top(LocalHandles& locals) { return locals.top_; }
  static ObjectPtr*& Limit(LocalHandles& locals) { return locals.limit_; }
  static ObjectPtr*& Watermark(LocalHandles& locals) { return locals.watermark_; }
  static ObjectPtr*& CurrentMarker(LocalHandles& locals) { return locals.scope_; }
  static ObjectPtr*& Floor(LocalHandles& locals) { return locals.floor_; }
  static bool LooksAtAllThatEnds(const LocalHandles& locals) { return locals.look_at_.is_zero(); }
  static ByteCount Committed(const LocalHandles& locals) { return locals.area_.committed(); }
  static Address& Top(ScopeArena& arena) { return arena.top_; }

  // Slot tables.
  using Strong = PersistentHandles::Table;
  using Weak = WeakHandles::Table;
  static Strong& TableOf(PersistentHandles& handles) { return handles.table_; }
  static Weak& TableOf(WeakHandles& handles) { return handles.table_; }

  template <typename Slot>
  static Slot& SlotOf(SlotTable<Slot>& table, HandleValue value) {
    return *table.At(value.index());
  }
  template <typename Slot>
  static void SetGeneration(SlotTable<Slot>& table, std::uint32_t index, std::uint32_t generation) {
    Slot* const slot = table.At(index);
    slot->tag = HandleValue::GenerationField::Update(slot->tag, generation);
  }
  template <typename Slot>
  static void SetLink(SlotTable<Slot>& table, std::uint32_t index, std::uint32_t link) {
    Slot* const slot = table.At(index);
    slot->tag = HandleValue::IndexField::Update(slot->tag, link);
  }
  template <typename Slot>
  static typename SlotTable<Slot>::Chunk& ChunkOf(SlotTable<Slot>& table, std::uint32_t number) {
    return table.directory_[number];
  }
  template <typename Slot>
  static std::uint32_t& CurrentChunk(SlotTable<Slot>& table) {
    return table.current_;
  }
  template <typename Slot>
  static std::uint32_t& RationSize(SlotTable<Slot>& table) {
    return table.ration_size_;
  }
  template <typename Slot>
  static std::uint32_t HeldChunks(const SlotTable<Slot>& table) {
    return table.held_;
  }
  template <typename Slot>
  static std::size_t& CountedSlots(SlotTable<Slot>& table) {
    return table.counted_;
  }

  // Weak handles.
  static std::size_t& Pending(WeakHandles& handles) { return handles.pending_; }
  static std::int64_t& QueueTail(WeakHandles& handles) { return handles.queue_tail_; }
  static std::size_t& CountOfLiveWeak(WeakHandles& handles) {
    return WeakHandles::CounterOf(handles.live_, HandleKind::kWeak);
  }

  // Peers.
  static void PutOld(PeerTable& peers, ObjectPtr object, void* peer) {
    peers.old_.Reserve(peers.old_.size() + 1);
    peers.old_.Insert(object.bits(), peer);
  }

  static ObjectPtr& SlotOf(ImmortalConstants& constants, std::uint32_t index) {
    return constants.slots_[index];
  }
};

}  // namespace fart

#endif  // FART_HANDLES_TESTING_HANDLES_TESTING_H_

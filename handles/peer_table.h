// PeerTable -- what a host attached to objects: one pointer each, gone with the object.
//
// A hash table by address. Objects move, so a collection takes the entries that it may have moved
// out and puts those of the living back; entries of young objects have a table of their own, which
// is all that a minor collection touches.
//
// Invariants
//   HN-E1 young    the peer of a young object is in young_. (One in young_ may be old since
//                  lately.)
//   HN-E2 once     an object has one entry at most, and no entry has a null peer.
//
// Not here: callbacks when an object dies (weak_handles.h): a peer has none.

#ifndef FART_HANDLES_PEER_TABLE_H_
#define FART_HANDLES_PEER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"

namespace fart {

class PeerTable final : public WeakProvider {
 public:
  explicit PeerTable(RegionFlags flags) : flags_(flags) {}
  PeerTable(const PeerTable&) = delete;
  PeerTable& operator=(const PeerTable&) = delete;

  // Null: none. Of a heap object.
  void* Get(ObjectPtr object, const NoSafepointScope&) const;
  // Null takes it away.
  void Set(ObjectPtr object, void* peer, const NoSafepointScope&);
  std::size_t size() const { return young_.size() + old_.size(); }
  std::size_t young_size() const { return young_.size(); }

  // WeakProvider
  void VisitWeak(SlotSet set, WeakVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;

 private:
  // Addresses differ in the middle bits.
  struct Hash {
    std::size_t operator()(std::uint64_t bits) const { return (bits * 0x9E3779B97F4A7C15) >> 20; }
  };
  using Map = std::unordered_map<std::uint64_t, void*, Hash, std::equal_to<>,
                                 OffHeapAllocator<std::pair<const std::uint64_t, void*>>>;

  Map& MapFor(ObjectPtr object) { return flags_.IsYoung(object) ? young_ : old_; }
  void Visit(Map& map, WeakVisitor& visitor);
  void VisitEvacuating(Map& map, WeakVisitor& visitor);

  RegionFlags flags_;
  Map young_;
  Map old_;
};

}  // namespace fart

#endif  // FART_HANDLES_PEER_TABLE_H_

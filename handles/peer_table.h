// PeerTable -- what a host attached to objects: one pointer each, gone with the object.
//
// A hash table by address. Objects move, so a collection looks at the entries that it may have
// moved, corrects those of the living in place and links them anew; entries of young objects have a
// table of their own, which is all that a minor collection touches. None of that needs memory.
//
// Invariants
//   HN-E1 young    the peer of a young object is in young_. (One in young_ may be old since
//                  lately.)
//   HN-E2 once     an object has one entry at most, and no entry has a null peer.
//   HN-E3 room  old_ has room for all entries, for those of young_ move there in a collection.
//
// Not here: callbacks when an object dies (weak_handles.h): a peer has none.

#ifndef FART_HANDLES_PEER_TABLE_H_
#define FART_HANDLES_PEER_TABLE_H_

#include <cstddef>
#include <cstdint>

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
  // Null takes it away. Without memory nothing changes: std::bad_alloc; never for an object that
  // has a peer.
  void Set(ObjectPtr object, void* peer, const NoSafepointScope&);
  std::size_t size() const { return young_.size() + old_.size(); }
  std::size_t young_size() const { return young_.size(); }

  // WeakProvider
  void VisitWeak(SlotSet set, WeakVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;

 private:
  struct Entry {
    std::uint64_t bits;
    void* peer;
    std::uint32_t next;  // of the same bucket
  };

  // Entries side by side, chained by bucket.
  class Map {
   public:
    std::size_t size() const { return entries_.size(); }
    const Vector<Entry>& entries() const { return entries_; }
    std::size_t room() const { return room_; }
    Entry* Find(std::uint64_t bits);
    const Entry* Find(std::uint64_t bits) const { return const_cast<Map*>(this)->Find(bits); }
    // Room for so many entries in all. Throws std::bad_alloc, and changes nothing then.
    void Reserve(std::size_t entries);
    // Has room for twice what there is from now on, if that is much less, and if there is memory.
    void ShrinkTo(std::size_t entries) noexcept;
    // Pre-condition: there is room, and none with these bits.
    void Insert(std::uint64_t bits, void* peer);
    void Erase(Entry* entry);
    // Asks `stays(Entry&)`, which may change the bits, of every entry.
    template <typename Decide>
    void Revise(Decide&& stays);

   private:
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};
    // Addresses differ in the middle bits.
    std::uint32_t& FirstOf(std::uint64_t bits) {
      return first_[((bits * 0x9E3779B97F4A7C15) >> 20) & (first_.size() - 1)];
    }
    void Link(std::uint32_t index);
    // The link that leads to the entry.
    std::uint32_t& LinkTo(const Entry& entry);
    void MoveTo(std::size_t room);

    std::size_t room_ = 0;
    Vector<Entry> entries_;
    Vector<std::uint32_t> first_;  // by bucket; a power of two, at least as many as there is room
  };

  void Visit(Map& map, WeakVisitor& visitor);
  void VisitEvacuating(Map& map, WeakVisitor& visitor);
  // What becomes of an entry whose object a collection asks for.
  bool Stays(const Map& map, Entry& entry, WeakVisitor& visitor);

  RegionFlags flags_;
  Map young_;
  Map old_;
};

}  // namespace fart

#endif  // FART_HANDLES_PEER_TABLE_H_

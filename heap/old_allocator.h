// OldAllocator -- room for objects in old space: bump allocation in one span of a region at a time.
//
// A span is the rest of a region nobody has used, or a hole: dead space between objects that stay,
// which marking found, or a collection that could not move a pinned object. Holes are used before
// another region is taken, so a region with one pinned object serves like any other. Those with
// room for many objects come first; the small ones, for one or two, are what keeps old space from
// becoming a sieve that only moving everything could mend.
//
// Invariants
//   H-G3 walkable  region_space.h: what an allocation leaves of a hole is dead space that can be
//                  walked.
//   H-J1 free      nothing lives in a hole: it is a filler, or lies above its region's top. No card
//                  that begins in it is set. Holes do not overlap each other or the span in use.
//   H-J2 worth it  a hole has kMinHole bytes at least, and lies in one region of old space. Small
//                  ones are less than kRoomyHole, and to each region in use there are no more than
//                  kSmallHolesARegion: the list takes a 16th of its size at most.
//   H-J3 counted   in_holes() is what the holes below their regions' tops have together.
//   H-J4 closed    between CloseHoles and OpenHoles no hole below a region's top is used.
//   H-J5 waiting   between WithdrawHoles and EndWithdrawal a small hole is used only when it has
//   been
//                  asked of whether it leaves.
//
// Not here: who finds holes (gc/major.cc, gc/evacuator.cc); the heap's limit (heap.h).

#ifndef FART_HEAP_OLD_ALLOCATOR_H_
#define FART_HEAP_OLD_ALLOCATOR_H_

#include <cstddef>

#include "heap/base/units.h"
#include "heap/platform/off_heap.h"
#include "heap/region_space.h"
#include "heap/span_stack.h"

namespace fart {

// Covers [from, to) of a region with dead space that can be walked (H-G3).
void FillDeadSpace(Address from, Address to);

class OldAllocator {
 public:
  static constexpr ByteCount kMinHole = ByteCount(32);
  static constexpr ByteCount kRoomyHole = KiB(1);
  static constexpr std::size_t kSmallHolesARegion = 1024;

  explicit OldAllocator(RegionSpace& regions) : regions_(regions) {}

  // Null: there is no room in the span in use, nor in a hole that charges `headroom` at most.
  Address TryAllocate(ByteCount size, ByteCount headroom) {
    if (size > end_ - top_) [[unlikely]] {
      if (!TakeHole(size, headroom)) return Address();
    }
    const Address result = top_;
    top_ = top_ + size;
    Publish();
    return result;
  }

  // From now on the span in use is all of a region just taken.
  void BeginRegion(RegionIndex fresh);
  // The region of the span in use, if that is the rest of a region, else kNoRegion.
  RegionIndex region() const { return is_tail_ ? region_ : kNoRegion; }
  // No span is in use: the next object begins in another one. Not while spans are logged.
  void Abandon();

  // [from, to) is dead space already (H-J1); what is too small is forgotten (H-J2), and so is what
  // there is no memory for: marking finds it again.
  void AddHole(Address from, Address to) {
    if (from >= to || to - from < kMinHole || is_refused_) return;
    if (to - from >= kRoomyHole) {
      is_refused_ = !TryAppend(holes_, {from, to});
    } else if (small_.size() + waiting_.size() < kSmallHolesARegion * regions_.regions_in_use()) {
      is_refused_ = !small_.TryPush({from, to});
    } else {
      return;
    }
    if (!is_refused_ && !IsAboveTop(from)) in_holes_ += to - from;  // H-J3
  }
  // The same for what lies above the region's top.
  void AddTail(RegionIndex index) {
    AddHole(regions_.Record(index).top, regions_.StartOf(index) + kRegionSize);
  }
  // Before a collection that finds them anew. A hole in use is left, too.
  void ForgetHoles();
  // No span is in use, as after Abandon, but its rest is a hole like others.
  void LeaveSpan();
  // Forgets the holes of which `leaves(from, counted)` is true, of all that there are: `counted`
  // bytes were those of in_holes(). A hole in use is left. Small ones may be many: they wait, of no
  // use to anybody (H-J5), until WithdrawSome has been asked often enough. Not while spans are
  // logged.
  template <typename Leaves>
  void WithdrawHoles(Leaves&& leaves) {
    if (!is_tail_) LeaveSpan();
    waiting_.TakeAll(small_);
    std::erase_if(holes_, [&](const Span& hole) { return Withdraws(hole, leaves); });
  }
  // Of a few of those that wait. False: none are left.
  template <typename Leaves>
  bool WithdrawSome(Leaves&& leaves) {
    if (waiting_.size() == 0) return false;
    small_.TakePiece(waiting_, [&](const Span& hole) { return Withdraws(hole, leaves); });
    return waiting_.size() != 0;
  }
  // Those that wait are holes like others.
  void EndWithdrawal() { small_.TakeAll(waiting_); }
  // The same of regions that are unswept (G-S4), and all small ones.
  void ForgetUnsweptHoles();
  // What is to be allocated in holes from now on is not, and again. Not while spans are logged.
  void CloseHoles();
  void OpenHoles() { are_closed_ = false; }
  bool are_holes_closed() const { return are_closed_; }
  ByteCount in_holes() const { return in_holes_; }
  const Vector<Span>& roomy_holes() const { return holes_; }
  // Without those that wait; ...
  const SpanStack& small_holes() const { return small_; }
  // ... and of both kinds.
  template <typename Visit>
  void ForEachSmallHole(Visit&& visit) const {
    small_.ForEach(visit);
    waiting_.ForEach(visit);
  }
  std::size_t waiting_holes() const { return waiting_.size(); }
  // What is left of the span in use.
  Span rest() const { return {top_, end_}; }
  // By how much allocation has moved the tops of regions, all together, since ForgetGrowth.
  ByteCount grown() const { return grown_ + TailGrowth(); }
  void ForgetGrowth() {
    from_ = top_;
    grown_ = ByteCount();
  }

  // From StartLog to StopLog: the spans allocated in, in order. The last one grows. Where there is
  // no memory for the log no further span is begun.
  void StartLog();
  void StopLog() {
    logs_ = false;
    log_.clear();
  }
  std::size_t logged_spans() const { return logs_ ? log_.size() + 1 : 0; }
  Span LoggedSpan(std::size_t index) const {
    return index < log_.size() ? log_[index] : Span{log_from_, top_};
  }
  // Before BeginRegion. False: there is no memory for the log.
  [[nodiscard]] bool MakeRoomForSpan() {
    if (!logs_ || log_.size() < log_.capacity()) return true;
    if (!is_refused_) is_refused_ = !TryMakeRoom(log_);
    return !is_refused_;
  }

 private:
  bool TakeHole(ByteCount size, ByteCount headroom);
  bool TakeRoomyHole(ByteCount size, ByteCount headroom);
  void UseSpan(Span span, RegionIndex index);
  void LeaveHole();
  bool IsAboveTop(Address from) const {
    return regions_.Record(regions_.IndexOf(from)).top == from;
  }
  template <typename Leaves>
  bool Withdraws(const Span& hole, Leaves&& leaves) {
    const ByteCount counted = IsAboveTop(hole.from) ? ByteCount() : hole.to - hole.from;
    if (!leaves(hole.from, counted)) return false;
    in_holes_ -= counted;  // H-J3
    return true;
  }
  ByteCount TailGrowth() const { return is_tail_ ? top_ - from_ : ByteCount(); }
  void Publish() {
    if (is_tail_) {
      regions_.Record(region_).top = top_;
    } else {
      FillDeadSpace(top_, end_);
    }
  }

  RegionSpace& regions_;
  Address from_;  // growth in the span in use begins there
  Address top_;
  Address end_;
  RegionIndex region_ = kNoRegion;
  bool is_tail_ = false;
  ByteCount grown_;     // in spans before
  Vector<Span> holes_;  // roomy ones
  SpanStack small_;
  SpanStack waiting_;  // small ones (H-J5)
  ByteCount in_holes_;
  bool are_closed_ = false;
  bool logs_ = false;
  Address log_from_;  // where the span in use began, or was when the log did
  Vector<Span> log_;  // those before it
  // Memory was, since the last collection began: it is not asked for again before the next.
  bool is_refused_ = false;
};

}  // namespace fart

#endif  // FART_HEAP_OLD_ALLOCATOR_H_

// LocalHandles -- the slots that native code holds objects by until it leaves a scope.
//
// One reserved area per isolate; a handle is the address of its slot. Creating one is a compare, a
// store and a bump. A scope begins with a marker of two words in the area itself: where the
// previous marker lies, and the arena's top. Both are multiples of 8, hence Smis for the collector
// and for whoever reads a marker as a handle. So entering and leaving are a few stores, and all of
// the area is visited as one range.
//
// A watermark says below which slots nothing young lies. A minor collection visits what is above
// and raises it; leaving a scope lowers it to the top. Marking in slices sees what is below, a part
// at a time; what ends or changes there lowers the watermark first, so that the fast paths need not
// know of marking.
//
// Many: a collection looks at all young slots in one pause, so one is due when they are many; but
// that is asked where the mutator's area ends, and little may be allocated meanwhile. So the fast
// paths end kMany slots above where the top was when a collection looked or when they ended last,
// and TakeForgottenScope tells of it. (Slots that are used again are not counted again.)
//
// Checked mode (`LocalHandleKnobs::checked`): CreateHandle issues tagged values with a generation
// per slot, so that a handle used after its scope is found out even if its slot is in use again.
// The fast paths always miss then (limit null); switched off, the mode costs nothing.
//
// Notes (SetNoting): where handles were made and scopes opened. The fast paths of both miss
// meanwhile, as in checked mode. That slots end is told by the one slow way that leaving a scope
// has: the test that finds out that many slots end together (look_at_) finds all then.
//
// Invariants
//   HN-L1 bounds     start <= watermark <= top <= committed limit.
//   HN-L2 scopes     the markers form a descending chain from the current scope through the floor.
//   HN-L3 arena      the arena tops in the markers descend along the chain from the arena's own
//                    top.
//   HN-L4 watermark  no slot below the watermark refers to a young object.
//   HN-L5 empty area the fast paths of an unusable area, or one in checked mode, or while places
//                    are noted, always miss.
//   HN-L6 seen       slots below both the watermark and seen_ have not changed since they were
//                    visited by SeeSome.
//
// Not here: handles that outlive scopes (persistent_handles.h, weak_handles.h); who opens frames.

#ifndef FART_HANDLES_LOCAL_HANDLES_H_
#define FART_HANDLES_LOCAL_HANDLES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "handles/handle_notes.h"
#include "handles/handle_value.h"
#include "handles/linear_area.h"
#include "handles/local_handle_knobs.h"
#include "handles/local_notes.h"
#include "handles/scope_arena.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

class LocalHandles final : public RootProvider {
 public:
  // Of slots that end at once: their memory goes back to the system when there are more.
  static constexpr ByteCount kBigRelease = MiB(16);
  static constexpr ByteCount kMaxArea = ByteCount(std::size_t{HandleValue::kMaxIndex} * kWordSize);
  // So many slots are looked at in a part of a pause.
  static constexpr std::size_t kMany = 32768;
  // An answer of TakeForgottenScope.
  static constexpr std::size_t kNoneForgotten = ~std::size_t{0};

  // The state to go back to; opaque.
  struct SavedTop {
    ObjectPtr* top;
    ObjectPtr* scope;
  };
  // What a call into foreign code saves; opaque.
  struct Frame {
    SavedTop saved;
    Address arena_top;
    ObjectPtr* floor;
    std::size_t unopened_scopes;
  };

  // `notes` keeps the texts of notes; without it there are none.
  LocalHandles(RegionFlags flags, IsolateId isolate, LocalHandleKnobs knobs = {},
               HandleNotes* notes = nullptr);
  LocalHandles(const LocalHandles&) = delete;
  LocalHandles& operator=(const LocalHandles&) = delete;

  // False when the system refused the reservations; nothing can be created then.
  bool is_usable() const;
  bool is_checked() const { return checked_; }

  // Whether the places of handles that are made from now on are noted.
  void SetNoting(bool is_noting);
  // What is known of the handle in a slot in use. Null: nothing.
  const HandleNote* NoteOf(const ObjectPtr* slot) const { return notes_.Find(NumberOf(slot)); }
  // What is known of a scope, by its first slot (ForEachScope). Null: nothing.
  const HandleNote* NoteOfScope(const ObjectPtr* first) const {
    return NoteOf(first - kMarkerSlots);
  }
  // Of a handle that is valid now. False: there is no memory for it, or it is none.
  [[nodiscard]] bool NoteLabel(HandleValue value, std::string_view label);

  // A slot for the house's own code; null when the area or memory is used up.
  [[nodiscard]] ObjectPtr* Create(ObjectPtr object) {
    return HasRoom() ? Push(object) : CreateSlow(object);
  }
  // A handle for the host: the slot's address, or a tagged value in checked mode. Empty when the
  // area or memory is used up.
  [[nodiscard]] HandleValue CreateHandle(ObjectPtr object) {
    return HasRoom() ? CreateInRoom(object) : CreateHandleSlow(object);
  }
  // Whether CreateInRoom may be called (never in checked mode).
  bool HasRoom() const { return top_ < limit_; }  // HN-L5
  // CreateHandle without a call.
  [[nodiscard]] HandleValue CreateInRoom(ObjectPtr object) {
    FART_DCHECK(HasRoom());
    return HandleValue::Local(Push(object));
  }
  // Whether the next `count` handles need no call.
  bool HasRoomFor(std::size_t count) const {
    return top_ <= limit_ && count <= static_cast<std::size_t>(limit_ - top_);  // HN-L5
  }
  // Makes sure of room for the next `count` handles. False: there is not so much.
  [[nodiscard]] bool Reserve(std::size_t count) {
    return count == 0 || HasRoomFor(count) || ReserveSlow(count);
  }
  // The slot of a handle that is valid now, in either mode, for Overwrite; else null. What a stale
  // one leads to may be a scope's marker: that is none.
  ObjectPtr* FindForOverwrite(HandleValue value) const {
    if (!IsLive(value)) [[unlikely]]
      return FindCheckedForOverwrite(value);
    auto* const slot = value.As<ObjectPtr>();
    const bool may_be_marker = slot->bits() % kWordSize == 0;
    return may_be_marker && IsMarker(slot) ? nullptr : slot;
  }
  // The one way to change a slot in use.
  void Overwrite(ObjectPtr* slot, ObjectPtr object) {
    FART_DCHECK(IsLive(HandleValue::Local(slot)));
    if (slot < watermark_) watermark_ = slot;  // HN-L4
    *slot = object;
  }

  // Whether an untagged value is a slot in use. The rotation makes a misaligned value a huge one,
  // so that one compare rejects it together with null, foreign and retired ones. (A scope's marker
  // passes: it reads as a Smi.)
  bool IsLive(HandleValue value) const {
    const std::uint64_t start = area_.start().value();
    const std::uint64_t used = (reinterpret_cast<std::uint64_t>(top_) - start) / kWordSize;
    return std::rotr(value.bits() - start, 3) < used;
  }
  // Why IsLive answered false for an untagged value: kStale or kNotAHandle.
  HandleStatus Explain(HandleValue value) const;
  // The slot of a tagged value of checked mode, or why there is none (then `*slot` is unchanged).
  HandleStatus FindChecked(HandleValue value, const ObjectPtr** slot) const;

  // --- Scopes. False when there is no room: leaving that scope, which never opened, leaves
  // nothing.
  bool EnterScope() {
    ObjectPtr* const marker = top_;
    if (marker >= limit_) [[unlikely]]
      return EnterScopeSlow();
    PushMarker(marker);
    return true;
  }
  // False when no scope is open above the floor.
  bool ExitScope() {
    ObjectPtr* const marker = scope_;
    if (marker <= exit_guard_) [[unlikely]]
      return ExitScopeSlow();
    arena_.Release(ArenaTopOf(marker));
    PopMarker(marker);
    return true;
  }
  // ExitScope without a call: false, and nothing happens, when no scope is open above the floor or
  // the scope has used memory.
  bool TryExitScope() {
    ObjectPtr* const marker = scope_;
    if (marker <= exit_guard_ || arena_.top() != ArenaTopOf(marker)) [[unlikely]]
      return false;
    PopMarker(marker);
    return true;
  }
  // ExitScope, then a handle to `object` in the scope outside. Empty, and nothing happens, when no
  // scope is open above the floor, or when the scope has never opened and there is no room still.
  HandleValue ExitScopeWith(ObjectPtr object) {
    if (IsInnermostUnopened()) [[unlikely]]
      return ExitUnopenedScopeWith(object);
    if (!ExitScope()) return HandleValue();
    return CreateHandle(object);  // In place of the marker, so there is room.
  }
  // ExitScope, after which the last `count` handles are in the scope outside, at the slots from the
  // answer on: Reissue says how they are called. Null, and nothing happens, when no scope is open
  // above the floor.
  ObjectPtr* ExitScopeWithLast(std::size_t count);
  // The handle of a slot that it has not been issued for.
  [[gnu::noinline]] HandleValue Reissue(const ObjectPtr* slot);
  // Whether the next scope to be left is one for which there was no room: its handles lie in the
  // one outside.
  bool IsInnermostUnopened() const { return unopened_scopes_ != 0; }
  // Whether it is a local handle that is valid now, in either mode.
  bool IsLocal(HandleValue value) const {
    if (!value.IsTagged()) return IsLive(value);
    const ObjectPtr* slot = nullptr;
    return checked_ && value.kind() == HandleKind::kCheckedLocal &&
           FindChecked(value, &slot) == HandleStatus::kOk;
  }
  bool HasScope() const { return scope_ != nullptr; }
  // Whether the innermost scope has another around it.
  bool HasOuterScope() const {
    return HasScope() && (IsInnermostUnopened() || PreviousMarker(scope_) != nullptr);
  }
  // Number of open scopes, those below the floor included. Counts them.
  std::size_t ScopeDepth() const;
  std::size_t ScopeDepthAboveFloor() const;

  // Memory of the innermost scope.
  ScopeArena& arena() { return arena_; }
  const ScopeArena& arena() const { return arena_; }

  // --- For the house's own code (LocalScope): handles made since Top() end at RestoreTop, and so
  // do scopes that were entered and not left, with their memory.
  SavedTop Top() const { return {top_, scope_}; }
  void RestoreTop(SavedTop saved) {
    if (scope_ != saved.scope) [[unlikely]]
      DropScopesAbove(saved.scope);
    FART_DCHECK(saved.top <= top_);
    LowerTop(saved.top, Address::Of(top_) - Address::Of(saved.top));
  }

  // --- Around a call into foreign code. The callee may not leave scopes opened outside. When it
  // has returned, or was unwound from, all handles, scopes and memory made meanwhile are gone: a
  // frame needs no scope of its own.
  [[nodiscard]] Frame BeginFrame() {
    const Frame frame{Top(), arena_.top(), floor_, unopened_scopes_};
    floor_ = exit_guard_ = scope_;
    unopened_scopes_ = 0;
    return frame;
  }
  void EndFrame(const Frame& frame) {
    // Most calls make no handle. A scope would have taken slots.
    if (top_ != frame.saved.top || arena_.top() != frame.arena_top) [[unlikely]] {
      RestoreTop(frame.saved);
      arena_.Release(frame.arena_top);
    }
    floor_ = frame.floor;
    unopened_scopes_ = frame.unopened_scopes;
    exit_guard_ = unopened_scopes_ == 0 ? floor_ : NoWayOut();
  }

  // Once, when there were so many handles that a scope must have been forgotten: how many. Each
  // time that many have come besides: kNoneForgotten. Else 0.
  std::size_t TakeForgottenScope() {
    if (forgotten_ == 0) [[likely]]
      return 0;
    return std::exchange(forgotten_, 0);
  }

  // Calls visit(depth, first, last) for the handles of each open scope, the innermost first; the
  // outermost has depth 1, and those of no scope 0.
  template <typename Visit>
  void ForEachScope(Visit visit) const {
    const ObjectPtr* last = top_;
    std::size_t depth = ScopeDepth();
    for (const ObjectPtr* marker = scope_; marker != nullptr; marker = PreviousMarker(marker)) {
      visit(depth--, marker + kMarkerSlots, last);
      last = marker;
    }
    visit(depth, static_cast<const ObjectPtr*>(start()), last);
  }

  // --- Statistics.
  std::size_t live() const { return SlotsInUse() - kMarkerSlots * ScopeDepth(); }
  std::size_t made() const { return ended_bytes_ / kWordSize + live(); }

  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  std::size_t YoungSlots() override { return static_cast<std::size_t>(top_ - watermark_); }
  void BeginSeeing(SlotVisitor& visitor) override;
  bool SeeSome(SlotVisitor& visitor, std::size_t slots) override;
  void VisitUnseen(SlotVisitor& visitor) override;
  bool IsSeenInParts() const override { return true; }
  void Verify(VerifyReporter& reporter) const override;
  void GiveBackMemory() override;
  bool IsSound() const;

 private:
  friend struct HandlesTestPeer;

  static constexpr ByteCount kLookAtBig = kBigRelease + ByteCount(1);
  static constexpr std::size_t kMarkerLink = 0;
  static constexpr std::size_t kMarkerArena = 1;
  static constexpr std::size_t kMarkerSlots = 2;

  // Above every marker: with it as guard, leaving always takes the slow path.
  static ObjectPtr* NoWayOut() { return reinterpret_cast<ObjectPtr*>(~std::uintptr_t{7}); }

  ObjectPtr* start() const { return area_.start().As<ObjectPtr>(); }
  // A marker fits wherever top < limit, because the limit lies one slot below the committed end.
  ObjectPtr* CommittedLimit() const {
    return area_.committed().is_zero() ? nullptr : area_.limit().As<ObjectPtr>() - 1;
  }
  // Where the fast paths leave it to the slow ones to look: HN-L5.
  ObjectPtr* FastLimit() const;
  std::size_t NumberOf(const ObjectPtr* slot) const {
    return static_cast<std::size_t>(slot - start());
  }
  std::size_t SlotsInUse() const { return NumberOf(top_); }

  // The caller has made room.
  ObjectPtr* Push(ObjectPtr object) {
    ObjectPtr* const slot = top_;
    *slot = object;
    top_ = slot + 1;
    return slot;
  }
  void PushMarker(ObjectPtr* marker) {
    marker[kMarkerLink] = ObjectPtr::FromBits(reinterpret_cast<std::uint64_t>(scope_));
    marker[kMarkerArena] = ObjectPtr::FromBits(arena_.top().value());
    scope_ = marker;
    top_ = marker + kMarkerSlots;
  }
  // The innermost, with the handles above it.
  void PopMarker(ObjectPtr* marker) {
    const ByteCount ended = Address::Of(top_) - Address::Of(marker + kMarkerSlots);
    scope_ = PreviousMarker(marker);
    LowerTop(marker, ended);
  }
  static Address ArenaTopOf(const ObjectPtr* marker) {
    return Address(marker[kMarkerArena].bits());
  }
  static ObjectPtr* PreviousMarker(const ObjectPtr* marker) {
    return reinterpret_cast<ObjectPtr*>(marker[kMarkerLink].bits());
  }
  void LowerTop(ObjectPtr* top, ByteCount ended) { LowerTop(top, ended, top); }
  // What was in the slots from `first` on has ended, though some below the top are in use again.
  void LowerTop(ObjectPtr* top, ByteCount ended, const ObjectPtr* first) {
    ended_bytes_ += ended.value();
    top_ = top;
    if (watermark_ > top) watermark_ = top;  // HN-L4
    if (ended >= look_at_) [[unlikely]] {
      LookAtEnded(first, ended);
      // What it returns to is a place of the house: without this a function that ends here (as
      // Fart_ExitScope does by -O3) would jump there, and the host's place be taken for ours.
      asm volatile("");
    }
  }

  [[gnu::noinline]] bool MakeRoom();
  [[gnu::noinline]] bool ReserveSlow(std::size_t count);
  [[gnu::noinline]] ObjectPtr* FindCheckedForOverwrite(HandleValue value) const;
  // Whether a slot in use is one of a marker's.
  [[gnu::noinline]] bool IsMarker(const ObjectPtr* slot) const;
  // What a slot's handle is called.
  HandleValue ValueOf(const ObjectPtr* slot) const;
  [[gnu::noinline, gnu::cold]] void GiveBackSlots();
  // All slots from `first` on have ended, so many bytes of handles.
  [[gnu::noinline]] void LookAtEnded(const ObjectPtr* first, ByteCount ended);
  void SetLookAt() { look_at_ = is_noting_ || !notes_.is_empty() ? ByteCount() : kLookAtBig; }
  [[gnu::noinline]] ObjectPtr* CreateSlow(ObjectPtr object);
  [[gnu::noinline]] HandleValue CreateHandleSlow(ObjectPtr object);
  [[gnu::noinline]] bool EnterScopeSlow();
  [[gnu::noinline]] bool ExitScopeSlow();
  [[gnu::noinline, gnu::cold]] HandleValue ExitUnopenedScopeWith(ObjectPtr object);
  [[gnu::noinline]] void DropScopesAbove(const ObjectPtr* scope);
  // Checked mode: makes the values issued for a slot stale.
  void RenewGeneration(const ObjectPtr* slot);
  void RaiseWatermarkTo(const ObjectPtr* end);
  // Before the watermark is raised. (HN-L6)
  void LowerSeen() {
    if (seen_ > watermark_) seen_ = watermark_;
  }
  std::size_t CountMarkers(const ObjectPtr* until) const;
  void VerifyScopes(VerifyReporter& reporter) const;

  LinearArea area_;
  ObjectPtr* top_;
  std::size_t forgotten_at_;         // 0: it has been told, or is not wanted
  ObjectPtr* limit_;                 // HN-L5; else FastLimit()
  ObjectPtr* scope_ = nullptr;       // the innermost scope's marker
  ObjectPtr* exit_guard_ = nullptr;  // the floor, or NoWayOut() while scopes failed to open
  ObjectPtr* watermark_;
  ObjectPtr* seen_;                 // HN-L6
  ByteCount look_at_ = kLookAtBig;  // 0 while there are notes (HN-P4)
  std::size_t ended_bytes_ = 0;     // of the slots of handles that are gone again
  ScopeArena arena_;
  ObjectPtr* floor_ = nullptr;       // the innermost scope when the current frame began
  std::size_t unopened_scopes_ = 0;  // entered in this frame without room for a marker
  const RegionFlags flags_;
  const IsolateId isolate_;
  const bool checked_;
  bool is_noting_ = false;
  LocalNotes notes_;
  std::size_t forgotten_ = 0;    // handles at once, or kNoneForgotten: not yet told of
  std::size_t many_at_ = kMany;  // slots in use by which many have come
  LinearArea generations_;       // checked mode: one 32-bit number a slot, else empty
};

}  // namespace fart

#endif  // FART_HANDLES_LOCAL_HANDLES_H_

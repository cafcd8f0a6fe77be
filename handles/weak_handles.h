// WeakHandles -- handles that watch an object without keeping it alive, each with a callback.
//
// The host has those of kinds kWeak and kFinalizable. Those of kind kExternal watch an object whose
// bytes lie outside the heap, on behalf of whoever has lent them; the object knows its watcher's
// index, and no other has the value.
//
// When the collector finds the referent dead the handle reads as null from then on and its callback
// is queued. Whoever runs callbacks takes them one by one, after the pause:
//
//     PendingCallback pending;
//     while (weaks.TakePendingCallback(&pending)) {
//       Run(pending);
//       weaks.FinishCallback(pending.value);
//     }
//
// Only then is the slot used again, with a new generation: the host's value stays safe to ask and
// to delete for ever. A handle deleted before its callback was taken never runs it; its slot waits
// in the queue, so that the queue, which is threaded through the slots and cannot fail to grow,
// never holds a slot of somebody else.
//
// Invariants: HN-T1 to HN-T7 (slot_table.h), and
//   HN-W1 queue    the queue holds each queued slot once and ends; pending() of them are not
//                  deleted.
//   HN-W2 quiet    a dead handle has no external size.
//   HN-W3 callback a handle in use has a callback.
//   HN-W4 counted  live() counts the live handles.
//   HN-W5 settled  while dead ones are being cleared (HO-P4) finding is closed, so whoever has a
//                  value comes to a slot that says what the collector says; and those that are
//                  found dead are in the queue before all that have died since.
//
// Dead ones may be a million: they are cleared a part at a time, when marking in slices is over.
// Who looks at a slot meanwhile has the collector asked about it first.
//
// Not here: who runs callbacks and charges external sizes (vm); who finds the dead (gc).

#ifndef FART_HANDLES_WEAK_HANDLES_H_
#define FART_HANDLES_WEAK_HANDLES_H_

#include <cstddef>
#include <cstdint>

#include "handles/handle_value.h"
#include "handles/slot_table.h"
#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"

namespace fart {

struct PendingCallback {
  OpaqueCallback callback;
  void* peer;
  HandleValue value;
};

class WeakHandles final : public WeakProvider {
 public:
  using Table = SlotTable<WeakSlot>;
  static constexpr ByteCount kMaxExternal = ByteCount(std::size_t{1} << 61);

  WeakHandles(RegionFlags flags, HandleOwner owner, std::uint32_t max_chunks = Table::kMaxChunks)
      : table_(flags, owner, max_chunks) {}

  // `kind` is kWeak, kFinalizable or kExternal; `callback` is not null. Empty when memory is used
  // up, or when `external` is above kMaxExternal (which no memory holds). A Smi or an immediate
  // never dies; the external size of one is charged to nothing. The caller charges `external` to
  // the object.
  [[nodiscard]] HandleValue Create(HandleKind kind, ObjectPtr object, void* peer,
                                   ByteCount external, OpaqueCallback callback) {
    FART_DCHECK(kind == HandleKind::kWeak || kind == HandleKind::kFinalizable ||
                kind == HandleKind::kExternal);
    if (external > kMaxExternal) [[unlikely]]
      return HandleValue();
    return Fill(table_.Claim(kind, object), kind, peer, external, callback);
  }

  // The same, without external size and without a call: empty, and nothing happens, now and then.
  [[nodiscard]] HandleValue TryCreate(HandleKind kind, ObjectPtr object, void* peer,
                                      OpaqueCallback callback) {
    return Fill(table_.TryClaim(kind, object), kind, peer, ByteCount(), callback);
  }

  // Null when the referent is dead, or the value is deleted, finished, foreign or no handle.
  ObjectPtr Get(HandleValue value, const NoSafepointScope&) const {
    const WeakSlot* const slot = Find(value);
    return slot == nullptr ? ObjectPtr() : Load(*slot);
  }
  HandleStatus StatusOf(HandleValue value) const;

  // kOk: the handle was live; the caller takes `*external` off what is charged to `*referent` (both
  // are set only then). kDead: it was dead; its callback will not run any more, unless it is
  // running now. Anything else: nothing happened.
  HandleStatus Delete(HandleValue value, ObjectPtr* referent, ByteCount* external,
                      const NoSafepointScope&) {
    WeakSlot* const slot = Find(value);
    if (slot == nullptr) [[unlikely]]
      return Explain(value);
    if (StateOf(*slot) != WeakState::kLive) [[unlikely]]
      return DeleteDead(slot);
    *referent = Load(*slot);
    *external = ExternalOf(*slot);
    CounterOf(live_, value.kind()) -= 1;
    table_.Release(slot, value.index());
    return HandleStatus::kOk;
  }

  // Deletes a live handle without external size, without a call: false, and nothing happens, for
  // anything else and now and then (while dead ones are being cleared, too).
  bool TryDelete(HandleValue value) {
    WeakSlot* const slot = table_.Find(value);
    if (slot == nullptr || slot->external_and_state != Pack(WeakState::kLive, ByteCount()))
        [[unlikely]]
      return false;
    if (!table_.TryRelease(slot, value.index())) [[unlikely]]
      return false;
    CounterOf(live_, value.kind()) -= 1;
    return true;
  }

  // Stores a new external size in a live handle, at most kMaxExternal; the caller charges the
  // difference to `*referent`. As with Delete, both are set only if the answer is kOk.
  HandleStatus UpdateExternal(HandleValue value, ByteCount external, ObjectPtr* referent,
                              ByteCount* old_external, const NoSafepointScope&);

  void VisitWeak(SlotSet set, WeakVisitor& visitor) override;
  std::size_t YoungSlots() override { return table_.Listed(); }
  void BeginClearing(WeakVisitor& visitor) override;
  bool ClearSome(std::size_t slots) override;
  void VisitUncleared(WeakVisitor& visitor) override;

  // --- By index: of a live handle of kind kExternal.
  void* PeerAt(std::uint32_t index) const { return table_.At(index)->peer; }
  // Ends it without its callback, and answers what was charged.
  ByteCount DeleteAt(std::uint32_t index, const NoSafepointScope&) {
    WeakSlot* const slot = table_.At(index);
    const ByteCount external = ExternalOf(*slot);
    CounterOf(live_, Table::KindOf(*slot)) -= 1;
    table_.Release(slot, index);
    return external;
  }
  // Calls visit(object) for what live handles of a kind watch.
  template <typename Visit>
  void ForEachLive(HandleKind kind, Visit visit) {
    ClearAll();
    table_.ForEachInUse([&](const WeakSlot* slot, std::uint32_t) {
      if (Table::KindOf(*slot) == kind && StateOf(*slot) == WeakState::kLive) visit(slot->referent);
    });
  }

  // How many in a row TryCreate may make (SlotTable::SetQuickWay).
  void SetQuickWay(std::uint64_t every) { table_.SetQuickWay(every); }
  // TryDelete does nothing from now on (SlotTable::CloseQuickRelease).
  void CloseQuickRelease() { table_.CloseQuickRelease(); }
  // Calls visit(value, referent, external) for each that is live, of every kind.
  template <typename Visit>
  void ForEachWithSize(Visit visit) {
    ClearAll();
    table_.ForEachInUse([&](const WeakSlot* slot, std::uint32_t index) {
      if (StateOf(*slot) != WeakState::kLive) return;
      visit(Table::ValueOf(*slot, index), slot->referent, ExternalOf(*slot));
    });
  }

  // Calls visit(value) for each whose object has died and whose callback has not ended.
  template <typename Visit>
  void ForEachDead(Visit visit) {
    ClearAll();
    table_.ForEachInUse([&](const WeakSlot* slot, std::uint32_t index) {
      const WeakState state = StateOf(*slot);
      if (state == WeakState::kQueued || state == WeakState::kRunning) {
        visit(Table::ValueOf(*slot, index));
      }
    });
  }

  // --- Callbacks of dead handles, oldest first.
  bool HasPendingCallbacks() const { return pending_ != 0; }
  std::size_t pending() const { return pending_; }
  // False when none is left. The handle reads as null and cannot be deleted until FinishCallback.
  bool TakePendingCallback(PendingCallback* pending);
  // Frees the slot of a callback that was taken and has run.
  void FinishCallback(HandleValue value);
  // At shutdown: every live handle dies and its callback is queued.
  void QueueAll();

  // --- Statistics, by kind.
  std::size_t live(HandleKind kind) const { return CounterOf(live_, kind); }
  std::size_t made(HandleKind kind) const { return CounterOf(made_, kind); }
  ByteCount memory() const { return table_.memory(); }
  std::uint32_t HighestGeneration() const { return table_.HighestGeneration(); }

  void GiveBackMemory() override { table_.GiveBackEmptyChunks(); }
  void Verify(VerifyReporter& reporter) const override;
  bool IsSound() const;

 private:
  friend struct HandlesTestPeer;

  static constexpr std::int64_t kEndOfQueue = -1;

  // By kind.
  using Counters = std::size_t[8];
  static std::size_t& CounterOf(Counters& counters, HandleKind kind) {
    return counters[static_cast<std::size_t>(kind)];
  }
  static const std::size_t& CounterOf(const Counters& counters, HandleKind kind) {
    return counters[static_cast<std::size_t>(kind)];
  }

  // Makes a live handle of a claimed slot, if there is one.
  HandleValue Fill(const Table::Claimed& claimed, HandleKind kind, void* peer, ByteCount external,
                   OpaqueCallback callback) {
    FART_DCHECK(callback != nullptr);  // HN-W3
    if (claimed.slot == nullptr) [[unlikely]]
      return HandleValue();
    claimed.slot->peer = peer;
    claimed.slot->callback = callback;
    claimed.slot->external_and_state = Pack(WeakState::kLive, external);
    CounterOf(made_, kind) += 1;
    CounterOf(live_, kind) += 1;
    return claimed.value;
  }

  static std::uint64_t Pack(WeakState state, ByteCount external) {
    return WeakSlot::State::Encode(state) | WeakSlot::External::Encode(external.value());
  }
  static WeakState StateOf(const WeakSlot& slot) {
    return WeakSlot::State::Decode(slot.external_and_state);
  }
  static ByteCount ExternalOf(const WeakSlot& slot) {
    return ByteCount(WeakSlot::External::Decode(slot.external_and_state));
  }
  // The one weak load.
  static ObjectPtr Load(const WeakSlot& slot) {
    return StateOf(slot) == WeakState::kLive ? slot.referent : ObjectPtr();
  }

  // The slot, settled (HN-W5).
  WeakSlot* Find(HandleValue value) const {
    WeakSlot* const slot = table_.Find(value);
    return slot != nullptr || clearing_ == nullptr ? slot : FindUncleared(value);
  }
  [[gnu::noinline]] WeakSlot* FindUncleared(HandleValue value) const;
  // Of a slot in use.
  void Settle(WeakSlot* slot, std::uint32_t index);
  void ClearAll() { static_cast<void>(ClearSome(~std::size_t{0})); }

  [[gnu::noinline]] HandleStatus Explain(HandleValue value) const;
  [[gnu::noinline]] HandleStatus DeleteDead(WeakSlot* slot);
  // Asks the visitor about a slot that is live; false when the referent is dead.
  bool Survives(WeakSlot* slot, std::uint32_t index, WeakVisitor& visitor);
  // `after`: what it follows in the queue; kEndOfQueue: it is the first.
  void Die(WeakSlot* slot, std::uint32_t index, std::int64_t after);
  void VerifyQueue(VerifyReporter& reporter, std::size_t queued, std::size_t deleted) const;

  Table table_;
  std::int64_t queue_head_ = kEndOfQueue;  // slot indices
  std::int64_t queue_tail_ = kEndOfQueue;
  std::size_t pending_ = 0;
  WeakVisitor* clearing_ = nullptr;  // to be asked; null: dead ones are cleared
  std::uint32_t cleared_chunks_ = 0;
  std::uint32_t chunks_to_clear_ = 0;       // later ones have none that is dead
  std::int64_t clear_after_ = kEndOfQueue;  // in the queue: the last that was dead before
  Counters live_ = {};
  Counters made_ = {};
};

}  // namespace fart

#endif  // FART_HANDLES_WEAK_HANDLES_H_

#include "handles/local_handles.h"

#include <algorithm>
#include <cstddef>

#include "handles/verify_text.h"

namespace fart {
namespace {

constexpr std::size_t kGenerationSize = sizeof(std::uint32_t);

ByteCount SizeOfGenerations(const LocalHandleKnobs& knobs) {
  return knobs.checked ? knobs.area / kWordSize * kGenerationSize : ByteCount();
}

}  // namespace

LocalHandleKnobs LocalHandleKnobs::ForHeap(ByteCount heap_limit, bool checked) {
  // Small heaps get a million handles all the same.
  const ByteCount area = std::clamp(heap_limit / 16, LinearArea::kSmall, LocalHandles::kMaxArea);
  return {.area = area, .arena = std::clamp(heap_limit, MiB(64), GiB(64)), .checked = checked};
}

LocalHandles::LocalHandles(RegionFlags flags, IsolateId isolate, LocalHandleKnobs knobs,
                           HandleNotes* notes)
    : area_(std::min(knobs.area, kMaxArea)),
      top_(start()),
      forgotten_at_(knobs.forgotten_at),
      limit_(nullptr),
      watermark_(start()),
      seen_(start()),
      arena_(knobs.arena),
      flags_(flags),
      isolate_(isolate),
      checked_(knobs.checked),
      notes_(notes),
      generations_(SizeOfGenerations(knobs)) {
  limit_ = FastLimit();  // HN-L5
}

ObjectPtr* LocalHandles::FastLimit() const {
  ObjectPtr* const limit = CommittedLimit();
  if (checked_ || is_noting_ || limit == nullptr) return nullptr;
  std::size_t slots = std::min(NumberOf(limit), many_at_);
  if (forgotten_at_ != 0) slots = std::min(slots, forgotten_at_);
  return start() + slots;
}

void LocalHandles::SetNoting(bool is_noting) {
  is_noting_ = is_noting;
  limit_ = FastLimit();  // HN-L5
  SetLookAt();
}

bool LocalHandles::NoteLabel(HandleValue value, std::string_view label) {
  const ObjectPtr* const slot = FindForOverwrite(value);
  if (slot == nullptr || !notes_.NoteLabel(NumberOf(slot), value, label)) return false;
  SetLookAt();
  return true;
}

void LocalHandles::LookAtEnded(const ObjectPtr* first, ByteCount ended) {
  notes_.Ended(NumberOf(first), __builtin_return_address(0));  // HN-P4
  SetLookAt();
  if (ended > kBigRelease) GiveBackSlots();
}

bool LocalHandles::is_usable() const {
  return !area_.is_empty() && arena_.is_usable() && (!checked_ || !generations_.is_empty());
}

bool LocalHandles::MakeRoom() { return ReserveSlow(1); }

bool LocalHandles::ReserveSlow(std::size_t count) {
  if (!is_usable() || count > kMaxArea.value() / kWordSize) return false;
  const std::size_t wanted = SlotsInUse() + count;
  if (wanted > many_at_) {
    if (forgotten_ == 0) forgotten_ = kNoneForgotten;
    many_at_ = wanted + kMany;
  }
  if (forgotten_at_ != 0 && wanted > forgotten_at_) {
    forgotten_ = live();
    forgotten_at_ = 0;
  }
  // The last of them may be a marker, which has a slot more.
  const std::size_t slots = count + kMarkerSlots - 1;
  if (!area_.Grow(Address::Of(top_), ByteCount(slots * kWordSize))) return false;
  if (checked_) {
    const Address first = generations_.start() + ByteCount(SlotsInUse() * kGenerationSize);
    return generations_.Grow(first, ByteCount(slots * kGenerationSize));
  }
  limit_ = FastLimit();  // HN-L5
  return true;
}

ObjectPtr* LocalHandles::FindCheckedForOverwrite(HandleValue value) const {
  if (!value.IsTagged() || value.kind() != HandleKind::kCheckedLocal || !checked_) return nullptr;
  const ObjectPtr* slot = nullptr;
  return FindChecked(value, &slot) == HandleStatus::kOk ? const_cast<ObjectPtr*>(slot) : nullptr;
}

bool LocalHandles::IsMarker(const ObjectPtr* slot) const {
  const ObjectPtr* marker = scope_;
  while (marker > slot) marker = PreviousMarker(marker);
  return marker != nullptr && slot - marker < static_cast<std::ptrdiff_t>(kMarkerSlots);
}

ObjectPtr* LocalHandles::CreateSlow(ObjectPtr object) {
  if (!MakeRoom()) return nullptr;
  if (checked_) RenewGeneration(top_);
  return Push(object);
}

HandleValue LocalHandles::CreateHandleSlow(ObjectPtr object) {
  ObjectPtr* const slot = CreateSlow(object);
  if (slot == nullptr) return HandleValue();
  const HandleValue value = ValueOf(slot);
  if (is_noting_) notes_.Made(NumberOf(slot), value, __builtin_return_address(0));
  return value;
}

HandleValue LocalHandles::Reissue(const ObjectPtr* slot) {
  if (checked_) RenewGeneration(slot);
  const HandleValue value = ValueOf(slot);
  if (is_noting_) notes_.Made(NumberOf(slot), value, __builtin_return_address(0));
  return value;
}

HandleValue LocalHandles::ValueOf(const ObjectPtr* slot) const {
  if (!checked_) return HandleValue::Local(slot);
  const auto index = static_cast<std::uint32_t>(NumberOf(slot));
  return HandleValue::Tagged(HandleKind::kCheckedLocal, index,
                             generations_.start().As<std::uint32_t>()[index], isolate_);
}

bool LocalHandles::EnterScopeSlow() {
  if (!MakeRoom()) {
    // Should a scope open after all before this one is left, the two are left in the wrong order:
    // handles then live longer, never shorter.
    ++unopened_scopes_;
    exit_guard_ = NoWayOut();
    return false;
  }
  if (checked_) {
    RenewGeneration(top_ + kMarkerLink);
    RenewGeneration(top_ + kMarkerArena);
  }
  if (is_noting_) notes_.Made(SlotsInUse(), HandleValue(), __builtin_return_address(0));
  PushMarker(top_);
  return true;
}

bool LocalHandles::ExitScopeSlow() {
  if (unopened_scopes_ == 0) return false;
  if (--unopened_scopes_ == 0) exit_guard_ = floor_;
  return true;
}

HandleValue LocalHandles::ExitUnopenedScopeWith(ObjectPtr object) {
  const HandleValue carried = CreateHandle(object);
  if (!carried.is_empty()) ExitScopeSlow();
  return carried;
}

ObjectPtr* LocalHandles::ExitScopeWithLast(std::size_t count) {
  FART_DCHECK(count <= SlotsInUse());
  ObjectPtr* const last = top_ - count;
  if (IsInnermostUnopened()) {
    ExitScopeSlow();
    return last;
  }
  ObjectPtr* const marker = scope_;
  if (marker <= exit_guard_) return nullptr;
  FART_DCHECK(marker + kMarkerSlots <= last);
  arena_.Release(ArenaTopOf(marker));
  scope_ = PreviousMarker(marker);
  const ByteCount ended = Address::Of(last) - Address::Of(marker + kMarkerSlots);
  // They may overlap.
  for (std::size_t i = 0; i < count; ++i) marker[i] = last[i];
  if (watermark_ > marker) watermark_ = marker;  // HN-L4
  LowerTop(marker + count, ended, marker);
  return marker;
}

void LocalHandles::DropScopesAbove(const ObjectPtr* scope) {
  std::size_t markers = 0;
  const ObjectPtr* outermost = nullptr;  // of those that are dropped
  for (const ObjectPtr* marker = scope_; marker != scope; marker = PreviousMarker(marker)) {
    FART_CHECK(marker != nullptr);  // The scope to go back to is still open.
    outermost = marker;
    ++markers;
  }
  if (outermost == nullptr) return;
  ended_bytes_ -= kMarkerSlots * kWordSize * markers;  // The caller counts all that it drops.
  arena_.Release(ArenaTopOf(outermost));
  scope_ = PreviousMarker(outermost);
}

HandleStatus LocalHandles::Explain(HandleValue value) const {
  const Address address(value.bits());
  const bool once_a_slot =
      address >= area_.start() && address < area_.end() && address.IsAlignedTo(kWordSize);
  return once_a_slot ? HandleStatus::kStale : HandleStatus::kNotAHandle;
}

// Generations of a slot start at 1 and go round: a stale value is taken for a valid one if its slot
// has been in use again exactly a multiple of 2^19 - 1 times.
void LocalHandles::RenewGeneration(const ObjectPtr* slot) {
  std::uint32_t& generation = generations_.start().As<std::uint32_t>()[slot - start()];
  generation = generation == HandleValue::kMaxGeneration ? 1 : generation + 1;
}

HandleStatus LocalHandles::FindChecked(HandleValue value, const ObjectPtr** slot) const {
  if (value.isolate() != isolate_) return HandleStatus::kForeign;
  const std::size_t index = value.index();
  if (index >= generations_.committed().value() / kGenerationSize) {
    return HandleStatus::kNotAHandle;
  }
  const std::uint32_t generation = generations_.start().As<std::uint32_t>()[index];
  if (index >= SlotsInUse() || generation != value.generation()) {
    return generation == 0 ? HandleStatus::kNotAHandle : HandleStatus::kStale;
  }
  *slot = start() + index;
  return HandleStatus::kOk;
}

std::size_t LocalHandles::CountMarkers(const ObjectPtr* until) const {
  std::size_t count = 0;
  for (const ObjectPtr* marker = scope_; marker != until; marker = PreviousMarker(marker)) ++count;
  return count;
}

std::size_t LocalHandles::ScopeDepth() const { return CountMarkers(nullptr); }
std::size_t LocalHandles::ScopeDepthAboveFloor() const { return CountMarkers(floor_); }

void LocalHandles::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  // Of millions each part is asked for its youth while it is in the cache.
  constexpr std::ptrdiff_t kPart = 4096;
  LowerSeen();
  for (ObjectPtr* part = set == SlotSet::kYoung ? watermark_ : start(); part != top_;) {
    ObjectPtr* const end = part + std::min(kPart, top_ - part);
    visitor.VisitSlots(RootKind::kLocalHandle, part, end);
    if (set == SlotSet::kYoung && watermark_ == part) RaiseWatermarkTo(end);
    part = end;
  }
  if (set == SlotSet::kEvacuating) return;
  area_.ShrinkByHalf(Address::Of(top_));
  arena_.ShrinkByHalf();
  many_at_ = SlotsInUse() + kMany;
  limit_ = FastLimit();  // HN-L5
}

// Not the generations: with them what was issued would be forgotten.
void LocalHandles::GiveBackSlots() {
  area_.ShrinkTo(Address::Of(top_));
  many_at_ = std::min(many_at_, SlotsInUse() + kMany);
  limit_ = FastLimit();  // HN-L5
}

void LocalHandles::GiveBackMemory() {
  GiveBackSlots();
  arena_.GiveBackMemory();
}

void LocalHandles::BeginSeeing(SlotVisitor&) { seen_ = start(); }

bool LocalHandles::SeeSome(SlotVisitor& visitor, std::size_t slots) {
  LowerSeen();
  const auto most = static_cast<std::size_t>(watermark_ - seen_);
  ObjectPtr* const end = seen_ + std::min(slots, most);
  visitor.VisitSlots(RootKind::kLocalHandle, seen_, end);
  seen_ = end;
  return slots < most;
}

void LocalHandles::VisitUnseen(SlotVisitor& visitor) {
  LowerSeen();
  visitor.VisitSlots(RootKind::kLocalHandle, seen_, top_);
}

void LocalHandles::RaiseWatermarkTo(const ObjectPtr* end) {
  while (watermark_ < end && !flags_.IsYoung(*watermark_)) ++watermark_;  // HN-L4
}

bool LocalHandles::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart

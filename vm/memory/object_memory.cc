#include "vm/memory/object_memory.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "heap/base/check.h"
#include "heap/platform/clock.h"

namespace fart {

namespace {

// New space of an isolate begins with this much and grows when anything has survived (gc/pacing.h),
// so that a program without data of its own never touches the rest.
constexpr ByteCount kFirstNewSpace = KiB(512);

// Far from where other isolates of the same number began.
std::uint64_t FirstCallName(HandleOwner owner) {
  constexpr std::uint64_t kCallBits = 48;
  constexpr std::uint64_t kGolden = 0x9E37'79B9'7F4A'7C15;
  static std::atomic<std::uint64_t> made{0};
  const std::uint64_t first = ++made * kGolden >> (64 - kCallBits) & ~std::uint64_t{7};
  return static_cast<std::uint64_t>(owner.isolate) << kCallBits | first;
}

LocalHandleKnobs KnobsFor(const Flags& flags) {
  LocalHandleKnobs knobs = LocalHandleKnobs::ForHeap(flags.heap.heap_limit, flags.checked_handles);
  knobs.forgotten_at = flags.forgotten_scope;
  return knobs;
}

}  // namespace

ObjectMemory::ObjectMemory(const Flags& flags, HandleOwner owner, ByteCount stack_size,
                           void* callback_data)
    : Enterable(handles_, stack_, mutator_),
      id_(owner.isolate),
      next_call_(FirstCallName(owner)),
      flags_(flags),
      heap_(flags_.heap),
      shapes_(heap_.shapes()),
      handles_(heap_.flags(), owner, KnobsFor(flags_)),
      stack_(stack_size),
      roots_(heap_.flags()),
      statistics_(flags_.trace_gc, static_cast<std::uint32_t>(owner.isolate)),
      callbacks_(*this, handles_.weaks, callback_data),
      gc_(heap_, flags_.gc, &callbacks_, &statistics_),
      locals_registration_(gc_, handles_.locals),
      persistents_registration_(gc_, handles_.persistents),
      constants_registration_(gc_, handles_.constants),
      stack_registration_(gc_, stack_),
      roots_registration_(gc_, roots_),
      weaks_registration_(gc_, handles_.weaks),
      peers_registration_(gc_, handles_.peers),
      mutator_(heap_, gc_),
      host_roots_(heap_.flags(), mutator_.direct().frames),
      host_roots_registration_(gc_, host_roots_),
      sticky_error_(roots_.Add()) {
  heap_.SetNewCapacity(std::min(heap_.new_capacity(), kFirstNewSpace));
  handles_.SetProvenance(flags_.handle_provenance);
  statistics_.SetTraceFile(flags_.gc_trace);
}

std::string ObjectMemory::WhatWasRefused() const {
  const auto in_mib = [](ByteCount size) {
    return std::to_string(size.value() / MiB(1).value()) + " MiB";
  };
  const ByteCount limit = flags_.heap.heap_limit;
  if (!heap_.IsReserved()) {
    return "The system refused " + in_mib(RegionSpace::RangeFor(limit)) +
           " of addresses, or memory for their tables, for a heap of up to " + in_mib(limit) +
           " (--max-heap).";
  }
  if (!handles_.is_usable()) {
    const LocalHandleKnobs knobs = LocalHandleKnobs::ForHeap(limit, flags_.checked_handles);
    return "The system refused " + in_mib(knobs.area + knobs.arena) +
           " of addresses for the handles of a heap of up to " + in_mib(limit) + " (--max-heap).";
  }
  return "The system refused the memory for an isolate's stack.";
}

// ---- Ready-made objects

Rooted ObjectMemory::ConstantObject(Constant constant) const {
  const ObjectPtr* slot = nullptr;
  const HandleStatus status = handles_.constants.Find(ConstantHandle(constant), &slot);
  FART_CHECK(status == HandleStatus::kOk);
  return Rooted(slot);
}

Rooted ObjectMemory::ReadyError(ErrorText text) const {
  return ConstantObject(static_cast<Constant>(
      static_cast<std::uint32_t>(text) + static_cast<std::uint32_t>(Constant::kFirstReadyError)));
}

Outcome ObjectMemory::OrOutOfMemory(const FreshObject& object) const FART_NO_SAFEPOINT_ANALYSIS {
  if (object.is_null()) [[unlikely]]
    return ReadyErrorOutcome(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  return Outcome::Value(object.Get(quiet), quiet);
}

Outcome ObjectMemory::ReadyErrorOutcome(ErrorText text) const FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return Outcome::Error(ReadyError(text).Get(quiet), quiet);
}

bool ObjectMemory::CollectWhenIdle(std::int64_t deadline_us) {
  // A deadline beyond all times is never.
  constexpr std::int64_t kNever = INT64_MAX / 1000;
  const std::int64_t deadline_ns = std::clamp(deadline_us, -kNever, kNever) * 1000;
  if (deadline_ns <= MonotonicNs()) return false;
  gc_.RunPendingCallbacks();
  mutator_.RetireArea();  // its use counts
  const std::optional<GcKind> kind = gc_.WorthCollecting(deadline_ns - MonotonicNs());
  if (kind.has_value()) mutator_.CollectGarbage(*kind, GcReason::kIdle);
  return kind.has_value();
}

// ---- Flags

Flags ObjectMemory::flags() const {
  Flags now = flags_;
  now.heap.heap_limit = heap_.knobs().heap_limit;
  return now;
}

bool ObjectMemory::SetFlag(std::string_view text, std::string* error) {
  Flags changed = flags();
  if (!ParseFlag(text, &changed, error)) return false;
  if (IsFixedFlag(text)) {
    *error = "Flag '" + std::string(text) + "' cannot be changed once the isolate has been made.";
    return false;
  }
  flags_ = changed;
  ApplyFlags();
  return true;
}

void ObjectMemory::ApplyFlags() {
  heap_.mutable_knobs() = flags_.heap;
  mutator_.KnobsChanged();
  gc_.mutable_knobs() = flags_.gc;
  statistics_.set_trace(flags_.trace_gc);
  handles_.SetProvenance(flags_.handle_provenance);
  statistics_.SetTraceFile(flags_.gc_trace);
}

}  // namespace fart

#include "vm/ffi/callback_stubs.h"

#include <array>
#include <atomic>
#include <cstring>

#include "heap/base/check.h"

namespace fart::ffi {

namespace {

// A slot's state in one word: calls that run (32 bits), phase (2), generation (30). Whoever enters
// counts itself first and looks at the phase then; so nothing of the slot is given up meanwhile.
using State = std::uint64_t;
constexpr State kOneCall = 1;
constexpr State kCallsMask = (State{1} << 32) - 1;
constexpr int kPhaseShift = 32;
constexpr State kPhaseMask = State{3} << kPhaseShift;
constexpr State kFree = State{0} << kPhaseShift;
constexpr State kMaking = State{1} << kPhaseShift;
constexpr State kOpen = State{2} << kPhaseShift;
constexpr State kClosing = State{3} << kPhaseShift;
constexpr int kGenerationShift = 34;

State PhaseOf(State state) { return state & kPhaseMask; }
std::uint32_t GenerationOf(State state) {
  return static_cast<std::uint32_t>(state >> kGenerationShift);
}
State WithPhase(State state, State phase) { return (state & ~kPhaseMask) | phase; }
State NextGeneration(State state) { return state + (State{1} << kGenerationShift); }

struct Slot {
  std::atomic<State> state{kFree};
  std::atomic<const Enterable*> owner{nullptr};  // while it is open
  std::uint32_t own_calls = 0;                   // VF-C4
  StubTarget target;                             // while it is open or closing
  // What outlives the target.
  std::atomic<std::uint64_t> closed_integer{0};
  std::atomic<std::uint64_t> closed_floating{0};
  std::atomic<std::uint32_t> closed_indirect_size{0};
  std::atomic<std::uint32_t> closed_indirect_word{0};
};

constinit std::array<Slot, kCallbackStubs> slots;
constinit std::atomic<std::uint32_t> next{0};  // VF-C3
constinit std::atomic<void (*)(std::uint32_t)> closed_report{nullptr};

// Gives the target up if nobody else does. (VF-C1) Whoever brings the slot back to kMaking has it
// for itself.
void GiveUpIfUnused(Slot& slot) {
  State state = slot.state.load(std::memory_order_acquire);
  do {
    if (PhaseOf(state) != kClosing || (state & kCallsMask) != 0) return;
  } while (!slot.state.compare_exchange_weak(state, WithPhase(state, kMaking),
                                             std::memory_order_acq_rel, std::memory_order_acquire));
  const StubTarget target = slot.target;
  slot.state.fetch_add(NextGeneration(kFree) - kMaking, std::memory_order_acq_rel);
  if (target.unused != nullptr) target.unused(target.data);
}

void EndCall(Slot& slot) {
  const State before = slot.state.fetch_sub(kOneCall, std::memory_order_acq_rel);
  if (PhaseOf(before) == kClosing && (before & kCallsMask) == kOneCall) GiveUpIfUnused(slot);
}

// One on the thread inside the owner, of an open stub therefore. (VF-C4)
class OwnCall {
 public:
  OwnCall(Slot& slot, const Enterable* owner) : slot_(slot), owner_(owner) { ++slot.own_calls; }
  ~OwnCall() {
    if (slot_.owner.load(std::memory_order_relaxed) == owner_) [[likely]] {
      --slot_.own_calls;
    } else {
      EndCall(slot_);
    }
  }
  OwnCall(const OwnCall&) = delete;
  OwnCall& operator=(const OwnCall&) = delete;

 private:
  Slot& slot_;
  const Enterable* const owner_;
};

class RunningCall {
 public:
  explicit RunningCall(Slot& slot)
      : slot_(slot), state_(slot.state.fetch_add(kOneCall, std::memory_order_acq_rel)) {}
  ~RunningCall() { EndCall(slot_); }
  RunningCall(const RunningCall&) = delete;
  RunningCall& operator=(const RunningCall&) = delete;

  bool IsOfOpenStub() const { return PhaseOf(state_) == kOpen; }

 private:
  Slot& slot_;
  const State state_;
};

// VF-C2
[[gnu::noinline, gnu::cold]] void AnswerClosed(const Slot& slot, std::uint32_t stub,
                                               Registers* registers) {
  registers->result_integer[0] = slot.closed_integer.load(std::memory_order_relaxed);
  registers->result_floating[0] = slot.closed_floating.load(std::memory_order_relaxed);
  if (const auto size = slot.closed_indirect_size.load(std::memory_order_relaxed)) {
    const std::uint64_t address = reinterpret_cast<std::uint64_t*>(
        registers)[slot.closed_indirect_word.load(std::memory_order_relaxed)];
    std::memset(reinterpret_cast<void*>(address), 0, size);
    registers->result_integer[0] = address;
  }
  if (auto* const report = closed_report.load(std::memory_order_relaxed)) report(stub);
}

}  // namespace

extern "C" void FartFfiStubCalled(std::uint32_t stub, Registers* registers,
                                  const std::uint64_t* stack) {
  for (std::uint64_t& word : registers->result_integer) word = 0;
  for (std::uint64_t& word : registers->result_floating) word = 0;
  Slot& slot = slots[stub];
  const Enterable* const current = CurrentIsolate();
  if (current != nullptr && slot.owner.load(std::memory_order_relaxed) == current) [[likely]] {
    const OwnCall call(slot, current);
    return slot.target.run(slot.target.data, registers, stack);
  }
  const RunningCall call(slot);
  if (call.IsOfOpenStub()) [[likely]] {
    slot.target.run(slot.target.data, registers, stack);
  } else {
    AnswerClosed(slot, stub, registers);
  }
}

std::optional<StubId> OpenStub(const StubTarget& target) {
  for (std::uint32_t tried = 0; tried < kCallbackStubs; ++tried) {
    const std::uint32_t index = next.fetch_add(1, std::memory_order_relaxed) % kCallbackStubs;
    Slot& slot = slots[index];
    State state = slot.state.load(std::memory_order_relaxed);
    while (PhaseOf(state) == kFree) {
      if (!slot.state.compare_exchange_weak(state, WithPhase(state, kMaking),
                                            std::memory_order_acq_rel, std::memory_order_relaxed)) {
        continue;
      }
      slot.target = target;
      slot.closed_integer.store(target.when_closed.integer, std::memory_order_relaxed);
      slot.closed_floating.store(target.when_closed.floating, std::memory_order_relaxed);
      slot.closed_indirect_size.store(target.when_closed.indirect_size, std::memory_order_relaxed);
      slot.closed_indirect_word.store(target.when_closed.indirect_word, std::memory_order_relaxed);
      slot.owner.store(target.owner, std::memory_order_relaxed);
      // Late calls of the one before count themselves in and out meanwhile.
      const State made = slot.state.fetch_add(kOpen - kMaking, std::memory_order_acq_rel);
      return StubId{index, GenerationOf(made)};
    }
  }
  return std::nullopt;
}

const void* AddressOf(StubId id) {
  FART_DCHECK(id.index < kCallbackStubs);
  return FartFfiStubs + std::size_t{id.index} * FART_FFI_STUB_SIZE;
}

bool CloseStub(StubId id) {
  Slot& slot = slots[id.index];
  State state = slot.state.load(std::memory_order_relaxed);
  do {
    if (PhaseOf(state) != kOpen || GenerationOf(state) != id.generation) return false;
  } while (!slot.state.compare_exchange_weak(state,
                                             WithPhase(state, kClosing) + slot.own_calls * kOneCall,
                                             std::memory_order_acq_rel, std::memory_order_relaxed));
  slot.own_calls = 0;
  slot.owner.store(nullptr, std::memory_order_relaxed);
  GiveUpIfUnused(slot);
  return true;
}

std::optional<StubId> StubAt(const void* address) {
  const auto offset =
      reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(FartFfiStubs);
  if (offset >= std::uintptr_t{kCallbackStubs} * FART_FFI_STUB_SIZE ||
      offset % FART_FFI_STUB_SIZE != 0) {
    return std::nullopt;
  }
  const auto index = static_cast<std::uint32_t>(offset / FART_FFI_STUB_SIZE);
  const State state = slots[index].state.load(std::memory_order_acquire);
  if (PhaseOf(state) != kOpen) return std::nullopt;
  return StubId{index, GenerationOf(state)};
}

void* DataOfOpenStub(StubId id) {
  Slot& slot = slots[id.index];
  const State state = slot.state.load(std::memory_order_acquire);
  if (PhaseOf(state) != kOpen || GenerationOf(state) != id.generation) return nullptr;
  return slot.target.data;
}

void SetClosedStubReport(void (*report)(std::uint32_t stub)) {
  closed_report.store(report, std::memory_order_relaxed);
}

}  // namespace fart::ffi

// A byte string is a program, run on a table and on a model of plain vectors; after every step all
// that can be asked of the table is compared, stale, foreign and deleted values included.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "handles/local_handles.h"
#include "handles/persistent_handles.h"
#include "handles/testing/handles_testing.h"
#include "handles/weak_handles.h"
#include "heap/base/safepoint.h"

namespace fart {
namespace {

using Program = std::vector<std::uint8_t>;

constexpr std::size_t kObjects = 8;

// The low bits of a byte are the operation, the others its argument.
struct Instruction {
  explicit Instruction(std::uint8_t byte) : operation(byte % 8), argument(byte / 8) {}
  unsigned operation;
  unsigned argument;
};

// Turns all but the first `most` instructions that create many handles at once into others: enough
// to fill chunks and pages, and few enough that comparing everything after every step stays cheap.
Program WithFewBursts(Program program, unsigned burst, unsigned most) {
  unsigned bursts = 0;
  for (std::uint8_t& byte : program) {
    if (byte % 8 == burst && ++bursts > most) byte = static_cast<std::uint8_t>(byte - burst);
  }
  return program;
}

ObjectPtr ObjectFor(unsigned argument) {
  switch (argument % 4) {
    case 0:
      return FakeHeap::Old(argument % kObjects);
    case 1:
      return ObjectPtr::FromSmi(argument);
    case 2:
    case 3:
      return FakeHeap::Young(argument % kObjects);
  }
  return ObjectPtr();
}

// --- Local handles.

class LocalModel {
 public:
  explicit LocalModel(bool checked)
      : locals_(heap_.flags(), kTestIsolate,
                {.area = MiB(1), .arena = MiB(1), .checked = checked}) {}

  void Run(const Program& program) {
    for (const std::uint8_t byte : program) {
      Step(Instruction(byte));
      Compare();
    }
  }

 private:
  struct Held {
    HandleValue value;
    ObjectPtr object;
  };
  // A scope or, with a frame, a call into foreign code.
  struct Opened {
    std::size_t held;
    Address arena_top;
    bool is_frame;
    LocalHandles::Frame frame;
  };

  void Step(Instruction instruction) {
    switch (instruction.operation) {
      case 0:
        Create(ObjectFor(instruction.argument));
        return;
      case 1:
        for (unsigned i = 0; i < 100 * instruction.argument; ++i) Create(FakeHeap::Young(i % 8));
        return;
      case 2:
        RC_ASSERT(locals_.EnterScope());
        opened_.push_back({held_.size(), arena_top_, false, {}});
        return;
      case 3:
        ExitScope();
        return;
      case 4:
        opened_.push_back({held_.size(), arena_top_, true, locals_.BeginFrame()});
        return;
      case 5:
        EndFrame();
        return;
      case 6:
        if (locals_.arena().Allocate(ByteCount(instruction.argument * 100)) != nullptr) {
          arena_top_ = locals_.arena().top();
        }
        return;
      case 7:
        Collect(instruction.argument % 2 == 0 ? SlotSet::kYoung : SlotSet::kAll);
        return;
    }
  }

  void Create(ObjectPtr object) {
    const HandleValue value = locals_.CreateHandle(object);
    RC_ASSERT(!value.is_empty());
    held_.push_back({value, object});
    ++made_;
  }
  void ExitScope() {
    const bool is_open = !opened_.empty() && !opened_.back().is_frame;
    RC_ASSERT(locals_.ExitScope() == is_open);
    if (is_open) DropTo(opened_.size() - 1);
  }
  void EndFrame() {
    std::size_t innermost = opened_.size();
    while (innermost > 0 && !opened_[innermost - 1].is_frame) --innermost;
    if (innermost == 0) return;
    locals_.EndFrame(opened_[innermost - 1].frame);
    DropTo(innermost - 1);
  }
  void DropTo(std::size_t opened) {
    const Opened outermost = opened_[opened];
    opened_.resize(opened);
    arena_top_ = outermost.arena_top;
    gone_.insert(gone_.end(), held_.begin() + static_cast<std::ptrdiff_t>(outermost.held),
                 held_.end());
    held_.resize(outermost.held);
  }
  void Collect(SlotSet set) {
    MovingVisitor visitor;
    locals_.VisitSlots(set, visitor);
    for (Held& held : held_) held.object = FakeHeap::Moved(held.object);
  }

  const ObjectPtr* SlotOf(HandleValue value) const {
    const ObjectPtr* slot = nullptr;
    if (locals_.is_checked()) {
      locals_.FindChecked(value, &slot);
    } else if (locals_.IsLive(value)) {
      slot = value.As<const ObjectPtr>();
    }
    return slot;
  }
  void Compare() {
    std::size_t scopes = 0;
    for (const Opened& opened : opened_) scopes += opened.is_frame ? 0 : 1;
    RC_ASSERT(locals_.ScopeDepth() == scopes);
    RC_ASSERT(locals_.live() == held_.size());
    RC_ASSERT(locals_.made() == made_);
    RC_ASSERT(locals_.arena().top() == arena_top_);
    for (const Held& held : held_) {
      const ObjectPtr* const slot = SlotOf(held.value);
      RC_ASSERT(slot != nullptr);
      RC_ASSERT(*slot == held.object);
    }
    // Unchecked, a value of a scope that was left may be that of a new slot.
    if (locals_.is_checked()) {
      for (const Held& gone : gone_) RC_ASSERT(SlotOf(gone.value) == nullptr);
    }
    RC_ASSERT(locals_.IsSound());
  }

  FakeHeap heap_;
  LocalHandles locals_;
  std::vector<Held> held_;
  std::vector<Held> gone_;
  std::vector<Opened> opened_;
  Address arena_top_ = locals_.arena().top();
  std::size_t made_ = 0;
};

RC_GTEST_PROP(HandlesModelTest, LocalHandlesAreThoseOfTheModelAfterAnyProgram,
              (const Program& program)) {
  LocalModel(false).Run(WithFewBursts(program, 1, 3));
}

RC_GTEST_PROP(HandlesModelTest, CheckedLocalHandlesAreThoseOfTheModelAfterAnyProgram,
              (const Program& program)) {
  LocalModel(true).Run(WithFewBursts(program, 1, 3));
}

// --- Persistent handles.

class PersistentModel {
 public:
  void Run(const Program& program) {
    for (const std::uint8_t byte : program) {
      Step(Instruction(byte));
      Compare();
    }
  }

 private:
  struct Held {
    HandleValue value;
    ObjectPtr object;
    HandleStatus status;
  };

  void Step(Instruction instruction) {
    switch (instruction.operation) {
      case 0:
      case 1:
        Create(ObjectFor(instruction.argument));
        return;
      case 2:
        for (unsigned i = 0; i < 20 * instruction.argument; ++i) Create(FakeHeap::Young(i % 8));
        return;
      case 3:
        Set(instruction.argument);
        return;
      case 4:
        if (!held_.empty()) Delete(&held_[instruction.argument * 7 % held_.size()]);
        return;
      case 5:
        for (Held& held : held_) {
          if (held.value.index() % (instruction.argument + 1) == 0) Delete(&held);
        }
        return;
      case 6:
        Collect(instruction.argument % 2 == 0 ? SlotSet::kYoung : SlotSet::kAll);
        return;
      case 7:
        held_.push_back({other_.Create(FakeHeap::Old(1)), ObjectPtr(), HandleStatus::kForeign});
        return;
    }
  }

  void Create(ObjectPtr object) {
    const HandleValue value = handles_.Create(object);
    RC_ASSERT(issued_.insert(value.bits()).second);  // HN-V2: never twice.
    held_.push_back({value, object, HandleStatus::kOk});
    ++live_;
  }
  void Set(unsigned argument) {
    if (held_.empty()) return;
    Held& held = held_[argument * 5 % held_.size()];
    RC_ASSERT(handles_.Set(held.value, ObjectFor(argument)) == held.status);
    if (held.status == HandleStatus::kOk) held.object = ObjectFor(argument);
  }
  void Delete(Held* held) {
    RC_ASSERT(handles_.Delete(held->value) == held->status);
    if (held->status != HandleStatus::kOk) return;
    held->status = HandleStatus::kStale;
    --live_;
  }
  void Collect(SlotSet set) {
    MovingVisitor visitor;
    handles_.VisitSlots(set, visitor);
    for (Held& held : held_) held.object = FakeHeap::Moved(held.object);
  }
  void Compare() const {
    RC_ASSERT(handles_.live() == live_);
    RC_ASSERT(handles_.made() == issued_.size());
    for (const Held& held : held_) {
      const ObjectPtr* slot = nullptr;
      RC_ASSERT(handles_.Find(held.value, &slot) == held.status);
      if (held.status == HandleStatus::kOk) RC_ASSERT(*slot == held.object);
    }
    RC_ASSERT(handles_.IsSound());
  }

  FakeHeap heap_;
  PersistentHandles handles_{heap_.flags(), kTestIsolate};
  PersistentHandles other_{heap_.flags(), kOtherIsolate};
  std::vector<Held> held_;
  std::set<std::uint64_t> issued_;
  std::size_t live_ = 0;
};

RC_GTEST_PROP(HandlesModelTest, PersistentHandlesAreThoseOfTheModelAfterAnyProgram,
              (const Program& program)) {
  PersistentModel().Run(WithFewBursts(program, 2, 5));
}

// --- Weak handles.

void Callback() {}

class WeakModel {
 public:
  void Run(const Program& program) {
    for (const std::uint8_t byte : program) {
      Step(Instruction(byte));
      Compare();
    }
    Finish();
  }

 private:
  enum class State { kLive, kQueued, kRunning, kGone };
  struct Held {
    HandleKind kind;
    ObjectPtr object;
    ByteCount external;
    State state = State::kLive;
  };

  void Step(Instruction instruction) {
    switch (instruction.operation) {
      case 0:
      case 1:
        Create(instruction.argument);
        return;
      case 2:
        for (unsigned i = 0; i < 20 * instruction.argument; ++i) Create(i);
        return;
      case 3:
        if (!held_.empty()) Delete(&*Pick(instruction.argument * 7));
        return;
      case 4:
        if (!held_.empty()) UpdateExternal(&*Pick(instruction.argument * 5), instruction.argument);
        return;
      case 5:
        Collect(instruction.argument);
        return;
      case 6:
        Take();
        return;
      case 7:
        for (unsigned i = 0; i < 50 * instruction.argument; ++i) Take();
        if (instruction.argument % 4 == 3) FinishRunning();
        return;
    }
  }

  std::map<std::uint64_t, Held>::value_type* Pick(std::size_t number) {
    auto it = held_.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(number % held_.size()));
    return &*it;
  }

  void Create(unsigned argument) {
    const HandleKind kind = argument % 3 == 0 ? HandleKind::kFinalizable : HandleKind::kWeak;
    const Held held{kind, ObjectFor(argument), ByteCount(argument)};
    // The peer is the model's own key, to find out a callback that got the wrong one.
    void* const peer = reinterpret_cast<void*>(++last_peer_);
    const HandleValue value = handles_.Create(kind, held.object, peer, held.external, &Callback);
    RC_ASSERT(held_.emplace(value.bits(), held).second);  // HN-V2: never twice.
    peers_[value.bits()] = peer;
  }
  static HandleStatus Expected(const Held& held) {
    switch (held.state) {
      case State::kLive:
        return HandleStatus::kOk;
      case State::kQueued:
      case State::kRunning:
        return HandleStatus::kDead;
      case State::kGone:
        return HandleStatus::kStale;
    }
    return HandleStatus::kOk;
  }
  void Delete(std::map<std::uint64_t, Held>::value_type* entry) FART_NO_SAFEPOINT_ANALYSIS {
    Held& held = entry->second;
    NoSafepointScope quiet;
    ObjectPtr referent;
    ByteCount external;
    RC_ASSERT(handles_.Delete(HandleValue::FromBits(entry->first), &referent, &external, quiet) ==
              Expected(held));
    if (held.state == State::kLive) {
      RC_ASSERT(referent == held.object);
      RC_ASSERT(external == held.external);
    }
    if (held.state == State::kQueued) --queued_;
    if (held.state != State::kRunning) held.state = State::kGone;
  }
  void UpdateExternal(std::map<std::uint64_t, Held>::value_type* entry,
                      unsigned argument) FART_NO_SAFEPOINT_ANALYSIS {
    Held& held = entry->second;
    NoSafepointScope quiet;
    ObjectPtr referent;
    ByteCount old_external;
    RC_ASSERT(handles_.UpdateExternal(HandleValue::FromBits(entry->first), ByteCount(argument),
                                      &referent, &old_external, quiet) == Expected(held));
    if (held.state != State::kLive) return;
    RC_ASSERT(old_external == held.external);
    held.external = ByteCount(argument);
  }
  void Collect(unsigned argument) {
    const bool minor = argument % 2 == 0;
    MovingWeakVisitor visitor;
    for (std::size_t number = 0; number < kObjects; ++number) {
      if (((argument / 2) >> (number % 4) & 1) != 0) visitor.dead.insert(number);
    }
    handles_.VisitWeak(minor ? SlotSet::kYoung : SlotSet::kAll, visitor);
    ByteCount external_of_dead;
    for (auto& [bits, held] : held_) {
      if (held.state != State::kLive || !held.object.IsHeapObject()) continue;
      const bool asked = !minor || heap_.flags().IsYoung(held.object);
      if (asked && visitor.dead.count(FakeHeap::NumberOf(held.object)) != 0) {
        held.state = State::kQueued;
        ++queued_;
        external_of_dead += held.external;
      }
      held.object = FakeHeap::Moved(held.object);
    }
    RC_ASSERT(visitor.external_of_dead == external_of_dead);
  }
  void Take() {
    PendingCallback pending;
    RC_ASSERT(handles_.TakePendingCallback(&pending) == (queued_ != 0));
    if (queued_ == 0) return;
    Held& held = held_.at(pending.value.bits());
    RC_ASSERT(held.state == State::kQueued);
    const bool is_own_peer = pending.peer == peers_.at(pending.value.bits());
    RC_ASSERT(is_own_peer);
    held.state = State::kRunning;
    --queued_;
  }
  void FinishRunning() {
    for (auto& [bits, held] : held_) {
      if (held.state != State::kRunning) continue;
      handles_.FinishCallback(HandleValue::FromBits(bits));
      held.state = State::kGone;
    }
  }
  // Shutdown: whatever was not deleted gets its callback, once.
  void Finish() {
    handles_.QueueAll();
    for (auto& [bits, held] : held_) {
      if (held.state != State::kLive) continue;
      held.state = State::kQueued;
      ++queued_;
    }
    Compare();
    while (handles_.HasPendingCallbacks()) Take();
    FinishRunning();
    Compare();
    for (const auto& [bits, held] : held_) RC_ASSERT(held.state == State::kGone);
  }
  void Compare() const FART_NO_SAFEPOINT_ANALYSIS {
    std::size_t queued = 0;
    std::map<HandleKind, std::size_t> live;
    NoSafepointScope quiet;
    for (const auto& [bits, held] : held_) {
      const HandleValue value = HandleValue::FromBits(bits);
      const bool is_live = held.state == State::kLive;
      RC_ASSERT(handles_.StatusOf(value) == Expected(held));
      RC_ASSERT(handles_.Get(value, quiet) == (is_live ? held.object : ObjectPtr()));
      queued += held.state == State::kQueued ? 1 : 0;
      live[held.kind] += is_live ? 1 : 0;
    }
    RC_ASSERT(handles_.pending() == queued_);
    RC_ASSERT(queued == queued_);
    RC_ASSERT(handles_.live(HandleKind::kWeak) == live[HandleKind::kWeak]);
    RC_ASSERT(handles_.live(HandleKind::kFinalizable) == live[HandleKind::kFinalizable]);
    RC_ASSERT(handles_.IsSound());
  }

  FakeHeap heap_;
  WeakHandles handles_{heap_.flags(), kTestIsolate};
  std::map<std::uint64_t, Held> held_;
  std::map<std::uint64_t, void*> peers_;
  std::uintptr_t last_peer_ = 0;
  std::size_t queued_ = 0;
};

RC_GTEST_PROP(HandlesModelTest, WeakHandlesAreThoseOfTheModelAfterAnyProgram,
              (const Program& program)) {
  WeakModel().Run(WithFewBursts(program, 2, 5));
}

}  // namespace
}  // namespace fart

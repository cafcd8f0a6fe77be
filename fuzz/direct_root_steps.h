// DirectRootSteps -- those steps of a program of direct access that change what the roots are:
// slots, arrays, the frames of a fibre, handles.
//
// Not here: frames of the C stack and objects (direct_machine.cc).

#ifndef FART_FUZZ_DIRECT_ROOT_STEPS_H_
#define FART_FUZZ_DIRECT_ROOT_STEPS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "dart_api.h"
#include "fart_direct_api.h"
#include "fart_tools_api.h"
#include "fuzz/byte_program.h"
#include "fuzz/direct_world.h"

namespace fart::fuzz {

class DirectRootSteps : protected DirectWorld {
 protected:
  static constexpr std::size_t kMaxSlots = 200;  // of an array
  static constexpr std::size_t kMaxHandles = 60;
  static constexpr std::size_t kMaxScopes = 10;
  static constexpr std::size_t kMaxWatchers = 60;

  DirectRootSteps(const std::uint8_t* bytes, std::size_t size) : program_(bytes, size) {}

  // There is a frame.
  Place Choose() {
    const std::vector<Place> places = Places();
    return places[program_.Below(places.size())];
  }
  // Pairs that nothing refers to but the next; the last one.
  Fart_Ref MakePairs(std::size_t count) {
    Fart_Ref last = Fart_NullRef(direct_);
    for (std::size_t i = 0; i < count; ++i) {
      const Fart_Ref init[] = {Fart_FromSmi(direct_, -1), last, Fart_NullRef(direct_)};
      last = Fart_New(direct_, ShapeOf(ObjectKind::kPair), kPairLayout, init);
    }
    return last;
  }

  void WriteRoot() {
    const Place target = Choose();
    const std::size_t choice = program_.Below(8);
    const auto number = static_cast<std::int64_t>(program_.Byte());
    if (choice < 4) {
      const Place source = Choose();
      return Set(target, Get(source), *source.value);
    }
    if (choice < 6) return Set(target, Fart_NullRef(direct_), Value());
    if (choice == 6) {
      const unsigned which = static_cast<unsigned>(number) % FART_DIRECT_HOST_IMMEDIATES;
      return Set(target, Fart_HostImmediate(direct_, which), Value::Immediate(which));
    }
    // Also the ends of what there is.
    const std::int64_t end = INT64_C(1) << 62;
    const std::int64_t integer = number == 0 ? end - 1 : number == 1 ? -end : number - 128;
    Set(target, Fart_FromSmi(direct_, integer), Value::Integer(integer));
  }

  // ---- Arrays: as stacks that move, shrink, and are registered for a time

  void ChangeArray() {
    Array& array = arrays_[program_.Below(arrays_.size())];
    const std::size_t choice = program_.Below(8);
    const Place source = Choose();
    const std::size_t count = program_.Byte();
    if (!array.is_registered) {
      array.is_registered = true;
      return Expect(!Fart_IsError(Fart_AddRootArray(&array.array, "array")), "an array is added");
    }
    const std::size_t size = array.values.size();
    if (choice < 5 && size + 3 < kMaxSlots) {
      const Fart_Slot slot = *source.slot;
      const Value value = *source.value;
      Resize(array, size + 1 + count % 3);
      Set({&array.slots[size], &array.values[size], &array, size},
          Fart_RefOfBits(direct_, slot.bits), value);
    } else if (choice < 7) {
      Resize(array, size - count % (size + 1));
    } else {
      Expect(!Fart_IsError(Fart_RemoveRootArray(&array.array)), "an array is removed");
      array.is_registered = false;
      Resize(array, 0);
      array.array.clean = 0;
    }
  }
  // The memory may move.
  static void Resize(Array& array, std::size_t size) {
    array.slots.resize(size, Fart_Slot{FART_DIRECT_NULL});
    array.values.resize(size);
    array.array.slots = array.slots.data();
    array.array.count = static_cast<std::intptr_t>(size);
  }

  // ---- The fibre

  void UseFibre() {
    if (fibre_.waiting == nullptr) return Suspend();
    Fart_RootFrame* const mark = Fart_RootsMark(direct_);
    if (program_.Byte() % 4 == 0) {
      fibre_.waiting = nullptr;
      return;
    }
    // It runs: its frames are on the chain, and no visitor's.
    fibre_.outer.frame.previous = mark;
    direct_->frames = std::exchange(fibre_.waiting, nullptr);
    {
      const LookingAside looking;
      Expect(!Fart_IsError(Fart_Collect(Fart_Collection_kMinor)), "a fibre can collect");
    }
    MakePairs(4);
    fibre_.waiting = direct_->frames;
    Fart_RootsReset(direct_, mark);
    fibre_.outer.frame.previous = &fibre_.beyond;
  }
  void Suspend() {
    fibre_.inner.frame = {&fibre_.outer.frame, Fibre::kSlots};
    fibre_.outer.frame = {&fibre_.beyond, Fibre::kSlots};
    fibre_.beyond = {nullptr, UINT64_MAX};  // Not to be visited.
    for (std::size_t i = 0; i < fibre_.values.size(); ++i) {
      const Place source = Choose();
      *fibre_.slot(i) = *source.slot;
      fibre_.values[i] = *source.value;
    }
    fibre_.waiting = &fibre_.inner.frame;
  }

  // ---- Handles

  void UseHandles() {
    const std::size_t choice = program_.Below(8);
    const Place place = Choose();
    std::vector<Local>& scope = scopes_.back();
    switch (choice) {
      case 0:
        if (scopes_.size() >= kMaxScopes) return;
        Fart_EnterScope();
        scopes_.emplace_back();
        return;
      case 1:
        if (scopes_.size() == 1) return;
        Fart_ExitScope();
        scopes_.pop_back();
        return;
      case 2:
      case 3:
        if (scope.size() >= kMaxHandles) return;
        scope.push_back({Fart_HandleOf(direct_, Get(place)), *place.value});
        return;
      case 4: {
        if (scope.empty()) return;
        const Local& local = scope[program_.Below(scope.size())];
        return Set(place, Fart_RefOf(direct_, local.handle), local.value);
      }
      case 5: {
        if (persistents_.size() >= kMaxHandles) return;
        const LookingAside looking;
        const Fart_Handle local = Fart_HandleOf(direct_, Get(place));
        persistents_.push_back({Fart_NewPersistentHandle(local), *place.value});
        return;
      }
      case 6: {
        if (persistents_.empty()) return;
        const std::size_t index = program_.Below(persistents_.size());
        Fart_DeletePersistentHandle(persistents_[index].handle);
        persistents_.erase(persistents_.begin() + static_cast<std::ptrdiff_t>(index));
        return;
      }
      case 7:
        return Watch(place);
    }
  }
  void Watch(const Place& place) {
    if (!place.value->IsObject() || watchers_.size() >= kMaxWatchers) return;
    const LookingAside looking;
    watchers_.push_back(std::make_unique<Watcher>());
    Watcher& watcher = *watchers_.back();
    watcher.referent = place.value->id();
    watcher.weak =
        Fart_NewWeakPersistentHandle(Fart_HandleOf(direct_, Get(place)), &watcher, 0, OnDeath);
    Expect(watcher.weak != nullptr, "an object can be watched");
  }

  ByteProgram program_;
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_DIRECT_ROOT_STEPS_H_

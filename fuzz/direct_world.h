// DirectWorld -- the heap that a program of bytes works on by direct access and its model, side by
// side: where the roots are, what is known of the objects, and comparing the two.
//
// Raw references are read from their roots anew wherever something may have been allocated.
//
// Not here: the steps of a program (direct_machine.cc).

#ifndef FART_FUZZ_DIRECT_WORLD_H_
#define FART_FUZZ_DIRECT_WORLD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dart_api.h"
#include "fart_direct_api.h"
#include "fart_tools_api.h"
#include "fuzz/handle_model.h"
#include "fuzz/object_mirror.h"

namespace fart::fuzz {

// Handles made for looking at something end with this.
class LookingAside {
 public:
  LookingAside() { Fart_EnterScope(); }
  ~LookingAside() { Fart_ExitScope(); }
  LookingAside(const LookingAside&) = delete;
  LookingAside& operator=(const LookingAside&) = delete;
};

class DirectWorld {
 public:
  DirectWorld() = default;
  DirectWorld(const DirectWorld&) = delete;
  DirectWorld& operator=(const DirectWorld&) = delete;

 protected:
  // ---- The kinds of objects that are made inline, and where their words are

  static constexpr Fart_Layout kPairLayout = {3, 0, 0};       // its number, as a small integer
  static constexpr Fart_Layout kNodeLayout = {2, 1, 2};       // its number, a word that changes
  static constexpr Fart_Layout kEphemeronLayout = {2, 0, 1};  // its number
  static constexpr unsigned kWeakWord = 3;                    // of a node
  static constexpr unsigned kChangingWord = 5;                // of a node

  static constexpr ObjectKind kShapes[] = {ObjectKind::kPair, ObjectKind::kNode,
                                           ObjectKind::kEphemeron, ObjectKind::kArray,
                                           ObjectKind::kBlob};
  static constexpr std::uint32_t kShapeCount = sizeof kShapes / sizeof kShapes[0];

  // Whether objects of this kind are of the host's own shapes.
  static bool IsRaw(ObjectKind kind) {
    for (const ObjectKind raw : kShapes) {
      if (raw == kind) return true;
    }
    return false;
  }
  std::uint32_t ShapeOf(ObjectKind kind) const {
    std::uint32_t index = 0;
    while (kShapes[index] != kind) ++index;
    return first_ + index;
  }
  // Of the object's number; arrays and blobs have their length in front.
  static unsigned NumberWord(ObjectKind kind) {
    switch (kind) {
      case ObjectKind::kNode:
        return 4;
      case ObjectKind::kEphemeron:
      case ObjectKind::kArray:
        return 3;
      case ObjectKind::kBlob:
        return 2;
      default:
        return 1;
    }
  }
  // Of Object::strong. An array has one reference in its fixed part.
  static unsigned StrongWord(ObjectKind kind, std::size_t index) {
    const auto at = static_cast<unsigned>(index);
    if (kind == ObjectKind::kPair) return 2 + at;
    if (kind == ObjectKind::kArray) return at == 0 ? 2 : 3 + at;
    return 1 + at;
  }

  // False: refused.
  bool Attach() {
    Fart_ShapeDescription shapes[kShapeCount] = {};
    for (Fart_ShapeDescription& shape : shapes) shape.struct_size = sizeof shape;
    const auto describe = [&](std::size_t index, const char* name, Fart_Layout layout,
                              Fart_VariablePart part) {
      shapes[index].name = name;
      shapes[index].reference_count = layout.references;
      shapes[index].weak_reference_count = layout.weak_references;
      shapes[index].byte_count = layout.raw_words * 8;
      shapes[index].variable_part = part;
    };
    describe(0, "Pair", kPairLayout, Fart_VariablePart_kNone);
    describe(1, "Node", kNodeLayout, Fart_VariablePart_kNone);
    describe(2, "Ephemeron", kEphemeronLayout, Fart_VariablePart_kNone);
    shapes[2].is_ephemeron = true;
    describe(3, "Array", {1, 0, 1}, Fart_VariablePart_kReferences);
    describe(4, "Blob", {0, 0, 1}, Fart_VariablePart_kBytes);
    const Fart_DirectAbi abi = FART_DIRECT_ABI;
    direct_ = Fart_DirectAttach(&abi, shapes, kShapeCount, &first_, nullptr, nullptr, nullptr);
    return direct_ != nullptr;
  }

  // ---- Roots

  struct Frame {
    Fart_RootFrame* frame;
    Fart_Slot* slots;
    std::vector<Value> values;
  };
  struct Array {
    Fart_RootArray array = {nullptr, 0, 0};
    std::vector<Fart_Slot> slots;
    std::vector<Value> values;
    bool is_registered = false;
  };
  // Two frames on another stack, in front of one that is none of the fibre's.
  struct Fibre {
    static constexpr std::size_t kSlots = 2;
    struct Part {
      Fart_RootFrame frame;
      Fart_Slot at[kSlots];
    };
    Part inner;
    Part outer;
    Fart_RootFrame beyond;
    std::array<Value, 2 * kSlots> values;
    Fart_RootFrame* waiting = nullptr;

    Fart_Slot* slot(std::size_t index) {
      return index < kSlots ? &inner.at[index] : &outer.at[index - kSlots];
    }
  };
  // A root of any kind.
  struct Place {
    Fart_Slot* slot;
    Value* value;
    Array* array = nullptr;  // whose watermark a write lowers
    std::size_t index = 0;
  };
  struct Local {
    Fart_Handle handle;
    Value value;
  };
  struct Watcher {
    Fart_WeakPersistentHandle weak;
    ObjectId referent;
    bool called = false;
  };

  std::vector<Place> Places() {
    std::vector<Place> places;
    for (Frame& frame : frames_) {
      for (std::size_t i = 0; i < frame.values.size(); ++i) {
        places.push_back({&frame.slots[i], &frame.values[i]});
      }
    }
    for (Array& array : arrays_) {
      for (std::size_t i = 0; i < array.values.size(); ++i) {
        places.push_back({&array.slots[i], &array.values[i], &array, i});
      }
    }
    for (std::size_t i = 0; i < visited_values_.size(); ++i) {
      places.push_back({&visited_[i], &visited_values_[i]});
    }
    for (std::size_t i = 0; fibre_.waiting != nullptr && i < fibre_.values.size(); ++i) {
      places.push_back({fibre_.slot(i), &fibre_.values[i]});
    }
    return places;
  }
  std::vector<Value> Roots() {
    std::vector<Value> roots;
    for (const Place& place : Places()) roots.push_back(*place.value);
    for (const std::vector<Local>& scope : scopes_) {
      for (const Local& local : scope) roots.push_back(local.value);
    }
    for (const Local& persistent : persistents_) roots.push_back(persistent.value);
    return roots;
  }

  Fart_Ref Get(const Place& place) const { return Fart_GetSlot(direct_, place.slot); }
  void Set(const Place& place, Fart_Ref ref, const Value& value) {
    if (place.array != nullptr) {
      Fart_SetInArray(direct_, &place.array->array, static_cast<std::intptr_t>(place.index), ref);
    } else {
      Fart_SetSlot(direct_, place.slot, ref);
    }
    *place.value = value;
  }

  static void Visit(Fart_RootVisit visit, void* peer) {
    auto* const world = static_cast<DirectWorld*>(peer);
    const auto count = static_cast<std::intptr_t>(world->visited_.size());
    Fart_VisitRoots(visit, world->visited_.data(), count);
    Fart_VisitRootFrames(visit, world->fibre_.waiting, &world->fibre_.beyond);
  }
  static void OnDeath(void*, Fart_WeakPersistentHandle, void* peer) {
    static_cast<Watcher*>(peer)->called = true;
  }

  // ---- Verdicts

  void Fail(const char* what) {
    if (failure_.empty()) failure_ = "step " + std::to_string(step_) + ": " + what;
  }
  void Expect(bool holds, const char* what) {
    if (!holds) Fail(what);
  }

  // ---- Death, as far as it can be known (F-W1, F-W2)

  void LearnFromWeakLook(ObjectId id, bool is_null) {
    if (!is_null) return Expect(!model_[id].dead, "what was dead once stays dead (F-W2)");
    if (model_[id].dead) return;
    Expect(!model_.Reachable(Roots())[id], "a weak look finds what is reachable (F-W1)");
    model_[id].dead = true;
  }
  // A key that has died is noticed, and is null in the model from then on.
  void LookAtEphemeron(Fart_Ref ephemeron, ObjectId id) {
    std::vector<Value>& pair = model_[id].strong;
    if (!pair[0].IsObject()) return;
    const bool is_null = Fart_IsNullRef(Fart_Load(direct_, ephemeron, 1));
    LearnFromWeakLook(pair[0].id(), is_null);
    if (is_null) pair[0] = pair[1] = Value();
  }
  void LookAtWeakReference(Fart_Ref node, ObjectId id) {
    Value& weak = model_[id].weak;
    if (!weak.IsObject()) return;
    const bool is_null = Fart_IsNullRef(Fart_LoadWeak(direct_, node, kWeakWord));
    LearnFromWeakLook(weak.id(), is_null);
    if (is_null) weak = Value();
  }

  void Collect(Fart_Collection kind) {
    const std::vector<bool> reachable = model_.Reachable(Roots());
    {
      const LookingAside looking;
      Expect(!Fart_IsError(Fart_Collect(kind)), "a collection succeeds");
    }
    for (ObjectId id = 0; kind != Fart_Collection_kMinor && id < model_.size(); ++id) {
      if (!reachable[id]) model_[id].dead = true;
    }
    CompareAll();
    for (const std::unique_ptr<Watcher>& watcher : watchers_) {
      if (watcher->called) {
        Expect(!reachable[watcher->referent], "a callback means death");
        model_[watcher->referent].dead = true;
      }
      if (kind != Fart_Collection_kEverything) continue;
      Expect(watcher->called || reachable[watcher->referent], "every due callback has run");
    }
  }

  // ---- Comparing

  bool Reads(Fart_Ref ref, const Value& value) {
    switch (value.kind) {
      case Value::Kind::kNull:
        return Fart_IsNullRef(ref);
      case Value::Kind::kInteger:
        return Fart_IsSmi(ref) && Fart_SmiValue(ref) == value.number;
      case Value::Kind::kImmediate:
        return Fart_IsSame(ref, Fart_HostImmediate(direct_, static_cast<unsigned>(value.number)));
      case Value::Kind::kObject:
        return Fart_IsObject(ref) && IsObject(ref, value.id());
    }
    return false;
  }
  bool IsObject(Fart_Ref ref, ObjectId id) {
    const ObjectKind kind = model_[id].kind;
    if (!IsRaw(kind)) {
      const LookingAside looking;
      return mirror_.IsObject(Fart_HandleOf(direct_, ref), kind, id);
    }
    if (!Fart_HasShape(direct_, ref, ShapeOf(kind))) return false;
    if (kind == ObjectKind::kPair) {
      return Fart_SmiValue(Fart_Load(direct_, ref, 1)) == static_cast<std::int64_t>(id);
    }
    return *Fart_Word(direct_, ref, NumberWord(kind)) == id;
  }

  // After each step: what the roots read as.
  void Compare() {
    Expect(direct_->frames == frames_.back().frame, "the innermost frame is the chain's head");
    for (const Place& place : Places()) {
      Expect(Reads(Get(place), *place.value), "a root reads right");
    }
    for (const std::vector<Local>& scope : scopes_) {
      for (const Local& local : scope) CompareHandle(local);
    }
    for (const Local& persistent : persistents_) CompareHandle(persistent);
  }
  void CompareHandle(const Local& local) {
    Expect(Reads(Fart_RefOf(direct_, local.handle), local.value), "a handle reads right");
  }

  // Everything that can be reached from the roots, by raw references alone: nothing is made.
  void CompareAll() {
    std::vector<bool> seen(model_.size());
    std::vector<std::pair<Fart_Ref, ObjectId>> waiting;
    const auto visit = [&](Fart_Ref ref, const Value& value) {
      if (!Reads(ref, value)) return Fail("a reference reads right");
      if (!value.IsObject() || seen[value.id()]) return;
      seen[value.id()] = true;
      waiting.emplace_back(ref, value.id());
    };
    for (const Place& place : Places()) visit(Get(place), *place.value);
    for (const std::vector<Local>& scope : scopes_) {
      for (const Local& local : scope) visit(Fart_RefOf(direct_, local.handle), local.value);
    }
    for (const Local& persistent : persistents_) {
      visit(Fart_RefOf(direct_, persistent.handle), persistent.value);
    }
    while (!waiting.empty() && failure_.empty()) {
      const auto [ref, id] = waiting.back();
      waiting.pop_back();
      if (!IsRaw(model_[id].kind)) continue;
      CompareBody(ref, id);
      for (std::size_t i = 0; i < model_[id].strong.size(); ++i) {
        visit(Fart_Load(direct_, ref, StrongWord(model_[id].kind, i)), model_[id].strong[i]);
      }
    }
  }
  // What is not a strong reference.
  void CompareBody(Fart_Ref ref, ObjectId id) {
    switch (model_[id].kind) {
      case ObjectKind::kNode:
        LookAtWeakReference(ref, id);
        Expect(Reads(Fart_LoadWeak(direct_, ref, kWeakWord), model_[id].weak),
               "a weak reference reads as it was set");
        Expect(*Fart_Word(direct_, ref, kChangingWord) == payloads_[id], "a raw word stays");
        return;
      case ObjectKind::kEphemeron:
        return LookAtEphemeron(ref, id);
      case ObjectKind::kArray:
        return Expect(Fart_LengthOf(direct_, ref) + 1 == model_[id].strong.size(),
                      "an array's length stays");
      case ObjectKind::kBlob: {
        const std::uint64_t length = Fart_LengthOf(direct_, ref);
        Expect(length == payloads_[id], "a length stays");
        const auto words = static_cast<unsigned>(length / 8);
        if (words != 0) Expect(*Fart_Word(direct_, ref, 2 + words) == id, "bytes stay");
        return;
      }
      default:
        return;
    }
  }

  Fart_Direct* direct_ = nullptr;
  std::uint32_t first_ = 0;
  ObjectMirror mirror_;
  HandleModel model_;
  std::vector<std::uint64_t> payloads_;  // one an object: a node's changing word, a blob's length
  std::vector<Frame> frames_;
  std::array<Array, 3> arrays_;
  std::vector<Fart_Slot> visited_;
  std::vector<Value> visited_values_;
  Fibre fibre_;
  std::vector<std::vector<Local>> scopes_;
  std::vector<Local> persistents_;
  std::vector<std::unique_ptr<Watcher>> watchers_;
  std::size_t step_ = 0;
  std::string failure_;
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_DIRECT_WORLD_H_

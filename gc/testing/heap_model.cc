#include "gc/testing/heap_model.h"

#include <algorithm>

#include "heap/object/header.h"

namespace fart {

std::string HeapModel::Run(const std::vector<std::uint8_t>& program) {
  program_ = &program;
  at_ = 0;
  for (std::size_t step = 0; at_ < program.size(); ++step) {
    const std::size_t from = at_;
    Step();
    const std::string difference = Check();
    if (difference.empty()) continue;
    return "operation " + std::to_string(step) + " (byte " + std::to_string(from) + ", " +
           std::to_string(program[from] % kOperations) + "): " + difference;
  }
  return "";
}

void HeapModel::Step() {
  const std::uint8_t operation = Next() % kOperations;
  exact_ = false;
  if (operation < 5) return Allocate();
  if (operation < 8) return StoreObject();
  switch (operation) {
    case 20:
      return Pin();
    case 21:
      return Unpin();
    case 8:
      return StoreNumber();
    case 9:
      return DropRoot();
    case 10:
      return LoadField();
    case 11:
      return StoreWeak();
    case 12:
      return LoadWeak();
    case 13:
      return AddWeakHandle();
    case 14:
      return AskForHash();
    case 15:
      return ChangeStress();
    case 16:
      return Collect(GcKind::kMinor, false);
    case 17:
      return Collect(GcKind::kMajor, false);
    case 18:
      return Collect(GcKind::kMinor, true);
    default:
      return Collect(GcKind::kMajor, true);
  }
}

void HeapModel::DropRoot() {
  const std::size_t root = NextRoot();
  roots_[root] = Value{};
  heap_.roots[root] = ObjectPtr();
}

void HeapModel::Allocate() {
  const std::size_t root = NextRoot();
  const std::array<ShapeId, 6> shapes = {heap_.pair, heap_.list,      heap_.bytes,
                                         heap_.weak, heap_.ephemeron, heap_.mixed};
  // Small, with cards, large ones that share a region and that do not.
  const std::array<std::size_t, 9> lengths = {0, 1, 2, 7, 40, 200, 1'000, 5'000, 20'000};
  Object object;
  object.shape = shapes[Next() % shapes.size()];
  const Shape& shape = ShapeOf(object);
  if (shape.has_length()) object.length = lengths[Next() % lengths.size()];
  const bool variable = shape.variable_part() == VariablePart::kReferences;
  object.strong.resize(shape.references() + (variable ? object.length : 0));
  object.weak.resize(shape.weak_references());
  object.filling = Next();
  const ObjectPtr actual = heap_.New(object.shape, object.length);
  std::fill_n(shape.RawBytes(actual.address()), shape.raw_bytes(), object.filling);
  if (shape.variable_part() == VariablePart::kBytes) {
    std::fill_n(shape.VariableBytes(actual.address()), object.length, object.filling);
  }
  heap_.roots[root] = actual;
  roots_[root] = {Value::Kind::kObject, static_cast<std::int64_t>(objects_.size())};
  objects_.push_back(std::move(object));
}

ObjectPtr* HeapModel::StrongSlot(ObjectPtr object, std::size_t index) {
  const std::uint32_t fixed = heap_.heap.ShapeOf(object).references();
  return index < fixed ? heap_.Slots(object) + index : heap_.Elements(object) + (index - fixed);
}

// Whoever reads or replaces key or value of an ephemeron has the pair cleared if the key is dead;
// so has the model, if the heap knows that it is.
void HeapModel::LookAtPair(std::size_t root) {
  Object& object = objects_[static_cast<std::size_t>(roots_[root].number)];
  if (!ShapeOf(object).is_ephemeron()) return;
  const ObjectPtr ephemeron = Actual(root);
  if (!heap_.Key(ephemeron).is_null() || object.strong[0].kind == Value::Kind::kNull) return;
  FindReachable();
  if (!IsReachable(object.strong[0])) object.strong.assign(2, Value{});
}

void HeapModel::StoreObject() {
  const std::size_t holder = NextRoot();
  const std::size_t value = NextRoot();
  const std::size_t index = Next() * std::size_t{257};
  if (roots_[holder].kind != Value::Kind::kObject) return;
  Object& object = objects_[static_cast<std::size_t>(roots_[holder].number)];
  if (object.strong.empty()) return;
  const std::size_t slot = index % object.strong.size();
  LookAtPair(holder);
  object.strong[slot] = roots_[value];
  around_(true);
  heap_.Store(Actual(holder), StrongSlot(Actual(holder), slot), Actual(value));
  around_(false);
}

void HeapModel::StoreNumber() {
  const std::size_t holder = NextRoot();
  const std::size_t index = Next() * std::size_t{257};
  const std::int64_t number = Next();
  if (roots_[holder].kind != Value::Kind::kObject) return;
  Object& object = objects_[static_cast<std::size_t>(roots_[holder].number)];
  if (object.strong.empty()) return;
  const std::size_t slot = index % object.strong.size();
  LookAtPair(holder);
  object.strong[slot] = {Value::Kind::kSmi, number};
  heap_.Store(Actual(holder), StrongSlot(Actual(holder), slot), ObjectPtr::FromSmi(number));
}

void HeapModel::LoadField() {
  const std::size_t target = NextRoot();
  const std::size_t holder = NextRoot();
  const std::size_t index = Next() * std::size_t{257};
  if (roots_[holder].kind != Value::Kind::kObject) return;
  const Object& object = objects_[static_cast<std::size_t>(roots_[holder].number)];
  if (object.strong.empty()) return;
  const std::size_t slot = index % object.strong.size();
  LookAtPair(holder);
  roots_[target] = object.strong[slot];
  heap_.roots[target] = *StrongSlot(Actual(holder), slot);
}

void HeapModel::StoreWeak() {
  const std::size_t holder = NextRoot();
  const std::size_t value = NextRoot();
  if (roots_[holder].kind != Value::Kind::kObject) return;
  Object& object = objects_[static_cast<std::size_t>(roots_[holder].number)];
  if (object.weak.empty()) return;
  object.weak[0] = roots_[value];
  around_(true);
  heap_.SetWeak(Actual(holder), 0, Actual(value));
  around_(false);
}

// Brings back what is dead and not yet collected, as a program can.
void HeapModel::LoadWeak() {
  const std::size_t target = NextRoot();
  const std::size_t which = Next();
  if (handles_.empty()) return;
  const WeakHandle& handle = handles_[which % handles_.size()];
  roots_[target] = handle.referent;
  heap_.roots[target] = heap_.weaks[handle.slot];
}

void HeapModel::AddWeakHandle() {
  const std::size_t root = NextRoot();
  const ByteCount external(Next());
  if (roots_[root].kind != Value::Kind::kObject) return;
  heap_.mutator.ChargeExternal(Actual(root), ByteCount(), external);
  handles_.push_back({roots_[root], external, heap_.weaks.Add(Actual(root), external)});
}

void HeapModel::AskForHash() {
  const std::size_t root = NextRoot();
  if (roots_[root].kind != Value::Kind::kObject) return;
  objects_[static_cast<std::size_t>(roots_[root].number)].hash =
      heap_.mutator.IdentityHash(Actual(root));
}

void HeapModel::Pin() {
  const std::size_t root = NextRoot();
  if (roots_[root].kind != Value::Kind::kObject) return;
  heap_.heap.pins().Pin(Actual(root));
  pins_.push_back({roots_[root], Actual(root)});
}

// Any of the pins, not only the last.
void HeapModel::Unpin() {
  const std::size_t which = Next();
  if (pins_.empty()) return;
  const auto at = pins_.begin() + static_cast<std::ptrdiff_t>(which % pins_.size());
  FART_CHECK(heap_.heap.pins().Unpin(at->place));
  pins_.erase(at);
}

void HeapModel::ChangeStress() {
  HeapKnobs& knobs = heap_.heap.mutable_knobs();
  const std::uint8_t bits = Next();
  knobs.stress_interval = bits % 4;
  knobs.stress_seed = (bits & 4) != 0 ? bits : 0u;
  knobs.protect_retired = (bits & 8) != 0;
  knobs.zap_retired = (bits & 16) != 0;
  heap_.mutator.KnobsChanged();
}

void HeapModel::Collect(GcKind kind, bool scarce) {
  HeapKnobs& knobs = heap_.heap.mutable_knobs();
  if (scarce) {
    const std::uint8_t bits = Next();
    knobs.collection_region_budget = bits % 4;
    knobs.promote_in_place = (bits & 4) != 0;
    knobs.promote_eagerly = (bits & 16) != 0;
  }
  around_(true);
  kind == GcKind::kMinor ? heap_.Minor() : heap_.Major();
  around_(false);
  knobs.collection_region_budget = kUnlimitedRegions;
  knobs.promote_in_place = knobs.promote_eagerly = false;
  exact_ = kind == GcKind::kMajor;
}

bool HeapModel::IsReachable(const Value& value) const {
  return value.kind != Value::Kind::kObject || reachable_[static_cast<std::size_t>(value.number)];
}

void HeapModel::FindReachable() {
  reachable_.assign(objects_.size(), false);
  std::vector<std::size_t> work;
  std::vector<std::size_t> ephemerons;
  const auto reach = [&](const Value& value) {
    if (IsReachable(value)) return;
    reachable_[static_cast<std::size_t>(value.number)] = true;
    work.push_back(static_cast<std::size_t>(value.number));
  };
  for (const Value& root : roots_) reach(root);
  for (const PinnedObject& pin : pins_) reach(pin.object);
  do {
    while (!work.empty()) {
      const Object& object = objects_[work.back()];
      const std::size_t index = work.back();
      work.pop_back();
      if (ShapeOf(object).is_ephemeron()) {
        ephemerons.push_back(index);
      } else {
        for (const Value& value : object.strong) reach(value);
      }
    }
    for (const std::size_t index : ephemerons) {
      if (IsReachable(objects_[index].strong[0])) reach(objects_[index].strong[1]);
    }
  } while (!work.empty());
}

std::string HeapModel::CompareStrong(const Value& expected, ObjectPtr actual) {
  switch (expected.kind) {
    case Value::Kind::kNull:
      return actual.is_null() ? "" : "a word is not null";
    case Value::Kind::kSmi:
      return actual == ObjectPtr::FromSmi(expected.number) ? "" : "a Smi is wrong";
    case Value::Kind::kObject:
      break;
  }
  if (!actual.IsHeapObject()) return "a reference is lost";
  const auto index = static_cast<std::size_t>(expected.number);
  const auto [place, is_new] = places_.emplace(index, actual);
  if (is_new) to_compare_.push_back(index);
  return place->second == actual ? "" : "one object is in two places";
}

std::string HeapModel::CompareWeak(Value& expected, ObjectPtr actual) {
  if (IsReachable(expected)) return CompareStrong(expected, actual);
  if (actual.is_null()) {
    expected = Value{};
    return "";
  }
  return exact_ ? "something dead is not cleared" : "";
}

std::string HeapModel::CompareObject(std::size_t index, ObjectPtr actual) {
  Object& object = objects_[index];
  const Address address = actual.address();
  const Shape& shape = ShapeOf(object);
  const Header header = Header::Of(actual);
  if (header.shape() != object.shape) return "an object has another shape";
  if (shape.LengthOf(address) != object.length) return "an object has another length";
  if (object.hash != 0 && header.hash() != object.hash) return "an identity hash changed";
  const auto is_filled = [&](const std::uint8_t* bytes, std::size_t count) {
    return std::all_of(bytes, bytes + count, [&](std::uint8_t b) { return b == object.filling; });
  };
  if (!is_filled(shape.RawBytes(address), shape.raw_bytes())) return "raw bytes changed";
  if (shape.variable_part() == VariablePart::kBytes &&
      !is_filled(shape.VariableBytes(address), object.length)) {
    return "bytes changed";
  }
  std::string difference;
  const bool weak_pair = shape.is_ephemeron() && !IsReachable(object.strong[0]);
  for (std::size_t i = 0; i < object.strong.size() && difference.empty(); ++i) {
    const ObjectPtr word = *StrongSlot(actual, i);
    if (!weak_pair) {
      difference = CompareStrong(object.strong[i], word);
    } else if (exact_ && !word.is_null()) {
      difference = "an ephemeron with a dead key is not cleared";
    }
  }
  if (weak_pair && heap_.Slots(actual)[0].is_null()) {
    if (!heap_.Slots(actual)[1].is_null()) return "an ephemeron is cleared by half";
    object.strong.assign(2, Value{});
  }
  for (std::size_t i = 0; i < object.weak.size() && difference.empty(); ++i) {
    difference = CompareWeak(object.weak[i], heap_.Weaks(actual)[i]);
  }
  return difference;
}

std::string HeapModel::CompareHandles() {
  ByteCount external_new;
  ByteCount external_old;
  for (WeakHandle& handle : handles_) {
    const ObjectPtr actual = heap_.weaks[handle.slot];
    const std::string difference = CompareWeak(handle.referent, actual);
    if (!difference.empty()) return "weak handle: " + difference;
    if (actual.is_null()) continue;
    (heap_.heap.IsYoung(actual) ? external_new : external_old) += handle.external;
  }
  if (heap_.heap.external_new() != external_new || heap_.heap.external_old() != external_old) {
    return "external bytes are charged wrongly";
  }
  std::erase_if(handles_, [](const WeakHandle& handle) {
    return handle.referent.kind == Value::Kind::kNull;
  });
  return "";
}

std::string HeapModel::Check() {
  FindReachable();
  places_.clear();
  to_compare_.clear();
  for (std::size_t root = 0; root < kRoots; ++root) {
    const std::string difference = CompareStrong(roots_[root], Actual(root));
    if (!difference.empty()) return "root: " + difference;
  }
  for (const PinnedObject& pin : pins_) {
    const std::string difference = CompareStrong(pin.object, pin.place);  // H-Q1
    if (!difference.empty()) return "pin: " + difference;
  }
  std::string difference = CompareHandles();
  while (difference.empty() && !to_compare_.empty()) {
    const std::size_t index = to_compare_.back();
    to_compare_.pop_back();
    difference = CompareObject(index, places_[index]);
  }
  return difference.empty() ? heap_.Verify() : difference;
}

}  // namespace fart

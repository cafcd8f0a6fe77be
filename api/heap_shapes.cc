// Shapes of an embedder -- registered, and recognised again.

#include "api/heap_shapes.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

#include "api/include/fart_heap_api.h"
#include "api/shim.h"
#include "vm/memory/core_shapes.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

constexpr std::uint64_t kMaxCount = Shape::kMaxFixedSize / kWordSize;

// Null: it can be registered; else the rule it breaks.
const char* BrokenRule(const Fart_ShapeDescription& description) {
  if (description.name == nullptr || description.name[0] == '\0') return "a shape with a name";
  // A host may have written any number, which no variable of that type may hold.
  int part = 0;
  static_assert(sizeof(part) == sizeof(description.variable_part));
  std::memcpy(&part, &description.variable_part, sizeof(part));
  switch (part) {
    case Fart_VariablePart_kNone:
    case Fart_VariablePart_kReferences:
      break;
    case Fart_VariablePart_kBytes:
      if (description.byte_count % 8 != 0) {
        return "a shape whose byte_count is a multiple of 8, as bytes follow";
      }
      break;
    default:
      return "a shape with a variable part that exists";
  }
  if (description.is_ephemeron && description.reference_count < 2) {
    return "an ephemeron with a key and a value";
  }
  return nullptr;
}

VariablePart ToVariablePart(Fart_VariablePart part) {
  switch (part) {
    case Fart_VariablePart_kNone:
      return VariablePart::kNone;
    case Fart_VariablePart_kReferences:
      return VariablePart::kReferences;
    case Fart_VariablePart_kBytes:
      return VariablePart::kBytes;
  }
  FART_UNREACHABLE();
}

// Of one whose counts are in range.
ShapeDescription ToInternal(const Fart_ShapeDescription& description) {
  return {.name = description.name,
          .references = static_cast<std::uint32_t>(description.reference_count),
          .weak_references = static_cast<std::uint32_t>(description.weak_reference_count),
          .raw_bytes = static_cast<std::uint32_t>(description.byte_count),
          .variable_part = ToVariablePart(description.variable_part),
          .ephemeron = description.is_ephemeron};
}

// How many shapes were registered before an object's; -1 of what has none that was.
std::intptr_t IndexOfShape(const Isolate& isolate, ObjectPtr object) {
  if (!object.IsHeapObject()) return -1;
  const ShapeInfo& info = isolate.shapes()[Header::Of(object).shape()];
  return info.kind == ShapeKind::kEmbedder ? std::intptr_t{info.index} : -1;
}

}  // namespace

namespace fart::api {

std::string ReadDescription(const char* function, const char* argument,
                            const Fart_ShapeDescription& description, ShapeDescription* read) {
  if (description.struct_size != sizeof(Fart_ShapeDescription)) {
    return Expects(function, argument, "of a struct_size that some version has");
  }
  struct Count {
    const char* name;
    std::intptr_t number;
    std::uint64_t max;
  };
  for (const Count& count : {Count{"reference_count", description.reference_count, kMaxCount},
                             {"weak_reference_count", description.weak_reference_count, kMaxCount},
                             {"byte_count", description.byte_count, Shape::kMaxFixedSize}}) {
    if (IsInRange(count.number, count.max)) continue;
    const std::string name = std::string(argument) + "->" + count.name;
    return ExpectsRange(function, name.c_str(), count.max, count.number);
  }
  if (const char* const rule = BrokenRule(description)) return Expects(function, argument, rule);
  *read = ToInternal(description);
  if (Shape::IsPossible(*read)) return {};
  return Expects(function, argument, "a shape whose fixed parts are 16384 bytes at most");
}

void NoteEphemeronShapes(Isolate& isolate) {
  if (!isolate.direct_host().is_attached) return;
  for (std::uint32_t id = ShapeTable::kFirstFree; id < isolate.shapes().size(); ++id) {
    if (isolate.shapes()[ShapeId{id}].kind == ShapeKind::kEmbedder &&
        isolate.heap().shapes()[ShapeId{id}].is_ephemeron()) {
      return isolate.heap().LetPairsBeReadInlined();
    }
  }
}

}  // namespace fart::api

Fart_Handle Fart_RegisterShape(const Fart_ShapeDescription* description,
                               Fart_Shape* shape) FART_MAY_COLLECT FART_TRY {
  if (shape != nullptr) *shape = nullptr;
  FART_ENTER(isolate);
  FART_NEED_POINTER(isolate, description);
  FART_NEED_POINTER(isolate, shape);
  ShapeDescription read;
  const std::string broken = ReadDescription(__func__, "description", *description, &read);
  if (!broken.empty()) return NewErrorHandle(isolate, broken);
  ShapeId id{};
  if (!isolate.shapes().Register(read, {.kind = ShapeKind::kEmbedder}, &id)) {
    return NewErrorHandle(isolate, "Fart_RegisterShape: this heap can tell no more shapes apart.");
  }
  NoteEphemeronShapes(isolate);
  *shape = ShapeToForeign(isolate, id);
  return Success();
}
FART_CATCH

bool Fart_HasRegisteredShape(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  const NoSafepointScope quiet;
  return IsEmbedders(isolate, value.Get(quiet));
}
FART_CATCH_OR(false)

namespace whole {

[[gnu::noinline]] static bool Fart_IsOfShape(Fart_Handle object,
                                             Fart_Shape shape) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  ShapeId id{};
  if (!ShapeFromForeign(isolate, shape, &id)) {
    RecordMisuse(Expects(__func__, "shape", "a shape of the current isolate"));
    return false;
  }
  const NoSafepointScope quiet;
  return HasShape(value.Get(quiet), id);
}
FART_CATCH_OR(false)

[[gnu::noinline]] static std::intptr_t Fart_ShapeIndex(Fart_Handle object)
    FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, -1);
  FART_UNWRAP_OR(isolate, value, object, -1);
  const NoSafepointScope quiet;
  return IndexOfShape(isolate, value.Get(quiet));
}
FART_CATCH_OR(-1)

}  // namespace whole

bool Fart_IsOfShape(Fart_Handle object, Fart_Shape shape) FART_READS_OBJECTS {
  const Isolate* const isolate = Isolate::Current();
  ShapeId id{};
  if (isolate != nullptr && ShapeFromForeign(*isolate, shape, &id)) [[likely]] {
    const ObjectPtr* const value = QuickSlot(*isolate, object);
    if (value != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      return HasShape(*value, id);
    }
  }
  return whole::Fart_IsOfShape(object, shape);
}

std::intptr_t Fart_ShapeIndex(Fart_Handle object) FART_READS_OBJECTS {
  const Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const value = QuickSlot(*isolate, object);
    if (value != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      return IndexOfShape(*isolate, *value);
    }
  }
  return whole::Fart_ShapeIndex(object);
}

Fart_Handle Fart_ObjectShape(Fart_Handle object, Fart_Shape* shape) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_NEED_POINTER(isolate, shape);
  FART_NEED_EMBEDDERS(isolate, value, object);
  const NoSafepointScope quiet;
  *shape = ShapeToForeign(isolate, ShapeIdOf(value.Get(quiet)));
  return Success();
}
FART_CATCH

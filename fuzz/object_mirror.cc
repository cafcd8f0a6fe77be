#include "fuzz/object_mirror.h"

#include <string>

namespace fart::fuzz {
namespace {

constexpr std::intptr_t kIdBytes = 8;
// A list's first element is its number; the model's begin behind it.
constexpr std::intptr_t kListOffset = 1;

std::string TextOf(ObjectId id) { return "object " + std::to_string(id); }
double NumberOf(ObjectId id) { return static_cast<double>(id) + 0.25; }

bool ReadsInteger(Fart_Handle handle, std::int64_t expected) {
  std::int64_t number = 0;
  return Fart_IsInteger(handle) && !Fart_IsError(Fart_IntegerToInt64(handle, &number)) &&
         number == expected;
}

}  // namespace

bool ObjectMirror::RegisterShapes() {
  Fart_ShapeDescription description{};
  description.struct_size = sizeof(description);
  description.byte_count = kIdBytes;
  bool refused = false;
  const auto add = [&](const char* name, Fart_Shape* shape) {
    description.name = name;
    refused |= Fart_IsError(Fart_RegisterShape(&description, shape));
  };
  description.reference_count = 2;
  description.weak_reference_count = 1;
  add("Node", &node_);
  description.weak_reference_count = 0;
  description.is_ephemeron = true;
  add("Ephemeron", &ephemeron_);
  description.is_ephemeron = false;
  description.reference_count = 0;
  description.variable_part = Fart_VariablePart_kReferences;
  add("Array", &array_);
  description.variable_part = Fart_VariablePart_kBytes;
  add("Blob", &blob_);
  return !refused;
}

Fart_Shape ObjectMirror::ShapeOf(ObjectKind kind) const {
  switch (kind) {
    case ObjectKind::kNode:
      return node_;
    case ObjectKind::kEphemeron:
      return ephemeron_;
    case ObjectKind::kArray:
      return array_;
    case ObjectKind::kBlob:
      return blob_;
    case ObjectKind::kList:
    case ObjectKind::kString:
    case ObjectKind::kDouble:
    case ObjectKind::kPair:
      break;
  }
  return nullptr;
}

Fart_Handle ObjectMirror::Make(ObjectKind kind, ObjectId id, std::size_t references,
                               std::size_t bytes) const {
  switch (kind) {
    case ObjectKind::kString:
      return Fart_NewStringFromCString(TextOf(id).c_str());
    case ObjectKind::kDouble:
      return Fart_NewDouble(NumberOf(id));
    case ObjectKind::kList: {
      const Fart_Handle list = Fart_NewList(static_cast<std::intptr_t>(references) + kListOffset);
      if (Fart_IsError(list)) return list;
      Fart_EnterScope();
      const Fart_Handle number = Fart_NewInteger(static_cast<std::int64_t>(id));
      const bool failed = Fart_IsError(Fart_ListSetAt(list, 0, number));
      Fart_ExitScope();
      return failed ? Fart_Null() : list;
    }
    case ObjectKind::kNode:
    case ObjectKind::kEphemeron:
    case ObjectKind::kArray:
    case ObjectKind::kBlob: {
      const std::size_t length = kind == ObjectKind::kArray  ? references
                                 : kind == ObjectKind::kBlob ? bytes
                                                             : 0;
      const Fart_Handle object =
          Fart_AllocateObject(ShapeOf(kind), static_cast<std::intptr_t>(length));
      if (Fart_IsError(object)) return object;
      const std::uint64_t number = id;
      return Fart_IsError(Fart_WriteBytes(object, 0, &number, kIdBytes)) ? Fart_Null() : object;
    }
    case ObjectKind::kPair:
      break;
  }
  return nullptr;
}

bool ObjectMirror::IsObject(Fart_Handle handle, ObjectKind kind, ObjectId id) const {
  switch (kind) {
    case ObjectKind::kString: {
      const char* text = nullptr;
      return Fart_IsString(handle) && !Fart_IsError(Fart_StringToCString(handle, &text)) &&
             TextOf(id) == text;
    }
    case ObjectKind::kDouble: {
      double number = 0;
      return Fart_IsDouble(handle) && !Fart_IsError(Fart_DoubleValue(handle, &number)) &&
             number == NumberOf(id);
    }
    case ObjectKind::kList:
      return Fart_IsList(handle) &&
             ReadsInteger(Fart_ListGetAt(handle, 0), static_cast<std::int64_t>(id));
    case ObjectKind::kNode:
    case ObjectKind::kEphemeron:
    case ObjectKind::kArray:
    case ObjectKind::kBlob: {
      Fart_Shape shape = nullptr;
      std::uint64_t number = 0;
      return Fart_HasRegisteredShape(handle) && !Fart_IsError(Fart_ObjectShape(handle, &shape)) &&
             shape == ShapeOf(kind) &&
             !Fart_IsError(Fart_ReadBytes(handle, 0, &number, kIdBytes)) && number == id;
    }
    case ObjectKind::kPair:
      break;
  }
  return false;
}

bool ObjectMirror::Reads(Fart_Handle handle, const Value& value, const HandleModel& model) const {
  switch (value.kind) {
    case Value::Kind::kNull:
      return Fart_IsNull(handle);
    case Value::Kind::kInteger:
      return ReadsInteger(handle, value.number);
    case Value::Kind::kImmediate:
      return !Fart_IsNull(handle) && !Fart_IsInteger(handle) && !Fart_IsError(handle);
    case Value::Kind::kObject:
      return IsObject(handle, model[value.id()].kind, value.id());
  }
  return false;
}

Fart_Handle ObjectMirror::GetStrong(Fart_Handle object, ObjectKind kind, std::size_t index) const {
  const auto at = static_cast<std::intptr_t>(index);
  return kind == ObjectKind::kList ? Fart_ListGetAt(object, at + kListOffset)
                                   : Fart_GetReference(object, at);
}

Fart_Handle ObjectMirror::SetStrong(Fart_Handle object, ObjectKind kind, std::size_t index,
                                    Fart_Handle value) const {
  const auto at = static_cast<std::intptr_t>(index);
  return kind == ObjectKind::kList ? Fart_ListSetAt(object, at + kListOffset, value)
                                   : Fart_SetReference(object, at, value);
}

Fart_Handle ObjectMirror::MakePlain(const Value& value) {
  return value.kind == Value::Kind::kNull ? Fart_Null() : Fart_NewInteger(value.number);
}

}  // namespace fart::fuzz

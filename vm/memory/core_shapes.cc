#include "vm/memory/core_shapes.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <string>

#include "heap/base/check.h"

namespace fart {

namespace {

struct CoreShape {
  ShapeId id;
  ShapeKind kind;
  ShapeDescription description;
};

constexpr ShapeDescription Nothing(const char* name) { return {.name = name}; }
constexpr ShapeDescription Variable(const char* name, VariablePart part) {
  return {.name = name, .variable_part = part};
}
constexpr ShapeDescription Fixed(const char* name, std::uint32_t references,
                                 std::uint32_t raw_bytes) {
  return {.name = name, .references = references, .raw_bytes = raw_bytes};
}

constexpr CoreShape kCoreShapes[] = {
    {core_shape::kSmi, ShapeKind::kSmi, Nothing("int")},
    {core_shape::kNullValue, ShapeKind::kNullValue, Nothing("Null")},
    {core_shape::kBool, ShapeKind::kBool, Nothing("bool")},
    {core_shape::kMarker, ShapeKind::kMarker, Nothing("marker")},
    {core_shape::kLatin1String, ShapeKind::kString, Variable("String", VariablePart::kBytes)},
    {core_shape::kExternalLatin1String, ShapeKind::kString, Fixed("String", 0, 16)},
    {core_shape::kUtf16String, ShapeKind::kString, Variable("String", VariablePart::kBytes)},
    {core_shape::kExternalUtf16String, ShapeKind::kString, Fixed("String", 0, 16)},
    {core_shape::kDouble, ShapeKind::kDouble, Fixed("double", 0, 8)},
    {core_shape::kMint, ShapeKind::kMint, Fixed("int", 0, 8)},
    {core_shape::kBigInteger, ShapeKind::kBigInteger, Variable("int", VariablePart::kBytes)},
    {core_shape::kArray, ShapeKind::kArray, Variable("List", VariablePart::kReferences)},
    {core_shape::kMarkedArray, ShapeKind::kArray, Variable("List", VariablePart::kReferences)},
    {core_shape::kImmutableArray, ShapeKind::kArray, Variable("List", VariablePart::kReferences)},
    {core_shape::kMarkedImmutableArray, ShapeKind::kArray,
     Variable("List", VariablePart::kReferences)},
    {core_shape::kGrowableList, ShapeKind::kGrowableList, Fixed("List", 1, 16)},
    {core_shape::kError, ShapeKind::kError, Fixed("error", 3, 8)},
    {core_shape::kLibrary, ShapeKind::kLibrary, Fixed("library", 0, 8)},
    {core_shape::kStackTrace, ShapeKind::kStackTrace, Fixed("StackTrace", 2, 0)},
    {core_shape::kType, ShapeKind::kType, Fixed("Type", 0, 8)},
    {core_shape::kSendPort, ShapeKind::kSendPort, Fixed("SendPort", 0, 16)},
    {core_shape::kCapability, ShapeKind::kCapability, Fixed("Capability", 0, 8)},
};
static_assert(ShapeId{ShapeTable::kFirstFree + std::size(kCoreShapes)} == core_shape::kTypedData);

// In the order of TypedDataType.
constexpr const char* kTypedDataNames[] = {
    "ByteData",    "Int8List",    "Uint8List",    "Uint8ClampedList", "Int16List",
    "Uint16List",  "Int32List",   "Uint32List",   "Int64List",        "Uint64List",
    "Float32List", "Float64List", "Float32x4List"};
static_assert(std::size(kTypedDataNames) == core_shape::kTypedDataTypes);

}  // namespace

ShapeRegistry::ShapeRegistry(ShapeTable& table) : table_(table) {
  infos_.resize(ShapeTable::kFirstFree);
  for (const CoreShape& core : kCoreShapes) RegisterCore(core.id, core.kind, core.description);
  const auto register_typed_data = [this](ShapeId first, std::uint32_t references,
                                          std::uint32_t raw_bytes, VariablePart variable_part) {
    for (std::uint32_t type = 0; type < core_shape::kTypedDataTypes; ++type) {
      RegisterCore(ShapeId{static_cast<std::uint32_t>(first) + type}, ShapeKind::kTypedData,
                   {.name = kTypedDataNames[type],
                    .references = references,
                    .raw_bytes = raw_bytes,
                    .variable_part = variable_part});
    }
  };
  register_typed_data(core_shape::kTypedData, 0, 0, VariablePart::kBytes);
  register_typed_data(core_shape::kExternalTypedData, 0, 16, VariablePart::kNone);
  register_typed_data(core_shape::kTypedDataView, 1, 16, VariablePart::kNone);
  RegisterCore(core_shape::kByteBuffer, ShapeKind::kByteBuffer, Fixed("ByteBuffer", 1, 0));
  FART_CHECK(infos_.size() == core_shape::kLimit);
}

void ShapeRegistry::RegisterCore(ShapeId expected, ShapeKind kind,
                                 const ShapeDescription& description) {
  ShapeId id{};
  FART_CHECK(table_.Register(description, &id) && id == expected);  // VM-K1
  infos_.push_back({.kind = kind, .owner = nullptr});
  const Shape& shape = table_[id];
  if (shape.has_length()) {
    FART_CHECK(shape.variable_offset() == kVariablePartOffset);
  } else {
    FART_CHECK(shape.references_offset() == kReferencesOffset);
    FART_CHECK(shape.references() != 0 || shape.raw_offset() == kNumberOffset);
  }
}

bool ShapeRegistry::Register(const ShapeDescription& description, ShapeInfo info, ShapeId* id) {
  if (!TakeReleased(description, info, id) && !RegisterFresh(description, info, id)) return false;
  CountIn((*this)[*id]);
  return true;
}

void ShapeRegistry::CountIn(ShapeInfo& info) {
  if (info.kind == ShapeKind::kEmbedder) info.index = embedders_++;
}

bool ShapeRegistry::RegisterRun(std::span<const ShapeDescription> descriptions, ShapeInfo info,
                                ShapeId* first) {
  std::uint32_t made = 0;
  const auto take_back = [&] {
    while (made != 0) Release(ShapeId{static_cast<std::uint32_t>(*first) + --made});
  };
  try {
    for (const ShapeDescription& description : descriptions) {
      ShapeId id{};
      if (!RegisterFresh(description, info, &id)) {
        take_back();
        return false;
      }
      if (made++ == 0) *first = id;
    }
  } catch (const std::bad_alloc&) {
    take_back();
    throw;
  }
  for (std::uint32_t i = 0; i < made; ++i) {
    CountIn((*this)[ShapeId{static_cast<std::uint32_t>(*first) + i}]);
  }
  return true;
}

bool ShapeRegistry::RegisterFresh(const ShapeDescription& description, ShapeInfo info,
                                  ShapeId* id) {
  FART_CHECK(table_.size() == infos_.size());  // VM-K2: everybody registers here
  if (released_.capacity() <= infos_.size()) released_.reserve(2 * infos_.size());
  const std::size_t names = names_.size();
  const auto take_back = [&] {
    infos_.resize(table_.size());
    if (names_.size() != names) names_.pop_back();
  };
  infos_.push_back(info);
  try {
    ShapeDescription kept = description;
    kept.name = names_.emplace_back(description.name).c_str();
    if (table_.Register(kept, id)) return true;
  } catch (const std::bad_alloc&) {
    take_back();
    throw;
  }
  take_back();
  return false;
}

namespace {

bool HasLayout(const Shape& shape, const ShapeDescription& description) {
  return shape.references() == description.references &&
         shape.weak_references() == description.weak_references &&
         shape.raw_bytes() == description.raw_bytes &&
         shape.variable_part() == description.variable_part &&
         shape.is_ephemeron() == description.ephemeron;
}

}  // namespace

bool ShapeRegistry::TakeReleased(const ShapeDescription& description, ShapeInfo info, ShapeId* id) {
  const auto found =
      std::ranges::find_if(released_.rbegin(), released_.rend(), [&](ShapeId released) {
        return HasLayout(table_[released], description);  // VM-K3
      });
  if (found == released_.rend()) return false;
  std::string name = description.name;
  *id = *found;
  *found = released_.back();
  released_.pop_back();
  std::string& place = names_[static_cast<std::uint32_t>(*id) - core_shape::kLimit];
  place.swap(name);
  table_.Rename(*id, place.c_str());
  (*this)[*id] = info;
  return true;
}

void ShapeRegistry::Release(ShapeId id) noexcept {
  FART_CHECK(static_cast<std::uint32_t>(id) >= core_shape::kLimit);
  FART_DCHECK(released_.size() < released_.capacity());
  (*this)[id] = ShapeInfo{};
  released_.push_back(id);
}

}  // namespace fart

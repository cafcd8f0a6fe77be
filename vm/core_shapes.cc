#include "vm/core_shapes.h"

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
    {core_shape::kUtf16String, ShapeKind::kString, Variable("String", VariablePart::kBytes)},
    {core_shape::kDouble, ShapeKind::kDouble, Fixed("double", 0, 8)},
    {core_shape::kMint, ShapeKind::kMint, Fixed("int", 0, 8)},
    {core_shape::kArray, ShapeKind::kArray, Variable("List", VariablePart::kReferences)},
    {core_shape::kImmutableArray, ShapeKind::kArray, Variable("List", VariablePart::kReferences)},
    {core_shape::kGrowableList, ShapeKind::kGrowableList, Fixed("List", 1, 8)},
    {core_shape::kError, ShapeKind::kError, Fixed("error", 3, 8)},
    {core_shape::kLibrary, ShapeKind::kLibrary, Fixed("library", 0, 8)},
    {core_shape::kStackTrace, ShapeKind::kStackTrace, Fixed("StackTrace", 2, 0)},
    {core_shape::kType, ShapeKind::kType, Fixed("Type", 0, 8)},
    {core_shape::kSendPort, ShapeKind::kSendPort, Fixed("SendPort", 0, 16)},
    {core_shape::kCapability, ShapeKind::kCapability, Fixed("Capability", 0, 8)},
};
static_assert(ShapeTable::kFirstFree + sizeof(kCoreShapes) / sizeof(kCoreShapes[0]) ==
              core_shape::kLimit);

}  // namespace

ShapeRegistry::ShapeRegistry(ShapeTable& table) : table_(table) {
  infos_.resize(ShapeTable::kFirstFree);
  for (const CoreShape& core : kCoreShapes) {
    ShapeId id{};
    FART_CHECK(table_.Register(core.description, &id) && id == core.id);  // K1
    infos_.push_back({.kind = core.kind, .owner = nullptr});
    const Shape& shape = table_[id];
    if (shape.has_length()) {
      FART_CHECK(shape.variable_offset() == kVariablePartOffset);
    } else {
      FART_CHECK(shape.references_offset() == kReferencesOffset);
      FART_CHECK(shape.references() != 0 || shape.raw_offset() == kNumberOffset);
    }
  }
}

bool ShapeRegistry::Register(const ShapeDescription& description, ShapeInfo info, ShapeId* id) {
  FART_CHECK(table_.size() == infos_.size());  // K2: everybody registers here
  ShapeDescription kept = description;
  names_.emplace_back(description.name);
  kept.name = names_.back().c_str();
  if (!table_.Register(kept, id)) {
    names_.pop_back();
    return false;
  }
  infos_.push_back(info);
  return true;
}

}  // namespace fart

#include "vm/ffi/struct_layout.h"

#include <algorithm>
#include <utility>

#include "heap/base/check.h"

namespace fart::ffi {

namespace {

bool IsPacking(std::uint32_t packing) { return packing <= 16 && (packing & (packing - 1)) == 0; }

// `alignment` is a power of two.
std::uint64_t RoundedUp(std::uint64_t size, std::uint64_t alignment) {
  return (size + alignment - 1) & ~(alignment - 1);
}

bool CanBeStored(const NativeType& type) {
  return type.kind != NativeKind::kVoid && type.kind != NativeKind::kHandle &&
         type.kind != NativeKind::kOpaque;
}

}  // namespace

std::unique_ptr<const NativeType> NewCompound(NativeKind kind, std::string name,
                                              const std::vector<FieldDeclaration>& fields,
                                              std::uint32_t packing, std::string* error) {
  FART_CHECK(kind == NativeKind::kStruct || kind == NativeKind::kUnion);
  if (fields.empty()) {
    *error = "'" + name + "' has no fields: a native type has at least one.";
    return nullptr;
  }
  if (!IsPacking(packing)) {
    *error = "'" + name + "' is packed to " + std::to_string(packing) +
             ": a packing is 1, 2, 4, 8 or 16.";
    return nullptr;
  }
  auto type = std::make_unique<NativeType>();
  type->kind = kind;
  type->name = std::move(name);
  std::uint64_t end = 0;
  for (const FieldDeclaration& field : fields) {
    if (!CanBeStored(*field.type)) {
      *error = "The field '" + field.name + "' of '" + type->name + "' is of type '" +
               field.type->name + "', which nothing can be stored as.";
      return nullptr;
    }
    const std::uint64_t alignment = packing == 0
                                        ? field.type->alignment
                                        : std::min<std::uint64_t>(field.type->alignment, packing);
    const std::uint64_t offset = kind == NativeKind::kUnion ? 0 : RoundedUp(end, alignment);
    if (field.type->size > kMaxTypeSize - offset) {
      *error = "'" + type->name + "' is too large: its field '" + field.name + "' ends behind " +
               std::to_string(kMaxTypeSize) + " bytes.";
      return nullptr;
    }
    type->fields.push_back({field.name, field.type, offset});
    type->alignment = std::max(type->alignment, alignment);
    end = std::max(end, offset + field.type->size);  // VF-L1
  }
  type->size = RoundedUp(end, type->alignment);
  return type;
}

std::unique_ptr<const NativeType> NewArrayType(const NativeType* element, std::int64_t length,
                                               std::string* error, bool is_variable) {
  if (!CanBeStored(*element)) {
    *error = "An array of '" + element->name + "': nothing can be stored as that.";
    return nullptr;
  }
  if (length < 0 || (length == 0 && !is_variable)) {
    *error = "An array of " + std::to_string(length) + " elements: there must be at least one.";
    return nullptr;
  }
  if (static_cast<std::uint64_t>(length) > kMaxTypeSize / element->size) {
    *error = "An array of " + std::to_string(length) + " elements of '" + element->name +
             "' is too large: at most " + std::to_string(kMaxTypeSize) + " bytes.";
    return nullptr;
  }
  auto type = std::make_unique<NativeType>();
  type->kind = NativeKind::kArray;
  type->name = "Array<" + element->name + ">(" + std::to_string(length) + ")";
  type->element = element;
  type->length = static_cast<std::uint64_t>(length);
  type->is_variable = is_variable;
  type->size = type->length * element->size;
  type->alignment = element->alignment;
  return type;
}

}  // namespace fart::ffi

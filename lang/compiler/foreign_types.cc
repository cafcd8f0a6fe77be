#include "lang/compiler/foreign_types.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "lang/compiler/name_linker.h"
#include "lang/compiler/type_resolver.h"

namespace fart::lang {

bool IsOfFfi(const LibrarySet& set, const TypeRef& type) {
  return type.kind == TypeRef::Kind::kClass && set.library(type.cls.library).uri == kFfiUri;
}
bool IsFfiClass(const LibrarySet& set, const TypeRef& type, std::string_view name) {
  return IsOfFfi(set, type) && set.ClassOf(type.cls).name.text == name;
}

ValueKind ValueKindOf(const LibrarySet& set, const TypeRef& type) {
  constexpr std::string_view kInts[] = {"Int8",
                                        "Int16",
                                        "Int32",
                                        "Int64",
                                        "Uint8",
                                        "Uint16",
                                        "Uint32",
                                        "Uint64",
                                        "Char",
                                        "SignedChar",
                                        "UnsignedChar",
                                        "Short",
                                        "UnsignedShort",
                                        "Int",
                                        "UnsignedInt",
                                        "Long",
                                        "UnsignedLong",
                                        "LongLong",
                                        "UnsignedLongLong",
                                        "Size",
                                        "IntPtr",
                                        "UintPtr",
                                        "WChar"};
  if (type.kind != TypeRef::Kind::kClass) return ValueKind::kNone;
  const CompiledClass& cls = set.ClassOf(type.cls);
  if (cls.compound != nullptr && cls.compound->kind == CompiledCompound::Kind::kInteger) {
    return ValueKind::kInt;
  }
  if (!IsOfFfi(set, type)) return ValueKind::kNone;
  const std::string_view name = cls.name.text;
  if (name == "Float" || name == "Double") return ValueKind::kDouble;
  if (name == "Bool") return ValueKind::kBool;
  const bool is_int = std::find(std::begin(kInts), std::end(kInts), name) != std::end(kInts);
  return is_int ? ValueKind::kInt : ValueKind::kNone;
}

ValueKind DeclaredValueKind(const LibrarySet& set, const TypeRef& type) {
  if (type.kind != TypeRef::Kind::kClass || type.cls.library != set.core()) return ValueKind::kNone;
  const std::string_view name = set.ClassOf(type.cls).name.text;
  if (name == "int") return ValueKind::kInt;
  if (name == "double") return ValueKind::kDouble;
  return name == "bool" ? ValueKind::kBool : ValueKind::kNone;
}

std::optional<CompiledCompound::Kind> BaseOf(const LibrarySet& set, ClassRef ref) {
  for (const TypeRef* above = &set.ClassOf(ref).superclass; above->kind == TypeRef::Kind::kClass;
       above = &set.ClassOf(above->cls).superclass) {
    if (IsFfiClass(set, *above, "Struct")) return CompiledCompound::Kind::kStruct;
    if (IsFfiClass(set, *above, "Union")) return CompiledCompound::Kind::kUnion;
    if (IsFfiClass(set, *above, "AbiSpecificInteger")) return CompiledCompound::Kind::kInteger;
    const CompiledClass& cls = set.ClassOf(above->cls);
    if (cls.mixin.kind != TypeRef::Kind::kClass) return std::nullopt;
  }
  return std::nullopt;
}

bool IsCompound(const LibrarySet& set, const TypeRef& type) {
  if (type.kind != TypeRef::Kind::kClass) return false;
  const auto base = BaseOf(set, type.cls);
  return base && *base != CompiledCompound::Kind::kInteger;
}

Meant MeaningOf(LibrarySet& set, int library, const ast::Annotation& annotation) {
  const std::vector<std::string>& names = annotation.names;
  const Entity* const first = FindVisible(set, library, "", names[0]);
  const bool has_prefix = first != nullptr && first->kind == Entity::Kind::kPrefix;
  const std::size_t place = has_prefix ? 1 : 0;
  Meant meant;
  meant.type.kind = TypeRef::Kind::kUnresolved;
  if (names.size() <= place) return meant;
  ast::Type type;
  if (has_prefix) type.prefix = names[0];
  type.name = names[place];
  meant.type = ResolveType(set, library, {}, type);
  if (names.size() > place + 1) meant.constructor = names[place + 1];
  return meant;
}

namespace {

class ConstantInts {
 public:
  ConstantInts(LibrarySet& set, int library, int steps = kMaxSteps)
      : set_(set), library_(library), steps_(steps) {}

  // Nothing: it is none, or more than a length needs. (Constants may refer to each other in
  // circles, and each to the next one twice.)
  std::optional<std::int64_t> Of(ast::Expression* expression) {
    if (--steps_ < 0) return std::nullopt;
    if (const auto* literal = ast::As<ast::IntLiteral>(expression)) {
      if (!literal->big.empty()) return std::nullopt;
      return literal->value;
    }
    if (const auto* unary = ast::As<ast::Unary>(expression)) {
      const auto operand = Of(unary->operand);
      std::int64_t result = 0;
      if (unary->op != ast::UnaryOperator::kNegate || !operand ||
          __builtin_sub_overflow(std::int64_t{0}, *operand, &result)) {
        return std::nullopt;
      }
      return result;
    }
    if (const auto* binary = ast::As<ast::Binary>(expression)) return OfBinary(*binary);
    return OfVariable(expression);
  }

 private:
  std::optional<std::int64_t> OfBinary(const ast::Binary& binary) {
    const auto left = Of(binary.left);
    const auto right = Of(binary.right);
    if (!left || !right) return std::nullopt;
    std::int64_t result = 0;
    bool is_lost = false;
    switch (binary.op) {
      case ast::BinaryOperator::kAdd:
        is_lost = __builtin_add_overflow(*left, *right, &result);
        break;
      case ast::BinaryOperator::kSub:
        is_lost = __builtin_sub_overflow(*left, *right, &result);
        break;
      case ast::BinaryOperator::kMul:
        is_lost = __builtin_mul_overflow(*left, *right, &result);
        break;
      case ast::BinaryOperator::kTruncDiv:
        is_lost = *right <= 0;
        if (!is_lost) result = *left / *right;
        break;
      case ast::BinaryOperator::kShiftLeft:
        is_lost = *left < 0 || *right < 0 || *right > 40 || *left > (std::int64_t{1} << 20);
        if (!is_lost) result = *left << *right;
        break;
      default:
        is_lost = true;
        break;
    }
    if (is_lost) return std::nullopt;
    return result;
  }

  // `name`, `prefix.name`, `Class.name`, `prefix.Class.name`: a constant.
  std::optional<std::int64_t> OfVariable(ast::Expression* expression) {
    std::vector<std::string> names;
    while (auto* property = ast::As<ast::Property>(expression)) {
      names.push_back(property->name);
      expression = property->target;
    }
    const auto* const identifier = ast::As<ast::Identifier>(expression);
    if (identifier == nullptr) return std::nullopt;
    names.push_back(identifier->name);
    std::reverse(names.begin(), names.end());
    std::size_t place = 0;
    const Entity* entity = FindVisible(set_, library_, "", names[place]);
    if (entity != nullptr && entity->kind == Entity::Kind::kPrefix && names.size() > 1) {
      entity = FindVisible(set_, library_, names[0], names[1]);
      place = 1;
    }
    if (entity == nullptr) return std::nullopt;
    int library = entity->library;
    int variable = entity->index;
    if (entity->kind == Entity::Kind::kClass && place + 2 == names.size()) {
      const auto& members = set_.ClassSourceOf({library, entity->index}).members;
      const auto found = members.find(names[place + 1]);
      if (found == members.end() || !found->second.is_static) return std::nullopt;
      variable = found->second.variable;
    } else if (entity->kind != Entity::Kind::kVariable || place + 1 != names.size()) {
      return std::nullopt;
    }
    if (variable < 0) return std::nullopt;
    const CompiledStatic& compiled =
        *set_.library(library).statics[static_cast<std::size_t>(variable)];
    if (!compiled.is_const) return std::nullopt;
    if (const auto* value = std::get_if<std::int64_t>(&compiled.initial_value)) return *value;
    if (compiled.initializer < 0) return std::nullopt;
    const auto& functions = set_.source(library).functions;
    ast::Expression* const initializer =
        functions[static_cast<std::size_t>(compiled.initializer)].initializer;
    if (initializer == nullptr) return std::nullopt;  // Its source is forgotten.
    ConstantInts there(set_, library, steps_);
    const auto value = there.Of(initializer);
    steps_ = there.steps_;
    return value;
  }

  static constexpr int kMaxSteps = 256;

  LibrarySet& set_;
  const int library_;
  int steps_;
};

}  // namespace

std::optional<std::int64_t> ConstantIntOf(LibrarySet& set, int library,
                                          ast::Expression* expression) {
  return ConstantInts(set, library).Of(expression);
}

bool ImportsFfi(const LibrarySet& set, int library) {
  const std::vector<int>& bindings = set.source(library).bindings;
  return std::any_of(bindings.begin(), bindings.end(), [&set](int bound) {
    return bound != LibrarySet::kUnbound && set.library(bound).uri == kFfiUri;
  });
}

}  // namespace fart::lang

// What classes, annotations and constants mean to declarations of dart:ffi; for the compiler's own
// parts.
//
// Not here: what is declared with them (foreign_declarations.h, native_declarations.h).

#ifndef FART_LANG_COMPILER_FOREIGN_TYPES_H_
#define FART_LANG_COMPILER_FOREIGN_TYPES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "lang/compiler/library_set.h"
#include "lang/syntax/ast.h"

namespace fart::lang {

inline constexpr std::string_view kFfiUri = "dart:ffi";

// (library, file, offset, message)
using FailAt = std::function<void(int, int, std::uint32_t, std::string)>;

[[nodiscard]] bool IsOfFfi(const LibrarySet& set, const TypeRef& type);
[[nodiscard]] bool IsFfiClass(const LibrarySet& set, const TypeRef& type, std::string_view name);

// What the program has of a value of a native type.
enum class ValueKind : std::uint8_t { kNone, kInt, kDouble, kBool };
inline constexpr const char* kValueNames[] = {"", "int", "double", "bool"};

// Of one of dart:ffi's types of ints, doubles and bools, and of what extends AbiSpecificInteger: no
// object is an instance of it. kNone: of another.
[[nodiscard]] ValueKind ValueKindOf(const LibrarySet& set, const TypeRef& type);
// Of int, double and bool.
[[nodiscard]] ValueKind DeclaredValueKind(const LibrarySet& set, const TypeRef& type);

// The class of dart:ffi that the class extends, by way of mixins at most.
[[nodiscard]] std::optional<CompiledCompound::Kind> BaseOf(const LibrarySet& set, ClassRef ref);
// Is it a struct or union?
[[nodiscard]] bool IsCompound(const LibrarySet& set, const TypeRef& type);

// Does it, as written?
[[nodiscard]] bool ImportsFfi(const LibrarySet& set, int library);

// What an annotation names.
struct Meant {
  TypeRef type;             // Of dart:ffi or not; kUnresolved: no class.
  std::string constructor;  // The part after the class.
};
[[nodiscard]] Meant MeaningOf(LibrarySet& set, int library, const ast::Annotation& annotation);

// What Array's dimensions and Packed's number may be. Nothing: it is none, or more than a length
// needs.
[[nodiscard]] std::optional<std::int64_t> ConstantIntOf(LibrarySet& set, int library,
                                                        ast::Expression* expression);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_FOREIGN_TYPES_H_

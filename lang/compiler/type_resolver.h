// What types that are written in a program mean.
//
// Invariants
//   LC-T1 plain    no TypeRef names a typedef: its target stands there, with the arguments in place
//                  of the parameters; those that are missing are `dynamic`.
//   LC-T2 bounded  no type is larger than kMaxTypeParts when its typedefs are replaced, and no
//                  typedef leads back to itself: CheckTypedefs has refused the library.
//
// Not here: types at run time (lang/linker/type_table.h).

#ifndef FART_LANG_COMPILER_TYPE_RESOLVER_H_
#define FART_LANG_COMPILER_TYPE_RESOLVER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lang/compiler/library_set.h"

namespace fart::lang {

inline constexpr std::size_t kMaxTypeParts = 1000;

// The names of type parameters where a type stands.
struct TypeNames {
  std::vector<std::string> in_force;  // By number; of equal names the last is meant.
  // A class's, in what is static: they are known, but stand for `dynamic`.
  std::vector<std::string> unbound;
};

[[nodiscard]] TypeRef ResolveType(LibrarySet& set, int library, const TypeNames& names,
                                  const ast::Type& type);

// An error if a typedef of the library leads to itself or becomes too large.
[[nodiscard]] std::optional<SyntaxError> CheckTypedefs(LibrarySet& set, int library);

// The type with arguments[i] in place of the type parameter of number i; `dynamic` where there is
// none.
[[nodiscard]] TypeRef Substitute(const TypeRef& type, const std::vector<TypeRef>& arguments);

// Finds for type parameters in `pattern` what makes it `type`. They are numbered from `first` on;
// *found has room for them, and what it has already stays.
void MatchType(const TypeRef& pattern, const TypeRef& type, std::size_t first,
               std::vector<std::optional<TypeRef>>* found);

// `List<int>` as the language writes it: sets `text` of a type from its parts.
void SetText(TypeRef* type, const std::string& name);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_TYPE_RESOLVER_H_

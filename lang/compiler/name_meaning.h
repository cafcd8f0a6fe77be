// What a name means where it stands, and how a place can be read, assigned to or called.
//
// The order in which a name is looked up is that of the language: local variables (resolver.h),
// then the members that the enclosing class itself declares, then the library, its imports, and at
// last, where there is a `this`, whatever member `this` turns out to have (inherited ones, that
// is).
//
// Not here: writing code for it (function_compiler_impl.h).

#ifndef FART_LANG_COMPILER_NAME_MEANING_H_
#define FART_LANG_COMPILER_NAME_MEANING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lang/compiler/library_set.h"
#include "lang/compiler/type_resolver.h"

namespace fart::lang {

// A top-level or static name. A method alone, or a variable alone, or accessors.
struct StaticMember {
  std::optional<FunctionRef> method;
  std::optional<FunctionRef> getter;
  std::optional<FunctionRef> setter;
  std::optional<StaticRef> variable;
  bool is_final = false;  // Both of the variable.
  bool is_const = false;
};

struct NameMeaning {
  enum class Kind : std::uint8_t {
    kNothing,
    kStatic,    // `member`
    kInstance,  // A member that the class declares.
    kClass,     // `cls`
    kType,      // A typedef or type parameter.
    kPrefix,
    kAmbiguous,  // Imported from `library` and `other_library`.
  };
  Kind kind = Kind::kNothing;
  StaticMember member;
  ClassRef cls;
  int library = 0;
  int other_library = 0;
};

// Where a piece of source stands.
struct LexicalPlace {
  int library = 0;
  std::optional<ClassRef> cls;
  std::vector<std::string> type_parameters;  // Of functions; the class knows its own.
  bool has_class_types = false;              // The class's are in force: not in what is static.
};

[[nodiscard]] NameMeaning LookupName(LibrarySet& set, const LexicalPlace& place,
                                     const std::string& name);
// `prefix` is the name of one.
[[nodiscard]] NameMeaning LookupPrefixed(LibrarySet& set, const LexicalPlace& place,
                                         const std::string& prefix, const std::string& name);
// A static member that `cls` itself declares and `library` may see.
[[nodiscard]] std::optional<StaticMember> LookupStatic(LibrarySet& set, int library, ClassRef cls,
                                                       const std::string& name);
// Of an application of a mixin: the superclass's one, which it has by the same name. Then the
// function belongs to another class than `cls`, and the fields of the mixins in between are not
// its business (kApplicationConstructor).
[[nodiscard]] std::optional<FunctionRef> LookupConstructor(LibrarySet& set, int library,
                                                           ClassRef cls, const std::string& name);

// For ResolveType.
[[nodiscard]] TypeNames TypeNamesAt(LibrarySet& set, const LexicalPlace& place);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_NAME_MEANING_H_

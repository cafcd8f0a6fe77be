// NameLinker -- what libraries see of each other, and which class extends which.
//
// Not here: the names inside function bodies (function_compiler.h).

#ifndef FART_LANG_COMPILER_NAME_LINKER_H_
#define FART_LANG_COMPILER_NAME_LINKER_H_

#include <optional>
#include <string>
#include <vector>

#include "lang/compiler/library_set.h"
#include "lang/compiler/suggestion.h"

namespace fart::lang {

// Links the libraries whose source is not linked yet; sets CompiledClass::superclass, mixin and
// interfaces, and gives applications their mixin's fields. `lacks_class`: LibrarySet::Link.
[[nodiscard]] std::optional<SyntaxError> LinkNames(LibrarySet& set, bool* lacks_class);

// What a type written in a library means. `type_parameters`: names in force there, which mean
// `dynamic`, as types are not kept at run time.
[[nodiscard]] TypeRef ResolveType(LibrarySet& set, int library,
                                  const std::vector<std::string>& type_parameters,
                                  const ast::Type& type);

// How a sentence ends that says that the type `prefix.name` is unknown (suggestion.h).
[[nodiscard]] std::string EndOfUnknownType(LibrarySet& set, int library, const std::string& prefix,
                                           const std::string& name);

// Considers the names of a scope that `accepts`, without the setters'.
void ConsiderNames(const NameScope& scope, bool (*accepts)(const Entity&), Suggestion* suggestion);

// Null if nothing has that name; looks into `prefix` unless it is empty.
[[nodiscard]] const Entity* FindVisible(LibrarySet& set, int library, const std::string& prefix,
                                        const std::string& name);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_NAME_LINKER_H_

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
#include "lang/compiler/type_resolver.h"

namespace fart::lang {

// Links the libraries whose source is not linked yet; sets CompiledClass::superclass, mixin and
// interfaces, and gives applications their mixin's fields. `lacks_class`: LibrarySet::Link.
[[nodiscard]] std::optional<SyntaxError> LinkNames(LibrarySet& set, bool* lacks_class);

// Fills in `generic` of a function that has type parameters, or of a factory of a class with some.
void LinkSignature(LibrarySet& set, FunctionRef ref);
// The same of one with type parameters. `names`: those in
// force around it. Of a factory, of the class.
void LinkSignature(LibrarySet& set, int library, const ast::FunctionNode& node, TypeNames names,
                   CompiledFunction& function);
void LinkFactorySignature(LibrarySet& set, ClassRef cls, CompiledFunction& function);

// The class with its own type parameters as arguments.
[[nodiscard]] TypeRef ThisTypeOf(LibrarySet& set, ClassRef cls);

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

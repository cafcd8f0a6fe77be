// Declarer -- fills a library's tables from its syntax trees: everything but superclasses and code.
//
// Not here: looking anything up in other libraries (name_linker.h).

#ifndef FART_LANG_COMPILER_DECLARER_H_
#define FART_LANG_COMPILER_DECLARER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lang/compiler/library_set.h"

namespace fart::lang {

// `source.units` and the number and URI of `library` are set; nothing else is.
[[nodiscard]] std::optional<SyntaxError> Declare(CompiledLibrary& library, LibrarySource& source,
                                                 const CompileOptions& options);

// The same for one more unit, the last of `source.units`, of a library that has been declared. Its
// names must be free.
[[nodiscard]] std::optional<SyntaxError> DeclareUnit(CompiledLibrary& library,
                                                     LibrarySource& source,
                                                     const CompileOptions& options);

// What ReadMembers has read of a class without members; `source` has it as its class's own already.
// Twice the same is a mistake of the file, which ends the process: it is one of the libraries
// `dart:`.
void DeclareMembers(CompiledLibrary& library, LibrarySource& source, const CompileOptions& options,
                    int cls);

// Why the prefix of a deferred import cannot be that one; empty: it can. What is imported under it
// asks whether it has been loaded, so nothing else can be. The declarer asks of a file's own
// directives; others may come later (LibrarySet::AddImport).
[[nodiscard]] std::string ObjectionToPrefix(const std::vector<ast::Directive>& directives,
                                            const ast::Directive& deferred);

// Appends a function and where it comes from (LC-S1). Returns its index.
int AppendFunction(CompiledLibrary& library, LibrarySource& source,
                   std::unique_ptr<CompiledFunction> function, const FunctionSource& from);

// The slots and kinds of a function's parameters; shared with closures.
void DeclareParameters(const ast::FunctionNode& node, CompiledFunction& function);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_DECLARER_H_

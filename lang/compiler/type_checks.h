// TypeChecks -- which checks annotations ask for, where they are checks (checked mode).
//
// Whatever is declared to be of a type is then checked when it gets its value: variables, fields,
// parameters, results. Null is always accepted, and `dynamic`, `Object` and `void` ask for nothing.
// A check is `is`, as the VM answers it anywhere: what nobody has said of type arguments fits.
//
// Invariants
//   LC-C1 off      without CompileOptions::check_types nothing of this is in any code, and no class
//                  has a member more.
//   LC-C2 own      a type parameter of a function asks for nothing: what it stands for in a call is
//                  told or guessed for who asks (docs/design/types_as_values.md), not declared. One
//                  of a class is what its object was made with.
//   LC-C3 library  of the `dart:` libraries only what depends on type parameters is checked, where
//                  a program hands it over: their parameters, and the fields that others can set.
//                  Else they say themselves what they do not take, as in unchecked mode. Of
//                  dart:ffi nothing is: its type arguments name types of C, of which no value is an
//                  instance.
//   LC-C4 setters  a field that others can set, and that asks for a check, has a setter: code that
//                  checks and then stores. What sets it finds that in place of the field.
//
// Not here: where in the code checks stand (compile_checks.cc), what they do (lang/interpreter).

#ifndef FART_LANG_COMPILER_TYPE_CHECKS_H_
#define FART_LANG_COMPILER_TYPE_CHECKS_H_

#include <cstdint>
#include <optional>

#include "lang/compiler/library_set.h"
#include "lang/compiler/name_meaning.h"

namespace fart::lang {

// How much of what a library declares is checked.
enum class Checking : std::uint8_t {
  kNothing,
  kTypeParameters,  // LC-C3
  kAll,
};
[[nodiscard]] Checking CheckingOf(const LibrarySet& set, int library);

// What a value of that type, which means that there, is held against; nothing: anything will do.
[[nodiscard]] std::optional<TypeRef> CheckFor(LibrarySet& set, const LexicalPlace& place,
                                              const TypeRef& type, Checking checking);
[[nodiscard]] std::optional<TypeRef> CheckFor(LibrarySet& set, const LexicalPlace& place,
                                              const ast::Type& type, Checking checking);

// Does the literal, or whatever it is, need no check for that type? False: nobody knows.
[[nodiscard]] bool IsPlainlyOf(const LibrarySet& set, const ast::Expression& value,
                               const TypeRef& type);
// The same of a type as it is written, where names mean nothing yet. Only of literals.
[[nodiscard]] bool IsPlainlyOf(const ast::Expression& literal, const ast::Type& type);

// What a library's classes and natives need for their checks, before any of it is compiled: setters
// (LC-C4), and code around natives, which look at their arguments behind their quick ways.
void PrepareChecks(LibrarySet& set, int library);
// The same of one class, whose members were read later (LC-S6).
void PrepareChecks(LibrarySet& set, ClassRef cls);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_TYPE_CHECKS_H_

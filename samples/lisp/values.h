// The values of the Lisp: what its heap holds. Of heaps it knows the names in heap_fart.h.

#ifndef FART_SAMPLES_LISP_VALUES_H_
#define FART_SAMPLES_LISP_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace lisp {

using namespace heap;  // NOLINT: whichever it is

// A program is wrong. (std::bad_alloc: the heap is full.)
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Pair : Object {
  static constexpr Layout kLayout{"Pair", 2};
  Field<Any, 1> car;
  Field<Any, 2> cdr;
};

// A Pair of code, whose lists are proper: resolve.h has looked.
struct Code : Object {
  Field<Any, 1> first;
  Field<Code, 2> rest;
};

struct String : VariableObject {
  static constexpr Layout kLayout = Layout("String").ThenBytes();
  ByteTail<2> text;
};

struct Symbol : Object {
  static constexpr Layout kLayout{"Symbol", 2};
  Field<String, 1> name;
  Field<Any, 2> value;  // of the global variable; of `if` and the like a Special
};

// The variables of one call, or of one `let`.
struct Environment : VariableObject {
  static constexpr Layout kLayout = Layout("Environment", 1).ThenReferences();
  Field<Environment, 2> outer;
  Tail<Any, 3> values;
};

// What resolve.h makes of the name of a variable that is not global.
struct Variable : Object {
  static constexpr Layout kLayout{"Variable", 0, 0, 1};
  struct Place {
    std::uint32_t depth;  // how many environments further out
    std::uint32_t index;
  };
  Raw<Place, 1> place;
};

struct Closure : Object {
  static constexpr Layout kLayout{"Closure", 2, 0, 1};
  Field<Code, 1> body;
  Field<Environment, 2> scope;
  Raw<std::size_t, 3> parameters;  // how many
};

class Lisp;
// A function of the Lisp's own. Its arguments are raw: what it needs when it has made something, it
// roots.
struct Function {
  const char* name;
  int arguments;  // up to 3; the others are null
  Ref<> (*call)(Lisp& lisp, Ref<> a, Ref<> b, Ref<> c);
};
struct Builtin : Object {
  static constexpr Layout kLayout{"Builtin", 0, 0, 1};
  Raw<const Function*, 1> function;
};

// A table's keys and values in turn; kNothing where no key is.
struct Entries : VariableObject {
  static constexpr Layout kLayout = Layout("Entries").ThenReferences();
  Tail<Any, 2> all;
};
// By identity: two strings of the same text are two keys.
struct Table : Object {
  static constexpr Layout kLayout{"Table", 1, 0, 1};
  Field<Entries, 1> entries;
  Raw<std::size_t, 2> count;
};

using Values = Types<Pair, Symbol, Variable, Closure, Builtin, Environment, String, Table, Entries>;

// Values that are no objects. From kQuote on they are what special forms begin with.
enum Special : unsigned {
  kFalse,
  kTrue,
  kNothing,
  kQuote,
  kIf,
  kDefine,
  kSet,
  kLambda,
  kBegin,
  kLet,
  kSpecials
};
inline constexpr const char* kSpecialNames[kSpecials] = {
    "#f", "#t", "#<nothing>", "quote", "if", "define", "set!", "lambda", "begin", "let"};

template <class T>
bool IsA(Ref<> value) {
  const NoCollect quiet;
  return value.is<T>();
}
inline bool IsForm(Ref<> value) { return value.is_immediate() && value.immediate() >= kQuote; }
inline bool IsTrue(Ref<> value) { return value != Immediate(kFalse); }

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_VALUES_H_

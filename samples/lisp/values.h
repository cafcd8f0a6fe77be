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
// Out of line: texts have no room in the frames of those that call it.
[[noreturn, gnu::cold, gnu::noinline]] inline void Fail(const char* text, const char* more) {
  throw Error(std::string(text) + more);
}

struct Pair : Object {
  static constexpr Layout kLayout{"Pair", 2};
  Field<Any, 1> car;
  Field<Any, 2> cdr;
};

// A Pair as lists are read; those of programs are proper.
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

// A local variable, and those around it; an entry of a table, and others of its bucket.
struct Binding : Object {
  static constexpr Layout kLayout{"Binding", 3};
  Field<Any, 1> name;
  Field<Any, 2> value;
  Field<Binding, 3> outer;
};

struct Closure : Object {
  static constexpr Layout kLayout{"Closure", 3};
  Field<Code, 1> parameters;
  Field<Code, 2> body;
  Field<Binding, 3> scope;
};

class Lisp;
// A function of the Lisp's own. Its arguments are raw.
struct Function {
  const char* name;
  int arguments;  // up to 3; the others are null
  Ref<> (*call)(Lisp& lisp, Ref<> a, Ref<> b, Ref<> c);
};
struct Builtin : Object {
  static constexpr Layout kLayout{"Builtin", 0, 0, 1};
  Raw<const Function*, 1> function;
};

struct Buckets : VariableObject {
  static constexpr Layout kLayout = Layout("Buckets").ThenReferences();
  Tail<Binding, 2> all;
};
// By identity: two strings of the same text are two keys.
struct Table : Object {
  static constexpr Layout kLayout{"Table", 1, 0, 1};
  Field<Buckets, 1> buckets;
  Raw<std::size_t, 2> count;
};

using Values = Types<Pair, Symbol, Binding, Closure, Builtin, String, Table, Buckets>;

// Values that are no objects. From kQuote on they are what special forms begin with.
enum Special { kFalse, kTrue, kNothing, kQuote, kIf, kDefine, kSet, kLambda, kBegin, kLet };
inline constexpr const char* kSpecialNames[] = {"#f",     "#t",   "#<nothing>", "quote", "if",
                                                "define", "set!", "lambda",     "begin", "let"};

template <class T>
bool IsA(Ref<> value) {
  const NoCollect quiet;
  return value.is<T>();
}
inline bool IsTrue(Ref<> value) { return value != Immediate(kFalse); }

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_VALUES_H_

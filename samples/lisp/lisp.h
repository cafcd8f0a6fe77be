// Lisp -- a small Lisp whose every value lives in a collected heap: reader, closures, strings,
// tables by identity, tail calls. docs/write-an-interpreter.md walks through it.
//
// Which heap, says the header that is included before this one: heap_fart.h, or one like it.

#ifndef FART_SAMPLES_LISP_LISP_H_
#define FART_SAMPLES_LISP_LISP_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>

#include "samples/lisp/values.h"

namespace lisp {

class Lisp {
 public:
  // `stack_size`: how many bytes of the stack programs may use, from here on.
  explicit Lisp(std::FILE* output = stdout, std::size_t stack_size = 4 << 20) FART_COLLECTS;

  // Reads and evaluates all of `text`; the last value, as it is printed. Throws Error,
  // std::bad_alloc.
  std::string Run(std::string_view text) FART_COLLECTS;

  // ---- For library.h
  // An error in place of an overflow.
  void CheckStack() const {
    if (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) < stack_end_)
      throw Error("too deep");
  }

  Ref<Symbol> Intern(std::string_view name) FART_COLLECTS;
  std::string Print(Ref<> value) const;
  Ref<> Write(Ref<> value) const {
    std::fprintf(output_, "%s\n", Print(value).c_str());
    return nullptr;
  }

 private:
  // Of code that is no list the value is found without a frame of roots.
  Ref<> Eval(Ref<> code, Ref<Binding> scope) FART_COLLECTS;
  Ref<> EvalList(Ref<Code> list, Ref<Binding> scope) FART_COLLECTS;
  void EvalAllButLast(Slot<Code>& list, Slot<Binding>& scope) FART_COLLECTS;
  Ref<Binding> Bind(Ref<Closure> closure, Ref<Code> arguments, Ref<Binding> scope) FART_COLLECTS;
  Ref<Binding> BindLet(Ref<> list, Ref<Binding> scope) FART_COLLECTS;
  Ref<> Define(Ref<Code> form) FART_COLLECTS;
  Ref<> CallBuiltin(const Function& function, Ref<Code> call, Ref<Binding> scope) FART_COLLECTS;
  Ref<> CallBuiltinOnLists(const Function& function, Ref<Code> call,
                           Ref<Binding> scope) FART_COLLECTS;

  void Print(Ref<> value, std::string& text) const FART_NO_COLLECTION;

  Heap<Values> heap_;
  RootArray symbols_{"symbols"};
  std::unordered_map<std::string, std::size_t> numbers_;  // of symbols, by name
  std::FILE* const output_;
  const std::uintptr_t stack_end_;
};

// A value that must be a T.
template <class T>
Ref<T> To(Ref<> value) {
  if (!IsA<T>(value)) Fail("expected is a ", T::kLayout.name);
  return value.as<T>();
}
std::string TextOf(Ref<> string);
[[noreturn, gnu::cold, gnu::noinline]] inline void FailWithoutValue(Ref<> symbol) {
  throw Error(TextOf(symbol) + " has no value");
}

inline Ref<Closure> NewClosure(Ref<> parameters, Ref<Code> body, Ref<Binding> scope) FART_COLLECTS {
  {
    const NoCollect quiet;
    if (body.is_null()) throw Error("no such form");
    for (Ref<> names = parameters; !names.is_null(); names = names.as<Code>()->rest) {
      if (!names.is<Pair>()) throw Error("no such form");
      if (!names.as<Code>()->first.is<Symbol>()) throw Error("a name is expected");
    }
  }
  return New<Closure>(parameters.as<Code>(), body, scope);
}

// Element `number` of a form.
inline Ref<> Part(Ref<> form, int number) {
  const NoCollect quiet;
  for (; form.is<Pair>(); form = form.as<Pair>()->cdr) {
    if (number-- == 0) return form.as<Pair>()->car;
  }
  throw Error("no such form");
}
inline Ref<Symbol> NameIn(Ref<> form, int number) {
  const Ref<> name = Part(form, number);
  if (!IsA<Symbol>(name)) throw Error("a name is expected");
  return name.as<Symbol>();
}

// What a member of an object that is followed raw holds.
template <class T, class Member>
auto In(Ref<T> object, Member T::*member) {
  const NoCollect quiet;
  return (object.operator->()->*member).get();
}
inline const Function& FunctionOf(Ref<> called) {
  const NoCollect quiet;
  if (!called.is<Builtin>()) throw Error("what is no function is called");
  return *called.as<Builtin>()->function;
}

inline Ref<Binding> Find(Ref<> name, Ref<Binding> scope) FART_NO_COLLECTION {
  while (!scope.is_null() && scope->name != name) scope = scope->outer;
  return scope;
}

// What is no list: a variable's value, or itself.
inline Ref<> ValueOf(Ref<> atom, Ref<Binding> scope) FART_NO_COLLECTION {
  if (!atom.is<Symbol>()) return atom;
  const Ref<Binding> local = Find(atom, scope);
  if (!local.is_null()) return local->value;
  const Ref<> value = atom.as<Symbol>()->value;
  if (value == Immediate(kNothing)) FailWithoutValue(atom.as<Symbol>()->name);
  return value;
}

inline void Lisp::EvalAllButLast(Slot<Code>& list, Slot<Binding>& scope) {
  if (list.is_null()) throw Error("no such form");
  for (; !list->rest.is_null(); list = list->rest) Eval(list->first, scope);
}

inline Ref<> Lisp::Eval(Ref<> code, Ref<Binding> scope) {
  {
    const NoCollect quiet;
    if (!code.is<Pair>()) return ValueOf(code, scope);
  }
  return EvalList(code.as<Code>(), scope);
}

// Each turn of the loop takes `x` as far as its last step, which is to evaluate x->first in its
// place: calls in tail position need no stack. What is left to be called when the roots have ended
// takes the place of this call on the stack.
inline Ref<> Lisp::EvalList(Ref<Code> list, Ref<Binding> scope) {
  CheckStack();
  Ref<> called;
  {
    RootsOf<Code, Binding> roots(list, scope);
    auto& [x, here] = roots;
    for (;;) {
      called = Eval(x->first, here);
      if (IsA<Closure>(called)) {
        const Ref<Code> arguments = x->rest;
        x = In(called.as<Closure>(), &Closure::body);
        here = Bind(called.as<Closure>(), arguments, here);
        EvalAllButLast(x, here);
      } else if (called.is_object()) {
        list = x;
        scope = here;
        break;
      } else {
        switch (called.is_immediate() ? called.immediate() : unsigned{kNothing}) {
          case kQuote:
            return Part(x, 1);
          case kIf: {
            const bool is_true = IsTrue(Eval(Part(x, 1), here));
            Part(x, 2);
            x = x->rest->rest;
            if (!is_true) x = x->rest;
            if (x.is_null()) return nullptr;
            break;
          }
          case kSet: {
            const Ref<> value = Eval(Part(x, 2), here);
            const Ref<Symbol> name = NameIn(x, 1);
            const NoCollect quiet;
            const Ref<Binding> local = Find(name, here);
            (local.is_null() ? name->value : local->value) = value;
            return nullptr;
          }
          case kLambda:
            return NewClosure(Part(x, 1), x->rest->rest, here);
          case kLet:
            here = BindLet(Part(x, 1), here);
            x = x->rest->rest;
            EvalAllButLast(x, here);
            break;
          case kBegin:
            x = x->rest;
            EvalAllButLast(x, here);
            break;
          case kDefine:
            throw Error("define stands at the outermost level");
          default:
            throw Error("what is no function is called");
        }
      }
      // The value of x->first is the value of all.
      if (!x->first.is<Pair>()) {
        const NoCollect quiet;
        return ValueOf(x->first, here);
      }
      x = x->first.as<Code>();
    }
  }
  return CallBuiltin(FunctionOf(called), list, scope);
}

// (define name value), (define (name . parameters) body...)
inline Ref<> Lisp::Define(Ref<Code> form) {
  const Root<Code> x(form);
  const Ref<> what = Part(x, 1);
  if (IsA<Pair>(what)) {
    const Root<Symbol> name(NameIn(what, 0));
    name->value = NewClosure(In(x->rest->first.as<Code>(), &Code::rest), x->rest->rest, nullptr);
  } else {
    const Root<Symbol> name(NameIn(x, 1));
    name->value = Eval(Part(x, 2), nullptr);
  }
  return nullptr;
}

// The variables of a call: arguments are evaluated in `scope`.
inline Ref<Binding> Lisp::Bind(Ref<Closure> closure, Ref<Code> arguments, Ref<Binding> scope) {
  RootsOf<Code, Code, Binding, Binding> roots(In(closure, &Closure::parameters), arguments, scope,
                                              In(closure, &Closure::scope));
  auto& [name, argument, here, inner] = roots;
  for (; !name.is_null(); name = name->rest, argument = argument->rest) {
    if (argument.is_null()) throw Error("too few arguments");
    const Ref<> value = Eval(argument->first, here);
    inner = New<Binding>(name->first, value, inner);
  }
  if (!argument.is_null()) throw Error("too many arguments");
  return inner;
}

// The same of ((name value)...).
inline Ref<Binding> Lisp::BindLet(Ref<> list, Ref<Binding> scope) {
  if (!list.is_null() && !IsA<Pair>(list)) throw Error("no such form");
  RootsOf<Code, Binding, Binding> roots(list.as<Code>(), scope, scope);
  auto& [x, here, inner] = roots;
  for (; !x.is_null(); x = x->rest) {
    const Ref<> value = Eval(Part(x->first, 1), here);
    inner = New<Binding>(NameIn(x->first, 0), value, inner);
  }
  return inner;
}

// While arguments are no lists nothing collects: they may be raw.
inline Ref<> Lisp::CallBuiltin(const Function& function, Ref<Code> call, Ref<Binding> scope) {
  Ref<> values[3];
  bool are_all = false;
  {
    const NoCollect quiet;
    int count = 0;
    Ref<Code> at = call->rest;
    for (; count < 3 && !at.is_null() && !at->first.is<Pair>(); at = at->rest) {
      values[count++] = ValueOf(at->first, scope);
    }
    are_all = at.is_null() && count == function.arguments;
  }
  if (are_all) return function.call(*this, values[0], values[1], values[2]);
  return CallBuiltinOnLists(function, call, scope);
}

inline Ref<> Lisp::CallBuiltinOnLists(const Function& function, Ref<Code> call,
                                      Ref<Binding> scope) {
  Ref<> a, b, c;
  {
    RootsOf<Code, Binding, Any, Any> roots(call, scope, nullptr, nullptr);
    auto& [x, here, first, second] = roots;
    int count = 0;
    for (x = x->rest; !x.is_null(); x = x->rest) {
      c = Eval(x->first, here);  // The last one is raw, for nothing collects before the call.
      if (++count == 1) first = c;
      if (count == 2) second = c;
    }
    if (count != function.arguments) Fail(function.name, ": not its number of arguments");
    a = first;
    b = second;
  }
  return function.call(*this, a, b, c);
}

}  // namespace lisp

#include "samples/lisp/library.h"

#endif  // FART_SAMPLES_LISP_LISP_H_

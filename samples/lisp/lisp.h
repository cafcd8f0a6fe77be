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
  Ref<Symbol> Intern(std::string_view name) FART_COLLECTS;
  Ref<String> NewString(std::string_view text) FART_COLLECTS;
  std::string Print(Ref<> value) const;
  void Write(const std::string& text) { std::fwrite(text.data(), 1, text.size(), output_); }
  // An error in place of an overflow.
  void CheckStack() const {
    if (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) >= stack_end_) return;
    throw Error("too deep");
  }

 private:
  // resolve.h
  Ref<> Resolve(Ref<> what, Ref<Code> scopes) FART_COLLECTS;
  void ResolveAll(Ref<Code> list, Ref<Code> scopes) FART_COLLECTS;
  void ResolveForm(Slot<Code>& x, Slot<Code>& scopes) FART_COLLECTS;
  void ResolveDefine(Slot<Code>& x) FART_COLLECTS;
  void ResolveLambda(Slot<Code>& x, Slot<Code>& scopes) FART_COLLECTS;
  void ResolveLet(Slot<Code>& x, Slot<Code>& scopes) FART_COLLECTS;

  Ref<> Eval(Ref<> code, Ref<Environment> scope) FART_COLLECTS;
  Ref<> EvalList(Ref<Code> list, Ref<Environment> outer) FART_COLLECTS;
  Ref<> CallBuiltin(const Function& function, Ref<Code> call, Ref<Environment> scope) FART_COLLECTS;
  Ref<> CallBuiltinOnLists(const Function& function, Ref<Code> call,
                           Ref<Environment> outer) FART_COLLECTS;
  void EvalAllButLast(Slot<Code>& list, Slot<Environment>& scope) FART_COLLECTS;

  Heap<Values> heap_;
  RootArray symbols_{"symbols"};
  std::unordered_map<std::string, std::size_t> numbers_;  // of symbols, by name
  std::FILE* const output_;
  const std::uintptr_t stack_end_;
};

// A value that must be a T.
template <class T>
Ref<T> To(Ref<> value) FART_NO_COLLECTION {
  if (!value.is<T>()) throw Error(std::string("expected is a ") + T::kLayout.name);
  return value.as<T>();
}
std::string TextOf(Ref<> string);

// A variable, in this environment or one around it.
inline Element<Any> VariableAt(Variable::Place place, Ref<Environment> scope) FART_NO_COLLECTION {
  for (std::uint32_t depth = place.depth; depth > 0; --depth) scope = scope->outer;
  return scope->values[place.index];
}

// What is no list: a variable's value, or itself.
inline Ref<> ValueOf(Ref<> atom, Ref<Environment> scope) FART_NO_COLLECTION {
  if (!atom.is_object()) return atom;
  switch (Values::KindOf(atom.shape())) {
    case Values::kIndex<Variable>:
      return VariableAt(atom.as<Variable>()->place, scope);
    case Values::kIndex<Symbol>: {
      const Ref<> value = atom.as<Symbol>()->value;
      if (value == Immediate(kNothing))
        throw Error(TextOf(atom.as<Symbol>()->name) + " has no value");
      return value;
    }
    default:
      return atom;
  }
}

inline void Assign(Ref<> target, Ref<Environment> scope, Ref<> value) FART_NO_COLLECTION {
  if (target.is<Symbol>()) {
    target.as<Symbol>()->value = value;
  } else {
    VariableAt(target.as<Variable>()->place, scope) = value;
  }
}

inline const Function* FunctionOf(Ref<> value) {
  const NoCollect quiet;
  return value.is<Builtin>() ? value.as<Builtin>()->function.get() : nullptr;
}
// The function that a call names; null: what is called is to be evaluated.
inline const Function* FunctionNamedIn(Ref<Code> call) {
  const NoCollect quiet;
  const Ref<> head = call->first;
  return head.is<Symbol>() ? FunctionOf(head.as<Symbol>()->value) : nullptr;
}

inline Ref<> Lisp::Eval(Ref<> code, Ref<Environment> scope) {
  {
    const NoCollect quiet;
    if (!code.is<Pair>()) return ValueOf(code, scope);
  }
  return EvalList(code.as<Code>(), scope);
}

inline void Lisp::EvalAllButLast(Slot<Code>& list, Slot<Environment>& scope) {
  for (; !list->rest.is_null(); list = list->rest) Eval(list->first, scope);
}

// Each turn of the loop takes `x` as far as its last step, which is to evaluate x->first in its
// place: calls in tail position need no stack.
inline Ref<> Lisp::EvalList(Ref<Code> list, Ref<Environment> outer) {
  if (const Function* const function = FunctionNamedIn(list)) {
    return CallBuiltin(*function, list, outer);
  }
  CheckStack();
  RootsOf<Code, Environment, Environment, Closure> roots(list, outer, nullptr, nullptr);
  auto& [x, scope, callee, closure] = roots;
  for (;;) {
    if (!x->first.is_immediate()) {  // a call
      if (const Function* const function = FunctionNamedIn(x)) {
        return CallBuiltin(*function, x, scope);
      }
      const Ref<> called = Eval(x->first, scope);
      if (IsA<Builtin>(called)) return CallBuiltin(*FunctionOf(called), x, scope);
      if (!IsA<Closure>(called)) throw Error("what is no function is called");
      closure = called.as<Closure>();
      x = x->rest;
      const std::size_t parameters = closure->parameters;
      callee = NewOfLength<Environment>(parameters, closure->scope);
      for (std::size_t i = 0; i < parameters; ++i, x = x->rest) {
        if (x.is_null()) throw Error("too few arguments");
        callee->values[i] = Eval(x->first, scope);
      }
      if (!x.is_null()) throw Error("too many arguments");
      x = closure->body;
      scope = callee;
      EvalAllButLast(x, scope);
    } else {
      switch (x->first.immediate()) {
        case kQuote:
          return x->rest->first;
        case kIf: {
          const bool is_true = IsTrue(Eval(x->rest->first, scope));
          x = x->rest->rest;
          if (!is_true) x = x->rest;
          if (x.is_null()) return nullptr;
          break;
        }
        case kDefine:
        case kSet: {
          const Ref<> value = Eval(x->rest->rest->first, scope);
          const NoCollect quiet;
          Assign(x->rest->first, scope, value);
          return nullptr;
        }
        case kLambda:
          closure = New<Closure>(x->rest->rest, scope);
          closure->parameters = static_cast<std::size_t>(x->rest->first.smi());
          return closure;
        case kLet: {  // (let number (value...) body...)
          const Root<Code> body(x->rest->rest->rest);
          callee = NewOfLength<Environment>(static_cast<std::size_t>(x->rest->first.smi()), scope);
          x = x->rest->rest->first.as<Code>();
          for (std::size_t i = 0; !x.is_null(); x = x->rest)
            callee->values[i++] = Eval(x->first, scope);
          x = body;
          scope = callee;
          EvalAllButLast(x, scope);
          break;
        }
        default:  // begin
          x = x->rest;
          EvalAllButLast(x, scope);
          break;
      }
    }
    // The value of x->first is the value of all.
    if (!x->first.is<Pair>()) {
      const NoCollect quiet;
      return ValueOf(x->first, scope);
    }
    x = x->first.as<Code>();
  }
}

// While arguments are no lists nothing collects: they may be raw.
inline Ref<> Lisp::CallBuiltin(const Function& function, Ref<Code> call, Ref<Environment> scope) {
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

// The last argument is raw, for nothing collects before the call.
inline Ref<> Lisp::CallBuiltinOnLists(const Function& function, Ref<Code> call,
                                      Ref<Environment> outer) {
  RootsOf<Code, Environment, Any, Any> roots(call, outer, nullptr, nullptr);
  auto& [x, scope, a, b] = roots;
  Ref<> c;
  int count = 0;
  for (x = x->rest; !x.is_null(); x = x->rest) {
    c = Eval(x->first, scope);
    if (++count == 1) a = c;
    if (count == 2) b = c;
  }
  if (count != function.arguments) {
    throw Error(std::string(function.name) + ": not its number of arguments");
  }
  return function.call(*this, a, b, c);
}

}  // namespace lisp

#include "samples/lisp/library.h"
#include "samples/lisp/resolve.h"

#endif  // FART_SAMPLES_LISP_LISP_H_

// Resolve: what was read becomes code. Names of local variables become their places, names of forms
// immediates; everything that evaluating takes for granted is looked at.

#ifndef FART_SAMPLES_LISP_RESOLVE_H_
#define FART_SAMPLES_LISP_RESOLVE_H_

#include "samples/lisp/lisp.h"

namespace lisp {

// A proper list, within bounds.
inline Ref<Code> ExpectList(Ref<> value, int least, int most) {
  const NoCollect quiet;
  int length = 0;
  Ref<> rest = value;
  for (; rest.is<Pair>(); rest = rest.as<Pair>()->cdr) ++length;
  if (!rest.is_null() || length < least || length > most) throw Error("no such form");
  return value.as<Code>();
}
inline constexpr int kAnyLength = 1 << 30;

inline void ExpectName(Ref<> value) {
  if (!IsA<Symbol>(value)) throw Error("a name is expected");
}

// Where a variable is, among lists of names, the innermost first; false: it is global.
inline bool Find(Ref<> name, Ref<Code> scopes, Variable::Place* place) {
  const NoCollect quiet;
  for (*place = {0, 0}; !scopes.is_null(); scopes = scopes->rest, ++place->depth) {
    place->index = 0;
    for (Ref<Code> names = scopes->first.as<Code>(); !names.is_null(); names = names->rest) {
      if (names->first == name) return true;
      ++place->index;
    }
  }
  return false;
}

// Lists are changed where they are: nobody else has them.
inline Ref<> Lisp::Resolve(Ref<> what, Ref<Code> scopes) {
  CheckStack();
  Variable::Place place{};
  if (IsA<Symbol>(what) && Find(what, scopes, &place)) {
    const Root<Variable> variable(New<Variable>());
    variable->place = place;
    return variable;
  }
  if (!IsA<Pair>(what)) return what;
  RootsOf<Code, Code> roots(ExpectList(what, 1, kAnyLength), scopes);
  auto& [x, around] = roots;
  if (x->first.is<Symbol>() && !Find(x->first, around, &place)) {
    const Root<Symbol> symbol(x->first.as<Symbol>());
    if (IsForm(symbol->value)) x->first = symbol->value;
  }
  if (IsForm(x->first)) {
    ResolveForm(x, around);
  } else {
    ResolveAll(x, around);
  }
  return x;
}

inline void Lisp::ResolveAll(Ref<Code> list, Ref<Code> scopes) {
  RootsOf<Code, Code> roots(list, scopes);
  auto& [x, around] = roots;
  for (; !x.is_null(); x = x->rest) x->first = Resolve(x->first, around);
}

inline void Lisp::ResolveForm(Slot<Code>& x, Slot<Code>& scopes) {
  switch (x->first.immediate()) {
    case kQuote:
      ExpectList(x, 2, 2);
      return;
    case kIf:
      ExpectList(x, 3, 4);
      break;
    case kDefine:
      if (!scopes.is_null()) throw Error("define stands at the outermost level");
      ResolveDefine(x);
      break;
    case kSet:
      ExpectList(x, 3, 3);
      ExpectName(x->rest->first);
      break;
    case kLambda:
      ResolveLambda(x, scopes);
      return;
    case kLet:
      ResolveLet(x, scopes);
      return;
    default:  // begin
      ExpectList(x, 2, kAnyLength);
      break;
  }
  ResolveAll(x->rest, scopes);
}

// (define (name . parameters) body...) is (define name (lambda parameters body...)).
inline void Lisp::ResolveDefine(Slot<Code>& x) {
  ExpectList(x, 3, kAnyLength);
  if (x->rest->first.is<Pair>()) {
    RootsOf<Pair, Any> roots(x->rest->first.as<Pair>(), nullptr);
    auto& [heading, made] = roots;
    made = New<Pair>(heading->cdr, x->rest->rest);
    made = New<Pair>(Immediate(kLambda), made);
    made = New<Pair>(made, nullptr);
    x->rest = New<Pair>(heading->car, made).as<Code>();
  }
  ExpectList(x, 3, 3);
  ExpectName(x->rest->first);
}

// (lambda (name...) body...) becomes (lambda number body...).
inline void Lisp::ResolveLambda(Slot<Code>& x, Slot<Code>& scopes) {
  ExpectList(x, 3, kAnyLength);
  Root<Code> names(ExpectList(x->rest->first, 0, kAnyLength));
  std::int64_t number = 0;
  for (Root<Code> at(names.get()); !at.is_null(); at = at->rest, ++number) ExpectName(at->first);
  x->rest->first = Smi(number);
  const Ref<Pair> inner = New<Pair>(names, scopes);
  ResolveAll(x->rest->rest, inner.as<Code>());
}

// (let ((name value)...) body...) becomes (let number (value...) body...).
inline void Lisp::ResolveLet(Slot<Code>& x, Slot<Code>& scopes) {
  ExpectList(x, 3, kAnyLength);
  RootsOf<Code, Code, Code, Code> roots;
  auto& [at, binding, names, last] = roots;
  std::int64_t number = 0;
  for (at = ExpectList(x->rest->first, 0, kAnyLength); !at.is_null(); at = at->rest, ++number) {
    binding = ExpectList(at->first, 2, 2);
    ExpectName(binding->first);
    at->first = Resolve(binding->rest->first, scopes);
    // What was (name value) is the list of names.
    binding->rest = nullptr;
    if (last.is_null()) names = binding;
    if (!last.is_null()) last->rest = binding;
    last = binding;
  }
  x->rest = New<Pair>(Smi(number), x->rest).as<Code>();
  const Ref<Pair> inner = New<Pair>(names, scopes);
  ResolveAll(x->rest->rest->rest, inner.as<Code>());
}

}  // namespace lisp

#endif  // FART_SAMPLES_LISP_RESOLVE_H_

// Accepted: what the other programs do wrong, done right.

#include "api/direct_refused/pair.h"

Ref<> Next(Ref<Pair> pair) FART_NO_COLLECTION { return pair->cdr; }

Ref<Pair> Cons(Ref<> car, Ref<> cdr) FART_COLLECTS { return New<Pair>(car, cdr); }

Ref<> Doubled(Ref<> list) FART_COLLECTS {
  RootsOf<Any, Any> roots(list, nullptr);
  auto& [rest, made] = roots;
  while (!rest.is_null()) {
    Ref<> element;
    {
      const NoCollect quiet;
      element = rest.as<Pair>()->car;
      rest = Next(rest.as<Pair>());
    }
    made = Cons(element, made);
  }
  Safepoint();
  return made;
}

void Swap(Root<Pair>& pair) {
  const NoCollect quiet;
  const Ref<> car = pair->car;
  pair->car = pair->cdr;
  pair->cdr = car;
}

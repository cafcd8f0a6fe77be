// refused: fart::direct::Ref<>>' requires holding FART_COLLECTS 'may_collect' exclusively

#include "api/direct_refused/pair.h"

Ref<Pair> Cons(Ref<> car, Ref<> cdr) { return New<Pair>(car, cdr); }

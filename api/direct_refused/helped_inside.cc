// refused: cannot call function 'Boxed' while NoCollect 'no_collection' is held

#include "api/direct_refused/pair.h"

Ref<Pair> Boxed(Ref<> value) FART_COLLECTS { return New<Pair>(value, Ref<>()); }

void Box(Ref<Pair> pair) FART_COLLECTS {
  const NoCollect quiet;
  pair->car = Boxed(pair->cdr);
}

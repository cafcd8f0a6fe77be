// refused: cannot call function 'New' while NoCollect 'no_collection' is held

#include "api/direct_refused/pair.h"

Ref<Pair> Copy(Ref<Pair> pair) FART_COLLECTS {
  const NoCollect quiet;
  const Ref<> car = pair->car;
  const Ref<> cdr = pair->cdr;
  return New<Pair>(car, cdr);
}

// refused: calling function 'operator->' requires holding NoCollect 'no_collection' exclusively

#include "api/direct_refused/pair.h"

void Link(Ref<Pair> pair, Ref<> next) {
  {
    const NoCollect quiet;
    pair->car = next;
  }
  pair->cdr = next;  // after it
}

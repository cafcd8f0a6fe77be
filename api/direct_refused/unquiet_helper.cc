// refused: calling function 'Next' requires holding NoCollect 'no_collection' exclusively

#include "api/direct_refused/pair.h"

Ref<> Next(Ref<Pair> pair) FART_NO_COLLECTION { return pair->cdr; }

Ref<> Last(Ref<> list) {
  Ref<> last;
  for (Ref<> at = list; !at.is_null(); at = Next(at.as<Pair>())) last = at;
  return last;
}

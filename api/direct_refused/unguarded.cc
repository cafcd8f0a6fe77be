// refused: calling function 'operator->' requires holding NoCollect 'no_collection' exclusively

#include "api/direct_refused/pair.h"

Ref<> First(Ref<Pair> pair) { return pair->car; }

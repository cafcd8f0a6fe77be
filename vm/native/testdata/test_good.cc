// An extension that starts: counts how often, and answers with the library it was given.

struct _Fart_Handle;

namespace {
int starts = 0;
}  // namespace

extern "C" __attribute__((visibility("default"))) _Fart_Handle* test_good_Init(
    _Fart_Handle* library) {
  ++starts;
  return library;
}

extern "C" __attribute__((visibility("default"))) int test_good_Starts() { return starts; }

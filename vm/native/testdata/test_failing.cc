// An extension that refuses to start, with an error that the test supplies.

struct _Fart_Handle;

extern "C" _Fart_Handle* ErrorForTestExtension();

extern "C" __attribute__((visibility("default"))) _Fart_Handle* test_failing_Init(_Fart_Handle*) {
  return ErrorForTestExtension();
}

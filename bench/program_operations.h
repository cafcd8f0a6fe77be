// Operations whose loops are Fart: a program that is loaded, and its functions, which are told how
// often they are to do their work.

#ifndef FART_BENCH_PROGRAM_OPERATIONS_H_
#define FART_BENCH_PROGRAM_OPERATIONS_H_

#include <stddef.h>
#include <stdint.h>

#include "bench/operations.h"
#include "dart_api.h"

namespace fart::bench {

// Of native functions: those that `resolver` knows.
inline void LoadProgram(const char* program, Fart_NativeEntryResolver resolver = nullptr) {
  Fart_EnterScope();
  const Fart_Handle url = Fart_NewStringFromCString("loops.dart");
  const Fart_Handle library = Fart_LoadScript(url, url, Fart_NewStringFromCString(program), 0, 0);
  DART_CHECK_VALID(library);
  if (resolver != nullptr) DART_CHECK_VALID(Fart_SetNativeResolver(library, resolver, nullptr));
  Fart_ExitScope();
}

inline void Invoke(const char* function, size_t rounds) {
  Fart_EnterScope();
  Fart_Handle argument = Fart_NewInteger(static_cast<int64_t>(rounds));
  DART_CHECK_VALID(
      Fart_Invoke(Fart_RootLibrary(), Fart_NewStringFromCString(function), 1, &argument));
  Fart_ExitScope();
}

}  // namespace fart::bench

#endif  // FART_BENCH_PROGRAM_OPERATIONS_H_

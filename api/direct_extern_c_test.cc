// fart_direct_api.h inside an `extern "C"` block, as C++ hosts include C headers: both functions of
// the name Fart_New are there, and the first argument tells which is called.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

extern "C" {
#include "fart_direct_api.h"
}

#include <type_traits>

static_assert(std::is_same_v<Fart_Ref, decltype(Fart_New(static_cast<Fart_Direct*>(nullptr), 0,
                                                         Fart_Layout(), nullptr))>);
static_assert(
    std::is_same_v<Fart_Handle, decltype(Fart_New(static_cast<Fart_Handle>(nullptr),
                                                  static_cast<Fart_Handle>(nullptr), 0, nullptr))>);

// What is not called, but compiled and linked.
Fart_Ref MakePair(Fart_Direct* direct, uint32_t shape) {
  return Fart_New(direct, shape, Fart_Layout{2, 0, 0}, nullptr);
}

int main() {
  // Without an isolate: the one that was declared in the block.
  return Fart_IsError(Fart_New(Fart_Null(), Fart_Null(), 0, nullptr)) ? 0 : 1;
}

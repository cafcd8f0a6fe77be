// What each program here has: a type of objects.

#ifndef FART_API_DIRECT_REFUSED_PAIR_H_
#define FART_API_DIRECT_REFUSED_PAIR_H_

#include "fart_direct.hpp"

using namespace fart::direct;  // NOLINT: as a host's own code

struct Pair : Object {
  static constexpr Layout kLayout{"Pair", 2};
  Field<Any, 1> car;
  Field<Any, 2> cdr;
};

#endif  // FART_API_DIRECT_REFUSED_PAIR_H_

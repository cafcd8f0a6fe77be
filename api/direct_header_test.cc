// fart_direct_api.h as C++17 without exceptions compiles it, with the warnings of a careful host.

#include "fart_direct_api.h"

int main() {
  Fart_Direct direct = {};
  return Fart_SmiValue(Fart_FromSmi(&direct, 5)) == 5 ? 0 : 1;
}

// refused: there is no conversion of a Fart object to this type

#include "fart.hpp"

struct Unknown {};
void Take(Unknown) {}
Fart_NativeFunction take = fart::Native<Take>;

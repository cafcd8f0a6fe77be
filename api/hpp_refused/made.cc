// refused: there is no conversion of this type to a Fart object

#include "fart.hpp"

struct Unknown {};
auto made = fart::Make(Unknown());

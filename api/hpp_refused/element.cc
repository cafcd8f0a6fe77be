// refused: elements of typed data are numbers

#include "fart_objects.hpp"

auto made = fart::NewTypedData<bool>(3);

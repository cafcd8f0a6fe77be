// refused: the collector copies objects byte by byte

#include <string>

#include "fart_objects.hpp"

fart::Object<std::string> object{fart::Local()};

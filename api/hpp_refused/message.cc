// refused: a message is read as a bool, a number or a text

#include "fart_ports.hpp"

struct Unknown {};
bool Has(const fart::Message& message) { return message.As<Unknown>().has_value(); }

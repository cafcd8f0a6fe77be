// ErrorText -- what `fart` says on the standard error, in colours where a person reads it.
//
// Colours: on a terminal that is none without abilities (TERM=dumb), unless NO_COLOR is set to
// anything but nothing.

#ifndef FART_BIN_ERROR_TEXT_H_
#define FART_BIN_ERROR_TEXT_H_

#include <string>

#include "api/include/dart_api.h"

namespace fart::program {

// A line or several, without the last one's end; after what the program has printed, also where
// both go to one file.
void PrintError(const std::string& text);

// What nothing has caught, with where it was. The thread is inside the isolate, with a scope open.
void PrintUnhandled(Fart_Handle error);

// The same text with the colours of a terminal: places, "Error:", the line of a caret.
std::string Coloured(const std::string& text);

}  // namespace fart::program

#endif  // FART_BIN_ERROR_TEXT_H_

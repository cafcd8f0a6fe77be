// RunMain, LoadGiven, StackTraceText -- what `fart` needs beyond the public interface.
//
// RunMain calls the `main` of the isolate's script as `fart` does: with a list of arguments if
// it takes one, or without. No part of the public interface, which has no way to ask what a
// function takes; other hosts know their scripts.

#ifndef FART_BIN_RUN_MAIN_H_
#define FART_BIN_RUN_MAIN_H_

#include <string>

#include "api/include/dart_api.h"
#include "bin/given_code.h"

namespace fart::program {

// The thread is inside an isolate made by Fart_CreateIsolate that has loaded a script, with a scope
// open. `arguments` is a list, or an error, which is returned.
Fart_Handle RunMain(Fart_Handle arguments);

enum class LoadedAs { kScript, kLibrary };
// What messages call it, and the folder that its imports begin in.
struct GivenPlace {
  std::string name;
  std::string folder;
};
// Fart_LoadScript or Fart_LoadLibrary for code in hidden lines, which the public interface has not.
// Conditions as for those.
Fart_Handle LoadGiven(const GivenPlace& place, const GivenCode& code, LoadedAs as);

// Whoever asked the current isolate to stop what it runs has not.
void ForgetStops();

// Where Fart code was when `error` came in, a line for each frame; "" if the error does not say.
// The public interface tells it of exceptions only, as its reference does. Conditions as for
// RunMain.
std::string StackTraceText(Fart_Handle error);

}  // namespace fart::program

#endif  // FART_BIN_RUN_MAIN_H_

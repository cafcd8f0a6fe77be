// Standard output -- what programs print, and why some of it could not be written.
//
// Through stdio, as a native function's printf: so their lines keep their order. Stdio forgets the
// reason: whoever asks at the end learns that a write has failed, and no more.
//
// Not here: what a native function prints by itself.

#ifndef FART_VM_PLATFORM_STANDARD_OUTPUT_H_
#define FART_VM_PLATFORM_STANDARD_OUTPUT_H_

#include <string_view>

namespace fart {

// From any thread.
void PrintText(std::string_view text);
// Writes what waits in the buffer: before something is said on the standard error, which may be the
// same file.
void FlushOutput();
// What errno was when one of these failed first; 0: none has.
int FirstOutputError();

}  // namespace fart

#endif  // FART_VM_PLATFORM_STANDARD_OUTPUT_H_

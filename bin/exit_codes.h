// What `fart` ends with.

#ifndef FART_BIN_EXIT_CODES_H_
#define FART_BIN_EXIT_CODES_H_

namespace fart::program {

inline constexpr int kExitSuccess = 0;
// Nothing of the program has run: the command line, a file, a syntax or an import is wrong.
inline constexpr int kExitNotRun = 254;
// Something was thrown, or an error raised, that the program did not catch.
inline constexpr int kExitUnhandled = 255;

}  // namespace fart::program

#endif  // FART_BIN_EXIT_CODES_H_

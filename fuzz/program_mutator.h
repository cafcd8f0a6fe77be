// ProgramMutator -- a byte string as edits of programs that are known to be good: tokens left out,
// doubled and swapped with those of other programs, whole bracketed pieces put where they do not
// belong. What comes out parses often enough to reach everything behind the parser.
//
// Not here: running it (program_machine.h).

#ifndef FART_FUZZ_PROGRAM_MUTATOR_H_
#define FART_FUZZ_PROGRAM_MUTATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fart::fuzz {

// The first byte chooses the program; then each edit takes some.
std::string MutatedProgram(const std::vector<std::string>& programs, const std::uint8_t* bytes,
                           std::size_t size);

// The program so changed that it asks `stop_()` at each call, and in each turn of a loop, whether
// it may go on: false, or an error that is thrown. Behind it stands `stop_() native "stop_";`.
std::string WithStops(const std::string& program);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_PROGRAM_MUTATOR_H_

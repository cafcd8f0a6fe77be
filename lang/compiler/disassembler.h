// Disassemble -- compiled code as text, for tests and for eyes.
//
//     0 LoadLocal 1
//     1 JumpIfFalse ->4
//     2 CallInstance foo/1 (2)
//
// Not here: reading it back.

#ifndef FART_LANG_COMPILER_DISASSEMBLER_H_
#define FART_LANG_COMPILER_DISASSEMBLER_H_

#include <string>

#include "lang/compiler/library_set.h"

namespace fart::lang {

// One instruction a line, each with its pc; then the exception handlers.
[[nodiscard]] std::string Disassemble(const LibrarySet& set, const CompiledFunction& function);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_DISASSEMBLER_H_

// PairUp -- marks which instructions an interpreter does two at a time (bytecode.h, LC-B9).
//
// A pair keeps its place, its operands and its second instruction: nothing moves, so jumps, tables
// and whoever reads the code need not know of it.
//
// Not here: what a pair does (lang/interpreter/run.cc).

#ifndef FART_LANG_COMPILER_PAIRS_H_
#define FART_LANG_COMPILER_PAIRS_H_

#include <vector>

#include "lang/compiler/bytecode.h"

namespace fart::lang {

// `code` is whole, and has none yet.
void PairUp(std::vector<CodeWord>& code);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_PAIRS_H_

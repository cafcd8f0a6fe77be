// Edition -- the libraries that one load of a script has read, which end together.
//
// They import each other and `dart:` libraries, and no later edition imports them. So all that can
// lead to an edition from outside is the script's place in the isolate, frames, and objects:
// instances of its classes, its closures, types, stack traces and library objects
// (lang/reclaimer.h). The `dart:` libraries, and what a host adds to them, are of no edition.
//
// Invariants
//   LK-X5 inside  an entity of an edition is named by entities of the same edition only, and by
//                 what the linker and the interpreter remember, which forget it when it ends.
//
// Not here: when one ends (lang/reclaimer.h), or begins (lang/loader).

#ifndef FART_LANG_LINKER_EDITION_H_
#define FART_LANG_LINKER_EDITION_H_

#include <cstddef>
#include <vector>

#include "vm/roots/root_table.h"

namespace fart::lang {

struct Edition {
  explicit Edition(RootTable& roots) : slots(roots) {}

  std::vector<int> libraries;  // by number
  std::size_t weight = 0;      // about how many bytes outside the heap it holds
  bool is_kept = false;  // It ends with the isolate: natives have kept what its classes mean to C.
  bool is_reached = false;  // of a census
  RootTable::Group slots;   // of its constants, static variables and library objects
};

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_EDITION_H_

// MemberLinker -- the members of a class whose file was read without them: reads, declares and
// links them when somebody first asks (LibrarySet, LC-S6).
//
// Not here: what is declared and linked with a whole library (declarer.h, name_linker.h); locks.

#ifndef FART_LANG_COMPILER_MEMBER_LINKER_H_
#define FART_LANG_COMPILER_MEMBER_LINKER_H_

#include "lang/compiler/library_set.h"

namespace fart::lang {

// Of a class of a linked library of this set that has none yet; of an application of a mixin it is
// the mixin's fields. Throws std::bad_alloc when memory or the stack is used up: the class is as it
// was, but for functions and statics that belong to nothing. Its text has no mistake: it is one of
// the libraries `dart:`.
void LinkMembers(LibrarySet& set, ClassRef ref);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_MEMBER_LINKER_H_

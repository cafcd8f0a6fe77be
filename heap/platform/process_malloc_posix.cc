#include <cstdlib>

#include "heap/platform/process_malloc.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace fart {

// Also when the host has put another malloc in the place of glibc's: what glibc's own holds then is
// little, and the other one has a way of its own.
void GiveBackFreePages() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace fart

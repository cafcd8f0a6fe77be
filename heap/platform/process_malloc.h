// What the process's malloc can be asked beyond the C library's four functions.
//
// Not for use outside this package.

#ifndef FART_HEAP_PLATFORM_PROCESS_MALLOC_H_
#define FART_HEAP_PLATFORM_PROCESS_MALLOC_H_

namespace fart {

// Has malloc give every wholly free page back to the system. Does nothing where malloc has no such
// function.
void GiveBackFreePages();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_PROCESS_MALLOC_H_

// What a start takes, asked of the system at once.
//
// Not here: the heap's memory, which is never malloc's.

#ifndef FART_BIN_FIRST_MEMORY_H_
#define FART_BIN_FIRST_MEMORY_H_

namespace fart::program {

// Reading the `dart:` libraries fills some megabytes in small pieces. The system gives them page by
// page, each when it is touched, and that takes a quarter of the time of a start: here it gives all
// in one call. Where that cannot be asked of it, nothing happens. For a process of one thread.
void TakeFirstMemory();

}  // namespace fart::program

#endif  // FART_BIN_FIRST_MEMORY_H_

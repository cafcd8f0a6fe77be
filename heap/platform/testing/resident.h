// Resident -- whether the system has put a page behind an address.

#ifndef FART_HEAP_PLATFORM_TESTING_RESIDENT_H_
#define FART_HEAP_PLATFORM_TESTING_RESIDENT_H_

#include "heap/base/units.h"

namespace fart {

// The page that `place` lies in, of memory that is mapped.
bool IsResident(Address place);
// How many pages of [start, start + size) are.
std::size_t ResidentPages(Address start, ByteCount size);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_TESTING_RESIDENT_H_

#include <sys/mman.h>

#include "heap/base/check.h"
#include "heap/platform/testing/resident.h"
#include "heap/platform/virtual_memory.h"

namespace fart {

bool IsResident(Address place) {
  const std::size_t page = VirtualMemory::PageSize().value();
  unsigned char state = 0;
  FART_CHECK(mincore(Address(place.value() / page * page).As<void>(), page, &state) == 0);
  return (state & 1) != 0;
}

std::size_t ResidentPages(Address start, ByteCount size) {
  const ByteCount page = VirtualMemory::PageSize();
  std::size_t count = 0;
  for (ByteCount offset; offset < size; offset += page) count += IsResident(start + offset) ? 1 : 0;
  return count;
}

}  // namespace fart

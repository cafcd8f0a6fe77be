// VirtualMemory -- address ranges from the operating system: reserve, commit, protect, give back.
//
// Pre-conditions: addresses and sizes are multiples of PageSize(). Reserving may fail and says so;
// once a range is reserved, a failure to protect or release part of it is a broken platform and
// ends the process (FART_CHECK). Committing may fail for want of memory and says so.
//
// Not here: what the memory is for (heap/region_space.h); small off-heap blocks (off_heap.h).

#ifndef FART_HEAP_PLATFORM_VIRTUAL_MEMORY_H_
#define FART_HEAP_PLATFORM_VIRTUAL_MEMORY_H_

#include "heap/base/units.h"

namespace fart {

class VirtualMemory {
 public:
  static ByteCount PageSize();

  // An inaccessible range of `size` bytes at a multiple of `alignment` (a power of two); an empty
  // object when the system refuses.
  static VirtualMemory Reserve(ByteCount size, ByteCount alignment);

  VirtualMemory() = default;
  VirtualMemory(VirtualMemory&& other) noexcept;
  VirtualMemory& operator=(VirtualMemory&& other) noexcept;
  ~VirtualMemory();

  bool is_empty() const { return size_.is_zero(); }
  Address start() const { return start_; }
  ByteCount size() const { return size_; }
  Address end() const { return start_ + size_; }

  // Makes part of the range readable and writable. Memory never used before, or decommitted
  // since, reads as zero. False when the system has no memory left.
  [[nodiscard]] bool Commit(Address start, ByteCount size) const;
  // Gives the pages back and makes the part inaccessible.
  void Decommit(Address start, ByteCount size) const;
  // Gives the pages back; the part stays accessible and reads as zero.
  void Discard(Address start, ByteCount size) const;
  // Makes a committed part inaccessible and keeps its contents / accessible again.
  void Protect(Address start, ByteCount size) const;
  void Unprotect(Address start, ByteCount size) const;
  // Asks for large pages where the system has them; a hint.
  void PreferLargePages(Address start, ByteCount size) const;

 private:
  VirtualMemory(Address start, ByteCount size) : start_(start), size_(size) {}
  bool Contains(Address start, ByteCount size) const;
  void Release();

  Address start_;
  ByteCount size_;
};

// Physical memory of the machine, for defaults.
ByteCount PhysicalMemory();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_VIRTUAL_MEMORY_H_

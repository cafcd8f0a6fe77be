// VirtualMemory -- address ranges from the operating system: reserve, commit, protect, give back.
//
// Pre-conditions: addresses and sizes are multiples of PageSize(). The system may refuse anything:
// a limit on addresses, data or locked memory, the number of mappings a process may have
// (`max_map_count`), want of memory. Each refusal is an answer, none ends the process; what could
// not be released is kept, counted, and tried again.
//
// Mappings are scarcer than addresses: a part with other access or other hints than its neighbours
// is a mapping of its own. So whoever uses a range changes it from one end where that is possible,
// and gives pages back with Discard, which splits nothing.
//
// Not here: what the memory is for (heap/region_space.h); small off-heap blocks (off_heap.h).

#ifndef FART_HEAP_PLATFORM_VIRTUAL_MEMORY_H_
#define FART_HEAP_PLATFORM_VIRTUAL_MEMORY_H_

#include <cstdint>

#include "heap/base/units.h"

namespace fart {

class VirtualMemory {
 public:
  static ByteCount PageSize();

  // An inaccessible range of `size` bytes at a multiple of `alignment` (a power of two); an empty
  // object when the system refuses. In a process that has all its memory locked, what is committed
  // of the range is locked when it is touched and not before.
  static VirtualMemory Reserve(ByteCount size, ByteCount alignment);

  VirtualMemory() = default;
  VirtualMemory(VirtualMemory&& other) noexcept;
  VirtualMemory& operator=(VirtualMemory&& other) noexcept;
  ~VirtualMemory();

  bool is_empty() const { return size_.is_zero(); }
  Address start() const { return start_; }
  ByteCount size() const { return size_; }
  Address end() const { return start_ + size_; }

  // Makes part of the range readable and writable. Memory never used before reads as zero. False:
  // the system has no memory left; the part is as accessible as it was, or less.
  [[nodiscard]] bool Commit(Address start, ByteCount size) const;
  // Gives the pages back; the part stays accessible and reads as zero. False: they stay, with what
  // they hold.
  bool Discard(Address start, ByteCount size) const;
  // Makes a committed part inaccessible; pages stay. False: parts of it may be accessible still,
  // and only Commit says that all are.
  bool Protect(Address start, ByteCount size) const;
  // Discard and Protect. False: one of the two was refused; the part counts as not committed.
  bool Decommit(Address start, ByteCount size) const;
  // Asks for large pages where the system has them, or for none. Hints.
  void PreferLargePages(Address start, ByteCount size) const;
  void PreferSmallPages(Address start, ByteCount size) const;
  // Has a committed part backed with pages now, for who is about to write all of it: one call in
  // the place of a fault for each page, which takes half the time. A hint.
  void Populate(Address start, ByteCount size) const;

  // How often the system refused to take something back (Discard, Protect, the destructor), in this
  // process.
  static std::uint64_t Refusals();
  // Bytes of ranges that ended and that the system did not take back yet; each end of a range and
  // each reservation tries again.
  static ByteCount Unreleased();

 private:
  VirtualMemory(Address start, ByteCount size) : start_(start), size_(size) {}
  bool Contains(Address start, ByteCount size) const;
  void Release();

  Address start_;
  ByteCount size_;
};

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_VIRTUAL_MEMORY_H_

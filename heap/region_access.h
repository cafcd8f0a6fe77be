// RegionAccess -- which regions of a range are accessible, and what that costs in mappings.
//
// The system counts mappings: wherever accessible and inaccessible regions meet, one ends and the
// next begins. A process has 65,530 of them, and the host needs some. So an ordinary heap opens
// regions from the front of its range and leaves them open when they are free: their pages go back,
// which splits nothing. Closing single regions, for finding stale pointers, ends at a bound, and
// what would go beyond it stays open.
//
// Invariants
//   H-Z1 bounded  borders between open and closed regions, of all heaps together, are at most
//                 kMaxBorders, but for regions that can be had nowhere else.
//
// Not here: which regions are free (heap/region_space.h).

#ifndef FART_HEAP_REGION_ACCESS_H_
#define FART_HEAP_REGION_ACCESS_H_

#include <cstdint>

#include "heap/platform/virtual_memory.h"
#include "heap/region_list.h"

namespace fart {

class RegionAccess {
 public:
  // A quarter of the mappings that Linux lets a process have unless told otherwise.
  static constexpr std::int64_t kMaxBorders = 16384;

  RegionAccess() = default;
  ~RegionAccess();
  RegionAccess(const RegionAccess&) = delete;
  RegionAccess& operator=(const RegionAccess&) = delete;

  // `states`: one byte per region, all 0; the first `open` regions are accessible already. `range`
  // outlives this.
  void Attach(const VirtualMemory& range, std::uint8_t* states, RegionIndex regions,
              RegionIndex open);

  bool IsOpen(RegionIndex index) const { return (states_[index] & kOpen) != 0; }
  bool AreOpen(RegionIndex first, std::uint32_t count) const;
  // One beyond the last open region.
  RegionIndex end() const { return end_; }
  // Where the pages of closed or free regions were not taken back.
  std::uint32_t owed() const { return owed_; }

  enum class Borders : bool { kAny, kBounded };
  // Makes regions accessible. False: the bound or the system is against it, and nothing changed.
  [[nodiscard]] bool Open(RegionIndex first, std::uint32_t count, Borders borders);
  // Whether the bound lets them be opened; and that somebody has made them accessible.
  bool MayOpen(RegionIndex first, std::uint32_t count) const;
  void NoteOpened(RegionIndex first, std::uint32_t count);
  // Gives the pages of open regions back. The regions stay open.
  void Discard(RegionIndex first, std::uint32_t count);
  // Gives the pages back and makes the regions inaccessible. False: bound or system are against it,
  // and they stay open.
  bool Close(RegionIndex first, std::uint32_t count);
  // The regions are used again: what was owed of them no longer is.
  void Reuse(RegionIndex first, std::uint32_t count);
  // Tries again to give back what is owed, for some regions.
  void SettleOwed();

  // Of all heaps of the process. (H-Z1)
  static std::int64_t BordersOfAll();

 private:
  static constexpr std::uint8_t kOpen = 1;
  static constexpr std::uint8_t kOwed = 2;  // pages of a free region that the system left

  Address StartOf(RegionIndex index) const;
  // How many borders more there are once the run is open, or closed.
  std::int64_t NewBorders(RegionIndex first, std::uint32_t count, bool open) const;
  // `open` or not from now on.
  void Note(RegionIndex first, std::uint32_t count, bool open, std::int64_t borders);

  const VirtualMemory* range_ = nullptr;
  std::uint8_t* states_ = nullptr;
  RegionIndex regions_ = 0;
  RegionIndex end_ = 0;
  std::uint32_t owed_ = 0;
  std::int64_t borders_ = 0;
};

}  // namespace fart

#endif  // FART_HEAP_REGION_ACCESS_H_

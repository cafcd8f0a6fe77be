// RegionList -- regions by number. Adding one needs no memory, so a collection can do it.
//
// A region moves from list to list while a collection runs, when nothing may fail. So room is made
// when a region is taken, which can be refused: in every list of the heap, for every region in use.
// That is a few words for each region.
//
// Invariants
//   H-L1 room  each list has room for all regions in use (RegionSpace::Take).
//
// Not here: which regions a list is for (heap.h, large_objects.h).

#ifndef FART_HEAP_REGION_LIST_H_
#define FART_HEAP_REGION_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"

namespace fart {

using RegionIndex = std::uint32_t;

class RegionList;

// The lists of one heap.
class RegionLists {
 public:
  RegionLists() = default;
  RegionLists(const RegionLists&) = delete;
  RegionLists& operator=(const RegionLists&) = delete;

  // Room for so many regions in each list. False: there is no memory. (H-L1)
  [[nodiscard]] bool MakeRoom(std::size_t regions) noexcept {
    return regions <= room_ || MakeMoreRoom(regions);
  }

 private:
  friend class RegionList;
  bool MakeMoreRoom(std::size_t regions) noexcept;

  RegionList* first_ = nullptr;
  std::size_t room_ = 0;
};

class RegionList {
 public:
  // `all` outlives the list, and has handed out no room yet.
  explicit RegionList(RegionLists& all) : next_(std::exchange(all.first_, this)) {
    FART_DCHECK(all.room_ == 0);
  }
  RegionList(const RegionList&) = delete;
  RegionList& operator=(const RegionList&) = delete;

  std::size_t size() const { return regions_.size(); }
  bool empty() const { return regions_.empty(); }
  // Over what is in the list when it begins, while more may be added, and room be made.
  class Iterator {
   public:
    Iterator(const RegionList& list, std::size_t index) : list_(list), index_(index) {}
    RegionIndex operator*() const { return list_[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const RegionList& list_;
    std::size_t index_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }
  RegionIndex operator[](std::size_t index) const { return regions_[index]; }
  RegionIndex back() const { return regions_.back(); }

  void push_back(RegionIndex index) noexcept {
    FART_DCHECK(regions_.size() < regions_.capacity());  // H-L1
    regions_.push_back(index);
  }
  void pop_back() { regions_.pop_back(); }
  void clear() { regions_.clear(); }
  // Takes over what the other has, and leaves it empty.
  void TakeFrom(RegionList& other) {
    FART_DCHECK(empty());
    regions_.swap(other.regions_);
  }
  // `leaves(index)` adds nothing to this list, and takes no region.
  template <typename Leaves>
  void EraseIf(Leaves&& leaves) {
    std::erase_if(regions_, leaves);
  }
  template <typename Less>
  void Sort(Less&& less) {
    std::sort(regions_.begin(), regions_.end(), less);
  }

 private:
  friend class RegionLists;

  RegionList* const next_;
  Vector<RegionIndex> regions_;
};

}  // namespace fart

#endif  // FART_HEAP_REGION_LIST_H_

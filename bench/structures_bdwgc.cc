// The structures on the Boehm-Demers-Weiser collector, with its usual settings. It has no
// ephemerons: here one is an object with a weak link to its key, which lets go of its value when
// somebody looks at it and the key is gone. A value that refers to its key would never die; in this
// program none does.

#include <gc/gc.h>

#include "bench/structures.h"

namespace fart::bench {
namespace {

struct Cell {
  void* slots[1];
};

// The collector looks at static data.
Cell* places[kPlaces];

class BdwgcCollector {
 public:
  using Object = Cell*;

  BdwgcCollector() { GC_INIT(); }
  ~BdwgcCollector() { std::fill_n(places, kPlaces, nullptr); }
  BdwgcCollector(const BdwgcCollector&) = delete;
  BdwgcCollector& operator=(const BdwgcCollector&) = delete;

  Object* Places() { return places; }
  Object NewNode() { return NewArray(kNodeReferences); }
  Object NewArray(std::size_t length) {
    return static_cast<Cell*>(GC_MALLOC(length * sizeof(void*)));
  }
  Object NewEphemeron() { return NewArray(2); }
  Object NewText() { return NewArray(6); }
  Object NewBranch() { return NewArray(3); }
  Object BranchOf(Object branch, std::size_t i) const { return Get(branch, i); }
  void SetBranch(Object branch, std::size_t i, Object value) { Set(branch, i, value); }
  void SetNext(Object text, Object value) { At(text, 0) = value; }
  Object Get(Object holder, std::size_t i) const { return static_cast<Cell*>(At(holder, i)); }
  void Set(Object holder, std::size_t i, Object value) { At(holder, i) = value; }
  Object Element(Object array, std::size_t i) const { return Get(array, i); }
  void SetElement(Object array, std::size_t i, Object value) { Set(array, i, value); }
  void Pair(Object ephemeron, Object key, Object value) {
    At(ephemeron, 0) = reinterpret_cast<void*>(GC_HIDE_POINTER(key));
    At(ephemeron, 1) = value;
    GC_general_register_disappearing_link(&At(ephemeron, 0), key);
  }
  Object KeyOf(Object ephemeron) const {
    if (At(ephemeron, 0) == nullptr) {
      At(ephemeron, 1) = nullptr;
      return nullptr;
    }
    return static_cast<Cell*>(GC_REVEAL_POINTER(At(ephemeron, 0)));
  }
  Object ValueOf(Object ephemeron) const { return static_cast<Cell*>(At(ephemeron, 1)); }
  void Collect() { GC_gcollect(); }
  void NoteResident() {
    resident_ = static_cast<double>(GC_get_heap_size() - GC_get_unmapped_bytes());
  }
  double Resident() const { return resident_; }
  double LongestPause() const { return 0; }

 private:
  static void*& At(Object holder, std::size_t i) { return *(holder->slots + i); }

  double resident_ = 0;
};

[[maybe_unused]] const bool kRegistered = (RegisterStructures<BdwgcCollector>("bdwgc"), true);

}  // namespace
}  // namespace fart::bench

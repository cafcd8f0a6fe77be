// ShapeTable -- the shapes of one heap.
//
// Invariants
//   HO-S1 fixed  heap/object/shape.h

#ifndef FART_HEAP_SHAPE_TABLE_H_
#define FART_HEAP_SHAPE_TABLE_H_

#include <cstdint>

#include "heap/object/shape.h"
#include "heap/platform/off_heap.h"
#include "heap/store_observer.h"

namespace fart {

// Ids 0 to 2 are the heap's own.
class ShapeTable {
 public:
  // A word that is no object's header on purpose: zeroed memory has shape 0 and is not walkable.
  static constexpr ShapeId kInvalid{0};
  // Dead space of one word / of two words and more (its header's size counts).
  static constexpr ShapeId kFillerWord{1};
  static constexpr ShapeId kFiller{2};
  static constexpr std::uint32_t kFirstFree = 3;
  ShapeTable();

  // False: `description` is not one a shape can have (Shape::IsPossible), or the table is full;
  // nothing changes then. Nor does it when there is no memory: std::bad_alloc.
  [[nodiscard]] bool Register(const ShapeDescription& description, ShapeId* id);
  // HO-S1. The name outlives the table.
  void Rename(ShapeId id, const char* name) {
    FART_DCHECK(IsRegistered(id));
    shapes_[static_cast<std::uint32_t>(id)].Rename(name);
  }
  bool IsRegistered(ShapeId id) const { return static_cast<std::uint32_t>(id) < shapes_.size(); }
  const Shape& operator[](ShapeId id) const {
    FART_DCHECK(IsRegistered(id));
    return shapes_[static_cast<std::uint32_t>(id)];
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(shapes_.size()); }

  // Stands still while the table grows; or null.
  void SetObserver(StoreObserver* observer) { observer_ = observer; }

  static bool IsFiller(ShapeId id) { return id == kFillerWord || id == kFiller; }

 private:
  Vector<Shape> shapes_;
  StoreObserver* observer_ = nullptr;
};

}  // namespace fart

#endif  // FART_HEAP_SHAPE_TABLE_H_

#include "heap/shape_table.h"

namespace fart {

ShapeTable::ShapeTable() {
  shapes_.emplace_back(ShapeDescription{.name = "invalid"});
  shapes_.emplace_back(ShapeDescription{.name = "filler word"});
  shapes_.emplace_back(ShapeDescription{.name = "filler"});
}

bool ShapeTable::Register(const ShapeDescription& description, ShapeId* id) {
  if (!Shape::IsPossible(description)) return false;
  if (shapes_.size() >= Header::kMaxShapes) return false;
  if (observer_ != nullptr) observer_->StandStill();  // G-B3
  const ShapeId next{static_cast<std::uint32_t>(shapes_.size())};
  shapes_.emplace_back(description);
  *id = next;
  return true;
}

}  // namespace fart

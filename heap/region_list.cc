#include "heap/region_list.h"

namespace fart {

bool RegionLists::MakeMoreRoom(std::size_t regions) noexcept {
  constexpr std::size_t kFirst = 16;
  const std::size_t room = std::max({regions, 2 * room_, kFirst});
  for (RegionList* list = first_; list != nullptr; list = list->next_) {
    if (!TryMakeRoom(list->regions_, room - list->regions_.size())) return false;
  }
  room_ = room;
  return true;
}

}  // namespace fart

#include "handles/handle_notes.h"

#include <new>

namespace fart {

HandleNote& HandleNotes::Own(HandleValue value) {
  HandleNote& note = notes_[KeyOf(value)];
  if (note.value != value) note = {.value = value};  // HN-P2
  return note;
}

void HandleNotes::NotePlace(HandleValue value, const HandlePlace& place,
                            std::uint64_t collections) noexcept {
  try {
    const HandlePlace* const kept = &places_.try_emplace(place).first->first;
    HandleNote& note = Own(value);
    note.place = kept;
    note.collections = collections;
  } catch (const std::bad_alloc&) {
    return;  // HN-P3
  }
}

bool HandleNotes::NoteLabel(HandleValue value, std::string_view label) noexcept {
  try {
    if (label.empty()) {
      Own(value).label = nullptr;
      return true;
    }
    auto known = labels_.find(label);
    if (known == labels_.end()) known = labels_.try_emplace(std::string(label)).first;
    Own(value).label = &known->first;
    return true;
  } catch (const std::bad_alloc&) {
    return false;  // HN-P3
  }
}

const HandleNote* HandleNotes::Find(HandleValue value) const {
  const auto found = notes_.find(KeyOf(value));
  return found != notes_.end() && found->second.value == value ? &found->second : nullptr;
}

}  // namespace fart

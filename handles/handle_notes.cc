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
    const HandlePlace* const kept = KeepPlace(place);
    HandleNote& note = Own(value);
    note.place = kept;
    note.collections = collections;
  } catch (const std::bad_alloc&) {
    return;  // HN-P3
  }
}

const std::string* HandleNotes::KeepLabel(std::string_view label) {
  if (label.empty()) return nullptr;
  auto known = labels_.find(label);
  if (known == labels_.end()) known = labels_.try_emplace(std::string(label)).first;
  return &known->first;
}

bool HandleNotes::NoteLabel(HandleValue value, std::string_view label) noexcept {
  try {
    const std::string* const kept = KeepLabel(label);
    Own(value).label = kept;
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

#include "handles/local_notes.h"

#include <new>

namespace fart {

HandleNote& LocalNotes::Own(std::size_t number, HandleValue value) {
  if (stack_.size() <= number) stack_.resize(number + 1);
  HandleNote& note = stack_[number];
  note.value = value;
  return note;
}

void LocalNotes::Made(std::size_t number, HandleValue value, const void* entry) noexcept {
  try {
    const HandlePlace* const place = notes_ == nullptr ? nullptr : notes_->FindPlace(entry);
    if (place == nullptr) return;
    HandleNote& note = Own(number, value);
    note.place = place;
    note.collections = notes_->Collections();
  } catch (const std::bad_alloc&) {
    return;  // HN-P3
  }
}

// HN-P5
void LocalNotes::Remember(std::size_t number, const void* entry) noexcept {
  const HandlePlace* place = nullptr;
  try {
    place = notes_->FindPlace(entry);
  } catch (const std::bad_alloc&) {
    place = nullptr;
  }
  for (; number < stack_.size(); ++number) {
    if (!stack_[number].value.is_empty()) notes_->NoteEnd(stack_[number], place);
  }
}

bool LocalNotes::NoteLabel(std::size_t number, HandleValue value, std::string_view label) noexcept {
  if (notes_ == nullptr) return false;
  try {
    const std::string* const kept = notes_->KeepLabel(label);
    Own(number, value).label = kept;
    return true;
  } catch (const std::bad_alloc&) {
    return false;  // HN-P3
  }
}

}  // namespace fart

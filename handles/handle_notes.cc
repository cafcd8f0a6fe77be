#include "handles/handle_notes.h"

#include <new>
#include <utility>

#include "heap/platform/clock.h"

namespace fart {

bool HandleNotes::BeginTurn() { return budget_.Begin(EvenTicks()); }

void HandleNotes::EndTurn() {
  if (every_ != 1) budget_.End(EvenTicks());
}

HandleNote& HandleNotes::Own(HandleValue value) {
  HandleNote& note = notes_[KeyOf(value)];
  if (note.value != value) note = {.value = value};  // HN-P2
  return note;
}

void HandleNotes::NotePlace(HandleValue value, const HandlePlace* place) noexcept {
  try {
    HandleNote& note = Own(value);
    note.place = place;
    note.collections = Collections();
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

void HandleNotes::NoteEnd(const HandleNote& note, const HandlePlace* place) noexcept {
  if (note.place == nullptr) return;
  try {
    const std::uint64_t value = note.value.bits();
    if (last_ended_.size() < kMostEnded) {
      last_ended_.push_back(value);
    } else {
      ended_.erase(std::exchange(last_ended_[next_ended_], value));
      next_ended_ = (next_ended_ + 1) % kMostEnded;
    }
    HandleNote& ended = ended_[value];
    ended = note;
    ended.ended = place;
  } catch (const std::bad_alloc&) {
    return;  // HN-P3
  }
}

void HandleNotes::NoteEnd(HandleValue value, const HandlePlace* place) noexcept {
  const HandleNote* const note = Find(value);
  if (note != nullptr) NoteEnd(*note, place);
}

const HandleNote* HandleNotes::FindEnded(HandleValue value) const {
  const auto found = ended_.find(value.bits());
  return found == ended_.end() ? nullptr : &found->second;
}

void HandleNotes::NoteHeld(Held what, std::uint64_t number, const HandlePlace* place) noexcept {
  auto& notes = held_[static_cast<std::size_t>(what)];
  if (place == nullptr) {
    notes.erase(number);
    return;
  }
  try {
    HandleNote& note = notes[number];
    note.place = place;
    note.collections = Collections();
  } catch (const std::bad_alloc&) {
    return;  // HN-P3
  }
}

void HandleNotes::NoteHeldHere(Held what, std::uint64_t number, const void* entry) noexcept {
  try {
    NoteHeld(what, number, FindPlace(entry));
  } catch (const std::bad_alloc&) {
    return;  // HN-P3
  }
}

const HandleNote* HandleNotes::FindHeld(Held what, std::uint64_t number) const {
  const auto& notes = held_[static_cast<std::size_t>(what)];
  const auto found = notes.find(number);
  return found == notes.end() ? nullptr : &found->second;
}

const HandleNote* HandleNotes::Find(HandleValue value) const {
  const auto found = notes_.find(KeyOf(value));
  return found != notes_.end() && found->second.value == value ? &found->second : nullptr;
}

}  // namespace fart

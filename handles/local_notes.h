// LocalNotes -- where local handles were made and their scopes opened, and what their hosts call
// them.
//
// A stack beside that of the slots: a note has the number of its slot, and ends with it. It may be
// shorter than that of the slots; it never is longer.
//
// Invariants
//   HN-P4 ended  a note ends when its slot does: no later handle at that place has it.
// and HN-P3 (handle_notes.h).
//
// Not here: who says when slots end (local_handles.h).

#ifndef FART_HANDLES_LOCAL_NOTES_H_
#define FART_HANDLES_LOCAL_NOTES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "handles/handle_notes.h"
#include "handles/handle_value.h"

namespace fart {

class LocalNotes {
 public:
  // Null: nothing is ever noted.
  explicit LocalNotes(HandleNotes* notes) : notes_(notes) {}
  LocalNotes(const LocalNotes&) = delete;
  LocalNotes& operator=(const LocalNotes&) = delete;

  bool is_empty() const { return stack_.empty(); }

  // A handle has been made at the slot `number`, the top one; or a scope opened, which has no
  // value. `entry` is where the function goes on that asked for it (PlaceFinder).
  void Made(std::size_t number, HandleValue value, const void* entry) noexcept;
  // The slots from `number` on have ended (HN-P4), at `entry`.
  void Ended(std::size_t number, const void* entry) noexcept {
    if (number >= stack_.size()) return;
    if (notes_->remembers_ended()) Remember(number, entry);
    stack_.resize(number);
  }
  // Empty: none any more. False: there is no memory for it.
  [[nodiscard]] bool NoteLabel(std::size_t number, HandleValue value,
                               std::string_view label) noexcept;
  // Null: nothing is known.
  const HandleNote* Find(std::size_t number) const {
    if (number >= stack_.size()) return nullptr;
    const HandleNote& note = stack_[number];
    return note.place != nullptr || note.label != nullptr ? &note : nullptr;
  }

 private:
  void Remember(std::size_t number, const void* entry) noexcept;
  HandleNote& Own(std::size_t number, HandleValue value);

  HandleNotes* const notes_;
  std::vector<HandleNote> stack_;
};

}  // namespace fart

#endif  // FART_HANDLES_LOCAL_NOTES_H_

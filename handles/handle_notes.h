// HandleNotes -- where persistent, weak and finalizable handles were made, and what their hosts
// call them; and where what is held without a handle was taken. Those of local handles are noted in
// local_notes.h, with the same places and labels.
//
// A note is found by the number of its handle's slot and holds the handle's value: so deleting a
// handle needs to tell nobody, and there are never more notes than slots. Places are kept once
// each.
//
// Invariants
//   HN-P1 free   the quick ways of the tables never ask whether to note: they are closed while all
//                is noted, and where one in n is, no n in a row take them (SlotTable::SetQuickWay).
//   HN-P2 own    a note is found by the value that it was made for, and by no later one.
//   HN-P3 spare  without memory there is no note, and nothing else happens.
//   HN-P5 ended  of handles that have ended the last kMostEnded are remembered, in checked mode.
//
// Not here: what is on a stack (vm/platform/stack_memo.h); who prints it (vm/inspect).

#ifndef FART_HANDLES_HANDLE_NOTES_H_
#define FART_HANDLES_HANDLE_NOTES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "handles/handle_value.h"
#include "handles/noting_budget.h"

namespace fart {

// Where a handle was made. Either part may be empty.
struct HandlePlace {
  std::string text;                    // a line of source, or frames of a program, a line each
  std::vector<std::uintptr_t> frames;  // of native code, innermost first

  friend bool operator<(const HandlePlace& a, const HandlePlace& b) {
    return a.frames != b.frames ? a.frames < b.frames : a.text < b.text;
  }
};

// What a host or a program holds without a handle, and what its number is.
enum class Held : std::uint8_t {
  kAcquired,  // bytes that are lent: the object's address, which stays (H-Q1)
  kPort,      // an open port: its own
};

class HandleNotes;

// Knows where the code is that is running.
class PlaceFinder {
 public:
  // Kept in `notes`. `entry`: the address at which the function of the house goes on that the host,
  // or its program, has called. May throw std::bad_alloc.
  virtual const HandlePlace* FindPlace(const void* entry, HandleNotes& notes) = 0;
  // How many there have been.
  virtual std::uint64_t Collections() const = 0;

 protected:
  ~PlaceFinder() = default;
};

struct HandleNote {
  HandleValue value;
  const HandlePlace* place = nullptr;  // null: not noted
  const std::string* label = nullptr;  // null: none
  std::uint64_t collections = 0;       // before it was made; where there is a place
  const HandlePlace* ended = nullptr;  // where it was deleted, or its scope left; null: not noted
};

class HandleNotes {
 public:
  static constexpr std::size_t kMostEnded = std::size_t{1} << 16;

  HandleNotes() = default;
  HandleNotes(const HandleNotes&) = delete;
  HandleNotes& operator=(const HandleNotes&) = delete;

  // One in `every` from now on, where `made` have been made; 0: none.
  void SetSampling(std::uint64_t every, std::uint64_t made) {
    if (every != every_) budget_.Start(every);
    every_ = every;
    next_turn_ = made + every;
  }
  bool is_sampling() const { return every_ != 0; }
  bool notes_all() const { return every_ == 1; }
  // Whether the handle that has just been made, the `made`th, is one to be noted; EndTurn then. Who
  // is asked of some only is told to note as many all the same. Where one in many is, as many as
  // there is time for (NotingBudget).
  bool TakeTurn(std::uint64_t made) {
    if (made < next_turn_) return false;
    next_turn_ += every_;
    return every_ == 1 || BeginTurn();
  }
  void EndTurn();
  const NotingBudget& budget() const { return budget_; }

  // Null: nobody knows places.
  void SetFinder(PlaceFinder* finder) { finder_ = finder; }
  // Where this thread is, kept. Null: nobody knows. May throw std::bad_alloc.
  const HandlePlace* FindPlace(const void* entry) {
    return finder_ == nullptr ? nullptr : finder_->FindPlace(entry, *this);
  }
  // May throw std::bad_alloc.
  const HandlePlace* KeepPlace(HandlePlace place) {
    return &places_.try_emplace(std::move(place)).first->first;
  }
  std::uint64_t Collections() const { return finder_ == nullptr ? 0 : finder_->Collections(); }
  // The text, kept; null for an empty one. May throw std::bad_alloc.
  const std::string* KeepLabel(std::string_view label);

  // The place is a kept one.
  void NotePlace(HandleValue value, const HandlePlace* place) noexcept;
  // Empty: none any more. False: there is no memory for it.
  [[nodiscard]] bool NoteLabel(HandleValue value, std::string_view label) noexcept;
  // Null: nothing is known.
  const HandleNote* Find(HandleValue value) const;

  // ---- Checked mode: what was known of handles that have ended (HN-P5)
  void RememberEnded() { remembers_ended_ = true; }
  bool remembers_ended() const { return remembers_ended_; }
  // The note's handle has ended, at that place; null: not known where.
  void NoteEnd(const HandleNote& note, const HandlePlace* place) noexcept;
  // The same of a persistent, weak or finalizable one, which may have no note.
  void NoteEnd(HandleValue value, const HandlePlace* place) noexcept;
  // Null: nothing is known of it, or it has not ended.
  const HandleNote* FindEnded(HandleValue value) const;

  // ---- What is held without a handle; noted where all handles are
  bool has_held() const { return !held_[0].empty() || !held_[1].empty(); }
  // The place is a kept one; null: it is held no longer, or nobody knows.
  void NoteHeld(Held what, std::uint64_t number, const HandlePlace* place) noexcept;
  // Where this thread is. `entry` as FindPlace has it.
  void NoteHeldHere(Held what, std::uint64_t number, const void* entry) noexcept;
  // Null: nothing is known.
  const HandleNote* FindHeld(Held what, std::uint64_t number) const;

  std::size_t places() const { return places_.size(); }

 private:
  [[gnu::noinline]] bool BeginTurn();
  // Of a slot: persistent handles are in a table of their own.
  static std::uint64_t KeyOf(HandleValue value) {
    return std::uint64_t{value.index()} * 2 + (value.kind() == HandleKind::kStrong ? 1 : 0);
  }
  // The value's, which takes the place of an earlier one's.
  HandleNote& Own(HandleValue value);

  std::uint64_t every_ = 0;
  std::uint64_t next_turn_ = 0;  // as many handles as have been made by then
  NotingBudget budget_;
  PlaceFinder* finder_ = nullptr;
  std::unordered_map<std::uint64_t, HandleNote> notes_;
  bool remembers_ended_ = false;
  std::unordered_map<std::uint64_t, HandleNote> ended_;  // by value
  std::vector<std::uint64_t> last_ended_;                // their values, the oldest at next_ended_
  std::size_t next_ended_ = 0;
  std::unordered_map<std::uint64_t, HandleNote> held_[2];  // by Held
  std::map<HandlePlace, int> places_;
  std::map<std::string, int, std::less<>> labels_;
};

}  // namespace fart

#endif  // FART_HANDLES_HANDLE_NOTES_H_

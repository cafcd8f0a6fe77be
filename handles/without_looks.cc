// Stands for verify_tables.cc, verify_slots.cc, handle_notes.cc, local_notes.cc and
// noting_budget.cc in a library that was built without looks into the heap (FART_LOOKS=OFF of the
// CMake build): nobody verifies there (gc/without_verifier.cc), and no place of a handle is noted
// (api/without_looks.cc).

#include "handles/handle_notes.h"
#include "handles/immortal_constants.h"
#include "handles/local_handles.h"
#include "handles/local_notes.h"
#include "handles/noting_budget.h"
#include "handles/peer_table.h"
#include "handles/persistent_handles.h"
#include "handles/scope_arena.h"
#include "handles/weak_handles.h"

namespace fart {

void ImmortalConstants::Verify(VerifyReporter&) const {}
void LocalHandles::Verify(VerifyReporter&) const {}
void PeerTable::Verify(VerifyReporter&) const {}
void PersistentHandles::Verify(VerifyReporter&) const {}
void ScopeArena::Verify(VerifyReporter&) const {}
void WeakHandles::Verify(VerifyReporter&) const {}

bool HandleNotes::BeginTurn() { return false; }
void HandleNotes::EndTurn() {}
const std::string* HandleNotes::KeepLabel(std::string_view) { return nullptr; }
void HandleNotes::NotePlace(HandleValue, const HandlePlace*) noexcept {}
bool HandleNotes::NoteLabel(HandleValue, std::string_view) noexcept { return false; }
void HandleNotes::NoteEnd(const HandleNote&, const HandlePlace*) noexcept {}
void HandleNotes::NoteEnd(HandleValue, const HandlePlace*) noexcept {}
void HandleNotes::NoteHeld(Held, std::uint64_t, const HandlePlace*) noexcept {}
const HandleNote* HandleNotes::FindEnded(HandleValue) const { return nullptr; }
const HandleNote* HandleNotes::Find(HandleValue) const { return nullptr; }

void NotingBudget::Start(std::uint64_t) {}

void LocalNotes::Made(std::size_t, HandleValue, const void*) noexcept {}
void LocalNotes::Remember(std::size_t, const void*) noexcept {}
bool LocalNotes::NoteLabel(std::size_t, HandleValue, std::string_view) noexcept { return false; }

}  // namespace fart

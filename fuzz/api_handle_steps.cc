// Steps: scopes, and handles of all kinds.

#include <array>
#include <vector>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

void EnterScope(ApiWorld& world) { FUZZ_CALL(Fart_EnterScope); }

void ExitScope(ApiWorld& world) { FUZZ_CALL(Fart_ExitScope); }

void ExitScopeWith(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const std::uint64_t hash = Fart_IdentityHash(object);
  const Fart_Handle result = FUZZ_CALL(Fart_ExitScopeWith, object);
  if (world.WentWell(result)) {
    world.Expect(Fart_IdentityHash(result) == hash, "a scope is left with the object itself");
  }
  world.Keep(result, Kind::kAny);
}

void ExitScopeWithAll(ApiWorld& world) {
  constexpr std::intptr_t kMost = 4;
  std::array<Fart_Handle, kMost> handles{};
  for (Fart_Handle& handle : handles) handle = world.Any();
  const std::array<Fart_Handle, kMost> before = handles;
  std::array<std::uint64_t, kMost> hashes{};
  for (std::size_t i = 0; i < handles.size(); ++i) hashes[i] = Fart_IdentityHash(handles[i]);
  const std::intptr_t count = world.LengthIn(kMost);
  Fart_Handle* const place = world.Place(handles.data());
  if (!world.WentWell(FUZZ_CALL(Fart_ExitScopeWithAll, count, place))) {
    world.Expect(handles == before, "what fails leaves the handles as they were");
    return;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    world.Expect(Fart_IdentityHash(handles[i]) == hashes[i], "a scope is left with the objects");
    world.Keep(handles[i], Kind::kAny);
  }
}

void NewLocal(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const Fart_Handle made = FUZZ_CALL(Fart_NewLocalHandle, object);
  if (world.WentWell(made)) {
    world.Expect(Fart_IdentityEquals(made, object), "a variable is of its object");
  }
  world.Keep(made, Kind::kAny);
}

void SetLocal(ApiWorld& world) {
  const Fart_Handle local = world.Any();
  const Fart_Handle object = world.Any();
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_SetLocalHandle, local, object);
  if (Fart_MisuseCount() != misuses) return;
  world.Expect(Fart_IdentityEquals(local, object), "a variable is of what was set");
}

void ScopeAllocate(ApiWorld& world) {
  const std::intptr_t size = world.Length();
  std::uint8_t* const bytes = FUZZ_CALL(Fart_ScopeAllocate, size);
  if (bytes == nullptr) return;
  world.Expect(reinterpret_cast<std::uintptr_t>(bytes) % 8 == 0, "memory of scopes is aligned");
  if (size > 0) std::memset(bytes, 0xEE, static_cast<std::size_t>(size < 4096 ? size : 4096));
}

// ---- Persistent handles

void NewPersistent(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const Fart_PersistentHandle made = FUZZ_CALL(Fart_NewPersistentHandle, object);
  if (world.WentWell(made)) {
    world.Expect(Fart_IdentityEquals(made, object), "a persistent handle is of its object");
  }
  world.Keep(made, Kind::kAny);
}

void HandleFromPersistent(ApiWorld& world) {
  const Fart_PersistentHandle persistent = world.Any();
  world.Keep(FUZZ_CALL(Fart_HandleFromPersistent, persistent), Kind::kAny);
}

void SetPersistent(ApiWorld& world) {
  const Fart_PersistentHandle persistent = world.Any();
  const Fart_Handle object = world.Any();
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_SetPersistentHandle, persistent, object);
  if (Fart_MisuseCount() != misuses) return;
  world.Expect(Fart_IdentityEquals(persistent, object), "a persistent handle is of what was set");
}

void DeletePersistent(ApiWorld& world) {
  const Fart_PersistentHandle persistent = world.Any();
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_DeletePersistentHandle, persistent);
  if (Fart_MisuseCount() != misuses) return;
  Fart_DeletePersistentHandle(persistent);
  world.Expect(Fart_MisuseCount() == misuses + 1, "a second deletion is a misuse");
}

// ---- Weak and finalizable handles

// `make(object, loan, size, without)` answers whether there is a handle now that has the loan for a
// peer; `without` a callback there must be none.
template <typename Make>
Loan* Watch(ApiWorld& world, const char* name, Make make) {
  const Fart_Handle object = world.Any();
  const std::intptr_t size = world.Length();
  const bool without = world.OneIn(32);
  Loan* const loan = world.ledger.Offer(name, 8);
  const bool is_made = make(object, loan, size, without);
  world.Expect(!without || !is_made, "what watches an object has a callback");
  loan->Settle(is_made);
  return loan;
}

// A name of a file, or none.
const char* FileOf(ApiWorld& world) { return world.OneIn(16) ? nullptr : "file.cc"; }

void NewWeak(ApiWorld& world) {
  Fart_WeakPersistentHandle made = nullptr;
  Loan* const loan =
      Watch(world, "a weak handle",
            [&](Fart_Handle object, Loan* peer, std::intptr_t size, bool without) {
              const auto callback = without ? nullptr : ApiWorld::OnWeakLoan;
              made = world.OneIn(2)
                         ? FUZZ_CALL(Fart_NewWeakPersistentHandle, object, peer, size, callback)
                         : FUZZ_CALL(Fart_NewWeakPersistentHandleAt, object, peer, size, callback,
                                     FileOf(world), 1);
              return made != nullptr;
            });
  world.watched.Add({made, nullptr, loan});
}

void NewFinalizable(ApiWorld& world) {
  Fart_FinalizableHandle made = nullptr;
  Loan* const loan = Watch(
      world, "a finalizable handle",
      [&](Fart_Handle object, Loan* peer, std::intptr_t size, bool without) {
        const auto callback = without ? nullptr : ApiWorld::OnLoan;
        made = world.OneIn(2) ? FUZZ_CALL(Fart_NewFinalizableHandle, object, peer, size, callback)
                              : FUZZ_CALL(Fart_NewFinalizableHandleAt, object, peer, size, callback,
                                          FileOf(world), 1);
        return made != nullptr;
      });
  world.watched.Add({nullptr, made, loan});
}

void HandleFromWeak(ApiWorld& world) {
  const Fart_WeakPersistentHandle weak = world.AnyWeak();
  world.Keep(FUZZ_CALL(Fart_HandleFromWeakPersistent, weak), Kind::kAny);
}

// Only one whose object is not known to be dead is cancelled, and then there is one less.
std::uint64_t LiveFinalizables() {
  Fart_HandleStatistics statistics{};
  statistics.struct_size = sizeof(statistics);
  Fart_GetHandleStatistics(&statistics);
  return statistics.finalizable_live;
}

// The loans of handles with this value.
std::vector<Loan*> LoansOf(ApiWorld& world, Fart_WeakPersistentHandle weak,
                           Fart_FinalizableHandle finalizable) {
  std::vector<Loan*> loans;
  for (std::size_t i = 0; i < world.watched.size(); ++i) {
    const ApiWorld::Watched& watched = world.watched[i];
    if (watched.weak == weak && watched.finalizable == finalizable) loans.push_back(watched.loan);
  }
  return loans;
}

// What is deleted, whichever way its value was come by, is called back no more.
void Cancel(const std::vector<Loan*>& loans) {
  for (Loan* const loan : loans) loan->Cancel();
}

void DeleteWeak(ApiWorld& world) {
  Fart_WeakPersistentHandle weak = world.AnyWeak();
  const Fart_Isolate isolate = world.OneIn(16) && !world.isolates.empty()
                                   ? world.isolates[world.Below(world.isolates.size())]
                                   : Fart_CurrentIsolate();
  const std::vector<Loan*> loans = LoansOf(world, weak, nullptr);
  if (loans.empty()) weak = nullptr;  // One that gave way may be alive: its loan would be lost.
  const std::uint64_t misuses = Fart_MisuseCount();
  if (world.OneIn(2)) {
    const Fart_Isolate owner = FUZZ_CALL(Fart_TryDeleteWeakPersistentHandle, weak);
    if (owner != nullptr) return;
  } else {
    FUZZ_CALL(Fart_DeleteWeakPersistentHandle, isolate, weak);
  }
  if (Fart_MisuseCount() == misuses) Cancel(loans);
}

void UpdateExternal(ApiWorld& world) {
  const Fart_WeakPersistentHandle weak = world.AnyWeak();
  const std::intptr_t size = world.Length();
  FUZZ_CALL(Fart_UpdateExternalSize, weak, size);
}

void DeleteFinalizable(ApiWorld& world) {
  Fart_FinalizableHandle finalizable = world.AnyFinalizable();
  const Fart_Handle object = world.Any();
  const std::vector<Loan*> loans = LoansOf(world, nullptr, finalizable);
  if (loans.empty()) finalizable = nullptr;
  const std::uint64_t live = LiveFinalizables();
  FUZZ_CALL(Fart_DeleteFinalizableHandle, finalizable, object);
  if (LiveFinalizables() < live) Cancel(loans);
}

void UpdateFinalizable(ApiWorld& world) {
  const Fart_FinalizableHandle finalizable = world.AnyFinalizable();
  const Fart_Handle object = world.Any();
  const std::intptr_t size = world.Length();
  FUZZ_CALL(Fart_UpdateFinalizableExternalSize, finalizable, object, size);
}

// A watcher with its object at hand, so that deleting it can succeed.
void WatchAndForget(ApiWorld& world) {
  const Fart_Handle object = world.Of(Kind::kList);
  Loan* const loan = world.ledger.Offer("a finalizable handle, forgotten", 8);
  const Fart_FinalizableHandle made =
      FUZZ_CALL(Fart_NewFinalizableHandle, object, loan, 100, ApiWorld::OnLoan);
  loan->Settle(made != nullptr);
  const std::uint64_t live = LiveFinalizables();
  FUZZ_CALL(Fart_DeleteFinalizableHandle, made, object);
  if (LiveFinalizables() < live) loan->Cancel();
}

}  // namespace

std::span<const ApiStep> HandleSteps() {
  static constexpr ApiStep kSteps[] = {
      EnterScope,       ExitScope,      ExitScopeWith,        ScopeAllocate,
      NewPersistent,    NewPersistent,  HandleFromPersistent, SetPersistent,
      DeletePersistent, NewWeak,        NewFinalizable,       HandleFromWeak,
      DeleteWeak,       UpdateExternal, DeleteFinalizable,    UpdateFinalizable,
      WatchAndForget,   EnterScope,     ExitScopeWithAll,     NewLocal,
      SetLocal,
  };
  return kSteps;
}

}  // namespace fart::fuzz

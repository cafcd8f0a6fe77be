// Every handle operation, through the public header from a shared library.
//
// Where the system is `hpp`, the same is done by the class of fart.hpp. Where it is `first`, the
// same is done by the functions that there were before one that does it at once. Handles that an
// operation makes end with a scope of 64 of them (16 where the name says so): a 64th of a scope's
// cost is in each figure. Not here: what is compared with (handle_peers.cc).

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <vector>

#include "bench/operations.h"
#include "dart_api.h"
#include "fart.hpp"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::bench {
namespace {

constexpr size_t kBatch = 1024;  // What happens once for it is not seen.
constexpr size_t kScope = 64;

size_t many = 1'000'000;

Fart_PersistentHandle object;  // What operations work on.
Fart_PersistentHandle element;
Fart_Shape pair_shape;
std::vector<Fart_PersistentHandle> persistents;

Fart_Handle Checked(Fart_Handle handle) {
  DART_CHECK_VALID(handle);
  return handle;
}

// `operation()` for each of a batch, with a scope around every kScope of them.
template <size_t kPerScope = kScope, typename Operation>
void InScopes(size_t batch, Operation operation) {
  for (size_t i = 0; i < batch; i += kPerScope) {
    Fart_EnterScope();
    for (size_t j = 0; j < kPerScope; ++j) operation();
    Fart_ExitScope();
  }
}

// ---- Scopes and local handles

void EmptyScope(size_t batch) {
  for (size_t i = 0; i < batch; ++i) {
    Fart_EnterScope();
    Fart_ExitScope();
  }
}

// A small integer lies in the handle's slot: making one is making a handle and nothing else.
void LocalHandle16InScope(size_t batch) {
  InScopes<16>(batch, [] { Fart_NewInteger(7); });
}

// ---- Persistent and weak handles

void MakeObject() {
  Fart_EnterScope();
  object = Fart_NewPersistentHandle(Checked(Fart_NewDouble(1.5)));
  Fart_ExitScope();
}
void DropObject() { Fart_DeletePersistentHandle(object); }

void PersistentCreateDelete(size_t batch) {
  Fart_EnterScope();
  const Fart_Handle local = Fart_HandleFromPersistent(object);
  for (size_t i = 0; i < batch; ++i) {
    Fart_DeletePersistentHandle(Fart_NewPersistentHandle(local));
  }
  Fart_ExitScope();
}

void MillionPersistentsCreateDelete(size_t batch) {
  Fart_EnterScope();
  const Fart_Handle local = Fart_HandleFromPersistent(object);
  persistents.resize(batch);
  for (Fart_PersistentHandle& handle : persistents) handle = Fart_NewPersistentHandle(local);
  for (const Fart_PersistentHandle handle : persistents) Fart_DeletePersistentHandle(handle);
  Fart_ExitScope();
}

// ---- Persistent handles made from many stacks in turn (--handle-provenance)

constexpr size_t kPerStack = 1000;  // With =sample:1000 each stack is noted once in its turn.

int CreateDeletePerStack(Fart_Handle local) {
  for (size_t i = 0; i < kPerStack; ++i) {
    Fart_DeletePersistentHandle(Fart_NewPersistentHandle(local));
  }
  return 1;
}

// What is called below is not the last thing that its caller does, so each has a frame.
int Return(int below, int more) {
  asm volatile("" : "+r"(below));
  return below + more;
}

// Of as many stacks of the same depth as there are numbers of so many bits.
int Odd(Fart_Handle local, size_t path, size_t bits);
[[gnu::noinline]] int Even(Fart_Handle local, size_t path, size_t bits) {
  if (bits == 0) return CreateDeletePerStack(local);
  if (path % 2 == 0) return Return(Even(local, path / 2, bits - 1), 1);
  return Return(Odd(local, path / 2, bits - 1), 2);
}
[[gnu::noinline]] int Odd(Fart_Handle local, size_t path, size_t bits) {
  if (bits == 0) return CreateDeletePerStack(local);
  if (path % 2 == 0) return Return(Even(local, path / 2, bits - 1), 3);
  return Return(Odd(local, path / 2, bits - 1), 4);
}

[[gnu::noinline]] int Deep(Fart_Handle local, size_t depth) {
  if (depth == 0) return CreateDeletePerStack(local);
  return Return(Deep(local, depth - 1), 1);
}

template <typename Stack>
void FromStacks(size_t batch, Stack stack) {
  Fart_EnterScope();
  const Fart_Handle local = Fart_HandleFromPersistent(object);
  int sum = 0;
  for (size_t i = 0; i < batch / kPerStack; ++i) sum += stack(local, i);
  if (sum == 0) abort();
  Fart_ExitScope();
}
void FromPaths(size_t batch) {
  FromStacks(batch, [](Fart_Handle local, size_t i) { return Even(local, i, 11); });
}
// More than a library remembers, in turn: none is ever known.
void FromManyPaths(size_t batch) {
  FromStacks(batch, [](Fart_Handle local, size_t i) { return Even(local, i, 13); });
}
void FromDepths(size_t batch) {
  FromStacks(batch, [](Fart_Handle local, size_t i) { return Deep(local, i); });
}

void DoNothing(void*, Fart_WeakPersistentHandle, void*) {}

void WeakCreateDelete(size_t batch) {
  Fart_EnterScope();
  const Fart_Handle local = Fart_HandleFromPersistent(object);
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  for (size_t i = 0; i < batch; ++i) {
    Fart_DeleteWeakPersistentHandle(isolate,
                                    Fart_NewWeakPersistentHandle(local, nullptr, 0, DoNothing));
  }
  Fart_ExitScope();
}

void WeakInCpp(size_t batch) {
  Fart_EnterScope();
  const Local local(Fart_HandleFromPersistent(object));
  for (size_t i = 0; i < batch; ++i) const Weak weak(local);
  Fart_ExitScope();
}

void WeakWithCallInCpp(size_t batch) {
  Fart_EnterScope();
  const Local local(Fart_HandleFromPersistent(object));
  for (size_t i = 0; i < batch; ++i) const Weak weak(local, [] {});
  Fart_ExitScope();
}

void PersistentToLocal(size_t batch) {
  InScopes(batch, [] { Fart_HandleFromPersistent(object); });
}

// ---- Objects

void SmallInteger(size_t batch) {
  InScopes(batch, [] { Fart_NewInteger(123456789); });
}
void Double(size_t batch) {
  InScopes(batch, [] { Fart_NewDouble(0.5); });
}
void String16(size_t batch) {
  InScopes(batch, [] { Fart_NewStringFromCString("sixteen letters!"); });
}
void ListOf8(size_t batch) {
  InScopes(batch, [] { Fart_NewList(8); });
}

void RegisterPair() {
  Fart_ShapeDescription description{};
  description.struct_size = sizeof(description);
  description.name = "Pair";
  description.reference_count = 2;
  Checked(Fart_RegisterShape(&description, &pair_shape));
}
void PlainObject(size_t batch) {
  InScopes(batch, [] { Fart_AllocateObject(pair_shape, 0); });
}

void MakePair() {
  Fart_EnterScope();
  RegisterPair();
  const Fart_Handle pair = Checked(Fart_AllocateObject(pair_shape, 0));
  element = Fart_NewPersistentHandle(Checked(Fart_NewDouble(2.5)));
  Checked(Fart_SetReference(pair, 0, element));
  Checked(Fart_SetReference(pair, 1, pair));
  object = Fart_NewPersistentHandle(pair);
  Fart_ExitScope();
}
void DropPair() {
  Fart_DeletePersistentHandle(object);
  Fart_DeletePersistentHandle(element);
}
// `operation(pair)` with a local handle of it.
template <typename Operation>
void WithPair(size_t batch, Operation operation) {
  Fart_EnterScope();
  const Fart_Handle pair = Fart_HandleFromPersistent(object);
  InScopes(batch, [pair, operation] { operation(pair); });
  Fart_ExitScope();
}

void IdentityOfPersistent(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) { Fart_IdentityEquals(pair, element); });
}
void GetReference(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) { Fart_GetReference(pair, 0); });
}
void SetReference(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) { Fart_SetReference(pair, 0, element); });
}
void CheckAnswer(size_t batch) {
  InScopes(batch, [] { Fart_IsError(Fart_True()); });
}
void ExitScopeWith(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    Fart_EnterScope();
    Fart_ExitScopeWith(pair);
  });
}

void BothReferencesFirst(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    Fart_GetReference(pair, 0);
    Fart_GetReference(pair, 1);
  });
}
void BothReferences(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    Fart_Handle both[2];
    Fart_GetReferences(pair, 0, 2, both);
  });
}
void StoreBothFirst(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    Fart_SetReference(pair, 0, pair);
    Fart_SetReference(pair, 1, pair);
  });
}
void StoreBoth(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    const Fart_Handle both[] = {pair, pair};
    Fart_SetReferences(pair, 0, 2, both);
  });
}
void NewPairFirst(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    const Fart_Handle made = Fart_AllocateObject(pair_shape, 0);
    Fart_SetReference(made, 0, pair);
    Fart_SetReference(made, 1, pair);
  });
}
void NewPair(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    const Fart_Handle both[] = {pair, pair};
    Fart_AllocateObjectWith(pair_shape, 0, 2, both);
  });
}
void ShapeFirst(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    Fart_Shape shape = nullptr;
    if (Fart_HasRegisteredShape(pair)) Fart_ObjectShape(pair, &shape);
  });
}
void ShapeByIndex(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) { Fart_ShapeIndex(pair); });
}
void IsOfShape(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) { Fart_IsOfShape(pair, pair_shape); });
}
void AssignFirst(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) { Fart_SetPersistentHandle(element, pair); });
}
void Assign(size_t batch) {
  Fart_EnterScope();
  const Fart_Handle variable = Fart_NewLocalHandle(Fart_Null());
  WithPair(batch, [variable](Fart_Handle pair) { Fart_SetLocalHandle(variable, pair); });
  Fart_ExitScope();
}
void LeaveWithTwoFirst(size_t batch) {
  const Fart_PersistentHandle one = Fart_NewPersistentHandle(element);
  WithPair(batch, [one](Fart_Handle pair) {
    Fart_EnterScope();
    Fart_SetPersistentHandle(one, pair);
    Fart_ExitScopeWith(pair);
    Fart_HandleFromPersistent(one);
  });
  Fart_DeletePersistentHandle(one);
}
void LeaveWithTwo(size_t batch) {
  WithPair(batch, [](Fart_Handle pair) {
    Fart_EnterScope();
    Fart_Handle both[] = {pair, pair};
    Fart_ExitScopeWithAll(2, both);
  });
}

void MakeList() {
  Fart_EnterScope();
  object = Fart_NewPersistentHandle(Checked(Fart_NewList(8)));
  element = Fart_NewPersistentHandle(Checked(Fart_NewDouble(2.5)));
  Fart_ExitScope();
}
void DropList() {
  Fart_DeletePersistentHandle(object);
  Fart_DeletePersistentHandle(element);
}
void ListGet(size_t batch) {
  const Fart_Handle list = Fart_HandleFromPersistent(object);
  InScopes(batch, [list] { Fart_ListGetAt(list, 5); });
}
void ListSet(size_t batch) {
  const Fart_Handle list = Fart_HandleFromPersistent(object);
  const Fart_Handle value = Fart_HandleFromPersistent(element);
  InScopes(batch, [list, value] { Fart_ListSetAt(list, 5, value); });
}

void ListOf8ByElements(size_t batch) {
  const Fart_Handle list = Fart_HandleFromPersistent(object);
  InScopes<kScope / 8>(batch, [list] {
    for (intptr_t i = 0; i < 8; ++i) Fart_ListGetAt(list, i);
  });
}
void ListOf8ByRange(size_t batch) {
  const Fart_Handle list = Fart_HandleFromPersistent(object);
  InScopes<kScope / 8>(batch, [list] {
    Fart_Handle all[8];
    Fart_ListGetRange(list, 0, 8, all);
  });
}

// ---- Collections

void MakeYoungDoubles() {
  persistents.clear();
  persistents.reserve(many);
  for (size_t made = 0; made < many;) {
    Fart_EnterScope();
    for (size_t i = 0; i < kScope && made < many; ++i, ++made) {
      const Fart_Handle fresh = Fart_NewDouble(static_cast<double>(made));
      persistents.push_back(Fart_NewPersistentHandle(fresh));
    }
    Fart_ExitScope();
  }
}
void MakeOldDoubles() {
  MakeYoungDoubles();
  for (int i = 0; i < 3; ++i) Checked(Fart_Collect(Fart_Collection_kMinor));
}
void DeletePersistents() {
  for (const Fart_PersistentHandle handle : persistents) Fart_DeletePersistentHandle(handle);
}

void CollectMinor(size_t) { Checked(Fart_Collect(Fart_Collection_kMinor)); }
void CollectMajor(size_t) { Checked(Fart_Collect(Fart_Collection_kMajor)); }
// All die in the collection that is measured, and all callbacks run in it.
size_t weak_callbacks = 0;
void CountCallback(void*, Fart_WeakPersistentHandle, void*) { ++weak_callbacks; }
void CollectWithCallbacks(size_t) {
  weak_callbacks = 0;
  Checked(Fart_Collect(Fart_Collection_kEverything));
  if (weak_callbacks != many) {
    fprintf(stderr, "%zu of %zu callbacks ran\n", weak_callbacks, many);
    abort();
  }
}

// Doubles that are dead by the time the clock starts, each watched by a weak handle. A scope keeps
// them alive, and their callbacks waiting, until all are made.
void MakeDeadWatchedDoubles() {
  Fart_EnterScope();
  for (size_t i = 0; i < many; ++i) {
    const Fart_Handle fresh = Fart_NewDouble(static_cast<double>(i));
    Fart_NewWeakPersistentHandle(fresh, nullptr, 0, CountCallback);
  }
  Fart_ExitScope();
}

Operation OfPair(const char* name, void (*run)(size_t)) {
  return {name, kBatch, run, MakePair, DropPair, nullptr, nullptr};
}

std::vector<Operation> Operations() {
  return {
      {"BM_EmptyScope/fart", kBatch, EmptyScope, nullptr, nullptr, nullptr, nullptr},
      {"BM_LocalHandle16InScope/fart", kBatch, LocalHandle16InScope, nullptr, nullptr, nullptr,
       nullptr},
      {"BM_PersistentCreateDelete/fart", kBatch, PersistentCreateDelete, MakeObject, DropObject,
       nullptr, nullptr},
      {"BM_MillionPersistentsCreateDelete/fart", many, MillionPersistentsCreateDelete, MakeObject,
       DropObject, nullptr, nullptr},
      {"BM_PersistentFrom1Stack/fart", kPerStack, FromPaths, MakeObject, DropObject, nullptr,
       nullptr},
      {"BM_PersistentFrom200Stacks/fart", 200 * kPerStack, FromPaths, MakeObject, DropObject,
       nullptr, nullptr},
      {"BM_PersistentFrom2000Stacks/fart", 2000 * kPerStack, FromPaths, MakeObject, DropObject,
       nullptr, nullptr},
      {"BM_PersistentFrom8192Stacks/fart", 8192 * kPerStack, FromManyPaths, MakeObject, DropObject,
       nullptr, nullptr},
      {"BM_PersistentFrom200Depths/fart", 200 * kPerStack, FromDepths, MakeObject, DropObject,
       nullptr, nullptr},
      {"BM_WeakCreateDelete/fart", kBatch, WeakCreateDelete, MakeObject, DropObject, nullptr,
       nullptr},
      {"BM_WeakCreateDelete/hpp", kBatch, WeakInCpp, MakeObject, DropObject, nullptr, nullptr},
      {"BM_WeakWithCallCreateDelete/hpp", kBatch, WeakWithCallInCpp, MakeObject, DropObject,
       nullptr, nullptr},
      {"BM_PersistentToLocal/fart", kBatch, PersistentToLocal, MakeObject, DropObject, nullptr,
       nullptr},
      {"BM_SmallInteger/fart", kBatch, SmallInteger, nullptr, nullptr, nullptr, nullptr},
      {"BM_Double/fart", kBatch, Double, nullptr, nullptr, nullptr, nullptr},
      {"BM_String16/fart", kBatch, String16, nullptr, nullptr, nullptr, nullptr},
      {"BM_ListOf8/fart", kBatch, ListOf8, nullptr, nullptr, nullptr, nullptr},
      {"BM_PlainObject/fart", kBatch, PlainObject, RegisterPair, nullptr, nullptr, nullptr},
      {"BM_ListGet/fart", kBatch, ListGet, MakeList, DropList, nullptr, nullptr},
      {"BM_ListSet/fart", kBatch, ListSet, MakeList, DropList, nullptr, nullptr},
      {"BM_ListGetRangeOf8/first", kBatch, ListOf8ByElements, MakeList, DropList, nullptr, nullptr},
      {"BM_ListGetRangeOf8/fart", kBatch, ListOf8ByRange, MakeList, DropList, nullptr, nullptr},
      OfPair("BM_IdentityOfPersistent/fart", IdentityOfPersistent),
      OfPair("BM_GetReference/fart", GetReference),
      OfPair("BM_SetReference/fart", SetReference),
      OfPair("BM_CheckAnswer/fart", CheckAnswer),
      OfPair("BM_ExitScopeWith/fart", ExitScopeWith),
      OfPair("BM_GetBothReferences/first", BothReferencesFirst),
      OfPair("BM_GetBothReferences/fart", BothReferences),
      OfPair("BM_SetBothReferences/first", StoreBothFirst),
      OfPair("BM_SetBothReferences/fart", StoreBoth),
      OfPair("BM_PairOfTwo/first", NewPairFirst),
      OfPair("BM_PairOfTwo/fart", NewPair),
      OfPair("BM_WhichShape/first", ShapeFirst),
      OfPair("BM_WhichShape/fart", ShapeByIndex),
      OfPair("BM_IsOfShape/first", ShapeFirst),
      OfPair("BM_IsOfShape/fart", IsOfShape),
      OfPair("BM_AssignVariable/first", AssignFirst),
      OfPair("BM_AssignVariable/fart", Assign),
      OfPair("BM_ExitScopeWithTwo/first", LeaveWithTwoFirst),
      OfPair("BM_ExitScopeWithTwo/fart", LeaveWithTwo),
      // What is added by a million handles is the difference to the first of these.
      {"BM_MinorWithoutHandles/fart", 1, CollectMinor, nullptr, nullptr, nullptr, nullptr},
      {"BM_MinorWithMillionOld/fart", 1, CollectMinor, MakeOldDoubles, DeletePersistents, nullptr,
       nullptr},
      {"BM_MinorAfterMillionYoung/fart", 1, CollectMinor, nullptr, nullptr, MakeYoungDoubles,
       DeletePersistents},
      {"BM_FullWithMillionPersistents/fart", 1, CollectMajor, MakeOldDoubles, DeletePersistents,
       nullptr, nullptr},
      {"BM_MillionDeadWeakPerHandle/fart", many, CollectWithCallbacks, nullptr, nullptr,
       MakeDeadWatchedDoubles, nullptr},
  };
}

}  // namespace

DART_EXPORT OperationList FartBenchListOperations(bool smoke);
OperationList FartBenchListOperations(bool smoke) {
  if (smoke) many = 1000;
  static const std::vector<Operation> operations = Operations();
  return {operations.data(), operations.size()};
}

}  // namespace fart::bench

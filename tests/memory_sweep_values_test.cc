// What a host makes and holds: handles of each kind, values, outside memory, collections.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tests/memory_sweep.h"

namespace fart::tests {
namespace {

void Count(void* peer) { ++*static_cast<int*>(peer); }
void CountWeak(void*, Fart_WeakPersistentHandle, void* peer) { Count(peer); }
void CountFinalizable(void*, void* peer) { Count(peer); }

TEST(MemorySweepTest, StartAndEndOfTheMachine) {
  SweepCalls(24, [] {
    bool is_refused = false;
    Fart_InitializeParams params{};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    char* error = Fart_Initialize(&params);
    is_refused |= error != nullptr;
    std::free(error);
    for (const bool is_heap : {true, false}) {
      error = nullptr;
      const Fart_Isolate isolate =
          is_heap ? Fart_CreateHeapIsolate(nullptr, &error)
                  : Fart_CreateIsolate("sweep", "main", nullptr, nullptr, nullptr, &error);
      std::free(error);
      is_refused |= isolate == nullptr;
      EXPECT_EQ(Fart_CurrentIsolate(), isolate);
      if (isolate == nullptr) continue;
      Fart_EnterScope();
      EXPECT_FALSE(Fart_IsError(Fart_EmptyString()));
      Fart_ExitScope();
      Fart_ShutdownIsolate();
      EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
    }
    error = Fart_Cleanup();
    // Without memory for a text, Fart_Initialize has not started and says nothing.
    EXPECT_TRUE(is_refused || error == nullptr) << error;
    std::free(error);
    StopRefusing();
    return is_refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
}

TEST(MemorySweepTest, HandlesOfEachKind) {
  const Machine machine;
  SweepCalls(40, [] {
    return InIsolate(With::kHeap, [](Told& told) {
      const std::uint64_t misuses = Fart_MisuseCount();
      std::uint64_t refused = 0;
      static Fart_PersistentHandle persistents[600];
      static Fart_WeakPersistentHandle weaks[600];
      static Fart_FinalizableHandle finalizables[600];
      static int ended;
      ended = 0;
      int watched = 0;
      Fart_Handle objects = Fart_NewList(600);
      if (!told.Ok(objects)) return;
      for (int i = 0; i < 600; ++i) {
        Fart_EnterScope();
        const Fart_Handle object = Fart_NewList(2);
        persistents[i] = nullptr;
        weaks[i] = nullptr;
        finalizables[i] = nullptr;
        if (told.Ok(object)) {
          told.Ok(Fart_ListSetAt(objects, i, object));
          told.Ok(Fart_SetPeer(object, &persistents[i]));
          void* peer = nullptr;
          told.Ok(Fart_GetPeer(object, &peer));
          persistents[i] = Fart_NewPersistentHandle(object);
          if (!told.Ok(persistents[i])) persistents[i] = nullptr;
          weaks[i] = Fart_NewWeakPersistentHandle(object, &ended, 16, CountWeak);
          finalizables[i] = Fart_NewFinalizableHandle(object, &ended, 0, CountFinalizable);
          refused += !told.Ok(weaks[i] != nullptr) + !told.Ok(finalizables[i] != nullptr);
          watched += (weaks[i] != nullptr) + (finalizables[i] != nullptr);
          Fart_UpdateExternalSize(weaks[i], 48);
        }
        // Local handles, more than a block has.
        for (int j = 0; j < 40; ++j) told.Ok(Fart_ListGetAt(objects, i));
        static_cast<void>(Fart_ScopeAllocate(3000));
        Fart_ExitScope();
      }
      EXPECT_GE(Fart_MisuseCount() - misuses, refused);
      told.Ok(Fart_Collect(Fart_Collection_kMinor));
      for (int i = 0; i < 600; ++i) {
        if (persistents[i] != nullptr) Fart_DeletePersistentHandle(persistents[i]);
      }
      for (int i = 0; i < 300; ++i) {
        if (weaks[i] == nullptr) continue;
        Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), weaks[i]);
        --watched;
      }
      for (int i = 0; i < 600; ++i) told.Ok(Fart_ListSetAt(objects, i, Fart_Null()));
      told.Ok(Fart_Collect(Fart_Collection_kMajor));
      StopRefusing();
      told.Ok(Fart_Collect(Fart_Collection_kEverything));
      EXPECT_EQ(ended, watched);
    });
  });
}

TEST(MemorySweepTest, Values) {
  const Machine machine;
  SweepCalls(40, [] {
    static int ended;
    ended = 0;
    static int lent;
    lent = 0;
    const SweepOutcome outcome = InIsolate(With::kHeap, [](Told& told) {
      static const std::uint8_t latin1[] = "in the host's memory";
      static const std::uint16_t utf16[] = {0x263a, 0x263b, 0x263c};
      static std::uint8_t data[4096];
      for (int i = 0; i < 40; ++i) {
        Fart_EnterScope();
        const Fart_Handle text = Fart_NewStringFromCString("a text with \xe2\x98\xba in it");
        told.Ok(text);
        lent += told.Ok(Fart_NewExternalLatin1String(latin1, 20, &ended, Count)) ? 1 : 0;
        lent += told.Ok(Fart_NewExternalUTF16String(utf16, 3, &ended, Count)) ? 1 : 0;
        lent += told.Ok(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, data, 4096,
                                                               &ended, 4096, CountFinalizable))
                    ? 1
                    : 0;
        if (!Fart_IsError(text)) {
          std::intptr_t length = 0;
          told.Ok(Fart_StringLength(text, &length));
          std::uint8_t* bytes = nullptr;
          told.Ok(Fart_StringToUTF8(text, &bytes, &length));
          const char* characters = nullptr;
          told.Ok(Fart_StringToCString(text, &characters));
          static std::uint8_t room[64];
          std::intptr_t size = 0;
          told.Ok(Fart_StringStorageSize(text, &size));
          const Fart_Handle external =
              Fart_MakeExternalString(text, room, sizeof room, &ended, Count);
          lent += told.Ok(external) ? 1 : 0;
        }
        const Fart_Handle bytes = Fart_NewTypedData(Fart_TypedData_kInt32, 500);
        if (told.Ok(bytes)) {
          Fart_TypedData_Type type;
          void* where = nullptr;
          std::intptr_t length = 0;
          if (told.Ok(Fart_TypedDataAcquireData(bytes, &type, &where, &length))) {
            std::memset(where, i, 2000);
            told.Ok(Fart_TypedDataReleaseData(bytes));
          }
          told.Ok(Fart_NewByteBuffer(bytes));
        }
        const Fart_Handle list = Fart_NewList(3000);
        if (told.Ok(list)) told.Ok(Fart_ListSetAt(list, 2999, Fart_NewInteger(1LL << 62)));
        told.Ok(Fart_NewIntegerFromHexCString("0x123456789abcdef0123456789abcdef"));
        told.Ok(Fart_NewDouble(0.5));
        // More than a region, and large.
        told.Ok(Fart_NewTypedData(Fart_TypedData_kUint8, 300000));
        // Errors, put together out of line.
        Fart_GetError(Fart_StringLength(Fart_True(), nullptr));
        Fart_ExitScope();
      }
    });
    EXPECT_EQ(ended, lent);
    return outcome;
  });
}

TEST(MemorySweepTest, CollectionsInProgress) {
  const Machine machine;
  SweepCalls(40, [] {
    return InIsolate(With::kHeap, [](Told& told) {
      // A tree, chains and garbage; old ones that point to young ones.
      Fart_Handle root = Fart_NewList(2000);
      if (!told.Ok(root)) return;
      for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 2000; ++i) {
          Fart_EnterScope();
          const Fart_Handle list = Fart_NewList(20);
          if (told.Ok(list)) {
            told.Ok(Fart_ListSetAt(list, 0, Fart_ListGetAt(root, (i * 7) % 2000)));
            told.Ok(Fart_ListSetAt(root, i, list));
          }
          Fart_ExitScope();
        }
        told.Ok(Fart_Collect(round == 2 ? Fart_Collection_kMajor : Fart_Collection_kMinor));
      }
      Fart_NotifyIdle(INT64_MAX);
      Fart_NotifyLowMemory();
      told.Ok(Fart_Collect(Fart_Collection_kEverything));
    });
  });
}

}  // namespace
}  // namespace fart::tests

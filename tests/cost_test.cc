// What a collection may cost, counted in what it looks at and moves; never in time.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "tests/host.h"

namespace fart::tests {
namespace {

constexpr std::size_t kMillion = 1'000'000;

class CostTest : public HeapTest {
 protected:
  static void CollectMinor() { Checked(Fart_Collect(Fart_Collection_kMinor)); }
  // Promotes what lives: an object is old after its second minor collection.
  static void PromoteAll() {
    for (int i = 0; i < 3; ++i) CollectMinor();
  }

  // `count` persistent handles, each to an object of its own.
  static std::vector<Fart_PersistentHandle> MakePersistents(std::size_t count) {
    std::vector<Fart_PersistentHandle> handles;
    handles.reserve(count);
    while (handles.size() < count) {
      Fart_EnterScope();
      for (int i = 0; i < 100 && handles.size() < count; ++i) {
        const Fart_Handle object = Fart_NewDouble(static_cast<double>(handles.size()));
        handles.push_back(Fart_NewPersistentHandle(object));
      }
      Fart_ExitScope();
    }
    return handles;
  }
  static void Delete(const std::vector<Fart_PersistentHandle>& handles) {
    for (const Fart_PersistentHandle handle : handles) Fart_DeletePersistentHandle(handle);
  }
};

TEST_F(CostTest, MinorCollectionPassesByAMillionOldPersistentHandles) {
  const std::vector<Fart_PersistentHandle> handles = MakePersistents(kMillion);
  PromoteAll();
  Checked(Fart_Collect(Fart_Collection_kMajor));  // Else marking may begin: it looks at all roots.
  ASSERT_TRUE(Fart_IsInOldSpace(handles.front()));
  ASSERT_TRUE(Fart_IsInOldSpace(handles.back()));

  const Fart_HeapStatistics before = HeapNow();
  CollectMinor();
  const Fart_HeapStatistics after = HeapNow();
  EXPECT_EQ(after.minor_collections, before.minor_collections + 1);
  EXPECT_LT(after.persistent_slots_visited - before.persistent_slots_visited, 1000u);
  EXPECT_LT(after.local_slots_visited - before.local_slots_visited, 1000u);

  // A young one among them is found all the same.
  Fart_EnterScope();
  Fart_SetPersistentHandle(handles[kMillion / 2], Checked(Fart_NewDouble(-1.5)));
  Fart_ExitScope();
  CollectMinor();
  double value = 0;
  Checked(Fart_DoubleValue(handles[kMillion / 2], &value));
  EXPECT_EQ(value, -1.5);
  EXPECT_LT(HeapNow().persistent_slots_visited - after.persistent_slots_visited, 1000u);
  Delete(handles);
}

TEST_F(CostTest, MinorCollectionPassesByWeakHandlesToOldObjects) {
  constexpr std::size_t kCount = 100'000;
  const std::vector<Fart_PersistentHandle> handles = MakePersistents(kCount);
  std::vector<Fart_WeakPersistentHandle> weaks;
  for (const Fart_PersistentHandle handle : handles) {
    weaks.push_back(Fart_NewWeakPersistentHandle(handle, nullptr, 0,
                                                 [](void*, Fart_WeakPersistentHandle, void*) {}));
  }
  PromoteAll();
  const Fart_HeapStatistics before = HeapNow();
  CollectMinor();
  EXPECT_LT(HeapNow().weak_slots_visited - before.weak_slots_visited, 1000u);
  for (const Fart_WeakPersistentHandle weak : weaks) {
    Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), weak);
  }
  Delete(handles);
}

TEST_F(CostTest, StoreIntoAnOldListOfAMillionScansOneCard) {
  const Fart_Handle list = Checked(Fart_NewList(static_cast<std::intptr_t>(kMillion)));
  PromoteAll();  // A fresh large object is remembered whole until the next collection.

  const Fart_HeapStatistics before = HeapNow();
  Checked(Fart_ListSetAt(list, kMillion / 2, Checked(Fart_NewDouble(2.5))));
  CollectMinor();
  const Fart_HeapStatistics after = HeapNow();
  EXPECT_EQ(after.cards_scanned - before.cards_scanned, 1u);
  EXPECT_EQ(after.holders_scanned - before.holders_scanned, 0u);

  // Once the element is old too the card is clean.
  PromoteAll();
  const Fart_HeapStatistics promoted = HeapNow();
  CollectMinor();
  EXPECT_EQ(HeapNow().cards_scanned - promoted.cards_scanned, 0u);
  double value = 0;
  Checked(Fart_DoubleValue(Fart_ListGetAt(list, kMillion / 2), &value));
  EXPECT_EQ(value, 2.5);
}

TEST_F(CostTest, StoreIntoAnOldSmallObjectScansItOnce) {
  const Fart_Handle list = Checked(Fart_NewList(8));
  PromoteAll();
  ASSERT_TRUE(Fart_IsInOldSpace(list));
  const Fart_HeapStatistics before = HeapNow();
  const Fart_Handle value = Checked(Fart_NewDouble(2.5));
  for (int i = 0; i < 8; ++i) Checked(Fart_ListSetAt(list, i, value));
  CollectMinor();
  EXPECT_EQ(HeapNow().holders_scanned - before.holders_scanned, 1u);
}

TEST_F(CostTest, HalfDeadOldSpaceGivesBackRegions) {
  // 64 MB in objects of 1 KB, of which every second one dies: so no region is empty.
  constexpr std::size_t kObjects = 64 * 1024;
  Fart_ShapeDescription description{};
  description.struct_size = sizeof(description);
  description.name = "Kilobyte";
  description.byte_count = 1016;
  Fart_Shape shape = nullptr;
  Checked(Fart_RegisterShape(&description, &shape));
  const Fart_Handle all = Checked(Fart_NewList(kObjects));
  for (std::size_t i = 0; i < kObjects; ++i) {
    Fart_EnterScope();
    const Fart_Handle object = Checked(Fart_AllocateObject(shape, 0));
    Checked(Fart_WriteBytes(object, 0, &i, sizeof(i)));
    Checked(Fart_ListSetAt(all, static_cast<std::intptr_t>(i), object));
    Fart_ExitScope();
  }
  PromoteAll();
  for (std::size_t i = 0; i < kObjects; i += 2) {
    Checked(Fart_ListSetAt(all, static_cast<std::intptr_t>(i), Fart_Null()));
  }
  const Fart_HeapStatistics before = HeapNow();
  Checked(Fart_Collect(Fart_Collection_kEverything));
  const Fart_HeapStatistics after = HeapNow();
  EXPECT_GT(after.old_space_bytes_moved - before.old_space_bytes_moved, 0u);
  EXPECT_GT(after.old_space_regions_freed - before.old_space_regions_freed, 0u);
  // Dead bytes left behind are at most an eighth; half of 64 MB lives.
  const std::uint64_t live = kObjects / 2 * 1024;
  EXPECT_LT(after.old_space_committed_bytes, live + live / 4 + (std::uint64_t{4} << 20));
  for (std::size_t i = 1; i < kObjects; i += 2) {
    Fart_EnterScope();
    std::size_t number = 0;
    Checked(Fart_ReadBytes(Fart_ListGetAt(all, static_cast<std::intptr_t>(i)), 0, &number,
                           sizeof(number)));
    ASSERT_EQ(number, i);
    Fart_ExitScope();
  }
}

TEST_F(CostTest, DeadNewSpaceCostsNothingToCopy) {
  CollectMinor();
  const Fart_HeapStatistics before = HeapNow();
  for (int i = 0; i < 10'000; ++i) {
    Fart_EnterScope();
    Checked(Fart_NewList(8));
    Fart_ExitScope();
  }
  CollectMinor();
  const Fart_HeapStatistics after = HeapNow();
  const std::uint64_t moved = after.new_space_bytes_moved + after.bytes_promoted;
  EXPECT_LT(moved - before.new_space_bytes_moved - before.bytes_promoted, 10'000u);
}

}  // namespace
}  // namespace fart::tests

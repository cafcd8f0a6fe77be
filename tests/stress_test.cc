// Under stress everything moves, all the time, and nothing else changes.

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "tests/host.h"

namespace fart::tests {
namespace {

class StressTest : public HeapTest {
 protected:
  void SetUp() override {
    HeapTest::SetUp();
    MakeObjects();
    ASSERT_TRUE(Fart_SetFlag("--gc-stress=1"));
    ASSERT_TRUE(Fart_SetFlag("--gc-slices=0"));  // Old objects stay with it.
  }

  // Objects of new space, of old space and large ones, under handles of every kind.
  void MakeObjects() {
    for (int round = 0; round < 2; ++round) {
      objects_.push_back(Fart_NewDouble(0.5));
      objects_.push_back(Fart_NewStringFromCString("text"));
      objects_.push_back(Fart_NewList(3));
      objects_.push_back(Fart_NewPersistentHandle(Fart_NewDouble(1.5)));
      if (round == 0) {
        objects_.push_back(Fart_NewList(100'000));
        for (int i = 0; i < 3; ++i) Checked(Fart_Collect(Fart_Collection_kMinor));
      }
    }
  }
  std::vector<std::uintptr_t> Addresses() const {
    std::vector<std::uintptr_t> addresses;
    for (const Fart_Handle object : objects_) addresses.push_back(Fart_ObjectAddress(object));
    return addresses;
  }
  // How many of the objects are where they were.
  std::size_t Unmoved(const std::vector<std::uintptr_t>& before) const {
    const std::vector<std::uintptr_t> now = Addresses();
    std::size_t unmoved = 0;
    for (std::size_t i = 0; i < now.size(); ++i) unmoved += now[i] == before[i] ? 1 : 0;
    return unmoved;
  }
  std::uint64_t Collections() const {
    const Fart_HeapStatistics heap = HeapNow();
    return heap.minor_collections + heap.major_collections;
  }

  std::vector<Fart_Handle> objects_;
};

TEST_F(StressTest, EveryAllocationMovesEveryObject) {
  for (int i = 0; i < 20; ++i) {
    const std::vector<std::uintptr_t> before = Addresses();
    const std::uint64_t collections = Collections();
    Checked(Fart_NewDouble(2.5));
    EXPECT_GT(Collections(), collections);
    EXPECT_EQ(Unmoved(before), 0u);
  }
}

TEST_F(StressTest, EveryCollectionMovesEveryObject) {
  for (const Fart_Collection kind :
       {Fart_Collection_kMinor, Fart_Collection_kMajor, Fart_Collection_kEverything}) {
    const std::vector<std::uintptr_t> before = Addresses();
    Checked(Fart_Collect(kind));
    EXPECT_EQ(Unmoved(before), 0u) << kind;
  }
}

TEST_F(StressTest, LargeObjectsMoveToo) {
  const std::uint64_t before = HeapNow().large_bytes_moved;
  Checked(Fart_NewDouble(2.5));
  EXPECT_GT(HeapNow().large_bytes_moved, before);
}

TEST_F(StressTest, ContentsAndIdentityHashesStay) {
  std::vector<std::uint64_t> hashes;
  for (const Fart_Handle object : objects_) hashes.push_back(Fart_IdentityHash(object));
  for (int i = 0; i < 50; ++i) {
    Fart_EnterScope();
    Checked(Fart_ListSetAt(objects_[2], i % 3, Checked(Fart_NewInteger(i))));
    Checked(Fart_NewStringFromCString("garbage"));
    Fart_ExitScope();
  }
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    EXPECT_EQ(Fart_IdentityHash(objects_[i]), hashes[i]);
  }
  const char* text = nullptr;
  Checked(Fart_StringToCString(objects_[1], &text));
  EXPECT_STREQ(text, "text");
  std::int64_t last = 0;
  Checked(Fart_IntegerToInt64(Fart_ListGetAt(objects_[2], 1), &last));
  EXPECT_EQ(last, 49);
}

TEST_F(StressTest, OffMeansThatOldObjectsStay) {
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  const Fart_Handle old_object = objects_.front();
  for (int i = 0; i < 3; ++i) Checked(Fart_Collect(Fart_Collection_kMinor));
  const std::uintptr_t before = Fart_ObjectAddress(old_object);
  Checked(Fart_Collect(Fart_Collection_kMinor));
  EXPECT_EQ(Fart_ObjectAddress(old_object), before);
}

}  // namespace
}  // namespace fart::tests

// Typed data whose bytes are acquired, while objects move all around.

#include <cstring>
#include <numeric>
#include <vector>

#include "api/testing/acquired_data.h"
#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

class AcquiredDataTest : public ApiTest {};

TEST_F(AcquiredDataTest, AcquiredBytesStayWhileNeighboursMove_Defect9) {
  const Fart_Handle left = Fart_NewTypedData(Fart_TypedData_kUint8, 40);
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kInt32, 10);
  const Fart_Handle right = Fart_NewTypedData(Fart_TypedData_kUint8, 40);
  const Acquired acquired(data);
  EXPECT_EQ(acquired.type, Fart_TypedData_kInt32);
  EXPECT_EQ(acquired.length, 10);
  const std::uint64_t place = Fart_ObjectAddress(data);
  for (const Fart_Collection kind :
       {Fart_Collection_kMinor, Fart_Collection_kMinor, Fart_Collection_kMajor,
        Fart_Collection_kEverything, Fart_Collection_kEverything, Fart_Collection_kMajor}) {
    const std::uint64_t left_before = Fart_ObjectAddress(left);
    const std::uint64_t right_before = Fart_ObjectAddress(right);
    std::memset(acquired.data, static_cast<int>(kind) + 1, 40);
    Collect(kind);
    EXPECT_EQ(Fart_ObjectAddress(data), place);
    EXPECT_EQ(IntOf(Fart_ListGetAt(data, 9)), 0x01010101 * (static_cast<int>(kind) + 1));
    if (kind == Fart_Collection_kMinor) {  // copied aside, then promoted
      EXPECT_NE(Fart_ObjectAddress(left), left_before);
      EXPECT_NE(Fart_ObjectAddress(right), right_before);
    }
  }
  // Whatever is called: also what collects because of its external size.
  for (int i = 0; i < 100; ++i) {
    Fart_EnterScope();
    Fart_NewWeakPersistentHandle(Fart_NewList(100), nullptr, 1 << 20,
                                 [](void*, Fart_WeakPersistentHandle, void*) {});
    Fart_ExitScope();
  }
  EXPECT_EQ(Fart_ObjectAddress(data), place);
  Acquired again(data);
  EXPECT_EQ(again.data, acquired.data);
  again.Release();
  acquired.Release();
  Collect();
  EXPECT_NE(Fart_ObjectAddress(data), place);
}

TEST_F(AcquiredDataTest, AThousandBuffersSpreadOverAllocationShareTheirRegions) {
  if (IsUnderStress()) GTEST_SKIP() << "collects too often for so much garbage";
  ASSERT_TRUE(Fart_SetFlag("--verify-heap=false"));
  const Fart_HeapStatistics before = HeapStatistics();
  std::vector<Fart_PersistentHandle> buffers;
  for (int i = 0; i < 1'000; ++i) {
    Fart_EnterScope();
    for (int k = 0; k < 80; ++k) Fart_NewTypedData(Fart_TypedData_kUint8, 800);
    const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kUint8, 100);
    const Acquired acquired(data);
    std::memset(acquired.data, i % 256, 100);
    buffers.push_back(Fart_NewPersistentHandle(data));
    Fart_ExitScope();
  }
  for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor}) {
    Collect(kind);
    const Fart_HeapStatistics heap = HeapStatistics();
    EXPECT_LE(heap.old_space_committed_bytes, before.old_space_committed_bytes + (4u << 20));
    EXPECT_LE(heap.new_space_committed_bytes, (8u << 20) + (1u << 20));
  }
  for (std::size_t i = 0; i < buffers.size(); ++i) {
    Fart_EnterScope();
    const Fart_Handle data = Fart_HandleFromPersistent(buffers[i]);
    EXPECT_EQ(IntOf(Fart_ListGetAt(data, 99)), static_cast<std::int64_t>(i % 256));
    ExpectSuccess(Fart_TypedDataReleaseData(data));
    Fart_DeletePersistentHandle(buffers[i]);
    Fart_ExitScope();
  }
  Collect(Fart_Collection_kMajor);
  EXPECT_LE(HeapStatistics().new_space_committed_bytes, 1u << 20);
}

TEST_F(AcquiredDataTest, AcquisitionsAreCounted_Defect8) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kUint8, 8);
  const Acquired first(data);
  const Acquired second(data);
  EXPECT_EQ(first.data, second.data);
  const std::uint64_t place = Fart_ObjectAddress(data);
  second.Release();
  Collect();
  EXPECT_EQ(Fart_ObjectAddress(data), place);
  first.Release();
  EXPECT_EQ(ErrorOf(Fart_TypedDataReleaseData(data)), "Data was not acquired for this object.");
  Collect();
  EXPECT_NE(Fart_ObjectAddress(data), place);
}

TEST_F(AcquiredDataTest, AFailedAcquisitionLeavesNothingBehind_Defect8) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kUint8, 8);
  Fart_TypedData_Type type;
  void* bytes;
  std::intptr_t length;
  EXPECT_THAT(ErrorOf(Fart_TypedDataAcquireData(data, nullptr, &bytes, &length)),
              HasSubstr("argument 'type' to be non-null."));
  EXPECT_THAT(ErrorOf(Fart_TypedDataAcquireData(data, &type, nullptr, &length)),
              HasSubstr("argument 'data' to be non-null."));
  EXPECT_THAT(ErrorOf(Fart_TypedDataAcquireData(data, &type, &bytes, nullptr)),
              HasSubstr("argument 'len' to be non-null."));
  EXPECT_EQ(ErrorOf(Fart_TypedDataAcquireData(Fart_NewList(1), &type, &bytes, &length)),
            "Fart_TypedDataAcquireData expects argument 'object' to be of type TypedData. It is of "
            "type List.");
  EXPECT_EQ(ErrorOf(Fart_TypedDataReleaseData(Fart_NewList(1))),
            "Fart_TypedDataReleaseData expects argument 'object' to be of type TypedData. It is of "
            "type List.");
  EXPECT_EQ(ErrorOf(Fart_TypedDataReleaseData(Fart_Null())),
            "Fart_TypedDataReleaseData expects argument 'object' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_TypedDataReleaseData(data)), "Data was not acquired for this object.");
  EXPECT_THAT(ErrorOf(Fart_TypedDataReleaseData(nullptr)), HasSubstr("to be a live handle"));
}

TEST_F(AcquiredDataTest, AcquiredDataLivesWithoutAnyHandle) {
  Fart_EnterScope();
  const Acquired acquired(Fart_NewTypedData(Fart_TypedData_kUint8, 1000));
  std::iota(acquired.bytes(), acquired.bytes() + 1000, std::uint8_t{0});
  Fart_ExitScope();
  for (int i = 0; i < 3; ++i) Collect();
  EXPECT_EQ(acquired.bytes()[777], static_cast<std::uint8_t>(777));
  // Never released: it ends with the isolate.
}

TEST_F(AcquiredDataTest, ExternalDataIsAcquiredWhereItIs) {
  std::uint16_t memory[3] = {1, 2, 3};
  const Fart_Handle data = Fart_NewExternalTypedData(Fart_TypedData_kUint16, memory, 3);
  const Acquired acquired(data);
  EXPECT_EQ(acquired.data, memory);
  EXPECT_EQ(acquired.type, Fart_TypedData_kUint16);
  EXPECT_EQ(acquired.length, 3);
  acquired.Release();
}

TEST_F(AcquiredDataTest, ManyAcquisitionsAcrossManyCollections) {
  std::vector<Acquired> all;
  for (int i = 0; i < 300; ++i) {
    all.emplace_back(Fart_NewTypedData(Fart_TypedData_kUint8, 1 + i * 7));
    all.back().bytes()[0] = static_cast<std::uint8_t>(i);
    Fart_NewList(50);
    if (i % 50 == 0) Collect(i % 100 == 0 ? Fart_Collection_kMinor : Fart_Collection_kEverything);
  }
  Collect();
  for (int i = 0; i < 300; i += 2) all[static_cast<std::size_t>(i)].Release();
  Collect();
  for (int i = 1; i < 300; i += 2) {
    const Acquired& acquired = all[static_cast<std::size_t>(i)];
    EXPECT_EQ(acquired.bytes()[0], static_cast<std::uint8_t>(i));
    EXPECT_EQ(IntOf(Fart_ListGetAt(acquired.object, 0)), static_cast<std::uint8_t>(i));
    acquired.Release();
  }
}

}  // namespace
}  // namespace fart::api

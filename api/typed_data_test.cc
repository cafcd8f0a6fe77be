#include <cstring>
#include <memory>
#include <numeric>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

constexpr const char* kNotAList = "Object does not implement the List interface";
constexpr const char* kBadRange = "Invalid offset/length passed in to access list elements";
constexpr const char* kNoElements =
    "Elements of a Float32x4List are no objects: use Fart_TypedDataAcquireData";

constexpr Fart_TypedData_Type kAllTypes[] = {
    Fart_TypedData_kByteData,     Fart_TypedData_kInt8,    Fart_TypedData_kUint8,
    Fart_TypedData_kUint8Clamped, Fart_TypedData_kInt16,   Fart_TypedData_kUint16,
    Fart_TypedData_kInt32,        Fart_TypedData_kUint32,  Fart_TypedData_kInt64,
    Fart_TypedData_kUint64,       Fart_TypedData_kFloat32, Fart_TypedData_kFloat64,
    Fart_TypedData_kFloat32x4};

// What Fart_TypedDataAcquireData answers; released by Release.
struct Acquired {
  explicit Acquired(Fart_Handle typed_data) : object(typed_data) {
    ExpectSuccess(Fart_TypedDataAcquireData(object, &type, &data, &length));
  }
  void Release() const { ExpectSuccess(Fart_TypedDataReleaseData(object)); }
  std::uint8_t* bytes() const { return static_cast<std::uint8_t*>(data); }

  Fart_Handle object;
  Fart_TypedData_Type type = Fart_TypedData_kInvalid;
  void* data = nullptr;
  std::intptr_t length = -1;
};

double DoubleOf(Fart_Handle number) {
  double value = -1;
  ExpectSuccess(Fart_DoubleValue(number, &value));
  return value;
}

class TypedDataTest : public ApiTest {};

// ---- Kinds and making

TEST_F(TypedDataTest, EachTypeIsToldInEachStorage) {
  alignas(16) std::uint8_t memory[64] = {};
  for (const Fart_TypedData_Type type : kAllTypes) {
    const Fart_Handle inside = Fart_NewTypedData(type, 3);
    EXPECT_TRUE(Fart_IsTypedData(inside));
    EXPECT_EQ(Fart_IsList(inside), type != Fart_TypedData_kByteData);
    EXPECT_EQ(Fart_GetTypeOfTypedData(inside), type);
    EXPECT_EQ(Fart_GetTypeOfExternalTypedData(inside), Fart_TypedData_kInvalid);
    const Fart_Handle outside = Fart_NewExternalTypedData(type, memory, 4);
    EXPECT_TRUE(Fart_IsTypedData(outside));
    EXPECT_EQ(Fart_GetTypeOfTypedData(outside), Fart_TypedData_kInvalid);
    EXPECT_EQ(Fart_GetTypeOfExternalTypedData(outside), type);
    const Fart_Handle buffer = Fart_NewByteBuffer(outside);
    EXPECT_TRUE(Fart_IsByteBuffer(buffer));
    EXPECT_FALSE(Fart_IsTypedData(buffer));
    EXPECT_FALSE(Fart_IsByteBuffer(outside));
    EXPECT_TRUE(Fart_IdentityEquals(Fart_GetDataFromByteBuffer(buffer), outside));
    EXPECT_EQ(Acquired(inside).length, 3);
    EXPECT_EQ(Acquired(outside).data, memory);
  }
}

TEST_F(TypedDataTest, OtherObjectsAreNone) {
  for (const Fart_Handle object : {Fart_Null(), Fart_NewInteger(3), Str("x"), Fart_NewList(2)}) {
    EXPECT_FALSE(Fart_IsTypedData(object));
    EXPECT_FALSE(Fart_IsByteBuffer(object));
    EXPECT_EQ(Fart_GetTypeOfTypedData(object), Fart_TypedData_kInvalid);
    EXPECT_EQ(Fart_GetTypeOfExternalTypedData(object), Fart_TypedData_kInvalid);
  }
  {
    const ExpectMisuse misuse("Fart_IsTypedData expects argument 'object' to be a live handle");
    EXPECT_FALSE(Fart_IsTypedData(nullptr));
  }
  {
    const ExpectMisuse misuse("Fart_GetTypeOfTypedData");
    EXPECT_EQ(Fart_GetTypeOfTypedData(nullptr), Fart_TypedData_kInvalid);
  }
  {
    const ExpectMisuse misuse("Fart_GetTypeOfExternalTypedData");
    EXPECT_EQ(Fart_GetTypeOfExternalTypedData(nullptr), Fart_TypedData_kInvalid);
  }
  const ExpectMisuse misuse("Fart_IsByteBuffer");
  EXPECT_FALSE(Fart_IsByteBuffer(nullptr));
}

void IgnoreDeath(void*, void*) {}

TEST_F(TypedDataTest, WrongArgumentsAreRefused) {
  std::uint8_t memory[8] = {};
  // Beyond 15 the value would not be one that C++ lets the type have.
  for (const int type : {static_cast<int>(Fart_TypedData_kInvalid), 14, 15}) {
    const auto bad = static_cast<Fart_TypedData_Type>(type);
    const char* const rule = "expects argument 'type' to be an element type of typed data.";
    EXPECT_THAT(ErrorOf(Fart_NewTypedData(bad, 1)), HasSubstr(rule));
    EXPECT_THAT(ErrorOf(Fart_NewExternalTypedData(bad, memory, 1)), HasSubstr(rule));
    EXPECT_THAT(
        ErrorOf(Fart_NewExternalTypedDataWithFinalizer(bad, memory, 1, nullptr, 0, IgnoreDeath)),
        HasSubstr(rule));
  }
  for (const std::intptr_t length : {std::intptr_t{-1}, INTPTR_MIN, INTPTR_MAX}) {
    EXPECT_THAT(ErrorOf(Fart_NewTypedData(Fart_TypedData_kInt64, length)),
                HasSubstr("Fart_NewTypedData expects argument 'length' to be in the range [0.."));
    EXPECT_THAT(ErrorOf(Fart_NewExternalTypedData(Fart_TypedData_kInt64, memory, length)),
                HasSubstr("'length' to be in the range"));
    EXPECT_THAT(ErrorOf(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kInt64, memory,
                                                               length, nullptr, 0, IgnoreDeath)),
                HasSubstr("'length' to be in the range"));
  }
  EXPECT_EQ(ErrorOf(Fart_NewExternalTypedData(Fart_TypedData_kUint8, nullptr, 1)),
            "Fart_NewExternalTypedData expects argument 'data' to be non-null.");
  ExpectSuccess(Fart_NewExternalTypedData(Fart_TypedData_kUint8, nullptr, 0));
  EXPECT_THAT(ErrorOf(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, nullptr, 1,
                                                             nullptr, 0, IgnoreDeath)),
              HasSubstr("argument 'data' to be non-null."));
  EXPECT_THAT(ErrorOf(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 1,
                                                             nullptr, 0, nullptr)),
              HasSubstr("argument 'callback' to be non-null."));
  EXPECT_THAT(ErrorOf(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 1,
                                                             nullptr, -1, IgnoreDeath)),
              HasSubstr("argument 'external_allocation_size' to be in the range"));
  EXPECT_EQ(ErrorOf(Fart_NewByteBuffer(Str("x"))),
            "Fart_NewByteBuffer expects argument 'typed_data' to be of type TypedData. It is of "
            "type String.");
  EXPECT_EQ(ErrorOf(Fart_NewByteBuffer(Fart_Null())),
            "Fart_NewByteBuffer expects argument 'typed_data' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_GetDataFromByteBuffer(Fart_NewList(1))),
            "Fart_GetDataFromByteBuffer expects argument 'byte_buffer' to be of type ByteBuffer. "
            "It is of type List.");
}

TEST_F(TypedDataTest, MoreThanTheHeapHoldsIsAnErrorAndNothingElse) {
  const Fart_Handle error = Fart_NewTypedData(Fart_TypedData_kUint8, std::intptr_t{1} << 40);
  EXPECT_THAT(ErrorOf(error), HasSubstr("memory"));
  ExpectSuccess(Fart_NewTypedData(Fart_TypedData_kUint8, 100));
}

TEST_F(TypedDataTest, NeedsAScope) {
  const Fart_PersistentHandle kept =
      Fart_NewPersistentHandle(Fart_NewTypedData(Fart_TypedData_kUint8, 1));
  const Fart_PersistentHandle buffer = Fart_NewPersistentHandle(Fart_NewByteBuffer(kept));
  std::uint8_t byte = 0;
  Fart_ExitScope();
  EXPECT_TRUE(Fart_IsError(Fart_NewTypedData(Fart_TypedData_kUint8, 1)));
  EXPECT_TRUE(Fart_IsError(Fart_NewExternalTypedData(Fart_TypedData_kUint8, &byte, 1)));
  EXPECT_TRUE(Fart_IsError(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, &byte, 1,
                                                                  nullptr, 0, IgnoreDeath)));
  EXPECT_TRUE(Fart_IsError(Fart_NewByteBuffer(kept)));
  EXPECT_TRUE(Fart_IsError(Fart_GetDataFromByteBuffer(buffer)));
  EXPECT_TRUE(Fart_IsError(Fart_ListGetAsBytes(kept, 0, &byte, 1)));
  EXPECT_TRUE(Fart_IsError(Fart_ListSetAsBytes(kept, 0, &byte, 1)));
  // Acquiring makes no handle.
  EXPECT_EQ(Acquired(kept).length, 1);
  ExpectSuccess(Fart_TypedDataReleaseData(kept));
  Fart_EnterScope();
}

TEST_F(TypedDataTest, WithoutAnIsolateTheErrorSaysSo) {
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  Fart_TypedData_Type type;
  void* data;
  std::intptr_t length;
  for (const Fart_Handle error :
       {Fart_NewTypedData(Fart_TypedData_kUint8, 1),
        Fart_NewExternalTypedData(Fart_TypedData_kUint8, nullptr, 0),
        Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, nullptr, 0, nullptr, 0,
                                               IgnoreDeath),
        Fart_NewByteBuffer(nullptr), Fart_GetDataFromByteBuffer(nullptr),
        Fart_TypedDataAcquireData(nullptr, &type, &data, &length),
        Fart_TypedDataReleaseData(nullptr), Fart_ListGetAsBytes(nullptr, 0, nullptr, 0),
        Fart_ListSetAsBytes(nullptr, 0, nullptr, 0)}) {
    EXPECT_TRUE(Fart_IsError(error));
  }
  {
    const ExpectMisuse misuse("Fart_IsTypedData");
    EXPECT_FALSE(Fart_IsTypedData(nullptr));
  }
  Fart_EnterIsolate(isolate);
}

// ---- Finalizers

struct Peer {
  int deaths = 0;
  Fart_PersistentHandle kept = nullptr;  // typed data
  std::vector<Fart_Handle> answers;
};
void OnDeath(void*, void* peer) { ++static_cast<Peer*>(peer)->deaths; }
void OnDeathThatAllocates(void*, void* peer) {
  auto* const mine = static_cast<Peer*>(peer);
  ++mine->deaths;
  static std::uint8_t byte;
  Fart_Handle element;
  mine->answers = {
      Fart_NewTypedData(Fart_TypedData_kUint8, 1),
      Fart_NewExternalTypedData(Fart_TypedData_kUint8, &byte, 1),
      Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, &byte, 1, peer, 0, OnDeath),
      Fart_NewByteBuffer(mine->kept),
      Fart_ListGetAt(mine->kept, 0),
      Fart_ListGetRange(mine->kept, 0, 1, &element)};
  // These need no allocation.
  ExpectSuccess(Fart_ListSetAt(mine->kept, 0, Fart_NewInteger(9)));
  Acquired(mine->kept).Release();
}

TEST_F(TypedDataTest, AFinalizerRunsOnceAfterTheObjectAndItsBufferAreGone) {
  static std::uint8_t memory[100];
  Peer peer;
  Fart_EnterScope();
  Fart_Handle buffer = Fart_NewByteBuffer(Fart_NewExternalTypedDataWithFinalizer(
      Fart_TypedData_kUint8, memory, 100, &peer, 100, OnDeath));
  buffer = Fart_ExitScopeWith(buffer);
  Collect();
  EXPECT_EQ(peer.deaths, 0);
  EXPECT_EQ(Acquired(Fart_GetDataFromByteBuffer(buffer)).length, 100);
  ExpectSuccess(Fart_TypedDataReleaseData(Fart_GetDataFromByteBuffer(buffer)));
  Fart_ExitScope();
  Fart_EnterScope();
  Collect();
  Collect();
  EXPECT_EQ(peer.deaths, 1);
}

TEST_F(TypedDataTest, AFinalizerRunsAtShutdown) {
  Peer peer;
  static std::uint8_t memory[4];
  ExpectSuccess(
      Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 4, &peer, 0, OnDeath));
  Fart_ShutdownIsolate();
  EXPECT_EQ(peer.deaths, 1);
}

// Frees its own memory and looks at that of another, which may have been freed before.
struct Owner {
  std::unique_ptr<std::uint8_t[]> memory = std::make_unique<std::uint8_t[]>(64);
  Fart_PersistentHandle others = nullptr;
  std::intptr_t others_length = -1;
};
void FreeAndLook(void*, void* peer) {
  auto& owner = *static_cast<Owner*>(peer);
  owner.memory.reset();
  std::uint8_t byte = 0;
  ExpectSuccess(Fart_ListLength(owner.others, &owner.others_length));
  EXPECT_NE(ErrorOf(Fart_ListGetAsBytes(owner.others, 0, &byte, 1)), "");
}

TEST_F(TypedDataTest, AtShutdownExternalDataIsEmptyBeforeAnyFinalizerRuns) {
  Owner owners[2];
  for (int i = 0; i < 2; ++i) {
    owners[1 - i].others = Fart_NewPersistentHandle(Fart_NewExternalTypedDataWithFinalizer(
        Fart_TypedData_kUint8, owners[i].memory.get(), 64, &owners[i], 0, FreeAndLook));
  }
  Fart_ShutdownIsolate();
  for (const Owner& owner : owners) EXPECT_EQ(owner.others_length, 0);
}

TEST_F(TypedDataTest, ExternalSizeIsChargedUntilDeath) {
  static std::uint8_t memory[4];
  Peer peer;
  const std::uint64_t before = HeapStatistics().external_bytes;
  Fart_EnterScope();
  ExpectSuccess(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 4, &peer,
                                                       1 << 20, OnDeath));
  EXPECT_EQ(HeapStatistics().external_bytes - before, std::uint64_t{1} << 20);
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(HeapStatistics().external_bytes, before);
}

TEST_F(TypedDataTest, InsideAFinalizerNothingIsMade) {
  static std::uint8_t memory[4];
  Peer peer;
  peer.kept = Fart_NewPersistentHandle(Fart_NewTypedData(Fart_TypedData_kUint8, 1));
  Fart_EnterScope();
  ExpectSuccess(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, memory, 4, &peer, 0,
                                                       OnDeathThatAllocates));
  Fart_ExitScope();
  Collect();
  ASSERT_EQ(peer.deaths, 1);
  EXPECT_EQ(peer.answers.size(), 6u);
  for (const Fart_Handle answer : peer.answers) {
    EXPECT_THAT(ErrorOf(answer), HasSubstr("Inside a callback"));
  }
  EXPECT_EQ(IntOf(Fart_ListGetAt(peer.kept, 0)), 9);
}

// ---- Acquiring

TEST_F(TypedDataTest, AcquiredBytesStayWhileNeighboursMove_Defect9) {
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
    if (kind == Fart_Collection_kEverything) {
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

TEST_F(TypedDataTest, AcquisitionsAreCounted_Defect8) {
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

TEST_F(TypedDataTest, AFailedAcquisitionLeavesNothingBehind_Defect8) {
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

TEST_F(TypedDataTest, AcquiredDataLivesWithoutAnyHandle) {
  Fart_EnterScope();
  const Acquired acquired(Fart_NewTypedData(Fart_TypedData_kUint8, 1000));
  std::iota(acquired.bytes(), acquired.bytes() + 1000, std::uint8_t{0});
  Fart_ExitScope();
  for (int i = 0; i < 3; ++i) Collect();
  EXPECT_EQ(acquired.bytes()[777], static_cast<std::uint8_t>(777));
  // Never released: it ends with the isolate.
}

TEST_F(TypedDataTest, ExternalDataIsAcquiredWhereItIs) {
  std::uint16_t memory[3] = {1, 2, 3};
  const Fart_Handle data = Fart_NewExternalTypedData(Fart_TypedData_kUint16, memory, 3);
  const Acquired acquired(data);
  EXPECT_EQ(acquired.data, memory);
  EXPECT_EQ(acquired.type, Fart_TypedData_kUint16);
  EXPECT_EQ(acquired.length, 3);
  acquired.Release();
}

TEST_F(TypedDataTest, ManyAcquisitionsAcrossManyCollections) {
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

// ---- As lists

TEST_F(TypedDataTest, ElementsAreReadAndStored) {
  const Fart_Handle ints = Fart_NewTypedData(Fart_TypedData_kInt16, 3);
  ExpectSuccess(Fart_ListSetAt(ints, 1, Fart_NewInteger(0x12345)));
  EXPECT_EQ(IntOf(Fart_ListGetAt(ints, 1)), 0x2345);
  const Fart_Handle doubles = Fart_NewTypedData(Fart_TypedData_kFloat64, 2);
  ExpectSuccess(Fart_ListSetAt(doubles, 0, Fart_NewDouble(0.5)));
  ExpectSuccess(Fart_ListSetAt(doubles, 1, Fart_NewInteger(3)));
  Fart_Handle both[2];
  ExpectSuccess(Fart_ListGetRange(doubles, 0, 2, both));
  EXPECT_EQ(DoubleOf(both[0]), 0.5);
  EXPECT_EQ(DoubleOf(both[1]), 3.0);
  std::intptr_t length = 0;
  ExpectSuccess(Fart_ListLength(ints, &length));
  EXPECT_EQ(length, 3);
  const char* const rule = "The value is no number that the typed list's elements can be.";
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(ints, 0, Fart_NewDouble(1))), rule);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(ints, 0, Fart_Null())), rule);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(doubles, 0, Str("1"))), rule);
}

TEST_F(TypedDataTest, IndicesAndRangesOutsideAreRefused) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kUint32, 2);
  for (const std::intptr_t index : {std::intptr_t{-1}, std::intptr_t{2}, INTPTR_MAX, INTPTR_MIN}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetAt(data, index)),
              "Invalid index passed in to access list element");
    EXPECT_EQ(ErrorOf(Fart_ListSetAt(data, index, Fart_NewInteger(1))),
              "Invalid index passed in to set list element");
  }
  Fart_Handle handles[3];
  std::uint8_t bytes[3];
  for (const auto& [offset, length] : std::vector<std::pair<std::intptr_t, std::intptr_t>>{
           {0, -1}, {-1, 1}, {1, 2}, {3, 0}, {INTPTR_MAX, 1}, {1, INTPTR_MAX}, {INTPTR_MIN, 1}}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetRange(data, offset, length, handles)), kBadRange);
    EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(data, offset, bytes, length)), kBadRange);
    EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(data, offset, bytes, length)), kBadRange);
  }
}

TEST_F(TypedDataTest, ByteDataIsNoListButHasBytes) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kByteData, 4);
  std::intptr_t length;
  EXPECT_EQ(ErrorOf(Fart_ListLength(data, &length)), kNotAList);
  EXPECT_EQ(ErrorOf(Fart_ListGetAt(data, 0)), kNotAList);
  const std::uint8_t in[] = {1, 2, 3};
  std::uint8_t out[3] = {};
  ExpectSuccess(Fart_ListSetAsBytes(data, 1, in, 3));
  ExpectSuccess(Fart_ListGetAsBytes(data, 1, out, 3));
  EXPECT_EQ(std::memcmp(in, out, 3), 0);
}

TEST_F(TypedDataTest, ElementsOfFloat32x4AreBytesOnly) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kFloat32x4, 2);
  Fart_Handle one;
  std::uint8_t byte = 0;
  EXPECT_EQ(ErrorOf(Fart_ListGetAt(data, 0)), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(data, 0, Fart_NewDouble(1))), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListGetRange(data, 0, 1, &one)), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(data, 0, &byte, 1)), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(data, 0, &byte, 1)), kNoElements);
  const Acquired acquired(data);
  EXPECT_EQ(acquired.length, 2);
  static_cast<float*>(acquired.data)[7] = 1.5f;
  acquired.Release();
}

TEST_F(TypedDataTest, BytesOfWiderElementsAreTheirLowest) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kInt64, 3);
  for (int i = 0; i < 3; ++i) {
    ExpectSuccess(Fart_ListSetAt(data, i, Fart_NewInteger(0x7700 + i)));
  }
  std::uint8_t bytes[3] = {};
  ExpectSuccess(Fart_ListGetAsBytes(data, 0, bytes, 3));
  EXPECT_EQ(bytes[2], 2);
  const std::uint8_t in[] = {200, 201};
  ExpectSuccess(Fart_ListSetAsBytes(data, 1, in, 2));
  EXPECT_EQ(IntOf(Fart_ListGetAt(data, 2)), 201);
  const Fart_Handle doubles = Fart_NewTypedData(Fart_TypedData_kFloat64, 1);
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(doubles, 0, bytes, 1)),
            "The list's element 0 is not an integer.");
}

// ---- Bytes of other lists

TEST_F(TypedDataTest, BytesOfAListOfIntegers) {
  const Fart_Handle list = Fart_NewList(4);
  const std::uint8_t in[] = {5, 250, 7};
  ExpectSuccess(Fart_ListSetAsBytes(list, 1, in, 3));
  EXPECT_EQ(IntOf(Fart_ListGetAt(list, 2)), 250);
  ExpectSuccess(Fart_ListSetAt(list, 0, Fart_NewInteger(-1)));
  std::uint8_t out[4] = {};
  ExpectSuccess(Fart_ListGetAsBytes(list, 0, out, 4));
  EXPECT_EQ(out[0], 255);
  EXPECT_EQ(out[3], 7);
  ExpectSuccess(Fart_ListGetAsBytes(list, 4, nullptr, 0));
  ExpectSuccess(Fart_ListSetAsBytes(list, 4, nullptr, 0));
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(list, 0, nullptr, 1)),
            "Fart_ListGetAsBytes expects argument 'native_array' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(list, 0, nullptr, 1)),
            "Fart_ListSetAsBytes expects argument 'native_array' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(Str("x"), 0, out, 1)), kNotAList);
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(Str("x"), 0, out, 1)), kNotAList);
}

TEST_F(TypedDataTest, AnElementThatIsNoIntegerIsAnErrorOfTheCall_Defect6) {
  const Fart_Handle list = Fart_NewList(2);
  std::uint8_t out[2] = {};
  for (const Fart_Handle element : {Fart_Null(), Str("x"), Fart_NewDouble(1)}) {
    ExpectSuccess(Fart_ListSetAt(list, 0, Fart_NewInteger(1)));
    ExpectSuccess(Fart_ListSetAt(list, 1, element));
    const Fart_Handle error = Fart_ListGetAsBytes(list, 0, out, 2);
    EXPECT_TRUE(Fart_IsApiError(error));
    EXPECT_EQ(ErrorOf(error), "The list's element 1 is not an integer.");
  }
}

// ---- Lists of the program

class ProgramListsTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    ExpectSuccess(Load(R"(
class Backed implements List {
  List data;
  Backed(this.data);
  int get length => data.length;
  operator [](int index) => data[index];
  void operator []=(int index, value) { data[index] = value; }
  noSuchMethod(invocation) => null;
}
class Claims implements List {
  var length;
  Claims(this.length);
  operator [](index) => throw "no element";
  operator []=(index, value) { throw "nothing is stored"; }
  noSuchMethod(invocation) => null;
}
backed() => new Backed([10, 11, 12, 13]);
of(list) => new Backed(list);
claims(length) => new Claims(length);
constant() => const [1, 2];
)"));
  }
};

TEST_F(ProgramListsTest, AreListsOfTheirOwnLength_Defect3) {
  const Fart_Handle list = Call("backed");
  EXPECT_TRUE(Fart_IsList(list));
  std::intptr_t length = -1;
  ExpectSuccess(Fart_ListLength(list, &length));
  EXPECT_EQ(length, 4);
  // Beyond 32 bits, and beyond what fits a small integer.
  for (const std::int64_t big : {std::int64_t{1} << 40, INT64_MAX}) {
    ExpectSuccess(Fart_ListLength(Call("claims", {Fart_NewInteger(big)}), &length));
    EXPECT_EQ(length, big);
  }
  length = -1;
  for (const Fart_Handle bad : {Fart_NewInteger(-1), Fart_Null(), Str("4"), Fart_NewDouble(4)}) {
    EXPECT_EQ(ErrorOf(Fart_ListLength(Call("claims", {bad}), &length)),
              "Length of List object is not an integer that a length can be.");
    EXPECT_EQ(length, -1);
  }
}

TEST_F(ProgramListsTest, ElementsAreAskedForAndTold) {
  const Fart_Handle list = Call("backed");
  EXPECT_EQ(IntOf(Fart_ListGetAt(list, 2)), 12);
  ExpectSuccess(Fart_ListSetAt(list, 2, Str("new")));
  EXPECT_EQ(TextOf(Fart_ListGetAt(list, 2)), "new");
  const Fart_Handle read = Fart_ListGetAt(list, 4);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(read));
  EXPECT_THAT(ErrorOf(read), HasSubstr("RangeError"));
  const Fart_Handle written = Fart_ListSetAt(list, -1, Fart_True());
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(written));
}

TEST_F(ProgramListsTest, ARangeBeginsAtItsOffset_Defect2) {
  const Fart_Handle list = Call("backed");
  Fart_Handle part[2] = {};
  ExpectSuccess(Fart_ListGetRange(list, 1, 2, part));
  EXPECT_EQ(IntOf(part[0]), 11);
  EXPECT_EQ(IntOf(part[1]), 12);
  for (const auto& [offset, length] : std::vector<std::pair<std::intptr_t, std::intptr_t>>{
           {0, -1}, {-1, 1}, {3, 2}, {5, 0}, {INTPTR_MAX, 1}}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetRange(list, offset, length, part)), kBadRange);
  }
}

TEST_F(ProgramListsTest, ARangeThatFailsWritesNothing) {
  const Fart_Handle mark = Fart_True();
  Fart_Handle part[2] = {mark, mark};
  const std::uint64_t handles = HandleStatistics().local_live;
  const Fart_Handle list = Call("claims", {Fart_NewInteger(2)});
  const Fart_Handle error = Fart_ListGetRange(list, 0, 2, part);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "no element");
  EXPECT_EQ(part[0], mark);
  EXPECT_LE(HandleStatistics().local_live, handles + 8);
  // A length that no host could take is an error as well.
  const Fart_Handle huge = Call("claims", {Fart_NewInteger(INT64_MAX)});
  EXPECT_TRUE(Fart_IsError(Fart_ListGetRange(huge, 0, INTPTR_MAX, part)));
}

TEST_F(ProgramListsTest, BytesNeverThrowOutOfTheCall_Defect6) {
  const Fart_Handle list = Call("backed");
  std::uint8_t out[4] = {};
  ExpectSuccess(Fart_ListGetAsBytes(list, 1, out, 3));
  EXPECT_EQ(out[2], 13);
  const std::uint8_t in[] = {1, 2};
  ExpectSuccess(Fart_ListSetAsBytes(list, 2, in, 2));
  EXPECT_EQ(IntOf(Fart_ListGetAt(list, 3)), 2);
  const Fart_Handle thrower = Call("claims", {Fart_NewInteger(2)});
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_ListGetAsBytes(thrower, 0, out, 2)));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_ListSetAsBytes(thrower, 0, in, 2)));
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(Call("constant"), 0, in, 2)),
            "Fart_ListSetAsBytes expects argument 'list' to be modifiable.");
}

// ---- Typed data in a program

class ProgramTypedDataTest : public LanguageTest {};

TEST_F(ProgramTypedDataTest, AProgramThatImportsNothingCanUseWhatItIsGiven) {
  ExpectSuccess(Load(R"(
isList(x) => x is List && x is Iterable;
sum(x) { var s = 0; for (var e in x) s += e; return s; }
text(x) => "$x ${x.runtimeType} ${x.length} ${x.sublist(1)} ${x.buffer.lengthInBytes}";
store(x, i, v) { x[i] = v; }
plain(x) => x.toString();
)"));
  static std::uint8_t memory[] = {1, 2, 3};
  const Fart_Handle list = Fart_NewExternalTypedData(Fart_TypedData_kUint8, memory, 3);
  EXPECT_TRUE(Fart_IdentityEquals(Call("isList", {list}), Fart_True()));
  EXPECT_EQ(IntOf(Call("sum", {list})), 6);
  EXPECT_EQ(TextOf(Call("text", {list})), "[1, 2, 3] Uint8List 3 [2, 3] 3");
  ExpectSuccess(Call("store", {list, Fart_NewInteger(2), Fart_NewInteger(0x1FF)}));
  EXPECT_EQ(memory[2], 0xFF);
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewTypedData(Fart_TypedData_kFloat64, 2))), "[0.0, 0.0]");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewTypedData(Fart_TypedData_kByteData, 2))),
            "Instance of 'ByteData'");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewByteBuffer(list))), "Instance of 'ByteBuffer'");
}

TEST_F(ProgramTypedDataTest, ObjectsOfEitherSideAreTheSame) {
  ExpectSuccess(Load(R"(
import 'dart:typed_data';
is16(x) => x is Uint16List && x is! Uint8List && x is TypedData;
make() => new Int32List.fromList([7, -8]);
view() => new Uint8List.view(new Uint16List.fromList([1, 2, 3]).buffer, 2, 3);
bufferOf(x) => x.buffer;
same(x, y) => x == y;
)"));
  EXPECT_TRUE(Fart_IdentityEquals(Call("is16", {Fart_NewTypedData(Fart_TypedData_kUint16, 1)}),
                                  Fart_True()));
  const Fart_Handle made = Call("make");
  EXPECT_EQ(Fart_GetTypeOfTypedData(made), Fart_TypedData_kInt32);
  EXPECT_EQ(IntOf(Fart_ListGetAt(made, 1)), -8);
  const Fart_Handle view = Call("view");
  EXPECT_EQ(Fart_GetTypeOfTypedData(view), Fart_TypedData_kUint8);
  const Acquired acquired(view);
  EXPECT_EQ(acquired.length, 3);
  EXPECT_EQ(acquired.bytes()[0], 2);
  Collect();
  acquired.bytes()[2] = 77;
  EXPECT_EQ(IntOf(Fart_ListGetAt(view, 2)), 77);
  // A view and what it sees are one count.
  const Fart_Handle buffer = Call("bufferOf", {view});
  EXPECT_TRUE(Fart_IsByteBuffer(buffer));
  const Fart_Handle words = Fart_GetDataFromByteBuffer(buffer);
  EXPECT_EQ(Fart_GetTypeOfTypedData(words), Fart_TypedData_kUint16);
  ExpectSuccess(Fart_TypedDataReleaseData(words));
  EXPECT_TRUE(Fart_IsError(Fart_TypedDataReleaseData(view)));
  EXPECT_TRUE(Fart_IdentityEquals(Call("same", {buffer, Fart_NewByteBuffer(view)}), Fart_True()));
}

// The same from a native function, where a thrown exception would have frames to go to.
int bytes_returned = 0;
void ReadBytes(Fart_NativeArguments arguments) {
  std::uint8_t bytes[2];
  const Fart_Handle error = Fart_ListGetAsBytes(Fart_GetNativeArgument(arguments, 0), 0, bytes, 2);
  ++bytes_returned;
  Fart_SetReturnValue(arguments, Fart_NewBoolean(Fart_IsError(error)));
}

TEST_F(LanguageTest, ListGetAsBytesComesBackToANativeFunction_Defect6) {
  ExpectSuccess(Load("readBytes(list) native 'ReadBytes'; run() => readBytes([1, 'two']);",
                     [](Fart_Handle, int, bool*) -> Fart_NativeFunction { return ReadBytes; }));
  bytes_returned = 0;
  const Fart_Handle answer = Call("run");
  EXPECT_EQ(bytes_returned, 1);
  bool was_error = false;
  ExpectSuccess(Fart_BooleanValue(answer, &was_error));
  EXPECT_TRUE(was_error);
}

}  // namespace
}  // namespace fart::api

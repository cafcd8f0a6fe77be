// Typed data: its kinds, making it, and the finalizers of what is outside the heap.

#include <memory>

#include "api/testing/acquired_data.h"
#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

constexpr Fart_TypedData_Type kAllTypes[] = {
    Fart_TypedData_kByteData,     Fart_TypedData_kInt8,    Fart_TypedData_kUint8,
    Fart_TypedData_kUint8Clamped, Fart_TypedData_kInt16,   Fart_TypedData_kUint16,
    Fart_TypedData_kInt32,        Fart_TypedData_kUint32,  Fart_TypedData_kInt64,
    Fart_TypedData_kUint64,       Fart_TypedData_kFloat32, Fart_TypedData_kFloat64,
    Fart_TypedData_kFloat32x4};

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
    // ByteData is a view, also where its bytes are the host's.
    EXPECT_EQ(Fart_GetTypeOfTypedData(outside), type == Fart_TypedData_kByteData
                                                    ? Fart_TypedData_kByteData
                                                    : Fart_TypedData_kInvalid);
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
  byte = 0;
  ExpectSuccess(Fart_ListGetAsBytes(mine->kept, 0, &byte, 1));
  EXPECT_EQ(byte, 9);
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

}  // namespace
}  // namespace fart::api

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "vm/message/class_identities.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_ledger.h"
#include "vm/message/message_writer.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/typed_data.h"

namespace fart {
namespace {

struct Finalized {
  static void Callback(void*, ForeignWeakHandle, void* peer) { ++*static_cast<int*>(peer); }
  static void PlainCallback(void*, void* peer) { ++*static_cast<int*>(peer); }
};

Message WithPayload(int* count) {
  MessageWriter writer;
  writer.PutNull();
  writer.AddPayload({.kind = MessagePayload::Kind::kTypedData,
                     .peer = count,
                     .weak_finalizer = Finalized::Callback});
  Message message;
  EXPECT_TRUE(writer.Finish(0, &message));
  return message;
}

TEST(MessagePayloadTest, AFinalizerRunsOnceWhenItsMessageIsDestroyedUndecoded) {
  const MessageLedger::Counts before = MessageLedger::Totals();
  int count = 0;
  {
    Message message = WithPayload(&count);
    Message other = std::move(message);
    Message assigned;
    assigned = std::move(other);
    EXPECT_EQ(count, 0);
    EXPECT_EQ(assigned.payload_count(), 1u);
    if (MessageLedger::kIsKept) {
      EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding() + 1);
    }
  }
  EXPECT_EQ(count, 1);
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

TEST(MessagePayloadTest, AMessageThatIsOverwrittenEndsItsPayloads) {
  int first = 0;
  int second = 0;
  {
    Message message = WithPayload(&first);
    message = WithPayload(&second);
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 0);
  }
  EXPECT_EQ(second, 1);
}

TEST(MessagePayloadTest, AMessageThatNobodyAcceptedGivesItsPayloadsBack) {
  const MessageLedger::Counts before = MessageLedger::Totals();
  int count = 0;
  {
    Message message = WithPayload(&count);
    message.ReturnPayloads();
  }
  EXPECT_EQ(count, 0);
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

// A message whose root is typed data over `bytes`, then the number that a native pointer is.
Message WithBothPayloads(std::vector<std::uint8_t>* bytes, int* data_count, int* pointer_count) {
  MessageWriter writer;
  MessageNodes nodes;
  writer.PutNodeValue(nodes, 1);
  writer.PutKind(NodeKind::kArray);
  writer.PutVarint(0);
  writer.PutVarint(2);
  writer.PutNodeValue(nodes, 2);
  writer.PutNodeValue(nodes, 3);
  writer.PutKind(NodeKind::kExternalTypedData);
  writer.PutType(TypedDataType::kUint8);
  writer.PutVarint(writer.AddPayload({.kind = MessagePayload::Kind::kTypedData,
                                      .data = bytes->data(),
                                      .size = bytes->size(),
                                      .peer = data_count,
                                      .weak_finalizer = Finalized::Callback}));
  writer.PutKind(NodeKind::kNativePointer);
  writer.PutVarint(writer.AddPayload({.kind = MessagePayload::Kind::kNativePointer,
                                      .data = pointer_count,
                                      .peer = pointer_count,
                                      .finalizer = Finalized::PlainCallback}));
  Message message;
  EXPECT_TRUE(writer.Finish(nodes.size(), &message));
  return message;
}

TEST(MessagePayloadTest, DeliveredBytesAreFinalizedOnceWhenTheirObjectIsGone) FART_MAY_COLLECT {
  const MessageLedger::Counts before = MessageLedger::Totals();
  std::vector<std::uint8_t> bytes = {1, 2, 3};
  int data_count = 0;
  int pointer_count = 0;
  {
    TestIsolate isolate;
    {
      Message message = WithBothPayloads(&bytes, &data_count, &pointer_count);
      const Rooted list = isolate.Keep(DecodeMessage(*isolate, isolate->program(), message));
      const NoSafepointScope quiet;
      const ObjectPtr data = ListAt(list.Get(quiet), 0, quiet);
      ASSERT_TRUE(IsExternalTypedData(data));
      EXPECT_EQ(BytesOf(data, quiet).first, bytes.data());
      EXPECT_EQ(BytesOf(data, quiet).length, 3u);
      EXPECT_EQ(IntegerValue(ListAt(list.Get(quiet), 1, quiet), quiet),
                static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(&pointer_count)));
    }
    EXPECT_EQ(data_count, 0);
  }
  EXPECT_EQ(data_count, 1);
  EXPECT_EQ(pointer_count, 0);  // The program has it.
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

TEST(MessagePayloadTest, PayloadsOfAMessageThatDoesNotFitEndWithTheMessage) FART_MAY_COLLECT {
  const MessageLedger::Counts before = MessageLedger::Totals();
  std::vector<std::uint8_t> bytes = {1, 2, 3};
  int data_count = 0;
  int pointer_count = 0;
  {
    Message message = WithBothPayloads(&bytes, &data_count, &pointer_count);
    // A second reading of the same bytes finds the typed data gone.
    TestIsolate isolate;
    MessagePayload taken = message.TakePayload(0);
    EXPECT_TRUE(DecodeMessage(*isolate, isolate->program(), message).IsError());
    EXPECT_EQ(data_count + pointer_count, 0);
    taken.Finalize();
  }
  EXPECT_EQ(data_count, 1);
  EXPECT_EQ(pointer_count, 1);
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

TEST(MessagePayloadTest, APayloadOfAnotherKindOrSizeIsNotTaken) FART_MAY_COLLECT {
  std::uint64_t bytes[1] = {};
  int count = 0;
  TestIsolate isolate;  // It ends before them, with what it took.
  int decoded = 0;
  for (const NodeKind node : {NodeKind::kExternalTypedData, NodeKind::kNativePointer}) {
    for (const auto kind :
         {MessagePayload::Kind::kTypedData, MessagePayload::Kind::kNativePointer}) {
      for (const std::size_t size : {8u, 7u}) {
        MessageWriter writer;
        writer.PutNull();
        writer.PutKind(node);
        if (node == NodeKind::kExternalTypedData) writer.PutType(TypedDataType::kInt16);
        writer.PutVarint(writer.AddPayload({.kind = kind,
                                            .data = bytes,
                                            .size = size,
                                            .peer = &count,
                                            .finalizer = Finalized::PlainCallback}));
        Message message;
        ASSERT_TRUE(writer.Finish(1, &message));
        const bool is_data = node == NodeKind::kExternalTypedData;
        const bool is_right = is_data ? kind == MessagePayload::Kind::kTypedData && size == 8
                                      : kind == MessagePayload::Kind::kNativePointer;
        EXPECT_EQ(DecodeMessage(*isolate, isolate->program(), message).IsError(), !is_right);
        decoded += is_right ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(decoded, 3);
  EXPECT_EQ(count, 8 - decoded) << "what was not taken ends with its message";
}

// A message may bring what none of its parts refers to.
TEST(MessagePayloadTest, APayloadThatNothingRefersToEndsWithTheMessage) FART_MAY_COLLECT {
  const MessageLedger::Counts before = MessageLedger::Totals();
  TestIsolate isolate;
  int count = 0;
  {
    MessageWriter writer;
    writer.PutNull();
    writer.AddPayload({.kind = MessagePayload::Kind::kTypedData,
                       .peer = &count,
                       .finalizer = Finalized::PlainCallback});
    Message message;
    ASSERT_TRUE(writer.Finish(0, &message));
    EXPECT_FALSE(DecodeMessage(*isolate, isolate->program(), message).IsError());
    EXPECT_EQ(count, 0);
  }
  EXPECT_EQ(count, 1);
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

// What was taken over before the mistake dies with its object, the rest with the message.
TEST(MessagePayloadTest, WhatFailsInTheMiddleEndsEachPayloadOnce) FART_MAY_COLLECT {
  const MessageLedger::Counts before = MessageLedger::Totals();
  std::vector<std::uint8_t> bytes = {1, 2, 3};
  int data_count = 0;
  int pointer_count = 0;
  {
    TestIsolate isolate;
    {
      Message whole = WithBothPayloads(&bytes, &data_count, &pointer_count);
      const MessagePayload data = whole.TakePayload(0);
      const MessagePayload pointer = whole.TakePayload(1);
      // Its last byte is the number of the pointer's payload: another is none.
      MessageBytes changed;
      const auto from = whole.bytes();
      std::memcpy(changed.Extend(from.size()), from.data(), from.size());
      changed.data()[from.size() - 1] = 2;
      Vector<MessagePayload> payloads;
      payloads.push_back(data);
      payloads.push_back(pointer);
      Message message(std::move(changed), std::move(payloads));
      EXPECT_TRUE(DecodeMessage(*isolate, isolate->program(), message).IsError());
      EXPECT_EQ(message.payload(0).kind, MessagePayload::Kind::kNone);  // An object has it.
      EXPECT_EQ(pointer_count, 0);
    }
    EXPECT_EQ(pointer_count, 1);
    EXPECT_EQ(isolate.Verify(), "");
    isolate.Collect(GcKind::kMajor);
    EXPECT_EQ(data_count, 1);
  }
  EXPECT_EQ(data_count, 1);
  EXPECT_EQ(pointer_count, 1);
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

TEST(MessageLedgerTest, EachEndIsCountedUnderItsName) {
  if (!MessageLedger::kIsKept) GTEST_SKIP() << "no book is kept";
  const MessageLedger::Counts before = MessageLedger::Totals();
  for (int i = 0; i < 6; ++i) {
    const PayloadTicket ticket = MessageLedger::Enter();
    MessageLedger::Strike(ticket, i == 0   ? PayloadEnd::kFinalized
                                  : i <= 2 ? PayloadEnd::kReturned
                                           : PayloadEnd::kHandedOver);
  }
  const PayloadTicket open = MessageLedger::Enter();
  const MessageLedger::Counts after = MessageLedger::Totals();
  EXPECT_EQ(after.accepted, before.accepted + 7);
  EXPECT_EQ(after.finalized, before.finalized + 1);
  EXPECT_EQ(after.returned, before.returned + 2);
  EXPECT_EQ(after.handed_over, before.handed_over + 3);
  EXPECT_EQ(after.outstanding(), before.outstanding() + 1);
  MessageLedger::Strike(open, PayloadEnd::kFinalized);
  MessageLedger::Strike({}, PayloadEnd::kFinalized);
  EXPECT_EQ(MessageLedger::Totals().outstanding(), before.outstanding());
}

TEST(MessagePayloadTest, AWriterThatNeverFinishedLeavesPayloadsToTheCaller) {
  int count = 0;
  {
    MessageWriter writer;
    writer.AddPayload({.kind = MessagePayload::Kind::kTypedData,
                       .peer = &count,
                       .weak_finalizer = Finalized::Callback});
  }
  EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace fart

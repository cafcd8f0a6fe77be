// Posting: who hears of what has become of a message.

#include "vm/posting.h"

#include <gtest/gtest.h>

#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "heap/platform/testing/refusing_memory.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_writer.h"
#include "vm/port/message_queue.h"
#include "vm/port/ports.h"
#include "vm/port/reply_scope.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

Message Integer(std::int64_t value) {
  Message message;
  EXPECT_TRUE(EncodeIntegerMessage(value, &message));
  return message;
}

// Its finalizer counts.
Message WithPayload(int* finalized) {
  MessageWriter writer;
  writer.PutNull();
  writer.AddPayload({.kind = MessagePayload::Kind::kNativePointer,
                     .peer = finalized,
                     .finalizer = [](void*, void* peer) { ++*static_cast<int*>(peer); }});
  Message message;
  EXPECT_TRUE(writer.Finish(0, &message));
  return message;
}

// An open port that has no memory for the first message, and keeps the others.
class PoorReceiver final : public PortReceiver {
 public:
  PoorReceiver() : PortReceiver(PortKind::kReceive) {}
  bool Accept(PortId, Message& message) override {
    if (!std::exchange(has_refused_, true)) return false;
    messages.push_back(std::move(message));
    return true;
  }
  void PortClosed(PortId) override {}
  void BeforeFork() override {}
  void AfterForkInParent() override {}
  void AfterForkInChild() override {}

  std::vector<Message> messages;

 private:
  bool has_refused_ = false;
};

class PostingTest : public ::testing::Test {
 protected:
  ~PostingTest() override { queue_->Close(); }

  PostResult Post(Rooted object, PortId port, PortId reply_port = kNoPort,
                  WhenStopped when_stopped = WhenStopped::kGoOn) {
    return PostObject(*isolate_, port, object, reply_port, &error_, when_stopped);
  }
  std::string TextOf(Message& message) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Text(isolate_.Keep(DecodeMessage(*isolate_, isolate_->program(), message)));
  }
  // What the only message that waits says, which is an error.
  std::string Told() {
    std::optional<Delivery> told = queue_->TryTake();
    EXPECT_EQ(queue_->size(), 0u);
    if (!told.has_value()) return "nothing";
    EXPECT_TRUE(told->message.is_error());
    return TextOf(told->message);
  }

  TestIsolate isolate_;
  const std::shared_ptr<MessageQueue> queue_ = std::make_shared<MessageQueue>();
  const PortId reply_ = queue_->OpenPort(PortLiveness::kIdle);
  std::string error_;
};

TEST_F(PostingTest, AMessageKnowsWhereItsAnswerIsExpected) {
  EXPECT_EQ(Post(isolate_.NewString("hello"), reply_, 77), PostResult::kPosted);
  std::optional<Delivery> delivery = queue_->TryTake();
  ASSERT_TRUE(delivery.has_value());
  EXPECT_EQ(delivery->message.reply_port(), 77);
  EXPECT_EQ(TextOf(delivery->message), "hello");
}

TEST_F(PostingTest, WhatIsPostedToTheReplyPortMakesAFailureGood) {
  {
    const ReplyScope scope(reply_);
    NoteNotEncoded(reply_, "no");
    EXPECT_TRUE(PostEncoded(reply_, Integer(1)));
  }
  ASSERT_EQ(queue_->size(), 1u);
  EXPECT_FALSE(queue_->TryTake()->message.is_error());
}

TEST_F(PostingTest, WhatCannotBeSentIsToldToWhoWaitsForIt) FART_MAY_COLLECT {
  const Rooted library = isolate_.Keep(isolate_->libraries().Add(*isolate_, 0, "file:///lib.dart"));
  {
    const ReplyScope scope(reply_);
    EXPECT_EQ(Post(library, reply_), PostResult::kNotEncoded);
    EXPECT_EQ(error_, "illegal argument in isolate message: object is a library");
    EXPECT_EQ(queue_->size(), 0u) << "the handler may post something simpler";
  }
  EXPECT_EQ(Told(), error_);
}

TEST_F(PostingTest, ASenderThatIsStoppedTellsWhoWaitsForIt) {
  const Rooted list = isolate_.NewList(3);
  isolate_->RequestStop();
  {
    const ReplyScope scope(reply_);
    EXPECT_EQ(Post(list, reply_, kNoPort, WhenStopped::kEnd), PostResult::kStopped);
    EXPECT_EQ(error_, "");
  }
  isolate_->ForgetStop();
  EXPECT_EQ(Told(), "The isolate was stopped before it had replied.");
}

TEST_F(PostingTest, ASenderWithoutMemoryTellsWhoWaitsForIt) {
  const Rooted list = isolate_.NewList(1000);
  {
    const ReplyScope scope(reply_);
    RefusingMemory::FailNth(SystemCall::kMalloc, 1, RefusingMemory::Duration::kForGood);
    EXPECT_THROW(static_cast<void>(Post(list, reply_)), std::bad_alloc);
    RefusingMemory::Stop();
  }
  EXPECT_EQ(Told(), "There was no memory for the reply.");
}

TEST_F(PostingTest, AClosedPortGivesThePayloadsBack) {
  int finalized = 0;
  EXPECT_TRUE(queue_->ClosePort(reply_));
  EXPECT_FALSE(PostEncoded(reply_, WithPayload(&finalized)));
  EXPECT_EQ(finalized, 0);
  EXPECT_EQ(Post(isolate_.NewList(1), reply_), PostResult::kNoSuchPort);
}

TEST_F(PostingTest, AnOpenPortWithoutMemoryIsNoClosedOne) {
  const auto receiver = std::make_shared<PoorReceiver>();
  const PortId port = Ports::Open(receiver);
  int finalized = 0;
  {
    const ReplyScope scope(port);
    EXPECT_THROW(static_cast<void>(PostEncoded(port, WithPayload(&finalized))), std::bad_alloc);
  }
  EXPECT_EQ(finalized, 0);
  ASSERT_EQ(receiver->messages.size(), 1u);
  EXPECT_TRUE(receiver->messages[0].is_error());
  EXPECT_EQ(TextOf(receiver->messages[0]), "There was no memory for the reply.");
  EXPECT_NE(Ports::Close(port, PortKind::kReceive), nullptr);
}

}  // namespace
}  // namespace fart

// Ports, queues and the loop below the language.

#include "vm/port/ports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "heap/platform/clock.h"
#include "heap/platform/off_heap.h"
#include "vm/event_loop.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_reader.h"
#include "vm/message/message_writer.h"
#include "vm/port/message_queue.h"
#include "vm/port/native_port.h"
#include "vm/port/port_ids.h"
#include "vm/port/reply_scope.h"
#include "vm/testing/idle_program.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/numbers.h"

namespace fart {
namespace {

Message Integer(std::int64_t value, PortId reply_port = kNoPort) {
  Message message;
  EXPECT_TRUE(EncodeIntegerMessage(value, &message));
  message.set_reply_port(reply_port);
  return message;
}

// ---- Numbers

TEST(PortIdsTest, CipherIsXtea) {
  EXPECT_EQ(EncryptXtea(0x4142434445464748, {0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f}),
            0x497df3d072612cb5);
  EXPECT_EQ(EncryptXtea(0x4141414141414141, {0, 0, 0, 0}), 0xed23375a821a8c2d);
}

TEST(PortIdsTest, NumbersArePositiveAndNeverComeTwice) {
  PortIds ids = PortIds::WithSecretKey();
  std::set<PortId> seen;
  for (int i = 0; i < 10'000; ++i) {
    const PortId id = ids.Next();
    EXPECT_GT(id, 0);
    EXPECT_TRUE(seen.insert(id).second);
  }
}

TEST(PortIdsTest, TwoProcessesHaveOtherNumbers) {
  EXPECT_NE(PortIds::WithSecretKey().Next(), PortIds::WithSecretKey().Next());
}

// ---- The table

TEST(PortsTest, PostSaysNoAndKeepsTheMessageWithTheCaller) {
  Message message = Integer(7);
  for (const PortId nobody : {PortId{0}, PortId{-1}, PortId{12345}}) {
    EXPECT_FALSE(Ports::Post(nobody, message));
    EXPECT_FALSE(message.is_empty());
  }
}

TEST(PortsTest, PortsOfAnIsolateCloseWithIt) {
  const std::size_t before = Ports::Count();
  PortId main_port = kNoPort;
  {
    TestIsolate isolate;
    main_port = isolate->main_port();
    EXPECT_EQ(Ports::Count(), before + 1);
    isolate->messages().OpenPort(PortLiveness::kKeepsAlive);
    EXPECT_EQ(Ports::Count(), before + 2);
  }
  EXPECT_EQ(Ports::Count(), before);
  Message message = Integer(1);
  EXPECT_FALSE(Ports::Post(main_port, message));
}

// ---- Queues

class MessageQueueTest : public ::testing::Test {
 protected:
  ~MessageQueueTest() override { queue_->Close(); }

  PortId Open(PortLiveness liveness = PortLiveness::kKeepsAlive) {
    return queue_->OpenPort(liveness);
  }
  bool Post(PortId port, std::int64_t value = 0, PortId reply_port = kNoPort) {
    Message message = Integer(value, reply_port);
    return Ports::Post(port, message);
  }

  const std::shared_ptr<MessageQueue> queue_ = std::make_shared<MessageQueue>();
};

TEST_F(MessageQueueTest, MessagesComeOutInTheOrderTheyCameInWhateverTheirPort) {
  const PortId a = Open();
  const PortId b = Open();
  for (const PortId port : {a, b, b, a}) EXPECT_TRUE(Post(port));
  for (const PortId port : {a, b, b, a}) EXPECT_EQ(queue_->TryTake()->port, port);
  EXPECT_FALSE(queue_->TryTake().has_value());
}

TEST_F(MessageQueueTest, ClosingDropsWhatWaitsForThePortAndTellsWhoWaitsForReplies) {
  const PortId closing = Open();
  const PortId other = Open();
  const PortId reply = Open();
  EXPECT_TRUE(Post(closing, 1, reply));
  EXPECT_TRUE(Post(other, 2));
  EXPECT_TRUE(Post(closing, 3));
  EXPECT_TRUE(queue_->ClosePort(closing));
  EXPECT_FALSE(Post(closing));
  EXPECT_FALSE(queue_->ClosePort(closing));
  EXPECT_EQ(queue_->TryTake()->port, other);
  const Delivery told = *queue_->TryTake();
  EXPECT_EQ(told.port, reply);
  EXPECT_TRUE(told.message.is_error());
  EXPECT_FALSE(queue_->TryTake().has_value());
}

TEST_F(MessageQueueTest, AnErrorThatIsDroppedIsNotAnswered) {
  const PortId closing = Open();
  const PortId reply = Open();
  Message error = Integer(1, reply);
  error.set_is_error(true);
  EXPECT_TRUE(Ports::Post(closing, error));
  queue_->ClosePort(closing);
  EXPECT_EQ(queue_->size(), 0u);
}

TEST_F(MessageQueueTest, OnlyItsOwnPortsCanBeClosed) {
  const auto other = std::make_shared<MessageQueue>();
  const PortId foreign = other->OpenPort(PortLiveness::kIdle);
  EXPECT_FALSE(queue_->ClosePort(foreign));
  EXPECT_TRUE(other->IsOpen(foreign));
  other->Close();
}

TEST_F(MessageQueueTest, CountsThePortsThatKeepALoopRunning) {
  EXPECT_FALSE(queue_->HasLivePorts());
  const PortId idle = Open(PortLiveness::kIdle);
  EXPECT_FALSE(queue_->HasLivePorts());
  const PortId live = Open();
  EXPECT_TRUE(queue_->HasLivePorts());
  EXPECT_TRUE(queue_->SetLiveness(live, PortLiveness::kIdle));
  EXPECT_FALSE(queue_->HasLivePorts());
  EXPECT_TRUE(queue_->SetLiveness(idle, PortLiveness::kKeepsAlive));
  EXPECT_TRUE(queue_->SetLiveness(idle, PortLiveness::kKeepsAlive));
  queue_->ClosePort(live);
  EXPECT_TRUE(queue_->HasLivePorts());
  queue_->ClosePort(idle);
  EXPECT_FALSE(queue_->HasLivePorts());
  EXPECT_FALSE(queue_->SetLiveness(idle, PortLiveness::kIdle));
}

TEST_F(MessageQueueTest, AListenerHearsOfEachMessageAndMayPostItself) {
  struct Listener final : MessageListener {
    void MessageCame() override {
      ++heard;
      if (heard == 1) {
        Message message = Integer(2);
        EXPECT_TRUE(Ports::Post(port, message));
      }
    }
    PortId port = kNoPort;
    int heard = 0;
  };
  const auto listener = std::make_shared<Listener>();
  listener->port = Open();
  queue_->SetListener(listener);
  EXPECT_TRUE(Post(listener->port, 1));
  EXPECT_EQ(listener->heard, 2);
  EXPECT_EQ(queue_->size(), 2u);
  queue_->SetListener(nullptr);
  EXPECT_TRUE(Post(listener->port, 1));
  EXPECT_EQ(listener->heard, 2);
}

TEST_F(MessageQueueTest, WaitingEndsWithAMessageOrTheRequestToStop) {
  const PortId port = Open();
  std::thread poster([&] { EXPECT_TRUE(Post(port, 9)); });
  EXPECT_EQ(queue_->WaitAndTake()->port, port);
  poster.join();
  std::thread stopper([&] { queue_->RequestStop(); });
  EXPECT_FALSE(queue_->WaitAndTake().has_value());
  stopper.join();
}

TEST_F(MessageQueueTest, ARequestToStopComesBeforeWhatWaits) {
  const PortId port = Open();
  EXPECT_TRUE(Post(port, 1));
  queue_->RequestStop();
  EXPECT_FALSE(queue_->WaitAndTake().has_value());
  EXPECT_FALSE(queue_->WaitAndTake().has_value());
  EXPECT_EQ(queue_->size(), 1u);
  queue_->ForgetStop();
  EXPECT_EQ(queue_->WaitAndTake()->port, port);
}

TEST_F(MessageQueueTest, AClosedQueueOpensNoPortAndLetsGoOfItsListener) {
  class Listener final : public MessageListener {
    void MessageCame() override {}
  };
  auto listener = std::make_shared<Listener>();
  const std::weak_ptr<Listener> watched = listener;
  queue_->SetListener(std::move(listener));
  EXPECT_EQ(queue_->listener(), watched.lock());
  const PortId first = Open();
  const PortId second = Open(PortLiveness::kIdle);
  EXPECT_TRUE(Post(first));
  const std::size_t ports = Ports::Count();
  queue_->Close();
  EXPECT_EQ(Ports::Count(), ports - 2);
  EXPECT_TRUE(watched.expired());
  EXPECT_EQ(queue_->listener(), nullptr);
  EXPECT_EQ(queue_->size(), 0u);
  EXPECT_FALSE(queue_->HasLivePorts());
  EXPECT_EQ(Open(), kNoPort);
  EXPECT_EQ(Ports::Count(), ports - 2);
  for (const PortId port : {first, second}) {
    EXPECT_FALSE(queue_->IsOpen(port));
    EXPECT_FALSE(Post(port));
  }
}

TEST_F(MessageQueueTest, ALaterListenerTakesOver) {
  struct Listener final : MessageListener {
    void MessageCame() override { ++heard; }
    int heard = 0;
  };
  const auto first = std::make_shared<Listener>();
  const auto second = std::make_shared<Listener>();
  const PortId port = Open();
  queue_->SetListener(first);
  EXPECT_TRUE(Post(port));
  queue_->SetListener(second);
  EXPECT_EQ(queue_->listener(), second);
  EXPECT_TRUE(Post(port));
  EXPECT_TRUE(Post(port));
  EXPECT_EQ(first->heard, 1);
  EXPECT_EQ(second->heard, 2);
}

// Many threads post while ports of the same queue open and close: nothing is lost or comes twice.
TEST_F(MessageQueueTest, WhatIsAcceptedComesOutWhateverHappensBesides) {
  constexpr int kThreads = 4;
  constexpr int kMessages = 2000;
  const PortId port = Open();
  std::vector<std::thread> posters;
  for (int i = 0; i < kThreads; ++i) {
    posters.emplace_back([&, i] {
      for (int j = 0; j < kMessages; ++j) EXPECT_TRUE(Post(port, i * kMessages + j));
    });
  }
  std::vector<int> next(kThreads, 0);
  for (int taken = 0; taken < kThreads * kMessages;) {
    const PortId passing = Open();
    EXPECT_TRUE(Post(passing));
    EXPECT_TRUE(queue_->ClosePort(passing));
    std::optional<Delivery> delivery = queue_->TryTake();
    if (!delivery.has_value()) continue;
    MessageReader reader(delivery->message);
    MessageValue value;
    ASSERT_TRUE(reader.ReadValue(&value));
    const auto sender = static_cast<std::size_t>(value.integer / kMessages);
    ASSERT_EQ(value.integer % kMessages, next[sender]++);
    ++taken;
  }
  for (std::thread& poster : posters) poster.join();
  EXPECT_EQ(queue_->size(), 0u);
}

// ---- Replies

class ReplyScopeTest : public MessageQueueTest {
 protected:
  bool WasToldOfAnError() {
    std::optional<Delivery> told = queue_->TryTake();
    return told.has_value() && told->message.is_error();
  }
  const PortId reply_ = Open();
};

TEST_F(ReplyScopeTest, AReplyThatCouldNotBeEncodedIsToldWhenTheHandlerIsDone) {
  {
    const ReplyScope scope(reply_);
    ReplyScope::NoteNotEncoded(reply_, "no");
    EXPECT_EQ(queue_->size(), 0u);
  }
  EXPECT_TRUE(WasToldOfAnError());
}

TEST_F(ReplyScopeTest, ALaterReplyMakesItGood) {
  {
    const ReplyScope scope(reply_);
    ReplyScope::NoteNotEncoded(reply_, "no");
    ReplyScope::NotePosted(reply_);
  }
  EXPECT_EQ(queue_->size(), 0u);
}

TEST_F(ReplyScopeTest, OtherPortsDoNotMatterAndOuterScopesDo) {
  const PortId other = Open();
  {
    const ReplyScope outer(reply_);
    {
      const ReplyScope inner(kNoPort);
      ReplyScope::NoteNotEncoded(other, "no");
      ReplyScope::NoteNotEncoded(reply_, "no");
      ReplyScope::NotePosted(other);
    }
    EXPECT_EQ(queue_->size(), 0u);
  }
  EXPECT_TRUE(WasToldOfAnError());
  EXPECT_EQ(queue_->size(), 0u);
}

// ---- The loop

// Keeps the integers that come in; one that is negative is an error, 0 closes the port.
class RecordingProgram final : public IdleProgram {
 public:
  explicit RecordingProgram(Isolate& isolate) : isolate_(isolate) {}

  Outcome HandleMessage(const MessageOrigin& origin, Rooted message) override FART_MAY_COLLECT {
    const std::int64_t value = ValueOf(message);
    log.push_back(value);
    last_origin = origin;
    if (value == 0) isolate_.messages().ClosePort(origin.port);
    if (value < 0) return NewApiError(isolate_, "negative");
    return Outcome::Immediate(kTrue);
  }
  Outcome RunMicrotasks() override FART_MAY_COLLECT {
    ++microtask_runs;
    return microtasks_fail ? NewApiError(isolate_, "put off") : Outcome::Immediate(kTrue);
  }

  // Asked while a message is decoded; another thread might stop the isolate meanwhile.
  ShapeId ShapeOfClass(const ClassIdentity& identity) override {
    if (stops_while_decoding) isolate_.RequestStop();
    return IdleProgram::ShapeOfClass(identity);
  }

  std::vector<std::int64_t> log;
  MessageOrigin last_origin;
  int microtask_runs = 0;
  bool microtasks_fail = false;
  bool stops_while_decoding = false;

 private:
  Isolate& isolate_;
};

std::unique_ptr<Program> MakeRecordingProgram(Isolate& isolate, std::string*) {
  return std::make_unique<RecordingProgram>(isolate);
}

class EventLoopTest : public ::testing::Test {
 protected:
  RecordingProgram& program() { return static_cast<RecordingProgram&>(isolate_->program()); }
  bool Post(PortId port, std::int64_t value, PortId reply_port = kNoPort) {
    Message message = Integer(value, reply_port);
    return Ports::Post(port, message);
  }

  TestIsolate isolate_{{.program = MakeRecordingProgram}};
};

TEST_F(EventLoopTest, RunsUntilNoLivePortIsLeft) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId port = isolate_->messages().OpenPort(PortLiveness::kKeepsAlive);
  std::thread poster([&] {
    for (const std::int64_t value : {std::int64_t{1}, std::int64_t{1} << 62, std::int64_t{0}}) {
      EXPECT_TRUE(Post(port, value));
    }
  });
  EXPECT_FALSE(RunEventLoop(*isolate_).IsError());
  poster.join();
  EXPECT_THAT(program().log, ::testing::ElementsAre(1, std::int64_t{1} << 62, 0));
  EXPECT_EQ(program().microtask_runs, 1);
}

TEST_F(EventLoopTest, AHandlerIsToldWhereItsMessageComesFrom) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId reply = isolate_->messages().OpenPort(PortLiveness::kIdle);
  for (const bool is_error : {false, true}) {
    Message message = Integer(5, reply);
    message.set_is_error(is_error);
    EXPECT_TRUE(Ports::Post(isolate_->main_port(), message));
    EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
    EXPECT_EQ(program().last_origin.port, isolate_->main_port());
    EXPECT_EQ(program().last_origin.reply_port, reply);
    EXPECT_EQ(program().last_origin.is_error, is_error);
  }
}

// An instance of a class that the program does not have.
Message Instance() {
  MessageWriter writer;
  MessageNodes nodes;
  writer.PutNodeValue(nodes, 1);
  writer.PutKind(NodeKind::kInstance);
  writer.PutVarint(0);  // hash
  writer.PutVarint(0);  // class number
  writer.PutText("file:///lib.dart");
  writer.PutText("Unknown");
  writer.PutVarint(0);  // fields
  writer.PutWord(0);    // layout
  Message message;
  EXPECT_TRUE(writer.Finish(nodes.size(), &message));
  return message;
}

TEST_F(EventLoopTest, WhatIsStoppedWhileItIsDecodedSaysThat)
FART_NO_SAFEPOINT_ANALYSIS {
  for (const bool stops : {false, true}) {
    program().stops_while_decoding = stops;
    Message message = Instance();
    EXPECT_TRUE(Ports::Post(isolate_->main_port(), message));
    const std::string text = isolate_.ErrorMessageOf(HandleOneMessage(*isolate_));
    EXPECT_EQ(text == "The isolate has been stopped.", stops) << text;
  }
  EXPECT_TRUE(program().log.empty());
}

TEST_F(EventLoopTest, EndsAtOnceWithoutALivePort) FART_NO_SAFEPOINT_ANALYSIS {
  EXPECT_TRUE(Post(isolate_->main_port(), 5));
  EXPECT_FALSE(RunEventLoop(*isolate_).IsError());
  EXPECT_TRUE(program().log.empty());
}

TEST_F(EventLoopTest, AnErrorEndsItAndIsTheReplyToo) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId port = isolate_->messages().OpenPort(PortLiveness::kKeepsAlive);
  const auto waiting = std::make_shared<MessageQueue>();
  const PortId reply = waiting->OpenPort(PortLiveness::kIdle);
  EXPECT_TRUE(Post(port, -1, reply));
  EXPECT_TRUE(Post(port, 2));
  EXPECT_EQ(isolate_.ErrorMessageOf(RunEventLoop(*isolate_)), "negative");
  EXPECT_TRUE(waiting->TryTake()->message.is_error());
  EXPECT_THAT(program().log, ::testing::ElementsAre(-1));
  EXPECT_EQ(isolate_->messages().size(), 1u);
  waiting->Close();
}

TEST_F(EventLoopTest, HandlesOneMessageOrAllThatWait) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId port = isolate_->main_port();
  for (const std::int64_t value : {1, 2, 3}) EXPECT_TRUE(Post(port, value));
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
  EXPECT_THAT(program().log, ::testing::ElementsAre(1));
  EXPECT_FALSE(HandleWaitingMessages(*isolate_).IsError());
  EXPECT_THAT(program().log, ::testing::ElementsAre(1, 2, 3));
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
}

TEST_F(EventLoopTest, HandlesNoMoreThanIsSaidAndSaysHowMany) FART_NO_SAFEPOINT_ANALYSIS {
  constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  const PortId port = isolate_->main_port();
  for (const std::int64_t value : {1, 2, 3, -4, 5}) EXPECT_TRUE(Post(port, value));
  std::size_t handled = 99;
  EXPECT_FALSE(HandleSomeMessages(*isolate_, 0, kNever, &handled).IsError());
  EXPECT_EQ(handled, 0u);
  handled = 99;
  EXPECT_FALSE(HandleSomeMessages(*isolate_, 5, MonotonicNs() - 1, &handled).IsError());
  EXPECT_EQ(handled, 0u);
  EXPECT_FALSE(HandleSomeMessages(*isolate_, 2, kNever, &handled).IsError());
  EXPECT_EQ(handled, 2u);
  EXPECT_EQ(isolate_->messages().size(), 3u);
  EXPECT_EQ(isolate_.ErrorMessageOf(HandleSomeMessages(*isolate_, 9, kNever, &handled)),
            "negative");
  EXPECT_EQ(handled, 2u);  // The one that failed counts.
  EXPECT_FALSE(HandleSomeMessages(*isolate_, 9, kNever, &handled).IsError());
  EXPECT_EQ(handled, 1u);
  EXPECT_THAT(program().log, ::testing::ElementsAre(1, 2, 3, -4, 5));
}

TEST_F(EventLoopTest, AnErrorOfMicrotasksEndsEachForm) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId port = isolate_->messages().OpenPort(PortLiveness::kKeepsAlive);
  EXPECT_TRUE(Post(port, 1));
  program().microtasks_fail = true;
  EXPECT_EQ(isolate_.ErrorMessageOf(RunEventLoop(*isolate_)), "put off");
  EXPECT_EQ(isolate_.ErrorMessageOf(HandleWaitingMessages(*isolate_)), "put off");
  EXPECT_TRUE(program().log.empty());
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());  // It has a message.
  EXPECT_EQ(isolate_.ErrorMessageOf(HandleOneMessage(*isolate_)), "put off");
}

TEST_F(EventLoopTest, WhoWaitsForAReplyIsToldWhyThereIsNone) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId reply = isolate_->messages().OpenPort(PortLiveness::kIdle);
  EXPECT_TRUE(Post(isolate_->main_port(), -1, reply));
  EXPECT_TRUE(HandleOneMessage(*isolate_).IsError());
  std::optional<Delivery> told = isolate_->messages().TryTake();
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->port, reply);
  EXPECT_TRUE(told->message.is_error());
  EXPECT_EQ(
      isolate_.Text(isolate_.Keep(DecodeMessage(*isolate_, isolate_->program(), told->message))),
      "negative");
}

TEST_F(EventLoopTest, AnErrorMessageIsNotAnsweredWhenItsHandlingFails) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId reply = isolate_->messages().OpenPort(PortLiveness::kIdle);
  Message error = Integer(-1, reply);
  error.set_is_error(true);
  EXPECT_TRUE(Ports::Post(isolate_->main_port(), error));
  EXPECT_TRUE(HandleOneMessage(*isolate_).IsError());
  EXPECT_EQ(isolate_->messages().size(), 0u);
}

TEST_F(EventLoopTest, WhatCannotBeDecodedIsAnErrorAndToldToo) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId reply = isolate_->messages().OpenPort(PortLiveness::kIdle);
  Message empty;
  empty.set_reply_port(reply);
  EXPECT_TRUE(Ports::Post(isolate_->main_port(), empty));
  EXPECT_EQ(isolate_.ErrorMessageOf(HandleOneMessage(*isolate_)), "a message is malformed");
  EXPECT_TRUE(isolate_->messages().TryTake()->message.is_error());
  EXPECT_TRUE(program().log.empty());
}

TEST_F(EventLoopTest, AStopHoldsForEachFormUntilItIsOver) FART_NO_SAFEPOINT_ANALYSIS {
  const PortId port = isolate_->messages().OpenPort(PortLiveness::kKeepsAlive);
  EXPECT_TRUE(Post(port, 1));
  const std::function<Outcome()> forms[] = {
      [&]() FART_NO_SAFEPOINT_ANALYSIS { return HandleOneMessage(*isolate_); },
      [&]() FART_NO_SAFEPOINT_ANALYSIS { return HandleWaitingMessages(*isolate_); },
      [&]() FART_NO_SAFEPOINT_ANALYSIS { return RunEventLoop(*isolate_); }};
  for (const auto& form : forms) {
    isolate_->RequestStop(StopKind::kNext);
    EXPECT_EQ(isolate_.ErrorMessageOf(form()), "The program has been interrupted.");
    EXPECT_FALSE(isolate_->IsStopRequested());
    EXPECT_EQ(isolate_->messages().size(), 1u);
  }
  isolate_->RequestStop(StopKind::kRunning);  // Nothing runs.
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
  EXPECT_THAT(program().log, ::testing::ElementsAre(1));
  isolate_->RequestStop(StopKind::kForGood);
  isolate_->RequestStop(StopKind::kRunning);
  for (const auto& form : forms) {
    EXPECT_EQ(isolate_.ErrorMessageOf(form()), "The isolate has been stopped.");
    EXPECT_TRUE(isolate_->IsStoppedForGood());
  }
  isolate_->ForgetStop();
  EXPECT_FALSE(isolate_->IsStoppedForGood());
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
  EXPECT_TRUE(Post(port, 0));
  EXPECT_FALSE(RunEventLoop(*isolate_).IsError());
  EXPECT_THAT(program().log, ::testing::ElementsAre(1, 0));
}

TEST_F(EventLoopTest, TheStickyErrorIsTakenAway) FART_NO_SAFEPOINT_ANALYSIS {
  const Rooted error = isolate_.Keep(NewFatalError(*isolate_, "sticks"));
  {
    const NoSafepointScope quiet;
    isolate_->SetStickyError(error.Get(quiet), quiet);
  }
  EXPECT_EQ(isolate_.ErrorMessageOf(HandleOneMessage(*isolate_)), "sticks");
  EXPECT_TRUE(isolate_->sticky_error().is_null());
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
}

TEST_F(EventLoopTest, ARequestToStopEndsItWithAFatalError) FART_NO_SAFEPOINT_ANALYSIS {
  isolate_->messages().OpenPort(PortLiveness::kKeepsAlive);
  isolate_->RequestStop();
  EXPECT_EQ(isolate_.ErrorMessageOf(RunEventLoop(*isolate_)), "The isolate has been stopped.");
}

// Of a burst outside the heap half is left; no collection has to come for it to go back.
TEST_F(EventLoopTest, AHandledMessageGivesBackWhatABurstHasLeft) FART_NO_SAFEPOINT_ANALYSIS {
  constexpr ByteCount kBlock = MiB(1);
  std::vector<void*> blocks;
  for (int i = 0; i < 80; ++i) blocks.push_back(OffHeapAllocate(kBlock));
  OffHeapGiveBack();
  for (; blocks.size() > 40; blocks.pop_back()) OffHeapFree(blocks.back(), kBlock);
  std::this_thread::sleep_for(std::chrono::nanoseconds(45 * kOffHeapPauseNsPerMiB));
  const std::uint64_t before = OffHeapGivenBackCount();
  EXPECT_TRUE(Post(isolate_->main_port(), 1));
  EXPECT_FALSE(HandleOneMessage(*isolate_).IsError());
  EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
  for (void* const block : blocks) OffHeapFree(block, kBlock);
}

TEST(ErrorMessageTest, CarriesItsTextThroughAnyPort) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate isolate;
  for (const char* const text :
       {"plain", "gr\xC3\xBC\xC3\x9F", "\xE2\x82\xAC \xF0\x9F\x98\x80", ""}) {
    PostError(isolate->main_port(), text);
    Delivery delivery = *isolate->messages().TryTake();
    EXPECT_TRUE(delivery.message.is_error());
    EXPECT_EQ(
        isolate.Text(isolate.Keep(DecodeMessage(*isolate, isolate->program(), delivery.message))),
        text);
  }
}

// ---- Closing among many

// The messages of two ports are mixed; what stays keeps its order.
TEST(ClosingPortsTest, ClosingAPortTakesItsMessagesOutFromAmongOthers) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId kept = queue->OpenPort(PortLiveness::kKeepsAlive);
  const PortId closed = queue->OpenPort(PortLiveness::kKeepsAlive);
  for (int i = 0; i < 6; ++i) {
    Message message = Integer(i);
    EXPECT_TRUE(Ports::Post(i % 3 == 0 ? kept : closed, message));
  }
  EXPECT_EQ(queue->TryTake()->port, kept);
  EXPECT_EQ(queue->TryTake()->port, closed);
  EXPECT_TRUE(queue->ClosePort(closed));
  EXPECT_EQ(queue->size(), 1u);
  Message message = Integer(7);
  EXPECT_TRUE(Ports::Post(kept, message));
  EXPECT_EQ(queue->TryTake()->port, kept);
  EXPECT_EQ(queue->TryTake()->port, kept);
  EXPECT_FALSE(queue->TryTake().has_value());
  queue->Close();
}

// Hundreds of millions of steps if each closing went through the whole queue.
TEST(ClosingPortsTest, ClosingPortsWithMessagesCostsTheirNumber) {
  constexpr int kPorts = 30'000;
  const auto queue = std::make_shared<MessageQueue>();
  std::vector<PortId> ports;
  for (int i = 0; i < kPorts; ++i) {
    ports.push_back(queue->OpenPort(PortLiveness::kKeepsAlive));
    Message message = Integer(i);
    ASSERT_TRUE(Ports::Post(ports.back(), message));
  }
  for (const PortId port : ports) EXPECT_TRUE(queue->ClosePort(port));
  EXPECT_EQ(queue->size(), 0u);
  queue->Close();
}

}  // namespace
}  // namespace fart

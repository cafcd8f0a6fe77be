// Ports, queues, pools and timers where memory outside the heap runs out: a message is the
// receiver's or the sender's, and nothing of what was refused is left.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <utility>

#include "heap/platform/child_process.h"
#include "heap/platform/readiness.h"
#include "heap/platform/testing/refusing_memory.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_reader.h"
#include "vm/port/message_queue.h"
#include "vm/port/native_port.h"
#include "vm/port/ports.h"
#include "vm/port/reply_scope.h"
#include "vm/port/thread_pool.h"
#include "vm/port/timers.h"
#include "vm/port/watches.h"

namespace fart {
namespace {

using Duration = RefusingMemory::Duration;

Message Integer(std::int64_t value) {
  Message message;
  EXPECT_TRUE(EncodeIntegerMessage(value, &message));
  return message;
}

TEST(PortMemoryTest, APortIsOpenOrThereIsNone) {
  const std::size_t before = Ports::Count();
  for (const SystemCall kind : {SystemCall::kNew, SystemCall::kMalloc}) {
    SweepFailures(kind, [before] {
      const auto queue = std::make_shared<MessageQueue>();
      bool refused = false;
      std::size_t opened = 0;
      try {
        for (; opened < 40; ++opened) {
          EXPECT_NE(queue->OpenPort(PortLiveness::kKeepsAlive), kNoPort);
        }
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      EXPECT_EQ(Ports::Count(), before + opened);
      EXPECT_EQ(queue->HasLivePorts(), opened != 0);
      queue->Close();
      EXPECT_EQ(Ports::Count(), before);
      EXPECT_FALSE(queue->HasLivePorts());
      return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
    });
  }
}

class Hearing final : public MessageListener {
 public:
  void MessageCame() override { ++heard; }
  int heard = 0;
};

TEST(PortMemoryTest, AMessageThereIsNoRoomForStaysTheSenders) {
  const auto queue = std::make_shared<MessageQueue>();
  const auto listener = std::make_shared<Hearing>();
  queue->SetListener(listener);
  const PortId port = queue->OpenPort(PortLiveness::kKeepsAlive);
  Message message = Integer(7);
  RefusingMemory::FailNth(SystemCall::kNew, 1, Duration::kForGood);
  const bool is_posted = Ports::Post(port, message);
  RefusingMemory::Stop();
  EXPECT_FALSE(is_posted);
  EXPECT_FALSE(message.is_empty());
  EXPECT_EQ(queue->size(), 0u);
  EXPECT_EQ(listener->heard, 0);
  EXPECT_TRUE(Ports::Post(port, message));
  EXPECT_EQ(listener->heard, 1);
  EXPECT_EQ(queue->TryTake()->port, port);
  queue->Close();
}

class Counting final : public NativeMessageHandler {
 public:
  explicit Counting(int* handled) : handled_(handled) {}
  void Handle(Delivery) override { ++*handled_; }

 private:
  int* const handled_;
};

TEST(PortMemoryTest, ANativePortHandlesAMessageOrRefusesIt) {
  for (const SystemCall kind : {SystemCall::kNew, SystemCall::kThread}) {
    SweepFailures(kind, [] {
      int handled = 0;
      int accepted = 0;
      bool refused = false;
      ThreadPool pool({.max_threads = 1});
      PortId port = kNoPort;
      try {
        port = NativePort::Open(pool, 3, std::make_unique<Counting>(&handled));
        for (int i = 0; i < 5; ++i) {
          Message message = Integer(i);
          const bool is_posted = Ports::Post(port, message);
          EXPECT_EQ(message.is_empty(), is_posted);
          accepted += is_posted ? 1 : 0;
          refused = refused || !is_posted;
        }
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      if (port != kNoPort) {
        EXPECT_TRUE(NativePort::CloseAndWait(port));
      }
      pool.ShutDown();
      EXPECT_EQ(handled, accepted);
      return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
    });
  }
}

TEST(PortMemoryTest, ATimerIsStartedOrNothingOfItIsLeft) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId port = queue->OpenPort(PortLiveness::kKeepsAlive);
  for (const SystemCall kind : {SystemCall::kNew, SystemCall::kThread}) {
    const SweepResult result = SweepFailures(kind, [port] {
      const bool is_started = StartTimer(port, std::chrono::hours(1));
      RefusingMemory::Stop();
      EXPECT_EQ(WaitingTimers(), is_started ? 1u : 0u);
      StopTimers();
      EXPECT_EQ(WaitingTimers(), 0u);
      return is_started ? SweepOutcome::kDone : SweepOutcome::kRefused;
    });
    EXPECT_GT(result.refusals, 0u);
  }
  queue->Close();
}

// VP-W3
TEST(PortMemoryTest, ATimerThatIsDueWaitsForMemory) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId port = queue->OpenPort(PortLiveness::kKeepsAlive);
  ASSERT_TRUE(StartTimer(port, std::chrono::milliseconds(20)));
  RefusingMemory::FailNth(SystemCall::kMalloc, 1, Duration::kForGood);
  while (RefusingMemory::Refused(SystemCall::kMalloc) < 2) std::this_thread::yield();
  RefusingMemory::Stop();
  EXPECT_EQ(queue->WaitAndTake()->port, port);
  while (WaitingTimers() != 0) std::this_thread::yield();
  EXPECT_EQ(queue->size(), 0u) << "once";
  queue->Close();
  StopTimers();
}

Child Shell(const char* line) {
  ChildRequest request;
  request.executable = "/bin/sh";
  request.arguments = {"-c", line};
  Child child;
  EXPECT_EQ(StartChild(request, &child), 0);
  return child;
}

// VP-O4
TEST(PortMemoryTest, AChildsEndWaitsForMemory) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId port = queue->OpenPort(PortLiveness::kKeepsAlive);
  const Child child = Shell("read line; exit 3");
  ASSERT_TRUE(WatchChild(port, child.number));
  RefusingMemory::FailNth(SystemCall::kMalloc, 1, Duration::kForGood);
  for (const int descriptor : {child.input, child.output, child.errors}) {
    CloseDescriptor(descriptor);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (RefusingMemory::Refused(SystemCall::kMalloc) < 2 &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_GE(RefusingMemory::Refused(SystemCall::kMalloc), 2u) << "it is tried again";
  RefusingMemory::Stop();
  while (queue->size() == 0 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  EXPECT_EQ(queue->size(), 1u);
  while (WaitingWatches() != 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_EQ(WaitingWatches(), 0u);
  StopWatches();
  queue->Close();
}

TEST(PortMemoryTest, WhatIsNotWatchedWithoutMemoryIsRefused) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId port = queue->OpenPort(PortLiveness::kKeepsAlive);
  const Child child = Shell("read line");
  std::size_t watched = 0;
  RefusingMemory::FailNth(SystemCall::kNew, 10, Duration::kForGood);
  while (watched < 1000 && WatchDescriptor(port, child.output, false)) ++watched;
  RefusingMemory::Stop();
  EXPECT_LT(watched, 1000u);
  EXPECT_EQ(WaitingWatches(), watched);
  EXPECT_TRUE(WatchDescriptor(port, child.output, false));
  StopWatches();
  for (const int descriptor : {child.input, child.output, child.errors}) {
    CloseDescriptor(descriptor);
  }
  queue->Close();
}

std::string TextOf(const Message& message) {
  MessageReader reader(message);
  MessageValue value;
  MessageNode node;
  EXPECT_TRUE(reader.ReadValue(&value) && reader.ReadNode(&node));
  return {reinterpret_cast<const char*>(node.data), node.length};
}

TEST(PortMemoryTest, AFailureWithoutMemoryForItsTextIsToldAllTheSame) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId reply = queue->OpenPort(PortLiveness::kIdle);
  {
    ReplyScope scope(reply);
    RefusingMemory::FailNth(SystemCall::kNew, 1, Duration::kForGood);
    scope.Fail("a text that is too long to be kept without any memory");
    RefusingMemory::Stop();
  }
  ASSERT_EQ(queue->size(), 1u);
  const Delivery told = *queue->TryTake();
  EXPECT_TRUE(told.message.is_error());
  EXPECT_EQ(TextOf(told.message), "The message could not be handled: no memory is left.");
  queue->Close();
}

TEST(PortMemoryTest, AnErrorIsPostedOrSaysThatItCouldNotBe) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId reply = queue->OpenPort(PortLiveness::kIdle);
  for (const SystemCall kind : {SystemCall::kNew, SystemCall::kMalloc}) {
    const SweepResult result = SweepFailures(kind, [&queue, reply] {
      const bool is_told = PostError(reply, "why");
      RefusingMemory::Stop();
      EXPECT_EQ(queue->size(), is_told ? 1u : 0u);
      if (is_told) {
        EXPECT_EQ(TextOf(queue->TryTake()->message), "why");
      }
      return is_told ? SweepOutcome::kDone : SweepOutcome::kRefused;
    });
    EXPECT_GT(result.refusals, 0u);
  }
  EXPECT_TRUE(queue->ClosePort(reply));
  EXPECT_TRUE(PostError(reply, "nobody waits any more"));
  EXPECT_TRUE(PostError(kNoPort, "nobody ever did"));
  queue->Close();
}

}  // namespace
}  // namespace fart

// Native ports on a pool of the test's own, the threads of which it counts.

#include "vm/port/native_port.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_reader.h"
#include "vm/message/message_writer.h"
#include "vm/port/message_queue.h"

namespace fart {
namespace {

Message Integer(std::int64_t value) {
  Message message;
  EXPECT_TRUE(EncodeIntegerMessage(value, &message));
  return message;
}

std::int64_t ValueOf(const Message& message) {
  MessageReader reader(message);
  MessageValue value;
  EXPECT_TRUE(reader.ReadValue(&value));
  EXPECT_EQ(value.tag, ValueTag::kInteger);
  return value.integer;
}

bool Post(PortId port, std::int64_t value) {
  Message message = Integer(value);
  return Ports::Post(port, message);
}

class Handler final : public NativeMessageHandler {
 public:
  explicit Handler(std::function<void(std::int64_t, PortId)> function)
      : function_(std::move(function)) {}
  void Handle(Delivery delivery) override { function_(ValueOf(delivery.message), delivery.port); }

 private:
  const std::function<void(std::int64_t, PortId)> function_;
};

PortId Open(ThreadPool& pool, std::size_t max_concurrency,
            std::function<void(std::int64_t, PortId)> function) {
  return NativePort::Open(pool, max_concurrency, std::make_unique<Handler>(std::move(function)));
}

// What handlers were given, by any thread.
class Log {
 public:
  void Add(std::int64_t value) {
    const std::lock_guard<std::mutex> guard(lock_);
    values_.push_back(value);
  }
  std::vector<std::int64_t> Values() const {
    const std::lock_guard<std::mutex> guard(lock_);
    return values_;
  }

 private:
  mutable std::mutex lock_;
  std::vector<std::int64_t> values_;
};

TEST(NativePortTest, AsManyHandlersRunAsThePortAllowsAndNoMore) {
  ThreadPool pool({.max_threads = 8});
  std::atomic<int> inside{0};
  std::counting_semaphore<> may_end(0);
  Log most;
  const PortId port = Open(pool, 3, [&](std::int64_t, PortId) {
    most.Add(++inside);
    may_end.acquire();
    --inside;
  });
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(Post(port, i));
  while (inside < 3) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(inside, 3);
  EXPECT_EQ(pool.waiting(), 0u);  // No task is there for what may not run yet.
  may_end.release(10);
  EXPECT_TRUE(NativePort::CloseAndWait(port));
  EXPECT_EQ(inside, 0);
  const std::vector<std::int64_t> counts = most.Values();
  EXPECT_EQ(counts.size(), 10u);
  EXPECT_EQ(*std::max_element(counts.begin(), counts.end()), 3);
  pool.ShutDown();
}

// After so many messages another port has its turn.
TEST(NativePortTest, APortWithManyMessagesLetsOthersIn) {
  ThreadPool pool({.max_threads = 1});
  std::binary_semaphore may_begin(0);
  Log log;
  const PortId busy = Open(pool, 1, [&](std::int64_t value, PortId) {
    if (value == 0) may_begin.acquire();
    log.Add(value);
  });
  const PortId other = Open(pool, 1, [&](std::int64_t, PortId) { log.Add(-1); });
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(Post(busy, i));
  EXPECT_TRUE(Post(other, 0));
  may_begin.release();
  EXPECT_TRUE(NativePort::CloseAndWait(other));
  EXPECT_TRUE(NativePort::CloseAndWait(busy));
  std::vector<std::int64_t> expected;
  for (int i = 0; i < 200; ++i) {
    if (i == 64) expected.push_back(-1);
    expected.push_back(i);
  }
  EXPECT_EQ(log.Values(), expected);
  pool.ShutDown();
}

TEST(NativePortTest, WhatWasAcceptedIsHandledByAPoolThatShutsDown) {
  ThreadPool pool({.max_threads = 1});
  std::binary_semaphore may_begin(0);
  Log log;
  const PortId port = Open(pool, 1, [&](std::int64_t value, PortId) {
    if (value == 0) may_begin.acquire();
    log.Add(value);
  });
  std::vector<std::int64_t> sent;
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(Post(port, i));
    sent.push_back(i);
  }
  std::thread end([&pool] { pool.ShutDown(); });
  // Once the pool ends it takes nothing more: a turn cannot be passed on.
  class Nothing final : public ThreadPool::Task {
    void Run(ThreadPool::Tasks&) override {}
  };
  while (pool.Submit(std::make_shared<Nothing>())) std::this_thread::yield();
  may_begin.release();
  end.join();
  EXPECT_EQ(log.Values(), sent);
  EXPECT_NE(Ports::Close(port, PortKind::kNative), nullptr);
}

// A pool that ends has no thread more for a port; the one that runs its handler does.
TEST(NativePortTest, WhatComesWhileThePoolShutsDownIsHandledByTheThreadThatIsThere) {
  ThreadPool pool;
  std::binary_semaphore has_begun(0);
  std::binary_semaphore may_go_on(0);
  Log log;
  const PortId port = Open(pool, 2, [&](std::int64_t value, PortId self) {
    if (value == 0) {
      has_begun.release();
      may_go_on.acquire();
      EXPECT_TRUE(Post(self, 1));
    }
    log.Add(value);
  });
  EXPECT_TRUE(Post(port, 0));
  has_begun.acquire();
  std::thread end([&pool] { pool.ShutDown(); });
  class Nothing final : public ThreadPool::Task {
    void Run(ThreadPool::Tasks&) override {}
  };
  while (pool.Submit(std::make_shared<Nothing>())) std::this_thread::yield();
  may_go_on.release();
  end.join();
  EXPECT_THAT(log.Values(), ::testing::ElementsAre(0, 1));
  EXPECT_NE(Ports::Close(port, PortKind::kNative), nullptr);
}

// Whoever posts may have looked the port up before it was closed.
TEST(NativePortTest, AClosedPortAcceptsNothing) {
  ThreadPool pool;
  Log log;
  const auto port = std::make_shared<NativePort>(
      pool, 1, std::make_unique<Handler>([&](std::int64_t value, PortId) { log.Add(value); }));
  Message message = Integer(1);
  port->PortClosed(5);
  EXPECT_FALSE(port->Accept(5, message));
  EXPECT_EQ(ValueOf(message), 1);
  pool.ShutDown();
  EXPECT_TRUE(log.Values().empty());
}

TEST(NativePortTest, AHandlerInsideOfAnotherIsInBoth) {
  ThreadPool pool({.max_threads = 1});
  std::atomic<int> handled{0};
  const auto inner = std::make_shared<NativePort>(
      pool, 1, std::make_unique<Handler>([&](std::int64_t, PortId self) {
        EXPECT_EQ(self, 11);
        EXPECT_TRUE(NativePort::IsHandling(11));
        EXPECT_TRUE(NativePort::IsHandling(12));
        EXPECT_FALSE(NativePort::IsHandling(13));
        ++handled;
      }));
  const auto outer =
      std::make_shared<NativePort>(pool, 1, std::make_unique<Handler>([&](std::int64_t, PortId) {
                                     Message message = Integer(1);
                                     EXPECT_TRUE(inner->Accept(11, message));
                                     ThreadPool::Tasks nobody;
                                     inner->Run(nobody);  // As a loop of the handler's own might.
                                     EXPECT_FALSE(NativePort::IsHandling(11));
                                     EXPECT_TRUE(NativePort::IsHandling(12));
                                     ++handled;
                                   }));
  Message message = Integer(1);
  EXPECT_TRUE(outer->Accept(12, message));
  pool.WaitUntilIdle();
  EXPECT_EQ(handled, 2);
  EXPECT_FALSE(NativePort::IsHandling(12));
  pool.ShutDown();
}

std::atomic<int> threads_to_be_had{0};
bool StartSome(ThreadPool::ThreadBody body, ThreadPool* pool, std::thread* thread) {
  if (threads_to_be_had == 0) return false;
  --threads_to_be_had;
  *thread = std::thread(body, pool, thread);
  return true;
}

void CountEnd(void*, void* peer) { ++*static_cast<int*>(peer); }

TEST(NativePortTest, WithoutAThreadTheMessageStaysTheSenders) {
  threads_to_be_had = 0;
  ThreadPool pool({.start_thread = StartSome});
  Log log;
  const PortId port = Open(pool, 2, [&](std::int64_t value, PortId) { log.Add(value); });
  int ended = 0;
  {
    MessageWriter writer;
    writer.PutInteger(7);
    writer.AddPayload(
        {.kind = MessagePayload::Kind::kNativePointer, .peer = &ended, .finalizer = CountEnd});
    Message message;
    ASSERT_TRUE(writer.Finish(0, &message));
    EXPECT_FALSE(Ports::Post(port, message));
    EXPECT_EQ(message.payload_count(), 1u);
    EXPECT_EQ(ValueOf(message), 7);
    EXPECT_EQ(ended, 0);
    threads_to_be_had = 1;
    EXPECT_TRUE(Ports::Post(port, message));
  }
  EXPECT_TRUE(NativePort::CloseAndWait(port));
  EXPECT_THAT(log.Values(), ::testing::ElementsAre(7));
  EXPECT_EQ(ended, 1);
  pool.ShutDown();
}

TEST(NativePortTest, TheThreadsThatThereAreHandleWhatTheSystemHasNoMoreFor) {
  threads_to_be_had = 1;
  ThreadPool pool({.start_thread = StartSome});
  std::binary_semaphore may_begin(0);
  Log log;
  const PortId port = Open(pool, 4, [&](std::int64_t value, PortId) {
    if (value == 0) may_begin.acquire();
    log.Add(value);
  });
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(Post(port, i));
  may_begin.release();
  EXPECT_TRUE(NativePort::CloseAndWait(port));
  EXPECT_THAT(log.Values(), ::testing::ElementsAre(0, 1, 2, 3));
  pool.ShutDown();
}

// ---- Closing

TEST(NativePortTest, ClosingAndWaitingLastsAsLongAsItsHandlers) {
  ThreadPool pool;
  std::binary_semaphore may_end(0);
  std::atomic<bool> is_closed{false};
  std::atomic<bool> was_early{false};
  Log log;
  const PortId port = Open(pool, 1, [&](std::int64_t value, PortId) {
    if (value == 0) may_end.acquire();
    if (is_closed) was_early = true;
    log.Add(value);
  });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Post(port, i));
  std::thread closer([&] {
    EXPECT_TRUE(NativePort::CloseAndWait(port));
    is_closed = true;
  });
  while (Post(port, 3)) std::this_thread::yield();  // Until it is closed.
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(is_closed);
  may_end.release();
  closer.join();
  EXPECT_FALSE(was_early);
  const std::vector<std::int64_t> values = log.Values();
  ASSERT_GE(values.size(), 3u);
  EXPECT_THAT(std::vector<std::int64_t>(values.begin(), values.begin() + 3),
              ::testing::ElementsAre(0, 1, 2));
  EXPECT_FALSE(NativePort::CloseAndWait(port));
  pool.ShutDown();
}

TEST(NativePortTest, OnlyANativePortIsClosedAndWaitedFor) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId port = queue->OpenPort(PortLiveness::kIdle);
  EXPECT_FALSE(NativePort::CloseAndWait(port));
  EXPECT_TRUE(queue->IsOpen(port));
  queue->Close();
}

TEST(NativePortTest, AThreadKnowsWhoseHandlerItRuns) {
  ThreadPool pool;
  std::atomic<bool> own{false};
  std::atomic<bool> other{true};
  PortId another = kNoPort;
  const PortId port = Open(pool, 1, [&](std::int64_t, PortId of) {
    own = NativePort::IsHandling(of);
    other = NativePort::IsHandling(another);
  });
  another = Open(pool, 1, [](std::int64_t, PortId) {});
  EXPECT_FALSE(NativePort::IsHandling(port));
  EXPECT_TRUE(Post(port, 0));
  EXPECT_TRUE(NativePort::CloseAndWait(port));
  EXPECT_TRUE(NativePort::CloseAndWait(another));
  EXPECT_TRUE(own);
  EXPECT_FALSE(other);
  pool.ShutDown();
}

// ---- The end of the machine

TEST(NativePortTest, HeldPortsAcceptNothingAndAreThereAgainAfterwards) {
  ThreadPool pool;
  Log log;
  const auto add = [&](std::int64_t value, PortId) { log.Add(value); };
  const PortId port = Open(pool, 1, add);
  const auto queue = std::make_shared<MessageQueue>();
  EXPECT_TRUE(Ports::IsOpen(port));
  Ports::HoldNativePorts();
  EXPECT_FALSE(Ports::IsOpen(port)) << "nobody is to wait for it";
  EXPECT_FALSE(Post(port, 1));
  EXPECT_EQ(Open(pool, 1, add), kNoPort);
  const PortId of_isolate = queue->OpenPort(PortLiveness::kIdle);
  EXPECT_NE(of_isolate, kNoPort);
  EXPECT_TRUE(Post(of_isolate, 1));
  Ports::AllowNativePorts();
  EXPECT_TRUE(Post(port, 2));
  Ports::RefuseNativePorts();
  EXPECT_FALSE(Post(port, 3));
  EXPECT_EQ(Open(pool, 1, add), kNoPort);
  EXPECT_TRUE(queue->IsOpen(of_isolate));
  Ports::AllowNativePorts();
  EXPECT_FALSE(Post(port, 4));
  EXPECT_EQ(Ports::Close(port, PortKind::kNative), nullptr);
  pool.ShutDown();
  EXPECT_THAT(log.Values(), ::testing::ElementsAre(2));
  queue->Close();
}

class Told final : public PortReceiver {
 public:
  explicit Told(PortKind kind) : PortReceiver(kind) {}
  bool Accept(PortId, Message&) override { return false; }
  void PortClosed(PortId port) override { closed.push_back(port); }
  void BeforeFork() override {}
  void AfterForkInParent() override {}
  void AfterForkInChild() override {}

  std::vector<PortId> closed;
};

// More than are taken out of the table at a time.
TEST(NativePortTest, RefusedPortsAreAllClosedAndEachIsTold) {
  const auto native = std::make_shared<Told>(PortKind::kNative);
  const auto receive = std::make_shared<Told>(PortKind::kReceive);
  const std::size_t before = Ports::Count();
  const PortId of_isolate = Ports::Open(receive);
  std::vector<PortId> ports;
  for (int i = 0; i < 150; ++i) ports.push_back(Ports::Open(native));
  Ports::RefuseNativePorts();
  Ports::AllowNativePorts();
  EXPECT_EQ(Ports::Count(), before + 1);
  EXPECT_THAT(native->closed, ::testing::UnorderedElementsAreArray(ports));
  EXPECT_TRUE(receive->closed.empty());
  EXPECT_EQ(native.use_count(), 1) << "nothing else holds it";
  EXPECT_NE(Ports::Close(of_isolate, PortKind::kReceive), nullptr);
}

}  // namespace
}  // namespace fart

// Ports, pools and timers in the child of a fork: what is lost there, and what goes on.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "vm/forking.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_reader.h"
#include "vm/port/message_queue.h"
#include "vm/port/native_port.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/port/timers.h"

namespace fart {
namespace {

bool Post(PortId port, std::int64_t value) {
  Message message;
  EXPECT_TRUE(EncodeIntegerMessage(value, &message));
  return Ports::Post(port, message);
}

class Handler final : public NativeMessageHandler {
 public:
  explicit Handler(std::function<void(std::int64_t)> function) : function_(std::move(function)) {}
  void Handle(Delivery delivery) override {
    MessageReader reader(delivery.message);
    MessageValue value;
    EXPECT_TRUE(reader.ReadValue(&value));
    function_(value.integer);
  }

 private:
  const std::function<void(std::int64_t)> function_;
};

PortId Open(std::size_t max_concurrency, std::function<void(std::int64_t)> function) {
  return NativePort::Open(ThreadPool::OfProcess(), max_concurrency,
                          std::make_unique<Handler>(std::move(function)));
}

void ExpectSuccessOf(pid_t child) {
  ASSERT_GT(child, 0);
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

class PortForkTest : public testing::Test {
 protected:
  PortForkTest() { EXPECT_TRUE(PrepareForForks()); }
  ~PortForkTest() override {
    StopTimers();
    ThreadPool::OfProcess().ShutDown();
  }
};

// A handler is in the middle of a message, and another waits.
TEST_F(PortForkTest, InAChildAPortHandlesWhatIsPostedThere) {
  std::binary_semaphore has_begun(0);
  std::binary_semaphore may_end(0);
  std::vector<std::int64_t> handled;
  const PortId port = Open(1, [&](std::int64_t value) {
    if (value == 0) {
      has_begun.release();
      may_end.acquire();
    }
    handled.push_back(value);
  });
  EXPECT_TRUE(Post(port, 0));
  has_begun.acquire();
  EXPECT_TRUE(Post(port, 1));
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    EXPECT_EQ(ThreadPool::OfProcess().threads(), 0u);
    EXPECT_EQ(ThreadPool::OfProcess().waiting(), 0u);
    EXPECT_TRUE(Post(port, 7));
    EXPECT_TRUE(NativePort::CloseAndWait(port));
    ThreadPool::OfProcess().WaitUntilIdle();
    EXPECT_EQ(handled, std::vector<std::int64_t>{7}) << "the others are the parent's";
    _exit(HasFailure() ? 1 : 0);
  }
  ExpectSuccessOf(child);
  may_end.release();
  EXPECT_TRUE(NativePort::CloseAndWait(port));
  EXPECT_EQ(handled, (std::vector<std::int64_t>{0, 1}));
}

// In the child its thread is none of the pool's, and its message counts no more.
TEST_F(PortForkTest, AHandlerForksAndInTheChildThePortGoesOn) {
  std::atomic<pid_t> child{-1};
  std::atomic<bool> was_pool_thread{true};
  PortId port = kNoPort;
  port = Open(1, [&](std::int64_t value) {
    if (value != 0) {
      _exit(value == 9 && !was_pool_thread && ThreadPool::IsPoolThread() ? 0 : 1);
    }
    const pid_t forked = fork();
    if (forked == 0) {
      alarm(30);
      was_pool_thread = ThreadPool::IsPoolThread();
      std::thread([port] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // The handler has returned.
        if (!Post(port, 9)) _exit(2);
        std::this_thread::sleep_for(std::chrono::seconds(60));
      }).detach();
      return;
    }
    child = forked;
  });
  EXPECT_TRUE(Post(port, 0));
  while (child == -1) std::this_thread::yield();  // It is open in the child.
  EXPECT_TRUE(NativePort::CloseAndWait(port));
  ExpectSuccessOf(child);
}

TEST_F(PortForkTest, InAChildTimersAreLookedAt) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId port = queue->OpenPort(PortLiveness::kKeepsAlive);
  ASSERT_TRUE(StartTimer(port, std::chrono::milliseconds(300)));
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    EXPECT_TRUE(ResumeTimers());
    EXPECT_EQ(queue->WaitAndTake()->port, port);
    EXPECT_TRUE(StartTimer(port, std::chrono::milliseconds(0)));
    EXPECT_EQ(queue->WaitAndTake()->port, port);
    _exit(HasFailure() ? 1 : 0);
  }
  ExpectSuccessOf(child);
  EXPECT_EQ(queue->WaitAndTake()->port, port);
  queue->Close();
}

// The thread that posts it is not in the child: nobody has posted it there.
class SlowReceiver final : public PortReceiver {
 public:
  SlowReceiver() : PortReceiver(PortKind::kReceive) {}
  bool Accept(PortId, Message&) override {
    begun.release();
    may_end.acquire();
    return false;
  }
  void PortClosed(PortId port) override { CancelTimers(port); }
  void BeforeFork() override {}
  void AfterForkInParent() override {}
  void AfterForkInChild() override {}

  std::binary_semaphore begun{0};
  std::binary_semaphore may_end{0};
};

TEST_F(PortForkTest, InAChildATimerWaitsThatWasBeingPosted) {
  const auto receiver = std::make_shared<SlowReceiver>();
  const PortId port = Ports::Open(receiver);
  ASSERT_TRUE(StartTimer(port, std::chrono::milliseconds(0)));
  receiver->begun.acquire();
  EXPECT_EQ(WaitingTimers(), 0u);
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    EXPECT_EQ(WaitingTimers(), 1u);
    EXPECT_TRUE(ResumeTimers());
    receiver->begun.acquire();
    EXPECT_EQ(WaitingTimers(), 0u);
    receiver->may_end.release();
    _exit(HasFailure() ? 1 : 0);
  }
  Ports::Close(port, PortKind::kReceive)->PortClosed(port);
  receiver->may_end.release();
  ExpectSuccessOf(child);
  EXPECT_EQ(WaitingTimers(), 0u);
}

TEST_F(PortForkTest, TimersOfPortsThatAreLostAreDropped) {
  const auto queue = std::make_shared<MessageQueue>();
  const PortId open = queue->OpenPort(PortLiveness::kKeepsAlive);
  const PortId lost = queue->OpenPort(PortLiveness::kKeepsAlive);
  for (const PortId port : {open, lost, lost}) {
    ASSERT_TRUE(StartTimer(port, std::chrono::hours(1)));
  }
  // As the child does of an isolate that only other threads could go on with.
  static const auto& other = *new std::shared_ptr<MessageQueue>(std::make_shared<MessageQueue>());
  const PortId of_other = other->OpenPort(PortLiveness::kKeepsAlive);
  ASSERT_TRUE(StartTimer(of_other, std::chrono::hours(1)));
  Ports::Forget(other.get());
  EXPECT_FALSE(Ports::IsOpen(of_other));
  EXPECT_TRUE(Ports::IsOpen(open));
  EXPECT_EQ(other.use_count(), 2) << "what belongs to threads that are gone is not ended";
  EXPECT_EQ(WaitingTimers(), 4u);
  DropLostTimers();
  EXPECT_EQ(WaitingTimers(), 3u);
  queue->Close();
  EXPECT_EQ(WaitingTimers(), 0u);
}

class CountingReceiver final : public PortReceiver {
 public:
  CountingReceiver() : PortReceiver(PortKind::kReceive) {}
  bool Accept(PortId, Message&) override { return false; }
  void PortClosed(PortId) override {}
  void BeforeFork() override { ++before; }
  void AfterForkInParent() override { ++after; }
  void AfterForkInChild() override {}

  int before = 0;
  int after = 0;
};

TEST_F(PortForkTest, AReceiverOfSeveralPortsIsHeldOnceAtEachFork) {
  const auto receiver = std::make_shared<CountingReceiver>();
  const auto another = std::make_shared<CountingReceiver>();
  std::vector<PortId> ports;
  for (int i = 0; i < 3; ++i) ports.push_back(Ports::Open(receiver));
  ports.push_back(Ports::Open(another));
  for (int forks = 1; forks <= 3; ++forks) {
    Ports::BeforeFork();
    EXPECT_EQ(receiver->before, forks);
    EXPECT_EQ(another->before, forks);
    Ports::AfterForkInParent();
    EXPECT_EQ(receiver->after, forks);
    EXPECT_EQ(another->after, forks);
  }
  for (const PortId port : ports) EXPECT_NE(Ports::Close(port, PortKind::kReceive), nullptr);
}

}  // namespace
}  // namespace fart

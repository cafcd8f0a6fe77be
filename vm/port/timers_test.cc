#include "vm/port/timers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "vm/message/message_reader.h"
#include "vm/port/message_queue.h"
#include "vm/port/ports.h"

namespace fart {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

class TimersTest : public testing::Test {
 protected:
  ~TimersTest() override {
    StopTimers();
    queue_->Close();
  }
  PortId Open() { return queue_->OpenPort(PortLiveness::kKeepsAlive); }
  // The port of the next message.
  PortId Wait() {
    const std::optional<Delivery> delivery = queue_->WaitAndTake();
    return delivery.has_value() ? delivery->port : kNoPort;
  }

  const std::shared_ptr<MessageQueue> queue_ = std::make_shared<MessageQueue>();
};

TEST_F(TimersTest, PostsToThePortWhenItsTimeHasCome) {
  const PortId port = Open();
  ASSERT_TRUE(StartTimer(port, milliseconds(1)));
  EXPECT_EQ(Wait(), port);
}

TEST_F(TimersTest, ATimerThatIsDueSoonerOvertakesALongerOne) {
  const PortId longer = Open();
  const PortId sooner = Open();
  ASSERT_TRUE(StartTimer(longer, hours(1)));
  ASSERT_TRUE(StartTimer(longer, milliseconds::max()));
  ASSERT_TRUE(StartTimer(sooner, milliseconds(0)));
  EXPECT_EQ(Wait(), sooner);
}

TEST_F(TimersTest, NothingIsLeftOfACancelledTimer) {
  const PortId kept = Open();
  ASSERT_TRUE(StartTimer(kept, hours(1)));
  for (int i = 0; i < 100; ++i) {
    const PortId port = Open();
    ASSERT_TRUE(StartTimer(port, hours(1)));
    ASSERT_TRUE(StartTimer(port, hours(2)));
    queue_->ClosePort(port);
    EXPECT_EQ(WaitingTimers(), 1u);
  }
}

TEST_F(TimersTest, AClosedPortHearsNothing) {
  const PortId closed = Open();
  const PortId open = Open();
  ASSERT_TRUE(StartTimer(closed, milliseconds(0)));
  queue_->ClosePort(closed);
  ASSERT_TRUE(StartTimer(open, milliseconds(0)));
  EXPECT_EQ(Wait(), open);
  EXPECT_EQ(queue_->size(), 0u);
}

TEST_F(TimersTest, StoppingDropsWhatIsNotDueAndTimersCanBeStartedAgain) {
  const PortId port = Open();
  ASSERT_TRUE(StartTimer(port, hours(1)));
  StopTimers();
  StopTimers();
  ASSERT_TRUE(StartTimer(port, milliseconds(0)));
  EXPECT_EQ(Wait(), port);
}

TEST_F(TimersTest, ATimerThatHasComeIsNoneAnyMore) {
  const PortId port = Open();
  const PortId later = Open();
  ASSERT_TRUE(StartTimer(port, milliseconds(0)));
  EXPECT_EQ(Wait(), port);
  EXPECT_EQ(WaitingTimers(), 0u);
  ASSERT_TRUE(StartTimer(later, hours(1)));
  ASSERT_TRUE(StartTimer(port, milliseconds(0)));
  EXPECT_EQ(Wait(), port);
  EXPECT_EQ(WaitingTimers(), 1u);
  StopTimers();
  EXPECT_EQ(WaitingTimers(), 0u);
}

TEST_F(TimersTest, WhatATimerPostsIsTheIntZero) {
  const PortId port = Open();
  ASSERT_TRUE(StartTimer(port, milliseconds(0)));
  const Delivery delivery = *queue_->WaitAndTake();
  MessageReader reader(delivery.message);
  MessageValue value;
  ASSERT_TRUE(reader.ReadValue(&value) && reader.IsAtEnd());
  EXPECT_EQ(value.tag, ValueTag::kInteger);
  EXPECT_EQ(value.integer, 0);
  EXPECT_FALSE(delivery.message.is_error());
}

// Of several timers of a port some come and others wait: each is known by itself.
TEST_F(TimersTest, TimersOfOnePortComeInTheirOrderAndOneByOne) {
  const PortId first = Open();
  const PortId second = Open();
  ASSERT_TRUE(StartTimer(first, hours(1)));
  ASSERT_TRUE(StartTimer(first, milliseconds(60)));
  ASSERT_TRUE(StartTimer(second, milliseconds(30)));
  ASSERT_TRUE(StartTimer(first, milliseconds(1)));
  for (const PortId port : {first, second, first}) EXPECT_EQ(Wait(), port);
  EXPECT_EQ(WaitingTimers(), 1u);
  queue_->ClosePort(second);
  EXPECT_EQ(WaitingTimers(), 1u);
  queue_->ClosePort(first);
  EXPECT_EQ(WaitingTimers(), 0u);
}

TEST_F(TimersTest, ATimerIsNotEarly) {
  const PortId port = Open();
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(StartTimer(port, milliseconds(30)));
  EXPECT_EQ(Wait(), port);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(30));
}

// Whoever waits for the clock is woken by what is due sooner.
TEST_F(TimersTest, ASleepingThreadHearsOfAnEarlierTimer) {
  const PortId later = Open();
  const PortId sooner = Open();
  ASSERT_TRUE(StartTimer(later, hours(1)));
  std::this_thread::sleep_for(milliseconds(20));
  ASSERT_TRUE(StartTimer(sooner, milliseconds(1)));
  EXPECT_EQ(Wait(), sooner);
}

TEST_F(TimersTest, StoppingAndStartingMayCross) {
  const PortId port = Open();
  std::atomic<bool> is_over{false};
  std::thread starter([&] {
    while (!is_over) static_cast<void>(StartTimer(port, hours(1)));
  });
  for (int i = 0; i < 200; ++i) StopTimers();
  is_over = true;
  starter.join();
  StopTimers();
  EXPECT_EQ(WaitingTimers(), 0u);
  ASSERT_TRUE(StartTimer(port, milliseconds(0)));
  EXPECT_EQ(Wait(), port);
  EXPECT_EQ(queue_->size(), 0u);
}

TEST_F(TimersTest, AnyThreadStartsTimers) {
  constexpr int kThreads = 4;
  constexpr int kTimers = 50;
  const PortId port = Open();
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([port] {
      for (int j = 0; j < kTimers; ++j) EXPECT_TRUE(StartTimer(port, milliseconds(j % 5)));
    });
  }
  for (int i = 0; i < kThreads * kTimers; ++i) EXPECT_EQ(Wait(), port);
  for (std::thread& thread : threads) thread.join();
}

// Of several, one that has come is taken out and none of the others.
TEST_F(TimersTest, ClosingAPortEndsThoseThatHaveNotCome) {
  const PortId port = Open();
  ASSERT_TRUE(StartTimer(port, hours(1)));
  ASSERT_TRUE(StartTimer(port, hours(2)));
  ASSERT_TRUE(StartTimer(port, milliseconds(1)));
  ASSERT_TRUE(StartTimer(port, hours(3)));
  ASSERT_TRUE(StartTimer(port, milliseconds(2)));
  EXPECT_EQ(Wait(), port);
  EXPECT_EQ(Wait(), port);
  while (WaitingTimers() > 3) std::this_thread::yield();
  EXPECT_EQ(WaitingTimers(), 3u);
  EXPECT_TRUE(queue_->ClosePort(port));
  EXPECT_EQ(WaitingTimers(), 0u);
  const PortId later = Open();
  ASSERT_TRUE(StartTimer(later, milliseconds(1)));
  EXPECT_EQ(Wait(), later);
}

class ClosesThePort final : public MessageListener {
 public:
  ClosesThePort(MessageQueue& queue, PortId port) : queue_(queue), port_(port) {}
  void MessageCame() override {
    EXPECT_TRUE(queue_.ClosePort(port_));
    has_closed = true;
  }
  std::atomic<bool> has_closed{false};

 private:
  MessageQueue& queue_;
  const PortId port_;
};

// A timer's port is closed while the timer is being posted: then it is none any more, and the
// others of the port are none either.
TEST_F(TimersTest, APortMayCloseWhileItsTimerIsPosted) {
  const PortId port = Open();
  const auto listener = std::make_shared<ClosesThePort>(*queue_, port);
  queue_->SetListener(listener);
  ASSERT_TRUE(StartTimer(port, hours(1)));
  ASSERT_TRUE(StartTimer(port, milliseconds(1)));
  while (!listener->has_closed) std::this_thread::yield();
  queue_->SetListener(nullptr);
  EXPECT_EQ(WaitingTimers(), 0u);
  const PortId later = Open();
  ASSERT_TRUE(StartTimer(later, hours(1)));
  ASSERT_TRUE(StartTimer(later, milliseconds(1)));
  EXPECT_EQ(Wait(), later);
  while (WaitingTimers() > 1) std::this_thread::yield();
  EXPECT_EQ(WaitingTimers(), 1u);
}

}  // namespace
}  // namespace fart

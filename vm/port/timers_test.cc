#include "vm/port/timers.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

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

}  // namespace
}  // namespace fart

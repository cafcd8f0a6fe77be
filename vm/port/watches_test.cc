#include "vm/port/watches.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "heap/platform/child_process.h"
#include "heap/platform/readiness.h"
#include "vm/message/message_reader.h"
#include "vm/port/message_queue.h"
#include "vm/port/ports.h"

namespace fart {
namespace {

class WatchesTest : public testing::Test {
 protected:
  ~WatchesTest() override {
    StopWatches();
    queue_->Close();
  }
  PortId Open() { return queue_->OpenPort(PortLiveness::kKeepsAlive); }
  // The port of the next message.
  PortId Wait() {
    const std::optional<Delivery> delivery = queue_->WaitAndTake();
    return delivery.has_value() ? delivery->port : kNoPort;
  }
  static std::int64_t IntegerOf(const Message& message) {
    MessageReader reader(message);
    MessageValue value;
    EXPECT_TRUE(reader.ReadValue(&value));
    return value.integer;
  }
  static Child Shell(const char* line) {
    ChildRequest request;
    request.executable = "/bin/sh";
    request.arguments = {"-c", line};
    Child child;
    EXPECT_EQ(StartChild(request, &child), 0);
    return child;
  }
  static void Close(const Child& child) {
    CloseDescriptor(child.input);
    CloseDescriptor(child.output);
    CloseDescriptor(child.errors);
  }
  // Whether it is a child of this process, ended or not.
  static bool IsThere(int child) { return SendSignal(child, 0); }
  static void WaitUntilGone(int child) {
    std::vector<Awaited> none;
    for (int i = 0; i < 1000 && IsThere(child); ++i) WaitUntilReady(&none, 5);
    EXPECT_FALSE(IsThere(child));
  }

  const std::shared_ptr<MessageQueue> queue_ = std::make_shared<MessageQueue>();
};

TEST_F(WatchesTest, TellsOnceThatThereIsSomethingToRead) {
  const PortId port = Open();
  const Child child = Shell("read line; echo $line; read line");
  ASSERT_TRUE(WatchChild(kNoPort, child.number));
  ASSERT_TRUE(WatchDescriptor(port, child.output, false));
  EXPECT_EQ(queue_->size(), 0u);
  EXPECT_EQ(WriteWhatFits(child.input, "word\n"), 5);
  EXPECT_EQ(Wait(), port);
  char bytes[16];
  EXPECT_EQ(ReadWhatIsThere(child.output, bytes, sizeof(bytes)), 5);
  EXPECT_EQ(ReadWhatIsThere(child.output, bytes, sizeof(bytes)), -EAGAIN);
  EXPECT_EQ(queue_->size(), 0u);
  Close(child);
  WaitUntilGone(child.number);
}

TEST_F(WatchesTest, TellsWhatAChildHasEndedWithAndThenItIsNoMore) {
  const PortId port = Open();
  const Child child = Shell("exit 7");
  Close(child);
  ASSERT_TRUE(WatchChild(port, child.number));
  std::optional<Delivery> delivery = queue_->WaitAndTake();
  ASSERT_TRUE(delivery.has_value());
  EXPECT_EQ(IntegerOf(delivery->message), 7);
  WaitUntilGone(child.number);
  EXPECT_FALSE(SignalChild(child.number, 9));
}

// VP-O2, and no zombie of a child whose program has ended.
TEST_F(WatchesTest, OfAClosedPortNothingIsLeftButChildrenAreLookedAfter) {
  const PortId port = Open();
  const Child child = Shell("read line");
  ASSERT_TRUE(WatchChild(port, child.number));
  ASSERT_TRUE(WatchDescriptor(port, child.output, false));
  EXPECT_EQ(WaitingWatches(), 2u);
  queue_->ClosePort(port);
  EXPECT_EQ(WaitingWatches(), 1u);
  EXPECT_TRUE(IsThere(child.number));
  EXPECT_TRUE(SignalChild(child.number, 9));
  WaitUntilGone(child.number);
  EXPECT_EQ(WaitingWatches(), 0u);
  Close(child);
}

// Its end is taken all the same, and then nothing waits for anybody to hear of it.
TEST_F(WatchesTest, AChildWhosePortHasClosedBeforeIsLookedAfterToo) {
  const PortId port = Open();
  const Child child = Shell("exit 7");
  Close(child);
  queue_->ClosePort(port);
  ASSERT_TRUE(WatchChild(port, child.number));
  WaitUntilGone(child.number);
  std::vector<Awaited> none;
  for (int i = 0; i < 1000 && WaitingWatches() != 0; ++i) WaitUntilReady(&none, 5);
  EXPECT_EQ(WaitingWatches(), 0u);
}

TEST_F(WatchesTest, AChildThatSomebodyElseHasWaitedForHasAnUnknownEnd) {
  const PortId port = Open();
  const Child child = Shell("exit 3");
  Close(child);
  std::vector<Awaited> none;
  int code = 0;
  while (!TakeEndOfChild(child.number, &code)) WaitUntilReady(&none, 1);
  EXPECT_EQ(code, 3);
  ASSERT_TRUE(WatchChild(port, child.number));
  std::optional<Delivery> delivery = queue_->WaitAndTake();
  ASSERT_TRUE(delivery.has_value());
  EXPECT_EQ(IntegerOf(delivery->message), kUnknownEnd);
}

TEST_F(WatchesTest, AfterStoppingThingsGoOn) {
  for (int i = 0; i < 2; ++i) {
    const PortId port = Open();
    const Child child = Shell("echo x; read line");
    ASSERT_TRUE(WatchChild(kNoPort, child.number));
    ASSERT_TRUE(WatchDescriptor(port, child.output, false));
    EXPECT_EQ(Wait(), port);
    EXPECT_TRUE(SignalChild(child.number, 9));
    WaitUntilGone(child.number);
    Close(child);
    StopWatches();
  }
}

// Nobody reads it: no signal, an error.
TEST_F(WatchesTest, ABrokenPipeEndsNobody) {
  const PortId port = Open();
  const Child child = Shell("exit 0");
  ASSERT_TRUE(WatchChild(port, child.number));
  EXPECT_EQ(Wait(), port);
  EXPECT_EQ(WriteWhatFits(child.input, "x"), -EPIPE);
  Close(child);
}

}  // namespace
}  // namespace fart

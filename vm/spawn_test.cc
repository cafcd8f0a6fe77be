// Spawned isolates, with a program that is a few words of C++.

#include "vm/spawn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "vm/event_loop.h"
#include "vm/message/message_codec.h"
#include "vm/port/message_queue.h"
#include "vm/port/ports.h"
#include "vm/posting.h"
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

// Its functions: "echo" opens a port that answers each message with itself, until that is 0; "fail"
// ends with an error; "nothing" returns; "idle" opens a port and waits for ever; "ask" asks for an
// isolate that does nothing.
class EchoProgram final : public IdleProgram {
 public:
  explicit EchoProgram(Isolate& isolate) : isolate_(isolate) {}

  Outcome Invoke(Rooted, std::string_view name, Roots arguments) override FART_MAY_COLLECT {
    if (name == "fail") return NewApiError(isolate_, "failed");
    if (name == "nothing") return Outcome::Immediate(kNull);
    if (name == "ask") {
      SpawnRequest request;
      request.parent = &isolate_;
      request.library_url = "main";
      request.function = "nothing";
      request.message = Integer(0);
      std::string error;
      EXPECT_TRUE(SpawnIsolate(std::move(request), &error)) << error;
      return Outcome::Immediate(kNull);
    }
    const PortId port = isolate_.messages().OpenPort(PortLiveness::kKeepsAlive);
    const PortId told = ValueOf(arguments[0]);
    if (told != kNoPort) {
      EXPECT_TRUE(PostEncoded(told, Integer(port)));
    }
    return Outcome::Immediate(kNull);
  }
  Outcome HandleMessage(const MessageOrigin& origin, Rooted message) override FART_MAY_COLLECT {
    const std::int64_t value = ValueOf(message);
    if (value == 0) isolate_.messages().ClosePort(origin.port);
    EXPECT_TRUE(PostEncoded(origin.reply_port, Integer(value)));
    return Outcome::Immediate(kTrue);
  }

 private:
  Isolate& isolate_;
};

std::unique_ptr<Program> MakeEchoProgram(Isolate& isolate, std::string*) {
  return std::make_unique<EchoProgram>(isolate);
}

class EchoHost final : public SpawnHost {
 public:
  Isolate* Create(const SpawnRequest& request,
                  std::string* error) override FART_NO_SAFEPOINT_ANALYSIS {
    EXPECT_EQ(Isolate::Current(), nullptr);
    if (request.script_uri == "refused") {
      *error = "refused";
      return nullptr;
    }
    if (request.script_uri == "slow") std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::unique_ptr<Isolate> isolate = Isolate::Create({.program = MakeEchoProgram}, error);
    if (isolate == nullptr) return nullptr;
    EXPECT_FALSE(isolate->libraries().Add(*isolate, 0, "main").IsError());
    isolate->Exit();
    ++made;
    return isolate.release();
  }
  void ShutDown(Isolate* isolate) override FART_NO_SAFEPOINT_ANALYSIS {
    EXPECT_EQ(Isolate::Current(), isolate);
    EndSpawning(*isolate);
    delete isolate;
    ++ended;
  }
  void ReportError(Isolate&, Rooted error) override FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const std::lock_guard<std::mutex> guard(lock);
    errors.push_back(ToUtf8(ErrorMessage(error.Get(quiet), quiet), quiet));
  }

  std::atomic<int> made{0};
  std::atomic<int> ended{0};
  std::mutex lock;
  std::vector<std::string> errors;
};

class SpawnTest : public ::testing::Test {
 protected:
  SpawnTest() { SetSpawnHost(&host_); }
  ~SpawnTest() override {
    parent_->Close();
    StopSpawnedIsolates();
    EXPECT_EQ(SpawnedIsolates(), 0u);
    EXPECT_EQ(host_.made, host_.ended);
    SetSpawnHost(nullptr);
    ThreadPool::OfProcess().ShutDown();
  }

  bool Spawn(const char* function, PortId told = kNoPort, const char* script = "script",
             Isolate* parent = nullptr) {
    SpawnRequest request;
    request.parent = parent;
    request.script_uri = script;
    request.library_url = "main";
    request.function = function;
    request.message = Integer(told);
    request.ready_port = ready_;
    return SpawnIsolate(std::move(request), &error_);
  }
  // What comes in by the test's own ports.
  Delivery Next() { return *parent_->WaitAndTake(); }
  std::int64_t NextInteger() { return ValueOf(Next()); }
  static std::int64_t ValueOf(Delivery delivery) FART_NO_SAFEPOINT_ANALYSIS {
    EXPECT_FALSE(delivery.message.is_error());
    TestIsolate reader;
    const Rooted value = reader.Keep(DecodeMessage(*reader, reader->program(), delivery.message));
    const NoSafepointScope quiet;
    return IntegerValue(value.Get(quiet), quiet);
  }
  void WaitForEnd() {
    while (SpawnedIsolates() != 0) std::this_thread::yield();
  }

  EchoHost host_;
  const std::shared_ptr<MessageQueue> parent_ = std::make_shared<MessageQueue>();
  const PortId ready_ = parent_->OpenPort(PortLiveness::kIdle);
  const PortId reply_ = parent_->OpenPort(PortLiveness::kIdle);
  std::string error_;
};

TEST_F(SpawnTest, RunsTheFunctionThenItsMessagesAndEndsWithItsLastLivePort) {
  ASSERT_TRUE(Spawn("echo", reply_)) << error_;
  EXPECT_EQ(Next().port, ready_);
  const PortId child = NextInteger();
  for (const std::int64_t value : {7, 8, 0}) {
    EXPECT_TRUE(PostEncoded(child, Integer(value, reply_)));
    EXPECT_EQ(NextInteger(), value);
  }
  WaitForEnd();
  EXPECT_FALSE(PostEncoded(child, Integer(1)));
}

TEST_F(SpawnTest, OneWithoutAPortEndsAtOnce) {
  ASSERT_TRUE(Spawn("nothing"));
  EXPECT_FALSE(Next().message.is_error());
  WaitForEnd();
  EXPECT_TRUE(host_.errors.empty());
}

TEST_F(SpawnTest, AnErrorEndsItAndIsReported) {
  ASSERT_TRUE(Spawn("fail"));
  EXPECT_FALSE(Next().message.is_error());
  WaitForEnd();
  EXPECT_THAT(host_.errors, ::testing::ElementsAre("failed"));
}

TEST_F(SpawnTest, WhoAskedIsToldThatItCouldNotBeMade) {
  ASSERT_TRUE(Spawn("nothing", kNoPort, "refused"));
  EXPECT_TRUE(Next().message.is_error());
  WaitForEnd();
  EXPECT_EQ(host_.made, 0);
}

TEST_F(SpawnTest, SaysNoWithoutAHost) {
  SetSpawnHost(nullptr);
  EXPECT_FALSE(Spawn("nothing"));
  EXPECT_EQ(error_, "The host of this program makes no isolates.");
}

TEST_F(SpawnTest, AllAreStoppedWhereverTheyAre) {
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Spawn("echo", reply_));
  StopSpawnedIsolates();
  EXPECT_EQ(SpawnedIsolates(), 0u);
  EXPECT_FALSE(Spawn("echo"));
  EXPECT_EQ(error_, "All isolates are being stopped.");
}

TEST_F(SpawnTest, ManyRunSideBySideOnFewThreads) {
  constexpr int kIsolates = 20;
  constexpr int kRounds = 20;
  std::vector<PortId> children;
  for (int i = 0; i < kIsolates; ++i) ASSERT_TRUE(Spawn("echo", reply_));
  while (children.size() != kIsolates) {
    Delivery delivery = Next();
    if (delivery.port == reply_) children.push_back(ValueOf(std::move(delivery)));
  }
  for (int round = 0; round < kRounds; ++round) {
    for (const PortId child : children) EXPECT_TRUE(PostEncoded(child, Integer(1, reply_)));
  }
  for (const PortId child : children) EXPECT_TRUE(PostEncoded(child, Integer(0, reply_)));
  for (int i = 0; i < kIsolates * (kRounds + 1); ++i) EXPECT_EQ(Next().port, reply_);
  WaitForEnd();
}

TEST_F(SpawnTest, OneThatEndsWaitsForThoseItAskedForAndAsksForNoMore) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate parent;
  ASSERT_TRUE(Spawn("nothing", kNoPort, "slow", &*parent));
  ASSERT_TRUE(Spawn("nothing", kNoPort, "refused", &*parent));
  EndSpawning(*parent);
  EXPECT_EQ(host_.made, 1);
  EXPECT_EQ(Isolate::Current(), &*parent);
  EXPECT_FALSE(Spawn("nothing", kNoPort, "script", &*parent));
  EXPECT_EQ(error_, "The isolate ends: it makes no others.");
}

// All threads of the pool but one.
constexpr std::ptrdiff_t kOthers = ThreadPool::Knobs().max_threads - 1;

class BusyThread final : public ThreadPool::Task {
 public:
  BusyThread(std::latch& begun, std::latch& may_end) : begun_(begun), may_end_(may_end) {}
  void Run(ThreadPool::Tasks&) override {
    begun_.count_down();
    may_end_.wait();
  }

 private:
  std::latch& begun_;
  std::latch& may_end_;
};

TEST_F(SpawnTest, AThreadOfThePoolWaitsForNoOtherToMakeThem) {
  std::latch begun(kOthers);
  std::latch may_end(1);
  for (std::ptrdiff_t i = 0; i < kOthers; ++i) {
    ASSERT_TRUE(ThreadPool::OfProcess().Submit(std::make_shared<BusyThread>(begun, may_end)));
  }
  begun.wait();
  EXPECT_TRUE(Spawn("ask")) << error_;
  WaitForEnd();
  EXPECT_EQ(host_.made, 2);
  may_end.count_down();
  ThreadPool::OfProcess().ShutDown();
}

}  // namespace
}  // namespace fart

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
// isolate that does nothing; "spin" says that it has begun and runs until it is stopped. Of
// messages "echo" holds the thread up at kHoldsUp until many wait, and stops its own isolate at
// kStopsItself.
constexpr std::chrono::seconds kLong{30};
constexpr std::int64_t kHoldsUp = -1;
constexpr std::int64_t kStopsItself = -2;
std::atomic<std::size_t> held_up_for{0};

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
    const PortId told = ValueOf(arguments[0]);
    if (name == "spin") return Spin(told);
    const PortId port = isolate_.messages().OpenPort(PortLiveness::kKeepsAlive);
    if (told != kNoPort) {
      EXPECT_TRUE(PostEncoded(told, Integer(port)));
    }
    return Outcome::Immediate(kNull);
  }
  Outcome HandleMessage(const MessageOrigin& origin, Rooted message) override FART_MAY_COLLECT {
    const std::int64_t value = ValueOf(message);
    if (value == 0) isolate_.messages().ClosePort(origin.port);
    if (value == kHoldsUp) {
      while (isolate_.messages().size() < held_up_for) std::this_thread::yield();
    }
    if (value == kStopsItself) isolate_.RequestStop();
    EXPECT_TRUE(PostEncoded(origin.reply_port, Integer(value)));
    return Outcome::Immediate(kTrue);
  }
  Outcome RunMicrotasks() override FART_MAY_COLLECT {
    ++microtask_runs;
    return Nothing();
  }

  static std::atomic<int> microtask_runs;

 private:
  Outcome Spin(PortId told) FART_MAY_COLLECT {
    if (told != kNoPort) {
      EXPECT_TRUE(PostEncoded(told, Integer(1)));
    }
    const auto end = std::chrono::steady_clock::now() + kLong;
    while (!isolate_.IsStopRequested()) {
      if (std::chrono::steady_clock::now() > end) return NewApiError(isolate_, "nobody stops it");
    }
    return isolate_.NewStopError(isolate_.ConstantObject(Constant::kNull));
  }

  Isolate& isolate_;
};
std::atomic<int> EchoProgram::microtask_runs{0};

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
    if (request.script_uri == "held") {
      is_making = true;
      const auto end = std::chrono::steady_clock::now() + kLong;
      while (!may_make && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    }
    if (request.script_uri == "slow") std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::unique_ptr<Isolate> isolate = Isolate::Create({.program = MakeEchoProgram}, error);
    if (isolate == nullptr) return nullptr;
    EXPECT_FALSE(isolate->libraries().Add(*isolate, 0, "main").IsError());
    isolate->Exit();
    ++made;
    latest = isolate.get();
    return isolate.release();
  }
  void ShutDown(Isolate* isolate) override FART_NO_SAFEPOINT_ANALYSIS {
    EXPECT_EQ(Isolate::Current(), isolate);
    EXPECT_FALSE(isolate->IsStopRequested()) << "what a host has to say about its end can run";
    if (!ThreadPool::IsPoolThread()) ++ended_elsewhere;
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
  std::atomic<bool> may_make{false};  // what is held
  std::atomic<bool> is_making{false};
  std::atomic<int> ended_elsewhere{0};  // than on threads of the pool
  std::atomic<Isolate*> latest{nullptr};
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
  // For what would otherwise wait for ever.
  bool EndsSoon() {
    const auto end = std::chrono::steady_clock::now() + kLong;
    while (SpawnedIsolates() != 0 && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    return SpawnedIsolates() == 0;
  }
  // Of "echo", when it waits.
  PortId SpawnEcho() {
    EXPECT_TRUE(Spawn("echo", reply_)) << error_;
    EXPECT_EQ(Next().port, ready_);
    return NextInteger();
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

TEST_F(SpawnTest, WhatCannotBeAskedForAnObjectionDoesNotBegin) {
  SpawnRequest request;
  request.library_url = "main";
  request.objection = "fail";
  request.function = "echo";
  request.message = Integer(reply_);
  request.ready_port = ready_;
  ASSERT_TRUE(SpawnIsolate(std::move(request), &error_));
  const Delivery told = Next();
  EXPECT_EQ(told.port, ready_);
  EXPECT_TRUE(told.message.is_error());
  EXPECT_TRUE(EndsSoon());
  EXPECT_EQ(parent_->size(), 0u);
  EXPECT_THAT(host_.errors, ::testing::ElementsAre("failed"));
}

TEST_F(SpawnTest, SaysNoWithoutAHost) {
  SetSpawnHost(nullptr);
  EXPECT_FALSE(Spawn("nothing"));
  EXPECT_EQ(error_, "The host of this program makes no isolates.");
}

TEST_F(SpawnTest, AllAreStoppedWhereverTheyAre) FART_MAY_COLLECT {
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Spawn("echo", reply_));
  StopSpawnedIsolates();
  EXPECT_EQ(SpawnedIsolates(), 0u);
  EXPECT_FALSE(Spawn("echo"));
  EXPECT_EQ(error_, "All isolates are being stopped.");
}

TEST_F(SpawnTest, ThoseThatWaitAreStoppedByThreadsOfThePool) FART_MAY_COLLECT {
  for (int i = 0; i < 4; ++i) SpawnEcho();
  std::this_thread::sleep_for(std::chrono::milliseconds(10));  // Their turns are over, or soon.
  StopSpawnedIsolates();
  EXPECT_EQ(SpawnedIsolates(), 0u);
  EXPECT_EQ(host_.ended, 4);
  EXPECT_EQ(host_.ended_elsewhere, 0);
  EXPECT_TRUE(host_.errors.empty()) << "what stopped them is no news";
}

TEST_F(SpawnTest, WhatRunsIsStoppedAndNothingIsReported) FART_MAY_COLLECT {
  ASSERT_TRUE(Spawn("spin", reply_)) << error_;
  EXPECT_EQ(Next().port, ready_);
  EXPECT_EQ(NextInteger(), 1);
  StopSpawnedIsolates();
  EXPECT_EQ(host_.ended, 1);
  EXPECT_TRUE(host_.errors.empty());
}

TEST_F(SpawnTest, OneThatIsKilledEndsAndNothingIsReported) {
  ASSERT_TRUE(Spawn("spin", reply_)) << error_;
  EXPECT_EQ(Next().port, ready_);
  EXPECT_EQ(NextInteger(), 1);
  host_.latest.load()->RequestStop();
  EXPECT_TRUE(EndsSoon());
  EXPECT_TRUE(host_.errors.empty());
}

TEST_F(SpawnTest, OneThatIsStoppedWhileItIsMadeRunsNothing) FART_MAY_COLLECT {
  ASSERT_TRUE(Spawn("spin", reply_, "held")) << error_;
  while (!host_.is_making) std::this_thread::yield();
  const auto begin = std::chrono::steady_clock::now();
  std::thread stopper([]() FART_MAY_COLLECT { StopSpawnedIsolates(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // It has been told.
  host_.may_make = true;
  stopper.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kLong / 2);
  EXPECT_EQ(host_.made, 1);
  EXPECT_TRUE(host_.errors.empty());
}

TEST_F(SpawnTest, ALongQueueIsHandledInTurns) {
  const PortId child = SpawnEcho();
  constexpr std::size_t kOthers = 199;  // Three turns and a bit.
  held_up_for = kOthers;
  EXPECT_TRUE(PostEncoded(child, Integer(kHoldsUp, reply_)));
  for (std::size_t i = 0; i < kOthers; ++i) EXPECT_TRUE(PostEncoded(child, Integer(1, reply_)));
  EXPECT_EQ(NextInteger(), kHoldsUp);
  const auto end = std::chrono::steady_clock::now() + kLong;
  while (parent_->size() < kOthers && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_EQ(parent_->size(), kOthers);
}

// A turn is 64 messages long, after which nobody asks before the next one begins.
TEST_F(SpawnTest, AStopInTheLastMessageOfATurnIsNotForgotten) {
  const PortId child = SpawnEcho();
  held_up_for = 63;
  EXPECT_TRUE(PostEncoded(child, Integer(kHoldsUp, reply_)));
  for (int i = 0; i < 62; ++i) EXPECT_TRUE(PostEncoded(child, Integer(1, reply_)));
  EXPECT_TRUE(PostEncoded(child, Integer(kStopsItself, reply_)));
  EXPECT_TRUE(EndsSoon());
}

TEST_F(SpawnTest, MicrotasksRunAfterTheFunction) {
  EchoProgram::microtask_runs = 0;
  ASSERT_TRUE(Spawn("nothing"));
  WaitForEnd();
  EXPECT_EQ(EchoProgram::microtask_runs, 1);
}

TEST_F(SpawnTest, AFunctionOfALibraryThatIsNotThereIsAnError) {
  SpawnRequest request;
  request.library_url = "elsewhere";
  request.function = "nothing";
  request.message = Integer(0);
  ASSERT_TRUE(SpawnIsolate(std::move(request), &error_)) << error_;
  WaitForEnd();
  EXPECT_THAT(host_.errors,
              ::testing::ElementsAre("The new isolate's script has no library 'elsewhere'."));
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

TEST_F(SpawnTest, OneThatEndsWaitsForNoneThatAnotherAskedFor) FART_NO_SAFEPOINT_ANALYSIS {
  TestIsolate other;
  other->Exit();
  {
    TestIsolate parent;
    ASSERT_TRUE(Spawn("nothing", kNoPort, "held", &*other));
    const auto begin = std::chrono::steady_clock::now();
    EndSpawning(*parent);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, kLong / 2);
    EXPECT_EQ(host_.made, 0);
  }
  host_.may_make = true;
  WaitForEnd();
  EXPECT_EQ(host_.made, 1);
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

// No thread of the pool is free to begin with it before all are stopped.
TEST_F(SpawnTest, OneThatIsStoppedBeforeItBeginsIsNotMade) FART_MAY_COLLECT {
  std::latch begun(kOthers + 1);
  std::latch may_end(1);
  for (std::ptrdiff_t i = 0; i < kOthers + 1; ++i) {
    ASSERT_TRUE(ThreadPool::OfProcess().Submit(std::make_shared<BusyThread>(begun, may_end)));
  }
  begun.wait();
  ASSERT_TRUE(Spawn("nothing")) << error_;
  std::thread stopper([]() FART_MAY_COLLECT { StopSpawnedIsolates(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  may_end.count_down();
  stopper.join();
  EXPECT_EQ(host_.made, 0);
  Delivery told = Next();
  EXPECT_TRUE(told.message.is_error());
  TestIsolate reader;
  EXPECT_EQ(reader.Text(reader.Keep(DecodeMessage(*reader, reader->program(), told.message))),
            "The isolate was stopped before it began.");
  ThreadPool::OfProcess().ShutDown();
}

}  // namespace
}  // namespace fart

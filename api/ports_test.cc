// Ports, native ports and the loop, as a host uses them.

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// What handlers were given, for a test that waits for it.
class Log {
 public:
  void Clear() {
    const std::lock_guard<std::mutex> guard(lock_);
    entries_.clear();
  }
  void Add(std::int64_t entry) {
    {
      const std::lock_guard<std::mutex> guard(lock_);
      entries_.push_back(entry);
    }
    changed_.notify_all();
  }
  // All of them, as soon as there are `count`.
  std::vector<std::int64_t> WaitFor(std::size_t count) {
    std::unique_lock<std::mutex> guard(lock_);
    changed_.wait(guard, [&] { return entries_.size() >= count; });
    return entries_;
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  std::vector<std::int64_t> entries_;
};
Log the_log;

std::int64_t ValueOf(const Fart_CObject* message) {
  if (message->type == Fart_CObject_kInt32) return message->value.as_int32;
  return message->type == Fart_CObject_kInt64 ? message->value.as_int64 : -1;
}

void LogMessage(Fart_Port, Fart_Port, Fart_CObject* message) { the_log.Add(ValueOf(message)); }
void LogOnly(Fart_Port, Fart_CObject* message) { the_log.Add(ValueOf(message)); }

Fart_CObject IntegerObject(std::int64_t value) {
  Fart_CObject object;
  object.type = Fart_CObject_kInt64;
  object.value.as_int64 = value;
  return object;
}

// The pool's threads end with the machine.
class MachineEnd : public ::testing::Environment {
 public:
  void TearDown() override { EXPECT_STREQ(Fart_Cleanup(), nullptr); }
};
const ::testing::Environment* const kMachineEnd =
    ::testing::AddGlobalTestEnvironment(new MachineEnd);

class PortsTest : public LanguageTest {
 protected:
  PortsTest() { the_log.Clear(); }
};

// ---- Native ports

TEST_F(PortsTest, AHandlerOfEitherFormGetsWhatWasPosted) {
  const Fart_Port three = Fart_NewNativePort("three", LogMessage, false);
  const Fart_Port two = Fart_NewNativePort("two", LogOnly, false);
  const Fart_Port concurrent = Fart_NewConcurrentNativePort("concurrent", LogOnly, 3);
  for (const Fart_Port port : {three, two, concurrent}) {
    ASSERT_NE(port, kIllegalPort);
    the_log.Clear();
    Fart_CObject object = IntegerObject(std::int64_t{1} << 40);
    EXPECT_TRUE(Fart_PostCObject(port, &object));
    EXPECT_TRUE(Fart_PostInteger(port, 7));
    EXPECT_TRUE(Fart_Post(port, Fart_NewInteger(-7)));
    EXPECT_THAT(the_log.WaitFor(3), ::testing::UnorderedElementsAre(std::int64_t{1} << 40, 7, -7));
    EXPECT_TRUE(Fart_CloseNativePort(port));
    EXPECT_FALSE(Fart_PostInteger(port, 7));
  }
}

TEST_F(PortsTest, RefusesPortsWithoutAHandlerOrRoomToRun) {
  Fart_NativeMessageHandler none = nullptr;
  {
    const ExpectMisuse misuse("Fart_NewNativePort expects argument 'handler' to be non-null.");
    EXPECT_EQ(Fart_NewNativePort("x", none, false), kIllegalPort);
  }
  {
    const ExpectMisuse misuse("Fart_NewConcurrentNativePort expects argument 'handler'");
    EXPECT_EQ(Fart_NewConcurrentNativePort("x", nullptr, 1), ILLEGAL_PORT);
  }
  for (const std::intptr_t count : {std::intptr_t{0}, INTPTR_MIN}) {
    const ExpectMisuse misuse("'max_concurrency' to be at least 1");
    EXPECT_EQ(Fart_NewConcurrentNativePort("x", LogOnly, count), ILLEGAL_PORT);
  }
}

TEST_F(PortsTest, ANameMayBeMissing) {
  const Fart_Port port = Fart_NewNativePort(nullptr, LogMessage, false);
  EXPECT_NE(port, ILLEGAL_PORT);
  EXPECT_TRUE(Fart_CloseNativePort(port));
}

std::latch* together = nullptr;
void MeetTheOther(Fart_Port, Fart_Port, Fart_CObject*) {
  together->arrive_and_wait();  // Never ends unless another call runs at the same time.
  the_log.Add(1);
}

std::atomic<int> inside{0};
void BeAlone(Fart_Port, Fart_Port, Fart_CObject* message) {
  the_log.Add(inside.fetch_add(1) == 0 ? ValueOf(message) : -1);
  std::this_thread::yield();
  --inside;
}

TEST_F(PortsTest, HandleConcurrentlyMeansIt_Defect25) {
  std::latch two(2);
  together = &two;
  const Fart_Port port = Fart_NewNativePort("together", MeetTheOther, true);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_TRUE(Fart_PostInteger(port, 2));
  the_log.WaitFor(2);
  EXPECT_TRUE(Fart_CloseNativePort(port));
}

TEST_F(PortsTest, OneAtATimeAndInOrderUnlessConcurrent_Defect25) {
  const Fart_Port port = Fart_NewNativePort("alone", BeAlone, false);
  std::vector<std::int64_t> sent;
  for (int i = 0; i < 200; ++i) {
    sent.push_back(i);
    EXPECT_TRUE(Fart_PostInteger(port, i));
  }
  EXPECT_EQ(the_log.WaitFor(sent.size()), sent);
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
}

std::atomic<int> most_inside{0};
void CountInside(Fart_Port, Fart_CObject*) {
  const int now = ++inside;
  int most = most_inside;
  while (now > most && !most_inside.compare_exchange_weak(most, now)) {
  }
  std::this_thread::yield();
  --inside;
  the_log.Add(now);
}

TEST_F(PortsTest, MaxConcurrencyIsNotExceeded) {
  most_inside = 0;
  const Fart_Port port = Fart_NewConcurrentNativePort("counting", CountInside, 3);
  for (int i = 0; i < 300; ++i) EXPECT_TRUE(Fart_PostInteger(port, i));
  the_log.WaitFor(300);
  EXPECT_LE(most_inside, 3);
  EXPECT_TRUE(Fart_CloseNativePort(port));
}

TEST_F(PortsTest, OnlyNativePortsAreClosed_Defect26) {
  const Fart_Port main_port = Fart_GetMainPortId();
  EXPECT_FALSE(Fart_CloseNativePort(main_port));
  EXPECT_TRUE(Fart_PostInteger(main_port, 1));
  for (const Fart_Port port : {ILLEGAL_PORT, Fart_Port{-1}, Fart_Port{4711}}) {
    EXPECT_FALSE(Fart_CloseNativePort(port));
  }
}

std::latch* may_go_on = nullptr;
void WaitThenLog(Fart_Port, Fart_Port, Fart_CObject* message) {
  may_go_on->wait();
  the_log.Add(ValueOf(message));
}

TEST_F(PortsTest, WhatAClosedPortHasAcceptedIsStillHandled) {
  std::latch closed(1);
  may_go_on = &closed;
  const Fart_Port port = Fart_NewNativePort("waiting", WaitThenLog, false);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Fart_PostInteger(port, i));
  EXPECT_TRUE(Fart_CloseNativePort(port));
  EXPECT_FALSE(Fart_PostInteger(port, 5));
  closed.count_down();
  EXPECT_THAT(the_log.WaitFor(5), ::testing::ElementsAre(0, 1, 2, 3, 4));
}

// In a handler: what it may do, and what is refused to it.
void DoWhatHandlersMay(Fart_Port dest, Fart_Port, Fart_CObject*) {
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  std::uint8_t* const first = Fart_ScopeAllocate(100);
  std::uint8_t* const second = Fart_ScopeAllocate(1'000'000);
  EXPECT_NE(first, nullptr);
  EXPECT_NE(second, nullptr);
  std::memset(first, 1, 100);
  std::memset(second, 2, 1'000'000);
  EXPECT_EQ(first[99], 1);
  EXPECT_NE(Fart_ScopeAllocate(0), nullptr);
  {
    const ExpectMisuse misuse("Fart_ScopeAllocate expects argument 'size' to be in the range");
    EXPECT_EQ(Fart_ScopeAllocate(-1), nullptr);
  }
  EXPECT_TRUE(Fart_IsError(Fart_NewInteger(1)));
  const Fart_Port other = Fart_NewNativePort("made by a handler", LogMessage, false);
  EXPECT_TRUE(Fart_PostInteger(other, 5));
  EXPECT_TRUE(Fart_CloseNativePort(other));
  EXPECT_TRUE(Fart_CloseNativePort(dest));
}

TEST_F(PortsTest, HandlersMayPostOpenCloseAndTakeMemory) {
  const Fart_Port port = Fart_NewNativePort("busy", DoWhatHandlersMay, false);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_THAT(the_log.WaitFor(1), ::testing::ElementsAre(5));
}

std::atomic<Fart_Isolate> left{nullptr};
void LeaveInside(Fart_Port, Fart_Port, Fart_CObject*) {
  Fart_EnterIsolate(left);
  the_log.Add(Fart_CurrentIsolate() == left ? 1 : 0);
}
void TellWhetherInside(Fart_Port, Fart_Port, Fart_CObject*) {
  the_log.Add(Fart_CurrentIsolate() == nullptr ? 0 : 1);
}

TEST_F(PortsTest, AHandlerThatStaysInsideAnIsolateIsTakenOut) {
  left = isolate_;
  const Fart_Port port = Fart_NewNativePort("staying", LeaveInside, false);
  const Fart_Port then = Fart_NewNativePort("then", TellWhetherInside, false);
  Fart_ExitIsolate();
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_TRUE(Fart_CloseNativePort(port));
  EXPECT_THAT(the_log.WaitFor(1), ::testing::ElementsAre(1));
  // Only when nobody is inside any more can this thread be.
  while (Fart_CurrentIsolate() == nullptr) Fart_EnterIsolate(isolate_);
  EXPECT_TRUE(Fart_PostInteger(then, 1));
  EXPECT_THAT(the_log.WaitFor(2), ::testing::ElementsAre(1, 0));
  EXPECT_TRUE(Fart_CloseNativePort(then));
}

// ---- Posting

TEST_F(PortsTest, PostingSaysNoToWhatIsNoPort) {
  Fart_CObject object = IntegerObject(1);
  for (const Fart_Port port : {ILLEGAL_PORT, Fart_Port{-1}, Fart_Port{4711}}) {
    EXPECT_FALSE(Fart_Post(port, Fart_Null()));
    EXPECT_FALSE(Fart_PostInteger(port, 1));
    EXPECT_FALSE(Fart_PostCObject(port, &object));
  }
}

TEST_F(PortsTest, AnObjectThatCannotBeSentIsAMisuseAndNoException) {
  Load("closure() { var x = 1; return () => x; }");
  const Fart_Handle closure = Call("closure");
  {
    const ExpectMisuse misuse("Fart_Post: illegal argument in isolate message");
    EXPECT_FALSE(Fart_Post(Fart_GetMainPortId(), closure));
  }
  {
    const ExpectMisuse misuse("Fart_Post expects argument 'object' to be a live handle");
    EXPECT_FALSE(Fart_Post(Fart_GetMainPortId(), nullptr));
  }
  const ExpectMisuse misuse("Fart_PostCObject expects argument 'message' to be non-null.");
  EXPECT_FALSE(Fart_PostCObject(Fart_GetMainPortId(), nullptr));
}

TEST_F(PortsTest, FunctionsOfIsolatesNeedOne) {
  const Fart_Port main_port = Fart_GetMainPortId();
  Fart_ExitIsolate();
  {
    const ExpectMisuse misuse("Fart_Post: ");
    EXPECT_FALSE(Fart_Post(main_port, Fart_Null()));
  }
  {
    const ExpectMisuse misuse("Fart_GetMainPortId: ");
    EXPECT_EQ(Fart_GetMainPortId(), ILLEGAL_PORT);
  }
  {
    const ExpectMisuse misuse("Fart_HasLivePorts: ");
    EXPECT_FALSE(Fart_HasLivePorts());
  }
  {
    const ExpectMisuse misuse("Fart_SetMessageNotifyCallback: ");
    Fart_SetMessageNotifyCallback(nullptr);
  }
  {
    const ExpectMisuse misuse("Fart_GetMessageNotifyCallback: ");
    EXPECT_EQ(Fart_GetMessageNotifyCallback(), nullptr);
  }
  for (Fart_Handle (*const function)() : {Fart_HandleMessage, Fart_HandleMessages, Fart_RunLoop}) {
    EXPECT_TRUE(Fart_IsError(function()));
  }
  EXPECT_TRUE(Fart_IsError(Fart_NewSendPort(main_port)));
  Fart_Port id = ILLEGAL_PORT;
  EXPECT_TRUE(Fart_IsError(Fart_SendPortGetId(Fart_Null(), &id)));
  EXPECT_TRUE(Fart_PostInteger(main_port, 1));  // This one does not.
  Fart_EnterIsolate(isolate_);
}

TEST_F(PortsTest, ASendPortKnowsItsPort) {
  const Fart_Handle port = Fart_NewSendPort(Fart_GetMainPortId());
  ExpectSuccess(port);
  Fart_Port id = ILLEGAL_PORT;
  ExpectSuccess(Fart_SendPortGetId(port, &id));
  EXPECT_EQ(id, Fart_GetMainPortId());
  EXPECT_EQ(ErrorOf(Fart_NewSendPort(ILLEGAL_PORT)), "Fart_NewSendPort: illegal port_id 0.");
  EXPECT_EQ(ErrorOf(Fart_SendPortGetId(port, nullptr)),
            "Fart_SendPortGetId expects argument 'port_id' to be non-null.");
  EXPECT_EQ(
      ErrorOf(Fart_SendPortGetId(Fart_True(), &id)),
      "Fart_SendPortGetId expects argument 'port' to be of type SendPort. It is of type bool.");
  EXPECT_THAT(ErrorOf(Fart_SendPortGetId(nullptr, &id)), ::testing::HasSubstr("live handle"));
}

TEST_F(PortsTest, ASendPortThatIsMadeComesFromTheIsolate) {
  the_log.Clear();
  const Fart_Port native = Fart_NewNativePort(
      "origin",
      [](Fart_Port, Fart_Port, Fart_CObject* message) {
        the_log.Add(message->value.as_send_port.id);
        the_log.Add(message->value.as_send_port.origin_id);
      },
      false);
  ASSERT_TRUE(Fart_Post(native, Fart_NewSendPort(native)));
  EXPECT_EQ(the_log.WaitFor(2), std::vector<std::int64_t>({native, Fart_GetMainPortId()}));
  Fart_CloseNativePort(native);
}

// ---- The loop

constexpr char kPorts[] =
    "import 'dart:isolate';\n"
    "var log = '';\n"
    "var open;\n"
    "listen() {\n"
    "  open = new RawReceivePort((m) {\n"
    "    log = '$log$m ';\n"
    "    if (m == 0) open.close();\n"
    "    if (m == -1) throw 'minus one';\n"
    "  });\n"
    "  return open.sendPort;\n"
    "}\n"
    "close() { open.close(); }\n"
    "ask(port, m) {\n"
    "  port.call(m).then((a) { log = '${log}got $a'; }, onError: (e) { log = '${log}$e'; });\n"
    "}\n"
    "askWhatCloses() {\n"
    "  var port = new RawReceivePort();\n"
    "  ask(port.sendPort, 1);\n"
    "  port.close();\n"
    "}\n"
    "getLog() => log;\n";

class LoopTest : public PortsTest {
 protected:
  void SetUp() override {
    PortsTest::SetUp();
    ExpectSuccess(Load(kPorts));
  }
  void TearDown() override {
    if (Fart_CurrentIsolate() != nullptr) Fart_SetMessageNotifyCallback(nullptr);
    PortsTest::TearDown();
  }
  Fart_Port Listen() {
    Fart_Port port = ILLEGAL_PORT;
    ExpectSuccess(Fart_SendPortGetId(Call("listen"), &port));
    return port;
  }
  std::string LogText() { return TextOf(Call("getLog")); }
  // What the program is answered when it calls a native port with a handler, or is told.
  std::string AnswerOf(Fart_NativeMessageHandler handler) {
    const Fart_Port port = Fart_NewNativePort("asked", handler, false);
    EXPECT_NE(port, ILLEGAL_PORT);
    ExpectSuccess(Call("ask", {Fart_NewSendPort(port), Fart_NewInteger(1)}));
    ExpectSuccess(Fart_RunLoop());
    Fart_CloseNativePort(port);
    return LogText();
  }
};

TEST_F(LoopTest, RunsUntilTheLastLivePortCloses) {
  EXPECT_FALSE(Fart_HasLivePorts());
  const Fart_Port port = Listen();
  EXPECT_TRUE(Fart_HasLivePorts());
  std::thread poster([port] {
    for (const std::int64_t value : {1, 2, 0}) EXPECT_TRUE(Fart_PostInteger(port, value));
  });
  ExpectSuccess(Fart_RunLoop());
  poster.join();
  EXPECT_FALSE(Fart_HasLivePorts());
  EXPECT_EQ(LogText(), "1 2 0 ");
}

TEST_F(LoopTest, AnErrorEndsIt) {
  const Fart_Port port = Listen();
  for (const std::int64_t value : {1, -1, 2}) EXPECT_TRUE(Fart_PostInteger(port, value));
  EXPECT_THAT(ErrorOf(Fart_RunLoop()), ::testing::HasSubstr("minus one"));
  EXPECT_EQ(LogText(), "1 -1 ");
  ExpectSuccess(Fart_HandleMessages());
  EXPECT_EQ(LogText(), "1 -1 2 ");
}

TEST_F(LoopTest, TheStickyErrorIsTheAnswerOnceInPlaceOfASuccess) {
  const Fart_Port port = Listen();
  for (Fart_Handle (*const function)() : {Fart_HandleMessage, Fart_HandleMessages, Fart_RunLoop}) {
    Fart_SetStickyError(Fart_NewUnhandledExceptionError(Str("kept")));
    const Fart_Handle answer = function();
    EXPECT_EQ(TextOf(Fart_ErrorGetException(answer)), "kept");
    EXPECT_FALSE(Fart_HasStickyError());
  }
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  ExpectSuccess(Fart_HandleMessage());
  EXPECT_EQ(LogText(), "1 ");
}

TEST_F(LoopTest, AHostMayHandleMessagesOneByOne) {
  const Fart_Port port = Listen();
  for (const std::int64_t value : {1, 2, 3}) EXPECT_TRUE(Fart_PostInteger(port, value));
  ExpectSuccess(Fart_HandleMessage());
  EXPECT_EQ(LogText(), "1 ");
  ExpectSuccess(Fart_HandleMessages());
  EXPECT_EQ(LogText(), "1 2 3 ");
  ExpectSuccess(Fart_HandleMessage());
}

TEST_F(LoopTest, HandlingNeedsAScope) {
  Fart_ExitScope();
  for (Fart_Handle (*const function)() : {Fart_HandleMessage, Fart_HandleMessages, Fart_RunLoop}) {
    EXPECT_TRUE(Fart_IsError(function()));
  }
  Fart_EnterScope();
}

std::atomic<int> notices{0};
std::atomic<Fart_Isolate> noticed{nullptr};
void Notice(Fart_Isolate isolate) {
  noticed = isolate;
  ++notices;
}

TEST_F(LoopTest, TheNotifyCallbackHearsOfEachMessage) {
  EXPECT_EQ(Fart_GetMessageNotifyCallback(), nullptr);
  const Fart_Port port = Listen();
  Fart_SetMessageNotifyCallback(Notice);
  EXPECT_EQ(Fart_GetMessageNotifyCallback(), Notice);
  notices = 0;
  std::thread([port] {
    EXPECT_TRUE(Fart_PostInteger(port, 1));
    EXPECT_TRUE(Fart_PostInteger(port, 2));
  }).join();
  EXPECT_EQ(notices, 2);
  EXPECT_EQ(noticed, isolate_);
  EXPECT_THAT(ErrorOf(Fart_RunLoop()), ::testing::HasSubstr("message notify callback"));
  ExpectSuccess(Fart_HandleMessages());
  EXPECT_EQ(LogText(), "1 2 ");
  Fart_SetMessageNotifyCallback(nullptr);
  EXPECT_TRUE(Fart_PostInteger(port, 0));
  EXPECT_EQ(notices, 2);
  ExpectSuccess(Fart_RunLoop());
}

Fart_Port to_post_to = ILLEGAL_PORT;
void DoAnythingWithPorts(Fart_Isolate isolate) {
  if (++notices > 1) return;
  EXPECT_TRUE(Fart_PostInteger(to_post_to, 2));
  const Fart_Port port = Fart_NewNativePort("made meanwhile", LogMessage, false);
  EXPECT_TRUE(Fart_PostInteger(port, 3));
  EXPECT_TRUE(Fart_CloseNativePort(port));
  std::thread([isolate] {
    EXPECT_NE(Fart_IsolateData(isolate), nullptr);
    EXPECT_TRUE(Fart_PostInteger(to_post_to, 4));
  }).join();
}

TEST_F(LoopTest, NoLockIsHeldWhileTheNotifyCallbackRuns_Defect24) {
  to_post_to = Listen();
  notices = 0;
  Fart_SetMessageNotifyCallback(DoAnythingWithPorts);
  EXPECT_TRUE(Fart_PostInteger(to_post_to, 1));
  EXPECT_EQ(notices, 3);
  EXPECT_THAT(the_log.WaitFor(1), ::testing::ElementsAre(3));
  ExpectSuccess(Fart_HandleMessages());
  EXPECT_EQ(LogText(), "1 2 4 ");
}

void TryToCollect(Fart_Isolate) {
  EXPECT_TRUE(Fart_IsError(Fart_NewInteger(std::int64_t{1} << 62)));
  EXPECT_TRUE(Fart_IsError(Fart_HandleMessages()));
  const ExpectMisuse misuse("Fart_ExitIsolate: ");
  Fart_ExitIsolate();
}
void ThrowFromNotice(Fart_Isolate) { throw std::runtime_error("notice"); }

TEST_F(LoopTest, TheNotifyCallbackOfAThreadInsideIsACallback) {
  const Fart_Port port = Listen();
  Fart_SetMessageNotifyCallback(TryToCollect);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  Fart_SetMessageNotifyCallback(ThrowFromNotice);
  const ExpectMisuse misuse("notify callback let a C++ exception out");
  EXPECT_TRUE(Fart_PostInteger(port, 2));
}

// ---- Replies

void ReplyTwice(Fart_Port, Fart_Port reply_port_id, Fart_CObject* message) {
  Fart_CObject answer = IntegerObject(ValueOf(message) * 2);
  EXPECT_TRUE(Fart_PostCObject(reply_port_id, &answer));
}
void ThrowInstead(Fart_Port, Fart_Port, Fart_CObject*) { throw std::runtime_error("no paper"); }
void ReplyWithNonsense(Fart_Port, Fart_Port reply_port_id, Fart_CObject*) {
  Fart_CObject answer;
  answer.type = Fart_CObject_kUnsupported;
  EXPECT_FALSE(Fart_PostCObject(reply_port_id, &answer));
}
void ReplyWithNonsenseThenWithNull(Fart_Port dest, Fart_Port reply_port_id, Fart_CObject* message) {
  ReplyWithNonsense(dest, reply_port_id, message);
  message->type = Fart_CObject_kNull;
  EXPECT_TRUE(Fart_PostCObject(reply_port_id, message));
}

TEST_F(LoopTest, TheReplyCompletesTheFuture) { EXPECT_EQ(AnswerOf(ReplyTwice), "got 2"); }

TEST_F(LoopTest, AnExceptionOfTheHandlerIsTheReply) {
  EXPECT_THAT(AnswerOf(ThrowInstead), ::testing::AllOf(::testing::HasSubstr("MessageException"),
                                                       ::testing::HasSubstr("no paper")));
}

TEST_F(LoopTest, AReplyThatCannotBeEncodedIsAnError) {
  EXPECT_THAT(AnswerOf(ReplyWithNonsense), ::testing::HasSubstr("MessageException"));
}

TEST_F(LoopTest, AReplyAfterOneThatCannotBeEncodedCounts) {
  EXPECT_EQ(AnswerOf(ReplyWithNonsenseThenWithNull), "got null");
}

TEST_F(LoopTest, AMessageDroppedWithItsPortIsAnError) {
  ExpectSuccess(Call("askWhatCloses"));
  ExpectSuccess(Fart_RunLoop());
  EXPECT_THAT(LogText(), ::testing::HasSubstr("MessageException"));
}

}  // namespace
}  // namespace fart::api

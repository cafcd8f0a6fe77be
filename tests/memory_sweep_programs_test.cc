// What runs on threads or as a program: messages, native ports, timers, spawned isolates, scripts.

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "dart_native_api.h"
#include "heap/base/sanitizer.h"
#include "tests/memory_sweep.h"

namespace fart::tests {
namespace {

Fart_Handle Text(const char* text) { return Fart_NewStringFromCString(text); }

Fart_Handle Load(const char* source) {
  return Fart_LoadScript(Text("sweep.dart"), Text("sweep.dart"), Text(source), 0, 0);
}

// For what is swept behind it.
Fart_Handle LoadUnrefused(const char* source) {
  const NotRefused free;
  const Fart_Handle script = Load(source);
  EXPECT_FALSE(Fart_IsError(script)) << Fart_GetError(script);
  return script;
}

// ---- Messages

std::atomic<int> handled{0};
std::atomic<int> ended{0};
void CountEnded(void*, Fart_WeakPersistentHandle, void*) { ++ended; }

// Answers with the message itself.
void Echo(Fart_Port, Fart_Port reply_port, Fart_CObject* message) {
  ++handled;
  if (reply_port != ILLEGAL_PORT) static_cast<void>(Fart_PostCObject(reply_port, message));
}

TEST(MemorySweepTest, MessagesAndNativePorts) {
  const Machine machine;
  SweepCalls(24, [] {
    ended = 0;
    int given = 0;
    const SweepOutcome outcome = InIsolate(With::kLanguage, [&](Told& told) {
      const MemoryComesBack later;
      const Fart_Port echo = Fart_NewNativePort("echo", Echo, false);
      if (!told.Ok(echo != ILLEGAL_PORT)) return;
      const Fart_Port here = Fart_GetMainPortId();
      handled = 0;
      int accepted = 0;
      static std::uint8_t bytes[1000];
      for (int i = 0; i < 30; ++i) {
        Fart_CObject data{};
        data.type = Fart_CObject_kExternalTypedData;
        data.value.as_external_typed_data.type = Fart_TypedData_kUint8;
        data.value.as_external_typed_data.length = sizeof bytes;
        data.value.as_external_typed_data.data = bytes;
        data.value.as_external_typed_data.peer = bytes;
        data.value.as_external_typed_data.callback = CountEnded;
        Fart_CObject text{};
        text.type = Fart_CObject_kString;
        char characters[] = "a message";
        text.value.as_string = characters;
        Fart_CObject* both[] = {&data, &text};
        Fart_CObject message{};
        message.type = Fart_CObject_kArray;
        message.value.as_array.length = 2;
        message.value.as_array.values = both;
        const bool is_posted = Fart_PostCObject(i % 3 == 0 ? here : echo, &message);
        told.Ok(is_posted);
        given += is_posted ? 1 : 0;
        accepted += is_posted && i % 3 != 0 ? 1 : 0;
        told.Ok(Fart_PostInteger(here, i));
        Fart_EnterScope();
        const Fart_Handle list = Fart_NewList(300);
        if (told.Ok(list)) {
          told.Ok(Fart_ListSetAt(list, 1, list));
          const Fart_Handle inside = Text("in a list that holds itself");
          if (told.Ok(inside)) told.Ok(Fart_ListSetAt(list, 2, inside));
          told.Ok(Fart_Post(here, list));
        }
        Fart_ExitScope();
      }
      // What was accepted is handled, here as there.
      for (int i = 0; i < 100; ++i) {
        Fart_EnterScope();
        told.Ok(Fart_HandleMessage());
        Fart_ExitScope();
      }
      told.Ok(Fart_CloseNativePortAndWait(echo));
      EXPECT_LE(handled, accepted);
    });
    EXPECT_EQ(ended, given);
    return outcome;
  });
}

// ---- Programs

constexpr const char* kProgram = R"(
  class Animal {
    final name;
    Animal(this.name);
    get sound => "none";
    toString() => "$name says $sound";
  }
  class Dog extends Animal {
    Dog(name) : super(name);
    get sound => "woof";
  }
  class Failure { final why; Failure(this.why); toString() => "Failure: $why"; }
  var counted = [];
  final late = new Map();
  work(n) {
    var log = new StringBuffer();
    var map = new Map();
    for (var i = 0; i < n; i++) {
      map["key $i"] = new Dog("dog $i");
      counted.add(() => i);
    }
    var sum = 0;
    for (var each in counted) sum += each();
    try {
      throw new Failure("on purpose");
    } catch (e, trace) {
      log.write("$e ${trace.toString().length > 0}");
    }
    try {
      map.noSuch(1, name: 2);
    } on NoSuchMethodError catch (e) {
      log.write(" missing");
    }
    var words = "a few words to split".split(" ");
    words.sort();
    log.write(words.map((w) => w.toUpperCase()).join("-"));
    log.write(" ${0x7fffffff * 3} ${map["key 3"]} ${n / 3}");
    late["log"] = log.toString();
    counted = [];
    return "$sum $log";
  }
  main() => work(40);
)";
constexpr const char* kResult =
    "780 Failure: on purpose true missingA"
    "-FEW-SPLIT-TO-WORDS 6442450941 dog 3 says woof 13.333333333333334";

TEST(MemorySweepTest, AProgramLoadedAndRun) {
  const Machine machine;
  SweepCalls(40, [] {
    return InIsolate(With::kLanguage, [](Told& told) {
      Fart_Handle script = Load(kProgram);
      if (!told.Ok(script)) {
        // The same isolate can load it when there is memory.
        StopRefusing();
        script = Load(kProgram);
        EXPECT_FALSE(Fart_IsError(script)) << Fart_GetError(script);
        if (Fart_IsError(script)) return;
      }
      Fart_Handle result = Fart_Invoke(script, Text("main"), 0, nullptr);
      if (!told.Ok(result)) {
        StopRefusing();
        // What it had begun to fill is as it was left: only that it runs again is promised.
        result = Fart_Invoke(script, Text("main"), 0, nullptr);
        EXPECT_FALSE(Fart_IsError(result)) << Fart_GetError(result);
        return;
      }
      const char* text = "";
      if (!told.Ok(Fart_StringToCString(result, &text))) return;
      // The program may have caught an error about memory, and told so.
      if (!told.is_refused() && std::strcmp(text, kResult) != 0) told.Ok(false);
    });
  });
}

constexpr const char* kCatches = R"(
  // Its text is put together outside the heap.
  trace() { try { throw "x"; } catch (e, trace) { return trace.toString(); } }
  deep(n) { var list = []; for (var i = 0; i < n; i++) list.add("$i ${trace()}"); return list; }
  main() {
    var caught = 0;
    for (var i = 0; i < 20; i++) {
      try { deep(10); } on OutOfMemoryError catch (e) { caught++; }
    }
    return caught;
  }
)";

TEST(MemorySweepTest, AProgramCatchesWhatMemoryItLacks) {
  const Machine machine;
  SweepCalls(24, [] {
    return InIsolate(With::kLanguage, [](Told& told) {
      Fart_Handle script;
      {
        const NotRefused free;
        script = Load(kCatches);
        EXPECT_FALSE(Fart_IsError(script)) << Fart_GetError(script);
        EXPECT_FALSE(Fart_IsError(Fart_Invoke(script, Text("main"), 0, nullptr)));
      }
      const Fart_Handle name = Text("main");
      if (!told.Ok(name)) return;
      const Fart_Handle caught = Fart_Invoke(script, name, 0, nullptr);
      EXPECT_FALSE(Fart_IsError(caught)) << Fart_GetError(caught);
      std::int64_t count = 0;
      if (!Fart_IsError(caught)) told.Ok(Fart_IntegerToInt64(caught, &count));
      told.Ok(count == 0);
    });
  });
}

constexpr const char* kTimers = R"(
  import 'dart:async';
  var heard = [];
  main() {
    new Timer(new Duration(milliseconds: 2), () { heard.add("timer"); });
    new Future.value(3).then((v) { heard.add(v); });
  }
  result() => heard.length;
)";

// A timer that was started comes, however little memory there is when it is due.
TEST(MemorySweepTest, Timers) {
  const Machine machine;
  SweepCalls(16, [] {
    return InIsolate(With::kLanguage, [](Told& told) {
      const Fart_Handle script = LoadUnrefused(kTimers);
      const MemoryComesBack later;
      const Fart_Handle name = Text("main");
      if (!told.Ok(name) || !told.Ok(Fart_Invoke(script, name, 0, nullptr))) return;
      if (!told.Ok(Fart_RunLoop())) return;
      StopRefusing();
      std::int64_t heard = 0;
      told.Ok(Fart_IntegerToInt64(Fart_Invoke(script, Text("result"), 0, nullptr), &heard));
      EXPECT_EQ(heard, 2);
    });
  });
}

constexpr const char* kSpawns = R"(
  import 'dart:async';
  import 'dart:isolate';
  child(port) { port.send("from a child"); }
  var heard = [];
  main() {
    var port = new ReceivePort();
    port.listen((message) { heard.add(message); port.close(); });
    Isolate.spawn(child, port.sendPort).catchError((e) { heard.add("refused"); port.close(); });
  }
  result() => heard.length;
)";

Fart_Isolate Create(const char*, const char*, const char*, const char*, Fart_IsolateFlags*, void*,
                    char** error) {
  const Fart_Isolate isolate =
      Fart_CreateIsolate("child", "main", nullptr, nullptr, nullptr, error);
  if (isolate == nullptr) return nullptr;
  Fart_EnterScope();
  const bool is_loaded = !Fart_IsError(Load(kSpawns));
  Fart_ExitScope();
  if (is_loaded) {
    Fart_ExitIsolate();
    return isolate;
  }
  Fart_ShutdownIsolate();
  *error = strdup("no memory for the script");
  return nullptr;
}

TEST(MemorySweepTest, SpawnedIsolates) {
  const Machine machine(Create);
  SweepCalls(16, [] {
    return InIsolate(With::kLanguage, [](Told& told) {
      const Fart_Handle script = LoadUnrefused(kSpawns);
      const MemoryComesBack later;
      const Fart_Handle name = Text("main");
      if (!told.Ok(name) || !told.Ok(Fart_Invoke(script, name, 0, nullptr))) return;
      // A child that could not send what it should leaves its port waiting: not for ever.
      std::int64_t heard = 0;
      for (int i = 0; i < 200 && heard == 0; ++i) {
        Fart_EnterScope();
        told.Ok(Fart_HandleMessages());
        {
          const NotRefused free;
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
          Fart_IntegerToInt64(Fart_Invoke(script, Text("result"), 0, nullptr), &heard);
        }
        Fart_ExitScope();
      }
      told.Ok(heard == 1);
    });
  });
}

// ---- Native wrapper classes

// What was begun for one that could not be made is no hindrance to making it.
TEST(MemorySweepTest, NativeWrapperClasses) {
  const Machine machine;
  SweepCalls(24, [] {
    return InIsolate(With::kLanguage, [](Told& told) {
      const Fart_Handle script = LoadUnrefused("class Other {} make() => new Other();");
      for (const char* const name : {"First", "_Second", "Third"}) {
        const Fart_Handle text = Text(name);
        if (!told.Ok(text)) return;
        Fart_Handle type = Fart_CreateNativeWrapperClass(script, text, 2);
        if (!told.Ok(type)) {
          StopRefusing();
          type = Fart_CreateNativeWrapperClass(script, text, 2);
          EXPECT_FALSE(Fart_IsError(type)) << name << ": " << Fart_GetError(type);
          if (Fart_IsError(type)) return;
          std::intptr_t fields[] = {3, 4};
          const Fart_Handle object = Fart_AllocateWithNativeFields(type, 2, fields);
          EXPECT_FALSE(Fart_IsError(object)) << name << ": " << Fart_GetError(object);
        }
      }
      told.Ok(Fart_Invoke(script, Text("make"), 0, nullptr));
    });
  });
}

// ---- Extensions

// The folder of the extension that the programs import.
std::string ExtensionFolder() {
  const char* const file = std::getenv("SWEPT_EXTENSION");
  EXPECT_NE(file, nullptr);
  char here[4096];
  if (file == nullptr || getcwd(here, sizeof here) == nullptr) return "";
  const std::string path = std::string(here) + "/" + file;
  return path.substr(0, path.rfind('/'));
}

// One that was not loaded for lack of memory is loaded by the next import.
TEST(MemorySweepTest, ExtensionsLoadedAndCalled) {
  const Machine machine;
  const std::string folder = ExtensionFolder();
  const std::string program = "import 'dart-ext:" + folder +
                              "/swept_extension'; main() => seven() + 1; seven() native 'x';";
  // What the dynamic linker keeps for the process is taken before anything is refused.
  ASSERT_NE(dlopen((folder + "/libswept_extension.so").c_str(), RTLD_NOW), nullptr) << dlerror();
  SweepCalls(30, [&program] {
    return InIsolate(With::kLanguage, [&program](Told& told) {
      Fart_Handle script = Load(program.c_str());
      if (!told.Ok(script)) {
        StopRefusing();
        script = Load(program.c_str());
        EXPECT_FALSE(Fart_IsError(script)) << Fart_GetError(script);
        if (Fart_IsError(script)) return;
      }
      Fart_Handle result = Fart_Invoke(script, Text("main"), 0, nullptr);
      if (!told.Ok(result)) {
        StopRefusing();
        result = Fart_Invoke(script, Text("main"), 0, nullptr);
      }
      std::int64_t eight = 0;
      if (!told.Ok(Fart_IntegerToInt64(result, &eight))) return;
      EXPECT_EQ(eight, 8);
    });
  });
}

// ---- fork

void Ignore(Fart_Port, Fart_Port, Fart_CObject*) {}

// Programs, timers and a native port, in an isolate of its own.
SweepOutcome UseAll(Fart_Port port) {
  return InIsolate(With::kLanguage, [port](Told& told) {
    Fart_Handle script;
    {
      const NotRefused free;
      script = Load(kTimers);
      EXPECT_FALSE(Fart_IsError(script)) << Fart_GetError(script);
    }
    const MemoryComesBack later;
    told.Ok(Fart_PostInteger(port, 1));
    const Fart_Handle name = Text("main");
    if (!told.Ok(name) || !told.Ok(Fart_Invoke(script, name, 0, nullptr))) return;
    told.Ok(Fart_RunLoop());
  });
}

// AddressSanitizer's allocator is not made for fork (clang 14): what another thread, one of a
// port's that begins, has locked in it stays locked in the child.
constexpr bool kMayForkAnyTime = !FART_ADDRESS_SANITIZER;

// In a child that exits: a failed expectation is its exit code.
template <typename Child>
void ExpectChild(Child child) {
  std::fflush(nullptr);  // Else both print what waits.
  const pid_t id = fork();
  if (id == 0) {
    child();
    StopRefusing();
    std::fflush(nullptr);
    _exit(testing::Test::HasFailure() ? 2 : 0);
  }
  const NotRefused free;
  int status = -1;
  EXPECT_EQ(waitpid(id, &status, 0), id);
  EXPECT_EQ(status, 0);
}

// The child is refused what the parent is; what it comes to is not looked at, but that it comes to
// an end, and in order.
TEST(MemorySweepTest, AProcessThatForks) {
  if (!kMayForkAnyTime) GTEST_SKIP() << "the sanitizer's allocator does not stand it";
  const Machine machine;
  const Fart_Port port = Fart_NewNativePort("ignore", Ignore, false);
  SweepCalls(10, [port] {
    return InIsolate(With::kLanguage, [port](Told& told) {
      const Fart_Handle list = Fart_NewList(100);
      if (!told.Ok(list)) return;
      told.Ok(Fart_PostInteger(port, 1));
      ExpectChild([port, list] {
        alarm(30);
        Fart_PostInteger(port, 2);
        Fart_ListSetAt(list, 0, Text("young"));
        Fart_Collect(Fart_Collection_kMajor);
        // It may have no memory to look at everything, and says so.
        const char* const finding = Fart_VerifyHeap();
        EXPECT_TRUE(finding == nullptr || IsAboutMemory(finding)) << finding;
        Fart_ShutdownIsolate();
        UseAll(port);
        char* const error = Fart_Cleanup();
        EXPECT_EQ(error, nullptr) << error;
      });
      told.Ok(Fart_ListSetAt(list, 0, list));
      told.Ok(Fart_NewList(100));
    });
  });
}

// The same sweep as elsewhere, in a process that has been forked.
TEST(MemorySweepTest, AChildThatRunsPrograms) {
  if (!kMayForkAnyTime) GTEST_SKIP() << "the sanitizer's allocator does not stand it";
  const Machine machine;
  const Fart_Port port = Fart_NewNativePort("ignore", Ignore, false);
  EXPECT_TRUE(Fart_PostInteger(port, 1));
  ExpectChild([port] {
    SweepCalls(10, [port] { return UseAll(port); });
    char* const error = Fart_Cleanup();
    EXPECT_EQ(error, nullptr) << error;
  });
}

// ---- Threads

std::atomic<bool> may_end{false};
std::atomic<int> begun{0};
void Wait(Fart_Port, Fart_CObject*) {
  ++begun;
  while (!may_end) std::this_thread::yield();
}

// A port may have many handlers at a time, and there are no threads for them.
TEST(MemorySweepTest, PostsDoNotAskEachTimeForAThreadThatIsRefused) {
  const Machine machine;
  may_end = false;
  begun = 0;
  const Fart_Port port = Fart_NewConcurrentNativePort("wait", Wait, 10'000);
  ASSERT_TRUE(Fart_PostInteger(port, 1));
  while (begun == 0) std::this_thread::yield();
  RefusingMemory::FailNth(SystemCall::kThread, 1, RefusingMemory::Duration::kForGood);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 5000; ++i) EXPECT_TRUE(Fart_PostInteger(port, i));
  const auto spent = std::chrono::steady_clock::now() - begin;
  // One in 10 ms (vm/port/thread_pool.h, VP-T5).
  EXPECT_LE(RefusingMemory::Count(SystemCall::kThread),
            static_cast<std::uint64_t>(2 + spent / std::chrono::milliseconds(10)));
  StopRefusing();
  may_end = true;
  EXPECT_TRUE(Fart_CloseNativePortAndWait(port));
  EXPECT_EQ(begun, 5001);
}

constexpr const char* kWaits = R"(
  import 'dart:isolate';
  child(port) { new ReceivePort(); port.send("ready"); }
  var heard = 0;
  main() {
    var port = new ReceivePort();
    port.listen((message) { heard++; port.close(); });
    Isolate.spawn(child, port.sendPort);
  }
)";

Fart_Isolate CreateWaiting(const char*, const char*, const char*, const char*, Fart_IsolateFlags*,
                           void*, char** error) {
  const Fart_Isolate isolate =
      Fart_CreateIsolate("child", "main", nullptr, nullptr, nullptr, error);
  if (isolate == nullptr) return nullptr;
  Fart_EnterScope();
  EXPECT_FALSE(Fart_IsError(Load(kWaits)));
  Fart_ExitScope();
  Fart_ExitIsolate();
  return isolate;
}

// The child of a fork has no thread of the pool, and can start none: nothing of what it does waits
// for one.
TEST(MemorySweepTest, AChildWithoutThreadsComesToItsEnd) {
  const Machine machine(CreateWaiting);
  char* error = nullptr;
  ASSERT_NE(Fart_CreateIsolate("parent", "main", nullptr, nullptr, nullptr, &error), nullptr);
  Fart_EnterScope();
  const Fart_Handle script = Load(kWaits);
  const Fart_Port port = Fart_NewNativePort("ignore", Ignore, false);
  EXPECT_FALSE(Fart_IsError(Fart_Invoke(script, Text("main"), 0, nullptr)));
  EXPECT_FALSE(Fart_IsError(Fart_RunLoop()));  // The spawned isolate waits then.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    RefusingMemory::FailNth(SystemCall::kThread, 1, RefusingMemory::Duration::kForGood);
    EXPECT_FALSE(Fart_PostInteger(port, 1));
    Fart_ShutdownIsolate();
    EXPECT_EQ(Fart_Cleanup(), nullptr);
    StopRefusing();
    std::fflush(nullptr);
    _exit(testing::Test::HasFailure() ? 2 : 0);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  Fart_ShutdownIsolate();
}

}  // namespace
}  // namespace fart::tests

// A message there and an answer back: between Fart code and a native port, and between two isolates
// on two threads; beside it, two threads that wake each other through a condition variable.

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "bench/scale.h"
#include "dart_api.h"

namespace fart::bench {
namespace {

constexpr char kScript[] =
    "import 'dart:isolate';\n"
    "ask(port, int count) {\n"
    "  var answers;\n"
    "  answers = new RawReceivePort((message) {\n"
    "    if (--count == 0) {\n"
    "      answers.close();\n"
    "    } else {\n"
    "      port.send(count, answers.sendPort);\n"
    "    }\n"
    "  });\n"
    "  port.send(count, answers.sendPort);\n"
    "}\n"
    "answer() {\n"
    "  var port;\n"
    "  port = new RawReceivePort((message, replyTo) {\n"
    "    if (message == null) {\n"
    "      port.close();\n"
    "    } else {\n"
    "      replyTo.send(message);\n"
    "    }\n"
    "  });\n"
    "  return port.sendPort;\n"
    "}\n";

std::size_t Batch() { return Scaled<std::size_t>(1000, 2); }

void SendBack(Fart_Port, Fart_Port reply_port, Fart_CObject* message) {
  Fart_PostCObject(reply_port, message);
}

// An isolate with the script, on the thread that made it.
class ScriptIsolate {
 public:
  ScriptIsolate() {
    char* error = nullptr;
    if (Fart_CreateIsolate("bench", "main", nullptr, nullptr, nullptr, &error) == nullptr) {
      std::abort();
    }
    Fart_EnterScope();
    const Fart_Handle url = Fart_NewStringFromCString("bench.dart");
    library_ = Fart_LoadScript(url, url, Fart_NewStringFromCString(kScript), 0, 0);
    DART_CHECK_VALID(library_);
  }
  ~ScriptIsolate() { Fart_ShutdownIsolate(); }
  ScriptIsolate(const ScriptIsolate&) = delete;
  ScriptIsolate& operator=(const ScriptIsolate&) = delete;

  Fart_Handle Call(const char* name, int count, Fart_Handle* arguments) {
    const Fart_Handle result =
        Fart_Invoke(library_, Fart_NewStringFromCString(name), count, arguments);
    DART_CHECK_VALID(result);
    return result;
  }
  void AskAndWait(Fart_Port port, std::size_t count) {
    Fart_EnterScope();
    Fart_Handle arguments[] = {Fart_NewSendPort(port),
                               Fart_NewInteger(static_cast<std::int64_t>(count))};
    Call("ask", 2, arguments);
    DART_CHECK_VALID(Fart_RunLoop());
    Fart_ExitScope();
  }

 private:
  Fart_Handle library_;
};

void ToNativePort(benchmark::State& state) {
  ScriptIsolate isolate;
  const Fart_Port port = Fart_NewNativePort("bench", SendBack, false);
  while (state.KeepRunningBatch(static_cast<std::int64_t>(Batch()))) {
    isolate.AskAndWait(port, Batch());
  }
  Fart_CloseNativePort(port);
}
BENCHMARK(ToNativePort)->Name("BM_MessageToNativePort/fart")->UseRealTime();

void ToIsolate(benchmark::State& state) {
  std::mutex lock;
  std::condition_variable is_open;
  Fart_Port port = ILLEGAL_PORT;
  std::thread other([&] {
    ScriptIsolate isolate;
    const Fart_Handle send_port = isolate.Call("answer", 0, nullptr);
    {
      const std::lock_guard<std::mutex> guard(lock);
      DART_CHECK_VALID(Fart_SendPortGetId(send_port, &port));
    }
    is_open.notify_one();
    DART_CHECK_VALID(Fart_RunLoop());
  });
  {
    ScriptIsolate isolate;
    std::unique_lock<std::mutex> guard(lock);
    is_open.wait(guard, [&] { return port != ILLEGAL_PORT; });
    while (state.KeepRunningBatch(static_cast<std::int64_t>(Batch()))) {
      isolate.AskAndWait(port, Batch());
    }
    Fart_Post(port, Fart_Null());
  }
  other.join();
}
BENCHMARK(ToIsolate)->Name("BM_MessageToIsolate/fart")->UseRealTime();

// Nothing but the change of threads: what a round trip cannot do without.
void Wake(benchmark::State& state) {
  std::mutex lock;
  std::condition_variable changed;
  enum class Turn { kOurs, kTheirs, kOver };
  Turn turn = Turn::kOurs;
  std::thread other([&] {
    std::unique_lock<std::mutex> guard(lock);
    while (turn != Turn::kOver) {
      changed.wait(guard, [&] { return turn != Turn::kOurs; });
      if (turn == Turn::kTheirs) turn = Turn::kOurs;
      changed.notify_one();
    }
  });
  {
    std::unique_lock<std::mutex> guard(lock);
    for (auto _ : state) {
      turn = Turn::kTheirs;
      changed.notify_one();
      changed.wait(guard, [&] { return turn == Turn::kOurs; });
    }
    turn = Turn::kOver;
  }
  changed.notify_one();
  other.join();
}
BENCHMARK(Wake)->Name("BM_MessageToNativePort/condition_variable")->UseRealTime();
BENCHMARK(Wake)->Name("BM_MessageToIsolate/condition_variable")->UseRealTime();

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != nullptr) return EXIT_FAILURE;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return Fart_Cleanup() == nullptr ? EXIT_SUCCESS : EXIT_FAILURE;
}

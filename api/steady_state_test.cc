// What goes on for ever leaves nothing behind, however far its rounds overlap.

#include <cstdint>
#include <string>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// Bytes of objects after a full collection, each time that the program measures.
std::vector<std::uint64_t> measured;

void Measure(Fart_NativeArguments) {
  Collect();
  const Fart_HeapStatistics heap = HeapStatistics();
  measured.push_back(heap.new_space_live_bytes + heap.old_space_live_bytes + heap.large_live_bytes);
}
Fart_NativeFunction FindMeasure(Fart_Handle, int, bool*) { return Measure; }

// step() is false when it is time to end. It measures early, and when ten times as much is done.
constexpr const char* kPrelude = R"(
  import 'dart:async';
  import 'dart:isolate';
  measure() native 'measure';
  var count = 0;
  step() {
    count++;
    if (count == 200 || count == 2000) measure();
    return count < 2100;
  }
)";

struct Ongoing {
  const char* name;
  const char* body;
};

class SteadyStateTest : public LanguageTest, public ::testing::WithParamInterface<Ongoing> {};

TEST_P(SteadyStateTest, RoundsLeaveNothingBehind) {
  measured.clear();
  ExpectSuccess(
      Load((std::string(kPrelude) + "run() {" + GetParam().body + "}").c_str(), FindMeasure));
  ExpectSuccess(Call("run"));
  ExpectSuccess(Fart_RunLoop());
  ASSERT_EQ(measured.size(), 2u);
  // A word for each of the rounds in between would be 14,400 bytes.
  EXPECT_LT(measured[1], measured[0] + 4096);
}

constexpr Ongoing kAll[] = {
    {"Events", "chain() { if (step()) new Future(chain); } chain(); chain();"},
    {"StreamEvents",
     "var stream = new StreamController();"
     "stream.stream.listen((_) { if (step()) stream.add(0); });"
     "stream.add(0); stream.add(0);"},
    {"Microtasks", "chain() { if (step()) scheduleMicrotask(chain); } chain(); chain();"},
    {"FuturesOfFutures", "loop() => new Future.value(0).then((_) => step() ? loop() : 0); loop();"},
    {"FuturesInALoop", "Future.doWhile(() => new Future(step));"},
    {"Completers",
     "next() { var c = new Completer(); c.future.then((_) { if (step()) next(); });"
     "  c.complete(0); } next(); next();"},
    {"TimersThatAreDue", "tick() { if (step()) new Timer(Duration.ZERO, tick); } tick(); tick();"},
    {"CancelledTimers", "while (step()) new Timer(new Duration(hours: 1), step).cancel();"},
    {"Messages",
     "var port; port = new RawReceivePort((m) {"
     "  if (step()) { port.sendPort.send(m); } else { port.close(); } });"
     "port.sendPort.send(1); port.sendPort.send(2);"},
    {"ClosedPorts", "while (step()) new RawReceivePort(step).close();"},
    {"ClosedPortsWithMessages",
     "while (step()) { var port = new ReceivePort(); port.sendPort.send([count]); port.close(); }"},
    {"Exceptions", "while (step()) { try { throw new StateError('$count'); } catch (e, s) {} }"},
    {"Symbols", "while (step()) new Symbol('symbol$count');"},
    {"MapAsQueue",
     "var map = new Map(); while (step()) { map[count] = 0; map.remove(count - 10); }"},
    {"MapAsStack",
     "var map = {0: 0}; while (step()) { map[count] = 0; map.remove(map.keys.last); }"},
    {"SetAsQueue",
     "var set = new Set(); while (step()) { set.add(count); if (set.length > 9)"
     "  set.remove(set.first); }"},
    {"ListAsQueue",
     "var list = []; while (step()) { list.add(count); if (list.length > 9) list.removeAt(0); }"},
};

INSTANTIATE_TEST_SUITE_P(All, SteadyStateTest, ::testing::ValuesIn(kAll),
                         [](const auto& all) { return std::string(all.param.name); });

// ---- What ends leaves nothing behind

class ClosedTest : public LanguageTest {};

TEST_F(ClosedTest, CallbacksThatAreClosedKeepNothing) {
  ExpectSuccess(Load(R"(
    import 'dart:ffi';
    var open = [];
    make() {
      for (var i = 0; i < 100; i++) {
        var kept = new List(1000);
        open.add(new NativeCallable<Void Function()>.isolateLocal(() { kept[0] = i; }));
      }
    }
    close() {
      for (var each in open) each.close();
      open = [];
    }
    measure() native 'measure';
  )",
                     FindMeasure));
  measured.clear();
  for (int round = 0; round < 2; ++round) {
    ExpectSuccess(Call("make"));
    ExpectSuccess(Call("measure"));
    ExpectSuccess(Call("close"));
    ExpectSuccess(Call("measure"));
  }
  ASSERT_EQ(measured.size(), 4u);
  EXPECT_GT(measured[0], measured[1] + 90 * 8000);
  EXPECT_GT(measured[2], measured[3] + 90 * 8000);
}

}  // namespace
}  // namespace fart::api

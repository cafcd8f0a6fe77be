#include <cstdint>

#include "bench/growth.h"

namespace fart::bench {

const char kGrowthProgram[] = R"(
import 'dart:async';
import 'dart:isolate';

fill(n, key) {
  var map = new Map();
  for (int i = 0; i < n; i++) map[key(i)] = i;
  int found = 0;
  for (int i = 0; i < n; i++) if (map[key(i)] == i) found++;
  return found;
}
mapPlain(n) => fill(n, (i) => i);
mapShifted30(n) => fill(n, (i) => i << 30);
mapShifted40(n) => fill(n, (i) => i << 40);
mapNegative(n) => fill(n, (i) => -i);
mapDoubles(n) => fill(n, (i) => i * 4294967296.0);
mapHalves(n) => fill(n, (i) => i + 0.5);
mapPrefix(n) => fill(n, (i) => "a_rather_long_common_prefix_of_all_keys_$i");
mapSuffix(n) => fill(n, (i) => "${i}_a_rather_long_common_suffix_of_all_keys");
mapChurn(n) {
  var map = new Map();
  for (int i = 0; i < n; i++) {
    map[i] = i;
    if (i >= 100) map.remove(i - 100);
  }
  return map.length;
}
mapTakeFirst(n) {
  var map = new Map();
  for (int i = 0; i < n; i++) map[i] = i;
  while (!map.isEmpty) map.remove(map.keys.first);
  return n;
}
mapTakeLast(n) {
  var map = new Map();
  for (int i = 0; i < n; i++) map[i] = i;
  while (!map.isEmpty) map.remove(map.keys.last);
  return n;
}
mapLru(n) {
  var map = new Map();
  for (int i = 0; i < 1000; i++) map[i] = i;
  for (int i = 0; i < n; i++) {
    var key = map.keys.first;
    map.remove(key);
    map[key] = i;
  }
  return n;
}
mapKeysContains(n) {
  var map = new Map();
  for (int i = 0; i < n; i++) map[i] = i;
  for (int i = 0; i < n; i++) map.keys.contains(i);
  return n;
}
setTakeFirst(n) {
  var set = new Set();
  for (int i = 0; i < n; i++) set.add(i);
  while (!set.isEmpty) set.remove(set.first);
  return n;
}
setTakeLast(n) {
  var set = new Set();
  for (int i = 0; i < n; i++) set.add(i);
  while (!set.isEmpty) set.remove(set.last);
  return n;
}
setChurn(n) {
  var set = new Set();
  for (int i = 0; i < n; i++) {
    set.add(i);
    if (i >= 100) set.remove(i - 100);
  }
  return set.length;
}
numbers(n, make) {
  var list = new List();
  for (int i = 0; i < n; i++) list.add(make(i));
  return list;
}
listTakeLast(n) {
  var list = numbers(n, (i) => i);
  while (!list.isEmpty) list.removeLast();
  return n;
}
listTakeFirst(n) {
  var list = numbers(n, (i) => i);
  while (!list.isEmpty) list.removeAt(0);
  return n;
}
listTakeRange(n) {
  var list = numbers(n, (i) => i);
  while (!list.isEmpty) list.removeRange(0, 1);
  return n;
}
listInsertFirst(n) {
  var list = new List();
  for (int i = 0; i < n; i++) list.insert(0, i);
  return n;
}
listRetain(n) {
  var list = numbers(n, (i) => i);
  list.retainWhere((i) => i % 2 == 0);
  return list.length;
}
sort(n, make) {
  var list = numbers(n, make);
  list.sort((a, b) => a - b);
  return n;
}
sortUp(n) => sort(n, (i) => i);
sortDown(n) => sort(n, (i) => n - i);
sortSame(n) => sort(n, (i) => 1);
sortMixed(n) => sort(n, (i) => (i * 7919) % n);
stringPlus(n) {
  var text = "";
  for (int i = 0; i < n; i++) text += "x";
  return text.length;
}
stringSplit(n) {
  var buffer = new StringBuffer();
  for (int i = 0; i < n; i++) buffer.write("$i,");
  return buffer.toString().split(",").join(";").length;
}
symbols(n) {
  var all = new List();
  for (int i = 0; i < n; i++) all.add(new Symbol("symbol_$i"));
  return all.toSet().length;
}
closures(n) {
  var all = new List();
  for (int i = 0; i < n; i++) all.add((x) => x + i);
  return all.fold(0, (sum, f) => f(sum));
}
throwOne(i) {
  throw new StateError("$i");
}
exceptionsKept(n) {
  var traces = new List();
  for (int i = 0; i < n; i++) {
    try {
      throwOne(i);
    } catch (error, trace) {
      traces.add(trace);
    }
  }
  return traces.length;
}
throwDeep(depth) {
  if (depth == 0) throw new StateError("deep");
  try {
    throwDeep(depth - 1);
  } catch (error) {
    rethrow;
  }
}
exceptionsDeep(n) {
  try {
    throwDeep(n);
  } catch (error, trace) {
    return trace.toString().length;
  }
}
futuresChained(n) {
  var future = new Future.value(0);
  for (int i = 0; i < n; i++) future = future.then((x) => x + 1);
}
futuresInEvents(n) {
  chain(left) {
    if (left > 0) new Future(() => chain(left - 1));
  }
  chain(n ~/ 2);
  chain(n ~/ 2);
}
microtasks(n) {
  for (int i = 0; i < n; i++) scheduleMicrotask(() => i);
}
streamBurst(n) {
  var controller = new StreamController();
  for (int i = 0; i < n; i++) controller.add(i);
  controller.stream.listen((i) => i);
}
streamOverlapping(n) {
  var controller = new StreamController();
  controller.stream.listen((left) {
    if (left > 0) controller.add(left - 1);
  });
  controller.add(n ~/ 2);
  controller.add(n ~/ 2);
}
printNested(n) {
  var list = [];
  for (var i = 0; i < n; i++) list = [list];
  return "$list".length;
}
stringBuffer(n) {
  var buffer = new StringBuffer();
  for (int i = 0; i < n; i++) buffer.write("x");
  return buffer.toString().length;
}
timersCancelled(n) {
  for (int i = 0; i < n; i++) {
    new Timer(new Duration(hours: 1), () => print("never")).cancel();
  }
  return n;
}
timersCancelledTogether(n) {
  var timers = new List();
  for (int i = 0; i < n; i++) timers.add(new Timer(new Duration(hours: 1), () => null));
  for (int i = 0; i < n; i++) timers[i * 7919 % n].cancel();
  return n;
}
timersDue(n) {
  for (int i = 0; i < n; i++) new Timer(Duration.ZERO, () => i);
}
messagesHandled(n) {
  var port = new RawReceivePort();
  var handled = 0;
  port.handler = (message) {
    if (++handled == n) port.close();
  };
  for (int i = 0; i < n; i++) port.sendPort.send([i, "text"]);
}
messagesAtClosing(n) {
  var port = new RawReceivePort((message) => message);
  for (int i = 0; i < n; i++) port.sendPort.send([i, "text"]);
  port.close();
}
openPorts(n) {
  var ports = new List();
  for (int i = 0; i < n; i++) {
    var port = new ReceivePort();
    ports.add(port);
    port.sendPort.send(i);
  }
  return ports;
}
portsClosedForwards(n) {
  var ports = openPorts(n);
  for (int i = 0; i < n; i++) ports[i].close();
  return n;
}
portsClosedBackwards(n) {
  var ports = openPorts(n);
  for (int i = n - 1; i >= 0; i--) ports[i].close();
  return n;
}
portsLeftOpen(n) {
  openPorts(n);
  return n;
}
)";

namespace {

void Call(const char* function, std::size_t count) {
  Fart_Handle argument = Checked(Fart_NewInteger(static_cast<std::int64_t>(count)));
  Checked(Fart_Invoke(Checked(Fart_RootLibrary()), Text(function), 1, &argument));
}

#define CALL_EXCUSED(function, count, excuse)                                      \
  {                                                                                \
    "program." #function, count, [](std::size_t n) { Call(#function, n); }, excuse \
  }
#define CALL(function, count) CALL_EXCUSED(function, count, nullptr)
// Then everything that it has left to events.
#define RUN(function, count)                         \
  {                                                  \
    "program." #function, count, [](std::size_t n) { \
      Call(#function, n);                            \
      Checked(Fart_RunLoop());                       \
    }                                                \
  }

constexpr Work kWorks[] = {
    CALL(mapPlain, 40'000),
    CALL(mapShifted30, 40'000),
    CALL(mapShifted40, 40'000),
    CALL(mapNegative, 40'000),
    CALL(mapDoubles, 40'000),
    CALL(mapHalves, 40'000),
    CALL(mapPrefix, 20'000),
    CALL(mapSuffix, 20'000),
    CALL(mapChurn, 40'000),
    CALL(mapTakeFirst, 20'000),
    CALL(mapTakeLast, 20'000),
    CALL(mapLru, 20'000),
    CALL(mapKeysContains, 20'000),
    CALL(setTakeFirst, 20'000),
    CALL(setTakeLast, 20'000),
    CALL(setChurn, 40'000),
    CALL(listTakeLast, 100'000),
    CALL(listTakeFirst, 50'000),
    CALL(listTakeRange, 50'000),
    CALL(listInsertFirst, 50'000),
    CALL(listRetain, 100'000),
    CALL(sortUp, 20'000),
    CALL(sortDown, 20'000),
    CALL(sortSame, 20'000),
    CALL(sortMixed, 20'000),
    CALL_EXCUSED(stringPlus, 10'000, "a string is flat: each `+` copies both"),
    CALL(stringBuffer, 100'000),
    CALL(printNested, 2500),
    CALL(stringSplit, 50'000),
    CALL(symbols, 20'000),
    CALL(closures, 100'000),
    CALL(exceptionsKept, 20'000),
    CALL(exceptionsDeep, 500),
    RUN(futuresChained, 20'000),
    RUN(futuresInEvents, 20'000),
    RUN(microtasks, 50'000),
    RUN(streamBurst, 20'000),
    RUN(streamOverlapping, 20'000),
    RUN(timersDue, 5'000),
    RUN(messagesHandled, 20'000),
    RUN(messagesAtClosing, 20'000),
    CALL(timersCancelled, 100'000),
    CALL(timersCancelledTogether, 20'000),
    CALL(portsClosedForwards, 10'000),
    CALL(portsClosedBackwards, 10'000),
    CALL(portsLeftOpen, 10'000),
};

#undef RUN
#undef CALL
#undef CALL_EXCUSED

}  // namespace

std::span<const Work> ProgramWorks() { return kWorks; }

}  // namespace fart::bench

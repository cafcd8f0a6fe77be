// How cost grows: each piece of work is done for N, 2N and 4N, and the table says with which power
// of N its time goes, and what stays resident afterwards.
//
// A power near 1 is linear, near 2 quadratic. Every measurement has a process of its own (a child
// by fork), so that what one leaves behind is not there for the next. `growth NAME...` does only
// those.
//
// Not here: absolute times (the other programs of this folder).

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "bench/scale.h"
#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::bench {
namespace {

constexpr char kScript[] = R"(
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
mapBig(n) => fill(n, (i) => (1 << 70) + (i << 64));
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
sort(n, make) {
  var list = new List();
  for (int i = 0; i < n; i++) list.add(make(i));
  list.sort((a, b) => a - b);
  return n;
}
sortUp(n) => sort(n, (i) => i);
sortDown(n) => sort(n, (i) => n - i);
sortSame(n) => sort(n, (i) => 1);
sortMixed(n) => sort(n, (i) => (i * 7919) % n);
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

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "growth: %s\n", what);
  std::exit(1);
}
Fart_Handle Checked(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fail(Fart_GetError(handle));
  return handle;
}
Fart_Handle Text(const char* text) { return Checked(Fart_NewStringFromCString(text)); }

// ---- Work that hosts do

using Order = std::size_t (*)(std::size_t index, std::size_t count);
std::size_t FirstToLast(std::size_t index, std::size_t) { return index; }
std::size_t LastToFirst(std::size_t index, std::size_t count) { return count - 1 - index; }
std::size_t Mixed(std::size_t index, std::size_t count) { return index * 7919 % count; }

// What a host holds on to, one for each element of a list.
struct Kind {
  void* (*make)(Fart_Handle object);
  void (*drop)(void* held, Fart_Handle object);
};
constexpr Kind kPersistent = {
    [](Fart_Handle object) -> void* { return Fart_NewPersistentHandle(object); },
    [](void* held, Fart_Handle) {
      Fart_DeletePersistentHandle(static_cast<Fart_PersistentHandle>(held));
    }};
constexpr Kind kWeak = {[](Fart_Handle object) -> void* {
                          return Fart_NewWeakPersistentHandle(
                              object, nullptr, 0, [](void*, Fart_WeakPersistentHandle, void*) {});
                        },
                        [](void* held, Fart_Handle) {
                          Fart_DeleteWeakPersistentHandle(
                              Fart_CurrentIsolate(), static_cast<Fart_WeakPersistentHandle>(held));
                        }};
constexpr Kind kFinalizable = {
    [](Fart_Handle object) -> void* {
      return Fart_NewFinalizableHandle(object, nullptr, 0, [](void*, void*) {});
    },
    [](void* held, Fart_Handle object) {
      Fart_DeleteFinalizableHandle(static_cast<Fart_FinalizableHandle>(held), object);
    }};
constexpr Kind kPeer = {[](Fart_Handle object) -> void* {
                          static int peer;
                          Checked(Fart_SetPeer(object, &peer));
                          return nullptr;
                        },
                        [](void*, Fart_Handle object) { Checked(Fart_SetPeer(object, nullptr)); }};
constexpr Kind kAcquired = {
    [](Fart_Handle object) -> void* {
      Fart_TypedData_Type type;
      void* data = nullptr;
      intptr_t length = 0;
      Checked(Fart_TypedDataAcquireData(object, &type, &data, &length));
      return data;
    },
    [](void*, Fart_Handle object) { Checked(Fart_TypedDataReleaseData(object)); }};

void HoldAndDrop(const Kind& kind, Order order, std::size_t count) {
  std::vector<void*> held(count);
  const Fart_Handle list = Checked(Fart_NewList(static_cast<intptr_t>(count)));
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    const Fart_Handle object = Checked(Fart_NewTypedData(Fart_TypedData_kUint8, 16));
    Checked(Fart_ListSetAt(list, static_cast<intptr_t>(i), object));
    held[i] = kind.make(object);
    Fart_ExitScope();
  }
  Checked(Fart_Collect(Fart_Collection_kMajor));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = order(i, count);
    Fart_EnterScope();
    kind.drop(held[at], Checked(Fart_ListGetAt(list, static_cast<intptr_t>(at))));
    Fart_ExitScope();
  }
}

void Names(std::size_t count) {
  const Fart_Handle library = Checked(Fart_RootLibrary());
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    const std::string name = "name_that_is_new_" + std::to_string(i);
    Fart_Invoke(library, Text(name.c_str()), 0, nullptr);
    Fart_GetClass(library, Text(name.c_str()));
    Fart_ExitScope();
  }
}

void Reloads(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    Checked(Fart_SetRootLibrary(Fart_Null()));
    const std::string number = std::to_string(i);
    const std::string source =
        "class P" + number + " { var a; sum() => a; }\nmain() => new P" + number + "().sum();\n";
    const std::string url = "s" + number + ".dart";
    Checked(Fart_LoadScript(Text(url.c_str()), Text(url.c_str()), Text(source.c_str()), 0, 0));
    Checked(Fart_Invoke(Checked(Fart_RootLibrary()), Text("main"), 0, nullptr));
    Fart_ExitScope();
  }
}

void ForgottenScope(std::size_t count) {
  Fart_EnterScope();
  for (std::size_t i = 0; i < count; ++i) Fart_NewDouble(0.5);
  Fart_ExitScope();
}

// ---- All of it

struct Work {
  const char* name;
  std::size_t count;  // N
  void (*run)(std::size_t count);
};

void RunScript(const char* function, std::size_t count) {
  Fart_Handle argument = Checked(Fart_NewInteger(static_cast<std::int64_t>(count)));
  Checked(Fart_Invoke(Checked(Fart_RootLibrary()), Text(function), 1, &argument));
}

#define SCRIPT(function, count)                                                 \
  {                                                                             \
    "program." #function, count, [](std::size_t n) { RunScript(#function, n); } \
  }
#define HOLD(kind, order, count)                                                           \
  {                                                                                        \
    "host." #kind "." #order, count, [](std::size_t n) { HoldAndDrop(k##kind, order, n); } \
  }

constexpr Work kAll[] = {
    SCRIPT(mapPlain, 40'000),
    SCRIPT(mapShifted30, 40'000),
    SCRIPT(mapShifted40, 40'000),
    SCRIPT(mapNegative, 40'000),
    SCRIPT(mapDoubles, 40'000),
    SCRIPT(mapBig, 20'000),
    SCRIPT(mapPrefix, 20'000),
    SCRIPT(mapSuffix, 20'000),
    SCRIPT(mapChurn, 40'000),
    SCRIPT(mapTakeFirst, 10'000),
    SCRIPT(mapLru, 10'000),
    SCRIPT(mapKeysContains, 10'000),
    SCRIPT(setTakeFirst, 10'000),
    SCRIPT(sortUp, 20'000),
    SCRIPT(sortDown, 20'000),
    SCRIPT(sortSame, 20'000),
    SCRIPT(sortMixed, 20'000),
    SCRIPT(stringBuffer, 100'000),
    SCRIPT(timersCancelled, 100'000),
    SCRIPT(portsClosedForwards, 10'000),
    SCRIPT(portsClosedBackwards, 10'000),
    SCRIPT(portsLeftOpen, 10'000),
    HOLD(Persistent, FirstToLast, 100'000),
    HOLD(Persistent, LastToFirst, 100'000),
    HOLD(Persistent, Mixed, 100'000),
    HOLD(Weak, FirstToLast, 100'000),
    HOLD(Weak, LastToFirst, 100'000),
    HOLD(Weak, Mixed, 100'000),
    HOLD(Finalizable, FirstToLast, 100'000),
    HOLD(Finalizable, Mixed, 100'000),
    HOLD(Peer, FirstToLast, 100'000),
    HOLD(Peer, Mixed, 100'000),
    HOLD(Acquired, FirstToLast, 25'000),
    HOLD(Acquired, LastToFirst, 25'000),
    HOLD(Acquired, Mixed, 25'000),
    {"host.Names", 25'000, Names},
    {"host.Reloads", 1'000, Reloads},
    {"host.ForgottenScope", 250'000, ForgottenScope},
};

struct Figures {
  double seconds = 0;
  double resident_mb = 0;  // more than before the work, after all of it is garbage
};

double ResidentMb() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  long pages = 0;
  long resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) Fail("no statm");
  std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

Figures Measure(const Work& work, std::size_t count) {
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (char* const error = Fart_Initialize(&params); error != nullptr) Fail(error);
  char* error = nullptr;
  if (Fart_CreateIsolate("growth", "main", nullptr, nullptr, nullptr, &error) == nullptr) {
    Fail(error);
  }
  Fart_EnterScope();
  Checked(Fart_LoadScript(Text("growth.dart"), Text("growth.dart"), Text(kScript), 0, 0));
  Checked(Fart_Collect(Fart_Collection_kEverything));
  const double before = ResidentMb();
  const auto start = std::chrono::steady_clock::now();
  Fart_EnterScope();
  work.run(count);
  Fart_ExitScope();
  Figures figures;
  figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  Checked(Fart_Collect(Fart_Collection_kEverything));
  figures.resident_mb = ResidentMb() - before;
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  if (Fart_MisuseCount() != 0) Fail(Fart_GetMisuse());
  if (char* const left = Fart_Cleanup(); left != nullptr) Fail(left);
  return figures;
}

Figures MeasureInChild(const Work& work, std::size_t count) {
  int ends[2];
  if (pipe(ends) != 0) Fail("no pipe");
  const pid_t child = fork();
  if (child < 0) Fail("no process");
  if (child == 0) {
    const Figures figures = Measure(work, count);
    const bool is_written = write(ends[1], &figures, sizeof figures) == sizeof figures;
    std::_Exit(is_written ? 0 : 1);
  }
  close(ends[1]);
  Figures figures;
  const bool is_read = read(ends[0], &figures, sizeof figures) == sizeof figures;
  close(ends[0]);
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0 || !is_read) {
    Fail((std::string(work.name) + " did not end well").c_str());
  }
  return figures;
}

// The fastest of several: what is left is the work.
Figures Best(const Work& work, std::size_t count) {
  Figures best = MeasureInChild(work, count);
  for (int i = 1; i < Scaled(3, 1); ++i) {
    const Figures again = MeasureInChild(work, count);
    best.seconds = std::min(best.seconds, again.seconds);
    best.resident_mb = std::min(best.resident_mb, again.resident_mb);
  }
  return best;
}

int Main(int argc, char** argv) {
  std::printf("%-32s %9s %9s %9s %9s %6s %9s %9s\n", "work", "N", "N ms", "2N ms", "4N ms", "power",
              "N kept MB", "4N kept");
  for (const Work& work : kAll) {
    const bool is_wanted = argc < 2 || std::any_of(argv + 1, argv + argc, [&](const char* wanted) {
                             return std::strstr(work.name, wanted) != nullptr;
                           });
    if (!is_wanted) continue;
    const std::size_t count = Scaled<std::size_t>(work.count, 4);
    const Figures one = Best(work, count);
    const Figures two = Best(work, 2 * count);
    const Figures four = Best(work, 4 * count);
    std::printf("%-32s %9zu %9.2f %9.2f %9.2f %6.2f %9.1f %9.1f\n", work.name, count,
                one.seconds * 1e3, two.seconds * 1e3, four.seconds * 1e3,
                std::log2(four.seconds / one.seconds) / 2, one.resident_mb, four.resident_mb);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) { return fart::bench::Main(argc, argv); }

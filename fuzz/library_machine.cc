#include "fuzz/library_machine.h"

#include <cstdlib>
#include <vector>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/byte_program.h"

namespace fart::fuzz {
namespace {

constexpr const char* kNames[] = {
#include "fuzz/library_names.inc"
};

constexpr const char* kOperators[] = {"+", "-",  "*", "/",  "~/", "%",  "&",  "|",
                                      "^", "<<", "<", "<=", ">",  ">=", "==", ">>"};

// Of r, a, b and c: members that no name alone reaches.
constexpr const char* kStaticCalls[] = {
    "new List(a)",
    "new List.filled(a, b)",
    "new List.filled(a, b, growable: c)",
    "new List.from(a)",
    "new List.from(a, growable: false)",
    "new List.generate(a, b)",
    "new List.unmodifiable(a)",
    "new Iterable.generate(a, b)",
    "new Map.from(a)",
    "new Map.fromIterable(a, key: b, value: c)",
    "new Map.fromIterables(a, b)",
    "new Set.from(a)",
    "new String.fromCharCode(a)",
    "new String.fromCharCodes(a, b, c)",
    "new StringBuffer(a)",
    "new Duration(days: a, milliseconds: b, microseconds: c)",
    "new Symbol(a)",
    "new RangeError.range(a, b, c)",
    "new RangeError.index(a, b, 'x', 'y', c)",
    "new RangeError.value(a)",
    "new ArgumentError.value(a, b, c)",
    "new FormatException(a, b, c)",
    "RangeError.checkValidIndex(a, b)",
    "RangeError.checkValidRange(a, b, c)",
    "RangeError.checkValueInInterval(a, b, c)",
    "RangeError.checkNotNegative(a)",
    "Comparable.compare(a, b)",
    "Error.safeToString(a)",
    "int.parse(a)",
    "int.parse(a, radix: b)",
    "int.parse(a, onError: b)",
    "double.parse(a)",
    "double.parse(a, b)",
    "num.parse(a, b)",
    "Function.apply(a, b)",
    "Function.apply(a, b, c)",
    "identical(a, b)",
    "identityHashCode(a)",
    "new ByteData(a)",
    "new ByteData.view(a, b, c)",
    "new Uint8List(a)",
    "new Uint8List.view(a, b, c)",
    "new Int32List.view(a, b, c)",
    "new Uint8ClampedList.fromList(a)",
    "new Float64List.view(a, b, c)",
    "new Float32x4List(a)",
    "new Float32x4List.view(a, b)",
    "new Int64List.fromList(a)",
    "new Float32List.fromList(a)",
    "new Future.value(a)",
    "new Future.error(a, b)",
    "new Future(a)",
    "Future.wait(a)",
    "scheduleMicrotask(a)",
    "a is List ? new List.from(a).removeAt(b) : null",
    "r.toList(growable: a)",
    "r.singleWhere(a)",
    "r.firstWhere(a, orElse: b)",
    "r.lastWhere(a, orElse: b)",
    "'$a$b'",
    "(r[a] = b)",
    "r[a]",
    "-r",
    "~r",
    "{a: b, c: r}[r]",
    "r is Comparable && a is Type",
    "throw a",
};

constexpr char kPrelude[] = R"(
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

class Thrower {
  operator ==(other) => throw "equals";
  get hashCode => throw "hash";
  toString() => throw "text";
  noSuchMethod(invocation) => throw "call";
}
// Answers the same to whatever is asked.
class Liar implements List, Map, Comparable {
  final answer;
  Liar(this.answer);
  noSuchMethod(invocation) => answer;
  operator ==(other) => answer;
  get hashCode => answer;
  toString() => answer;
}
class Walker extends Iterable {
  get iterator => new Steps(5);
}
class Lost extends Iterable {
  get iterator => null;
}
class Steps implements Iterator {
  var left;
  Steps(this.left);
  moveNext() => left-- > 0;
  get current => left;
}
class SameHash {
  final number;
  SameHash(this.number);
  get hashCode => number << 40;
  operator ==(other) => other is SameHash && other.number == number;
}
class Changing {
  final map;
  Changing(this.map);
  get hashCode => 7;
  operator ==(other) {
    map.clear();
    map[map.length] = 1;
    return false;
  }
}
topLevel(a) => a;
forgetful() => null;

var pool;
var begun;
const limit = 160;
var next = 0;
var small;

begin(most) {
  small = most;
  var shared = [3, 1, 2];
  var map = {1: "one", "two": 2, null: null};
  var mutable = new Map();
  mutable[new Changing(mutable)] = 1;
  var bytes = new Uint8List.fromList([1, 2, 3, 4, 5, 6, 7, 8]);
  pool = [
    null, true, false, 0, 1, -1, 2, 7, 36, 63, 64, 65, -64, 255, 256, 0xffff, 0x10000, 0x10ffff,
    0x110000, 0xd800, 0xdfff, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 1 << 40, 1 << 61,
    1 << 62, -(1 << 62), -(1 << 62) - 1, 0x7fffffffffffffff, -0x7fffffffffffffff - 1,
    int.parse("9223372036854775808"), int.parse("-9223372036854775809"),
    int.parse("1" + "0" * 60), int.parse("-1" + "0" * 60),
    0.0, -0.0, 0.5, 1.5, -1.5, 2.0, 1e308, -1e308, 5e-324, 9007199254740992.0, 9223372036854775808.0,
    double.NAN, double.INFINITY, double.NEGATIVE_INFINITY,
    "", "a", "abc", "A\u{1F600}\u00ff", "\ud800", "\udc00x", " \u00a0x\n", "-12", "0x7fffffffffffffff",
    "1e400", "NaN", "z" * 1000,
    [], shared, [1, "a", null, 1.5], [[1], [2, 3]], const [1, 2], new List(3), [double.NAN, 0.0],
    [0xd83d, 0xde00, 65], ["b", "a", ""],
    map, {}, mutable, const {"k": 1}, new Set.from([1, 2, "x"]), new Set(),
    bytes, new Uint8List(0), new Int16List(3), new Int64List.fromList([1, -1]),
    new Float64List.fromList([0.5]), new Float32x4List(2), new Uint8ClampedList(2),
    new ByteData(8), bytes.buffer, new Uint16List.view(bytes.buffer, 2, 2),
    new ByteData.view(bytes.buffer, 1, 3), Endianness.BIG_ENDIAN,
    [1, 2, 3].map((x) => x * 2), [1, 2, 3].where((x) => x != 2), shared.reversed, shared.skip(1),
    shared.take(2), shared.asMap(), [1, 2].expand((x) => [x, x]), new Iterable.generate(4, null),
    map.keys, map.values, [1, 2, 3].takeWhile((x) => x < 3), [1].iterator, map.keys.iterator,
    () => null, (a) => a, (a, b) => a, (a, b, c) => c, (a) => throw "thrown", (a, b) => -1,
    (a, b) => double.NAN, (a) => true, (a) => false, (a) { shared.add(a); return shared; },
    (a) { map[a] = a; return true; }, (a) => [a, a], topLevel, forgetful, (a, [b]) => b,
    new Thrower(), new Liar(null), new Liar(-1), new Liar(1 << 40), new Liar("x"), new Liar(0.5),
    new Liar(true), new Liar(new Thrower()), new Liar([1, 2]), new Walker(), new Lost(),
    new Steps(3), new SameHash(1), new SameHash(2), new Changing(mutable), new Object(),
    new StringBuffer("x"), #symbol, int, List, Thrower, Duration.ZERO, new Duration(days: 1),
    new Duration(microseconds: 0x7fffffffffffffff), new ArgumentError("x"), new RangeError("y"),
    new Completer(), new Future.value(1), new StreamController().stream, new StreamController(),
    new Capability(), new Exception("e"), new FormatException("m", "s", 1),
  ];
  begun = pool.length;
  next = begun;
  return begun;
}

joined() => pool.length - begun;

isSmall(value) {
  if (value is String) return value.length < 5000;
  if (value is int) return value.bitLength < 4000;
  if (value is List) return value.length < small;
  if (value is Map || value is StringBuffer) return value.length < small;
  if (value is! Iterable) return true;
  var steps = value.iterator;
  for (var i = 0; i < small; i++) {
    if (!steps.moveNext()) return true;
  }
  return false;
}

// Whether there seems to be such a member.
step(f, r, a, b, c) {
  var size = pool.length;
  try {
    var value = calls[f](pool[r % size], pool[a % size], pool[b % size], pool[c % size]);
    if (!isSmall(value)) return true;
    if (size < begun + limit) {
      pool.add(value);
    } else {
      pool[begun + next++ % limit] = value;
    }
    "$value";
  } catch (error, trace) {
    try {
      "$error$trace";
    } catch (another) {}
    return error is! NoSuchMethodError;
  }
  return true;
}

// With one set of arguments after the other, while there seems to be such a member.
sweep(f, r, seed, tries) {
  var state = seed;
  for (var i = 0; i < tries; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    if (!step(f, r, state >> 3, state >> 11, state >> 19)) return;
  }
}
)";

// Under stress a single call can take a minute: what a program runs is ended behind so many
// collections, and it is over.
constexpr int kMostCollections = 200;
int collections_left = -1;  // less than none: they are not counted

class Library {
 public:
  // Why the program cannot be loaded; empty if it has been.
  std::string Load() {
    Fart_EnterScope();
    const Fart_Handle url = Fart_NewStringFromCString("library_calls.dart");
    const std::string source = Source();
    const Fart_Handle library =
        Fart_LoadScript(url, url, Fart_NewStringFromCString(source.c_str()), 0, 0);
    const std::string problem = Fart_IsError(library) ? Fart_GetError(library) : "";
    Fart_ExitScope();
    return problem;
  }

  // Makes the pool anew; how many values it begins with. No collection with more elements than
  // `most` joins it.
  std::size_t Begin(std::size_t most) { return Number("begin", {most}); }
  // How many values have joined it since.
  std::size_t Joined() { return Number("joined", {}); }

  void Step(std::size_t call, std::size_t receiver, std::size_t a, std::size_t b, std::size_t c) {
    Fart_EnterScope();
    CallWithNumbers("step", {call, receiver, a, b, c});
    Fart_ExitScope();
  }

  void Sweep(std::size_t call, std::size_t receiver, std::size_t seed, std::size_t tries) {
    Fart_EnterScope();
    CallWithNumbers("sweep", {call, receiver, seed, tries});
    Fart_ExitScope();
  }

  void Verify() {
    const char* const complaint = Fart_VerifyHeap();
    if (failure_.empty() && complaint != nullptr) failure_ = complaint;
  }

  std::size_t calls() const { return calls_; }
  const std::string& failure() const { return failure_; }

 private:
  // What the function answers, when the microtasks that earlier calls left have all come to their
  // ends: an exception of one of them is the answer instead.
  std::size_t Number(const char* name, const std::vector<std::size_t>& numbers) {
    constexpr int kMostMicrotasks = 10'000;
    std::int64_t number = 0;
    Fart_EnterScope();
    Fart_Handle answer = CallWithNumbers(name, numbers);
    for (int i = 0; Fart_IsError(answer) && i < kMostMicrotasks; ++i) {
      Fart_ExitScope();
      Fart_EnterScope();
      answer = CallWithNumbers(name, numbers);
    }
    if (failure_.empty() && Fart_IsError(answer)) failure_ = Fart_GetError(answer);
    if (failure_.empty()) Fart_IntegerToInt64(answer, &number);
    Fart_ExitScope();
    return static_cast<std::size_t>(number);
  }

  Fart_Handle CallWithNumbers(const char* name, const std::vector<std::size_t>& numbers) {
    std::vector<Fart_Handle> arguments;
    std::string text = std::string(" in ") + name;
    for (const std::size_t number : numbers) {
      arguments.push_back(Fart_NewInteger(static_cast<std::int64_t>(number)));
      text += ' ' + std::to_string(number);
    }
    const Fart_Handle answer = Call(name, arguments.data(), static_cast<int>(arguments.size()));
    if (!failure_.empty()) failure_ += text;
    return answer;
  }

  std::string Source() {
    std::string source = kPrelude;
    source += "var calls = [\n";
    const auto add = [&](const std::string& expression) {
      source += "  (r, a, b, c) => " + expression + ",\n";
      ++calls_;
    };
    for (const char* const each : kNames) {
      const std::string name = std::string("r.") + each;
      for (const char* const how : {"", "()", "(a)", "(a, b)", "(a, b, c)"}) add(name + how);
      add("(" + name + " = a)");
    }
    for (const char* const name : kOperators) add(std::string("r ") + name + " a");
    for (const char* const call : kStaticCalls) add(call);
    return source + "];\n";
  }

  Fart_Handle Call(const char* name, Fart_Handle* arguments, int count) {
    const Fart_Handle result =
        Fart_Invoke(Fart_RootLibrary(), Fart_NewStringFromCString(name), count, arguments);
    // Microtasks that the libraries were given run now, and may end with an exception.
    if (Fart_IsError(result) && !Fart_IsUnhandledExceptionError(result) && collections_left != 0) {
      failure_ = Fart_GetError(result);
    }
    return result;
  }

  std::size_t calls_ = 0;
  std::string failure_;
};

// Loading takes longer than a program: isolates are used again for some.
struct Kept {
  Fart_Isolate isolate = nullptr;
  Library* library = nullptr;
  int uses = 0;
};
Kept kept;
constexpr int kMostUses = 200;

void CountCollection() {
  if (collections_left > 0 && --collections_left == 0) {
    Fart_InterruptIsolate(kept.isolate, Fart_Interrupt_kRunning);
  }
}

std::string Enter() {
  if (kept.isolate != nullptr) {
    Fart_EnterIsolate(kept.isolate);
    return "";
  }
  char* error = nullptr;
  kept.isolate = Fart_CreateIsolate("library calls", "main", nullptr, nullptr, nullptr, &error);
  if (kept.isolate == nullptr) {
    const std::string text = error != nullptr ? error : "no isolate";
    std::free(error);
    return text;
  }
  kept.library = new Library();
  kept.uses = 0;
  Fart_EnterScope();
  Fart_SetGcCallbacks(CountCollection, CountCollection);
  Fart_ExitScope();
  return kept.library->Load();
}

std::string Leave() {
  kept.library->Verify();
  const std::string failure = kept.library->failure();
  if (failure.empty() && ++kept.uses < kMostUses) {
    Fart_ExitIsolate();
    return "";
  }
  Fart_ShutdownIsolate();
  delete kept.library;
  kept = Kept{};
  return failure;
}

constexpr std::size_t kMostElements = 5000;
constexpr std::size_t kMostSteps = 400;
// Under stress each allocation costs a collection: as much as some thousand steps.
constexpr std::size_t kMostElementsUnderStress = 50;
constexpr std::size_t kMostStepsUnderStress = 30;
constexpr std::size_t kStrideUnderStress = 4;

bool IsUnderStress() { return std::string_view(Fart_GetFlag("gc-stress")) != "0"; }

// So that what asks for too much is told so soon: under stress each few KiB more are a collection
// of all that there are.
void LimitHeap() { Fart_SetFlag(IsUnderStress() ? "--max-heap=4m" : "--max-heap=32m"); }

}  // namespace

std::string RunLibraryProgram(const std::uint8_t* bytes, std::size_t size, const char* gc_stress) {
  if (kept.isolate == nullptr) LimitHeap();
  const std::string problem = Enter();
  if (!problem.empty()) return problem;
  ByteProgram program(bytes, size);
  Library& library = *kept.library;
  library.Begin(gc_stress != nullptr ? kMostElementsUnderStress : kMostElements);
  std::size_t steps = gc_stress != nullptr ? kMostStepsUnderStress : kMostSteps;
  const std::string stress_before = std::string("--gc-stress=") + Fart_GetFlag("gc-stress");
  if (gc_stress != nullptr) Fart_SetFlag((std::string("--gc-stress=") + gc_stress).c_str());
  if (gc_stress != nullptr) collections_left = 2 * kMostCollections;  // told before and behind each
  while (steps-- > 0 && !program.AtEnd() && library.failure().empty() && collections_left != 0) {
    const std::size_t call = program.Below(library.calls());
    const std::size_t receiver = program.Below(256);
    const std::size_t a = program.Below(256);
    const std::size_t b = program.Below(256);
    library.Step(call, receiver, a, b, program.Below(256));
  }
  collections_left = -1;
  Fart_SetFlag(stress_before.c_str());
  return Leave();
}

std::string RunLibrarySweep(std::uint64_t seed, std::size_t stride, std::size_t tries) {
  if (kept.isolate == nullptr) LimitHeap();
  const std::string problem = Enter();
  if (!problem.empty()) return problem;
  Library& library = *kept.library;
  std::uint64_t state = seed | 1;
  const auto any = [&state] {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::size_t>(state >> 20);
  };
  const bool under_stress = IsUnderStress();
  if (under_stress) stride *= kStrideUnderStress;
  std::size_t joined = 0;
  for (std::size_t call = 0; call < library.calls() && library.failure().empty(); ++call) {
    // Receivers are changed by calls: each kind of call meets them as they were.
    const std::size_t values =
        library.Begin(under_stress ? kMostElementsUnderStress : kMostElements);
    for (std::size_t i = call % stride; i < values && library.failure().empty(); i += stride) {
      library.Sweep(call, i, any() % 0x7fffffff, tries);
    }
    joined += library.Joined();
  }
  const std::size_t calls = library.calls();
  const std::string failure = Leave();
  if (failure.empty() && joined < calls) return "nearly every call was refused";
  return failure;
}

}  // namespace fart::fuzz

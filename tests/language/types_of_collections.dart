// What a collection is said to be, its elements' types with it, however it was made; and what types of
// functions dart:async has, each of as many parameters as it says.
import "dart:async";
import "dart:collection";

main() {
  var ints = <int>[1];
  var all = [
    new ListQueue<int>(), new ListQueue<int>(9), new ListQueue<int>.from(ints), new ListQueue<int>.of(ints), new Queue<int>(),
    new Queue<int>.from(ints), new DoubleLinkedQueue<int>(), new DoubleLinkedQueue<int>.from(ints), new HashSet<int>(), new LinkedHashSet<int>(),
    new Set<int>(), new Set<int>.identity(), new SplayTreeSet<int>(), ints, new List<int>(1), new List<int>.from(ints), ints.toSet(),
    new UnmodifiableListView<int>(ints), new ListQueue<int>()..add(1)
  ];
  for (var each in all) {
    if (!"${each.runtimeType}".contains("<int>")) print(each.runtimeType);
    if (each is! Iterable<int> || each is Iterable<String>) print("${each.runtimeType} is not what it is");
  }
  var maps = [new HashMap<int, String>(), new LinkedHashMap<int, String>(), new Map<int, String>.identity(), <int, String>{}, new SplayTreeMap<int, String>(),
    new UnmodifiableMapView<int, String>({}), new MapView<int, String>({}), new HashMap<int, String>(equals: (a, b) => a == b, hashCode: (a) => 1)];
  for (var each in maps) {
    if (!"${each.runtimeType}".contains("<int, String>")) print(each.runtimeType);
    if (each is! Map<int, String> || each is Map<String, int>) print("${each.runtimeType} is not what it is");
  }
  print([new ListQueue<int>().runtimeType, new DoubleLinkedQueue<int>().runtimeType, new Queue().runtimeType]);
  // expect: [ListQueue<int>, DoubleLinkedQueue<int>, ListQueue]
  var functions = [() => 0, (a) => 0, (a, b) => 0, (a, b, c) => 0, (a, b, c, d) => 0, (a, b, c, d, e) => 0, (a, b, c, d, e, f) => 0];
  of(name, test) {
    var counts = [];
    for (var i = 0; i < functions.length; i++) {
      if (test(functions[i])) counts.add(i);
    }
    print("$name $counts");
  }

  of("HandleUncaughtErrorHandler", (f) => f is HandleUncaughtErrorHandler); // expect: HandleUncaughtErrorHandler [5]
  of("RunHandler", (f) => f is RunHandler); // expect: RunHandler [4]
  of("RunUnaryHandler", (f) => f is RunUnaryHandler); // expect: RunUnaryHandler [5]
  of("RunBinaryHandler", (f) => f is RunBinaryHandler); // expect: RunBinaryHandler [6]
  of("RegisterCallbackHandler", (f) => f is RegisterCallbackHandler); // expect: RegisterCallbackHandler [4]
  of("RegisterUnaryCallbackHandler", (f) => f is RegisterUnaryCallbackHandler); // expect: RegisterUnaryCallbackHandler [4]
  of("RegisterBinaryCallbackHandler", (f) => f is RegisterBinaryCallbackHandler); // expect: RegisterBinaryCallbackHandler [4]
  of("ErrorCallbackHandler", (f) => f is ErrorCallbackHandler); // expect: ErrorCallbackHandler [5]
  of("ScheduleMicrotaskHandler", (f) => f is ScheduleMicrotaskHandler); // expect: ScheduleMicrotaskHandler [4]
  of("CreateTimerHandler", (f) => f is CreateTimerHandler); // expect: CreateTimerHandler [5]
  of("CreatePeriodicTimerHandler", (f) => f is CreatePeriodicTimerHandler); // expect: CreatePeriodicTimerHandler [5]
  of("PrintHandler", (f) => f is PrintHandler); // expect: PrintHandler [4]
  of("ForkHandler", (f) => f is ForkHandler); // expect: ForkHandler [5]
  of("ZoneCallback", (f) => f is ZoneCallback); // expect: ZoneCallback [0]
  of("ZoneUnaryCallback", (f) => f is ZoneUnaryCallback); // expect: ZoneUnaryCallback [1]
  of("ZoneBinaryCallback", (f) => f is ZoneBinaryCallback); // expect: ZoneBinaryCallback [2]
  of("ControllerCallback", (f) => f is ControllerCallback); // expect: ControllerCallback [0]
  of("ControllerCancelCallback", (f) => f is ControllerCancelCallback); // expect: ControllerCancelCallback [0]
}

// Every member of a zone, in the root zone, in a zone that handles nothing, in one that handles
// everything and in one within that: what is answered, which handlers were asked, and in which zone.
// stress-interval: 29
import "dart:async";

final asked = [];

String nameOf(Zone zone) => zone["name"] == null ? "root" : zone["name"];

tried(f) {
  asked.clear();
  var answer;
  try {
    answer = "${f()}";
  } catch (error) {
    answer = "thrown $error".split("\n").first;
  }
  return asked.isEmpty ? answer : "$answer by ${asked.join(", ")}";
}

// Notes which handler is asked, for which zone, and leaves it to the zone around.
ZoneSpecification noting(String name) => new ZoneSpecification(
    handleUncaughtError: (self, parent, zone, error, stackTrace) {
      asked.add("$name handleUncaughtError $error for ${nameOf(zone)} in ${nameOf(Zone.current)}");
      return "handled";
    },
    run: <R>(self, parent, zone, f) {
      asked.add("$name run for ${nameOf(zone)}");
      return parent.run(zone, f);
    },
    runUnary: (self, parent, zone, f, x) {
      asked.add("$name runUnary $x for ${nameOf(zone)}");
      return parent.runUnary(zone, f, x);
    },
    runBinary: (self, parent, zone, f, x, y) {
      asked.add("$name runBinary $x $y for ${nameOf(zone)}");
      return parent.runBinary(zone, f, x, y);
    },
    registerCallback: (self, parent, zone, f) {
      asked.add("$name registerCallback for ${nameOf(zone)}");
      var inner = parent.registerCallback(zone, f);
      return () => "$name(${inner()})";
    },
    registerUnaryCallback: (self, parent, zone, f) {
      asked.add("$name registerUnaryCallback for ${nameOf(zone)}");
      var inner = parent.registerUnaryCallback(zone, f);
      return (x) => "$name(${inner(x)})";
    },
    registerBinaryCallback: (self, parent, zone, f) {
      asked.add("$name registerBinaryCallback for ${nameOf(zone)}");
      var inner = parent.registerBinaryCallback(zone, f);
      return (x, y) => "$name(${inner(x, y)})";
    },
    errorCallback: (self, parent, zone, error, stackTrace) {
      asked.add("$name errorCallback $error for ${nameOf(zone)}");
      var inner = parent.errorCallback(zone, error, stackTrace);
      return new AsyncError("$name(${inner == null ? error : inner.error})", stackTrace);
    },
    scheduleMicrotask: (self, parent, zone, f) {
      asked.add("$name scheduleMicrotask for ${nameOf(zone)}");
      parent.scheduleMicrotask(zone, f);
    },
    createTimer: (self, parent, zone, duration, f) {
      asked.add("$name createTimer $duration for ${nameOf(zone)}");
      return parent.createTimer(zone, duration, f);
    },
    createPeriodicTimer: (self, parent, zone, period, f) {
      asked.add("$name createPeriodicTimer $period for ${nameOf(zone)}");
      return parent.createPeriodicTimer(zone, period, f);
    },
    print: (self, parent, zone, line) {
      parent.print(zone, "$name print for ${nameOf(zone)}: $line");
    },
    fork: (self, parent, zone, specification, values) {
      asked.add("$name fork for ${nameOf(zone)}");
      return parent.fork(zone, specification, values);
    });

final members = {
  "run": (z) => z.run(() => nameOf(Zone.current)),
  "runUnary": (z) => z.runUnary((x) => [x, nameOf(Zone.current)], 1),
  "runBinary": (z) => z.runBinary((x, y) => [x, y, nameOf(Zone.current)], 1, 2),
  "run throws": (z) => z.run(() => throw "thrown"),
  "runUnary throws": (z) => z.runUnary((x) => throw x, 1),
  "runBinary throws": (z) => z.runBinary((x, y) => throw "$x$y", 1, 2),
  "runGuarded": (z) => z.runGuarded(() => nameOf(Zone.current)),
  "runUnaryGuarded": (z) => z.runUnaryGuarded((x) => [x, nameOf(Zone.current)], 1),
  "runBinaryGuarded": (z) => z.runBinaryGuarded((x, y) => [x, y, nameOf(Zone.current)], 1, 2),
  "registerCallback": (z) => z.registerCallback(() => nameOf(Zone.current))(),
  "registerUnaryCallback": (z) => z.registerUnaryCallback((x) => [x, nameOf(Zone.current)])(1),
  "registerBinaryCallback": (z) => z.registerBinaryCallback((x, y) => [x, y, nameOf(Zone.current)])(1, 2),
  "bindCallback": (z) => z.bindCallback(() => nameOf(Zone.current))(),
  "bindUnaryCallback": (z) => z.bindUnaryCallback((x) => [x, nameOf(Zone.current)])(1),
  "bindBinaryCallback": (z) => z.bindBinaryCallback((x, y) => [x, y, nameOf(Zone.current)])(1, 2),
  "bindCallback throws": (z) => z.bindCallback(() => throw "thrown")(),
  "bindUnaryCallback throws": (z) => z.bindUnaryCallback((x) => throw x)(1),
  "bindBinaryCallback throws": (z) => z.bindBinaryCallback((x, y) => throw "$x$y")(1, 2),
  "errorCallback": (z) {
    var answer = z.errorCallback("e", null);
    return answer == null ? null : answer.error;
  },
  "createTimer": (z) => (z.createTimer(new Duration(seconds: 9), () {})..cancel()).isActive,
  "createPeriodicTimer": (z) => (z.createPeriodicTimer(new Duration(seconds: 9), (timer) {})..cancel()).isActive,
  "print": (z) => z.print("line"),
  "fork": (z) => [z.fork().parent == z, z.fork()["name"], z.fork(zoneValues: {"name": "new"})["name"], z.fork(zoneValues: {"name": null})["name"]],
  "parent": (z) => z.parent == null ? null : nameOf(z.parent),
  "errorZone": (z) => [nameOf(z.errorZone), z.inSameErrorZone(Zone.ROOT), z.inSameErrorZone(z), z.inSameErrorZone(z.fork())],
  "[]": (z) => [z["name"], z["other"], z[null]],
  "runtimeType": (z) => z.runtimeType
};

// Errors that come to a zone that handles them.
final handled = {
  "handleUncaughtError": (z) => z.handleUncaughtError("e", null),
  "runGuarded": (z) => z.runGuarded(() => throw "thrown"),
  "runUnaryGuarded": (z) => z.runUnaryGuarded((x) => throw x, 1),
  "runBinaryGuarded": (z) => z.runBinaryGuarded((x, y) => throw "$x$y", 1, 2),
  "bindCallback": (z) => z.bindCallback(() => throw "thrown", runGuarded: true)(),
  "bindUnaryCallback": (z) => z.bindUnaryCallback((x) => throw x, runGuarded: true)(1),
  "bindBinaryCallback": (z) => z.bindBinaryCallback((x, y) => throw "$x$y", runGuarded: true)(1, 2),
  "bindCallbackGuarded": (z) => z.bindCallbackGuarded(() => throw "thrown")(),
  "bindUnaryCallbackGuarded": (z) => z.bindUnaryCallbackGuarded((x) => throw x)(1),
  "bindBinaryCallbackGuarded": (z) => z.bindBinaryCallbackGuarded((x, y) => throw "$x$y")(1, 2),
  "bindBinaryCallbackGuarded returns": (z) => z.bindBinaryCallbackGuarded((x, y) => x + y)(1, 2),
};

main() {
  var plain = Zone.current.fork(zoneValues: {"name": "plain"});
  var noted = plain.fork(specification: noting("N"), zoneValues: {"name": "noted"});
  var within = noted.fork(zoneValues: {"name": "within"});
  var both = within.fork(specification: noting("B"), zoneValues: {"name": "both"});
  for (var zone in [Zone.ROOT, plain, noted, within, both]) {
    print("-- ${nameOf(zone)}");
    members.forEach((name, member) => print("$name: ${tried(() => member(zone))}"));
    if (zone != Zone.ROOT && zone != plain) {
      handled.forEach((name, member) => print("handled $name: ${tried(() => member(zone))}"));
    }
    print("current ${nameOf(Zone.current)} ${Zone.root == Zone.ROOT}");
  }
  specifications();
  zoned();
  later(noted, both);
}

// Each handler can be replaced alone; the others stay.
specifications() {
  var from = noting("F");
  other(String name) => (self, parent, zone, [a, b, c]) => asked.add("other $name");
  var replaced = {
    "run": new ZoneSpecification.from(from, run: other("run")),
    "runUnary": new ZoneSpecification.from(from, runUnary: other("runUnary")),
    "runBinary": new ZoneSpecification.from(from, runBinary: other("runBinary")),
    "handleUncaughtError": new ZoneSpecification.from(from, handleUncaughtError: other("handleUncaughtError")),
    "registerCallback": new ZoneSpecification.from(from, registerCallback: other("registerCallback")),
    "registerUnaryCallback": new ZoneSpecification.from(from, registerUnaryCallback: other("registerUnaryCallback")),
    "registerBinaryCallback": new ZoneSpecification.from(from, registerBinaryCallback: other("registerBinaryCallback")),
    "errorCallback": new ZoneSpecification.from(from, errorCallback: other("errorCallback")),
    "scheduleMicrotask": new ZoneSpecification.from(from, scheduleMicrotask: other("scheduleMicrotask")),
    "createTimer": new ZoneSpecification.from(from, createTimer: other("createTimer")),
    "createPeriodicTimer": new ZoneSpecification.from(from, createPeriodicTimer: other("createPeriodicTimer")),
    "print": new ZoneSpecification.from(from, print: other("print")),
    "fork": new ZoneSpecification.from(from, fork: other("fork")),
    "nothing": new ZoneSpecification.from(from)
  };
  replaced.forEach((name, specification) {
    handlers(s) => [s.handleUncaughtError, s.run, s.runUnary, s.runBinary, s.registerCallback, s.registerUnaryCallback, s.registerBinaryCallback,
        s.errorCallback, s.scheduleMicrotask, s.createTimer, s.createPeriodicTimer, s.print, s.fork];
    var before = handlers(from), now = handlers(specification), changed = [];
    for (var i = 0; i < before.length; i++) {
      if (!identical(before[i], now[i])) {
        asked.clear();
        now[i](null, null, null);
        changed.add("$i ${asked.single}");
      }
    }
    print("$name: $changed");
  });
}

zoned() {
  print(tried(() => runZoned(() => [Zone.current["a"], Zone.current.parent == Zone.ROOT], zoneValues: {"a": 1})));
  print(tried(() => runZoned(() => throw "thrown", onError: (error) => asked.add("told $error"))));
  print(tried(() => runZoned(() => throw "thrown", onError: (error, stackTrace) => asked.add("told $error ${stackTrace is StackTrace}"))));
  print(tried(() => runZonedGuarded(() => throw "thrown", (error, stackTrace) => asked.add("told $error ${stackTrace is StackTrace}"))));
  print(tried(() => runZonedGuarded(() => Zone.current["a"], (error, stackTrace) => asked.add("told"), zoneValues: {"a": 1})));
  print(tried(() => runZonedGuarded(() => Zone.current.print("line"), (error, stackTrace) => 0,
      zoneSpecification: new ZoneSpecification(print: (self, parent, zone, line) => asked.add("print $line")))));
  print(tried(() => runZoned(() => throw "thrown", onError: (error) => 0,
      zoneSpecification: new ZoneSpecification(handleUncaughtError: (self, parent, zone, error, stackTrace) => asked.add("never told")))));
  print(tried(() => runZoned(() => runZoned(() => throw "inner", onError: (error) => throw "of the handler"), onError: (error) => asked.add("outer told $error"))));
  print(tried(() => runZoned(() => runZoned(() => throw "inner", onError: (error) => throw error), onError: (error) => asked.add("outer told $error"))));
}

// What is called later is called in the zone that it was given in.
later(Zone noted, Zone both) {
  asked.clear();
  for (var zone in [noted, both]) {
    zone.scheduleMicrotask(() => print("microtask in ${nameOf(Zone.current)}"));
    zone.scheduleMicrotask(() => throw "of a microtask");
    zone.run(() => scheduleMicrotask(() => print("microtask of the current zone, ${nameOf(Zone.current)}")));
    zone.createTimer(Duration.ZERO, () => print("timer in ${nameOf(Zone.current)}"));
    zone.createTimer(Duration.ZERO, () => throw "of a timer");
    zone.createPeriodicTimer(const Duration(milliseconds: 20), (timer) {
      print("periodic timer in ${nameOf(Zone.current)}");
      timer.cancel();
      throw "of a periodic timer";
    });
    zone.run(() => new Timer(Duration.ZERO, () => print("timer of the current zone, ${nameOf(Zone.current)}")));
    zone.run(() => Timer.run(() => print("run in ${nameOf(Zone.current)}")));
  }
  new Timer(new Duration(milliseconds: 60), () {
    asked.forEach(print);
    print(nameOf(Zone.current));
  });
}

// expect: -- root
// expect: run: root
// expect: runUnary: [1, root]
// expect: runBinary: [1, 2, root]
// expect: run throws: thrown thrown
// expect: runUnary throws: thrown 1
// expect: runBinary throws: thrown 12
// expect: runGuarded: root
// expect: runUnaryGuarded: [1, root]
// expect: runBinaryGuarded: [1, 2, root]
// expect: registerCallback: root
// expect: registerUnaryCallback: [1, root]
// expect: registerBinaryCallback: [1, 2, root]
// expect: bindCallback: root
// expect: bindUnaryCallback: [1, root]
// expect: bindBinaryCallback: [1, 2, root]
// expect: bindCallback throws: thrown thrown
// expect: bindUnaryCallback throws: thrown 1
// expect: bindBinaryCallback throws: thrown 12
// expect: errorCallback: null
// expect: createTimer: false
// expect: createPeriodicTimer: false
// expect: line
// expect: print: null
// expect: fork: [true, null, new, null]
// expect: parent: null
// expect: errorZone: [root, true, true, true]
// expect: []: [null, null, null]
// expect: runtimeType: Zone
// expect: current root true
// expect: -- plain
// expect: run: plain
// expect: runUnary: [1, plain]
// expect: runBinary: [1, 2, plain]
// expect: run throws: thrown thrown
// expect: runUnary throws: thrown 1
// expect: runBinary throws: thrown 12
// expect: runGuarded: plain
// expect: runUnaryGuarded: [1, plain]
// expect: runBinaryGuarded: [1, 2, plain]
// expect: registerCallback: root
// expect: registerUnaryCallback: [1, root]
// expect: registerBinaryCallback: [1, 2, root]
// expect: bindCallback: plain
// expect: bindUnaryCallback: [1, plain]
// expect: bindBinaryCallback: [1, 2, plain]
// expect: bindCallback throws: thrown thrown
// expect: bindUnaryCallback throws: thrown 1
// expect: bindBinaryCallback throws: thrown 12
// expect: errorCallback: null
// expect: createTimer: false
// expect: createPeriodicTimer: false
// expect: line
// expect: print: null
// expect: fork: [true, plain, new, null]
// expect: parent: root
// expect: errorZone: [root, true, true, true]
// expect: []: [plain, null, null]
// expect: runtimeType: Zone
// expect: current root true
// expect: -- noted
// expect: run: noted by N run for noted
// expect: runUnary: [1, noted] by N runUnary 1 for noted
// expect: runBinary: [1, 2, noted] by N runBinary 1 2 for noted
// expect: run throws: thrown thrown by N run for noted
// expect: runUnary throws: thrown 1 by N runUnary 1 for noted
// expect: runBinary throws: thrown 12 by N runBinary 1 2 for noted
// expect: runGuarded: noted by N run for noted
// expect: runUnaryGuarded: [1, noted] by N runUnary 1 for noted
// expect: runBinaryGuarded: [1, 2, noted] by N runBinary 1 2 for noted
// expect: registerCallback: N(root) by N registerCallback for noted
// expect: registerUnaryCallback: N([1, root]) by N registerUnaryCallback for noted
// expect: registerBinaryCallback: N([1, 2, root]) by N registerBinaryCallback for noted
// expect: bindCallback: N(noted) by N registerCallback for noted, N run for noted
// expect: bindUnaryCallback: N([1, noted]) by N registerUnaryCallback for noted, N runUnary 1 for noted
// expect: bindBinaryCallback: N([1, 2, noted]) by N registerBinaryCallback for noted, N runBinary 1 2 for noted
// expect: bindCallback throws: thrown thrown by N registerCallback for noted, N run for noted
// expect: bindUnaryCallback throws: thrown 1 by N registerUnaryCallback for noted, N runUnary 1 for noted
// expect: bindBinaryCallback throws: thrown 12 by N registerBinaryCallback for noted, N runBinary 1 2 for noted
// expect: errorCallback: N(e) by N errorCallback e for noted
// expect: createTimer: false by N createTimer 0:00:09.000000 for noted
// expect: createPeriodicTimer: false by N createPeriodicTimer 0:00:09.000000 for noted
// expect: N print for noted: line
// expect: print: null
// expect: fork: [true, noted, new, null] by N fork for noted, N fork for noted, N fork for noted, N fork for noted
// expect: parent: plain
// expect: errorZone: [noted, false, true, true] by N fork for noted
// expect: []: [noted, null, null]
// expect: runtimeType: Zone
// expect: handled handleUncaughtError: handled by N handleUncaughtError e for noted in plain
// expect: handled runGuarded: handled by N run for noted, N handleUncaughtError thrown for noted in plain
// expect: handled runUnaryGuarded: handled by N runUnary 1 for noted, N handleUncaughtError 1 for noted in plain
// expect: handled runBinaryGuarded: handled by N runBinary 1 2 for noted, N handleUncaughtError 12 for noted in plain
// expect: handled bindCallback: handled by N registerCallback for noted, N run for noted, N handleUncaughtError thrown for noted in plain
// expect: handled bindUnaryCallback: handled by N registerUnaryCallback for noted, N runUnary 1 for noted, N handleUncaughtError 1 for noted in plain
// expect: handled bindBinaryCallback: handled by N registerBinaryCallback for noted, N runBinary 1 2 for noted, N handleUncaughtError 12 for noted in plain
// expect: handled bindCallbackGuarded: handled by N registerCallback for noted, N run for noted, N handleUncaughtError thrown for noted in plain
// expect: handled bindUnaryCallbackGuarded: handled by N registerUnaryCallback for noted, N runUnary 1 for noted, N handleUncaughtError 1 for noted in plain
// expect: handled bindBinaryCallbackGuarded: handled by N registerBinaryCallback for noted, N runBinary 1 2 for noted, N handleUncaughtError 12 for noted in plain
// expect: handled bindBinaryCallbackGuarded returns: N(3) by N registerBinaryCallback for noted, N runBinary 1 2 for noted
// expect: current root true
// expect: -- within
// expect: run: within by N run for within
// expect: runUnary: [1, within] by N runUnary 1 for within
// expect: runBinary: [1, 2, within] by N runBinary 1 2 for within
// expect: run throws: thrown thrown by N run for within
// expect: runUnary throws: thrown 1 by N runUnary 1 for within
// expect: runBinary throws: thrown 12 by N runBinary 1 2 for within
// expect: runGuarded: within by N run for within
// expect: runUnaryGuarded: [1, within] by N runUnary 1 for within
// expect: runBinaryGuarded: [1, 2, within] by N runBinary 1 2 for within
// expect: registerCallback: N(root) by N registerCallback for within
// expect: registerUnaryCallback: N([1, root]) by N registerUnaryCallback for within
// expect: registerBinaryCallback: N([1, 2, root]) by N registerBinaryCallback for within
// expect: bindCallback: N(within) by N registerCallback for within, N run for within
// expect: bindUnaryCallback: N([1, within]) by N registerUnaryCallback for within, N runUnary 1 for within
// expect: bindBinaryCallback: N([1, 2, within]) by N registerBinaryCallback for within, N runBinary 1 2 for within
// expect: bindCallback throws: thrown thrown by N registerCallback for within, N run for within
// expect: bindUnaryCallback throws: thrown 1 by N registerUnaryCallback for within, N runUnary 1 for within
// expect: bindBinaryCallback throws: thrown 12 by N registerBinaryCallback for within, N runBinary 1 2 for within
// expect: errorCallback: N(e) by N errorCallback e for within
// expect: createTimer: false by N createTimer 0:00:09.000000 for within
// expect: createPeriodicTimer: false by N createPeriodicTimer 0:00:09.000000 for within
// expect: N print for within: line
// expect: print: null
// expect: fork: [true, within, new, null] by N fork for within, N fork for within, N fork for within, N fork for within
// expect: parent: noted
// expect: errorZone: [noted, false, true, true] by N fork for within
// expect: []: [within, null, null]
// expect: runtimeType: Zone
// expect: handled handleUncaughtError: handled by N handleUncaughtError e for within in plain
// expect: handled runGuarded: handled by N run for within, N handleUncaughtError thrown for within in plain
// expect: handled runUnaryGuarded: handled by N runUnary 1 for within, N handleUncaughtError 1 for within in plain
// expect: handled runBinaryGuarded: handled by N runBinary 1 2 for within, N handleUncaughtError 12 for within in plain
// expect: handled bindCallback: handled by N registerCallback for within, N run for within, N handleUncaughtError thrown for within in plain
// expect: handled bindUnaryCallback: handled by N registerUnaryCallback for within, N runUnary 1 for within, N handleUncaughtError 1 for within in plain
// expect: handled bindBinaryCallback: handled by N registerBinaryCallback for within, N runBinary 1 2 for within, N handleUncaughtError 12 for within in plain
// expect: handled bindCallbackGuarded: handled by N registerCallback for within, N run for within, N handleUncaughtError thrown for within in plain
// expect: handled bindUnaryCallbackGuarded: handled by N registerUnaryCallback for within, N runUnary 1 for within, N handleUncaughtError 1 for within in plain
// expect: handled bindBinaryCallbackGuarded: handled by N registerBinaryCallback for within, N runBinary 1 2 for within, N handleUncaughtError 12 for within in plain
// expect: handled bindBinaryCallbackGuarded returns: N(3) by N registerBinaryCallback for within, N runBinary 1 2 for within
// expect: current root true
// expect: -- both
// expect: run: both by B run for both, N run for both
// expect: runUnary: [1, both] by B runUnary 1 for both, N runUnary 1 for both
// expect: runBinary: [1, 2, both] by B runBinary 1 2 for both, N runBinary 1 2 for both
// expect: run throws: thrown thrown by B run for both, N run for both
// expect: runUnary throws: thrown 1 by B runUnary 1 for both, N runUnary 1 for both
// expect: runBinary throws: thrown 12 by B runBinary 1 2 for both, N runBinary 1 2 for both
// expect: runGuarded: both by B run for both, N run for both
// expect: runUnaryGuarded: [1, both] by B runUnary 1 for both, N runUnary 1 for both
// expect: runBinaryGuarded: [1, 2, both] by B runBinary 1 2 for both, N runBinary 1 2 for both
// expect: registerCallback: B(N(root)) by B registerCallback for both, N registerCallback for both
// expect: registerUnaryCallback: B(N([1, root])) by B registerUnaryCallback for both, N registerUnaryCallback for both
// expect: registerBinaryCallback: B(N([1, 2, root])) by B registerBinaryCallback for both, N registerBinaryCallback for both
// expect: bindCallback: B(N(both)) by B registerCallback for both, N registerCallback for both, B run for both, N run for both
// expect: bindUnaryCallback: B(N([1, both])) by B registerUnaryCallback for both, N registerUnaryCallback for both, B runUnary 1 for both, N runUnary 1 for both
// expect: bindBinaryCallback: B(N([1, 2, both])) by B registerBinaryCallback for both, N registerBinaryCallback for both, B runBinary 1 2 for both, N runBinary 1 2 for both
// expect: bindCallback throws: thrown thrown by B registerCallback for both, N registerCallback for both, B run for both, N run for both
// expect: bindUnaryCallback throws: thrown 1 by B registerUnaryCallback for both, N registerUnaryCallback for both, B runUnary 1 for both, N runUnary 1 for both
// expect: bindBinaryCallback throws: thrown 12 by B registerBinaryCallback for both, N registerBinaryCallback for both, B runBinary 1 2 for both, N runBinary 1 2 for both
// expect: errorCallback: B(N(e)) by B errorCallback e for both, N errorCallback e for both
// expect: createTimer: false by B createTimer 0:00:09.000000 for both, N createTimer 0:00:09.000000 for both
// expect: createPeriodicTimer: false by B createPeriodicTimer 0:00:09.000000 for both, N createPeriodicTimer 0:00:09.000000 for both
// expect: N print for both: B print for both: line
// expect: print: null
// expect: fork: [true, both, new, null] by B fork for both, N fork for both, B fork for both, N fork for both, B fork for both, N fork for both, B fork for both, N fork for both
// expect: parent: within
// expect: errorZone: [both, false, true, true] by B fork for both, N fork for both
// expect: []: [both, null, null]
// expect: runtimeType: Zone
// expect: handled handleUncaughtError: handled by B handleUncaughtError e for both in within
// expect: handled runGuarded: handled by B run for both, N run for both, B handleUncaughtError thrown for both in within
// expect: handled runUnaryGuarded: handled by B runUnary 1 for both, N runUnary 1 for both, B handleUncaughtError 1 for both in within
// expect: handled runBinaryGuarded: handled by B runBinary 1 2 for both, N runBinary 1 2 for both, B handleUncaughtError 12 for both in within
// expect: handled bindCallback: handled by B registerCallback for both, N registerCallback for both, B run for both, N run for both, B handleUncaughtError thrown for both in within
// expect: handled bindUnaryCallback: handled by B registerUnaryCallback for both, N registerUnaryCallback for both, B runUnary 1 for both, N runUnary 1 for both, B handleUncaughtError 1 for both in within
// expect: handled bindBinaryCallback: handled by B registerBinaryCallback for both, N registerBinaryCallback for both, B runBinary 1 2 for both, N runBinary 1 2 for both, B handleUncaughtError 12 for both in within
// expect: handled bindCallbackGuarded: handled by B registerCallback for both, N registerCallback for both, B run for both, N run for both, B handleUncaughtError thrown for both in within
// expect: handled bindUnaryCallbackGuarded: handled by B registerUnaryCallback for both, N registerUnaryCallback for both, B runUnary 1 for both, N runUnary 1 for both, B handleUncaughtError 1 for both in within
// expect: handled bindBinaryCallbackGuarded: handled by B registerBinaryCallback for both, N registerBinaryCallback for both, B runBinary 1 2 for both, N runBinary 1 2 for both, B handleUncaughtError 12 for both in within
// expect: handled bindBinaryCallbackGuarded returns: B(N(3)) by B registerBinaryCallback for both, N registerBinaryCallback for both, B runBinary 1 2 for both, N runBinary 1 2 for both
// expect: current root true
// expect: run: [1 other run]
// expect: runUnary: [2 other runUnary]
// expect: runBinary: [3 other runBinary]
// expect: handleUncaughtError: [0 other handleUncaughtError]
// expect: registerCallback: [4 other registerCallback]
// expect: registerUnaryCallback: [5 other registerUnaryCallback]
// expect: registerBinaryCallback: [6 other registerBinaryCallback]
// expect: errorCallback: [7 other errorCallback]
// expect: scheduleMicrotask: [8 other scheduleMicrotask]
// expect: createTimer: [9 other createTimer]
// expect: createPeriodicTimer: [10 other createPeriodicTimer]
// expect: print: [11 other print]
// expect: fork: [12 other fork]
// expect: nothing: []
// expect: [1, true]
// expect: null by told thrown
// expect: null by told thrown true
// expect: null by told thrown true
// expect: 1
// expect: null by print line
// expect: 0
// expect: null by outer told of the handler
// expect: null by outer told inner
// expect: N print for noted: microtask in noted
// expect: N print for noted: microtask of the current zone, noted
// expect: N print for both: B print for both: microtask in both
// expect: N print for both: B print for both: microtask of the current zone, both
// expect: N print for noted: timer in noted
// expect: N print for noted: timer of the current zone, noted
// expect: N print for noted: run in noted
// expect: N print for both: B print for both: timer in both
// expect: N print for both: B print for both: timer of the current zone, both
// expect: N print for both: B print for both: run in both
// expect: N print for noted: periodic timer in noted
// expect: N print for both: B print for both: periodic timer in both
// expect: N scheduleMicrotask for noted
// expect: N scheduleMicrotask for noted
// expect: N run for noted
// expect: N registerCallback for noted
// expect: N scheduleMicrotask for noted
// expect: N createTimer 0:00:00.000000 for noted
// expect: N createTimer 0:00:00.000000 for noted
// expect: N createPeriodicTimer 0:00:00.020000 for noted
// expect: N run for noted
// expect: N registerCallback for noted
// expect: N createTimer 0:00:00.000000 for noted
// expect: N run for noted
// expect: N registerCallback for noted
// expect: N createTimer 0:00:00.000000 for noted
// expect: B scheduleMicrotask for both
// expect: N scheduleMicrotask for both
// expect: B scheduleMicrotask for both
// expect: N scheduleMicrotask for both
// expect: B run for both
// expect: N run for both
// expect: B registerCallback for both
// expect: N registerCallback for both
// expect: B scheduleMicrotask for both
// expect: N scheduleMicrotask for both
// expect: B createTimer 0:00:00.000000 for both
// expect: N createTimer 0:00:00.000000 for both
// expect: B createTimer 0:00:00.000000 for both
// expect: N createTimer 0:00:00.000000 for both
// expect: B createPeriodicTimer 0:00:00.020000 for both
// expect: N createPeriodicTimer 0:00:00.020000 for both
// expect: B run for both
// expect: N run for both
// expect: B registerCallback for both
// expect: N registerCallback for both
// expect: B createTimer 0:00:00.000000 for both
// expect: N createTimer 0:00:00.000000 for both
// expect: B run for both
// expect: N run for both
// expect: B registerCallback for both
// expect: N registerCallback for both
// expect: B createTimer 0:00:00.000000 for both
// expect: N createTimer 0:00:00.000000 for both
// expect: N run for noted
// expect: N run for noted
// expect: N handleUncaughtError of a microtask for noted in plain
// expect: N run for noted
// expect: B run for both
// expect: N run for both
// expect: B run for both
// expect: N run for both
// expect: B handleUncaughtError of a microtask for both in within
// expect: B run for both
// expect: N run for both
// expect: N run for noted
// expect: N run for noted
// expect: N handleUncaughtError of a timer for noted in plain
// expect: N run for noted
// expect: N run for noted
// expect: B run for both
// expect: N run for both
// expect: B run for both
// expect: N run for both
// expect: B handleUncaughtError of a timer for both in within
// expect: B run for both
// expect: N run for both
// expect: B run for both
// expect: N run for both
// expect: N runUnary Instance of '_Timer' for noted
// expect: N handleUncaughtError of a periodic timer for noted in plain
// expect: B runUnary Instance of '_Timer' for both
// expect: N runUnary Instance of '_Timer' for both
// expect: B handleUncaughtError of a periodic timer for both in within
// expect: root

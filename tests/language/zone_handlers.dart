// Each handler of a zone is given its own zone, what does it outside, and the zone that was asked, which
// may be one inside; and whatever calls back later has been registered, once, by its kind.
import 'dart:async';

var log = [];
var outer, inner;

name(zone) => zone == outer ? "outer" : zone == inner ? "inner" : zone == Zone.root ? "root" : "$zone";

note(what, self, parent, zone) => log.add("$what ${name(self)} ${name(zone)} ${parent is ZoneDelegate}");

all() => new ZoneSpecification(
    handleUncaughtError: (self, parent, zone, error, trace) => note("error $error", self, parent, zone),
    run: (self, parent, zone, f) {
      note("run", self, parent, zone);
      return parent.run(zone, f);
    },
    runUnary: (self, parent, zone, f, a) {
      note("run1", self, parent, zone);
      return parent.runUnary(zone, f, a);
    },
    runBinary: (self, parent, zone, f, a, b) {
      note("run2", self, parent, zone);
      return parent.runBinary(zone, f, a, b);
    },
    registerCallback: (self, parent, zone, f) {
      note("register", self, parent, zone);
      return parent.registerCallback(zone, f);
    },
    registerUnaryCallback: (self, parent, zone, f) {
      note("register1", self, parent, zone);
      return parent.registerUnaryCallback(zone, f);
    },
    registerBinaryCallback: (self, parent, zone, f) {
      note("register2", self, parent, zone);
      return parent.registerBinaryCallback(zone, f);
    },
    errorCallback: (self, parent, zone, error, trace) {
      note("replace $error", self, parent, zone);
      return parent.errorCallback(zone, error, trace);
    },
    scheduleMicrotask: (self, parent, zone, f) {
      note("microtask", self, parent, zone);
      parent.scheduleMicrotask(zone, f);
    },
    createTimer: (self, parent, zone, duration, f) {
      note("timer $duration", self, parent, zone);
      return parent.createTimer(zone, duration, f);
    },
    createPeriodicTimer: (self, parent, zone, period, f) {
      note("periodic $period", self, parent, zone);
      return parent.createPeriodicTimer(zone, period, f);
    },
    print: (self, parent, zone, line) {
      note("print $line", self, parent, zone);
      parent.print(zone, "$line!");
    },
    fork: (self, parent, zone, specification, values) {
      note("fork $values", self, parent, zone);
      return parent.fork(zone, specification, values);
    });

show(what) {
  print("$what: ${log.join("; ")}");
  log.clear();
}

main() async {
  outer = Zone.root.fork(specification: all());
  inner = outer.fork(zoneValues: {1: 2});
  show("fork"); // expect: fork: fork {1: 2} outer outer true
  inner.run(() => inner == Zone.current ? 1 : log.add("where?"));
  inner.runUnary((a) => inner == Zone.current ? a : log.add("where?"), 1);
  inner.runBinary((a, b) => inner == Zone.current ? b : log.add("where?"), 1, 2);
  show("run"); // expect: run: run outer inner true; run1 outer inner true; run2 outer inner true
  inner.registerCallback(() => 0);
  inner.registerUnaryCallback((a) => 0);
  inner.registerBinaryCallback((a, b) => 0);
  show("register"); // expect: register: register outer inner true; register1 outer inner true; register2 outer inner true
  var replaced = inner.errorCallback("e", null);
  show("replace $replaced ${Zone.root.errorCallback("e", null)}"); // expect: replace null null: replace e outer inner true
  inner.scheduleMicrotask(() => 0);
  inner.createTimer(new Duration(milliseconds: 1), () => 0).cancel();
  inner.createPeriodicTimer(new Duration(milliseconds: 2), (timer) => 0).cancel();
  inner.print("line"); // expect: line!
  inner.handleUncaughtError("x", null);
  show("do"); // expect: do: microtask outer inner true; timer 0:00:00.001000 outer inner true; periodic 0:00:00.002000 outer inner true; print line outer inner true; error x outer inner true

  // By what is used every day.
  inner.run(() {
    log.clear();
    new Timer(Duration.ZERO, () => 0).cancel();
    new Timer.periodic(Duration.ZERO, (timer) => 0).cancel();
  });
  show("timers"); // expect: timers: register outer inner true; timer 0:00:00.000000 outer inner true; register1 outer inner true; periodic 0:00:00.000000 outer inner true
  inner.run(() {
    log.clear();
    scheduleMicrotask(() => 0);
  });
  show("microtask"); // expect: microtask: register outer inner true; microtask outer inner true
  var turns = new Completer();
  inner.run(() {
    new Timer.periodic(new Duration(milliseconds: 1), (timer) {
      log.add("${name(Zone.current)} ${timer.tick}");
      timer.cancel();
      turns.complete();
    });
    log.clear();
  });
  await turns.future;
  print([log.contains("run1 outer inner true"), log.contains("inner 1")]); // expect: [true, true]
}

// What futures, timers, streams and ports answer, in which order, when they come to a value, to an
// error, to nothing, and when they are asked too late.
// stress-interval: 29
import 'dart:async';
import 'dart:isolate';

var log = [];
note(x) => log.add(x);

class Foreign implements Future {
  final value, fails;
  Foreign(this.value, [this.fails = false]);
  then(onValue, {onError}) {
    scheduleMicrotask(() => fails ? onError(value, null) : onValue(value));
  }
  noSuchMethod(i) => null;
}

thrown(f) {
  try {
    return f();
  } catch (error) {
    return "$error".split("\n").first;
  }
}

after(f) => new Future.delayed(Duration.ZERO, f);

main() {
  var done = new Future.value(1);
  var failed = () => new Future.error("bad");
  var steps = {
    "value": () => done,
    "value of none": () => new Future.value(),
    "value of a future": () => new Future.value(new Future.value(2)),
    "value of an error": () => new Future.value(failed()),
    "error": () => failed(),
    "error of null": () => new Future.error(null),
    "new": () => new Future(() => 3),
    "new throws": () => new Future(() => throw "x"),
    "new of future": () => new Future(() => new Future.value(4)),
    "delayed": () => new Future.delayed(Duration.ZERO),
    "delayed value": () => new Future.delayed(new Duration(milliseconds: 1), () => 5),
    "microtask": () => new Future.microtask(() => 6),
    "sync": () => new Future.sync(() => 7),
    "sync of future": () => new Future.sync(() => new Future.value(8)),
    "sync throws": () => new Future.sync(() => throw "y"),
    "foreign": () => new Future.value(new Foreign(9)),
    "foreign error": () => new Future.value(new Foreign("e", true)),
    "then": () => done.then((x) => x + 1),
    "then future": () => done.then((x) => new Future.value(x + 2)),
    "then throws": () => done.then((x) => throw "z"),
    "then skips": () => failed().then((x) => "no"),
    "then onError": () => failed().then((x) => "no", onError: (e) => "onError $e"),
    "then onError trace": () => failed().then((x) => "no", onError: (e, t) => "onError $e ${t == null}"),
    "then not its own": () => done.then((x) => throw "own", onError: (e) => "no"),
    "catch": () => failed().catchError((e) => "caught $e"),
    "catch of value": () => done.catchError((e) => "no"),
    "catch test": () => failed().catchError((e) => "caught", test: (e) => e == "bad"),
    "catch other": () => failed().catchError((e) => "no", test: (e) => false),
    "catch again": () => failed().catchError((e) => throw e),
    "catch other error": () => failed().catchError((e) => throw "other"),
    "complete": () => done.whenComplete(() => "ignored"),
    "complete error": () => failed().whenComplete(() => "ignored"),
    "complete throws": () => done.whenComplete(() => throw "c"),
    "complete waits": () => done.whenComplete(() => after(() => note("waited"))),
    "complete fails": () => done.whenComplete(() => new Future.error("late")),
    "wait": () => Future.wait([done, after(() => 2), new Future.value(3)]),
    "wait none": () => Future.wait([]),
    "wait error": () => Future.wait([after(() => throw "first"), done, failed()], cleanUp: (x) => note("clean $x")),
    "wait eager": () => Future.wait([after(() => note("still")), failed()], eagerError: true),
    "wait clean later": () => Future.wait([after(() => 1), failed()], cleanUp: (x) => note("clean $x")),
    "wait clean no null": () => Future.wait([new Future.value(), failed(), after(() => null)], cleanUp: (x) => note("clean $x")),
    "any": () => Future.any([after(() => 1), new Future.value(2)]),
    "any error": () => Future.any([after(() => 1), failed()]),
    "forEach": () => Future.forEach([1, 2], (x) => after(() => note(x))),
    "forEach none": () => Future.forEach([], (x) => note(x)),
    "forEach throws": () => Future.forEach([1, 2], (x) => throw "at $x"),
    "doWhile": () {
      var n = 0;
      return Future.doWhile(() {
        note(n);
        return n++ < 1 ? new Future.value(true) : false;
      });
    },
    "doWhile throws": () => Future.doWhile(() => throw "d"),
    "timeout in time": () => after(() => 1).timeout(new Duration(seconds: 2)),
    "timeout error": () => failed().timeout(new Duration(seconds: 2)),
    "timeout": () => new Completer().future.timeout(new Duration(milliseconds: 1)),
    "timeout value": () => new Completer().future.timeout(Duration.ZERO, onTimeout: () => "instead"),
    "timeout late": () {
      var late = new Future.delayed(new Duration(milliseconds: 50), () => note("late"));
      return late.timeout(Duration.ZERO, onTimeout: () => "on time").then((x) => late.then((_) => x));
    },
    "completer": () => (new Completer()..complete(5)).future,
    "completer of none": () => (new Completer()..complete()).future,
    "completer error": () => (new Completer()..completeError("ce")).future,
    "completer of future": () => (new Completer()..complete(new Future.value(6))).future,
    "itself": () {
      var c = new Completer();
      c.complete(c.future.then((x) => x));
      return "started";
    },
    "twice": () => [
      thrown(() => new Completer()..complete(1)..complete(2)),
      thrown(() => new Completer()..future.catchError(note)..completeError(1)..complete(2)),
      thrown(() => new Completer.sync()..complete(1)..completeError(2)),
    ],
    "isCompleted": () {
      var c = new Completer(), before = c.isCompleted;
      c.complete(1);
      return "$before ${c.isCompleted}";
    },
    "nulls": () => [thrown(() => done.then(null)), thrown(() => done.catchError(null)), thrown(() => done.whenComplete(null)), thrown(() => scheduleMicrotask(null))],
    "order": () {
      new Future(() => note("event")).then((_) => note("after event"));
      scheduleMicrotask(() => note("micro 1"));
      new Future.sync(() => note("sync")).then((_) => note("after sync"));
      done.then((_) => note("then"))..then((_) => note("then then"))..then((_) => note("second"));
      scheduleMicrotask(() => note("micro 2"));
      var c = new Completer.sync();
      c.future.then((_) => note("sync listener"));
      c.complete();
      note("end");
      return new Future.delayed(new Duration(milliseconds: 30));
    },
    "listeners": () {
      var c = new Completer();
      for (var i = 0; i < 3; i++) c.future.then((x) => note("$x$i"));
      c.complete("l");
      return c.future.then((_) => c.future.then((_) => "again"));
    },
    "timer": () {
      var c = new Completer(), timer, count = 0;
      timer = new Timer.periodic(new Duration(milliseconds: 30), (t) {
        note("tick ${identical(t, timer)} ${t.isActive}");
        if (++count == 2) {
          t..cancel()..cancel();
          c.complete("ticked ${t.isActive}");
        }
      });
      return c.future;
    },
    "timers": () {
      var never = new Timer(Duration.ZERO, () => note("never"))..cancel();
      var once = new Timer(new Duration(microseconds: -5), () => note("once"));
      Timer.run(() => note("run ${once.isActive} ${never.isActive}"));
      return new Future.delayed(new Duration(milliseconds: 50), () => once.isActive);
    },
    "timers in order": () {
      for (var ms in [160, 80, 0]) new Timer(new Duration(milliseconds: ms), () => note(ms));
      return new Future.delayed(new Duration(milliseconds: 200));
    },
    "stream": () {
      var s = new StreamController(onCancel: () => note("cancelled"));
      s..add(1)..addError("se")..add(2);
      note([s.hasListener, s.isPaused, s.isClosed]);
      var sub = s.stream.listen(note, onError: (e) => note("error $e"), onDone: () => note("done"));
      note([s.hasListener, s.isPaused, thrown(() => s.stream.listen(note))]);
      sub..pause()..pause()..resume();
      note(sub.isPaused);
      s.add(3);
      return after(() {
        note("resumes");
        sub.resume();
        s.close();
        s.close();
        return [s.isClosed, thrown(() => s.add(4))];
      }).then((x) => after(() => x));
    },
    "stream cancel": () {
      var s = new StreamController(onCancel: () => note("cancelled")), sub;
      sub = s.stream.listen((x) {
        note(x);
        sub..cancel()..cancel();
      });
      s..add(1)..add(2);
      return after(() => s.hasListener);
    },
    "stream cancelOnError": () {
      var s = new StreamController();
      s.stream.listen(note, onError: (e, t) => note("error $e"), cancelOnError: true);
      s..add(1)..addError(null)..add(2);
      return after(() => s.hasListener);
    },
    "stream sync": () {
      var s = new StreamController(sync: true);
      var sub = s.stream.listen((x) => note("heard $x"), onDone: () => note("done"));
      note("before");
      s.add(1);
      sub.pause(new Future.value());
      s.add(2);
      note("behind");
      s.close();
      return after(() => sub.isPaused);
    },
    "first": () => (new StreamController()..add(1)..add(2)).stream.first,
    "first of none": () => (new StreamController()..close()).stream.first,
    "first error": () => (new StreamController()..addError("fe")).stream.first,
    "toList": () => (new StreamController()..add(1)..add(2)..close()).stream.toList(),
    "toList error": () => (new StreamController()..add(1)..addError("le")).stream.toList(),
    "forEach stream": () => (new StreamController()..add(1)..add(2)..close()).stream.forEach(note),
    "forEach stream throws": () => (new StreamController()..add(1)..add(2)).stream.forEach((x) => throw "at $x"),
    "ports": () {
      var raw = new RawReceivePort(), c = new Completer();
      raw.sendPort.send("lost"); // No handler yet when it comes.
      raw.handler = (m, reply) {
        note("$m ${reply != null}");
        if (m == "last") {
          raw.close();
          raw.close();
          raw.sendPort.send("too late");
          c.complete();
        }
      };
      raw.sendPort..send("one")..send("last", raw.sendPort)..send("behind");
      return c.future.then((_) => after(() => raw.sendPort == raw.sendPort));
    },
    "call": () {
      var port = new RawReceivePort((m, reply) => reply.send(m * 2));
      return port.sendPort.call(21).whenComplete(port.close);
    },
    "call of closed": () => (new RawReceivePort()..close()).sendPort.call(1),
    "capability": () {
      var a = new Capability(), b = new Capability();
      return [a == a, a == b, a.hashCode == a.hashCode, a.runtimeType];
    },
  };
  var all = new Future.value();
  steps.forEach((name, f) {
    all = all.then((_) {
      log.clear();
      return new Future.sync(f).then((x) => "$x", onError: (e) => "failed: $e");
    }).then((answer) => print("$name: $answer $log"));
  });
}

// expect: value: 1 []
// expect: value of none: null []
// expect: value of a future: 2 []
// expect: value of an error: failed: bad []
// expect: error: failed: bad []
// expect: error of null: failed: Throw of null. []
// expect: new: 3 []
// expect: new throws: failed: x []
// expect: new of future: 4 []
// expect: delayed: null []
// expect: delayed value: 5 []
// expect: microtask: 6 []
// expect: sync: 7 []
// expect: sync of future: 8 []
// expect: sync throws: failed: y []
// expect: foreign: 9 []
// expect: foreign error: failed: e []
// expect: then: 2 []
// expect: then future: 3 []
// expect: then throws: failed: z []
// expect: then skips: failed: bad []
// expect: then onError: onError bad []
// expect: then onError trace: onError bad true []
// expect: then not its own: failed: own []
// expect: catch: caught bad []
// expect: catch of value: 1 []
// expect: catch test: caught []
// expect: catch other: failed: bad []
// expect: catch again: failed: bad []
// expect: catch other error: failed: other []
// expect: complete: 1 []
// expect: complete error: failed: bad []
// expect: complete throws: failed: c []
// expect: complete waits: 1 [waited]
// expect: complete fails: failed: late []
// expect: wait: [1, 2, 3] []
// expect: wait none: [] []
// expect: wait error: failed: bad [clean 1]
// expect: wait eager: failed: bad []
// expect: wait clean later: failed: bad [still, clean 1]
// expect: wait clean no null: failed: bad []
// expect: any: 2 []
// expect: any error: failed: bad []
// expect: forEach: null [1, 2]
// expect: forEach none: null []
// expect: forEach throws: failed: at 1 []
// expect: doWhile: null [0, 1]
// expect: doWhile throws: failed: d []
// expect: timeout in time: 1 []
// expect: timeout error: failed: bad []
// expect: timeout: failed: TimeoutException after 0:00:00.001000: Future not completed []
// expect: timeout value: instead []
// expect: timeout late: on time [late]
// expect: completer: 5 []
// expect: completer of none: null []
// expect: completer error: failed: ce []
// expect: completer of future: 6 []
// expect: itself: started []
// expect: twice: [Bad state: Future already completed, Bad state: Future already completed, Bad state: Future already completed] [1]
// expect: isCompleted: false true []
// expect: nulls: [Invalid argument(s) (onValue): Must not be null, Invalid argument(s) (onError): Must not be null, Invalid argument(s) (action): Must not be null, Invalid argument(s) (callback): Must not be null] []
// expect: order: null [sync, sync listener, end, micro 1, after sync, then, then then, second, micro 2, event, after event]
// expect: listeners: again [l0, l1, l2]
// expect: timer: ticked false [tick true true, tick true true]
// expect: timers: false [once, run false false]
// expect: timers in order: null [0, 80, 160]
// expect: stream: [true, Bad state: Cannot add an event after closing] [[false, true, false], [true, false, Bad state: Stream has already been listened to], true, resumes, 1, error se, 2, 3, cancelled, done]
// expect: stream cancel: false [1, cancelled]
// expect: stream cancelOnError: false [1, error Throw of null.]
// expect: stream sync: false [before, heard 1, behind, heard 2, done]
// expect: first: 1 []
// expect: first of none: failed: Bad state: No element []
// expect: first error: failed: fe []
// expect: toList: [1, 2] []
// expect: toList error: failed: le []
// expect: forEach stream: null [1, 2]
// expect: forEach stream throws: failed: at 1 []
// expect: ports: true [lost false, one false, last true]
// expect: call: 42 []
// expect: call of closed: failed: MessageException: The port is closed. []
// expect: capability: [true, false, true, Capability] []

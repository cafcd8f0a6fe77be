// Errors of futures: who catches them, with which stack trace, and what comes of them.
import 'dart:async';

class TakesBoth {
  call(error, trace) => "callable: $error, ${trace is StackTrace}";
}

fails() => new Future.error("bad");
throws() => new Future.microtask(() => throw new StateError("thrown"));

show(name, future) {
  return future.then((value) => print("$name: $value"), onError: (error) => print("$name! $error"));
}

main() {
  show("error", fails())
      .then((_) => show("thrown", throws()))
      .then((_) => show("in sync", new Future.sync(() => throw "now")))
      .then((_) => show("passes then", fails().then((x) => "not called")))
      .then((_) => show("onError", fails().then((x) => x, onError: (e) => "caught $e")))
      .then((_) => show("catchError", fails().catchError((e) => "caught $e")))
      .then((_) => show("test true", fails().catchError((e) => "yes", test: (e) => e is String)))
      .then((_) => show("test false", fails().catchError((e) => "no", test: (e) => e is Error)))
      .then((_) => show("test throws", fails().catchError((e) => "no", test: (e) => throw "test")))
      .then((_) => show("handler throws", fails().catchError((e) => throw "worse than $e")))
      .then((_) => show("handler's future", fails().catchError((e) => new Future.value("ok"))))
      .then((_) => show("callback throws", new Future.value(1).then((x) => throw "at $x")))
      .then((_) => show("callback fails", new Future.value(1).then((_) => fails())))
      .then((_) => show("whenComplete keeps", fails().whenComplete(() => "ignored")))
      .then((_) => show("whenComplete throws", fails().whenComplete(() => throw "other")))
      .then((_) => show("whenComplete fails",
          new Future.value(1).whenComplete(() => new Future.error("later"))))
      .then((_) => show("whenComplete waits",
          new Future.value(1).whenComplete(() => new Future.microtask(() => print("waited")))))
      .then((_) => show("null", new Future.error(null)))
      .then((_) => show("both", fails().catchError((e, s) => "$e, $s")))
      .then((_) => show("optional", fails().catchError((e, [s]) => "$e, $s")))
      .then((_) => show("callable", throws().catchError(new TakesBoth())))
      .then((_) => show("takes none", fails().catchError(() => "never")
          .catchError((e) => e is NoSuchMethodError)))
      .then((_) => traces())
      .then((_) => show("itself", itself()));
}

// The trace says where it was thrown first, however often it is thrown on.
traces() {
  return throws()
      .catchError((e) => throw e)
      .then((_) => 0)
      .catchError((error, trace) {
    print("$trace".contains("throws"));
    print(identical("$trace", "${error.stackTrace}") || "$trace" == "${error.stackTrace}");
  });
}

itself() {
  var completer = new Completer();
  completer.complete(completer.future);
  return completer.future;
}
// expect: error! bad
// expect: thrown! Bad state: thrown
// expect: in sync! now
// expect: passes then! bad
// expect: onError: caught bad
// expect: catchError: caught bad
// expect: test true: yes
// expect: test false! bad
// expect: test throws! test
// expect: handler throws! worse than bad
// expect: handler's future: ok
// expect: callback throws! at 1
// expect: callback fails! bad
// expect: whenComplete keeps! bad
// expect: whenComplete throws! other
// expect: whenComplete fails! later
// expect: waited
// expect: whenComplete waits: 1
// expect: null! Throw of null.
// expect: both: bad, null
// expect: optional: bad, null
// expect: callable: callable: Bad state: thrown, true
// expect: takes none: true
// expect: true
// expect: true
// expect: itself! Bad state: A future cannot wait for itself

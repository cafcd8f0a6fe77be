// throw, try, catch, on, finally, rethrow, and every way out of them.
class MyError implements Exception {
  final text;
  MyError(this.text);
  toString() => "MyError: $text";
}

log(x) => print(x);

returns() {
  try {
    return "value";
  } finally {
    log("finally 1");
  }
}

overrides() {
  try {
    throw "lost";
  } finally {
    return "kept";
  }
}

loop() {
  for (var i = 0; i < 3; i++) {
    try {
      if (i == 1) continue;
      if (i == 2) break;
      log("body $i");
    } finally {
      log("finally $i");
    }
  }
  return "done";
}

nested() {
  try {
    try {
      throw new MyError("inner");
    } finally {
      log("inner finally");
    }
  } on FormatException {
    log("wrong");
  } on MyError catch (e) {
    log(e);
    try {
      throw "second";
    } catch (e2, trace) {
      log("$e2 ${trace is StackTrace}");
    }
    return "nested done";
  } finally {
    log("outer finally");
  }
}

rethrows() {
  try {
    try {
      throw "again";
    } catch (e) {
      log("caught $e");
      rethrow;
    }
  } catch (e) {
    log("caught $e twice");
  }
}

deep(n) {
  if (n == 0) throw new StateError("bottom");
  return deep(n - 1) + 1;
}

returnsFromFinallyInLoop() {
  while (true) {
    try {
      return "a";
    } finally {
      break;
    }
  }
  return "b";
}

main() {
  log(returns());
  // expect: finally 1
  // expect: value
  log(overrides());  // expect: kept
  log(loop());
  // expect: body 0
  // expect: finally 0
  // expect: finally 1
  // expect: finally 2
  // expect: done
  log(nested());
  // expect: inner finally
  // expect: MyError: inner
  // expect: second true
  // expect: outer finally
  // expect: nested done
  rethrows();
  // expect: caught again
  // expect: caught again twice
  try {
    deep(50);
  } catch (e) {
    log(e);  // expect: Bad state: bottom
  }
  log(returnsFromFinallyInLoop());  // expect: b
  for (var thrown in [1, "s", 2.5, true, [1], new MyError("x")]) {
    try {
      throw thrown;
    } catch (e) {
      log(identical(e, thrown));
    }
  }
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  try {
    throw null;
  } catch (e) {
    log(e);  // expect: Throw of null.
  }
  try {
    throw new Exception("plain");
  } catch (e) {
    log(e);  // expect: Exception: plain
  }
  try {
    throw new ArgumentError("bad");
  } catch (e) {
    log(e);  // expect: Invalid argument(s): bad
    log(e.stackTrace != null);  // expect: true
  }
  try {
    [1, 2].forEach((x) {
      if (x == 2) throw "from closure $x";
    });
  } catch (e) {
    log(e);  // expect: from closure 2
  }
  try {
    [].first;
  } catch (e) {
    log(e);  // expect: Bad state: No element
  }
  var order = [];
  try {
    try {
      order.add(1);
      throw "x";
    } catch (e) {
      order.add(2);
      throw "y";
    } finally {
      order.add(3);
    }
  } catch (e) {
    order.add(e);
  }
  log(order);  // expect: [1, 2, 3, y]
  // What throws for the libraries is nowhere in the trace, who called it is.
  try {
    null.missing();
  } catch (e, trace) {
    log([trace.toString().contains("_throw"), trace.toString().contains("main")]);
  }
  // expect: [false, true]
}

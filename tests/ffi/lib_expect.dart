// An Expect as test suites have it: what does not hold is thrown. And what prints errors, for programs
// whose output says what they are to be.
library expect;

class ExpectException implements Exception {
  final String message;
  ExpectException(this.message);

  @override
  String toString() => message;
}

class Expect {
  static void equals(dynamic expected, dynamic actual, [String reason = ""]) {
    if (expected == actual) return;
    _fail("Expect.equals(expected: <$expected>, actual: <$actual>${_message(reason)}) fails.");
  }

  static void notEquals(dynamic unexpected, dynamic actual, [String reason = ""]) {
    if (unexpected != actual) return;
    _fail("Expect.notEquals(unexpected: <$unexpected>${_message(reason)}) fails.");
  }

  static void isTrue(dynamic actual, [String reason = ""]) {
    if (identical(actual, true)) return;
    _fail("Expect.isTrue($actual${_message(reason)}) fails.");
  }

  static void isFalse(dynamic actual, [String reason = ""]) {
    if (identical(actual, false)) return;
    _fail("Expect.isFalse($actual${_message(reason)}) fails.");
  }

  static void approxEquals(num expected, num actual, [num tolerance = -1, String reason = ""]) {
    if (tolerance < 0) tolerance = (expected / 1e4).abs();
    if ((expected - actual).abs() <= tolerance) return;
    _fail("Expect.approxEquals(expected: <$expected>, actual: <$actual>${_message(reason)}) fails.");
  }

  static void listEquals(List expected, List actual, [String reason = ""]) {
    equals(expected.length, actual.length, reason);
    for (int i = 0; i < expected.length; i++) equals(expected[i], actual[i], "at $i $reason");
  }

  static void throws<T>(void Function() computation,
      [bool Function(dynamic error)? check, String reason = ""]) {
    try {
      computation();
    } catch (e, s) {
      if (e is T && (T == dynamic || T == Object || e is! ExpectException)) {
        if (check != null && !check(e)) _fail("Expect.throws<$T>: unexpected '$e'\n$s");
        return;
      }
      _fail("Expect.throws<$T>: unexpected '$e' of type ${e.runtimeType}");
    }
    _fail("Expect.throws<$T>${_message(reason)} fails: did not throw");
  }

  static void throwsArgumentError(void f()) => throws<ArgumentError>(f);
  static void throwsRangeError(void f()) => throws<RangeError>(f);
  static void throwsStateError(void f()) => throws(f, (error) => error is StateError);
  static void throwsUnsupportedError(void f()) => throws<UnsupportedError>(f);

  static void runtimeIsType<T>(Object? object) {
    if (object is! T) _fail("Expect.runtimeIsType<$T> fails on ${object.runtimeType}");
  }

  static void runtimeIsNotType<T>(Object? object) {
    if (object is T) _fail("Expect.runtimeIsNotType<$T> fails on ${object.runtimeType}");
  }

  static String _message(String reason) => reason.isEmpty ? "" : ", '$reason'";
  static Never _fail(String message) {
    throw ExpectException(message);
  }
}

// With what is wrong of which argument.
void expectError(String what, f) {
  try {
    f();
    print("$what: nothing");
  } on ArgumentError catch (e) {
    print("$what: ${e.toString().replaceAll('Invalid argument(s): ', '')}");
  } catch (e) {
    print("$what: $e");
  }
}

// What it is alone.
void expectKind(String what, f) {
  try {
    f();
    print("$what: nothing");
  } catch (e) {
    print("$what: ${e.runtimeType}");
  }
}

// The same with what its text says before `end`.
void expectUpTo(String end, String what, f) {
  try {
    f();
    print("$what: nothing");
  } catch (e) {
    print("$what: ${e.runtimeType} ${e.toString().split(end)[0]}");
  }
}

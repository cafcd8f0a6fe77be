// A source may tell more than it should: events while one is being told, behind an error, behind the end,
// after its listener has cancelled. Who has its answer keeps it, and every future comes once. And a
// source whose own code throws tells that and ends.
import 'dart:async';

typedef Two(a, b);

// Tells its listener what it is told to, whatever the listener has done since.
class Stubborn extends Stream {
  final List tells; // "x": an error; null: the end
  var cancelled = 0;
  Stubborn(this.tells);

  listen(onData, {onError, onDone, cancelOnError: false}) {
    scheduleMicrotask(() {
      for (var each in tells) {
        if (each == null) {
          onDone();
        } else if (each is String) {
          onError is Two ? onError(each, null) : onError(each);
        } else {
          onData(each);
        }
      }
    });
    return new StubbornSubscription(this);
  }
}

class StubbornSubscription implements StreamSubscription {
  final Stubborn of;
  StubbornSubscription(this.of);
  cancel() {
    of.cancelled++;
    return null;
  }

  pause([resumeSignal]) {}
  resume() {}
  noSuchMethod(invocation) => null;
}

// What a future comes to, and how often.
comes(what, Future future) async {
  var times = 0, result;
  try {
    future.then((value) {
      times++;
      result = value;
    }, onError: (error) {
      times++;
      result = "<$error>".split("\n").first;
    });
  } catch (error) {
    result = "thrown $error";
  }
  await new Future.delayed(const Duration(milliseconds: 1));
  var late = await future.catchError((error) => "<$error>".split("\n").first);
  print("$what: $result, $times${late == result ? "" : ", but later $late"}");
}

main() async {
  await answers();
  await steps();
  await added();
  await sources();
  await again();
}

answers() async {
  stream() => new Stubborn([1, 2, 3, null, 4, "x", null]);
  await comes("first", stream().first); // expect: first: 1, 1
  await comes("any", stream().any((x) => x == 2)); // expect: any: true, 1
  await comes("every", stream().every((x) => x < 2)); // expect: every: false, 1
  await comes("contains", stream().contains(2)); // expect: contains: true, 1
  await comes("isEmpty", stream().isEmpty); // expect: isEmpty: false, 1
  await comes("firstWhere", stream().firstWhere((x) => x > 1)); // expect: firstWhere: 2, 1
  await comes("elementAt", stream().elementAt(1)); // expect: elementAt: 2, 1
  await comes("single", stream().single); // expect: single: <Bad state: Too many elements>, 1
  await comes("thrown", stream().any((x) => throw "no $x")); // expect: thrown: <no 1>, 1
  await comes("fold", stream().fold(0, (a, b) => a + b)); // expect: fold: 6, 1
  await comes("reduce", stream().reduce((a, b) => a + b)); // expect: reduce: 6, 1
  await comes("reduce of none", new Stubborn([null, 1, null]).reduce((a, b) => a)); // expect: reduce of none: <Bad state: No element>, 1
  await comes("last", stream().last); // expect: last: 3, 1
  await comes("toList", stream().toList()); // expect: toList: [1, 2, 3], 1
  await comes("error", new Stubborn(["x", 1, null]).any((x) => x == 1)); // expect: error: <x>, 1
}

// All that the listener of a step is told.
told(what, Stream stream) async {
  var log = [];
  stream.listen(log.add, onError: (error) => log.add("<$error>"), onDone: () => log.add("done"));
  await new Future.delayed(const Duration(milliseconds: 1));
  print("$what: $log");
}

steps() async {
  stream() => new Stubborn([1, 2, "x", 3, null, 4, null]);
  await told("map", stream().map((x) => 10 * x)); // expect: map: [10, 20, <x>, 30, done]
  await told("where", stream().where((x) => x != 2)); // expect: where: [1, <x>, 3, done]
  await told("take", stream().take(2)); // expect: take: [1, 2, done]
  await told("takeWhile", stream().takeWhile((x) => x < 2)); // expect: takeWhile: [1, done]
  await told("takeWhile that throws", stream().takeWhile((x) => x < 2 || throw "no $x")); // expect: takeWhile that throws: [1, <no 2>, done]
  await told("skip", stream().skip(1)); // expect: skip: [2, <x>, 3, done]
  await told("skipWhile", stream().skipWhile((x) => x < 2)); // expect: skipWhile: [2, <x>, 3, done]
  await told("skipWhile that throws", stream().skipWhile((x) => x < 2 || throw "no $x")); // expect: skipWhile that throws: [<no 2>, <x>, 3, done]
  await told("distinct", stream().distinct()); // expect: distinct: [1, 2, <x>, 3, done]
  await told("expand", stream().expand((x) => [x, x])); // expect: expand: [1, 1, 2, 2, <x>, 3, 3, done]
  await told("expand that throws", stream().expand((x) => x == 2 ? throw "no" : [x])); // expect: expand that throws: [1, <no>, <x>, 3, done]
  await told("retype", stream().retype()); // expect: retype: [1, 2, <x>, 3, done, 4, done]
  await told("cast", stream().cast()); // expect: cast: [1, 2, <x>, 3, done, 4, done]
  await told("handleError", stream().handleError((error) => 0)); // expect: handleError: [1, 2, 3, done]
}

added() async {
  for (var cancels in [true, false]) {
    var controller = new StreamController(), log = [];
    controller.stream.listen(log.add, onError: (error) => log.add("<$error>"), onDone: () => log.add("done"));
    await comes("addStream $cancels", controller.addStream(new Stubborn([1, "x", null, null]), cancelOnError: cancels));
    controller.add(2);
    await comes("close", controller.close());
    print(log);
  }
  // expect: addStream true: null, 1
  // expect: close: null, 1
  // expect: [1, <x>, 2, done]
  // expect: addStream false: null, 1
  // expect: close: null, 1
  // expect: [1, <x>, 2, done]
  var broadcast = new StreamController.broadcast();
  for (var what in ["onPause", "onResume"]) {
    try {
      print(what == "onPause" ? broadcast.onPause : broadcast.onResume);
    } catch (error) {
      print(error);
    }
  }
  // expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
  // expect: Unsupported operation: Broadcast stream controllers do not support pause callbacks
}

class Throws {
  var left;
  Throws(this.left);
  get iterator => this;
  moveNext() => left-- > 0 || throw "no more";
  get current => left;
}

sources() async {
  await told("iterable", new Stream.fromIterable(new Throws(2))); // expect: iterable: [1, 0, <no more>, done]
  generated() async* {
    yield 1;
    throw "of a body";
  }
  await told("generated", generated()); // expect: generated: [1, <of a body>, done]
  await told("future", new Stream.fromFuture(new Future.error("of a future"))); // expect: future: [<of a future>, done]
  await told("futures", new Stream.fromFutures([new Future.error("of one"), new Future.value(2)])); // expect: futures: [<of one>, 2, done]
}

// Its listener has it tell more in the middle of what it tells.
class Willing extends Stream {
  Function tell, end;

  listen(onData, {onError, onDone, cancelOnError: false}) {
    tell = onData;
    end = onDone;
    return new StubbornSubscription(new Stubborn([]));
  }
}

again() async {
  for (var make in [(s) => s.take(1), (s) => s.takeWhile((x) => x < 2), (s) => s.where((x) => x < 2)]) {
    var source = new Willing(), log = [];
    make(source).listen((x) {
      log.add(x);
      if (x == 1) source.tell(2);
      log.add("after $x");
    }, onDone: () => log.add("done"));
    source.tell(1);
    source.end();
    await new Future.delayed(const Duration(milliseconds: 1));
    print(log);
  }
  // expect: [1, after 1, done]
  // expect: [1, after 1, done]
  // expect: [1, after 1, done]
}

// Streams: all operators, as what they come to.
// stress-interval: 5
import 'dart:async';

Stream numbers([int count = 5]) => new Stream.fromIterable(new List.generate(count, (i) => i + 1));

// 1, an error, 2.
Stream broken() {
  var controller = new StreamController();
  controller.add(1);
  controller.addError("broken");
  controller.add(2);
  controller.close();
  return controller.stream;
}

final tests = {};

main() {
  describe();
  Future.forEach(tests.keys, (name) {
    return new Future.sync(tests[name]).then((value) => print("$name: $value"),
        onError: (error) => print("$name! $error"));
  });
}

describe() {
  var t = tests;
  t["map"] = () => numbers().map((x) => x * 2).toList();
  t["map throws"] = () => numbers(2).map((x) => throw "map $x").toList();
  t["where"] = () => numbers().where((x) => x.isOdd).toList();
  t["expand"] = () => numbers(3).expand((x) => new List.filled(x, x)).toList();
  t["take"] = () => numbers().take(2).toList();
  t["take none"] = () => numbers().take(0).toList();
  t["take all"] = () => numbers(2).take(9).toList();
  t["skip"] = () => numbers().skip(3).toList();
  t["takeWhile"] = () => numbers().takeWhile((x) => x < 3).toList();
  t["skipWhile"] = () => numbers().skipWhile((x) => x < 3).toList();
  t["distinct"] = () => new Stream.fromIterable([1, 1, 2, 2, 1]).distinct().toList();
  t["distinct by"] = () => numbers().distinct((a, b) => a ~/ 2 == b ~/ 2).toList();
  t["asyncMap"] = () => numbers(3).asyncMap((x) => new Future.value(x * 10)).toList();
  t["asyncMap now"] = () => numbers(3).asyncMap((x) => x * 10).toList();
  t["asyncMap fails"] = () => numbers(3).asyncMap((x) => new Future.error("asyncMap $x")).toList();
  t["asyncExpand"] = () => numbers(3).asyncExpand((x) => x == 2 ? null : numbers(x)).toList();
  t["handleError"] = () => broken().handleError((error) => print("handled $error")).toList();
  t["handleError other"] =
      () => broken().handleError((error) {}, test: (error) => error == "other").toList();
  t["error"] = () => broken().toList();
  t["reduce"] = () => numbers().reduce((a, b) => a * b);
  t["reduce none"] = () => numbers(0).reduce((a, b) => a);
  t["fold"] = () => numbers().fold("", (text, x) => "$text$x");
  t["fold throws"] = () => numbers().fold(0, (sum, x) => throw "fold");
  t["join"] = () => numbers().join("-");
  t["contains"] = () => numbers().contains(3);
  t["contains not"] = () => numbers().contains(9);
  t["every"] = () => numbers().every((x) => x < 5);
  t["any"] = () => numbers().any((x) => x > 4);
  t["length"] = () => numbers().length;
  t["isEmpty"] = () => numbers(0).isEmpty;
  t["isEmpty not"] = () => numbers().isEmpty;
  t["toSet"] = () => numbers(3).toSet();
  t["drain"] = () => numbers().drain("drained");
  t["drain fails"] = () => broken().drain();
  t["first"] = () => numbers().first;
  t["first none"] = () => numbers(0).first;
  t["first error"] = () => new Stream.error("gone").first;
  t["last"] = () => numbers().last;
  t["last none"] = () => numbers(0).last;
  t["single"] = () => numbers(1).single;
  t["single many"] = () => numbers(2).single;
  t["firstWhere"] = () => numbers().firstWhere((x) => x > 2);
  t["firstWhere none"] = () => numbers().firstWhere((x) => x > 9);
  t["firstWhere default"] = () => numbers().firstWhere((x) => x > 9, defaultValue: () => "default");
  t["firstWhere orElse"] = () => numbers().firstWhere((x) => x > 9, orElse: () => "else");
  t["lastWhere"] = () => numbers().lastWhere((x) => x < 3);
  t["singleWhere"] = () => numbers().singleWhere((x) => x == 3);
  t["singleWhere many"] = () => numbers().singleWhere((x) => x > 3);
  t["elementAt"] = () => numbers().elementAt(2);
  t["elementAt none"] = () => numbers(2).elementAt(2);
  t["elementAt before"] = () => numbers(2).elementAt(-1);
  t["take before"] = () => numbers(2).take(-1);
  t["forEach"] = () => numbers(2).forEach((x) => print("each $x"));
  t["forEach throws"] = () => numbers(2).forEach((x) => throw "each");
  t["value"] = () => new Stream.value(7).toList();
  t["empty"] = () => new Stream.empty().toList();
  t["fromFuture"] = () => new Stream.fromFuture(new Future.value(8)).toList();
  t["fromFuture error"] = () => new Stream.fromFuture(new Future.error("f")).toList();
  t["fromFutures"] = () =>
      new Stream.fromFutures([new Future(() => "late"), new Future.value("early")]).toList();
  t["fromFutures none"] = () => new Stream.fromFutures([]).toList();
  t["asStream"] = () => new Future.value(9).asStream().toList();
  t["periodic"] = () => new Stream.periodic(Duration.ZERO, (i) => i * i).take(4).toList();
  t["periodic of nulls"] = () => new Stream.periodic(Duration.ZERO).take(2).toList();
  t["iterable throws"] = () => new Stream.fromIterable([1].map((x) => throw "element")).toList();
  t["timeout"] = () => new StreamController()
      .stream
      .timeout(const Duration(milliseconds: 1), onTimeout: (sink) => sink..add("late")..close())
      .toList();
  t["timeout error"] =
      () => new StreamController().stream.timeout(const Duration(milliseconds: 1)).first;
  t["timeout in time"] = () => numbers().timeout(const Duration(seconds: 9)).toList();
  t["fromHandlers"] = () => broken()
      .transform(new StreamTransformer.fromHandlers(
          handleData: (x, sink) => sink..add(x)..add(x),
          handleError: (error, trace, sink) => sink.add("was $error"),
          handleDone: (sink) => sink..add("end")..close()))
      .toList();
  t["transformer"] = () => numbers(2)
      .transform(new StreamTransformer(
          (stream, cancelOnError) => stream.map((x) => -x).listen(null, cancelOnError: cancelOnError)))
      .toList();
  t["eventTransformed"] =
      () => new Stream.eventTransformed(numbers(3), (sink) => new Doubled(sink)).toList();
  t["asFuture"] = () => numbers().listen(null).asFuture("done");
  t["asFuture fails"] = () => broken().listen(null).asFuture();
  t["view"] = () => new StreamView(numbers(2)).toList();
  t["pipe"] = () {
    var into = new StreamController();
    var all = into.stream.toList();
    return numbers(2).pipe(into).then((_) => all);
  };
  t["iterator"] = () {
    var iterator = new StreamIterator(numbers(2));
    var seen = [];
    return Future.doWhile(() {
      return iterator.moveNext().then((more) {
        seen.add(iterator.current);
        return more;
      });
    }).then((_) => seen);
  };
  t["iterator fails"] = () {
    var iterator = new StreamIterator(new Stream.error("iterated"));
    return iterator.moveNext().catchError((error) {
      return iterator.moveNext().then((more) => [error, more]);
    });
  };
  t["iterator asked twice"] = () {
    var iterator = new StreamIterator(numbers(2));
    iterator.moveNext();
    return iterator.moveNext();
  };
}

class Doubled implements EventSink {
  final sink;
  Doubled(this.sink);
  void add(x) => sink.add(x * 2);
  void addError(error, [stackTrace]) => sink.addError(error, stackTrace);
  void close() {
    sink.add("closed");
    sink.close();
  }
}
// expect: map: [2, 4, 6, 8, 10]
// expect: map throws! map 1
// expect: where: [1, 3, 5]
// expect: expand: [1, 2, 2, 3, 3, 3]
// expect: take: [1, 2]
// expect: take none: []
// expect: take all: [1, 2]
// expect: skip: [4, 5]
// expect: takeWhile: [1, 2]
// expect: skipWhile: [3, 4, 5]
// expect: distinct: [1, 2, 1]
// expect: distinct by: [1, 2, 4]
// expect: asyncMap: [10, 20, 30]
// expect: asyncMap now: [10, 20, 30]
// expect: asyncMap fails! asyncMap 1
// expect: asyncExpand: [1, 1, 2, 3]
// expect: handled broken
// expect: handleError: [1, 2]
// expect: handleError other! broken
// expect: error! broken
// expect: reduce: 120
// expect: reduce none! Bad state: No element
// expect: fold: 12345
// expect: fold throws! fold
// expect: join: 1-2-3-4-5
// expect: contains: true
// expect: contains not: false
// expect: every: false
// expect: any: true
// expect: length: 5
// expect: isEmpty: true
// expect: isEmpty not: false
// expect: toSet: {1, 2, 3}
// expect: drain: drained
// expect: drain fails! broken
// expect: first: 1
// expect: first none! Bad state: No element
// expect: first error! gone
// expect: last: 5
// expect: last none! Bad state: No element
// expect: single: 1
// expect: single many! Bad state: Too many elements
// expect: firstWhere: 3
// expect: firstWhere none! Bad state: No element
// expect: firstWhere default: default
// expect: firstWhere orElse: else
// expect: lastWhere: 2
// expect: singleWhere: 3
// expect: singleWhere many! Bad state: Too many elements
// expect: elementAt: 3
// expect: elementAt none! RangeError (index): Index out of range: index should be less than 2: 2
// expect: elementAt before! RangeError: elementAt: argument 'index' must not be less than 0, it is -1
// expect: take before! RangeError: take: argument 'count' must not be less than 0, it is -1
// expect: each 1
// expect: each 2
// expect: forEach: null
// expect: forEach throws! each
// expect: value: [7]
// expect: empty: []
// expect: fromFuture: [8]
// expect: fromFuture error! f
// expect: fromFutures: [early, late]
// expect: fromFutures none: []
// expect: asStream: [9]
// expect: periodic: [0, 1, 4, 9]
// expect: periodic of nulls: [null, null]
// expect: iterable throws! element
// expect: timeout: [late]
// expect: timeout error! TimeoutException after 0:00:00.001000: No stream event
// expect: timeout in time: [1, 2, 3, 4, 5]
// expect: fromHandlers: [1, 1, was broken, 2, 2, end]
// expect: transformer: [-1, -2]
// expect: eventTransformed: [2, 4, 6, closed]
// expect: asFuture: done
// expect: asFuture fails! broken
// expect: view: [1, 2]
// expect: pipe: [1, 2]
// expect: iterator: [1, 2, null]
// expect: iterator fails: [iterated, false]
// expect: iterator asked twice! Bad state: Already waiting for next.

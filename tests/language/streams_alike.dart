// Members of Stream answer what those of Iterable do, wherever the events come from.
// stress-interval: 211
import 'dart:async';

show(f) async {
  try {
    return "${await f()}.";
  } catch (error) {
    return "<${error is RangeError ? RangeError : error.runtimeType}>";
  }
}

listed(x) => x is Stream ? x.toList() : x.toList();

final members = {
  "toList": (s) => s.toList(),
  "toSet": (s) => s.toSet(),
  "length": (s) => s.length,
  "isEmpty": (s) => s.isEmpty,
  "first": (s) => s.first,
  "last": (s) => s.last,
  "single": (s) => s.single,
  "contains 2": (s) => s.contains(2),
  "contains 9": (s) => s.contains(9),
  "any": (s) => s.any((x) => x == 2),
  "any none": (s) => s.any((x) => x > 8),
  "any throws": (s) => s.any((x) => throw "thrown"),
  "every": (s) => s.every((x) => x < 9),
  "every none": (s) => s.every((x) => x == 2),
  "elementAt 0": (s) => s.elementAt(0),
  "elementAt 2": (s) => s.elementAt(2),
  "elementAt 4": (s) => s.elementAt(4),
  "elementAt null": (s) => s.elementAt(null),
  "firstWhere": (s) => s.firstWhere((x) => x > 1),
  "firstWhere none": (s) => s.firstWhere((x) => x > 9),
  "lastWhere": (s) => s.lastWhere((x) => x > 1),
  "lastWhere none": (s) => s.lastWhere((x) => x > 9),
  "singleWhere": (s) => s.singleWhere((x) => x == 2),
  "singleWhere two": (s) => s.singleWhere((x) => x < 3),
  "singleWhere none": (s) => s.singleWhere((x) => x > 9),
  "fold": (s) => s.fold("f", (sum, x) => "$sum$x"),
  "fold throws": (s) => s.fold(0, (sum, x) => throw "thrown"),
  "reduce": (s) => s.reduce((a, b) => a * 10 + b),
  "join": (s) => s.join(),
  "join ,": (s) => s.join(", "),
  "forEach": (s) => s.forEach((x) {}),
  "forEach throws": (s) => s.forEach((x) => throw "thrown"),
  "map": (s) => listed(s.map((x) => x * 2)),
  "map throws": (s) => listed(s.map((x) => x == 1 ? throw "thrown" : x)),
  "where": (s) => listed(s.where((x) => x != 1)),
  "expand": (s) => listed(s.expand((x) => new List.filled(x, x))),
  "skip 0": (s) => listed(s.skip(0)),
  "skip 2": (s) => listed(s.skip(2)),
  "skip 9": (s) => listed(s.skip(9)),
  "skip -1": (s) => listed(s.skip(-1)),
  "take 0": (s) => listed(s.take(0)),
  "take 2": (s) => listed(s.take(2)),
  "take 9": (s) => listed(s.take(9)),
  "take's first": (s) => s.take(2).first,
  "take none's last": (s) => s.take(0).last,
  "skipWhile": (s) => listed(s.skipWhile((x) => x > 1)),
  "skipWhile all": (s) => listed(s.skipWhile((x) => true)),
  "takeWhile": (s) => listed(s.takeWhile((x) => x > 1)),
  "takeWhile none": (s) => listed(s.takeWhile((x) => false)),
  "takeWhile throws": (s) => listed(s.takeWhile((x) => x == 1 ? throw "thrown" : true)),
  "several": (s) => listed(s.where((x) => x != 3).map((x) => x + 1).skip(1).take(1)),
};

Stream controlled(List elements, {bool sync: false, bool broadcast: false}) {
  var controller;
  send() {
    elements.forEach(controller.add);
    controller.close();
  }
  controller = broadcast
      ? new StreamController.broadcast(sync: sync, onListen: () => scheduleMicrotask(send))
      : new StreamController(sync: sync, onListen: send);
  return controller.stream;
}

Stream early(List elements) {
  var controller = new StreamController();
  elements.forEach(controller.add);
  controller.close();
  return controller.stream;
}

Stream starred(List elements) async* {
  for (var each in elements) {
    yield each;
    await null;
  }
}

Stream nested(List elements) async* {
  yield* new Stream.fromIterable(elements.take(1));
  yield* starred(elements.skip(1).toList());
}

Stream added(List elements) {
  var controller = new StreamController();
  controller.addStream(new Stream.fromIterable(elements)).then((_) => controller.close());
  return controller.stream;
}

Stream transformed(List elements) => new Stream.fromIterable(elements)
    .transform(new StreamTransformer.fromHandlers(handleData: (x, sink) => sink.add(x)));

main() async {
  for (var elements in [[], [3], [3, 1, 2, 4]]) {
    var kinds = {
      "iterable": () => new Stream.fromIterable(elements),
      "controlled": () => controlled(elements),
      "sync": () => controlled(elements, sync: true),
      "broadcast": () => controlled(elements, broadcast: true),
      "sync broadcast": () => controlled(elements, broadcast: true, sync: true),
      "early": () => early(elements),
      "async*": () => starred(elements),
      "nested": () => nested(elements),
      "added": () => added(elements),
      "transformed": () => transformed(elements),
      "periodic": () => new Stream.periodic(Duration.ZERO, (i) => i < elements.length ? elements[i] : null)
          .take(elements.length),
      "asyncMap": () => new Stream.fromIterable(elements).asyncMap((x) => new Future.value(x)),
      "asyncExpand": () =>
          new Stream.fromIterable(elements).asyncExpand((x) => new Stream.fromIterable([x])),
      "distinct": () => new Stream.fromIterable(elements).distinct(),
      "handled": () => new Stream.fromIterable(elements).handleError((error) => 0),
      "as broadcast": () => new Stream.fromIterable(elements).asBroadcastStream(),
      "in time": () => new Stream.fromIterable(elements).timeout(const Duration(seconds: 60)),
      "of futures": () => new Stream.fromFutures(elements.map((x) => new Future.value(x))),
      "event transformed": () => new Stream.eventTransformed(
          new Stream.fromIterable(elements), (sink) => new Same(sink)),
    };
    for (var name in members.keys) {
      var member = members[name];
      var expected = await show(() => member(elements));
      print("$name: $expected");
      for (var kind in kinds.keys) {
        var found = await show(() => member(kinds[kind]()));
        if (found != expected) print("  $kind: $found");
      }
    }
  }
}

class Same implements EventSink {
  final EventSink sink;
  Same(this.sink);
  add(x) => sink.add(x);
  addError(error, [trace]) => sink.addError(error, trace);
  close() => sink.close();
}
// expect: toList: [].
// expect: toSet: {}.
// expect: length: 0.
// expect: isEmpty: true.
// expect: first: <StateError>
// expect: last: <StateError>
// expect: single: <StateError>
// expect: contains 2: false.
// expect: contains 9: false.
// expect: any: false.
// expect: any none: false.
// expect: any throws: false.
// expect: every: true.
// expect: every none: true.
// expect: elementAt 0: <RangeError>
// expect: elementAt 2: <RangeError>
// expect: elementAt 4: <RangeError>
// expect: elementAt null: <ArgumentError>
// expect: firstWhere: <StateError>
// expect: firstWhere none: <StateError>
// expect: lastWhere: <StateError>
// expect: lastWhere none: <StateError>
// expect: singleWhere: <StateError>
// expect: singleWhere two: <StateError>
// expect: singleWhere none: <StateError>
// expect: fold: f.
// expect: fold throws: 0.
// expect: reduce: <StateError>
// expect: join: .
// expect: join ,: .
// expect: forEach: null.
// expect: forEach throws: null.
// expect: map: [].
// expect: map throws: [].
// expect: where: [].
// expect: expand: [].
// expect: skip 0: [].
// expect: skip 2: [].
// expect: skip 9: [].
// expect: skip -1: <RangeError>
// expect: take 0: [].
// expect: take 2: [].
// expect: take 9: [].
// expect: take's first: <StateError>
// expect: take none's last: <StateError>
// expect: skipWhile: [].
// expect: skipWhile all: [].
// expect: takeWhile: [].
// expect: takeWhile none: [].
// expect: takeWhile throws: [].
// expect: several: [].
// expect: toList: [3].
// expect: toSet: {3}.
// expect: length: 1.
// expect: isEmpty: false.
// expect: first: 3.
// expect: last: 3.
// expect: single: 3.
// expect: contains 2: false.
// expect: contains 9: false.
// expect: any: false.
// expect: any none: false.
// expect: any throws: <String>
// expect: every: true.
// expect: every none: false.
// expect: elementAt 0: 3.
// expect: elementAt 2: <RangeError>
// expect: elementAt 4: <RangeError>
// expect: elementAt null: <ArgumentError>
// expect: firstWhere: 3.
// expect: firstWhere none: <StateError>
// expect: lastWhere: 3.
// expect: lastWhere none: <StateError>
// expect: singleWhere: <StateError>
// expect: singleWhere two: <StateError>
// expect: singleWhere none: <StateError>
// expect: fold: f3.
// expect: fold throws: <String>
// expect: reduce: 3.
// expect: join: 3.
// expect: join ,: 3.
// expect: forEach: null.
// expect: forEach throws: <String>
// expect: map: [6].
// expect: map throws: [3].
// expect: where: [3].
// expect: expand: [3, 3, 3].
// expect: skip 0: [3].
// expect: skip 2: [].
// expect: skip 9: [].
// expect: skip -1: <RangeError>
// expect: take 0: [].
// expect: take 2: [3].
// expect: take 9: [3].
// expect: take's first: 3.
// expect: take none's last: <StateError>
// expect: skipWhile: [].
// expect: skipWhile all: [].
// expect: takeWhile: [3].
// expect: takeWhile none: [].
// expect: takeWhile throws: [3].
// expect: several: [].
// expect: toList: [3, 1, 2, 4].
// expect: toSet: {3, 1, 2, 4}.
// expect: length: 4.
// expect: isEmpty: false.
// expect: first: 3.
// expect: last: 4.
// expect: single: <StateError>
// expect: contains 2: true.
// expect: contains 9: false.
// expect: any: true.
// expect: any none: false.
// expect: any throws: <String>
// expect: every: true.
// expect: every none: false.
// expect: elementAt 0: 3.
// expect: elementAt 2: 2.
// expect: elementAt 4: <RangeError>
// expect: elementAt null: <ArgumentError>
// expect: firstWhere: 3.
// expect: firstWhere none: <StateError>
// expect: lastWhere: 4.
// expect: lastWhere none: <StateError>
// expect: singleWhere: 2.
// expect: singleWhere two: <StateError>
// expect: singleWhere none: <StateError>
// expect: fold: f3124.
// expect: fold throws: <String>
// expect: reduce: 3124.
// expect: join: 3124.
// expect: join ,: 3, 1, 2, 4.
// expect: forEach: null.
// expect: forEach throws: <String>
// expect: map: [6, 2, 4, 8].
// expect: map throws: <String>
// expect: where: [3, 2, 4].
// expect: expand: [3, 3, 3, 1, 2, 2, 4, 4, 4, 4].
// expect: skip 0: [3, 1, 2, 4].
// expect: skip 2: [2, 4].
// expect: skip 9: [].
// expect: skip -1: <RangeError>
// expect: take 0: [].
// expect: take 2: [3, 1].
// expect: take 9: [3, 1, 2, 4].
// expect: take's first: 3.
// expect: take none's last: <StateError>
// expect: skipWhile: [1, 2, 4].
// expect: skipWhile all: [].
// expect: takeWhile: [3].
// expect: takeWhile none: [].
// expect: takeWhile throws: <String>
// expect: several: [3].

// What optional arguments are when nobody gives them: where each member begins and ends, what it puts
// between, whether it goes on behind errors.
// stress-interval: 97
import "dart:async";
import "dart:collection";
import "dart:convert";
import "dart:io";
import "dart:typed_data";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

class OwnList extends ListBase {
  final _all;
  OwnList(this._all);
  get length => _all.length;
  set length(n) => _all.length = n;
  operator [](i) => _all[i];
  operator []=(i, x) => _all[i] = x;
}

main() async {
  texts();
  lists();
  conversions();
  await streams();
  await controllers();
  files();
}

texts() {
  var text = "aXaXa";
  for (var a in ["a", new RegExp("a")]) {
    print([text.indexOf(a), text.lastIndexOf(a), text.startsWith(a), text.contains(a), text.replaceFirst(a, "-"), text.replaceFirstMapped(a, (m) => "<${m[0]}>"), text.replaceAll(a, "-"), text.replaceAllMapped(a, (m) => "<${m.start}>"),
        text.split(a), text.splitMapJoin(a), text.splitMapJoin(a, onMatch: (m) => "m"), text.splitMapJoin(a, onNonMatch: (n) => "[$n]"), a.allMatches(text).map((m) => m.start), a.matchAsPrefix(text).end]);
    print([text.indexOf(a, 1), text.lastIndexOf(a, 3), text.startsWith(a, 1), text.contains(a, 5), text.replaceFirst(a, "-", 1), text.replaceFirstMapped(a, (m) => "<${m[0]}>", 1), a.allMatches(text, 1).map((m) => m.start), a.matchAsPrefix(text, 1)]);
  }
  print([text.substring(1), text.padLeft(7), text.padRight(7), text.padLeft(7, "-"), new String.fromCharCodes([65, 66]), new String.fromCharCodes([65, 66, 67], 1), new String.fromCharCodes([65, 66, 67], 1, 2)]);
  print([new RegExp("^b").hasMatch("a\nb"), new RegExp("^b", multiLine: true).hasMatch("a\nb"), new RegExp("A").hasMatch("a"), new RegExp("A", caseSensitive: false).hasMatch("a"), new RegExp("a").isCaseSensitive, new RegExp("a").isMultiLine]);
  print([(new StringBuffer()..writeAll([1, 2])..writeln()..writeln(3)..writeAll([4, 5], "-")).toString().split("\n"), "${new StringBuffer()}", "${new StringBuffer(7)}"]);
  print([int.parse("11"), int.parse("0x1f"), int.parse("z", radix: 36), int.parse("z", onError: (text) => -1), double.parse("z", (text) => 1.5), num.parse("z", (text) => 2), int.tryParse("z"), double.tryParse("z"), num.tryParse("z")]);
  print([1.5.toStringAsExponential(), 1.5.toStringAsExponential(3), 255.toRadixString(16), const Duration(), new Symbol("a"), new Exception(), new FormatException()]);
  print(new RuneIterator("ab").moveNext());
}

lists() {
  for (var list in [[1, 2, 1, 2], new OwnList([1, 2, 1, 2]), new Uint8List.fromList([1, 2, 1, 2]), new UnmodifiableUint8ListView(new Uint8List.fromList([1, 2, 1, 2])), new UnmodifiableListView([1, 2, 1, 2])]) {
    print([list.indexOf(1), list.lastIndexOf(2), list.indexOf(1, 1), list.lastIndexOf(2, 2), list.join(), list.join("-"), list.sublist(1), tried(() => list.toList()..add(3)), tried(() => list.toList(growable: false)..add(3))]);
  }
  var list = [3, 1, 2];
  list.sort();
  print([list, list..sort((a, b) => b - a), list..setRange(0, 2, [7, 8, 9]), list..fillRange(0, 1)]);
  print([new List().length, new List.from([1])..add(2), tried(() => new List.from([1], growable: false)..add(2)), new List.generate(1, (i) => i)..add(2), tried(() => new List.generate(1, (i) => i, growable: false)..add(2)),
      tried(() => new List.filled(1, 0)..add(2)), new List.filled(1, 0, growable: true)..add(2), new List.of([1])..add(2)]);
  print([new Iterable.generate(3), new Iterable.generate(2, (i) => -i), new Map.fromIterable([1]), new Map.fromIterable([1], key: (x) => "k"), new Map.fromIterable([1], value: (x) => "v"), new SplayTreeMap.fromIterable([2, 1]), new ListQueue().length]);
  print([[1].firstWhere((x) => false, orElse: () => "else"), [1].toSet().lastWhere((x) => false, orElse: () => "else"), new Queue.from([1]).singleWhere((x) => false, orElse: () => "else"), {1: 2}.putIfAbsent(3, () => 4)]);
  var items = new List.generate(50, (i) => (i * 37) % 50), sorted = new List.generate(50, (i) => i);
  print(["${new List.from(items)..sort()}" == "$sorted", "${new OwnList(new List.from(items))..sort()}" == "$sorted", "${new Uint8List.fromList(items)..sort()}" == "$sorted", "${new List.from(items)..sort((a, b) => a.compareTo(b))}" == "$sorted"]);
  var words = ["b", "a", "c"], mixed = [2, 1.5, 1 << 70, -1, 0.5, -1 << 70];
  print([new OwnList(words)..sort(), mixed..sort(), ["b1", "a1", "b0", "a0"]..sort((a, b) => a[0].compareTo(b[0])), [const Duration(seconds: 2), Duration.ZERO]..sort(), tried(() => ["a", 1]..sort()), tried(() => [1, "a"]..sort()), tried(() => [new Object(), new Object()]..sort())]);
}

conversions() {
  print([tried(() => const Utf8Decoder().convert([0xff])), const Utf8Decoder(allowMalformed: true).convert([0xff]).codeUnits, tried(() => const Utf8Codec().decode([0xff])), const Utf8Codec(allowMalformed: true).decode([0xff]).codeUnits,
      tried(() => UTF8.decode([0xff])), UTF8.decode([0xff], allowMalformed: true).codeUnits, tried(() => const Utf8Codec(allowMalformed: true).decode([0xff], allowMalformed: false))]);
  print([tried(() => const AsciiDecoder().convert([200])), const AsciiDecoder(allowInvalid: true).convert([200]).codeUnits, tried(() => const AsciiCodec().decode([200])), const AsciiCodec(allowInvalid: true).decode([200]).codeUnits,
      tried(() => ASCII.decode([200])), ASCII.decode([200], allowInvalid: true).codeUnits]);
  print([tried(() => const Latin1Decoder().convert([300])), const Latin1Decoder(allowInvalid: true).convert([300]).codeUnits, tried(() => const Latin1Codec().decode([300])), const Latin1Codec(allowInvalid: true).decode([300]).codeUnits,
      tried(() => LATIN1.decode([300])), LATIN1.decode([300], allowInvalid: true).codeUnits]);
  print([const Utf8Encoder().convert("abc"), const Utf8Encoder().convert("abc", 1), const Utf8Decoder().convert([97, 98], 1), const AsciiEncoder().convert("abc"), const AsciiEncoder().convert("abc", 1), const AsciiDecoder().convert([97, 98]), const AsciiDecoder().convert([97, 98], 1),
      const Latin1Encoder().convert("ab", 1), const Latin1Decoder().convert([97, 98], 1), const Base64Decoder().convert("QUI="), const Base64Decoder().convert("xxxxQUI=", 4), const Base64Encoder().convert([251, 255]), const Base64Encoder.urlSafe().convert([251, 255])]);
  print([const Base64Codec().encode([251]), const Base64Codec.urlSafe().encode([251]), const Base64Codec().normalize("xxQQ==", 2), const Base64Codec().normalize("QUI=xx", 0, 4), const HtmlEscape().convert("/"), LineSplitter.split("a\nb").toList(), LineSplitter.split("a\nb", 1).toList()]);
  print([new JsonDecoder().convert("[1]"), new JsonDecoder(null).convert("[1]"), new JsonDecoder((k, v) => 1).convert("[2]"), new JsonEncoder().convert([1]), new JsonEncoder.withIndent(null).convert([1]), new JsonEncoder.withIndent("", (x) => "t").convert([Duration.ZERO])]);
}

streams() async {
  numbers() => new Stream.fromIterable([1, 2]);
  print([await numbers().join(), await numbers().join("-"), await new Stream.periodic(Duration.ZERO).take(2).toList(), await new Stream.periodic(Duration.ZERO, (i) => i).take(2).toList(), await numbers().drain(), await numbers().distinct().toList(),
      await new Stream.fromIterable([1, 1, 2]).distinct((a, b) => false).toList(), await new Stream.fromFutures([new Future.value(1), new Future.value(2)]).toList()]);
  mixed() {
    var controller = new StreamController();
    controller..add(1)..addError("e")..add(2)..close();
    return controller.stream;
  }
  for (var cancels in [null, false, true]) {
    var told = [], done = new Completer();
    if (cancels == null) {
      mixed().listen(told.add, onError: (e) => told.add("told $e"), onDone: done.complete);
    } else {
      mixed().listen(told.add, onError: (e) => told.add("told $e"), onDone: done.complete, cancelOnError: cancels);
    }
    await new Future.delayed(const Duration(milliseconds: 1));
    print([told, done.isCompleted]);
  }
  print([await mixed().handleError((e) {}).toList(), await mixed().handleError((e) {}, test: (e) => e == "x").toList().catchError((e) => "not handled: $e"), await mixed().pipe(new StreamController()..stream.listen(null, onError: (e) {})).then((_) => "piped", onError: (e) => "told $e")]);
  print([await Future.wait([new Future.value(1), new Future.error("a"), new Future.error("b")]).catchError((e) => "first $e"), await Future.wait([new Future.value(1)]), await Future.any([new Completer().future, new Future.value(2)]), await new Future.value(), await new Future.delayed(Duration.ZERO),
      await new Future.delayed(Duration.ZERO, () => 3), await new Completer().future.timeout(Duration.ZERO, onTimeout: () => "late"), await new Completer().future.timeout(Duration.ZERO).catchError((e) => e.runtimeType)]);
  print([await new Future.error("e").catchError((e) => "caught", test: (e) => e == "e"), await new Future.error("e").catchError((e) => "caught", test: (e) => false).catchError((e) => "again"), await new Future.error("e").then((_) => 1, onError: (e) => "on $e")]);
}

controllers() async {
  var told = [], asked = [];
  var single = new StreamController()..stream.listen(told.add);
  single.add(1);
  var sync = new StreamController(sync: true)..stream.listen(told.add);
  sync.add(2);
  var broadcast = new StreamController.broadcast()..stream.listen(told.add);
  broadcast.add(3);
  var syncBroadcast = new StreamController.broadcast(sync: true)..stream.listen(told.add);
  syncBroadcast.add(4);
  print(told.toList());
  await new Future(() {});
  print(told);
  told.clear();
  new Completer()
    ..future.then(told.add)
    ..complete(1);
  new Completer.sync()
    ..future.then(told.add)
    ..complete(2);
  print(told.toList());
  await new Future(() {});
  print(told);
  // Whoever cancels waits for what the controller's callback comes to.
  for (var controller in [new StreamController(onCancel: () => new Future.delayed(Duration.ZERO, () => asked.add("single"))), new StreamController.broadcast(onCancel: () => new Future.delayed(Duration.ZERO, () => asked.add("broadcast"))),
      new StreamController.broadcast(onCancel: () => 7)]) {
    var answer = await controller.stream.listen(null).cancel();
    print([asked, answer is List]);
  }
}

files() {
  var folder = Directory.systemTemp.createTempSync(), file = new File("${folder.path}/f");
  file.writeAsStringSync("abc");
  file.writeAsStringSync("de");
  var open = file.openSync();
  print([file.readAsStringSync(), tried(() => open.writeByteSync(1)).split(",").first, tried(() => new Directory("${folder.path}/a/b").createSync()).split(",").first, tried(() => new File("${folder.path}/a/b").createSync()).split(",").first,
      tried(() => new Link("${folder.path}/a/b").createSync("x")).split(",").first, tried(() => folder.deleteSync()).split(",").first, folder.listSync().length]);
  open.closeSync();
  new Directory("${folder.path}/d/e").createSync(recursive: true);
  new Link("${folder.path}/l").createSync("d");
  print([folder.listSync().length, folder.listSync(recursive: true).length, folder.listSync(followLinks: false).where((e) => e is Link).length, folder.listSync().where((e) => e is Link).length, FileSystemEntity.typeSync("${folder.path}/l")]);
  var lock = file.openSync(mode: FileMode.APPEND)..lockSync()..unlockSync()..writeFromSync([65, 66])..writeStringSync("\u00e9");
  lock.setPositionSync(0);
  var buffer = [0, 0];
  print([lock.readIntoSync(buffer), buffer, file.readAsBytesSync(), new FileSystemException().message, new OSError().message]);
  lock.closeSync();
  folder.deleteSync(recursive: true);
}

// expect: [0, 4, true, true, -XaXa, <a>XaXa, -X-X-, <0>X<2>X<4>, [, X, X, ], aXaXa, mXmXm, []a[X]a[X]a[], (0, 2, 4), 1]
// expect: [2, 2, false, false, aX-Xa, aX<a>Xa, (2, 4), null]
// expect: [0, 4, true, true, -XaXa, <a>XaXa, -X-X-, <0>X<2>X<4>, [, X, X, ], aXaXa, mXmXm, []a[X]a[X]a[], (0, 2, 4), 1]
// expect: [2, 2, false, false, aX-Xa, aX<a>Xa, (2, 4), null]
// expect: [XaXa,   aXaXa, aXaXa  , --aXaXa, AB, BC, B]
// expect: [false, true, false, true, true, false]
// expect: [[12, 3, 4-5], , 7]
// expect: [11, 31, 35, -1, 1.5, 2, null, null, null]
// expect: [1.5e+0, 1.500e+0, ff, 0:00:00.000000, Symbol("a"), Exception, FormatException]
// expect: true
// expect: [0, 3, 2, 1, 1212, 1-2-1-2, [2, 1, 2], [1, 2, 1, 2, 3], Unsupported operation: Cannot add to a fixed-length list]
// expect: [0, 3, 2, 1, 1212, 1-2-1-2, [2, 1, 2], [1, 2, 1, 2, 3], Unsupported operation: Cannot add to a fixed-length list]
// expect: [0, 3, 2, 1, 1212, 1-2-1-2, [2, 1, 2], [1, 2, 1, 2, 3], Unsupported operation: Cannot add to a fixed-length list]
// expect: [0, 3, 2, 1, 1212, 1-2-1-2, [2, 1, 2], [1, 2, 1, 2, 3], Unsupported operation: Cannot add to a fixed-length list]
// expect: [0, 3, 2, 1, 1212, 1-2-1-2, [2, 1, 2], [1, 2, 1, 2, 3], Unsupported operation: Cannot add to a fixed-length list]
// expect: [[null, 8, 1], [null, 8, 1], [null, 8, 1], [null, 8, 1]]
// expect: [0, [1, 2], Unsupported operation: Cannot add to a fixed-length list, [0, 2], Unsupported operation: Cannot add to a fixed-length list, Unsupported operation: Cannot add to a fixed-length list, [0, 2], [1, 2]]
// expect: [(0, 1, 2), (0, -1), {1: 1}, {k: 1}, {1: v}, {1: 1, 2: 2}, 0]
// expect: [else, else, else, 4]
// expect: [true, true, true, true]
// expect: [[a, b, c], [-1180591620717411303424, -1, 0.5, 1.5, 2, 1180591620717411303424], [a1, a0, b1, b0], [0:00:00.000000, 0:00:02.000000], Invalid argument(s): compareTo: argument 'other' must be a String, it is 1, Invalid argument(s): compareTo: argument 'other' must be a num, it is "a", NoSuchMethodError: Class 'Object' has no instance method 'compareTo' that takes these arguments.]
// expect: [FormatException: Bad UTF-8 encoding 0xff (at offset 0), [65533], FormatException: Bad UTF-8 encoding 0xff (at offset 0), [65533], FormatException: Bad UTF-8 encoding 0xff (at offset 0), [65533], FormatException: Bad UTF-8 encoding 0xff (at offset 0)]
// expect: [FormatException: Invalid value in input: 200 (at offset 0), [65533], FormatException: Invalid value in input: 200 (at offset 0), [65533], FormatException: Invalid value in input: 200 (at offset 0), [65533]]
// expect: [FormatException: Invalid value in input: 300 (at offset 0), [65533], FormatException: Invalid value in input: 300 (at offset 0), [65533], FormatException: Invalid value in input: 300 (at offset 0), [65533]]
// expect: [[97, 98, 99], [98, 99], b, [97, 98, 99], [98, 99], ab, b, [98], b, [65, 66], [65, 66], +/8=, -_8=]
// expect: [+w==, -w==, QQ==, QUI=, &#47;, [a, b], [, b]]
// expect: [[1], [1], 1, [1], [1], [
// expect: "t"
// expect: ]]
// expect: [12, 1-2, [null, null], [0, 1], null, [1, 2], [1, 1, 2], [1, 2]]
// expect: [[1, told e, 2], true]
// expect: [[1, told e, 2], true]
// expect: [[1, told e], false]
// expect: [[1, 2], not handled: e, piped]
// expect: [first a, [1], 2, null, null, 3, late, TimeoutException]
// expect: [caught, again, on e]
// expect: [2, 4]
// expect: [2, 4, 1, 3]
// expect: [2]
// expect: [2, 1]
// expect: [[single], false]
// expect: [[single, broadcast], false]
// expect: [[single, broadcast], false]
// expect: [de, FileSystemException: writeByte failed, FileSystemException: Creation failed, FileSystemException: Cannot create file, FileSystemException: Cannot create link to target 'x', FileSystemException: Deletion failed, 1]
// expect: [3, 5, 1, 0, directory]
// expect: [2, [100, 101], [100, 101, 65, 66, 195, 169], , ]

// What members of the libraries say of arguments that are null or of another type, with the name that
// each argument has; and what streams say that have not what is asked.
// stress-interval: 97
import "dart:async";
import "dart:collection";
import "dart:convert";
import "dart:developer" hide log;
import "dart:io";
import "dart:isolate";
import "dart:math";
import "dart:typed_data";

tried(f) {
  try {
    return "${f()}";
  } on NoSuchMethodError {
    return "NoSuchMethodError"; // Of what the library asked of null.
  } catch (error) {
    return "$error".split("\n").first;
  }
}

later(f) async {
  try {
    return "${await f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

main() async {
  var future = new Future.value(1), text = "abc", list = [1, 2], pattern = new RegExp("b"), buffer = new StringBuffer();
  var asked = [
    () => future.then(null), () => future.catchError(null), () => future.whenComplete(null), () => scheduleMicrotask(null), () => new Timer(Duration.ZERO, null),
    () => new Timer.periodic(Duration.ZERO, null), () => new Timer(1, () {}), () => new Timer.periodic(null, (t) {}), () => new StreamIterator(null), () => new Future.delayed(1), () => future.timeout(null),
    () => new Stream.periodic(null), () => new Stream.empty().timeout(1), () => new Stream.empty().listen(null, onError: () {}), () => new Stream.empty().listen(null, onError: (a, b, c) {}),
    () => new Completer()..complete(1)..complete(2), () => new Completer()..complete(1)..completeError(2),
    // Text.
    () => text.codeUnitAt(null), () => text.codeUnitAt(3), () => text.codeUnitAt(-1), () => text[3], () => text[-1], () => text["0"], () => text.substring(null), () => text.substring(4), () => text.substring(2, 1), () => text.substring(1, 4),
    () => text.indexOf(null), () => text.indexOf("a", 4), () => text.indexOf("a", -1), () => text.lastIndexOf("a", 4), () => text.lastIndexOf("a", -1), () => text.lastIndexOf(1), () => text.startsWith(1), () => text.startsWith("a", 4),
    () => text.startsWith("a", -1), () => text.endsWith(null), () => text.contains(null), () => text.contains("a", 4), () => text.split(null), () => text.replaceAll(null, ""), () => text.replaceAll("a", null), () => text.replaceFirst("a", null),
    () => text.replaceFirst(1, "b"), () => text.replaceFirst("a", "b", 4), () => text.replaceFirst("a", "b", -1), () => text.replaceRange(2, 1, ""), () => text.replaceRange(0, 4, ""), () => text.replaceRange(0, 1, null),
    () => text.replaceAllMapped("a", null), () => text.replaceFirstMapped("a", null), () => text.splitMapJoin(null), () => text.padLeft(null), () => text.padRight("5"), () => text * null, () => text + null, () => text + 1,
    () => text.compareTo(null), () => text.compareTo(1), () => text.trim(), () => new String.fromCharCodes(null), () => new String.fromCharCodes([1], 2), () => new String.fromCharCodes([1], 0, 2), () => new String.fromCharCodes([1], 1, 0),
    () => new String.fromCharCodes(["a"]), () => new String.fromCharCodes([-1]), () => new String.fromCharCodes([0x110000]), () => new String.fromCharCode(null), () => new String.fromCharCode(-1), () => "b".allMatches(null), () => "b".allMatches("b", 2),
    () => "b".matchAsPrefix("b", 2), () => "b".matchAsPrefix("b", -1), () => pattern.firstMatch(null), () => pattern.hasMatch(1), () => pattern.stringMatch(null), () => pattern.allMatches(null), () => pattern.allMatches("b", 2), () => pattern.matchAsPrefix("b", -1),
    () => new RegExp(null), () => new RegExp("("), () => pattern.firstMatch("b").group(1), () => pattern.firstMatch("b").group(-1), () => pattern.firstMatch("b")[null], () => "b".matchAsPrefix("b").group(1), () => new Runes("a").elementAt(1),
    () => new RuneIterator.at("abc", 4), () => new RuneIterator.at("\ud83d\ude00", 1), () => new RuneIterator("abc").reset(4), () => new RuneIterator("abc")..rawIndex = 4, () => buffer.writeCharCode(null), () => buffer.writeCharCode(-1), () => buffer.writeAll(null),
    // Numbers.
    () => 1 + null, () => 1 - "1", () => 1 * null, () => 1 / null, () => 1 ~/ null, () => 1 ~/ 0, () => 1 % 0, () => 1 % null, () => 1 < null, () => 1 >= "1", () => 1 & 1.5, () => 1 | null, () => 1 ^ null, () => 1 << -1, () => 1 >> -1, () => 1 << null, () => 1.5 + null,
    () => 1.5 ~/ 0, () => 1.5 % null, () => 1.5 < "1", () => 1.compareTo(null), () => 1.5.compareTo("1"), () => 1.remainder(0), () => 1.remainder(null), () => 1.gcd(null), () => 2.modInverse(4), () => 2.modInverse(0), () => 2.modPow(-1, 4), () => 2.modPow(1, 0), () => 2.modPow(1, null),
    () => 1.toRadixString(1), () => 1.toRadixString(37), () => 1.toRadixString(null), () => 1.toUnsigned(-1), () => 1.toSigned(0), () => 1.toSigned(-1), () => 1.toStringAsFixed(-1), () => 1.toStringAsFixed(21), () => 1.toStringAsFixed(null), () => 1.5.toStringAsExponential(21),
    () => 1.5.toStringAsExponential(-1), () => 1.5.toStringAsPrecision(0), () => 1.5.toStringAsPrecision(22), () => 1.5.toStringAsPrecision(null), () => 1.clamp(2, 1), () => 1.clamp(null, 1), () => 1.clamp(1, null), () => double.NAN.toInt(), () => double.INFINITY.round(),
    () => double.NAN.floor(), () => double.INFINITY.ceil(), () => double.NAN.truncate(), () => int.parse(null), () => int.parse("x"), () => int.parse(""), () => int.parse("1", radix: 1), () => int.parse("1", radix: 37), () => int.parse("9", radix: 9), () => int.tryParse(null),
    () => num.parse(null), () => num.parse("x"), () => double.parse(null), () => double.parse("x"), () => double.parse("1e"), () => sqrt(null), () => sin("1"), () => pow(null, 1), () => pow(1, "1"), () => atan2(null, 1), () => atan2(1, null), () => log(null), () => exp("1"), () => new Random(1.5),
    // Collections.
    () => new List(null), () => new List(-1), () => new List("1"), () => new List.filled(-1, 0), () => new List.filled(null, 0), () => new List.generate(-1, (i) => i), () => new List.generate(null, (i) => i), () => new List.from(null), () => new List.of(null), () => new List.unmodifiable(null),
    () => list.sublist(null), () => list.getRange(null, 1), () => list.skip(null), () => list.take(-1), () => list.elementAt(null), () => list[null], () => list["0"], () => list[0.0], () => list.insert(null, 1), () => list.removeAt(null), () => list.indexOf(1, null), () => list.join(null),
    () => list.length = null, () => list.length = -1, () => list.addAll(null), () => list.setAll(null, []), () => list.setAll(0, null), () => list.fillRange(0, null), () => list + null, () => list.asMap()["a"], () => new Iterable.generate(-1), () => new Iterable.generate(null), () => new Set.from(null),
    () => new Map.from(null), () => new Map.fromIterables([1], []), () => new Map.fromIterables([], [1]), () => new Map.fromIterable(null), () => new Queue.from(null), () => new ListQueue("1"), () => new SplayTreeMap()[null] = 1, () => new SplayTreeSet().add(null), () => new LinkedList().add(null), () => new HashSet.from(null),
    // Others.
    () => new Symbol(null), () => new Symbol("1a"), () => new Duration(seconds: null), () => Duration.ZERO + null, () => Duration.ZERO * null, () => Duration.ZERO ~/ 0, () => Duration.ZERO.compareTo(null), () => DateTime.parse(null), () => DateTime.parse("x"), () => DateTime.parse("2001-13-45x"),
    () => new DateTime.now().add(null), () => new DateTime.now().difference(null), () => new DateTime.now().isBefore(null), () => new Expando()[1], () => new Expando()["a"] = 1, () => new Expando()[null], () => new Expando()[true], () => Function.apply(null, []), () => Function.apply(tried, []),
    () => RangeError.checkValidIndex(2, [1]), () => RangeError.checkValidIndex(2, [1], "n", 2, "m"), () => RangeError.checkValidIndex(1, [1], "n", 2), () => RangeError.checkValidRange(2, 1, 3), () => RangeError.checkValidRange(4, null, 3), () => RangeError.checkValidRange(1, 4, 3, "s", "e", "m"),
    () => RangeError.checkValidRange(-1, 1, 3, "s", "e", "m"), () => RangeError.checkValidRange(1, null, 3), () => RangeError.checkValidRange(3, 3, 3), () => RangeError.checkValueInInterval(1, 2, 3), () => RangeError.checkValueInInterval(4, 2, 3, "n", "m"), () => RangeError.checkValueInInterval(2, 2, 3),
    () => RangeError.checkNotNegative(-1), () => RangeError.checkNotNegative(-1, "n", "m"), () => RangeError.checkNotNegative(0), () => BASE64.decode(null), () => BASE64.encode(null), () => UTF8.decode(null), () => UTF8.encode(null), () => ASCII.encode(null), () => LATIN1.decode(null), () => JSON.decode(null),
    () => BASE64.normalize(null), () => BASE64.normalize("A"), () => BASE64.normalize("QQ"), () => BASE64.normalize("QQ%3D="), () => BASE64.normalize("-_8"), () => BASE64.encode([256]), () => BASE64.encode([-1]), () => BASE64.decoder.convert("xQUJDx", 1, 5), () => BASE64.decoder.convert("QQ==", 5),
    () => UTF8.decoder.convert([65, 66], 1), () => UTF8.decoder.convert([65], 2), () => UTF8.encoder.convert("ab", 3), () => UTF8.encoder.convert("ab", 1, 2), () => new Uint8List(null), () => new Uint8List.fromList(null), () => new Uint8List.view(null), () => new ByteData(null),
    () => new UserTag(null), () => Timeline.startSync(null), () => Timeline.startSync("n", arguments: []), () => Timeline.timeSync(null, () {}), () => Timeline.instantSync(1), () => new TimelineTask().start(1), () => new TimelineTask().finish(), () => Timeline.finishSync(), () => new TimelineTask.withTaskId(null),
    () => new File(null), () => new Directory(1), () => new Link(null), () => new BytesBuilder()..add(null), () => new BytesBuilder()..addByte(null), () => sleep(null), () => sleep(const Duration(seconds: -1)), () => new IOSink(null),
  ];
  for (var i = 0; i < asked.length; i++) {
    print("$i ${tried(asked[i])}");
  }
  for (var stream in [() => new Stream.fromIterable([1, 2, 3]), () => new Stream.empty(), () => new Stream.fromIterable([1])]) {
    var answers = [];
    for (var member in [(s) => s.first, (s) => s.last, (s) => s.single, (s) => s.firstWhere((x) => x > 9), (s) => s.lastWhere((x) => x > 9), (s) => s.singleWhere((x) => x > 9), (s) => s.singleWhere((x) => x < 9),
        (s) => s.elementAt(5), (s) => s.elementAt(-1), (s) => s.elementAt(null), (s) => s.reduce((a, b) => a + b), (s) => s.skip(-1).toList(), (s) => s.take(-1).toList(), (s) => s.skip(null).toList(), (s) => s.take(null).toList(),
        (s) => s.join(null), (s) => s.firstWhere((x) => false, defaultValue: () => "default"), (s) => s.lastWhere((x) => false, defaultValue: () => "default"), (s) => s.drain("drained"), (s) => s.drain()]) {
      answers.add(await later(() => member(stream())));
    }
    print(answers);
  }
  var iterator = new StreamIterator(new StreamController().stream);
  iterator.moveNext();
  print(tried(() => iterator.moveNext()));
  print([iterator.current, await iterator.cancel()]);
}

// expect: 0 Invalid argument(s) (onValue): Must not be null
// expect: 1 Invalid argument(s) (onError): Must not be null
// expect: 2 Invalid argument(s) (action): Must not be null
// expect: 3 Invalid argument(s) (callback): Must not be null
// expect: 4 Invalid argument(s) (callback): Must not be null
// expect: 5 Invalid argument(s) (callback): Must not be null
// expect: 6 Invalid argument (duration): must be a Duration: 1
// expect: 7 Invalid argument (duration): must be a Duration: null
// expect: 8 Invalid argument(s) (stream): Must not be null
// expect: 9 Invalid argument (duration): must be a Duration: 1
// expect: 10 Invalid argument (timeLimit): must be a Duration: null
// expect: 11 Invalid argument (period): must be a Duration: null
// expect: 12 Invalid argument (timeLimit): must be a Duration: 1
// expect: 13 Instance of '_DoneSubscription'
// expect: 14 Instance of '_DoneSubscription'
// expect: 15 Bad state: Future already completed
// expect: 16 Bad state: Future already completed
// expect: 17 Invalid argument(s): codeUnitAt: argument 'index' must be an int, it is null
// expect: 18 RangeError (index): Index out of range: index should be less than 3: 3
// expect: 19 RangeError (index): Index out of range: index must not be negative: -1
// expect: 20 RangeError (index): Index out of range: index should be less than 3: 3
// expect: 21 RangeError (index): Index out of range: index must not be negative: -1
// expect: 22 Invalid argument(s): []: argument 'index' must be an int, it is "0"
// expect: 23 Invalid argument(s): substring: argument 'startIndex' must be an int, it is null
// expect: 24 RangeError: substring: argument 'startIndex' must be from 0 to 3, it is 4
// expect: 25 RangeError: substring: argument 'endIndex' must be from 2 to 3, it is 1
// expect: 26 RangeError: substring: argument 'endIndex' must be from 1 to 3, it is 4
// expect: 27 Invalid argument(s): indexOf: argument 'pattern' must be a String, it is null
// expect: 28 RangeError: indexOf: argument 'start' must be from 0 to 3, it is 4
// expect: 29 RangeError: indexOf: argument 'start' must be from 0 to 3, it is -1
// expect: 30 RangeError: lastIndexOf: argument 'start' must be from 0 to 3, it is 4
// expect: 31 RangeError: lastIndexOf: argument 'start' must be from 0 to 3, it is -1
// expect: 32 Invalid argument(s): lastIndexOf: argument 'pattern' must be a String, it is 1
// expect: 33 Invalid argument(s): startsWith: argument 'pattern' must be a String, it is 1
// expect: 34 RangeError: startsWith: argument 'index' must be from 0 to 3, it is 4
// expect: 35 RangeError: startsWith: argument 'index' must be from 0 to 3, it is -1
// expect: 36 Invalid argument(s): endsWith: argument 'other' must be a String, it is null
// expect: 37 Invalid argument(s): contains: argument 'other' must be a String, it is null
// expect: 38 RangeError: contains: argument 'startIndex' must be from 0 to 3, it is 4
// expect: 39 Invalid argument(s): split: argument 'pattern' must be a String, it is null
// expect: 40 Invalid argument(s): replaceAll: argument 'from' must be a String, it is null
// expect: 41 Invalid argument(s): replaceAll: argument 'replace' must be a String, it is null
// expect: 42 Invalid argument(s): replaceFirst: argument 'to' must be a String, it is null
// expect: 43 Invalid argument(s): replaceFirst: argument 'from' must be a String, it is 1
// expect: 44 RangeError: replaceFirst: argument 'startIndex' must be from 0 to 3, it is 4
// expect: 45 RangeError: replaceFirst: argument 'startIndex' must be from 0 to 3, it is -1
// expect: 46 RangeError: replaceRange: argument 'end' must be from 2 to 3, it is 1
// expect: 47 RangeError: replaceRange: argument 'end' must be from 0 to 3, it is 4
// expect: 48 Invalid argument(s): replaceRange: argument 'replacement' must be a String, it is null
// expect: 49 Invalid argument(s) (replace): Must not be null
// expect: 50 Invalid argument(s) (replace): Must not be null
// expect: 51 Invalid argument(s): splitMapJoin: argument 'pattern' must be a String, it is null
// expect: 52 Invalid argument(s): padLeft: argument 'width' must be an int, it is null
// expect: 53 Invalid argument(s): padRight: argument 'width' must be an int, it is "5"
// expect: 54 Invalid argument(s): *: argument 'times' must be an int, it is null
// expect: 55 Invalid argument(s): +: argument 'other' must be a String, it is null
// expect: 56 Invalid argument(s): +: argument 'other' must be a String, it is 1
// expect: 57 Invalid argument(s): compareTo: argument 'other' must be a String, it is null
// expect: 58 Invalid argument(s): compareTo: argument 'other' must be a String, it is 1
// expect: 59 abc
// expect: 60 NoSuchMethodError
// expect: 61 RangeError: String.fromCharCodes: argument 'start' must be from 0 to 1, it is 2
// expect: 62 RangeError: String.fromCharCodes: argument 'end' must be from 0 to 1, it is 2
// expect: 63 RangeError: String.fromCharCodes: argument 'end' must be from 1 to 1, it is 0
// expect: 64 Invalid argument(s): String.fromCharCodes: argument 'charCodes' must be code points, from 0 to 0x10FFFF, it is "a"
// expect: 65 Invalid argument(s): String.fromCharCodes: argument 'charCodes' must be code points, from 0 to 0x10FFFF, it is -1
// expect: 66 Invalid argument(s): String.fromCharCodes: argument 'charCodes' must be code points, from 0 to 0x10FFFF, it is 1114112
// expect: 67 Invalid argument(s): String.fromCharCode: argument 'charCode' must be an int, it is null
// expect: 68 RangeError: String.fromCharCode: argument 'charCode' must be from 0 to 1114111, it is -1
// expect: 69 Invalid argument(s): allMatches: argument 'string' must be a String, it is null
// expect: 70 RangeError: allMatches: argument 'start' must be from 0 to 1, it is 2
// expect: 71 RangeError: matchAsPrefix: argument 'start' must be from 0 to 1, it is 2
// expect: 72 RangeError: matchAsPrefix: argument 'start' must be from 0 to 1, it is -1
// expect: 73 Invalid argument(s): firstMatch: argument 'input' must be a String, it is null
// expect: 74 Invalid argument(s): hasMatch: argument 'input' must be a String, it is 1
// expect: 75 Invalid argument(s): stringMatch: argument 'input' must be a String, it is null
// expect: 76 Invalid argument(s): allMatches: argument 'input' must be a String, it is null
// expect: 77 RangeError: allMatches: argument 'start' must be from 0 to 1, it is 2
// expect: 78 RangeError: matchAsPrefix: argument 'start' must be from 0 to 1, it is -1
// expect: 79 Invalid argument(s): RegExp: argument 'source' must be a String, it is null
// expect: 80 FormatException: Unterminated group (at character 2)
// expect: 81 RangeError: group: argument 'group' must be from 0 to 0, it is 1
// expect: 82 RangeError: group: argument 'group' must be from 0 to 0, it is -1
// expect: 83 Invalid argument(s): []: argument 'group' must be an int, it is null
// expect: 84 RangeError: group: argument 'group' must be from 0 to 0, it is 1
// expect: 85 RangeError (index): Index out of range: index should be less than 1: 1
// expect: 86 RangeError: RuneIterator.at: argument 'index' must be from 0 to 3, it is 4
// expect: 87 Invalid argument(s): Index inside surrogate pair: 1
// expect: 88 RangeError: reset: argument 'index' must be from 0 to 3, it is 4
// expect: 89 RangeError: rawIndex=: argument 'index' must be from 0 to 2, it is 4
// expect: 90 Invalid argument(s): writeCharCode: argument 'charCode' must be an int, it is null
// expect: 91 RangeError: writeCharCode: argument 'charCode' must be from 0 to 1114111, it is -1
// expect: 92 NoSuchMethodError
// expect: 93 Invalid argument(s): +: argument 'other' must be a num, it is null
// expect: 94 Invalid argument(s): -: argument 'other' must be a num, it is "1"
// expect: 95 Invalid argument(s): *: argument 'other' must be a num, it is null
// expect: 96 Invalid argument(s): /: argument 'other' must be a num, it is null
// expect: 97 Invalid argument(s): ~/: argument 'other' must be a num, it is null
// expect: 98 IntegerDivisionByZeroException
// expect: 99 IntegerDivisionByZeroException
// expect: 100 Invalid argument(s): %: argument 'other' must be a num, it is null
// expect: 101 Invalid argument(s): <: argument 'other' must be a num, it is null
// expect: 102 Invalid argument(s): >=: argument 'other' must be a num, it is "1"
// expect: 103 Invalid argument(s): &: argument 'other' must be an int, it is 1.5
// expect: 104 Invalid argument(s): |: argument 'other' must be an int, it is null
// expect: 105 Invalid argument(s): ^: argument 'other' must be an int, it is null
// expect: 106 Invalid argument(s): <<: argument 'other' must not be negative, it is -1
// expect: 107 Invalid argument(s): >>: argument 'other' must not be negative, it is -1
// expect: 108 Invalid argument(s): <<: argument 'other' must be an int, it is null
// expect: 109 Invalid argument(s): +: argument 'other' must be a num, it is null
// expect: 110 Unsupported operation: Infinity is not an int
// expect: 111 Invalid argument(s): %: argument 'other' must be a num, it is null
// expect: 112 Invalid argument(s): <: argument 'other' must be a num, it is "1"
// expect: 113 Invalid argument(s): compareTo: argument 'other' must be a num, it is null
// expect: 114 Invalid argument(s): compareTo: argument 'other' must be a num, it is "1"
// expect: 115 IntegerDivisionByZeroException
// expect: 116 Invalid argument(s): remainder: argument 'other' must be a num, it is null
// expect: 117 Invalid argument(s): gcd: argument 'other' must be an int, it is null
// expect: 118 Exception: Not coprime
// expect: 119 RangeError: modInverse: argument 'modulus' must not be less than 1, it is 0
// expect: 120 RangeError: modPow: argument 'exponent' must not be less than 0, it is -1
// expect: 121 RangeError: modPow: argument 'modulus' must not be less than 1, it is 0
// expect: 122 Invalid argument(s): modPow: argument 'modulus' must be an int, it is null
// expect: 123 RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is 1
// expect: 124 RangeError: toRadixString: argument 'radix' must be from 2 to 36, it is 37
// expect: 125 Invalid argument(s): toRadixString: argument 'radix' must be an int, it is null
// expect: 126 RangeError: toUnsigned: argument 'width' must not be less than 0, it is -1
// expect: 127 RangeError: toSigned: argument 'width' must not be less than 1, it is 0
// expect: 128 RangeError: toSigned: argument 'width' must not be less than 1, it is -1
// expect: 129 RangeError: toStringAsFixed: argument 'fractionDigits' must be from 0 to 20, it is -1
// expect: 130 RangeError: toStringAsFixed: argument 'fractionDigits' must be from 0 to 20, it is 21
// expect: 131 Invalid argument(s): toStringAsFixed: argument 'fractionDigits' must be an int, it is null
// expect: 132 RangeError: toStringAsExponential: argument 'fractionDigits' must be from 0 to 20, it is 21
// expect: 133 RangeError: toStringAsExponential: argument 'fractionDigits' must be from 0 to 20, it is -1
// expect: 134 RangeError: toStringAsPrecision: argument 'precision' must be from 1 to 21, it is 0
// expect: 135 RangeError: toStringAsPrecision: argument 'precision' must be from 1 to 21, it is 22
// expect: 136 Invalid argument(s): toStringAsPrecision: argument 'precision' must be an int, it is null
// expect: 137 Invalid argument(s): The lower limit 2 is above the upper one, 1
// expect: 138 Invalid argument(s): clamp: argument 'lowerLimit' must be a num, it is null
// expect: 139 Invalid argument(s): clamp: argument 'upperLimit' must be a num, it is null
// expect: 140 Unsupported operation: NaN is not an int
// expect: 141 Unsupported operation: Infinity is not an int
// expect: 142 Unsupported operation: NaN is not an int
// expect: 143 Unsupported operation: Infinity is not an int
// expect: 144 Unsupported operation: NaN is not an int
// expect: 145 Invalid argument(s): int.parse: argument 'source' must be a String, it is null
// expect: 146 FormatException: Not an integer
// expect: 147 FormatException: Not an integer
// expect: 148 RangeError: int.parse: argument 'radix' must be from 2 to 36, it is 1
// expect: 149 RangeError: int.parse: argument 'radix' must be from 2 to 36, it is 37
// expect: 150 FormatException: Not an integer
// expect: 151 Invalid argument(s): int.tryParse: argument 'source' must be a String, it is null
// expect: 152 Invalid argument(s): num.parse: argument 'source' must be a String, it is null
// expect: 153 FormatException: Not a number
// expect: 154 Invalid argument(s): double.parse: argument 'source' must be a String, it is null
// expect: 155 FormatException: Not a double
// expect: 156 FormatException: Not a double
// expect: 157 Invalid argument(s): sqrt: argument 'x' must be a num, it is null
// expect: 158 Invalid argument(s): sin: argument 'radians' must be a num, it is "1"
// expect: 159 Invalid argument(s): pow: argument 'x' must be a num, it is null
// expect: 160 Invalid argument(s): pow: argument 'exponent' must be a num, it is "1"
// expect: 161 Invalid argument(s): atan2: argument 'a' must be a num, it is null
// expect: 162 Invalid argument(s): atan2: argument 'b' must be a num, it is null
// expect: 163 Invalid argument(s): log: argument 'x' must be a num, it is null
// expect: 164 Invalid argument(s): exp: argument 'x' must be a num, it is "1"
// expect: 165 Invalid argument(s): Random: argument 'seed' must be an int, it is 1.5
// expect: 166 Invalid argument(s): List: argument 'length' must be an int, it is null
// expect: 167 RangeError: List: argument 'length' must be from 0 to 1073741823, it is -1
// expect: 168 Invalid argument(s): List: argument 'length' must be an int, it is "1"
// expect: 169 RangeError: List.filled: argument 'length' must be from 0 to 1073741823, it is -1
// expect: 170 Invalid argument(s): List.filled: argument 'length' must be an int, it is null
// expect: 171 RangeError: List.generate: argument 'length' must be from 0 to 1073741823, it is -1
// expect: 172 Invalid argument(s): List.generate: argument 'length' must be an int, it is null
// expect: 173 NoSuchMethodError
// expect: 174 NoSuchMethodError
// expect: 175 NoSuchMethodError
// expect: 176 Invalid argument(s): sublist: argument 'start' must be an int, it is null
// expect: 177 Invalid argument(s): getRange: argument 'start' must be an int, it is null
// expect: 178 Invalid argument(s): skip: argument 'count' must be an int, it is null
// expect: 179 RangeError: take: argument 'count' must not be less than 0, it is -1
// expect: 180 Invalid argument(s): elementAt: argument 'index' must be an int, it is null
// expect: 181 Invalid argument(s): []: argument 'index' must be an int, it is null
// expect: 182 Invalid argument(s): []: argument 'index' must be an int, it is "0"
// expect: 183 Invalid argument(s): []: argument 'index' must be an int, it is 0.0
// expect: 184 Invalid argument(s): insert: argument 'index' must be an int, it is null
// expect: 185 Invalid argument(s): removeAt: argument 'index' must be an int, it is null
// expect: 186 Invalid argument(s): indexOf: argument 'start' must be an int, it is null
// expect: 187 Invalid argument(s): join: argument 'separator' must be a String, it is null
// expect: 188 Invalid argument(s): length=: argument 'newLength' must be an int, it is null
// expect: 189 RangeError: length=: argument 'newLength' must be from 0 to 1073741823, it is -1
// expect: 190 NoSuchMethodError
// expect: 191 NoSuchMethodError
// expect: 192 NoSuchMethodError
// expect: 193 null
// expect: 194 NoSuchMethodError
// expect: 195 null
// expect: 196 ()
// expect: 197 Invalid argument(s): Iterable.generate: argument 'count' must be an int, it is null
// expect: 198 NoSuchMethodError
// expect: 199 NoSuchMethodError
// expect: 200 Invalid argument(s): Fewer values than keys
// expect: 201 Invalid argument(s): Fewer keys than values
// expect: 202 NoSuchMethodError
// expect: 203 NoSuchMethodError
// expect: 204 Invalid argument(s): +: argument 'other' must be a String, it is 1
// expect: 205 Invalid argument(s) (key): Must not be null
// expect: 206 Invalid argument(s) (value): Must not be null
// expect: 207 NoSuchMethodError
// expect: 208 NoSuchMethodError
// expect: 209 NoSuchMethodError
// expect: 210 Invalid argument (name): Not a valid name of a symbol: "1a"
// expect: 211 NoSuchMethodError
// expect: 212 NoSuchMethodError
// expect: 213 Invalid argument(s): *: argument 'other' must be a num, it is null
// expect: 214 IntegerDivisionByZeroException
// expect: 215 NoSuchMethodError
// expect: 216 Invalid argument(s): DateTime.parse: argument 'formattedString' must be a String, it is null
// expect: 217 FormatException: Invalid date format
// expect: 218 FormatException: Invalid date format
// expect: 219 NoSuchMethodError
// expect: 220 NoSuchMethodError
// expect: 221 NoSuchMethodError
// expect: 222 Invalid argument (object): null, numbers, texts and truth values have no properties: 1
// expect: 223 Invalid argument (object): null, numbers, texts and truth values have no properties: "a"
// expect: 224 Invalid argument (object): null, numbers, texts and truth values have no properties: null
// expect: 225 Invalid argument (object): null, numbers, texts and truth values have no properties: true
// expect: 226 NoSuchMethodError
// expect: 227 NoSuchMethodError
// expect: 228 RangeError (index): Index out of range: index should be less than 1: 2
// expect: 229 RangeError (n): m: index should be less than 2: 2
// expect: 230 null
// expect: 231 RangeError (end): Invalid value: Not in range 2..3, inclusive: 1
// expect: 232 RangeError (start): Invalid value: Not in range 0..3, inclusive: 4
// expect: 233 RangeError (e): m: Not in range 1..3, inclusive: 4
// expect: 234 RangeError (s): m: Not in range 0..3, inclusive: -1
// expect: 235 3
// expect: 236 3
// expect: 237 RangeError: Invalid value: Not in range 2..3, inclusive: 1
// expect: 238 RangeError (n): m: Not in range 2..3, inclusive: 4
// expect: 239 null
// expect: 240 RangeError: Invalid value: Not greater than or equal to 0: -1
// expect: 241 RangeError (n): m: Not greater than or equal to 0: -1
// expect: 242 null
// expect: 243 Invalid argument(s): convert: argument 'input' must be a String, it is null
// expect: 244 NoSuchMethodError
// expect: 245 NoSuchMethodError
// expect: 246 Invalid argument(s): encode: argument 'string' must be a String, it is null
// expect: 247 Invalid argument(s): convert: argument 'string' must be a String, it is null
// expect: 248 NoSuchMethodError
// expect: 249 Invalid argument(s): convert: argument 'input' must be a String, it is null
// expect: 250 Invalid argument(s): normalize: argument 'source' must be a String, it is null
// expect: 251 FormatException: Invalid base64 encoding length 1 (at character 2)
// expect: 252 QQ==
// expect: 253 QQ==
// expect: 254 +/8=
// expect: 255 Invalid argument (input): Not a byte value at index 0: 256
// expect: 256 Invalid argument (input): Not a byte value at index 0: -1
// expect: 257 [65, 66, 67]
// expect: 258 RangeError: convert: argument 'start' must be from 0 to 4, it is 5
// expect: 259 B
// expect: 260 RangeError: convert: argument 'start' must be from 0 to 1, it is 2
// expect: 261 RangeError: convert: argument 'start' must be from 0 to 2, it is 3
// expect: 262 [98]
// expect: 263 Invalid argument(s): Uint8List: argument 'length' must be an int, it is null
// expect: 264 NoSuchMethodError
// expect: 265 Invalid argument(s): Uint8List.view: argument 'buffer' must be a ByteBuffer, it is null
// expect: 266 Invalid argument(s): ByteData: argument 'length' must be an int, it is null
// expect: 267 Invalid argument (label): Must be a String: null
// expect: 268 Invalid argument (name): Must be a String: null
// expect: 269 Invalid argument (arguments): Must be a Map: Instance of '_GrowableList'
// expect: 270 Invalid argument (name): Must be a String: null
// expect: 271 Invalid argument (name): Must be a String: 1
// expect: 272 Invalid argument (name): Must be a String: 1
// expect: 273 Bad state: Uneven calls to start and finish
// expect: 274 Bad state: Uneven calls to startSync and finishSync
// expect: 275 Invalid argument (taskId): Must be an int: null
// expect: 276 Invalid argument(s): null is not a String
// expect: 277 Invalid argument(s): 1 is not a String
// expect: 278 Invalid argument(s): null is not a String
// expect: 279 NoSuchMethodError
// expect: 280 NoSuchMethodError
// expect: 281 Invalid argument (duration): must be a Duration: null
// expect: 282 Invalid argument(s): sleep: duration cannot be negative
// expect: 283 Invalid argument (target): must be a StreamConsumer: null
// expect: [1, 3, Bad state: Too many elements, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: Too many elements, RangeError (index): Index out of range: index should be less than 3: 5, RangeError: elementAt: argument 'index' must not be less than 0, it is -1, Invalid argument(s): elementAt: argument 'index' must be an int, it is null, 6, RangeError: skip: argument 'count' must not be less than 0, it is -1, RangeError: take: argument 'count' must not be less than 0, it is -1, Invalid argument(s): skip: argument 'count' must be an int, it is null, Invalid argument(s): take: argument 'count' must be an int, it is null, 1null2null3, default, default, drained, null]
// expect: [Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element, RangeError (index): Index out of range: no indices are valid: 5, RangeError: elementAt: argument 'index' must not be less than 0, it is -1, Invalid argument(s): elementAt: argument 'index' must be an int, it is null, Bad state: No element, RangeError: skip: argument 'count' must not be less than 0, it is -1, RangeError: take: argument 'count' must not be less than 0, it is -1, Invalid argument(s): skip: argument 'count' must be an int, it is null, Invalid argument(s): take: argument 'count' must be an int, it is null, , default, default, drained, null]
// expect: [1, 1, 1, Bad state: No element, Bad state: No element, Bad state: No element, 1, RangeError (index): Index out of range: index should be less than 1: 5, RangeError: elementAt: argument 'index' must not be less than 0, it is -1, Invalid argument(s): elementAt: argument 'index' must be an int, it is null, 1, RangeError: skip: argument 'count' must not be less than 0, it is -1, RangeError: take: argument 'count' must not be less than 0, it is -1, Invalid argument(s): skip: argument 'count' must be an int, it is null, Invalid argument(s): take: argument 'count' must be an int, it is null, 1, default, default, drained, null]
// expect: Bad state: Already waiting for next.
// expect: [null, null]

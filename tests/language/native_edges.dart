// Natives of the libraries at their edges: what lies just within, just outside, and what equals what.
// stress-interval: 101
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

class Pair {
  a() => 1;
  b() => 2;
  static alone(x) => x;
  _secret() => 3;
  get hidden => this._secrte();
}

numbers() {
  var max = 0x7fffffffffffffff, min = -max - 1;
  print("${min % -3} ${min % 3} ${max % min} ${-max % min} ${(min + 1) % -max}"); // expect: 1 1 9223372036854775807 1 0
  print("${-7.5 % -2} ${7.5 % -2} ${-8.0 % -2}"); // expect: 0.5 1.5 0.0
  // A number is found as a key in whatever form it comes.
  var end = int.parse("9223372036854775808"), huge = int.parse("1" + "0" * 700);
  var map = {end: "end", huge: "huge", min: "min", 0x3fffffff: "small", 0x40000000: "mixed"};
  print([map[9223372036854775808.0], map[end + 0], map[-9223372036854775808.0], map[huge + 0], map[double.INFINITY]]);
  // expect: [end, end, min, huge, null]
  print("${map[1073741823.0]} ${map[1073741824.0]} ${0x3fffffff.hashCode} ${end.hashCode == 9223372036854775808.0.hashCode}");
  // expect: small mixed 1073741823 true
  print("${huge.hashCode == (huge + 0).hashCode} ${(-huge).hashCode == huge.hashCode}"); // expect: true false
  print([1e-6, 9.5e-7, 1e-7, 0.00001].map((x) => x.toStringAsPrecision(1)).toList());
  // expect: [0.000001, 0.000001, 1e-7, 0.00001]
  print([9.5, 99.5, 100.0, 12345.0].map((x) => x.toStringAsPrecision(2)).toList());
  // expect: [9.5, 1.0e+2, 1.0e+2, 1.2e+4]
}

strings() {
  // Found at each end of the pieces that a search is cut into.
  for (var length in [65535, 65536, 65537, 131072]) {
    for (var letter in ["b", "\u1234"]) {
      var text = "a" * length + letter + "a";
      if (text.indexOf(letter) != length) print("$letter in $length: ${text.indexOf(letter)}");
      if (text.indexOf(letter + "a", 1) != length) print("$letter a in $length");
      if (text.lastIndexOf(letter) != length) print("last $letter in $length");
      if (text.indexOf(letter + "b") != -1) print("$letter b in $length");
    }
  }
  // Nothing lies behind the end.
  for (var n = 0; n < 20; n++) {
    for (var letter in ["x", "\u1234"]) {
      var text = letter * n;
      for (var zeros in ["\u0000", "\u0000\u0000", letter + "\u0000"]) {
        if (text.lastIndexOf(zeros) != -1 || text.indexOf(zeros) != -1 || text.endsWith(zeros)) print("$n");
      }
    }
  }
  print("azAZ".toUpperCase() + "azAZ".toLowerCase() + "`{@[".toUpperCase() + "`{@[".toLowerCase());
  // expect: AZAZazaz`{@[`{@[
  print("\u00ff\u00b5".toLowerCase().codeUnits); // expect: [255, 181]
  var spaces = [8, 9, 0xd, 0xe, 0x1f, 0x20, 0x21, 0x84, 0x85, 0x86, 0x9f, 0xa0, 0xa1, 0x167f, 0x1680, 0x1681,
    0x1fff, 0x2000, 0x200a, 0x200b, 0x2027, 0x2028, 0x2029, 0x202a, 0x202e, 0x202f, 0x2030, 0x205e, 0x205f,
    0x2060, 0x2fff, 0x3000, 0x3001, 0xfefe, 0xfeff, 0xff00];
  print(spaces.where((x) => new String.fromCharCode(x).trim().isEmpty).map((x) => x.toRadixString(16)));
  // expect: (9, d, 20, 85, a0, 1680, 2000, 200a, 2028, 2029, 202f, 205f, 3000, feff)
  print("${"ab" * 3}|${"ab".padLeft(2)}|${"ab".padRight(3)}|${"".padLeft(2, "xy")}|${"ab".padLeft(4, "")}|");
  // expect: ababab|ab|ab |xyxy|ab|
}

lists() {
  // From one typed list to another: numbers go over, not bytes, and no more than there are.
  print([new Float32List.fromList(new Int32List.fromList([1, -1])), new Uint8ClampedList.fromList(new Int8List.fromList([-1, 5]))]);
  // expect: [[1.0, -1.0], [0, 5]]
  print([new Int8List.fromList(new Uint8List.fromList([255, 1])), show(() => new Int64List.fromList(new Float64List(1)))]);
  // expect: [[-1, 1], <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 0.0>]
  var to = new Int32List.fromList([1, 2, 3, 4, 5]);
  to.setRange(2, 4, new Int32List.fromList([7, 8, 9]), 1);
  print(to); // expect: [1, 2, 8, 9, 5]
  to.setRange(1, 4, to);
  print(to); // expect: [1, 1, 2, 8, 5]
  to.setRange(0, 3, to, 2);
  print(to); // expect: [2, 8, 5, 8, 5]
  print("${show(() => to.setRange(0, 3, new Int32List(2)))} ${show(() => to.setRange(0, 2, new Int32List(3), 2))} $to");
  // expect: <Bad state: Too few elements> <Bad state: Too few elements> [2, 8, 5, 8, 5]
  var bytes = new Uint8List.fromList([1, 2, 3, 4, 5, 6]);
  for (var view in [
    () => new Uint8List.view(bytes.buffer, 6), () => new Uint8List.view(bytes.buffer, 7), () => new Uint8List.view(bytes.buffer, 5, 1),
    () => new Uint8List.view(bytes.buffer, 5, 2), () => new Int16List.view(bytes.buffer, 4, 1), () => new Int16List.view(bytes.buffer, 4, 2),
    () => new Int32List.view(bytes.buffer), () => new Int32List.view(bytes.buffer, 0, 1), () => new Int16List.view(bytes.buffer, 1),
  ]) print(show(view));
  // expect: []
  // expect: <RangeError: Uint8List.view: argument 'offsetInBytes' must be from 0 to 6, it is 7>
  // expect: [6]
  // expect: <RangeError: Uint8List.view: argument 'length' must be from 0 to 1, it is 2>
  // expect: [1541]
  // expect: <RangeError: Int16List.view: argument 'length' must be from 0 to 1, it is 2>
  // expect: [67305985]
  // expect: [67305985]
  // expect: <RangeError: Int16List.view: argument 'offsetInBytes' must be a multiple of BYTES_PER_ELEMENT, it is 1>
  var data = bytes.buffer.asByteData();
  print([show(() => data.getInt16(4)), show(() => data.getInt16(5)), show(() => data.getInt64(0)), show(() => data.setInt32(3, 1))]);
  // expect: [1286, <RangeError: getInt16: argument 'byteOffset' must be from 0 to 4, it is 5>, <RangeError: getInt64: argument 'byteOffset' cannot be right, whatever it is, it is 0>, <RangeError: setInt32: argument 'byteOffset' must be from 0 to 2, it is 3>]
}

functions() {
  var pair = new Pair(), other = new Pair();
  print("${pair.a == pair.a} ${pair.a == pair.b} ${pair.a == other.a} ${pair.a.hashCode == pair.a.hashCode}");
  // expect: true false false true
  print({pair.a: "a", pair.b: "b"}[pair.a]); // expect: a
  print(show(() => pair.hidden).endsWith("did you mean '_secret'?")); // expect: true
  print(show(() => Function.apply(() => 1, new List(255)))); // expect: <NoSuchMethodError: Found 'functions.<anonymous closure>.<anonymous closure>()', but it is called with 255 arguments.
  print(show(() => Function.apply(() => 1, new List(256)))); // expect: <Stack Overflow>
}

timers() {
  // One that is too long to be counted never ends.
  var never = new Timer(new Duration(milliseconds: int.parse("99999999999999999999")), () => print("ended"));
  new Timer(new Duration(milliseconds: 20), () {
    print(never.isActive);
    never.cancel();
  });
}

isolates() {
  var refused = (e) => print("$e".split("\n").first);
  Isolate.spawn((x) => x, 1).catchError(refused);
  Isolate.spawn(new Pair().a, 1).catchError(refused);
  Isolate.spawn(show, new Pair().a).catchError(refused);
  var port = new RawReceivePort((x) => 0);
  print(show(() => port.sendPort.send(new Pair().a))); // expect: <Invalid argument(s): send: argument 'message' cannot be sent: illegal argument in isolate message: object is a closure, it is Instance of '_Closure'>
  port.close();
  // Who may be given where to answer, but need not, is given the message alone.
  var one;
  one = new RawReceivePort((x, [y = "nothing else"]) {
    print("$x and $y");
    one.close();
  });
  one.sendPort.send("a message", one.sendPort);
  // expect: Invalid argument(s): Isolate.spawn: argument 'entryPoint' must be a top-level function or a static method, it is Instance of '_Closure'
  // expect: Invalid argument(s): Isolate.spawn: argument 'entryPoint' must be a top-level function or a static method, it is Instance of '_Closure'
  // expect: Invalid argument(s): Isolate.spawn: argument 'message' cannot be sent: illegal argument in isolate message: object is a closure, it is Instance of '_Closure'
}

main() {
  numbers();
  strings();
  lists();
  functions();
  isolates();
  timers();
}
// expect: a message and nothing else
// expect: true

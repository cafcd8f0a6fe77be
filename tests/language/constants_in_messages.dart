// Values of enums that come in messages are the isolate's own, also among keys; SIMD values are copied.
import 'dart:isolate';
import 'dart:typed_data';

enum Suit { clubs, hearts }

main() {
  var inUse = {Suit.clubs: "clubs"};
  var port = new ReceivePort();
  port.listen((message) {
    print(identical(message[0], Suit.clubs)); // expect: true
    print(message[1][Suit.hearts]); // expect: found
    print(inUse[message[2].single]); // expect: clubs
    print(message[3] == Suit.values[1] && identical(message[3], message[4])); // expect: true
    print(Suit.hearts.hashCode == message[3].hashCode); // expect: true
    Float32x4 four = message[5];
    print("${four.z} ${message[6].w} ${message[7].y}"); // expect: 3.0 4 2.0
    port.close();
  });
  port.sendPort.send([
    Suit.clubs,
    {Suit.hearts: "found"},
    new Set.from([Suit.clubs]),
    Suit.hearts,
    Suit.hearts,
    new Float32x4(1.0, 2.0, 3.0, 4.0),
    new Int32x4(1, 2, 3, 4),
    new Float64x2(1.0, 2.0)
  ]);
}

// Types in messages: to this isolate and to others, alone and in what is sent.
import 'dart:async';
import 'dart:isolate';

class A {}

class Box<T> {}

enum Colour { red }

child(List message) {
  var types = message[1];
  var here = [A, int, Colour, new Box<A>().runtimeType, dynamic];
  for (var i = 0; i < here.length; i++) {
    if (types[i] != here[i]) throw "${types[i]} is not ${here[i]}";
  }
  message[0].send([types, {A: "found"}]);
}

main() async {
  var types = [A, int, Colour, new Box<A>().runtimeType, dynamic];
  var port = new ReceivePort();
  port.sendPort.send(A);
  print(identical(await port.first, A)); // expect: true
  port = new ReceivePort();
  await Isolate.spawn(child, [port.sendPort, types]);
  var back = await port.first;
  print(back[0]); // expect: [A, int, Colour, Box<A>, dynamic]
  print(back[0][3] == new Box<A>().runtimeType); // expect: true
  print(back[1][A]); // expect: found
}

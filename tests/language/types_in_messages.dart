// Types in messages, alone and in what is sent. (Between isolates: lang/message_test.cc.)
import 'dart:async';
import 'dart:isolate';

class A {}

class Box<T> {}

enum Colour { red }

main() async {
  var port = new ReceivePort();
  port.sendPort.send(A);
  print(identical(await port.first, A)); // expect: true
  port = new ReceivePort();
  port.sendPort.send([
    [A, int, Colour, new Box<A>().runtimeType, dynamic],
    {A: "found"}
  ]);
  var back = await port.first;
  print(back[0]); // expect: [A, int, Colour, Box<A>, dynamic]
  print(back[0][3] == new Box<A>().runtimeType); // expect: true
  print(back[1][A]); // expect: found
}

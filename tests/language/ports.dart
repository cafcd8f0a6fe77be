// Ports within one isolate: messages are copies, come in order, and closed ports get none.
import 'dart:async';
import 'dart:isolate';

show(name, future) {
  return future.then((value) => print("$name: $value"), onError: (error) => print("$name! $error"));
}

class Node {
  var name;
  var next;
  Node(this.name);
}

main() {
  new Future(() => print("event one"));
  new Future.value(0).then((_) => print("microtasks come before events"));
  new Future(() {
    new Future.value(0).then((_) => print("and between them"));
  });
  new Future(() => "event three").then(print).then((_) => order()).then((_) => copies())
      .then((_) => calls()).then((_) => handlers()).then((_) => names());
  print("end of main");
}
// expect: end of main
// expect: microtasks come before events
// expect: event one
// expect: and between them
// expect: event three

order() {
  var done = new Completer();
  var a = new RawReceivePort();
  var b = new RawReceivePort();
  var heard = [];
  a.handler = (x) => heard.add("a$x");
  b.handler = (x) {
    heard.add("b$x");
    if (x == 4) {
      a.close();
      b.close();
      a.sendPort.send("lost");
      print(heard);
      done.complete();
    }
  };
  a.sendPort.send(1);
  b.sendPort.send(2);
  a.sendPort.send(3);
  b.sendPort.send(4);
  a.sendPort.send("closed before its turn");
  return done.future;
}
// expect: [a1, b2, a3, b4]

copies() {
  var port = new ReceivePort();
  var list = [1, 2.5, "three", true, null, -9223372036854775808];
  var graph = [list, list];
  list.add(graph);
  port.sendPort.send(graph);
  list[0] = "changed afterwards";
  return port.first.then((received) {
    print(received[0].take(6));
    print(identical(received[0], received[1]));
    print(identical(received[0][6], received));
    print(identical(received, graph));
  });
}
// expect: (1, 2.5, three, true, null, -9223372036854775808)
// expect: true
// expect: true
// expect: false

calls() {
  var doubling = new RawReceivePort();
  doubling.handler = (message, replyTo) => replyTo.send(message * 2);
  var closed = new RawReceivePort();
  closed.close();
  var closing = new RawReceivePort();
  return show("call", doubling.sendPort.call(21))
      .then((_) => show("called as a function", doubling.sendPort(4)))
      .then((_) => show("closed", closed.sendPort.call(1)))
      .then((_) {
        var answer = closing.sendPort.call(1);
        closing.close();
        return show("closed before its turn", answer.catchError((e) {
          return e is MessageException;
        }));
      })
      .then((_) => show("not to be sent", doubling.sendPort.call(() => 1).catchError((e) {
        return e is ArgumentError;
      })))
      .then((_) {
        doubling.close();
      });
}

// expect: call: 42
// expect: called as a function: 8
// expect: closed! MessageException: The port is closed.
// expect: closed before its turn: true
// expect: not to be sent: true

handlers() {
  var done = new Completer();
  var port = new RawReceivePort((x) => print("first handler $x"));
  port.sendPort.send(1);
  port.sendPort.send(2);
  port.sendPort.send(3);
  port.handler = (x) {
    print("second handler $x");
    port.handler = null;
    new Future(() {
      port.close();
      done.complete();
    });
  };
  return done.future;
}
// expect: second handler 1

names() {
  var port = new RawReceivePort();
  var other = new RawReceivePort();
  print(port.sendPort == port.sendPort);
  print(port.sendPort == other.sendPort);
  print("${port.sendPort.runtimeType} ${new Capability().runtimeType}");
  print(port.sendPort is SendPort);
  var capability = new Capability();
  print(new Capability() == capability);
  port.sendPort.send([port.sendPort, capability]);
  port.handler = (message) {
    print(message[0] == port.sendPort && message[0].hashCode == port.sendPort.hashCode);
    print(message[1] == capability && !identical(message[1], capability));
    port.close();
    other.close();
    print("the end");
  };
}
// expect: true
// expect: false
// expect: SendPort Capability
// expect: true
// expect: false
// expect: true
// expect: true
// expect: the end

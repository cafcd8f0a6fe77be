// Isolates: what one asks of another, and what it hears of its end.
import 'dart:async';
import 'dart:isolate';

echo(SendPort to) {
  var port = new ReceivePort();
  to.send(port.sendPort);
  port.listen((message) {
    if (message == "throw") throw "thrown";
    if (message == "later") {
      new Future(() => throw "thrown later");
    } else if (message == "close") {
      port.close();
    } else {
      to.send("echo $message");
    }
  });
}

throws(message) => throw "from $message";
sends(SendPort to) => to.send("has run");

class Watch {
  final port = new RawReceivePort();
  final _heard = [];
  var _waiting;
  Watch() {
    port.handler = (message) {
      if (_waiting != null) {
        var waiting = _waiting;
        _waiting = null;
        waiting.complete(message);
      } else {
        _heard.add(message);
      }
    };
  }
  get sendPort => port.sendPort;
  Future get next {
    if (_heard.isNotEmpty) return new Future.value(_heard.removeAt(0));
    _waiting = new Completer();
    return _waiting.future;
  }
  close() => port.close();
}

main() {
  Future.forEach([ends, fails, failsLater, goesOn, paused, pausedWhileItRuns, pings, killed, listeners, listenersOfOneThatRuns, refusals], (test) {
    return new Future.sync(test);
  }).then((_) => print("all"));
}

ends() {
  var exit = new Watch(), heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort, onExit: exit.sendPort).then((isolate) {
    return heard.next.then((port) {
      port.send(1);
      return heard.next.then((text) {
        print(text);
        isolate.addOnExitListener(exit.sendPort, response: "ended");
        port.send("close");
        return exit.next;
      });
    });
  }).then((message) {
    print("exit: $message");
    exit.close();
    heard.close();
  });
}

fails() {
  var exit = new Watch(), errors = new Watch();
  return Isolate.spawn(throws, "entry", onExit: exit.sendPort, onError: errors.sendPort).then((_) {
    return errors.next;
  }).then((error) {
    print([error.length, error[0], error[1] is String]);
    return exit.next;
  }).then((message) {
    print("exit: $message");
    exit.close();
    errors.close();
  });
}

failsLater() {
  var exit = new Watch(), errors = new Watch(), heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort, onExit: exit.sendPort, onError: errors.sendPort).then((_) {
    return heard.next;
  }).then((port) {
    port.send("later");
    return errors.next;
  }).then((error) {
    print(error[0]);
    return exit.next;
  }).then((message) {
    print("exit: $message");
    [exit, errors, heard].forEach((each) => each.close());
  });
}

goesOn() {
  var errors = new Watch(), heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort, errorsAreFatal: false, onError: errors.sendPort).then((_) {
    return heard.next;
  }).then((port) {
    port.send("throw");
    port.send("still there");
    return errors.next.then((error) => print(error[0])).then((_) => heard.next).then((text) {
      print(text);
      port.send("close");
      errors.close();
      heard.close();
    });
  });
}

paused() {
  var heard = new Watch();
  return Isolate.spawn(sends, heard.sendPort, paused: true).then((isolate) {
    isolate.ping(heard.sendPort, response: "pong while paused");
    return heard.next.then(print).then((_) {
      isolate.resume(new Capability()); // Another one's
      isolate.ping(heard.sendPort, response: "still paused");
      return heard.next;
    }).then(print).then((_) {
      isolate.resume(isolate.pauseCapability);
      return heard.next;
    });
  }).then((text) {
    print(text);
    heard.close();
  });
}

pausedWhileItRuns() {
  var heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort).then((isolate) {
    return heard.next.then((port) {
      var resuming = isolate.pause();
      port.send(1);
      port.send(2);
      isolate.ping(heard.sendPort, response: "first the ping");
      return heard.next.then(print).then((_) {
        isolate.resume(resuming);
        return heard.next;
      }).then(print).then((_) => heard.next).then(print).then((_) {
        port.send("close");
        heard.close();
      });
    });
  });
}

pings() {
  var heard = new Watch();
  Isolate.current.ping(heard.sendPort, response: [1]);
  return heard.next.then((message) {
    print(message);
    heard.close();
    print([Isolate.current.pauseCapability == Isolate.current.pauseCapability, Isolate.current.controlPort == Isolate.current.controlPort]);
  });
}

killed() {
  var exit = new Watch(), heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort).then((isolate) {
    return heard.next.then((_) {
      isolate.addOnExitListener(exit.sendPort, response: "killed");
      new Isolate(isolate.controlPort).kill(); // Without its capability
      isolate.ping(heard.sendPort, response: "lives");
      return heard.next;
    }).then(print).then((_) {
      isolate.kill(priority: Isolate.IMMEDIATE);
      return exit.next;
    });
  }).then((message) {
    print(message);
    exit.close();
    heard.close();
  });
}

listeners() {
  var heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort, paused: true).then((isolate) {
    isolate.setErrorsFatal(false);
    var errors = isolate.errors.listen(null);
    var first = new Completer();
    errors.onError((error, trace) => first.complete([error is RemoteError, "$error", trace is StackTrace]));
    isolate.resume(isolate.pauseCapability);
    return heard.next.then((port) {
      port.send("later");
      return first.future.then(print).then((_) {
        errors.cancel();
        port.send("close");
        heard.close();
      });
    });
  });
}

// Of one that was spawned with nothing to say about errors: whatever they come out of.
listenersOfOneThatRuns() {
  var exit = new Watch(), errors = new Watch(), heard = new Watch();
  return Isolate.spawn(echo, heard.sendPort).then((isolate) {
    return heard.next.then((port) {
      isolate.addErrorListener(errors.sendPort);
      isolate.setErrorsFatal(false);
      port.send("throw");
      port.send("later");
      return errors.next.then((error) => print("heard: ${error[0]}")).then((_) => errors.next).then((error) {
        print("heard: ${error[0]}");
        isolate.setErrorsFatal(true);
        isolate.addOnExitListener(exit.sendPort, response: "of its error");
        port.send("later");
        return errors.next;
      }).then((error) {
        print("heard: ${error[0]}");
        return exit.next;
      });
    });
  }).then((message) {
    print("exit: $message");
    [exit, errors, heard].forEach((each) => each.close());
  });
}

refusals() {
  var closure = (x) => x;
  return Isolate.spawn(closure, 1).catchError((error) => print(error)).then((_) {
    return Isolate.spawn(closure, 1, paused: true);
  }).catchError((error) => print(error)).then((_) {
    return Isolate.spawnUri(Uri.parse("http://x/"), [], null);
  }).catchError((error) => print(error)).then((_) {
    var spoken = new RemoteError("text", "trace");
    print([spoken, spoken.stackTrace]);
    // What else is sent to a main port is not heard.
    Isolate.current.controlPort.send("anything");
    Isolate.current.controlPort.send([1, 2, 3]);
  });
}

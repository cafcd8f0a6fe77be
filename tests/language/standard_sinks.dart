// dart:io: the standard output as a sink: bound to a stream, failed and closed, while what is printed still
// comes out; what the isolate says of packages.
import "dart:async";
import "dart:convert";
import "dart:io";
import "dart:isolate";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

main() async {
  stdout.write("written ");
  stdout.writeln(1);
  stdout.add([65, 10]);
  stdout.writeAll([1, 2], "-");
  stdout.writeCharCode(10);
  stdout.encoding = LATIN1;
  stdout.add(UTF8.encode("\u00e9\n"));
  stdout.encoding = UTF8;
  stdout.writeln("\u00e9");
  print(tried(() => stdout.add("text")));
  var source = new StreamController(), adding = stdout.addStream(source.stream);
  for (var f in [() => stdout.add([66]), () => stdout.write("x"), () => stdout.flush(), () => stdout.close(), () => stdout.addStream(new Stream.empty()), () => stdout.addError(1)]) print(tried(f));
  source..add([67, 10])..close();
  print(identical(await adding, stdout));
  print(await stdout.addStream(new Stream.fromFuture(new Future.error("of the stream"))).catchError((e) => "told $e"));
  print([identical(await stdout.flush(), stdout), stdout.hasTerminal, stdin.supportsAnsiEscapes == (stdin.hasTerminal && Platform.environment["TERM"] != "dumb"), identical(stdout.nonBlocking, stdout)]);
  for (var f in [() => stdout.terminalColumns, () => stdout.terminalLines, () => stdin.echoMode = 1, () => stdin.lineMode = null, () => stdin.readLineSync(encoding: 1)]) print(tried(f).split(", OS").first);
  var isDone = false;
  stdout.done.then((_) => isDone = true);
  print([identical(await stdout.close(), stdout), isDone, identical(await stdout.close(), stdout)]);
  for (var f in [() => stdout.add([66]), () => stdout.write("x"), () => stdout.addStream(new Stream.empty()), () => stdout.addError(1)]) print(tried(f));
  print([identical(await stdout.flush(), stdout), identical(await stdout.done, stdout)]);
  stderr.done.catchError((e) => print("told $e"));
  stderr.addError("wrong");
  await new Future(() {});
  print(tried(() => stderr.write("x")));
  print([exitCode, exitCode = 3, exitCode, exitCode = 0]);

  print([await Isolate.packageRoot, await Isolate.packageConfig, await Isolate.resolvePackageUri(Uri.parse("a/b")), await Isolate.resolvePackageUri(Uri.parse("package:a/b"))]);
  print([new IsolateSpawnException("m"), new IsolateSpawnException("m").message, new RemoteError("m", "s"), new RemoteError("m", "s").stackTrace, new RemoteError("m", null).stackTrace]);
}

// expect: written 1
// expect: A
// expect: 1-2
// expect: é
// expect: é
// expect: Invalid argument (bytes): must be a List<int>: "text"
// expect: Bad state: StreamSink is bound to a stream
// expect: Bad state: StreamSink is bound to a stream
// expect: Bad state: StreamSink is bound to a stream
// expect: Bad state: StreamSink is bound to a stream
// expect: Bad state: StreamSink is bound to a stream
// expect: Bad state: StreamSink is bound to a stream
// expect: C
// expect: true
// expect: told of the stream
// expect: [true, false, true, true]
// expect: StdoutException: Could not get terminal columns
// expect: StdoutException: Could not get terminal lines
// expect: Invalid argument (echoMode): must be a bool: 1
// expect: Invalid argument (lineMode): must be a bool: null
// expect: Invalid argument (encoding): must be an Encoding: 1
// expect: [true, true, true]
// expect: Bad state: StreamSink is closed
// expect: Bad state: StreamSink is closed
// expect: Bad state: StreamSink is closed
// expect: Bad state: StreamSink is closed
// expect: [true, true]
// expect: told wrong
// expect: Bad state: StreamSink is closed
// expect: [0, 3, 3, 0]
// expect: [null, null, a/b, null]
// expect: [IsolateSpawnException: m, m, m, s, ]

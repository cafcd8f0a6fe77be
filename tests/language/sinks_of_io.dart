// dart:io: sinks over consumers of the program's own: what is bound, closed, flushed and failed, in which
// order the consumer hears of it; pipes that are full, and both kinds of builders of bytes.
// stress-interval: 97
import "dart:async";
import "dart:convert";
import "dart:io";

tried(f) {
  try {
    return "${f()}".split("\n").first;
  } catch (error) {
    return "$error".split("\n").first;
  }
}

class Consumer implements StreamConsumer {
  final events = [];
  var failing;
  addStream(stream) {
    events.add("stream");
    var done = new Completer();
    stream.listen((data) {
      events.add(data);
      if (failing != null && "$data" == "$failing") done.completeError("failed on $data");
    }, onError: (error) {
      events.add("error $error");
      if (!done.isCompleted) done.completeError(error);
    }, onDone: () {
      events.add("end");
      if (!done.isCompleted) done.complete(7);
    });
    return done.future;
  }

  close() {
    events.add("close");
    return new Future.value("closed");
  }
}

turns() => new Future.delayed(const Duration(milliseconds: 1));

main() async {
  var consumer = new Consumer(), sink = new IOSink(consumer);
  print([sink.encoding.name, consumer.events]);
  sink.add([1]);
  sink..write("a\u00e9")..writeln(5)..writeln()..writeAll([1, 2], "-")..writeAll([])..writeAll([3])..writeCharCode(0xe9)..write("")..write(null);
  sink.encoding = LATIN1;
  sink.write("\u00e9");
  print(consumer.events.toList());
  consumer.events.clear();
  var flushing = sink.flush();
  print([tried(() => sink.add([2])), tried(() => sink.write("x")), tried(() => sink.addStream(new Stream.empty())), tried(() => sink.flush()), tried(() => sink.close()), tried(() => sink.addError(1))]);
  print([identical(await flushing, sink), consumer.events]);
  print([identical(await sink.flush(), sink), consumer.events]);
  sink.add([3]);
  var adding = sink.addStream(new Stream.fromIterable([[4], [5]]));
  print([tried(() => sink.add([2])), tried(() => sink.addStream(new Stream.empty()))]);
  print([await adding, consumer.events]);
  print(await sink.addStream(new Stream.fromIterable([[6]])));
  consumer.events.clear();
  sink.add([7]);
  var closing = sink.close();
  print([tried(() => sink.add([2])), tried(() => sink.addStream(new Stream.empty())), identical(closing, sink.done), identical(sink.close(), closing)]);
  print([await closing, consumer.events, await sink.done]);

  // Closed before anything was put in.
  consumer = new Consumer();
  sink = new IOSink(consumer, encoding: ASCII);
  print([await sink.close(), consumer.events, sink.encoding.name]);
  // What is no list of bytes, no text, no encoding.
  sink = new IOSink(consumer = new Consumer());
  for (var f in [() => sink.add("text"), () => sink.add(null), () => sink.writeCharCode(-1), () => sink.writeAll(null), () => sink.encoding = "UTF8", () => sink.encoding = null, () => new IOSink("c"), () => new IOSink(consumer, encoding: 1)]) {
    print(tried(f).startsWith("NoSuch") ? "NoSuchMethodError" : tried(f));
  }
  await sink.close();
  // Errors that are put in, and a consumer that fails.
  sink = new IOSink(consumer = new Consumer());
  sink.add([1]);
  sink.addError("wrong");
  print(await sink.done.catchError((e) => "told $e"));
  sink.add([2]);
  print([consumer.events, identical(await sink.flush(), sink), await sink.close().catchError((e) => "told $e")]);
  sink = new IOSink(consumer = new Consumer()..failing = [1]);
  sink.add([1]);
  print(await sink.done.catchError((e) => "told $e"));
  print(await sink.addStream(new Stream.fromIterable([[2]])).catchError((e) => "added: told $e"));
  sink = new IOSink(consumer = new Consumer()..failing = [1]);
  print(await sink.addStream(new Stream.fromIterable([[1], [2]])).catchError((e) => "added: told $e"));
  sink.add([3]);
  print([await sink.close(), consumer.events]);
  sink = new IOSink(consumer = new Consumer()..failing = [1]);
  sink.add([1]);
  print(await sink.flush().catchError((e) => "flushed: told $e"));
  sink.done.catchError((e) => print("done: told $e"));
  print(await sink.close().catchError((e) => "closed: told $e"));

  // More than a pipe holds.
  var process = await Process.start("cat", []);
  var many = new List.filled(200000, 65);
  var length = process.stdout.fold(0, (sum, data) => sum + data.length);
  process.stdin.add(many);
  await process.stdin.flush();
  process.stdin.write("B" * 100000);
  await process.stdin.close();
  print([await length, await process.exitCode]);
  process = await Process.start("cat", []);
  length = process.stdout.fold(0, (sum, data) => sum + data.length);
  print(await process.stdin.addStream(new Stream.fromIterable(new List.filled(50, new List.filled(5000, 66)))) is StreamConsumer);
  process.stdin.close();
  print([await length, await process.exitCode]);
  // Pauses hold what comes; who cancels hears no more.
  process = await Process.start("/bin/sh", ["-c", "echo one; read x; echo two; read x; echo three >&2"]);
  var told = [], subscription;
  subscription = process.stdout.transform(UTF8.decoder).listen((text) {
    told.add(text.trim());
    if (told.length == 1) {
      subscription.pause(new Future.delayed(const Duration(milliseconds: 5)));
      process.stdin.writeln("go");
    } else {
      subscription.cancel();
      process.stdin.writeln("go");
    }
  });
  print([(await process.stderr.transform(UTF8.decoder).join()).trim(), await process.exitCode, told]);
  print(tried(() => process.stdout.listen(null)));

  for (var copy in [true, false]) {
    var builder = new BytesBuilder(copy: copy);
    print([builder.length, builder.isEmpty, builder.isNotEmpty, builder.toBytes(), builder.takeBytes()]);
    builder..addByte(1)..add([2, 3])..add([])..addByte(256 + 4)..add([300]);
    print([builder.length, builder.isEmpty, builder.isNotEmpty, builder.toBytes(), builder.length, builder.takeBytes(), builder.length, builder.takeBytes()]);
    builder.add([5]);
    builder.clear();
    print([builder.length, builder.toBytes()]);
  }
  print(new BytesBuilder().runtimeType == new BytesBuilder(copy: true).runtimeType);
}

// expect: [utf-8, []]
// expect: [stream, [1], [97, 195, 169], [53, 10], [10], [49, 45, 50], [51], [195, 169], [110, 117, 108, 108], [233]]
// expect: [Bad state: StreamSink is bound to a stream, Bad state: StreamSink is bound to a stream, Bad state: StreamSink is already bound to a stream, Bad state: StreamSink is bound to a stream, Bad state: StreamSink is bound to a stream, Bad state: StreamSink is bound to a stream]
// expect: [true, [end]]
// expect: [true, [end]]
// expect: [Bad state: StreamSink is bound to a stream, Bad state: StreamSink is already bound to a stream]
// expect: [7, [end, stream, [3], end, stream, [4], [5], end]]
// expect: 7
// expect: [Bad state: StreamSink is closed, Bad state: StreamSink is closed, true, true]
// expect: [closed, [stream, [7], end, close], closed]
// expect: [closed, [close], us-ascii]
// expect: Invalid argument (data): must be a List<int>: "text"
// expect: Invalid argument (data): must be a List<int>: null
// expect: RangeError: writeCharCode: argument 'charCode' must be from 0 to 1114111, it is -1
// expect: NoSuchMethodError
// expect: Invalid argument (encoding): must be an Encoding: "UTF8"
// expect: Invalid argument (encoding): must be an Encoding: null
// expect: Invalid argument (target): must be a StreamConsumer: "c"
// expect: Invalid argument (encoding): must be an Encoding: 1
// expect: told wrong
// expect: [[stream, [1], error wrong, [2], end], true, told wrong]
// expect: told failed on [1]
// expect: added: told failed on [1]
// expect: added: told failed on [1]
// expect: [closed, [stream, [1], stream, [3], end, [2], close, end]]
// expect: flushed: told failed on [1]
// expect: closed
// expect: [300000, 0]
// expect: true
// expect: [250000, 0]
// expect: [three, 0, [one, two]]
// expect: Bad state: Stream has already been listened to
// expect: [0, true, false, [], []]
// expect: [5, false, true, [1, 2, 3, 4, 44], 5, [1, 2, 3, 4, 44], 0, []]
// expect: [0, []]
// expect: [0, true, false, [], []]
// expect: [5, false, true, [1, 2, 3, 4, 44], 5, [1, 2, 3, 4, 44], 0, []]
// expect: [0, []]
// expect: true

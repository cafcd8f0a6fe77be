// dart:io: what is read and written as streams.
// stress-interval: 29
import 'dart:async';
import 'dart:convert';
import 'dart:io';

main() async {
  var folder = Directory.systemTemp.createTempSync("fart_streams_");
  var file = new File("${folder.path}/a.txt");
  try {
    var opened = file.openRead(); // Not before somebody listens.
    var sink = file.openWrite();
    sink.write("one\ntw");
    await sink.addStream(new Stream.fromIterable([UTF8.encode("o \u00e4"), [10]]));
    var ended = sink.done.then((written) => "${written.path == file.path}");
    await sink.close();
    print(await ended); // expect: true
    print(await opened.transform(UTF8.decoder).transform(new LineSplitter()).toList()); // expect: [one, two ä]
    print((await file.openRead(4, 7).toList()).map((piece) => new String.fromCharCodes(piece)).toList()); // expect: [two]
    print([await file.openRead(4, 1000).first, await file.openRead(12).toList()]); // expect: [[116, 119, 111, 32, 195, 164, 10], []]

    // In pieces, one after the other.
    var large = new File("${folder.path}/b");
    large.writeAsBytesSync(new List.filled(150000, 7));
    print(await large.openRead().map((piece) => piece.length).toList()); // expect: [65536, 65536, 18928]

    // A copy by way of a stream.
    await file.openRead().pipe(new File("${folder.path}/c").openWrite());
    print(new File("${folder.path}/c").readAsStringSync() == file.readAsStringSync()); // expect: true
    print((await folder.list().map((each) => each.path.split("/").last).toList())..sort()); // expect: [a.txt, b, c]

    for (var wrong in [() => new File("${folder.path}/none").openRead(), () => new Directory("${folder.path}/none").list()]) {
      try {
        await wrong().toList();
      } on FileSystemException catch (error) {
        print(error.osError.errorCode);
        // expect: 2
        // expect: 2
      }
    }
    var failing = new File("${folder.path}/d").openWrite();
    failing.done.catchError((error) => print("done: $error")); // expect: done: broken
    failing.addError("broken");
    await failing.close().catchError((error) => print("closed: $error")); // expect: closed: broken
  } finally {
    folder.deleteSync(recursive: true);
  }
}

// dart:io: files that are open, and what is known of files.
// stress-interval: 61
import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';
import 'lib_in_a_folder.dart';

at(name) => new File("$root/$name");

synchronous() {
  var file = at("a").openSync(mode: FileMode.WRITE);
  file.writeStringSync("h\u00e4llo");
  show(() => [file.positionSync(), file.lengthSync(), file.readByteSync(), file.path]); // expect: [6, 6, -1, R/a]
  file.setPositionSync(1);
  show(() => [file.readByteSync(), file.readSync(2), file.readSync(100), file.readSync(1), file.readSync(0)]); // expect: [195, [164, 108], [108, 111], [], []]
  show(() => file.writeByteSync(33)); // expect: 1
  file.setPositionSync(0);
  file.writeFromSync([1, 2, 3, 4], 1, 3);
  file.writeFromSync(new Uint8List.fromList([9, 8, 7]), 2);
  file.flushSync();
  show(() => at("a").readAsBytesSync()); // expect: [2, 3, 7, 108, 108, 111, 33]
  file.truncateSync(3);
  file.setPositionSync(0);
  var buffer = new List.filled(5, 0);
  show(() => [file.readIntoSync(buffer, 1), buffer, file.readIntoSync(buffer)]); // expect: [3, [0, 2, 3, 7, 0], 0]
  file.truncateSync(10);
  show(() => at("a").readAsBytesSync()); // expect: [2, 3, 7, 0, 0, 0, 0, 0, 0, 0]
  file..lockSync()..unlockSync()..lockSync(FileLock.SHARED, 2, 4)..unlockSync();
  show(() => file.lockSync(FileLock.SHARED, 4, 4)); // expect: <RangeError: lockSync: argument 'end' must not be less than 5, it is 4>
  show(() => file.writeByteSync(256)); // expect: <RangeError: writeByteSync: argument 'value' must be from 0 to 255, it is 256>
  show(() => file.setPositionSync(-1)); // expect: <RangeError: setPositionSync: argument 'position' must not be less than 0, it is -1>
  show(() => file.readSync(null)); // expect: <Invalid argument(s): readSync: argument 'bytes' must be an int, it is null>
  show(() => file.writeFromSync([1, 2], 1, 3)); // expect: <RangeError: writeFromSync: argument 'end' must be from 1 to 2, it is 3>
  show(() => file.writeFromSync([1, "a"])); // expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is "a">
  show(() => file.writeFromSync(null)); // expect: <Invalid argument (buffer): must be a List<int>: null>
  show(() => file.writeStringSync(5)); // expect: <Invalid argument(s): writeStringSync: argument 'string' must be a String, it is 5>
  show(() => file.readIntoSync(const [1, 2]) is int); // expect: <Unsupported operation: Cannot modify an unmodifiable list>
  file.closeSync();
  show(() => file.closeSync()); // expect: <FileSystemException: File closed, path = 'R/a'>
  show(() => file.readByteSync()); // expect: <FileSystemException: File closed, path = 'R/a'>

  file = at("a").openSync();
  show(() => file.writeByteSync(1)); // expect: <FileSystemException: writeByte failed, path = 'R/a' (OS Error: Bad file descriptor, errno = 9)>
  file.closeSync();
  file = at("a").openSync(mode: FileMode.APPEND);
  show(() => [file.positionSync(), file.writeStringSync("x"), file.lengthSync()]); // expect: [10, null, 11]
  file.setPositionSync(0);
  show(() => file.readByteSync()); // expect: 2
  file.closeSync();
  file = at("a").openSync(mode: FileMode.WRITE_ONLY_APPEND);
  show(() => [file.positionSync(), file.lengthSync()]); // expect: [11, 11]
  show(() => file.readByteSync()); // expect: <FileSystemException: readByte failed, path = 'R/a' (OS Error: Bad file descriptor, errno = 9)>
  file.closeSync();
  at("a").openSync(mode: FileMode.WRITE_ONLY).closeSync();
  show(() => at("a").lengthSync()); // expect: 0
  show(() => at("none").openSync()); // expect: <FileSystemException: Cannot open file, path = 'R/none' (OS Error: No such file or directory, errno = 2)>
  show(() => new File(root).openSync()); // expect: <FileSystemException: Cannot open file, path = 'R' (OS Error: Is a directory, errno = 21)>
  show(() => at("a").openSync(mode: 1)); // expect: <Invalid argument (mode): must be a FileMode: 1>
  // None is closed by the program: each is, when nobody has it any more.
  for (var i = 0; i < 200; i++) at("a").openSync();
}

asynchronous() async {
  var file = await at("b").open(mode: FileMode.WRITE);
  var writing = file.writeFrom([1, 2, 3]);
  await later(() => file.position()); // expect: <FileSystemException: An async operation is currently pending, path = 'R/b'>
  show(() => file.positionSync()); // expect: <FileSystemException: An async operation is currently pending, path = 'R/b'>
  await later(() => writing.then((same) => identical(same, file))); // expect: true
  await file.writeByte(4);
  await file.writeString("\u00e4", encoding: LATIN1);
  await later(() => file.length()); // expect: 5
  await file.setPosition(1);
  await later(() => file.read(2)); // expect: [2, 3]
  await later(() => file.readByte()); // expect: 4
  var buffer = new List.filled(3, 0);
  await later(() => file.readInto(buffer, 1, 3).then((count) => [count, buffer])); // expect: [1, [0, 228, 0]]
  await later(() => file.readByte()); // expect: -1
  await (await (await (await file.truncate(2)).flush()).lock()).unlock();
  await later(() => file.writeByte(-1)); // expect: <RangeError: writeByte: argument 'value' must be from 0 to 255, it is -1>
  await later(() => file.close().then((same) => identical(same, file))); // expect: true
  await later(() => file.read(1)); // expect: <FileSystemException: File closed, path = 'R/b'>
  await later(() => at("b").length()); // expect: 2
  await later(() => at("none").open()); // expect: <FileSystemException: Cannot open file, path = 'R/none' (OS Error: No such file or directory, errno = 2)>
  await later(() => at("none").length()); // expect: <FileSystemException: Cannot retrieve length of file, path = 'R/none' (OS Error: No such file or directory, errno = 2)>
  await later(() => at("none").readAsBytes()); // expect: <FileSystemException: Cannot open file, path = 'R/none' (OS Error: No such file or directory, errno = 2)>
  await later(() => at("a\u0000").readAsString().catchError((error) => error is ArgumentError)); // expect: true
  // Many at once.
  var all = await Future.wait(new List.generate(40, (i) => at("m$i").writeAsString("$i" * i).then((file) => file.readAsString())));
  print(all.map((text) => text.length).reduce((a, b) => a + b)); // expect: 1515
}

// What comes by and by is not waited for.
slow() async {
  Process.runSync("mkfifo", ["$root/pipe"]);
  var writer = await Process.start("/bin/sh", ["-c", "exec 3>$root/pipe; echo a >&3; exec sleep 60"]);
  print(await at("pipe").openRead().first); // expect: [97, 10]
  print(writer.kill()); // expect: true
  await writer.exitCode;
}

facts() async {
  var file = at("c")..writeAsStringSync("one\n");
  var time = new DateTime.fromMillisecondsSinceEpoch(1000000000123);
  file.setLastModifiedSync(time);
  await file.setLastAccessed(new DateTime.fromMillisecondsSinceEpoch(-5));
  print([file.lastModifiedSync() == time, (await file.lastAccessed()).millisecondsSinceEpoch]); // expect: [true, -5]
  await file.setLastModified(new DateTime.fromMillisecondsSinceEpoch(7));
  file.setLastAccessedSync(time);
  print([(await file.lastModified()).millisecondsSinceEpoch, file.lastAccessedSync() == time]); // expect: [7, true]
  show(() => file.setLastModifiedSync(5)); // expect: <Invalid argument (time): must be a DateTime: 5>
  Process.runSync("chmod", ["4754", file.path]);
  var stat = await file.stat();
  print([stat.modeString(), stat.size, stat.type, stat.accessed == time]); // expect: [(suid) rwxr-xr--, 4, file, true]
  print("$stat".split("\n").length); // expect: 6
  stat = FileStat.statSync("$root/none");
  print([stat.type, stat.size, stat.changed]); // expect: [notFound, -1, null]
  var copy = await file.copy("$root/c2");
  print([copy.readAsStringSync(), copy.statSync().modeString(), file.copySync(file.path).lengthSync()]); // expect: [one
  // expect: , rwxr-xr--, 4]
  print((await copy.rename("$root/c3")).path == "$root/c3"); // expect: true
  show(() => at("c3").renameSync("$root/no/c")); // expect: <FileSystemException: Cannot rename file to 'R/no/c', path = 'R/c3' (OS Error: No such file or directory, errno = 2)>
  show(() => new File(root).deleteSync()); // expect: <FileSystemException: Cannot delete file, path = 'R' (OS Error: Is a directory, errno = 21)>
  show(() => new File(root).copySync("$root/d")); // expect: <FileSystemException: Cannot copy file to 'R/d', path = 'R' (OS Error: Is a directory, errno = 21)>
  print([at("x/y/z").existsSync(), (await at("x/y/z").create(recursive: true)).existsSync()]); // expect: [false, true]
  show(() => new File(root).createSync()); // expect: <FileSystemException: Cannot create file, path = 'R' (OS Error: Is a directory, errno = 21)>
  file.writeAsStringSync("tw\u00e4\n", mode: FileMode.APPEND, encoding: LATIN1, flush: true);
  show(() => file.readAsStringSync()); // expect: <FileSystemException: Failed to decode data using encoding 'utf-8', path = 'R/c'>
  await later(() => file.readAsLines(encoding: LATIN1)); // expect: [one, twä]
  await later(() => file.readAsString()); // expect: <FileSystemException: Failed to decode data using encoding 'utf-8', path = 'R/c'>
  file.writeAsStringSync("\uFEFFa\uFFFD");
  print([file.readAsStringSync().codeUnits, (await file.readAsString()).codeUnits]); // expect: [[97, 65533], [97, 65533]]
  show(() => file.readAsStringSync(encoding: "utf8")); // expect: <Invalid argument (encoding): must be an Encoding: "utf8">
  show(() => file.writeAsBytesSync(5)); // expect: <Invalid argument (bytes): must be a List<int>: 5>
  show(() => file.openWrite(mode: FileMode.READ)); // expect: <Invalid argument(s): Invalid file mode for this operation>
  var sink = at("no/such").openWrite();
  await later(() => sink.close()); // expect: <FileSystemException: Cannot open file, path = 'R/no/such' (OS Error: No such file or directory, errno = 2)>
  await later(() => file.openRead("x").toList()); // expect: <Invalid argument (start): must be an int: "x">
  await later(() => file.openRead(-1).toList()); // expect: <RangeError: Bad start position: -1>
  print(Process.runSync("cat", [file.path]).stdout.codeUnits); // expect: [97, 65533]
}

main() async {
  root = Directory.systemTemp.createTempSync("fart_open_").path;
  try {
    synchronous();
    await asynchronous();
    await slow();
    await facts();
  } finally {
    new Directory(root).deleteSync(recursive: true);
  }
}

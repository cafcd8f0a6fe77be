// What an open file says when the system refuses something, when it is busy, closed, or asked for what
// cannot be: at once and later alike.
// stress-interval: 29
import "dart:async";
import "dart:convert";
import "dart:io";

Directory folder;

told(error) => "$error".replaceAll(folder.path, "FOLDER").split("\n").first;

now(f) {
  try {
    var answer = f();
    return answer is RandomAccessFile ? "file" : "$answer";
  } catch (error) {
    return told(error);
  }
}

later(f) async {
  try {
    var answer = await f();
    return answer is RandomAccessFile ? "file" : "$answer";
  } catch (error) {
    return told(error);
  }
}

// Each member at once, and the same later.
final members = {
  "readByte": [(f) => f.readByteSync(), (f) => f.readByte()],
  "read": [(f) => f.readSync(2), (f) => f.read(2)],
  "readInto": [(f) => f.readIntoSync([1, 2]), (f) => f.readInto([1, 2])],
  "writeByte": [(f) => f.writeByteSync(65), (f) => f.writeByte(65)],
  "writeFrom": [(f) => f.writeFromSync([66, 67]), (f) => f.writeFrom([66, 67])],
  "writeString": [(f) => f.writeStringSync("D"), (f) => f.writeString("D")],
  "position": [(f) => f.positionSync(), (f) => f.position()],
  "setPosition": [(f) => f.setPositionSync(0), (f) => f.setPosition(0)],
  "truncate": [(f) => f.truncateSync(1), (f) => f.truncate(1)],
  "length": [(f) => f.lengthSync(), (f) => f.length()],
  "flush": [(f) => f.flushSync(), (f) => f.flush()],
  "lock": [(f) => f.lockSync(FileLock.SHARED), (f) => f.lock(FileLock.SHARED)],
  "lock exclusive": [(f) => f.lockSync(), (f) => f.lock()],
  "unlock": [(f) => f.unlockSync(), (f) => f.unlock()],
  "close": [(f) => f.closeSync(), (f) => f.close()],
};

// What cannot be asked of any file.
final wrong = {
  "read": [(f) => f.readSync(-1), (f) => f.read(-1)],
  "read null": [(f) => f.readSync(null), (f) => f.read(null)],
  "readInto": [(f) => f.readIntoSync("text"), (f) => f.readInto("text")],
  "readInto start": [(f) => f.readIntoSync([1, 2], 3), (f) => f.readInto([1, 2], 3)],
  "readInto end": [(f) => f.readIntoSync([1, 2], 1, 3), (f) => f.readInto([1, 2], 1, 3)],
  "readInto backwards": [(f) => f.readIntoSync([1, 2], 1, 0), (f) => f.readInto([1, 2], 1, 0)],
  "writeByte": [(f) => f.writeByteSync(256), (f) => f.writeByte(256)],
  "writeByte -1": [(f) => f.writeByteSync(-1), (f) => f.writeByte(-1)],
  "writeFrom": [(f) => f.writeFromSync("text"), (f) => f.writeFrom("text")],
  "writeFrom end": [(f) => f.writeFromSync([1], 0, 2), (f) => f.writeFrom([1], 0, 2)],
  "writeString": [(f) => f.writeStringSync(null), (f) => f.writeString(null)],
  "writeString encoding": [(f) => f.writeStringSync("a", encoding: "UTF8"), (f) => f.writeString("a", encoding: "UTF8")],
  "setPosition": [(f) => f.setPositionSync(-1), (f) => f.setPosition(-1)],
  "truncate": [(f) => f.truncateSync(-1), (f) => f.truncate(-1)],
  "lock mode": [(f) => f.lockSync("shared"), (f) => f.lock("shared")],
  "lock start": [(f) => f.lockSync(FileLock.SHARED, -1), (f) => f.lock(FileLock.SHARED, -1)],
  "lock end": [(f) => f.lockSync(FileLock.SHARED, 2, 2), (f) => f.lock(FileLock.SHARED, 2, 2)],
  "unlock start": [(f) => f.unlockSync(-1), (f) => f.unlock(-1)],
  "unlock end": [(f) => f.unlockSync(2, 2), (f) => f.unlock(2, 2)],
};

main() async {
  folder = Directory.systemTemp.createTempSync("file_errors");
  var path = "${folder.path}/file";
  File make() => new File(path)..writeAsBytesSync([1, 2, 3]);
  var modes = {"READ": FileMode.READ, "WRITE_ONLY": FileMode.WRITE_ONLY, "WRITE": FileMode.WRITE, "APPEND": FileMode.APPEND, "WRITE_ONLY_APPEND": FileMode.WRITE_ONLY_APPEND};
  for (var mode in modes.keys) {
    print("-- $mode");
    for (var name in members.keys) {
      var file = make().openSync(mode: modes[mode]);
      var answer = now(() => members[name][0](file));
      if (name != "close") file.closeSync();
      file = await make().open(mode: modes[mode]);
      var answerLater = await later(() => members[name][1](file));
      if (name != "close") await file.close();
      print(answer == answerLater || (answer == "null" && answerLater == "file") ? "$name: $answer" : "$name: $answer, later $answerLater");
    }
  }
  print("-- wrong");
  var file = make().openSync(mode: FileMode.APPEND);
  print("$file" == "RandomAccessFile: '$path'");
  for (var name in wrong.keys) {
    var answer = now(() => wrong[name][0](file)), answerLater = await later(() => wrong[name][1](file));
    print(answer == answerLater ? "$name: $answer" : "$name: $answer, later $answerLater");
  }
  print("-- busy");
  for (var name in members.keys) {
    var pending = file.length();
    var answer = now(() => members[name][0](file)), answerLater = await later(() => members[name][1](file));
    print("$name: ${answer == answerLater} $answer");
    print(await pending);
  }
  print(await later(() => file.setPosition(-1)));
  print(now(() => file.lengthSync()));
  file.closeSync();
  print("-- closed");
  for (var name in members.keys) {
    var answer = now(() => members[name][0](file)), answerLater = await later(() => members[name][1](file));
    print("$name: ${answer == answerLater} $answer");
  }
  await pipes();
  await ranges();
  await consumers();
  folder.deleteSync(recursive: true);
}

// What has no places.
pipes() async {
  print("-- pipe");
  var path = "${folder.path}/pipe";
  Process.runSync("mkfifo", [path]);
  var file = new File(path).openSync(mode: FileMode.APPEND);
  for (var name in ["position", "setPosition", "truncate", "flush"]) {
    var answer = now(() => members[name][0](file)), answerLater = await later(() => members[name][1](file));
    print("$name: ${answer == answerLater} $answer");
  }
  file.closeSync();
}

// Parts of what is read and written.
ranges() async {
  print("-- ranges");
  var path = "${folder.path}/ranges", file = new File(path).openSync(mode: FileMode.WRITE);
  file.writeFromSync([1, 2, 3, 4], 1);
  file.writeFromSync([5, 6, 7, 8], 1, 3);
  await file.writeFrom([9, 10, 11], 2);
  await file.writeFrom([9, 10, 11], 0, 1);
  await file.writeFrom([]);
  file.writeStringSync("\u00e9");
  file.writeStringSync("\u00e9", encoding: LATIN1);
  await file.writeString("\u00e9", encoding: LATIN1);
  file.flushSync();
  print([file.lengthSync(), await file.length(), file.positionSync(), await file.position(), new File(path).readAsBytesSync()]);
  file.setPositionSync(1);
  var buffer = new List.filled(5, 0);
  print([file.readIntoSync(buffer, 1, 3), buffer, await file.readInto(buffer, 3), buffer, file.readSync(2), file.readByteSync(), await file.readByte(), file.readSync(100), file.readByteSync(),
      await file.readByte(), file.readSync(1), await file.read(1), file.readIntoSync(buffer), await file.readInto(buffer)]);
  await file.setPosition(2);
  print([await file.position(), file.readSync(0), await file.readInto(buffer, 5), file.readIntoSync(buffer, 2, 2)]);
  await file.truncate(3);
  print(file.lengthSync());
  file.truncateSync(5);
  print([file.lengthSync(), new File(path).readAsBytesSync()]);
  print([file.writeByteSync(1), identical(await file.writeByte(2), file), identical(await file.flush(), file), identical(await file.close(), file)]);
}

consumers() async {
  print("-- consumers");
  var file = new File("${folder.path}/consumed");
  var consumer = file.openWrite();
  await consumer.addStream(new Stream.fromIterable([[1, 2], [], [3]]));
  consumer.add([4]);
  print([identical(await consumer.close(), file), file.readAsBytesSync(), await consumer.done == file]);
  consumer = file.openWrite(mode: FileMode.APPEND);
  consumer..write("a")..writeln("b")..writeCharCode(99)..writeAll([1, 2], "-");
  await consumer.close();
  print(file.readAsStringSync().codeUnits);
  var none = new File("${folder.path}/none/file").openWrite();
  print(await later(() => none.addStream(new Stream.fromIterable([[1]]))));
  print(await later(() => none.close()));
  print(await later(() => none.done));
  consumer = file.openWrite(mode: FileMode.WRITE, encoding: LATIN1)..write("\u00e9");
  await consumer.close();
  print(file.readAsBytesSync());
  print(await later(() => file.openWrite().addStream(new Stream.fromFuture(new Future.error("of the stream")))));
  print(await later(() => file.openWrite().addStream(new Stream.fromIterable(["text"]))));
}

// expect: -- READ
// expect: readByte: 1
// expect: read: [1, 2]
// expect: readInto: 2
// expect: writeByte: FileSystemException: writeByte failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: writeFrom: FileSystemException: writeFrom failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: writeString: FileSystemException: writeString failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: position: 0
// expect: setPosition: null
// expect: truncate: FileSystemException: truncate failed, path = 'FOLDER/file' (OS Error: Invalid argument, errno = 22)
// expect: length: 3
// expect: flush: null
// expect: lock: null
// expect: lock exclusive: FileSystemException: lock failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: unlock: null
// expect: close: null
// expect: -- WRITE_ONLY
// expect: readByte: FileSystemException: readByte failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: read: FileSystemException: read failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: readInto: FileSystemException: read failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: writeByte: 1, later file
// expect: writeFrom: null
// expect: writeString: null
// expect: position: 0
// expect: setPosition: null
// expect: truncate: null
// expect: length: 0
// expect: flush: null
// expect: lock: FileSystemException: lock failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: lock exclusive: null
// expect: unlock: null
// expect: close: null
// expect: -- WRITE
// expect: readByte: -1
// expect: read: []
// expect: readInto: 0
// expect: writeByte: 1, later file
// expect: writeFrom: null
// expect: writeString: null
// expect: position: 0
// expect: setPosition: null
// expect: truncate: null
// expect: length: 0
// expect: flush: null
// expect: lock: null
// expect: lock exclusive: null
// expect: unlock: null
// expect: close: null
// expect: -- APPEND
// expect: readByte: -1
// expect: read: []
// expect: readInto: 0
// expect: writeByte: 1, later file
// expect: writeFrom: null
// expect: writeString: null
// expect: position: 3
// expect: setPosition: null
// expect: truncate: null
// expect: length: 3
// expect: flush: null
// expect: lock: null
// expect: lock exclusive: null
// expect: unlock: null
// expect: close: null
// expect: -- WRITE_ONLY_APPEND
// expect: readByte: FileSystemException: readByte failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: read: FileSystemException: read failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: readInto: FileSystemException: read failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: writeByte: 1, later file
// expect: writeFrom: null
// expect: writeString: null
// expect: position: 3
// expect: setPosition: null
// expect: truncate: null
// expect: length: 3
// expect: flush: null
// expect: lock: FileSystemException: lock failed, path = 'FOLDER/file' (OS Error: Bad file descriptor, errno = 9)
// expect: lock exclusive: null
// expect: unlock: null
// expect: close: null
// expect: -- wrong
// expect: true
// expect: read: RangeError: readSync: argument 'bytes' must be from 0 to 1099511627776, it is -1, later RangeError: read: argument 'bytes' must be from 0 to 1099511627776, it is -1
// expect: read null: Invalid argument(s): readSync: argument 'bytes' must be an int, it is null, later Invalid argument(s): read: argument 'bytes' must be an int, it is null
// expect: readInto: Invalid argument (buffer): must be a List<int>: "text"
// expect: readInto start: RangeError: readIntoSync: argument 'start' must be from 0 to 2, it is 3, later RangeError: readInto: argument 'start' must be from 0 to 2, it is 3
// expect: readInto end: RangeError: readIntoSync: argument 'end' must be from 1 to 2, it is 3, later RangeError: readInto: argument 'end' must be from 1 to 2, it is 3
// expect: readInto backwards: RangeError: readIntoSync: argument 'end' must be from 1 to 2, it is 0, later RangeError: readInto: argument 'end' must be from 1 to 2, it is 0
// expect: writeByte: RangeError: writeByteSync: argument 'value' must be from 0 to 255, it is 256, later RangeError: writeByte: argument 'value' must be from 0 to 255, it is 256
// expect: writeByte -1: RangeError: writeByteSync: argument 'value' must be from 0 to 255, it is -1, later RangeError: writeByte: argument 'value' must be from 0 to 255, it is -1
// expect: writeFrom: Invalid argument (buffer): must be a List<int>: "text"
// expect: writeFrom end: RangeError: writeFromSync: argument 'end' must be from 0 to 1, it is 2, later RangeError: writeFrom: argument 'end' must be from 0 to 1, it is 2
// expect: writeString: Invalid argument(s): writeStringSync: argument 'string' must be a String, it is null, later Invalid argument(s): writeString: argument 'string' must be a String, it is null
// expect: writeString encoding: Invalid argument (encoding): must be an Encoding: "UTF8"
// expect: setPosition: RangeError: setPositionSync: argument 'position' must not be less than 0, it is -1, later RangeError: setPosition: argument 'position' must not be less than 0, it is -1
// expect: truncate: RangeError: truncateSync: argument 'length' must not be less than 0, it is -1, later RangeError: truncate: argument 'length' must not be less than 0, it is -1
// expect: lock mode: Invalid argument (mode): must be a FileLock: "shared"
// expect: lock start: RangeError: lockSync: argument 'start' must not be less than 0, it is -1, later RangeError: lock: argument 'start' must not be less than 0, it is -1
// expect: lock end: RangeError: lockSync: argument 'end' must not be less than 3, it is 2, later RangeError: lock: argument 'end' must not be less than 3, it is 2
// expect: unlock start: RangeError: unlockSync: argument 'start' must not be less than 0, it is -1, later RangeError: unlock: argument 'start' must not be less than 0, it is -1
// expect: unlock end: RangeError: unlockSync: argument 'end' must not be less than 3, it is 2, later RangeError: unlock: argument 'end' must not be less than 3, it is 2
// expect: -- busy
// expect: readByte: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: read: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: readInto: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: writeByte: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: writeFrom: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: writeString: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: position: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: setPosition: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: truncate: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: length: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: flush: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: lock: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: lock exclusive: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: unlock: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: close: true FileSystemException: An async operation is currently pending, path = 'FOLDER/file'
// expect: 3
// expect: RangeError: setPosition: argument 'position' must not be less than 0, it is -1
// expect: 3
// expect: -- closed
// expect: readByte: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: read: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: readInto: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: writeByte: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: writeFrom: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: writeString: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: position: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: setPosition: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: truncate: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: length: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: flush: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: lock: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: lock exclusive: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: unlock: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: close: true FileSystemException: File closed, path = 'FOLDER/file'
// expect: -- pipe
// expect: position: true FileSystemException: position failed, path = 'FOLDER/pipe' (OS Error: Illegal seek, errno = 29)
// expect: setPosition: true FileSystemException: setPosition failed, path = 'FOLDER/pipe' (OS Error: Illegal seek, errno = 29)
// expect: truncate: true FileSystemException: truncate failed, path = 'FOLDER/pipe' (OS Error: Invalid argument, errno = 22)
// expect: flush: true FileSystemException: flush failed, path = 'FOLDER/pipe' (OS Error: Invalid argument, errno = 22)
// expect: -- ranges
// expect: [11, 11, 11, 11, [2, 3, 4, 6, 7, 11, 9, 195, 169, 233, 233]]
// expect: [2, [0, 3, 4, 6, 7], 2, [0, 3, 4, 6, 7], [11, 9], 195, 169, [233, 233], -1, -1, [], [], 0, 0]
// expect: [2, [], 0, 0]
// expect: 3
// expect: [5, [2, 3, 4, 0, 0]]
// expect: [1, true, true, true]
// expect: -- consumers
// expect: [true, [1, 2, 3, 4], true]
// expect: [1, 2, 3, 4, 97, 98, 10, 99, 49, 45, 50]
// expect: FileSystemException: Cannot open file, path = 'FOLDER/none/file' (OS Error: No such file or directory, errno = 2)
// expect: FileSystemException: Cannot open file, path = 'FOLDER/none/file' (OS Error: No such file or directory, errno = 2)
// expect: FileSystemException: Cannot open file, path = 'FOLDER/none/file' (OS Error: No such file or directory, errno = 2)
// expect: [233]
// expect: of the stream
// expect: Invalid argument (buffer): must be a List<int>: "text"

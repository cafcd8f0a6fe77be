// dart:io: every member of files, folders and links, of what is there, is not there, and is something
// else: at once and later alike, with what each says when the system refuses it.
// stress-interval: 97
import "dart:async";
import "dart:convert";
import "dart:io";

String root;

shown(answer) => (answer is List && answer.isNotEmpty && answer.first is FileSystemEntity ? (answer.map((x) => "$x").toList()..sort()).toString() : "$answer").replaceAll(root, "R").split("\n").first;

// What a member answers at once and later, which is the same.
both(String name, now(), later()) async {
  var answers = [];
  for (var f in [now, later]) {
    try {
      answers.add(shown(await f()));
    } catch (error) {
      answers.add("<${shown(error)}>");
    }
  }
  print(answers[0] == answers[1] ? "$name: ${answers[0]}" : "$name: ${answers[0]}, later ${answers[1]}");
}

// Anew each time: a file, a folder with one in it, links to each and to nothing.
prepare() {
  if (new Directory(root).existsSync()) new Directory(root).deleteSync(recursive: true);
  new Directory(root).createSync();
  new File("$root/file").writeAsStringSync("text\n\u00e9");
  new Directory("$root/folder").createSync();
  new File("$root/folder/inner").writeAsStringSync("inner");
  new Link("$root/toFile").createSync("$root/file");
  new Link("$root/toFolder").createSync("$root/folder");
  new Link("$root/toNothing").createSync("$root/nothing");
}

// What a folder has is the system's.
sizeOf(stat) => stat.type == FileSystemEntityType.DIRECTORY ? stat.size > 0 : stat.size;

final ofAll = {
  "exists": [(e) => e.existsSync(), (e) => e.exists()],
  "stat": [(e) => e.statSync().type, (e) => e.stat().then((s) => s.type)],
  "stat size": [(e) => sizeOf(e.statSync()), (e) => e.stat().then(sizeOf)],
  "resolveSymbolicLinks": [(e) => e.resolveSymbolicLinksSync(), (e) => e.resolveSymbolicLinks()],
  "delete": [(e) => e..deleteSync(), (e) => e.delete()],
  "delete recursive": [(e) => e..deleteSync(recursive: true), (e) => e.delete(recursive: true)],
  "rename": [(e) => e.renameSync("$root/renamed"), (e) => e.rename("$root/renamed")],
  "rename into nothing": [(e) => e.renameSync("$root/none/renamed"), (e) => e.rename("$root/none/renamed")],
};

final ofFiles = {
  "create": [(e) => e..createSync(), (e) => e.create()],
  "create recursive": [(e) => e..createSync(recursive: true), (e) => e.create(recursive: true)],
  "readAsString": [(e) => e.readAsStringSync(), (e) => e.readAsString()],
  "readAsString ascii": [(e) => e.readAsStringSync(encoding: ASCII), (e) => e.readAsString(encoding: ASCII)],
  "readAsString latin1": [(e) => e.readAsStringSync(encoding: LATIN1).length, (e) => e.readAsString(encoding: LATIN1).then((text) => text.length)],
  "readAsString wrong": [(e) => e.readAsStringSync(encoding: 1), (e) => e.readAsString(encoding: 1)],
  "readAsString null": [(e) => e.readAsStringSync(encoding: null), (e) => e.readAsString(encoding: null)],
  "readAsLines": [(e) => e.readAsLinesSync(), (e) => e.readAsLines()],
  "readAsLines ascii": [(e) => e.readAsLinesSync(encoding: ASCII), (e) => e.readAsLines(encoding: ASCII)],
  "readAsBytes": [(e) => e.readAsBytesSync(), (e) => e.readAsBytes()],
  "writeAsString": [(e) => e..writeAsStringSync("\u00e9"), (e) => e.writeAsString("\u00e9")],
  "writeAsString reading": [(e) => e..writeAsStringSync("w", mode: FileMode.READ), (e) => e.writeAsString("w", mode: FileMode.READ)],
  "writeAsString mode": [(e) => e..writeAsStringSync("w", mode: 1), (e) => e.writeAsString("w", mode: 1)],
  "writeAsString null": [(e) => e..writeAsStringSync(null), (e) => e.writeAsString(null)],
  "writeAsBytes": [(e) => e..writeAsBytesSync([1]), (e) => e.writeAsBytes([1])],
  "writeAsBytes null": [(e) => e..writeAsBytesSync(null), (e) => e.writeAsBytes(null)],
  "open": [(e) => (e.openSync()..closeSync()).path, (e) => e.open().then((f) => f.close()).then((f) => f.path)],
  "open mode": [(e) => e.openSync(mode: 1), (e) => e.open(mode: 1)],
  "length": [(e) => e.lengthSync() < 100 ? e.lengthSync() : "many", (e) => e.length().then((n) => n < 100 ? n : "many")],
  "lastModified": [(e) => e.lastModifiedSync() is DateTime, (e) => e.lastModified().then((t) => t is DateTime)],
  "lastAccessed": [(e) => e.lastAccessedSync() is DateTime, (e) => e.lastAccessed().then((t) => t is DateTime)],
  "setLastModified": [(e) => e.setLastModifiedSync(new DateTime(2001)), (e) => e.setLastModified(new DateTime(2001)).then((_) => null)],
  "setLastAccessed": [(e) => e.setLastAccessedSync(new DateTime(2001)), (e) => e.setLastAccessed(new DateTime(2001)).then((_) => null)],
  "setLastModified null": [(e) => e.setLastModifiedSync(null), (e) => new Future.sync(() => e.setLastModified(null))],
  "copy": [(e) => e.copySync("$root/copy"), (e) => e.copy("$root/copy")],
  "copy into nothing": [(e) => e.copySync("$root/none/copy"), (e) => e.copy("$root/none/copy")],
  "openRead": [(e) => e.openRead().toList(), (e) => e.openRead(0).toList()],
  "openRead part": [(e) => e.openRead(1, 3).toList(), (e) => e.openRead(1, 3).toList()],
  "openRead wrong": [(e) => e.openRead(-1).toList(), (e) => e.openRead(3, 1).toList()],
  "openRead texts": [(e) => e.openRead("1").toList(), (e) => e.openRead(1, "3").toList()],
  "openWrite wrong": [(e) => e.openWrite(mode: FileMode.READ), (e) => new Future.sync(() => e.openWrite(mode: 1))],
};

final ofFolders = {
  "create": [(e) => e..createSync(), (e) => e.create()],
  "create recursive": [(e) => e..createSync(recursive: true), (e) => e.create(recursive: true)],
  "createTemp": [(e) => e.createTempSync("t").path.length - root.length, (e) => e.createTemp("t").then((d) => d.path.length - root.length)],
  "createTemp unnamed": [(e) => e.createTempSync().existsSync(), (e) => e.createTemp(null).then((d) => d.existsSync())],
  "list": [(e) => e.listSync(), (e) => e.list().toList()],
  "list recursive": [(e) => e.listSync(recursive: true), (e) => e.list(recursive: true).toList()],
  "list links": [(e) => e.listSync(followLinks: false), (e) => e.list(followLinks: false).toList()],
};

final ofLinks = {
  "create": [(e) => e..createSync("target"), (e) => e.create("target")],
  "create recursive": [(e) => e..createSync("target", recursive: true), (e) => e.create("target", recursive: true)],
  "update": [(e) => (e..updateSync("target")).targetSync(), (e) => e.update("target").then((l) => l.target())],
  "target": [(e) => e.targetSync(), (e) => e.target()],
};

final changing = new RegExp("create|delete|rename|write|set|copy|update");

main() async {
  root = Directory.systemTemp.createTempSync("entity_members").path;
  root = new Directory(root).resolveSymbolicLinksSync();
  prepare();
  for (var name in ["file", "folder", "toFile", "toFolder", "toNothing", "none/deeper", ""]) {
    var path = name == "" ? root : "$root/$name";
    table(kind, make, members) async {
      print("-- $kind $name");
      for (var member in members.keys) {
        var answers = [];
        for (var f in members[member]) {
          try {
            answers.add(shown(await f(make(path))));
          } catch (error) {
            answers.add("<${shown(error)}>");
          }
          if (member.startsWith(changing)) prepare();
        }
        print(answers[0] == answers[1] ? "$member: ${answers[0]}" : "$member: ${answers[0]}, later ${answers[1]}");
      }
    }
    if (name != "") {
      await table("File", (path) => new File(path), {}..addAll(ofAll)..addAll(ofFiles));
      await table("Link", (path) => new Link(path), {}..addAll(ofAll)..addAll(ofLinks));
      await table("Directory", (path) => new Directory(path), {}..addAll(ofAll)..addAll(ofFolders));
    } else {
      await table("Directory", (path) => new Directory(path), ofFolders);
    }
  }
  prepare();
  await types();
  plain();
  new Directory(root).deleteSync(recursive: true);
}

types() async {
  for (var name in ["file", "folder", "toFile", "toFolder", "toNothing", "none"]) {
    var path = "$root/$name";
    await both("type $name", () => FileSystemEntity.typeSync(path), () => FileSystemEntity.type(path));
    await both("type of $name itself", () => FileSystemEntity.typeSync(path, followLinks: false), () => FileSystemEntity.type(path, followLinks: false));
    await both("isFile", () => FileSystemEntity.isFileSync(path), () => FileSystemEntity.isFile(path));
    await both("isDirectory", () => FileSystemEntity.isDirectorySync(path), () => FileSystemEntity.isDirectory(path));
    await both("isLink", () => FileSystemEntity.isLinkSync(path), () => FileSystemEntity.isLink(path));
    await both("identical", () => FileSystemEntity.identicalSync(path, "$root/file"), () => FileSystemEntity.identical(path, "$root/file"));
  }
  await both("stat", () => FileStat.statSync("$root/none").size, () => FileStat.stat("$root/none").then((s) => s.size));
  var none = FileStat.statSync("$root/none");
  print([none.type, none.mode, none.modified, none.accessed, none.changed, "$none".split("\n")]);
  var file = new File("$root/file");
  file.setLastModifiedSync(new DateTime.utc(2001, 2, 3));
  file.setLastAccessedSync(new DateTime.utc(2002, 3, 4));
  var stat = file.statSync();
  print([file.lastModifiedSync().toUtc(), file.lastAccessedSync().toUtc(), stat.modified.toUtc(), stat.accessed.toUtc(), stat.changed.isAfter(new DateTime(2010)), stat.size]);
  for (var mode in ["4751", "2640", "1007", "0777", "0124", "0653"]) {
    Process.runSync("chmod", [mode, file.path]);
    print([mode, file.statSync().modeString(), "${file.statSync()}".split("\n").map((line) => line.trim().split(" ").first).toList()]);
  }
}

// What asks the system nothing.
plain() {
  for (var make in [(p) => new File(p), (p) => new Directory(p), (p) => new Link(p)]) {
    for (var path in ["/a/b", "a/b", "a", "/", "a/b/", ""]) {
      var entity = make(path);
      print([entity, entity.path, entity.isAbsolute, entity.uri, entity.parent, entity.absolute.path.startsWith("/"), entity.absolute.path.endsWith(path), entity.absolute.path == path, entity.absolute.runtimeType]);
    }
    try {
      make(1);
    } catch (error) {
      print(error);
    }
  }
  print([new File.fromUri(Uri.parse("file:///a%20b")), new Directory.fromUri(Uri.parse("file:///a/")), new Link.fromUri(Uri.parse("l")), FileSystemEntity.isWatchSupported]);
  for (var f in [() => new File("a").watch(), () => new Directory("").createTempSync(), () => new Directory(root).createTempSync(1), () => FileSystemEntity.parentOf(null),
      () => Directory.current = "$root/none", () => Directory.current = "$root/file", () => Directory.current = 1]) {
    try {
      print(f());
    } catch (error) {
      print(shown(error));
    }
  }
  print(["/a/b/c", "/a", "a/b//c", "/", "a", "", "a/b/", "//a", "/a/"].map(FileSystemEntity.parentOf).toList());
  var before = Directory.current.path;
  Directory.current = new Directory("$root/folder");
  print([shown(Directory.current), new File("inner").existsSync(), shown(new File("inner").absolute), new Directory(".").listSync().length, shown(new File("inner").resolveSymbolicLinksSync())]);
  Directory.current = "..";
  print([shown(Directory.current), new File("inner").existsSync()]);
  Directory.current = before;
}

// expect: -- File file
// expect: exists: true
// expect: stat: file
// expect: stat size: 7
// expect: resolveSymbolicLinks: R/file
// expect: delete: File: 'R/file'
// expect: delete recursive: File: 'R/file'
// expect: rename: File: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Cannot rename file to 'R/none/renamed', path = 'R/file' (OS Error: No such file or directory, errno = 2)>
// expect: create: File: 'R/file'
// expect: create recursive: File: 'R/file'
// expect: readAsString: text
// expect: readAsString ascii: <FileSystemException: Failed to decode data using encoding 'us-ascii', path = 'R/file'>
// expect: readAsString latin1: 7
// expect: readAsString wrong: <Invalid argument (encoding): must be an Encoding: 1>
// expect: readAsString null: text
// expect: readAsLines: [text, é]
// expect: readAsLines ascii: <FileSystemException: Failed to decode data using encoding 'us-ascii', path = 'R/file'>
// expect: readAsBytes: [116, 101, 120, 116, 10, 195, 169]
// expect: writeAsString: File: 'R/file'
// expect: writeAsString reading: <FileSystemException: Cannot write to a file opened for reading, path = 'R/file'>
// expect: writeAsString mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: writeAsString null: <Invalid argument (contents): must be a String: null>
// expect: writeAsBytes: File: 'R/file'
// expect: writeAsBytes null: <Invalid argument (bytes): must be a List<int>: null>
// expect: open: R/file
// expect: open mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: length: 7
// expect: lastModified: true
// expect: lastAccessed: true
// expect: setLastModified: null
// expect: setLastAccessed: null
// expect: setLastModified null: <Invalid argument (time): must be a DateTime: null>
// expect: copy: File: 'R/copy'
// expect: copy into nothing: <FileSystemException: Cannot copy file to 'R/none/copy', path = 'R/file' (OS Error: No such file or directory, errno = 2)>
// expect: openRead: [[116, 101, 120, 116, 10, 195, 169]]
// expect: openRead part: [[101, 120]]
// expect: openRead wrong: <RangeError: Bad start position: -1>, later <RangeError: Bad end position: 1>
// expect: openRead texts: <Invalid argument (start): must be an int: "1">, later <Invalid argument (end): must be an int: "3">
// expect: openWrite wrong: <Invalid argument(s): Invalid file mode for this operation>
// expect: -- Link file
// expect: exists: false
// expect: stat: file
// expect: stat size: 7
// expect: resolveSymbolicLinks: R/file
// expect: delete: <FileSystemException: Cannot delete link, path = 'R/file' (OS Error: Invalid argument, errno = 22)>
// expect: delete recursive: Link: 'R/file'
// expect: rename: <FileSystemException: Cannot rename link to 'R/renamed', path = 'R/file' (OS Error: Invalid argument, errno = 22)>
// expect: rename into nothing: <FileSystemException: Cannot rename link to 'R/none/renamed', path = 'R/file' (OS Error: Invalid argument, errno = 22)>
// expect: create: <FileSystemException: Cannot create link to target 'target', path = 'R/file' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Cannot create link to target 'target', path = 'R/file' (OS Error: File exists, errno = 17)>
// expect: update: <FileSystemException: Cannot update link, path = 'R/file' (OS Error: Invalid argument, errno = 22)>
// expect: target: <FileSystemException: Cannot get target of link, path = 'R/file' (OS Error: Invalid argument, errno = 22)>
// expect: -- Directory file
// expect: exists: false
// expect: stat: file
// expect: stat size: 7
// expect: resolveSymbolicLinks: R/file
// expect: delete: <FileSystemException: Deletion failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: delete recursive: Directory: 'R/file'
// expect: rename: <FileSystemException: Rename failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: rename into nothing: <FileSystemException: Rename failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: create: <FileSystemException: Creation failed, path = 'R/file' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Creation failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: createTemp: <FileSystemException: Creation of temporary directory failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: createTemp unnamed: <FileSystemException: Creation of temporary directory failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: list: <FileSystemException: Directory listing failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: list recursive: <FileSystemException: Directory listing failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: list links: <FileSystemException: Directory listing failed, path = 'R/file' (OS Error: Not a directory, errno = 20)>
// expect: -- File folder
// expect: exists: false
// expect: stat: directory
// expect: stat size: true
// expect: resolveSymbolicLinks: R/folder
// expect: delete: <FileSystemException: Cannot delete file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: delete recursive: File: 'R/folder'
// expect: rename: <FileSystemException: Cannot rename file to 'R/renamed', path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: rename into nothing: <FileSystemException: Cannot rename file to 'R/none/renamed', path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: create: <FileSystemException: Cannot create file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: create recursive: <FileSystemException: Cannot create file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString ascii: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString latin1: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString wrong: <Invalid argument (encoding): must be an Encoding: 1>
// expect: readAsString null: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsLines: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsLines ascii: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: readAsBytes: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: writeAsString: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: writeAsString reading: <FileSystemException: Cannot write to a file opened for reading, path = 'R/folder'>
// expect: writeAsString mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: writeAsString null: <Invalid argument (contents): must be a String: null>
// expect: writeAsBytes: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: writeAsBytes null: <Invalid argument (bytes): must be a List<int>: null>
// expect: open: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: open mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: length: many
// expect: lastModified: true
// expect: lastAccessed: true
// expect: setLastModified: <FileSystemException: Cannot set file time, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: setLastAccessed: <FileSystemException: Cannot set file time, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: setLastModified null: <Invalid argument (time): must be a DateTime: null>
// expect: copy: <FileSystemException: Cannot copy file to 'R/copy', path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: copy into nothing: <FileSystemException: Cannot copy file to 'R/none/copy', path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: openRead: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: openRead part: <FileSystemException: Cannot open file, path = 'R/folder' (OS Error: Is a directory, errno = 21)>
// expect: openRead wrong: <RangeError: Bad start position: -1>, later <RangeError: Bad end position: 1>
// expect: openRead texts: <Invalid argument (start): must be an int: "1">, later <Invalid argument (end): must be an int: "3">
// expect: openWrite wrong: <Invalid argument(s): Invalid file mode for this operation>
// expect: -- Link folder
// expect: exists: false
// expect: stat: directory
// expect: stat size: true
// expect: resolveSymbolicLinks: R/folder
// expect: delete: <FileSystemException: Cannot delete link, path = 'R/folder' (OS Error: Invalid argument, errno = 22)>
// expect: delete recursive: Link: 'R/folder'
// expect: rename: <FileSystemException: Cannot rename link to 'R/renamed', path = 'R/folder' (OS Error: Invalid argument, errno = 22)>
// expect: rename into nothing: <FileSystemException: Cannot rename link to 'R/none/renamed', path = 'R/folder' (OS Error: Invalid argument, errno = 22)>
// expect: create: <FileSystemException: Cannot create link to target 'target', path = 'R/folder' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Cannot create link to target 'target', path = 'R/folder' (OS Error: File exists, errno = 17)>
// expect: update: <FileSystemException: Cannot update link, path = 'R/folder' (OS Error: Invalid argument, errno = 22)>
// expect: target: <FileSystemException: Cannot get target of link, path = 'R/folder' (OS Error: Invalid argument, errno = 22)>
// expect: -- Directory folder
// expect: exists: true
// expect: stat: directory
// expect: stat size: true
// expect: resolveSymbolicLinks: R/folder
// expect: delete: <FileSystemException: Deletion failed, path = 'R/folder' (OS Error: Directory not empty, errno = 39)>
// expect: delete recursive: Directory: 'R/folder'
// expect: rename: Directory: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Rename failed, path = 'R/folder' (OS Error: No such file or directory, errno = 2)>
// expect: create: Directory: 'R/folder'
// expect: create recursive: Directory: 'R/folder'
// expect: createTemp: 15
// expect: createTemp unnamed: true
// expect: list: [File: 'R/folder/inner']
// expect: list recursive: [File: 'R/folder/inner']
// expect: list links: [File: 'R/folder/inner']
// expect: -- File toFile
// expect: exists: true
// expect: stat: file
// expect: stat size: 7
// expect: resolveSymbolicLinks: R/file
// expect: delete: File: 'R/toFile'
// expect: delete recursive: File: 'R/toFile'
// expect: rename: File: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Cannot rename file to 'R/none/renamed', path = 'R/toFile' (OS Error: No such file or directory, errno = 2)>
// expect: create: File: 'R/toFile'
// expect: create recursive: File: 'R/toFile'
// expect: readAsString: text
// expect: readAsString ascii: <FileSystemException: Failed to decode data using encoding 'us-ascii', path = 'R/toFile'>
// expect: readAsString latin1: 7
// expect: readAsString wrong: <Invalid argument (encoding): must be an Encoding: 1>
// expect: readAsString null: text
// expect: readAsLines: [text, é]
// expect: readAsLines ascii: <FileSystemException: Failed to decode data using encoding 'us-ascii', path = 'R/toFile'>
// expect: readAsBytes: [116, 101, 120, 116, 10, 195, 169]
// expect: writeAsString: File: 'R/toFile'
// expect: writeAsString reading: <FileSystemException: Cannot write to a file opened for reading, path = 'R/toFile'>
// expect: writeAsString mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: writeAsString null: <Invalid argument (contents): must be a String: null>
// expect: writeAsBytes: File: 'R/toFile'
// expect: writeAsBytes null: <Invalid argument (bytes): must be a List<int>: null>
// expect: open: R/toFile
// expect: open mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: length: 7
// expect: lastModified: true
// expect: lastAccessed: true
// expect: setLastModified: null
// expect: setLastAccessed: null
// expect: setLastModified null: <Invalid argument (time): must be a DateTime: null>
// expect: copy: File: 'R/copy'
// expect: copy into nothing: <FileSystemException: Cannot copy file to 'R/none/copy', path = 'R/toFile' (OS Error: No such file or directory, errno = 2)>
// expect: openRead: [[116, 101, 120, 116, 10, 195, 169]]
// expect: openRead part: [[101, 120]]
// expect: openRead wrong: <RangeError: Bad start position: -1>, later <RangeError: Bad end position: 1>
// expect: openRead texts: <Invalid argument (start): must be an int: "1">, later <Invalid argument (end): must be an int: "3">
// expect: openWrite wrong: <Invalid argument(s): Invalid file mode for this operation>
// expect: -- Link toFile
// expect: exists: true
// expect: stat: file
// expect: stat size: 7
// expect: resolveSymbolicLinks: R/file
// expect: delete: Link: 'R/toFile'
// expect: delete recursive: Link: 'R/toFile'
// expect: rename: Link: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Cannot rename link to 'R/none/renamed', path = 'R/toFile' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Cannot create link to target 'target', path = 'R/toFile' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Cannot create link to target 'target', path = 'R/toFile' (OS Error: File exists, errno = 17)>
// expect: update: target
// expect: target: R/file
// expect: -- Directory toFile
// expect: exists: false
// expect: stat: file
// expect: stat size: 7
// expect: resolveSymbolicLinks: R/file
// expect: delete: <FileSystemException: Deletion failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: delete recursive: Directory: 'R/toFile'
// expect: rename: <FileSystemException: Rename failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: rename into nothing: <FileSystemException: Rename failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: create: <FileSystemException: Creation failed, path = 'R/toFile' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Creation failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: createTemp: <FileSystemException: Creation of temporary directory failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: createTemp unnamed: <FileSystemException: Creation of temporary directory failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: list: <FileSystemException: Directory listing failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: list recursive: <FileSystemException: Directory listing failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: list links: <FileSystemException: Directory listing failed, path = 'R/toFile' (OS Error: Not a directory, errno = 20)>
// expect: -- File toFolder
// expect: exists: false
// expect: stat: directory
// expect: stat size: true
// expect: resolveSymbolicLinks: R/folder
// expect: delete: <FileSystemException: Cannot delete file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: delete recursive: File: 'R/toFolder'
// expect: rename: <FileSystemException: Cannot rename file to 'R/renamed', path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: rename into nothing: <FileSystemException: Cannot rename file to 'R/none/renamed', path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: create: <FileSystemException: Cannot create file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: create recursive: <FileSystemException: Cannot create file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString ascii: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString latin1: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsString wrong: <Invalid argument (encoding): must be an Encoding: 1>
// expect: readAsString null: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsLines: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsLines ascii: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: readAsBytes: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: writeAsString: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: writeAsString reading: <FileSystemException: Cannot write to a file opened for reading, path = 'R/toFolder'>
// expect: writeAsString mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: writeAsString null: <Invalid argument (contents): must be a String: null>
// expect: writeAsBytes: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: writeAsBytes null: <Invalid argument (bytes): must be a List<int>: null>
// expect: open: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: open mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: length: many
// expect: lastModified: true
// expect: lastAccessed: true
// expect: setLastModified: <FileSystemException: Cannot set file time, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: setLastAccessed: <FileSystemException: Cannot set file time, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: setLastModified null: <Invalid argument (time): must be a DateTime: null>
// expect: copy: <FileSystemException: Cannot copy file to 'R/copy', path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: copy into nothing: <FileSystemException: Cannot copy file to 'R/none/copy', path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: openRead: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: openRead part: <FileSystemException: Cannot open file, path = 'R/toFolder' (OS Error: Is a directory, errno = 21)>
// expect: openRead wrong: <RangeError: Bad start position: -1>, later <RangeError: Bad end position: 1>
// expect: openRead texts: <Invalid argument (start): must be an int: "1">, later <Invalid argument (end): must be an int: "3">
// expect: openWrite wrong: <Invalid argument(s): Invalid file mode for this operation>
// expect: -- Link toFolder
// expect: exists: true
// expect: stat: directory
// expect: stat size: true
// expect: resolveSymbolicLinks: R/folder
// expect: delete: Link: 'R/toFolder'
// expect: delete recursive: Link: 'R/toFolder'
// expect: rename: Link: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Cannot rename link to 'R/none/renamed', path = 'R/toFolder' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Cannot create link to target 'target', path = 'R/toFolder' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Cannot create link to target 'target', path = 'R/toFolder' (OS Error: File exists, errno = 17)>
// expect: update: target
// expect: target: R/folder
// expect: -- Directory toFolder
// expect: exists: true
// expect: stat: directory
// expect: stat size: true
// expect: resolveSymbolicLinks: R/folder
// expect: delete: <FileSystemException: Deletion failed, path = 'R/toFolder' (OS Error: Not a directory, errno = 20)>
// expect: delete recursive: Directory: 'R/toFolder'
// expect: rename: Directory: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Rename failed, path = 'R/toFolder' (OS Error: No such file or directory, errno = 2)>
// expect: create: Directory: 'R/toFolder'
// expect: create recursive: Directory: 'R/toFolder'
// expect: createTemp: 17
// expect: createTemp unnamed: true
// expect: list: [File: 'R/toFolder/inner']
// expect: list recursive: [File: 'R/toFolder/inner']
// expect: list links: [File: 'R/toFolder/inner']
// expect: -- File toNothing
// expect: exists: false
// expect: stat: notFound
// expect: stat size: -1
// expect: resolveSymbolicLinks: <FileSystemException: Cannot resolve symbolic links, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: delete: <FileSystemException: Cannot delete file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: delete recursive: File: 'R/toNothing'
// expect: rename: <FileSystemException: Cannot rename file to 'R/renamed', path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: rename into nothing: <FileSystemException: Cannot rename file to 'R/none/renamed', path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: create: File: 'R/toNothing'
// expect: create recursive: File: 'R/toNothing'
// expect: readAsString: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: readAsString ascii: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: readAsString latin1: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: readAsString wrong: <Invalid argument (encoding): must be an Encoding: 1>
// expect: readAsString null: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: readAsLines: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: readAsLines ascii: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: readAsBytes: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: writeAsString: File: 'R/toNothing'
// expect: writeAsString reading: <FileSystemException: Cannot write to a file opened for reading, path = 'R/toNothing'>
// expect: writeAsString mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: writeAsString null: <Invalid argument (contents): must be a String: null>
// expect: writeAsBytes: File: 'R/toNothing'
// expect: writeAsBytes null: <Invalid argument (bytes): must be a List<int>: null>
// expect: open: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: open mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: length: <FileSystemException: Cannot retrieve length of file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: lastModified: <FileSystemException: Cannot retrieve modification time, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: lastAccessed: <FileSystemException: Cannot retrieve access time, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: setLastModified: <FileSystemException: Cannot set file time, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: setLastAccessed: <FileSystemException: Cannot set file time, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: setLastModified null: <Invalid argument (time): must be a DateTime: null>
// expect: copy: <FileSystemException: Cannot copy file to 'R/copy', path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: copy into nothing: <FileSystemException: Cannot copy file to 'R/none/copy', path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: openRead: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: openRead part: <FileSystemException: Cannot open file, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: openRead wrong: <RangeError: Bad start position: -1>, later <RangeError: Bad end position: 1>
// expect: openRead texts: <Invalid argument (start): must be an int: "1">, later <Invalid argument (end): must be an int: "3">
// expect: openWrite wrong: <Invalid argument(s): Invalid file mode for this operation>
// expect: -- Link toNothing
// expect: exists: true
// expect: stat: notFound
// expect: stat size: -1
// expect: resolveSymbolicLinks: <FileSystemException: Cannot resolve symbolic links, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: delete: Link: 'R/toNothing'
// expect: delete recursive: Link: 'R/toNothing'
// expect: rename: Link: 'R/renamed'
// expect: rename into nothing: <FileSystemException: Cannot rename link to 'R/none/renamed', path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Cannot create link to target 'target', path = 'R/toNothing' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Cannot create link to target 'target', path = 'R/toNothing' (OS Error: File exists, errno = 17)>
// expect: update: target
// expect: target: R/nothing
// expect: -- Directory toNothing
// expect: exists: false
// expect: stat: notFound
// expect: stat size: -1
// expect: resolveSymbolicLinks: <FileSystemException: Cannot resolve symbolic links, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: delete: <FileSystemException: Deletion failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: delete recursive: Directory: 'R/toNothing'
// expect: rename: <FileSystemException: Rename failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: rename into nothing: <FileSystemException: Rename failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Creation failed, path = 'R/toNothing' (OS Error: File exists, errno = 17)>
// expect: create recursive: <FileSystemException: Creation failed, path = 'R/toNothing' (OS Error: File exists, errno = 17)>
// expect: createTemp: <FileSystemException: Creation of temporary directory failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: createTemp unnamed: <FileSystemException: Creation of temporary directory failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: list: <FileSystemException: Directory listing failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: list recursive: <FileSystemException: Directory listing failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: list links: <FileSystemException: Directory listing failed, path = 'R/toNothing' (OS Error: No such file or directory, errno = 2)>
// expect: -- File none/deeper
// expect: exists: false
// expect: stat: notFound
// expect: stat size: -1
// expect: resolveSymbolicLinks: <FileSystemException: Cannot resolve symbolic links, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: delete: <FileSystemException: Cannot delete file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: delete recursive: <FileSystemException: Cannot delete file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: rename: <FileSystemException: Cannot rename file to 'R/renamed', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: rename into nothing: <FileSystemException: Cannot rename file to 'R/none/renamed', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Cannot create file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: create recursive: File: 'R/none/deeper'
// expect: readAsString: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: readAsString ascii: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: readAsString latin1: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: readAsString wrong: <Invalid argument (encoding): must be an Encoding: 1>
// expect: readAsString null: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: readAsLines: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: readAsLines ascii: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: readAsBytes: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: writeAsString: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: writeAsString reading: <FileSystemException: Cannot write to a file opened for reading, path = 'R/none/deeper'>
// expect: writeAsString mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: writeAsString null: <Invalid argument (contents): must be a String: null>
// expect: writeAsBytes: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: writeAsBytes null: <Invalid argument (bytes): must be a List<int>: null>
// expect: open: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: open mode: <Invalid argument (mode): must be a FileMode: 1>
// expect: length: <FileSystemException: Cannot retrieve length of file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: lastModified: <FileSystemException: Cannot retrieve modification time, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: lastAccessed: <FileSystemException: Cannot retrieve access time, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: setLastModified: <FileSystemException: Cannot set file time, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: setLastAccessed: <FileSystemException: Cannot set file time, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: setLastModified null: <Invalid argument (time): must be a DateTime: null>
// expect: copy: <FileSystemException: Cannot copy file to 'R/copy', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: copy into nothing: <FileSystemException: Cannot copy file to 'R/none/copy', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: openRead: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: openRead part: <FileSystemException: Cannot open file, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: openRead wrong: <RangeError: Bad start position: -1>, later <RangeError: Bad end position: 1>
// expect: openRead texts: <Invalid argument (start): must be an int: "1">, later <Invalid argument (end): must be an int: "3">
// expect: openWrite wrong: <Invalid argument(s): Invalid file mode for this operation>
// expect: -- Link none/deeper
// expect: exists: false
// expect: stat: notFound
// expect: stat size: -1
// expect: resolveSymbolicLinks: <FileSystemException: Cannot resolve symbolic links, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: delete: <FileSystemException: Cannot delete link, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: delete recursive: <FileSystemException: Cannot delete link, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: rename: <FileSystemException: Cannot rename link to 'R/renamed', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: rename into nothing: <FileSystemException: Cannot rename link to 'R/none/renamed', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Cannot create link to target 'target', path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: create recursive: Link: 'R/none/deeper'
// expect: update: <FileSystemException: Cannot update link, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: target: <FileSystemException: Cannot get target of link, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: -- Directory none/deeper
// expect: exists: false
// expect: stat: notFound
// expect: stat size: -1
// expect: resolveSymbolicLinks: <FileSystemException: Cannot resolve symbolic links, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: delete: <FileSystemException: Deletion failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: delete recursive: <FileSystemException: Deletion failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: rename: <FileSystemException: Rename failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: rename into nothing: <FileSystemException: Rename failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: create: <FileSystemException: Creation failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: create recursive: Directory: 'R/none/deeper'
// expect: createTemp: <FileSystemException: Creation of temporary directory failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: createTemp unnamed: <FileSystemException: Creation of temporary directory failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: list: <FileSystemException: Directory listing failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: list recursive: <FileSystemException: Directory listing failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: list links: <FileSystemException: Directory listing failed, path = 'R/none/deeper' (OS Error: No such file or directory, errno = 2)>
// expect: -- Directory 
// expect: create: Directory: 'R'
// expect: create recursive: Directory: 'R'
// expect: createTemp: 8
// expect: createTemp unnamed: true
// expect: list: [Directory: 'R/folder', Directory: 'R/toFolder', File: 'R/file', File: 'R/toFile', Link: 'R/toNothing']
// expect: list recursive: [Directory: 'R/folder', Directory: 'R/toFolder', File: 'R/file', File: 'R/folder/inner', File: 'R/toFile', File: 'R/toFolder/inner', Link: 'R/toNothing']
// expect: list links: [Directory: 'R/folder', File: 'R/file', Link: 'R/toFile', Link: 'R/toFolder', Link: 'R/toNothing']
// expect: type file: file
// expect: type of file itself: file
// expect: isFile: true
// expect: isDirectory: false
// expect: isLink: false
// expect: identical: true
// expect: type folder: directory
// expect: type of folder itself: directory
// expect: isFile: false
// expect: isDirectory: true
// expect: isLink: false
// expect: identical: false
// expect: type toFile: file
// expect: type of toFile itself: link
// expect: isFile: true
// expect: isDirectory: false
// expect: isLink: true
// expect: identical: false
// expect: type toFolder: directory
// expect: type of toFolder itself: link
// expect: isFile: false
// expect: isDirectory: true
// expect: isLink: true
// expect: identical: false
// expect: type toNothing: notFound
// expect: type of toNothing itself: link
// expect: isFile: false
// expect: isDirectory: false
// expect: isLink: true
// expect: identical: false
// expect: type none: notFound
// expect: type of none itself: notFound
// expect: isFile: false
// expect: isDirectory: false
// expect: isLink: false
// expect: identical: <FileSystemException: Error in FileSystemEntity.identical(R/none, R/file) (OS Error: No such file or directory, errno = 2)>
// expect: stat: -1
// expect: [notFound, 0, null, null, null, [FileStat: type notFound,           changed null,           modified null,           accessed null,           mode ---------,           size -1]]
// expect: [2001-02-03 00:00:00.000Z, 2002-03-04 00:00:00.000Z, 2001-02-03 00:00:00.000Z, 2002-03-04 00:00:00.000Z, true, 7]
// expect: [4751, (suid) rwxr-x--x, [FileStat:, changed, modified, accessed, mode, size]]
// expect: [2640, (guid) rw-r-----, [FileStat:, changed, modified, accessed, mode, size]]
// expect: [1007, (sticky) ------rwx, [FileStat:, changed, modified, accessed, mode, size]]
// expect: [0777, rwxrwxrwx, [FileStat:, changed, modified, accessed, mode, size]]
// expect: [0124, --x-w-r--, [FileStat:, changed, modified, accessed, mode, size]]
// expect: [0653, rw-r-x-wx, [FileStat:, changed, modified, accessed, mode, size]]
// expect: [File: '/a/b', /a/b, true, file:///a/b, Directory: '/a', true, true, true, File]
// expect: [File: 'a/b', a/b, false, a/b, Directory: 'a', true, true, false, File]
// expect: [File: 'a', a, false, a, Directory: '.', true, true, false, File]
// expect: [File: '/', /, true, file:///, Directory: '/', true, true, true, File]
// expect: [File: 'a/b/', a/b/, false, a/b/, Directory: 'a', true, true, false, File]
// expect: [File: '', , false, , Directory: '.', true, true, false, File]
// expect: Invalid argument(s): 1 is not a String
// expect: [Directory: '/a/b', /a/b, true, file:///a/b/, Directory: '/a', true, true, true, Directory]
// expect: [Directory: 'a/b', a/b, false, a/b/, Directory: 'a', true, true, false, Directory]
// expect: [Directory: 'a', a, false, a/, Directory: '.', true, true, false, Directory]
// expect: [Directory: '/', /, true, file:///, Directory: '/', true, true, true, Directory]
// expect: [Directory: 'a/b/', a/b/, false, a/b/, Directory: 'a', true, true, false, Directory]
// expect: [Directory: '', , false, , Directory: '.', true, true, false, Directory]
// expect: Invalid argument(s): 1 is not a String
// expect: [Link: '/a/b', /a/b, true, file:///a/b, Directory: '/a', true, true, true, Link]
// expect: [Link: 'a/b', a/b, false, a/b, Directory: 'a', true, true, false, Link]
// expect: [Link: 'a', a, false, a, Directory: '.', true, true, false, Link]
// expect: [Link: '/', /, true, file:///, Directory: '/', true, true, true, Link]
// expect: [Link: 'a/b/', a/b/, false, a/b/, Directory: 'a', true, true, false, Link]
// expect: [Link: '', , false, , Directory: '.', true, true, false, Link]
// expect: Invalid argument(s): 1 is not a String
// expect: [File: '/a b', Directory: '/a/', Link: 'l', false]
// expect: Unsupported operation: FileSystemEntity.watch: dart:io watches no files here
// expect: Invalid argument(s): Directory.createTemp called with an empty path. To use the system temp directory, use Directory.systemTemp
// expect: Invalid argument(s): createTempSync: argument 'prefix' must be a String, it is 1
// expect: Invalid argument(s): FileSystemEntity.parentOf: argument 'path' must be a String, it is null
// expect: FileSystemException: Setting current working directory failed, path = 'R/none' (OS Error: No such file or directory, errno = 2)
// expect: FileSystemException: Setting current working directory failed, path = 'R/file' (OS Error: Not a directory, errno = 20)
// expect: Invalid argument(s): current=: argument 'path' must be a String, it is 1
// expect: [/a/b, /, a/b, /, ., ., a, /, /]
// expect: [Directory: 'R/folder', true, File: 'R/folder/inner', 1, R/folder/inner]
// expect: [Directory: 'R', false]

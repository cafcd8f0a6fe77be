// dart:io: files, folders, the standard streams.
// stress-interval: 29
import 'dart:io';

show(f) {
  try {
    print(f());
  } catch (error) {
    print("<$error>".replaceAll(new RegExp(r"'/[^']*/"), "'"));
  }
}

main() async {
  var folder = Directory.systemTemp.createTempSync("fart_files_");
  var path = "${folder.path}/a.txt";
  var file = new File(path);
  try {
    print("${file.existsSync()} ${folder.existsSync()} ${new File(folder.path).existsSync()}"); // expect: false true false
    show(() => file.readAsStringSync()); // expect: <FileSystemException: Cannot open file, path = 'a.txt' (OS Error: No such file or directory, errno = 2)>
    show(() => file.lengthSync()); // expect: <FileSystemException: Cannot retrieve length of file, path = 'a.txt' (OS Error: No such file or directory, errno = 2)>
    show(() => file.deleteSync()); // expect: <FileSystemException: Cannot delete file, path = 'a.txt' (OS Error: No such file or directory, errno = 2)>
    file.writeAsStringSync("one\r\ntwo \u00e4\n");
    file.writeAsStringSync("three", mode: FileMode.APPEND);
    print("${file.lengthSync()} ${file.readAsLinesSync()}"); // expect: 17 [one, two ä, three]
    print(file.readAsStringSync().length); // expect: 16
    file.writeAsBytesSync([0, 65, 255]);
    print(file.readAsBytesSync()); // expect: [0, 65, 255]
    show(() => file.readAsStringSync()); // expect: <FileSystemException: Failed to decode data using encoding 'utf-8', path = 'a.txt'>
    print(new DateTime.now().difference(file.lastModifiedSync()).inHours); // expect: 0
    print("${file.statSync().type} ${file.statSync().size} ${FileSystemEntity.isDirectorySync(folder.path)} ${FileSystemEntity.typeSync("${folder.path}/none")}"); // expect: file 3 true notFound
    var moved = file.renameSync("${folder.path}/b.txt");
    print("${file.existsSync()} ${moved.existsSync()} ${moved.copySync(path).lengthSync()} ${moved.parent.path == folder.path}"); // expect: false true 3 true
    new Directory("${folder.path}/x/y").createSync(recursive: true);
    new File("${folder.path}/x/y/z").createSync();
    show(() => new Directory("${folder.path}/p/q").createSync()); // expect: <FileSystemException: Creation failed, path = 'q' (OS Error: No such file or directory, errno = 2)>
    names(recursive) => folder.listSync(recursive: recursive).map((e) => e.path.substring(folder.path.length + 1)).toList()..sort();
    print("${names(false)} ${names(true)}"); // expect: [a.txt, b.txt, x] [a.txt, b.txt, x, x/y, x/y/z]
    show(() => new Directory("${folder.path}/x").deleteSync()); // expect: <FileSystemException: Deletion failed, path = 'x' (OS Error: Directory not empty, errno = 39)>
    show(() => new Directory("${folder.path}/none").listSync()); // expect: <FileSystemException: Directory listing failed, path = 'none' (OS Error: No such file or directory, errno = 2)>
    var sink = file.openWrite();
    sink..write(1)..writeln("x")..add([66, 10])..writeAll([1, 2], "-")..writeCharCode(33);
    await sink.close();
    print(file.readAsLinesSync()); // expect: [1x, B, 1-2!]
    show(() => sink.write("x")); // expect: <Bad state: StreamSink is closed>
    show(() => new File(5)); // expect: <Invalid argument(s): 5 is not a String>
    show(() => file.writeAsStringSync("", mode: FileMode.READ)); // expect: <FileSystemException: Cannot write to a file opened for reading, path = 'a.txt'>
    show(() => new File("a\u0000b").existsSync()); // expect: <Invalid argument(s): FileSystemEntity.typeSync: argument 'path' must not contain a NUL, it is "a\u0000b">
    print(new File("/a/b").uri); // expect: file:///a/b
    stdout..write("out")..writeln(1)..writeAll([1, 2])..add([10]);
    // expect: out1
    // expect: 12
    stderr.write("");
  } finally {
    print("done"); // expect: done
  }
  file.readAsString().then((text) {
    print("later ${text.length}"); // expect: later 9
    return file.delete();
  }).then((deleted) {
    print("${identical(deleted, file)} ${file.existsSync()}"); // expect: true false
    return file.readAsBytes();
  }).catchError((error) {
    print(error is FileSystemException); // expect: true
  }).then((_) {
    folder.deleteSync(recursive: true);
    print(folder.existsSync()); // expect: false
  });
}

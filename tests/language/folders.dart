// dart:io: folders, links, and the folder that relative paths count from.
// stress-interval: 61
import 'dart:async';
import 'dart:io';
import 'lib_in_a_folder.dart';

names(entities) => (entities.map((each) => "${each.runtimeType.toString()[0]} ${each.path.substring(root.length + 1)}").toList()..sort()).join(", ");

links() async {
  var link = new Link("$root/link");
  new File("$root/target").writeAsStringSync("t");
  await later(() => link.create("target")); // expect: Link: 'R/link'
  show(() => [link.existsSync(), link.targetSync(), new File(link.path).readAsStringSync(), FileSystemEntity.isLinkSync(link.path)]); // expect: [true, target, t, true]
  show(() => [FileSystemEntity.typeSync(link.path), FileSystemEntity.typeSync(link.path, followLinks: false), new Link("$root/target").existsSync()]); // expect: [file, link, false]
  show(() => link.createSync("other")); // expect: <FileSystemException: Cannot create link to target 'other', path = 'R/link' (OS Error: File exists, errno = 17)>
  await link.update("$root/none");
  await later(() => link.target()); // expect: R/none
  show(() => [link.existsSync(), new File(link.path).existsSync()]); // expect: [true, false]
  show(() => link.resolveSymbolicLinksSync()); // expect: <FileSystemException: Cannot resolve symbolic links, path = 'R/link' (OS Error: No such file or directory, errno = 2)>
  link.updateSync("$root/target");
  await later(() => link.resolveSymbolicLinks()); // expect: R/target
  await later(() async => [await FileSystemEntity.identical(link.path, "$root/./link"), FileSystemEntity.identicalSync(link.path, "$root/target")]); // expect: [true, false]
  show(() => FileSystemEntity.identicalSync(link.path, "$root/none")); // expect: <FileSystemException: Error in FileSystemEntity.identical(R/link, R/none) (OS Error: No such file or directory, errno = 2)>
  var moved = await link.rename("$root/moved");
  show(() => [link.existsSync(), moved.targetSync()]); // expect: [false, R/target]
  show(() => new Link("$root/target").targetSync()); // expect: <FileSystemException: Cannot get target of link, path = 'R/target' (OS Error: Invalid argument, errno = 22)>
  show(() => new Link("$root/target").deleteSync()); // expect: <FileSystemException: Cannot delete link, path = 'R/target' (OS Error: Invalid argument, errno = 22)>
  await moved.delete();
  show(() => [moved.existsSync(), new File("$root/target").existsSync()]); // expect: [false, true]
  new Link("$root/p/q").createSync("x", recursive: true);
  show(() => new Directory("$root/p").deleteSync(recursive: true)); // expect: null
}

lists() async {
  var folder = new Directory("$root/list/a/b")..createSync(recursive: true);
  new File("$root/list/f").createSync();
  new File("$root/list/a/b/g").createSync();
  new Link("$root/list/around").createSync("..");
  new Link("$root/list/a/loop").createSync("$root/list");
  new Link("$root/list/a/other").createSync("b");
  new Link("$root/list/broken").createSync("none");
  var list = new Directory("$root/list");
  show(() => names(list.listSync())); // expect: D list/a, D list/around, F list/f, L list/broken
  show(() => names(list.listSync(followLinks: false))); // expect: D list/a, F list/f, L list/around, L list/broken
  // What leads to a folder around it is itself.
  new Directory("$root/ring/a/b").createSync(recursive: true);
  new Link("$root/ring/a/b/back").createSync("$root/ring");
  new Link("$root/ring/other").createSync("a/b");
  show(() => names(new Directory("$root/ring").listSync(recursive: true))); // expect: D ring/a, D ring/a/b, D ring/other, L ring/a/b/back, L ring/other/back
  await later(() => list.list(recursive: true, followLinks: false).toList().then(names)); // expect: D list/a, D list/a/b, F list/a/b/g, F list/f, L list/a/loop, L list/a/other, L list/around, L list/broken
  show(() => new Directory("$root/list/").listSync().map((each) => each.path).where((path) => path.endsWith("/f")).toList()); // expect: [R/list/f]
  show(() => new Directory("$root/none").listSync()); // expect: <FileSystemException: Directory listing failed, path = 'R/none' (OS Error: No such file or directory, errno = 2)>
  await later(() => new Directory("$root/list/f").list().toList()); // expect: <FileSystemException: Directory listing failed, path = 'R/list/f' (OS Error: Not a directory, errno = 20)>
  show(() => folder.listSync(recursive: null)); // expect: <Invalid argument(s): listSync: argument 'recursive' must be a bool, it is null>
  // Whatever is deleted with what is in it, what links lead to stays.
  await later(() => list.delete(recursive: true)); // expect: Directory: 'R/list'
  show(() => [list.existsSync(), new File("$root/target").existsSync()]); // expect: [false, true]
}

folders() async {
  var made = await new Directory("$root/made").create();
  await later(() => made.exists()); // expect: true
  show(() => made.createSync()); // expect: null
  show(() => new Directory("$root/target").createSync()); // expect: <FileSystemException: Creation failed, path = 'R/target' (OS Error: File exists, errno = 17)>
  var temp = await made.createTemp("t_");
  print([temp.path.startsWith("$root/made/t_"), temp.path.length - root.length, temp.existsSync()]); // expect: [true, 14, true]
  show(() => new Directory("").createTempSync()); // expect: <Invalid argument(s): Directory.createTemp called with an empty path. To use the system temp directory, use Directory.systemTemp>
  show(() => new Directory("$root/none").createTempSync()); // expect: <FileSystemException: Creation of temporary directory failed, path = 'R/none' (OS Error: No such file or directory, errno = 2)>
  await later(() => made.delete()); // expect: <FileSystemException: Deletion failed, path = 'R/made' (OS Error: Directory not empty, errno = 39)>
  show(() => new Directory("$root/target").deleteSync()); // expect: <FileSystemException: Deletion failed, path = 'R/target' (OS Error: Not a directory, errno = 20)>
  var moved = made.renameSync("$root/moved");
  show(() => [made.existsSync(), moved.existsSync(), moved.uri]); // expect: [false, true, file://R/moved/]
  show(() => made.renameSync("$root/x")); // expect: <FileSystemException: Rename failed, path = 'R/made' (OS Error: No such file or directory, errno = 2)>
  show(() => new Directory(null)); // expect: <Invalid argument(s): null is not a String>
  print(["/a/b", "/a/b/", "a", "a/", "/", "/a", "", "a//b//", "//a"].map(FileSystemEntity.parentOf).toList()); // expect: [/a, /a, ., ., /, /, ., a, /]
  show(() => new File("a").watch()); // expect: <Unsupported operation: FileSystemEntity.watch: dart:io watches no files here>
  show(() => new Link("/a/b").uri); // expect: file:///a/b
}

current() async {
  var before = Directory.current.path;
  var process = Process.runSync("pwd", []).stdout.trim();
  new Directory("$root/in").createSync();
  Directory.current = "$root/in";
  show(() => Directory.current.path); // expect: R/in
  new File("here").writeAsStringSync("x");
  show(() => [new File("$root/in/here").existsSync(), new File("here").absolute.path, new File("../in/here").readAsStringSync()]); // expect: [true, R/in/here, x]
  show(() => Directory.current.listSync().map((each) => each.path).toList()); // expect: [R/in/here]
  show(() => new Directory(".").listSync().map((each) => each.path).toList()); // expect: [./here]
  show(() => new Directory(".").createTempSync("t").path.startsWith("./t")); // expect: true
  show(() => Process.runSync("pwd", []).stdout.trim()); // expect: R/in
  await later(() => Process.run("pwd", [], workingDirectory: "..").then((result) => result.stdout.trim())); // expect: R
  Directory.current = new Directory("..");
  show(() => Directory.current.path); // expect: R
  show(() => Directory.current = "none"); // expect: <FileSystemException: Setting current working directory failed, path = 'none' (OS Error: No such file or directory, errno = 2)>
  show(() => Directory.current = "target"); // expect: <FileSystemException: Setting current working directory failed, path = 'target' (OS Error: Not a directory, errno = 20)>
  show(() => Directory.current = 5); // expect: <Invalid argument(s): current=: argument 'path' must be a String, it is 5>
  Directory.current = before;
  print(Process.runSync("pwd", []).stdout.trim() == process); // expect: true
}

main() async {
  root = Directory.systemTemp.createTempSync("fart_folders_").resolveSymbolicLinksSync();
  try {
    await links();
    await lists();
    await folders();
    await current();
    show(() => Platform.environment["FART"] = "x"); // expect: <Unsupported operation: Cannot modify an unmodifiable map>
    print([Platform.isLinux, Platform.pathSeparator, Platform.packageRoot, Platform.version.startsWith("1.24")]); // expect: [true, /, null, true]
    show(() => GZIP.encode([])); // expect: <Unsupported operation: GZIP: dart:io compresses nothing here>
  } finally {
    new Directory(root).deleteSync(recursive: true);
  }
}

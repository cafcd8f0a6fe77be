// What files, folders and links have in common.
part of dart.io;

class FileSystemEntityType {
  static const FileSystemEntityType FILE = const FileSystemEntityType._("file");
  static const FileSystemEntityType DIRECTORY = const FileSystemEntityType._("directory");
  static const FileSystemEntityType LINK = const FileSystemEntityType._("link");
  static const FileSystemEntityType NOT_FOUND = const FileSystemEntityType._("notFound");
  static const FileSystemEntityType file = FILE;
  static const FileSystemEntityType directory = DIRECTORY;
  static const FileSystemEntityType link = LINK;
  static const FileSystemEntityType notFound = NOT_FOUND;

  final String _name;
  const FileSystemEntityType._(this._name);
  String toString() => _name;
}

class FileStat {
  final FileSystemEntityType type;
  final int size;
  final int mode;
  final DateTime modified;
  final DateTime accessed;
  final DateTime changed;
  FileStat._(this.type, this.size, this.mode, this.modified, this.accessed, this.changed);

  factory FileStat._of(answer) {
    if (answer is int) {
      return new FileStat._(FileSystemEntityType.NOT_FOUND, -1, 0, null, null, null);
    }
    return new FileStat._(FileSystemEntity._typeOf(answer), answer[1], answer[4], _time(answer[2]),
        _time(answer[3]), _time(answer[5]));
  }

  // Of what links lead to.
  static FileStat statSync(String path) => new FileStat._of(_stat(_at(path), true, null));
  static Future<FileStat> stat(String path) =>
      _later((port) => _stat(_at(path), true, port)).then((answer) => new FileStat._of(answer));

  // "rwxr-xr-x".
  String modeString() {
    const codes = const ["---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"];
    var marks = "";
    if (mode & 0x800 != 0) marks += "(suid) ";
    if (mode & 0x400 != 0) marks += "(guid) ";
    if (mode & 0x200 != 0) marks += "(sticky) ";
    return "$marks${codes[(mode >> 6) & 7]}${codes[(mode >> 3) & 7]}${codes[mode & 7]}";
  }

  String toString() => """
FileStat: type $type
          changed $changed
          modified $modified
          accessed $accessed
          mode ${modeString()}
          size $size""";
}

DateTime _time(int microseconds) => new DateTime.fromMicrosecondsSinceEpoch(microseconds);

abstract class FileSystemEntity {
  String get path;

  static FileSystemEntityType _typeOf(answer) {
    if (answer is int) return FileSystemEntityType.NOT_FOUND;
    return const [
      FileSystemEntityType.FILE,
      FileSystemEntityType.DIRECTORY,
      FileSystemEntityType.LINK,
      FileSystemEntityType.FILE
    ][answer[0]];
  }

  static FileSystemEntityType typeSync(String path, {bool followLinks: true}) =>
      _typeOf(_stat(_at(path), followLinks, null));
  static bool isFileSync(String path) => typeSync(path) == FileSystemEntityType.FILE;
  static bool isDirectorySync(String path) => typeSync(path) == FileSystemEntityType.DIRECTORY;
  static bool isLinkSync(String path) =>
      typeSync(path, followLinks: false) == FileSystemEntityType.LINK;

  static Future<FileSystemEntityType> type(String path, {bool followLinks: true}) =>
      _later((port) => _stat(_at(path), followLinks, port)).then(_typeOf);
  static Future<bool> isFile(String path) =>
      type(path).then((type) => type == FileSystemEntityType.FILE);
  static Future<bool> isDirectory(String path) =>
      type(path).then((type) => type == FileSystemEntityType.DIRECTORY);
  static Future<bool> isLink(String path) =>
      type(path, followLinks: false).then((type) => type == FileSystemEntityType.LINK);

  // Whether both are the same; links are themselves.
  static bool identicalSync(String path1, String path2) =>
      _orThrow(_areIdentical(_at(path1), _at(path2), null), _notIdentical(path1, path2), "") == 1;
  static Future<bool> identical(String path1, String path2) => _laterOrThrow(
      (port) => _areIdentical(_at(path1), _at(path2), port),
      _notIdentical(path1, path2),
      "").then((answer) => answer == 1);
  static String _notIdentical(path1, path2) =>
      "Error in FileSystemEntity.identical($path1, $path2)";

  static final RegExp _lastSeparator = new RegExp("[^/]/+[^/]");

  static String parentOf(String path) {
    _checkString(path, "path");
    var place = path.lastIndexOf(_lastSeparator);
    var isAbsolute = path.startsWith("/");
    if (place > (isAbsolute ? 0 : -1)) return path.substring(0, place + 1);
    return isAbsolute ? "/" : ".";
  }

  static bool get isWatchSupported => false;
  Stream<FileSystemEvent> watch({int events: FileSystemEvent.ALL, bool recursive: false}) =>
      _refuse("FileSystemEntity.watch", "dart:io watches no files here");

  FileSystemEntityType get _type;
  bool existsSync() => typeSync(path) == _type;
  Future<bool> exists() => type(path).then((type) => type == _type);
  FileStat statSync() => FileStat.statSync(path);
  Future<FileStat> stat() => FileStat.stat(path);
  bool get isAbsolute => path.startsWith("/");
  Uri get uri => new Uri.file(path);
  Directory get parent => new Directory(parentOf(path));

  String get _absolute {
    if (isAbsolute) return path;
    var folder = Directory.current.path;
    return folder.endsWith("/") ? "$folder$path" : "$folder/$path";
  }

  String resolveSymbolicLinksSync() =>
      _orThrow(_resolve(_at(path), null), "Cannot resolve symbolic links", path);
  Future<String> resolveSymbolicLinks() =>
      _laterOrThrow((port) => _resolve(_at(path), port), "Cannot resolve symbolic links", path);

  int get _kind;
  String get _notDeleted;
  void deleteSync({bool recursive: false}) {
    _orThrow(_remove(_at(path), _kind, recursive, null), _notDeleted, path);
  }

  Future<FileSystemEntity> delete({bool recursive: false}) =>
      _laterOrThrow((port) => _remove(_at(path), _kind, recursive, port), _notDeleted, path)
          .then((_) => this);

  void _renameSync(String newPath, String message) {
    _orThrow(_rename(_at(path), _at(newPath), _kind, null), message, path);
  }

  Future _renameLater(String newPath, String message) =>
      _laterOrThrow((port) => _rename(_at(path), _at(newPath), _kind, port), message, path);
}

// What watching would tell of.
abstract class FileSystemEvent {
  static const int CREATE = 1;
  static const int MODIFY = 2;
  static const int DELETE = 4;
  static const int MOVE = 8;
  static const int ALL = 15;
}

String _checkPath(path) {
  if (path is! String) throw new ArgumentError("$path is not a String");
  return path;
}

_stat(String path, bool followLinks, SendPort port) native "File_stat";
_areIdentical(String path1, String path2, SendPort port) native "File_areIdentical";
_resolve(String path, SendPort port) native "File_resolve";
_remove(String path, int kind, bool recursive, SendPort port) native "File_remove";
_rename(String path, String newPath, int kind, SendPort port) native "File_rename";

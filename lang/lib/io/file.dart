// Files, folders and links. What ends in Sync asks the system at once; the others do so in a
// microtask, and the isolate waits meanwhile.
part of dart.io;

class OSError implements Exception {
  static const int noErrorCode = -1;
  final String message;
  final int errorCode;
  const OSError([this.message = "", this.errorCode = noErrorCode]);

  String toString() {
    var code = errorCode == noErrorCode ? "" : "errno = $errorCode";
    if (message == "") return code == "" ? "OS Error" : "OS Error: $code";
    return code == "" ? "OS Error: $message" : "OS Error: $message, $code";
  }
}

class IOException implements Exception {
  String toString() => "IOException";
}

class FileSystemException implements IOException {
  final String message;
  final String path;
  final OSError osError;
  const FileSystemException([this.message = "", this.path = "", this.osError]);

  String toString() {
    var text = "FileSystemException";
    if (message != "") text = "$text: $message";
    if (path != null && path != "") text = "$text, path = '$path'";
    return osError == null ? text : "$text ($osError)";
  }
}

// What a native has answered, unless it is an error's number.
_orThrow(answer, String message, String path) {
  if (answer is! int || answer == 0) return answer;
  throw new FileSystemException(message, path, new OSError(_errorText(answer), answer));
}

class FileMode {
  static const FileMode READ = const FileMode._(0);
  static const FileMode WRITE = const FileMode._(1);
  static const FileMode APPEND = const FileMode._(2);
  static const FileMode WRITE_ONLY = const FileMode._(3);
  static const FileMode WRITE_ONLY_APPEND = const FileMode._(4);
  static const FileMode read = READ;
  static const FileMode write = WRITE;
  static const FileMode append = APPEND;
  static const FileMode writeOnly = WRITE_ONLY;
  static const FileMode writeOnlyAppend = WRITE_ONLY_APPEND;

  final int _mode;
  const FileMode._(this._mode);
  bool get _appends => _mode == 2 || _mode == 4;
}

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

  static FileStat statSync(String path) {
    var places = new List(6);
    if (_stat(path, true, places) != 0) {
      return new FileStat._(FileSystemEntityType.NOT_FOUND, -1, 0, null, null, null);
    }
    time(micros) => new DateTime.fromMicrosecondsSinceEpoch(micros);
    return new FileStat._(FileSystemEntity._types[places[0]], places[1], places[4],
        time(places[2]), time(places[3]), time(places[5]));
  }

  static Future<FileStat> stat(String path) => new Future.microtask(() => statSync(path));
}

abstract class FileSystemEntity {
  static const List<FileSystemEntityType> _types = const [
    FileSystemEntityType.FILE,
    FileSystemEntityType.DIRECTORY,
    FileSystemEntityType.LINK,
    FileSystemEntityType.FILE
  ];

  String get path;

  static FileSystemEntityType typeSync(String path, {bool followLinks: true}) {
    var places = new List(6);
    if (_stat(path, followLinks, places) != 0) return FileSystemEntityType.NOT_FOUND;
    return _types[places[0]];
  }

  static bool isFileSync(String path) => typeSync(path) == FileSystemEntityType.FILE;
  static bool isDirectorySync(String path) => typeSync(path) == FileSystemEntityType.DIRECTORY;
  static bool isLinkSync(String path) =>
      typeSync(path, followLinks: false) == FileSystemEntityType.LINK;
  static Future<FileSystemEntityType> type(String path, {bool followLinks: true}) =>
      new Future.microtask(() => typeSync(path, followLinks: followLinks));
  static Future<bool> isFile(String path) => new Future.microtask(() => isFileSync(path));
  static Future<bool> isDirectory(String path) => new Future.microtask(() => isDirectorySync(path));

  bool existsSync();
  FileStat statSync() => FileStat.statSync(path);
  Future<FileStat> stat() => FileStat.stat(path);
  Future<bool> exists() => new Future.microtask(existsSync);
  bool get isAbsolute => path.startsWith("/");
  Uri get uri => new Uri.file(path);
  String get _absolute => isAbsolute ? path : "${Directory.current.path}/$path";

  Directory get parent {
    var end = path.length;
    while (end > 1 && path[end - 1] == "/") end--;
    var slash = path.substring(0, end).lastIndexOf("/");
    while (slash > 0 && path[slash - 1] == "/") slash--;
    return new Directory(slash < 0 ? "." : (slash == 0 ? "/" : path.substring(0, slash)));
  }

  void deleteSync({bool recursive: false}) {
    _orThrow(_remove(path, recursive), "Deletion failed", path);
  }

  Future<FileSystemEntity> delete({bool recursive: false}) {
    return new Future.microtask(() {
      deleteSync(recursive: recursive);
      return this;
    });
  }
}

class File extends FileSystemEntity {
  final String path;
  File(this.path) {
    if (path is! String) throw new ArgumentError("$path is not a String");
  }
  factory File.fromUri(Uri uri) => new File(uri.toFilePath());

  File get absolute => new File(_absolute);
  bool existsSync() => FileSystemEntity.typeSync(path) == FileSystemEntityType.FILE;

  void createSync({bool recursive: false}) {
    if (recursive) parent.createSync(recursive: true);
    _orThrow(_write(path, "", true), "Cannot create file", path);
  }

  String readAsStringSync({encoding}) {
    if (encoding != null) return encoding.decode(readAsBytesSync());
    return _orThrow(_read(path, true), "Cannot open file", path);
  }

  List<int> readAsBytesSync() => _orThrow(_read(path, false), "Cannot open file", path);
  List<String> readAsLinesSync({encoding}) => _linesOf(readAsStringSync(encoding: encoding));

  void writeAsStringSync(String contents,
      {FileMode mode: FileMode.WRITE, encoding, bool flush: false}) {
    if (contents is! String) throw new ArgumentError.value(contents, "contents", "must be a String");
    if (encoding != null) {
      writeAsBytesSync(encoding.encode(contents), mode: mode);
    } else {
      _writeAll(contents, mode);
    }
  }

  void writeAsBytesSync(List<int> bytes, {FileMode mode: FileMode.WRITE, bool flush: false}) {
    _writeAll(_bytesOf(bytes), mode);
  }

  void _writeAll(contents, FileMode mode) {
    if (mode == FileMode.READ) {
      throw new FileSystemException("Cannot write to a file opened for reading", path);
    }
    _orThrow(_write(path, contents, mode._appends), "Cannot open file", path);
  }

  int lengthSync() => _placesOf("Cannot retrieve length of file")[1];
  DateTime lastModifiedSync() => new DateTime.fromMicrosecondsSinceEpoch(
      _placesOf("Cannot retrieve modification time")[2]);

  List _placesOf(String message) {
    var places = new List(6);
    _orThrow(_stat(path, true, places), message, path);
    return places;
  }

  File renameSync(String newPath) {
    _orThrow(_rename(path, newPath), "Cannot rename file to '$newPath'", path);
    return new File(newPath);
  }

  File copySync(String newPath) {
    var bytes = _orThrow(_read(path, false), "Cannot copy file to '$newPath'", path);
    _orThrow(_write(newPath, bytes, false), "Cannot copy file to '$newPath'", path);
    return new File(newPath);
  }

  // Read at once when somebody listens, and handed out piece by piece.
  Stream<List<int>> openRead([int start = 0, int end]) async* {
    var bytes = readAsBytesSync();
    if (start == null) start = 0;
    if (end == null || end > bytes.length) end = bytes.length;
    while (start < end) {
      var stop = start + _PIECE < end ? start + _PIECE : end;
      yield bytes.sublist(start, stop);
      start = stop;
    }
  }

  static const int _PIECE = 65536;

  IOSink openWrite({FileMode mode: FileMode.WRITE, encoding}) {
    _writeAll("", mode);
    return new IOSink(new _FileConsumer(this), encoding: encoding == null ? UTF8 : encoding);
  }

  Future<File> _then(void work()) {
    return new Future.microtask(() {
      work();
      return this;
    });
  }

  Future<File> create({bool recursive: false}) => _then(() => createSync(recursive: recursive));
  Future<String> readAsString({encoding}) =>
      new Future.microtask(() => readAsStringSync(encoding: encoding));
  Future<List<int>> readAsBytes() => new Future.microtask(readAsBytesSync);
  Future<List<String>> readAsLines({encoding}) =>
      new Future.microtask(() => readAsLinesSync(encoding: encoding));
  Future<File> writeAsString(String contents,
          {FileMode mode: FileMode.WRITE, encoding, bool flush: false}) =>
      _then(() => writeAsStringSync(contents, mode: mode, encoding: encoding));
  Future<File> writeAsBytes(List<int> bytes,
          {FileMode mode: FileMode.WRITE, bool flush: false}) =>
      _then(() => writeAsBytesSync(bytes, mode: mode));
  Future<int> length() => new Future.microtask(lengthSync);
  Future<DateTime> lastModified() => new Future.microtask(lastModifiedSync);
  Future<File> rename(String newPath) => new Future.microtask(() => renameSync(newPath));
  Future<File> copy(String newPath) => new Future.microtask(() => copySync(newPath));

  String toString() => "File: '$path'";
}

class _FileConsumer implements StreamConsumer<List<int>> {
  final File _file;
  _FileConsumer(this._file);
  Future addStream(Stream<List<int>> stream) => stream
      .forEach((data) => _file._writeAll(_bytesOf(data), FileMode.APPEND))
      .then((_) => _file);
  Future close() => new Future.value(_file);
}

class Directory extends FileSystemEntity {
  final String path;
  Directory(this.path) {
    if (path is! String) throw new ArgumentError("$path is not a String");
  }
  factory Directory.fromUri(Uri uri) => new Directory(uri.toFilePath());

  static Directory get current =>
      new Directory(_orThrow(_currentDirectory(), "Getting current working directory failed", ""));
  static Directory get systemTemp => new Directory(_temporaryDirectory());

  Directory get absolute => new Directory(_absolute);
  bool existsSync() => FileSystemEntity.typeSync(path) == FileSystemEntityType.DIRECTORY;

  void createSync({bool recursive: false}) {
    _orThrow(_createDirectory(path, recursive), "Creation failed", path);
  }

  Directory createTempSync([String prefix = ""]) {
    var place = path.endsWith("/") ? path : "$path/";
    return new Directory(
        _orThrow(_createTemporary("$place$prefix"), "Creation of temporary directory failed", path));
  }

  // In no order.
  List<FileSystemEntity> listSync({bool recursive: false, bool followLinks: true}) {
    var result = <FileSystemEntity>[];
    var names = _orThrow(_names(path), "Directory listing failed", path).split("/");
    for (var name in names) {
      if (name == "") continue;
      var each = path.endsWith("/") ? "$path$name" : "$path/$name";
      var type = FileSystemEntity.typeSync(each, followLinks: false);
      var isLink = type == FileSystemEntityType.LINK;
      if (isLink && followLinks) type = FileSystemEntity.typeSync(each);
      if (type != FileSystemEntityType.DIRECTORY) {
        result.add(new File(each));
        continue;
      }
      var folder = new Directory(each);
      result.add(folder);
      if (recursive && !isLink) {
        result.addAll(folder.listSync(recursive: true, followLinks: followLinks));
      }
    }
    return result;
  }

  Stream<FileSystemEntity> list({bool recursive: false, bool followLinks: true}) async* {
    for (var each in listSync(recursive: recursive, followLinks: followLinks)) yield each;
  }

  Directory renameSync(String newPath) {
    _orThrow(_rename(path, newPath), "Rename failed", path);
    return new Directory(newPath);
  }

  Future<Directory> create({bool recursive: false}) {
    return new Future.microtask(() {
      createSync(recursive: recursive);
      return this;
    });
  }

  Future<Directory> createTemp([String prefix = ""]) =>
      new Future.microtask(() => createTempSync(prefix));
  Future<Directory> rename(String newPath) => new Future.microtask(() => renameSync(newPath));

  String toString() => "Directory: '$path'";
}

// Lines end with \n, \r\n or \r.
List<String> _linesOf(String text) {
  var lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  if (lines.last == "") lines.removeLast();
  return lines;
}

_bytesOf(List<int> bytes) => bytes is Uint8List ? bytes : new Uint8List.fromList(bytes);

_read(String path, bool isText) native "File_read";
_write(String path, contents, bool appends) native "File_write";
_stat(String path, bool followLinks, List places) native "File_stat";
_remove(String path, bool recursive) native "File_remove";
_rename(String path, String newPath) native "File_rename";
_createDirectory(String path, bool recursive) native "Directory_create";
_createTemporary(String prefix) native "Directory_createTemporary";
_names(String path) native "Directory_names";
_currentDirectory() native "Directory_current";
String _temporaryDirectory() native "Directory_temporary";
String _errorText(int errorCode) native "System_errorText";

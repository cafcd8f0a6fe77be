// Files. What ends in Sync asks the system at once, the rest on threads of the VM's pool.
part of dart.io;

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

class File extends FileSystemEntity {
  final String path;
  File(path) : path = _checkPath(path);
  factory File.fromUri(Uri uri) => new File(uri.toFilePath());

  FileSystemEntityType get _type => FileSystemEntityType.FILE;
  int get _kind => 0;
  String get _notDeleted => "Cannot delete file";
  File get absolute => new File(_absolute);
  String toString() => "File: '$path'";

  void createSync({bool recursive: false}) {
    _orThrow(_create(_at(path), recursive, null), "Cannot create file", path);
  }

  Future<File> create({bool recursive: false}) =>
      _laterOrThrow((port) => _create(_at(path), recursive, port), "Cannot create file", path)
          .then((_) => this);

  // ---- Reading

  // Text as the native decodes it, unless bytes in it are none: then it is decoded again, and
  // refused.
  static bool _isDoubtful(String text) => text.startsWith("\uFEFF") || text.contains("\uFFFD");

  String readAsStringSync({Encoding encoding: UTF8}) {
    if (_isUtf8(encoding)) {
      var text = _orThrow(_read(_at(path), true, null), "Cannot open file", path);
      if (!_isDoubtful(text)) return text;
    }
    return _decode(readAsBytesSync(), encoding);
  }

  Future<String> readAsString({Encoding encoding: UTF8}) => new Future.sync(() {
        if (!_isUtf8(encoding)) return readAsBytes().then((bytes) => _decode(bytes, encoding));
        return _laterOrThrow((port) => _read(_at(path), true, port), "Cannot open file", path).then(
            (text) => !_isDoubtful(text)
                ? text
                : readAsBytes().then((bytes) => _decode(bytes, encoding)));
      });

  static bool _isUtf8(encoding) =>
      encoding == null || identical(_checkEncoding(encoding, "encoding"), UTF8);

  String _decode(bytes, encoding) {
    if (encoding == null) encoding = UTF8;
    try {
      return encoding.decode(bytes);
    } on FormatException {
      throw new FileSystemException(
          "Failed to decode data using encoding '${encoding.name}'", path);
    }
  }

  List<int> readAsBytesSync() => _orThrow(_read(_at(path), false, null), "Cannot open file", path);
  Future<List<int>> readAsBytes() =>
      _laterOrThrow((port) => _read(_at(path), false, port), "Cannot open file", path);
  List<String> readAsLinesSync({Encoding encoding: UTF8}) =>
      const LineSplitter().convert(readAsStringSync(encoding: encoding));
  Future<List<String>> readAsLines({Encoding encoding: UTF8}) =>
      readAsString(encoding: encoding).then(const LineSplitter().convert);

  // Opened when somebody listens, and handed out piece by piece.
  Stream<List<int>> openRead([int start = 0, int end]) async* {
    if (start == null) start = 0;
    if (start is! int) throw new ArgumentError.value(start, "start", "must be an int");
    if (end != null && end is! int) throw new ArgumentError.value(end, "end", "must be an int");
    if (start < 0) throw new RangeError("Bad start position: $start");
    if (end != null && end < start) throw new RangeError("Bad end position: $end");
    var file = await open();
    try {
      if (start > 0) await file.setPosition(start);
      while (true) {
        var bytes = await file.read(end == null || end - start > _PIECE ? _PIECE : end - start);
        if (bytes.isEmpty) break;
        start += bytes.length;
        yield bytes;
      }
    } finally {
      await file.close();
    }
  }

  static const int _PIECE = 65536;

  // ---- Writing

  void writeAsStringSync(String contents,
      {FileMode mode: FileMode.WRITE, Encoding encoding: UTF8, bool flush: false}) {
    _writeAllSync(_encoded(contents, encoding), mode, flush);
  }

  void writeAsBytesSync(List<int> bytes, {FileMode mode: FileMode.WRITE, bool flush: false}) {
    _writeAllSync(_bytesOf(bytes), mode, flush);
  }

  Future<File> writeAsString(String contents,
          {FileMode mode: FileMode.WRITE, Encoding encoding: UTF8, bool flush: false}) =>
      new Future.sync(() => _writeAll(_encoded(contents, encoding), mode, flush));
  Future<File> writeAsBytes(List<int> bytes,
          {FileMode mode: FileMode.WRITE, bool flush: false}) =>
      new Future.sync(() => _writeAll(_bytesOf(bytes), mode, flush));

  static _encoded(contents, encoding) {
    if (contents is! String) throw new ArgumentError.value(contents, "contents", "must be a String");
    return _isUtf8(encoding) ? contents : _bytesOf(encoding.encode(contents));
  }

  void _writeAllSync(contents, FileMode mode, bool flush) {
    _orThrow(_write(_at(path), contents, _appendsIn(mode), flush, null), "Cannot open file", path);
  }

  Future<File> _writeAll(contents, FileMode mode, bool flush) => _laterOrThrow(
          (port) => _write(_at(path), contents, _appendsIn(mode), flush, port),
          "Cannot open file",
          path)
      .then((_) => this);

  bool _appendsIn(mode) {
    if (mode is! FileMode) throw new ArgumentError.value(mode, "mode", "must be a FileMode");
    if (mode != FileMode.READ) return mode._appends;
    throw new FileSystemException("Cannot write to a file opened for reading", path);
  }

  IOSink openWrite({FileMode mode: FileMode.WRITE, Encoding encoding: UTF8}) {
    if (mode is! FileMode || mode == FileMode.READ) {
      throw new ArgumentError("Invalid file mode for this operation");
    }
    return new IOSink(new _FileConsumer(this, mode), encoding: encoding == null ? UTF8 : encoding);
  }

  // ---- Opening

  RandomAccessFile openSync({FileMode mode: FileMode.READ}) {
    var file = new _RandomAccessFile(path);
    _orThrow(_openFile(file._file, _at(path), _modeOf(mode), null), "Cannot open file", path);
    return file;
  }

  Future<RandomAccessFile> open({FileMode mode: FileMode.READ}) => new Future.sync(() {
        var file = new _RandomAccessFile(path);
        return _laterOrThrow((port) => _openFile(file._file, _at(path), _modeOf(mode), port),
            "Cannot open file", path).then((_) => file);
      });

  static int _modeOf(mode) {
    if (mode is FileMode) return mode._mode;
    throw new ArgumentError.value(mode, "mode", "must be a FileMode");
  }

  // ---- What is known of it

  _statSync(String message) => _orThrow(_stat(_at(path), true, null), message, path);
  Future _statLater(String message) =>
      _laterOrThrow((port) => _stat(_at(path), true, port), message, path);

  static const String _NO_LENGTH = "Cannot retrieve length of file";
  static const String _NOT_MODIFIED = "Cannot retrieve modification time";
  static const String _NOT_ACCESSED = "Cannot retrieve access time";
  int lengthSync() => _statSync(_NO_LENGTH)[1];
  Future<int> length() => _statLater(_NO_LENGTH).then((facts) => facts[1]);
  DateTime lastModifiedSync() => _time(_statSync(_NOT_MODIFIED)[2]);
  Future<DateTime> lastModified() => _statLater(_NOT_MODIFIED).then((facts) => _time(facts[2]));
  DateTime lastAccessedSync() => _time(_statSync(_NOT_ACCESSED)[3]);
  Future<DateTime> lastAccessed() => _statLater(_NOT_ACCESSED).then((facts) => _time(facts[3]));

  void setLastModifiedSync(DateTime time) {
    _orThrow(_setTime(_at(path), false, _microseconds(time), null), _NO_TIME, path);
  }

  void setLastAccessedSync(DateTime time) {
    _orThrow(_setTime(_at(path), true, _microseconds(time), null), _NO_TIME, path);
  }

  Future setLastModified(DateTime time) => _laterOrThrow(
      (port) => _setTime(_at(path), false, _microseconds(time), port), _NO_TIME, path);
  Future setLastAccessed(DateTime time) => _laterOrThrow(
      (port) => _setTime(_at(path), true, _microseconds(time), port), _NO_TIME, path);

  static const String _NO_TIME = "Cannot set file time";
  static int _microseconds(time) {
    if (time is DateTime) return time.microsecondsSinceEpoch;
    throw new ArgumentError.value(time, "time", "must be a DateTime");
  }

  // ---- Elsewhere

  File renameSync(String newPath) {
    _renameSync(newPath, "Cannot rename file to '$newPath'");
    return new File(newPath);
  }

  Future<File> rename(String newPath) =>
      _renameLater(newPath, "Cannot rename file to '$newPath'").then((_) => new File(newPath));

  File copySync(String newPath) {
    _orThrow(_copy(_at(path), _at(newPath), null), "Cannot copy file to '$newPath'", path);
    return new File(newPath);
  }

  Future<File> copy(String newPath) => _laterOrThrow(
      (port) => _copy(_at(path), _at(newPath), port),
      "Cannot copy file to '$newPath'",
      path).then((_) => new File(newPath));
}

_bytesOf(List<int> bytes) {
  if (bytes is Uint8List) return bytes;
  if (bytes is! List) throw new ArgumentError.value(bytes, "bytes", "must be a List<int>");
  return new Uint8List.fromList(bytes);
}

_read(String path, bool isText, SendPort port) native "File_read";
_write(String path, contents, bool appends, bool flush, SendPort port) native "File_write";
_create(String path, bool recursive, SendPort port) native "File_create";
_copy(String path, String newPath, SendPort port) native "File_copy";
_setTime(String path, bool isOfReading, int time, SendPort port) native "File_setTime";

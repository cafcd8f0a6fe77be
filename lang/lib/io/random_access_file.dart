// Files that are open: read and written wherever one likes.
part of dart.io;

class FileLock {
  static const FileLock SHARED = const FileLock._(1);
  static const FileLock EXCLUSIVE = const FileLock._(2);
  static const FileLock BLOCKING_SHARED = const FileLock._(3);
  static const FileLock BLOCKING_EXCLUSIVE = const FileLock._(4);
  static const FileLock shared = SHARED;
  static const FileLock exclusive = EXCLUSIVE;
  static const FileLock blockingShared = BLOCKING_SHARED;
  static const FileLock blockingExclusive = BLOCKING_EXCLUSIVE;

  final int _lock;
  const FileLock._(this._lock);
}

// One thing after another: what is asked while something asynchronous is on its way is refused.
abstract class RandomAccessFile {
  String get path;
  Future<RandomAccessFile> close();
  void closeSync();
  // -1 at the end.
  Future<int> readByte();
  int readByteSync();
  // Fewer at the end.
  Future<List<int>> read(int bytes);
  List<int> readSync(int bytes);
  // How many have been put into it.
  Future<int> readInto(List<int> buffer, [int start = 0, int end]);
  int readIntoSync(List<int> buffer, [int start = 0, int end]);
  Future<RandomAccessFile> writeByte(int value);
  int writeByteSync(int value);
  Future<RandomAccessFile> writeFrom(List<int> buffer, [int start = 0, int end]);
  void writeFromSync(List<int> buffer, [int start = 0, int end]);
  Future<RandomAccessFile> writeString(String string, {Encoding encoding: UTF8});
  void writeStringSync(String string, {Encoding encoding: UTF8});
  Future<int> position();
  int positionSync();
  Future<RandomAccessFile> setPosition(int position);
  void setPositionSync(int position);
  Future<RandomAccessFile> truncate(int length);
  void truncateSync(int length);
  Future<int> length();
  int lengthSync();
  Future<RandomAccessFile> flush();
  void flushSync();
  // What it keeps out are other processes.
  Future<RandomAccessFile> lock([FileLock mode = FileLock.EXCLUSIVE, int start = 0, int end = -1]);
  void lockSync([FileLock mode = FileLock.EXCLUSIVE, int start = 0, int end = -1]);
  Future<RandomAccessFile> unlock([int start = 0, int end = -1]);
  void unlockSync([int start = 0, int end = -1]);
}

class _RandomAccessFile implements RandomAccessFile {
  final String path;
  final _file = _newFile(null); // Closes it when nobody has it any more.
  bool _isClosed = false;
  bool _isBusy = false;

  _RandomAccessFile(this.path);

  String toString() => "RandomAccessFile: '$path'";

  void _check() {
    if (_isBusy) throw new FileSystemException("An async operation is currently pending", path);
    if (_isClosed) throw new FileSystemException("File closed", path);
  }

  _now(answer, String message) => _orThrow(answer, message, path);

  Future _soon(void start(SendPort port), String message) {
    try {
      _check();
    } catch (error, stackTrace) {
      return new Future.error(error, stackTrace);
    }
    _isBusy = true;
    return _later(start).then((answer) {
      _isBusy = false;
      return _orThrow(answer, message, path);
    }, onError: (error) {
      _isBusy = false;
      throw error;
    });
  }

  Future<RandomAccessFile> close() =>
      _soon((port) => _closeFile(_file, port), "close failed").then((_) {
        _isClosed = true;
        return this;
      });

  void closeSync() {
    _check();
    _now(_closeFile(_file, null), "close failed");
    _isClosed = true;
  }

  Future<int> readByte() => _soon((port) => _readByte(_file, port), "readByte failed")
      .then((byte) => byte == null ? -1 : byte);

  int readByteSync() {
    _check();
    var byte = _now(_readByte(_file, null), "readByte failed");
    return byte == null ? -1 : byte;
  }

  Future<List<int>> read(int bytes) =>
      _soon((port) => _readFile(_file, bytes, port), "read failed");

  List<int> readSync(int bytes) {
    _check();
    return _now(_readFile(_file, bytes, null), "read failed");
  }

  Future<int> readInto(List<int> buffer, [int start = 0, int end]) => new Future.sync(() {
        end = _checkRange(buffer, start, end);
        return read(end - start).then((bytes) => _copyInto(buffer, start, bytes));
      });

  int readIntoSync(List<int> buffer, [int start = 0, int end]) {
    _check();
    end = _checkRange(buffer, start, end);
    return _copyInto(buffer, start, readSync(end - start));
  }

  static int _copyInto(buffer, int start, bytes) {
    buffer.setRange(start, start + bytes.length, bytes);
    return bytes.length;
  }

  static int _checkRange(buffer, start, end) {
    if (buffer is! List) throw new ArgumentError.value(buffer, "buffer", "must be a List<int>");
    var length = _checkInt(buffer.length, 0, 1 << 40, "length");
    _checkInt(start, 0, length, "start");
    return end == null ? length : _checkInt(end, start, length, "end");
  }

  static Uint8List _byteOf(value) => new Uint8List(1)..[0] = _checkInt(value, 0, 255, "value");

  static Uint8List _part(buffer, start, end) {
    end = _checkRange(buffer, start, end);
    if (buffer is Uint8List) return new Uint8List.view(buffer.buffer, buffer.offsetInBytes + start, end - start);
    var bytes = new Uint8List(end - start);
    for (var i = start; i < end; i++) bytes[i - start] = buffer[i];
    return bytes;
  }

  Future<RandomAccessFile> _writeLater(bytes(), String message) => new Future.sync(() {
        var taken = bytes();
        return _soon((port) => _writeFile(_file, taken, port), message).then((_) => this);
      });

  Future<RandomAccessFile> writeByte(int value) =>
      _writeLater(() => _byteOf(value), "writeByte failed");

  int writeByteSync(int value) {
    _check();
    _now(_writeFile(_file, _byteOf(value), null), "writeByte failed");
    return 1;
  }

  Future<RandomAccessFile> writeFrom(List<int> buffer, [int start = 0, int end]) =>
      _writeLater(() => _part(buffer, start, end), "writeFrom failed");

  void writeFromSync(List<int> buffer, [int start = 0, int end]) {
    _check();
    _now(_writeFile(_file, _part(buffer, start, end), null), "writeFrom failed");
  }

  Future<RandomAccessFile> writeString(String string, {Encoding encoding: UTF8}) =>
      _writeLater(() => _textOf(string, encoding), "writeString failed");

  void writeStringSync(String string, {Encoding encoding: UTF8}) {
    _check();
    _now(_writeFile(_file, _textOf(string, encoding), null), "writeString failed");
  }

  static _textOf(string, encoding) =>
      _bytesOf(_checkEncoding(encoding, "encoding").encode(_checkString(string, "string")));

  Future<int> position() => _soon((port) => _position(_file, port), "position failed");

  int positionSync() {
    _check();
    return _now(_position(_file, null), "position failed");
  }

  Future<RandomAccessFile> setPosition(int position) =>
      _soon((port) => _setPosition(_file, position, port), "setPosition failed").then((_) => this);

  void setPositionSync(int position) {
    _check();
    _now(_setPosition(_file, position, null), "setPosition failed");
  }

  Future<RandomAccessFile> truncate(int length) =>
      _soon((port) => _truncate(_file, length, port), "truncate failed").then((_) => this);

  void truncateSync(int length) {
    _check();
    _now(_truncate(_file, length, null), "truncate failed");
  }

  Future<int> length() => _soon((port) => _fileLength(_file, port), "length failed");

  int lengthSync() {
    _check();
    return _now(_fileLength(_file, null), "length failed");
  }

  Future<RandomAccessFile> flush() =>
      _soon((port) => _flushFile(_file, port), "flush failed").then((_) => this);

  void flushSync() {
    _check();
    _now(_flushFile(_file, null), "flush failed");
  }

  static int _lockOf(mode) {
    if (mode is FileLock) return mode._lock;
    throw new ArgumentError.value(mode, "mode", "must be a FileLock");
  }

  static void _checkLock(start, end) {
    _checkInt(start, 0, 0x7fffffffffffffff, "start");
    if (end != -1) _checkInt(end, start + 1, 0x7fffffffffffffff, "end");
  }

  Future<RandomAccessFile> _lockLater(int lock(), start, end, String message) =>
      new Future.sync(() {
        _checkLock(start, end);
        var taken = lock();
        return _soon((port) => _lockFile(_file, taken, start, end, port), message)
            .then((_) => this);
      });

  Future<RandomAccessFile> lock(
          [FileLock mode = FileLock.EXCLUSIVE, int start = 0, int end = -1]) =>
      _lockLater(() => _lockOf(mode), start, end, "lock failed");

  void lockSync([FileLock mode = FileLock.EXCLUSIVE, int start = 0, int end = -1]) {
    _check();
    _checkLock(start, end);
    _now(_lockFile(_file, _lockOf(mode), start, end, null), "lock failed");
  }

  Future<RandomAccessFile> unlock([int start = 0, int end = -1]) =>
      _lockLater(() => 0, start, end, "unlock failed");

  void unlockSync([int start = 0, int end = -1]) {
    _check();
    _checkLock(start, end);
    _now(_lockFile(_file, 0, start, end, null), "unlock failed");
  }
}

// Writes what comes to a file, which is opened at once.
class _FileConsumer implements StreamConsumer<List<int>> {
  final File _target;
  final Future<RandomAccessFile> _opened;

  _FileConsumer(File file, FileMode mode)
      : _target = file,
        _opened = file.open(mode: mode) {
    _opened.catchError((_) {}); // Whoever adds or closes hears of it.
  }

  Future addStream(Stream<List<int>> stream) {
    var file;
    var opened = _opened.then((opened) {
      file = opened;
    });
    return _writeEach(stream, (data) => file.writeFrom(data), _target, opened);
  }

  Future close() => _opened.then((file) => file.close()).then((_) => _target);
}

_newFile(unused) native "OpenFile_new";
_openFile(file, String path, int mode, SendPort port) native "OpenFile_open";
_closeFile(file, SendPort port) native "OpenFile_close";
_readFile(file, int bytes, SendPort port) native "OpenFile_read";
_readByte(file, SendPort port) native "OpenFile_readByte";
_writeFile(file, bytes, SendPort port) native "OpenFile_write";
_position(file, SendPort port) native "OpenFile_position";
_setPosition(file, int position, SendPort port) native "OpenFile_setPosition";
_truncate(file, int length, SendPort port) native "OpenFile_truncate";
_fileLength(file, SendPort port) native "OpenFile_length";
_flushFile(file, SendPort port) native "OpenFile_flush";
_lockFile(file, int lock, int start, int end, SendPort port) native "OpenFile_lock";
int _checkInt(value, int minimum, int maximum, String name) native "Check_int";

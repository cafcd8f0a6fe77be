// Folders and links.
part of dart.io;

class Directory extends FileSystemEntity {
  final String path;
  Directory(path) : path = _checkPath(path);
  factory Directory.fromUri(Uri uri) => new Directory(uri.toFilePath());

  // This isolate's. The process's is the host's, and stays: each isolate begins there.
  static Directory get current => new Directory(_folder != null
      ? _folder
      : _orThrow(_currentDirectory(), "Getting current working directory failed", ""));

  // A Directory or its path.
  static void set current(path) {
    if (path is Directory) path = path.path;
    _checkString(path, "path");
    const message = "Setting current working directory failed";
    var resolved = _orThrow(_resolve(_at(path), null), message, path);
    if (!FileSystemEntity.isDirectorySync(resolved)) _orThrow(-20, message, path); // ENOTDIR
    _folder = resolved;
  }

  static Directory get systemTemp => new Directory(_temporaryDirectory());

  FileSystemEntityType get _type => FileSystemEntityType.DIRECTORY;
  int get _kind => 1;
  String get _notDeleted => "Deletion failed";
  Directory get absolute => new Directory(_absolute);
  Uri get uri => new Uri.directory(path);
  String toString() => "Directory: '$path'";

  void createSync({bool recursive: false}) {
    _orThrow(_createDirectory(_at(path), recursive, null), "Creation failed", path);
  }

  Future<Directory> create({bool recursive: false}) => _laterOrThrow(
      (port) => _createDirectory(_at(path), recursive, port),
      "Creation failed",
      path).then((_) => this);

  static const String _NO_TEMP = "Creation of temporary directory failed";

  Directory createTempSync([String prefix = ""]) {
    var place = _placeOf(prefix);
    return _temporary(place, _orThrow(_createTemporary(_at(place), null), _NO_TEMP, path));
  }

  Future<Directory> createTemp([String prefix = ""]) => new Future.sync(() {
        var place = _placeOf(prefix);
        return _laterOrThrow((port) => _createTemporary(_at(place), port), _NO_TEMP, path)
            .then((created) => _temporary(place, created));
      });

  String _placeOf(prefix) {
    if (path == "") {
      throw new ArgumentError("Directory.createTemp called with an empty path. "
          "To use the system temp directory, use Directory.systemTemp");
    }
    if (prefix == null) prefix = "";
    return "${path.endsWith('/') ? path : "$path/"}${_checkString(prefix, 'prefix')}";
  }

  // The system adds to the name, whatever folder it was resolved against.
  static Directory _temporary(String place, String created) =>
      new Directory("$place${created.substring(_at(place).length)}");

  Directory renameSync(String newPath) {
    _renameSync(newPath, "Rename failed");
    return new Directory(newPath);
  }

  Future<Directory> rename(String newPath) =>
      _renameLater(newPath, "Rename failed").then((_) => new Directory(newPath));

  // In no order.
  List<FileSystemEntity> listSync({bool recursive: false, bool followLinks: true}) {
    var entries =
        _orThrow(_list(_at(path), recursive, followLinks, null), "Directory listing failed", path);
    var found = <FileSystemEntity>[];
    _forEachEntry(entries, found.add, (error) => throw error);
    return found;
  }

  // A folder that cannot be read is an error among the entries.
  Stream<FileSystemEntity> list({bool recursive: false, bool followLinks: true}) {
    var controller;
    controller = new StreamController<FileSystemEntity>(onListen: () {
      _laterOrThrow((port) => _list(_at(path), recursive, followLinks, port),
              "Directory listing failed", path)
          .then((entries) => _forEachEntry(entries, controller.add, controller.addError),
              onError: controller.addError)
          .whenComplete(controller.close);
    });
    return controller.stream;
  }

  void _forEachEntry(String entries, void found(entity), void refused(error)) {
    var length = _at(path).length;
    for (var entry in entries.split("\u0000")) {
      if (entry == "") continue;
      var kind = entry[0];
      var start = kind == "e" ? entry.indexOf("/") + 1 : 1;
      var each = "$path${entry.substring(start + length)}";
      if (kind == "f") found(new File(each));
      if (kind == "d") found(new Directory(each));
      if (kind == "l") found(new Link(each));
      if (kind != "e") continue;
      var code = int.parse(entry.substring(1, start - 1));
      refused(new FileSystemException("Directory listing failed", each, _osError(-code)));
    }
  }
}

class Link extends FileSystemEntity {
  final String path;
  Link(path) : path = _checkPath(path);
  factory Link.fromUri(Uri uri) => new Link(uri.toFilePath());

  FileSystemEntityType get _type => FileSystemEntityType.LINK;
  int get _kind => 2;
  String get _notDeleted => "Cannot delete link";
  Link get absolute => new Link(_absolute);
  String toString() => "Link: '$path'";

  bool existsSync() => FileSystemEntity.isLinkSync(path);
  Future<bool> exists() => FileSystemEntity.isLink(path);

  void createSync(String target, {bool recursive: false}) {
    _orThrow(_createLink(_at(path), target, recursive, null),
        "Cannot create link to target '$target'", path);
  }

  Future<Link> create(String target, {bool recursive: false}) => _laterOrThrow(
      (port) => _createLink(_at(path), target, recursive, port),
      "Cannot create link to target '$target'",
      path).then((_) => this);

  void updateSync(String target) {
    _orThrow(_remove(_at(path), _kind, false, null), "Cannot update link", path);
    createSync(target);
  }

  Future<Link> update(String target) =>
      _laterOrThrow((port) => _remove(_at(path), _kind, false, port), "Cannot update link", path)
          .then((_) => create(target));

  String targetSync() =>
      _orThrow(_linkTarget(_at(path), null), "Cannot get target of link", path);
  Future<String> target() =>
      _laterOrThrow((port) => _linkTarget(_at(path), port), "Cannot get target of link", path);

  Link renameSync(String newPath) {
    _renameSync(newPath, "Cannot rename link to '$newPath'");
    return new Link(newPath);
  }

  Future<Link> rename(String newPath) =>
      _renameLater(newPath, "Cannot rename link to '$newPath'").then((_) => new Link(newPath));
}

_createDirectory(String path, bool recursive, SendPort port) native "Directory_create";
_createTemporary(String prefix, SendPort port) native "Directory_createTemporary";
_list(String path, bool recursive, bool followLinks, SendPort port) native "Directory_list";
_createLink(String path, String target, bool recursive, SendPort port) native "Link_create";
_linkTarget(String path, SendPort port) native "Link_target";
_currentDirectory() native "Directory_current";
String _temporaryDirectory() native "Directory_temporary";

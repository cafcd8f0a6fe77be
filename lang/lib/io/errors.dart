// What the system refuses, and how it is asked: at once, or on a thread of the VM's pool.
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
    const name = "FileSystemException";
    var place = path == null || path == "" ? "" : ", path = '$path'";
    if (message != "") {
      return osError == null ? "$name: $message$place" : "$name: $message$place ($osError)";
    }
    if (osError != null) return "$name: $osError$place";
    return place == "" ? name : "$name: $path";
  }
}

OSError _osError(int answer) => new OSError(_errorText(-answer), -answer);

// What a native has answered, unless it is an error's number.
_orThrow(answer, String message, String path) {
  if (answer is! int || answer >= 0) return answer;
  throw new FileSystemException(message, path, _osError(answer));
}

// The same of what `start` has had sent to the port that it is given.
Future _later(void start(SendPort port)) {
  var answer = new Completer.sync();
  var port = new RawReceivePort();
  port.handler = (value) {
    port.close();
    answer.complete(value);
  };
  try {
    start(port.sendPort);
  } catch (error, stackTrace) {
    port.close();
    return new Future.error(error, stackTrace);
  }
  return answer.future;
}

Future _laterOrThrow(void start(SendPort port), String message, String path) =>
    _later(start).then((answer) => _orThrow(answer, message, path));

// The folder that relative paths count from; null: that of the process, which no program changes.
String _folder;

String _at(String path) {
  if (_folder == null || path is! String || path == "" || path.startsWith("/")) return path;
  return _folder.endsWith("/") ? "$_folder$path" : "$_folder/$path";
}

String _errorText(int errorCode) native "System_errorText";

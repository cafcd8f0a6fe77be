// Isolates: programs within the program, each with a heap of its own.
part of dart.isolate;

class Isolate {
  // The isolate's main port; of this one if it is the current.
  final SendPort controlPort;

  Isolate(this.controlPort);

  static Isolate get current => new Isolate(_mainPort());

  // A new isolate that loads the same script and then calls `entryPoint`, a top-level function,
  // with a copy of `message`. The future is there once it has loaded. An error that nothing catches
  // there ends it, and is reported by the host.
  static Future<Isolate> spawn(void entryPoint(message), message) {
    var ready = new Completer();
    var port;
    port = new _RawReceivePort((mainPort) {
      port.close();
      ready.complete(new Isolate(mainPort));
    });
    port._failureHandler = (text) {
      port.close();
      ready.completeError(new IsolateSpawnException(text));
    };
    try {
      _spawn(entryPoint, message, port._id);
    } catch (error, stackTrace) {
      port.close();
      ready.completeError(error, stackTrace);
    }
    return ready.future;
  }
}

class IsolateSpawnException implements Exception {
  final String message;
  IsolateSpawnException(this.message);
  String toString() => "IsolateSpawnException: $message";
}

SendPort _mainPort() native "Isolate_mainPort";
void _spawn(Function entryPoint, message, int readyId) native "Isolate_spawn";

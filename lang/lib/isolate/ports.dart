// Capabilities, and both ends of ports.
part of dart.isolate;

// Equal to itself alone, in whatever isolate a message has taken it to.
abstract class Capability {
  factory Capability() => _newCapability();
}

class _Capability implements Capability {
  factory _Capability._() => null;
  int get _id native "Capability_id";
  bool operator ==(other) => other is _Capability && _id == other._id;
  int get hashCode => _id.hashCode;
  Type get runtimeType => Capability;
}

Capability _newCapability() native "Capability_new";

// Where messages are sent. Equal if they lead to the same port.
abstract class SendPort implements Capability {
  // Sends a copy of `message`; nothing happens if the port is closed. The receiver may answer to
  // `replyTo`.
  void send(message, [SendPort replyTo]);

  // Sends a copy of `message` and waits for an answer to it. An error if there will be none: the
  // port is closed, or closes before the message is handled, or the answer cannot be sent.
  Future call(message);
}

class _SendPort implements SendPort {
  factory _SendPort._() => null;
  int get _id native "SendPort_id";
  bool operator ==(other) => other is _SendPort && _id == other._id;
  int get hashCode => _id.hashCode;
  Type get runtimeType => SendPort;

  // False: there is no such port.
  bool _post(message, int replyId) native "SendPort_post";

  void send(message, [SendPort replyTo]) {
    _post(message, replyTo == null ? 0 : _idOf(replyTo));
  }

  Future call(message) {
    var answer = new Completer.sync();
    var port;
    port = new _RawReceivePort((value) {
      port.close();
      answer.complete(value);
    });
    port._failureHandler = (text) {
      port.close();
      answer.completeError(new MessageException(text));
    };
    try {
      if (_post(message, port._id)) return answer.future;
    } catch (error, stackTrace) {
      port.close();
      return new Future.error(error, stackTrace);
    }
    port.close();
    return new Future.error(new MessageException("The port is closed."));
  }
}

// Of a port or another capability.
int _idOf(capability) => capability._id;

// A message that is not answered.
class MessageException implements Exception {
  final String message;
  MessageException(this.message);
  String toString() => "MessageException: $message";
}

// The receiving end: calls a function for each message. One that takes only two arguments is given
// where to answer as well, or null.
abstract class RawReceivePort {
  factory RawReceivePort([Function handler]) => new _RawReceivePort(handler);

  // Messages that come while it is null are lost.
  void set handler(Function handler);
  SendPort get sendPort;
  // No message is handled afterwards.
  void close();
}

// The open ones of this isolate, by their numbers.
final Map<int, _RawReceivePort> _open = new Map<int, _RawReceivePort>();

class _RawReceivePort implements RawReceivePort {
  final SendPort sendPort = _openPort();
  Function handler;
  Function _failureHandler; // Is told why there will be no answer

  _RawReceivePort(this.handler) {
    if (_control._isEnded) {
      _closePort(_id); // Nothing keeps it running any more.
    } else {
      _open[_id] = this;
    }
  }

  Type get runtimeType => RawReceivePort;
  int get _id => _idOf(sendPort);

  void close() {
    if (_open.remove(_id) != null) _closePort(_id);
  }
}

SendPort _openPort() native "Port_open";
void _closePort(int id) native "Port_close";
bool _takes(Function function, int count) native "Async_takes";

// Called by the VM. What the handler throws comes out. `isError`: instead of an answer, `message`
// is a text that says why there is none.
void _handleMessage(int id, SendPort replyTo, bool isError, message) {
  var port = _open[id];
  if (port == null) {
    if (!isError) _control.handle(id, message);
    return;
  }
  if (_control.isPaused) {
    _control._delayed.add([id, replyTo, isError, message]);
  } else if (_control.catches) {
    try {
      _handleNow(id, replyTo, isError, message);
    } catch (error, stackTrace) {
      _control._uncaught(error, stackTrace);
    }
  } else {
    _handleNow(id, replyTo, isError, message);
  }
}

void _handleNow(int id, SendPort replyTo, bool isError, message) {
  var port = _open[id];
  if (port == null) return;
  if (isError) {
    if (port._failureHandler != null) port._failureHandler(message);
    return;
  }
  var handler = port.handler;
  if (handler == null) return;
  if (_takes(handler, 2) && !_takes(handler, 1)) {
    handler(message, replyTo);
  } else {
    handler(message);
  }
}

// A stream of messages, which wait for the listener. Cancelling closes the port.
abstract class ReceivePort implements Stream {
  factory ReceivePort() => new _ReceivePort(new RawReceivePort());
  // Takes the handler's place.
  factory ReceivePort.fromRawReceivePort(RawReceivePort port) => new _ReceivePort(port);

  SendPort get sendPort;
  // Ends the stream too.
  void close();
}

class _ReceivePort extends Stream implements ReceivePort {
  final RawReceivePort _port;
  StreamController _messages;

  _ReceivePort(this._port) {
    _messages = new StreamController(onCancel: close, sync: true);
    _port.handler = _messages.add;
  }

  Type get runtimeType => ReceivePort;
  SendPort get sendPort => _port.sendPort;

  StreamSubscription listen(void onData(message),
      {Function onError, void onDone(), bool cancelOnError: false}) {
    return _messages.stream
        .listen(onData, onError: onError, onDone: onDone, cancelOnError: cancelOnError);
  }

  void close() {
    _port.close();
    _messages.close();
  }
}

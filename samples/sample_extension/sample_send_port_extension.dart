// The asynchronous part of the extension, sent messages that say where to answer.
library sample_send_port_extension;

import 'dart:async';
import 'dart:isolate';
import 'dart-ext:sample_extension';

SendPort _randomBytesPort() native "RandomBytesPort";

final SendPort _service = _randomBytesPort();

// `length` random bytes, or an error.
Future<List<int>> randomBytes(int seed, int length) {
  var answer = new Completer();
  var answers = new RawReceivePort();
  answers.handler = (result) {
    answers.close();  // An open port keeps the program running.
    if (result == null) {
      answer.completeError(new ArgumentError("No list of $length random bytes"));
    } else {
      answer.complete(result);
    }
  };
  _service.send([seed, length, answers.sendPort]);
  return answer.future;
}

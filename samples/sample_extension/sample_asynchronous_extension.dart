// The asynchronous part of the extension, called: SendPort.call sends a message and waits for what
// the extension answers to it.
library sample_asynchronous_extension;

import 'dart-ext:sample_extension';

// Lists of random bytes, made while the program goes on.
class RandomArray {
  // The same for every call.
  static SendPort _port;

  // Calls `callback` with `length` random bytes.
  void randomArray(int seed, int length, void callback(List result)) {
    var request = new List(2);
    request[0] = seed;
    request[1] = length;
    _servicePort.call(request).then((result) {
      if (result == null) throw new Exception("No list of $length random bytes");
      callback(result);
    });
  }

  SendPort get _servicePort {
    if (_port == null) _port = _newServicePort();
    return _port;
  }

  SendPort _newServicePort() native "RandomArray_ServicePort";
}

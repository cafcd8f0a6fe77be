// Asks for random bytes of several lengths at once, one of which will not do.
import 'dart:async';
import 'sample_send_port_extension.dart';

main() {
  var answers = [3, 5, 0].map((length) {
    return randomBytes(7, length)
        .then((bytes) => "${bytes.length} bytes: ${bytes.join(' ')}")
        .catchError((error) => "$error");
  });
  Future.wait(answers).then((texts) => texts.forEach(print));
}

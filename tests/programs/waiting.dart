// Waits for messages that never come.
import 'dart:isolate';

main() {
  new RawReceivePort(print);
  print("waits");
}

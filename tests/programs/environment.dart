// What the environment holds.
import 'dart:io';

main() {
  Platform.environment.forEach((name, value) => print("$name: $value"));
}

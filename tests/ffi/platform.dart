// The system and the process, as dart:io's Platform tells them.
import 'dart:io';

void main() {
  print([Platform.isWindows, Platform.isAndroid]); // expect: [false, false]
  print(Platform.isLinux == (Platform.operatingSystem == "linux")); // expect: true
  print(Platform.pathSeparator); // expect: /
  print(Platform.script.toString().endsWith("platform.dart")); // expect: true
  print(Platform.script.toFilePath().endsWith("platform.dart")); // expect: true
  print(Platform.environment["LD_LIBRARY_PATH"]); // expect: tests/ffi/callers:vm/ffi/testdata
  print(Platform.environment["NO_SUCH_VARIABLE"]); // expect: null
  print(Platform.executable.startsWith("/")); // expect: true
  print(Platform.resolvedExecutable == Platform.executable); // expect: true
  print(Platform.numberOfProcessors > 0); // expect: true
}

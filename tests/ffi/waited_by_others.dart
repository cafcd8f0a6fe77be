// Where somebody else waits for children, here the system, who ignores SIGCHLD: what a process wrote is
// there, and that nobody knows its exit code is an error and no number.
import 'dart:ffi';
import 'dart:io';

typedef SignalC = Pointer<Void> Function(Int32, Pointer<Void>);
typedef Signal = Pointer<Void> Function(int, Pointer<Void>);

final signal = DynamicLibrary.process().lookupFunction<SignalC, Signal>('signal');
const sigchld = 17;

tried(what, f()) async {
  try {
    print("$what: ${await f()}");
  } on ProcessException catch (error) {
    print("$what: ${error.executable} ${error.arguments}: ${error.message}");
  }
}

main() async {
  final before = signal(sigchld, new Pointer<Void>.fromAddress(1));
  try {
    await tried("runSync", () => Process.runSync("true", ["a"]));
    await tried("run", () => Process.run("true", ["b"]));
    await tried("start", () async {
      final process = await Process.start("echo", ["c"]);
      final written = await process.stdout.fold(0, (n, bytes) => n + bytes.length);
      print("wrote $written");
      return await process.exitCode;
    });
  } finally {
    signal(sigchld, before);
  }
  print(Process.runSync("false", []).exitCode);
}
// expect: runSync: true [a]: Its exit code is not known: somebody else has waited for it
// expect: run: true [b]: Its exit code is not known: somebody else has waited for it
// expect: wrote 2
// expect: start: echo [c]: Its exit code is not known: somebody else has waited for it
// expect: 1

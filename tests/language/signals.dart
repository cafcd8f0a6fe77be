// dart:io: every signal is the system's of that name; modes of starting, results and exceptions by
// their members; what the terminal is asked.
// stress-interval: 211
import "dart:async";
import "dart:io";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".replaceAll("\n", "|");
  }
}

main() async {
  var signals = [
    ProcessSignal.SIGHUP, ProcessSignal.SIGINT, ProcessSignal.SIGQUIT, ProcessSignal.SIGILL, ProcessSignal.SIGTRAP, ProcessSignal.SIGABRT, ProcessSignal.SIGBUS,
    ProcessSignal.SIGFPE, ProcessSignal.SIGUSR1, ProcessSignal.SIGSEGV, ProcessSignal.SIGUSR2, ProcessSignal.SIGPIPE, ProcessSignal.SIGALRM, ProcessSignal.SIGTERM,
    ProcessSignal.SIGCHLD, ProcessSignal.SIGCONT, ProcessSignal.SIGTSTP, ProcessSignal.SIGTTIN, ProcessSignal.SIGTTOU, ProcessSignal.SIGURG, ProcessSignal.SIGXCPU,
    ProcessSignal.SIGXFSZ, ProcessSignal.SIGVTALRM, ProcessSignal.SIGPROF, ProcessSignal.SIGWINCH, ProcessSignal.SIGPOLL, ProcessSignal.SIGSYS
  ];
  // A shell that waits for a line ends by what it does when a signal comes.
  var processes = [];
  for (var signal in signals) {
    processes.add(await Process.start("/bin/sh", ["-c", "trap 'exit 77' ${signal == ProcessSignal.SIGPOLL ? "IO" : "$signal".substring(3)}; echo ready; read line; exit 1"]));
  }
  for (var i = 0; i < signals.length; i++) {
    await processes[i].stdout.first;
    var sent = processes[i].kill(signals[i]);
    print("${signals[i]}: $sent ${await processes[i].exitCode}");
  }
  // What cannot be caught.
  var process = await Process.start("/bin/sh", ["-c", "read line; exit 1"]);
  print([ProcessSignal.SIGSTOP, process.kill(ProcessSignal.SIGSTOP), ProcessSignal.SIGKILL, Process.killPid(process.pid, ProcessSignal.SIGKILL), await process.exitCode]);
  process = await Process.start("/bin/sh", ["-c", "read line; exit 1"]);
  print([process.kill(), await process.exitCode, process.kill()]);
  process = await Process.start("/bin/sh", ["-c", "read line; exit 1"]);
  print([Process.killPid(process.pid), await process.exitCode]);
  print([identical(ProcessSignal.sighup, ProcessSignal.SIGHUP), identical(ProcessSignal.sigint, ProcessSignal.SIGINT), identical(ProcessSignal.sigkill, ProcessSignal.SIGKILL),
      identical(ProcessSignal.sigterm, ProcessSignal.SIGTERM), identical(ProcessSignal.sigusr1, ProcessSignal.SIGUSR1), identical(ProcessSignal.sigusr2, ProcessSignal.SIGUSR2),
      identical(ProcessSignal.sigwinch, ProcessSignal.SIGWINCH)]);
  print(tried(() => ProcessSignal.SIGINT.watch()));
  print(tried(() => Process.killPid(1 << 40, 15)));
  print(tried(() => Process.killPid("1")));

  print([ProcessStartMode.values, ProcessStartMode.normal, ProcessStartMode.inheritStdio, ProcessStartMode.detached, ProcessStartMode.detachedWithStdio]);
  print([identical(ProcessStartMode.normal, ProcessStartMode.NORMAL), identical(ProcessStartMode.inheritStdio, ProcessStartMode.INHERIT_STDIO),
      identical(ProcessStartMode.detached, ProcessStartMode.DETACHED), identical(ProcessStartMode.detachedWithStdio, ProcessStartMode.DETACHED_WITH_STDIO)]);
  for (var exception in [new ProcessException("e", ["a", "b"]), new ProcessException("e", null), new ProcessException("e", [], "m"), new ProcessException("e", ["a"], null, 7),
      new ProcessException("e", [], "", 7), new ProcessException("e", [], "m", 7)]) {
    print([tried(() => exception), exception.executable, exception.arguments, exception.message, exception.errorCode, exception is IOException]);
  }
  var result = new ProcessResult(1, 2, "out", "err");
  print([result.pid, result.exitCode, result.stdout, result.stderr]);
  for (var mode in ProcessStartMode.values) {
    var started = await Process.start("/bin/sh", ["-c", mode == ProcessStartMode.DETACHED_WITH_STDIO || mode == ProcessStartMode.NORMAL ? "cat; echo err >&2" : "exit 3"], mode: mode);
    print([mode, started.pid > 1, started.stdin == null, started.stdout == null, started.stderr == null, started.exitCode == null]);
    if (started.stdin != null) {
      started.stdin.writeln("through");
      started.stdin.close();
      print([new String.fromCharCodes((await started.stdout.toList()).expand((x) => x)), new String.fromCharCodes((await started.stderr.toList()).expand((x) => x))].map((x) => x.trim()).toList());
    }
    if (started.exitCode != null) print(await started.exitCode);
  }
  for (var wrong in [() => Process.runSync(null, []), () => Process.runSync("e", "a"), () => Process.runSync("e", [1]), () => Process.runSync("e", [], workingDirectory: 1),
      () => Process.runSync("e", [], environment: []), () => Process.runSync("e", [], environment: {"a": 1}), () => Process.runSync("e", [], environment: {1: "a"}),
      () => Process.runSync("e", [], includeParentEnvironment: 1), () => Process.runSync("e", [], runInShell: 1), () => Process.runSync("/none/e", ["a", "b"]),
      () => Process.start("e", [], mode: 1), () => Process.runSync("echo", [], stdoutEncoding: "UTF8"), () => Process.runSync("echo", [], stderrEncoding: 8)]) print(tried(wrong));
  print(await Process.start("/none/e", ["a"]).then((_) => "started", onError: (e) => tried(() => throw e)));
  print(await Process.run("/none/e", ["a"]).then((_) => "started", onError: (e) => tried(() => throw e)));
  print(await Process.run("echo", [], workingDirectory: "/none").then((_) => "started", onError: (e) => tried(() => throw e)));
}

// expect: SIGHUP: true 77
// expect: SIGINT: true 77
// expect: SIGQUIT: true 77
// expect: SIGILL: true 77
// expect: SIGTRAP: true 77
// expect: SIGABRT: true 77
// expect: SIGBUS: true 77
// expect: SIGFPE: true 77
// expect: SIGUSR1: true 77
// expect: SIGSEGV: true 77
// expect: SIGUSR2: true 77
// expect: SIGPIPE: true 77
// expect: SIGALRM: true 77
// expect: SIGTERM: true 77
// expect: SIGCHLD: true 77
// expect: SIGCONT: true 77
// expect: SIGTSTP: true 77
// expect: SIGTTIN: true 77
// expect: SIGTTOU: true 77
// expect: SIGURG: true 77
// expect: SIGXCPU: true 77
// expect: SIGXFSZ: true 77
// expect: SIGVTALRM: true 77
// expect: SIGPROF: true 77
// expect: SIGWINCH: true 77
// expect: SIGPOLL: true 77
// expect: SIGSYS: true 77
// expect: [SIGSTOP, true, SIGKILL, true, -9]
// expect: [true, -15, false]
// expect: [true, -15]
// expect: [true, true, true, true, true, true, true]
// expect: Unsupported operation: ProcessSignal.watch: a program changes no signals of the process here
// expect: Invalid argument (signal): must be a ProcessSignal: 15
// expect: Invalid argument(s): Process.killPid: argument 'pid' must be an int, it is "1"
// expect: [[normal, inheritStdio, detached, detachedWithStdio], normal, inheritStdio, detached, detachedWithStdio]
// expect: [true, true, true, true]
// expect: [ProcessException: OS error code: 0
// expect:   Command: e a b, e, [a, b], , 0, true]
// expect: [ProcessException: OS error code: 0
// expect:   Command: e , e, null, , 0, true]
// expect: [ProcessException: m
// expect:   Command: e , e, [], m, 0, true]
// expect: [ProcessException: OS error code: 7
// expect:   Command: e a, e, [a], null, 7, true]
// expect: [ProcessException: OS error code: 7
// expect:   Command: e , e, [], , 7, true]
// expect: [ProcessException: m
// expect:   Command: e , e, [], m, 7, true]
// expect: [1, 2, out, err]
// expect: [normal, true, false, false, false, false]
// expect: [through, err]
// expect: 0
// expect: [inheritStdio, true, true, true, true, false]
// expect: 3
// expect: [detached, true, true, true, true, true]
// expect: [detachedWithStdio, true, false, false, false, true]
// expect: [through, err]
// expect: Invalid argument(s): Process.runSync: argument 'executable' must be a String, it is null
// expect: Invalid argument (arguments): must be a List: "a"
// expect: Invalid argument(s): Process.runSync: argument 'arguments' must be a String, it is 1
// expect: Invalid argument(s): Process.runSync: argument 'workingDirectory' must be a String, it is 1
// expect: Invalid argument (environment): must be a Map: Instance of '_GrowableList'
// expect: Invalid argument(s): Process.runSync: argument 'environment' must be a String, it is 1
// expect: Invalid argument(s): Process.runSync: argument 'environment' must be a String, it is 1
// expect: Invalid argument (includeParentEnvironment): must be a bool: 1
// expect: Invalid argument (runInShell): must be a bool: 1
// expect: ProcessException: No such file or directory|  Command: /none/e a b
// expect: Invalid argument (mode): must be a ProcessStartMode: 1
// expect: Invalid argument (stdoutEncoding): must be an Encoding: "UTF8"
// expect: Invalid argument (stderrEncoding): must be an Encoding: 8
// expect: ProcessException: No such file or directory|  Command: /none/e a
// expect: ProcessException: No such file or directory|  Command: /none/e a
// expect: ProcessException: No such file or directory|  Command: echo 

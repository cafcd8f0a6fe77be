// dart:io: other processes.
// stress-interval: 97
import 'dart:async';
import 'dart:convert';
import 'dart:io';

show(f) {
  try {
    print(f());
  } catch (error) {
    print("<$error>");
  }
}

later(f) async {
  try {
    print(await f());
  } catch (error) {
    print("<$error>");
  }
}

sh(text) => ["-c", text];

main() async {
  var folder = Directory.systemTemp.createTempSync("fart_processes_");
  try {
    // ---- Run
    var result = await Process.run("echo", ["a b", "'\"", ""]);
    print([result.exitCode, result.stdout, result.stderr, result.pid > 0]); // expect: [0, a b '" 
    // expect: , , true]
    result = Process.runSync("/bin/sh", sh("echo out; echo er\u00e4 >&2; exit 7"));
    print([result.exitCode, result.stdout, result.stderr]); // expect: [7, out
    // expect: , erä
    // expect: ]
    result = Process.runSync("printf", ["\\377A"], stdoutEncoding: null, stderrEncoding: LATIN1);
    print([result.stdout, result.stderr == "", result.stdout is List]); // expect: [[255, 65], true, true]
    result = await Process.run("printf", ["\\377A"], stdoutEncoding: LATIN1);
    print(result.stdout.codeUnits); // expect: [255, 65]
    print(Process.runSync("printf", ["\\377A"]).stdout.codeUnits); // expect: [65533, 65]
    print((await Process.run("/bin/sh", sh("kill -9 \$\$"))).exitCode); // expect: -9
    print(Process.runSync("/bin/sh", sh("kill -15 \$\$")).exitCode); // expect: -15
    // Its input is at its end.
    print(Process.runSync("cat", []).stdout == "" && (await Process.run("cat", [])).stdout == ""); // expect: true

    // ---- Where, and with what
    var place = folder.path;
    print(Process.runSync("pwd", [], workingDirectory: folder.path).stdout.trim() == place); // expect: true
    print((await Process.run("pwd", [], workingDirectory: folder.path)).stdout.trim() == place); // expect: true
    var variables = {"FART_TRIED": "yes", "HOME": "/none"};
    show(() => Process.runSync("/bin/sh", sh("echo \$FART_TRIED \$HOME \${PATH:+path}"), environment: variables).stdout.trim()); // expect: yes /none path
    show(() { var all = Process.runSync("/usr/bin/env", [], environment: {"A": "b"}).stdout; return [all.contains("A=b\n"), Platform.environment.isEmpty, Platform.environment.keys.every((name) => name == "A" || all.contains("$name=${Platform.environment[name]}"))]; }); // expect: [true, false, true]
    show(() => Process.runSync("/usr/bin/env", [], environment: {"A": "b=c"}, includeParentEnvironment: false).stdout.trim()); // expect: A=b=c
    show(() => Process.runSync("/usr/bin/env", [], includeParentEnvironment: false).stdout); // expect: 
    show(() => Process.runSync("echo \$PATH;", ["x'y", "|"], runInShell: true).exitCode); // expect: 127
    show(() => Process.runSync("echo", ["x'y", "\$HOME | *"], runInShell: true).stdout.trim()); // expect: x'y $HOME | *
    // A script that does not say what it is written in is the shell's; names without "/" are in PATH.
    var script = new File("${folder.path}/tool")..writeAsStringSync("echo \$0 | sed 's/.*\\///'; echo \$1\n");
    Process.runSync("chmod", ["+x", script.path]);
    show(() => Process.runSync("./tool", ["x"], workingDirectory: folder.path).stdout.split("\n")); // expect: [tool, x, ]
    show(() => Process.runSync("tool", ["x"], environment: {"PATH": "/none:${folder.path}:/bin:/usr/bin"}).stdout.split("\n")); // expect: [tool, x, ]

    // ---- What cannot be started
    later(f) async {
      try {
        print(await f());
      } on ProcessException catch (error) {
        print("$error ${error.errorCode} ${error.executable} ${error.arguments}".replaceAll(folder.path, "F"));
      }
    }
    await later(() => Process.run("no_such_program_here", ["a", "b"]));
    // expect: ProcessException: No such file or directory
    // expect:   Command: no_such_program_here a b 2 no_such_program_here [a, b]
    await later(() => Process.start("${folder.path}/none", []));
    // expect: ProcessException: No such file or directory
    // expect:   Command: F/none  2 F/none []
    await later(() => Process.runSync(folder.path, []));
    // expect: ProcessException: Permission denied
    // expect:   Command: F  13 F []
    await later(() => Process.runSync("echo", [], workingDirectory: "${folder.path}/none"));
    // expect: ProcessException: No such file or directory
    // expect:   Command: echo  2 echo []
    await later(() => Process.runSync("", []));
    // expect: ProcessException: No such file or directory
    // expect:   Command:   2  []

    // ---- What is no command
    show(() => Process.run(null, []).toString()); // expect: <Invalid argument(s): Process.run: argument 'executable' must be a String, it is null>
    show(() => Process.runSync(5, [])); // expect: <Invalid argument(s): Process.runSync: argument 'executable' must be a String, it is 5>
    show(() => Process.runSync("echo", null)); // expect: <Invalid argument (arguments): must be a List: null>
    show(() => Process.runSync("echo", ["a", 1])); // expect: <Invalid argument(s): Process.runSync: argument 'arguments' must be a String, it is 1>
    show(() => Process.runSync("ec\u0000ho", [])); // expect: <Invalid argument(s): Process.runSync: argument 'executable' must not contain a NUL, it is "ec\u0000ho">
    show(() => Process.runSync("echo", ["\u0000"]) is int); // expect: <Invalid argument(s): Process.runSync: argument 'arguments' must not contain a NUL, it is Instance of '_GrowableList<String>'>
    show(() => Process.runSync("echo", [], workingDirectory: 7)); // expect: <Invalid argument(s): Process.runSync: argument 'workingDirectory' must be a String, it is 7>
    show(() => Process.runSync("echo", [], environment: {"a": null})); // expect: <Invalid argument(s): Process.runSync: argument 'environment' must be a String, it is null>
    show(() => Process.runSync("echo", [], runInShell: null)); // expect: <Invalid argument (runInShell): must be a bool: null>
    show(() => Process.runSync("echo", [], stdoutEncoding: "utf8")); // expect: <Invalid argument (stdoutEncoding): must be an Encoding: "utf8">
    show(() => Process.start("echo", [], mode: 1)); // expect: <Invalid argument (mode): must be a ProcessStartMode: 1>
    show(() => Process.killPid(1 << 40)); // expect: <RangeError: Process.killPid: argument 'pid' must be from -2147483648 to 2147483647, it is 1099511627776>
    show(() => Process.killPid(null)); // expect: <Invalid argument(s): Process.killPid: argument 'pid' must be an int, it is null>
    show(() => Process.killPid(1, 9)); // expect: <Invalid argument (signal): must be a ProcessSignal: 9>

    // ---- Started
    var cat = await Process.start("cat", []);
    cat.stdin.writeln("one");
    cat.stdin.add([116, 119, 111, 10]);
    await cat.stdin.flush();
    await cat.stdin.addStream(new Stream.fromIterable([UTF8.encode("three\n")]));
    cat.stdin.close();
    print(await cat.stdout.transform(UTF8.decoder).transform(new LineSplitter()).toList()); // expect: [one, two, three]
    print([await cat.exitCode, cat.kill(), await cat.stderr.isEmpty]); // expect: [0, false, true]
    // Much through all three pipes at once.
    var much = await Process.start("/bin/sh", sh("cat >&2; head -c 300000 /dev/zero; exit 3"));
    for (var i = 0; i < 5; i++) much.stdin.add(new List.filled(100000, i));
    much.stdin.close();
    count(stream) => stream.fold(0, (sum, bytes) => sum + bytes.length);
    print(await Future.wait([count(much.stdout), count(much.stderr), much.exitCode])); // expect: [300000, 500000, 3]
    print(Process.runSync("/bin/sh", sh("head -c 300000 /dev/zero >&2; head -c 400000 /dev/zero")).stdout.length); // expect: 400000
    var sleeping = await Process.start("sleep", ["60"]);
    print(sleeping.kill(ProcessSignal.SIGKILL)); // expect: true
    print(await sleeping.exitCode); // expect: -9
    var other = await Process.start("sleep", ["60"]);
    print([Process.killPid(other.pid), await other.exitCode, Process.killPid(other.pid)]); // expect: [true, -15, false]
    // It reads nothing, and its pipe breaks: no signal ends this process.
    var deaf = await Process.start("true", []);
    await deaf.exitCode;
    deaf.stdin.write("x" * 100000);
    await deaf.stdin.close().catchError((error) => print(error)); // expect: SocketException: Write failed (OS Error: Broken pipe, errno = 32)
    // Read in pieces, with pauses; and given up.
    var slow = await Process.start("/bin/sh", sh("echo a; sleep 0.1; echo b"));
    var lines = [];
    var subscription;
    var ended = new Completer();
    subscription = slow.stdout.transform(UTF8.decoder).transform(new LineSplitter()).listen((line) {
      lines.add(line);
      subscription.pause(new Future.delayed(const Duration(milliseconds: 20)));
    }, onDone: ended.complete);
    await ended.future;
    print(lines); // expect: [a, b]
    var endless = await Process.start("yes", []);
    print((await endless.stdout.first).length > 0); // expect: true
    print(await endless.exitCode); // expect: -13

    // ---- Modes
    var apart = await Process.start("/bin/sh", sh("echo done > ${folder.path}/apart"), mode: ProcessStartMode.DETACHED);
    print([apart.pid > 0, apart.exitCode, apart.stdin, apart.stdout]); // expect: [true, null, null, null]
    for (var i = 0; i < 500 && !new File("${folder.path}/apart").existsSync(); i++) sleep(const Duration(milliseconds: 10));
    print(new File("${folder.path}/apart").existsSync()); // expect: true
    var spoken = await Process.start("echo", ["hi"], mode: ProcessStartMode.DETACHED_WITH_STDIO);
    print([UTF8.decode(await spoken.stdout.first), spoken.exitCode]); // expect: [hi
    // expect: , null]
    print([ProcessStartMode.NORMAL, ProcessSignal.SIGTERM]); // expect: [normal, SIGTERM]

    // ---- Sleeping
    var watch = new Stopwatch()..start();
    sleep(const Duration(milliseconds: 30));
    print(watch.elapsedMilliseconds >= 30); // expect: true
    show(() => sleep(const Duration(seconds: -1))); // expect: <Invalid argument(s): sleep: duration cannot be negative>
    show(() => sleep(5)); // expect: <Invalid argument (duration): must be a Duration: 5>
    sleep(Duration.ZERO);
    print(pid > 1); // expect: true
  } finally {
    folder.deleteSync(recursive: true);
  }
}

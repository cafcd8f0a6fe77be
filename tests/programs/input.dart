// What comes through the standard input, in one way or another.
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

main(arguments) async {
  switch (arguments[0]) {
    case "lines":
      for (var line; (line = stdin.readLineSync()) != null;) print("[$line]");
      break;
    case "mixed":
      print(stdin.readByteSync());
      print(stdin.readLineSync(encoding: LATIN1, retainNewlines: true).codeUnits);
      print(await stdin.transform(UTF8.decoder).transform(new LineSplitter()).toList());
      print([stdin.readByteSync(), stdin.readLineSync()]);
      break;
    case "stream":
      var watch = new Stopwatch()..start();
      print(await stdin.first.then(UTF8.decode));
      break;
    case "copy":
      await stdout.addStream(stdin);
      stdout.nonBlocking.writeln("!");
      await stdout.flush();
      break;
    case "kinds":
      print([stdin, stdout, stderr, "x"].map(stdioType).toList());
      print([stdin.hasTerminal, stdout.hasTerminal, stderr.hasTerminal]);
      show(() => stdin.echoMode);
      show(() => stdin.lineMode = true);
      show(() => stdout.terminalColumns);
      show(() => stderr.terminalLines);
      break;
    case "child":
      var process = await Process.start("cat", [], mode: ProcessStartMode.INHERIT_STDIO);
      print(await process.exitCode);
      break;
    case "exit":
      new Timer(const Duration(hours: 1), () {});
      stdout.write("ended");
      exit(300);
  }
}

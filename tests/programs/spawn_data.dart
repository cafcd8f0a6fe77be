// Isolates that load what a `data:` URI holds.
import 'dart:async';
import 'dart:isolate';

Future answerOf(Uri script, args) {
  var port = new ReceivePort();
  return Isolate
      .spawnUri(script, args, port.sendPort, packageRoot: Uri.parse("file:///nowhere/"))
      .then((_) => port.first, onError: (error) {
    port.close();
    throw error;
  });
}

Future<String> refusalOf(String script) {
  return answerOf(Uri.parse(script), []).then((_) => "spawned", onError: (error) {
    return error is IsolateSpawnException ? "$error".split("\n").first : "another error: $error";
  });
}

main() async {
  var answers = "import 'dart:math';\nmain(args, port) { port.send(['ü', max(1, args.length)]); }";
  for (var script in [
    "data:application/dart;charset=utf-8,${Uri.encodeComponent(answers)}",
    "data:text/plain;charset=UTF-8,${Uri.encodeComponent(answers)}",
    "${new Uri.dataFromString(answers, mimeType: "application/dart",
        parameters: {"charset": "utf-8"}, base64: true)}",
    "data:application/dart;charset=iso-8859-1,main(a,p)%7Bp.send(%5B'%FC',a.length%5D);%7D",
  ]) {
    print(await answerOf(Uri.parse(script), ["a", "b"]));
  }
  // One that nothing is said of, with a question mark in it, and one that has isolates of its own.
  print(await answerOf(Uri.parse("data:,main(a,p)=%3Ep.send(null?.b);"), null));
  print(await answerOf(
      new Uri.dataFromString("import 'dart:isolate'; there(p) { p.send('spawned there'); }"
          "main(a, p) { Isolate.spawn(there, p); }"),
      []));
  for (var bad in [
    "data:application/dart,main(",
    "data:application/dart,main()%7Bunknown();%7D",
    "data:text/html,main()%7B%7D",
    "data:application/dart;charset=unheard-of,main()%7B%7D",
    "data:application/dart;charset=utf-8,//%FF%0Amain()%7B%7D",
    "data:application/dart,import%20'beside.dart';main()%7B%7D",
  ]) {
    print(await refusalOf(bad));
  }
}

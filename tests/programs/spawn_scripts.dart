// Isolates that load other scripts, whose URIs are meant from here.
import 'dart:isolate';

var count = 0;

// Another isolate begins here when the script spawns this one anew.
main(List<String> args, [SendPort port]) {
  if (port != null) return port.send(["spawn_scripts.dart again", args.single]);
  run();
}

Future answerOf(String script, args) {
  var port = new ReceivePort();
  count++;
  return Isolate.spawnUri(Uri.parse(script), args, port.sendPort).then((_) => port.first);
}

String kind(error) {
  var text = "$error";
  if (text.contains("No such file")) return "IsolateSpawnException: no such file";
  if (text.endsWith("without_main.dart' has no main")) return "IsolateSpawnException: no main";
  return text.contains("Error: Expected") ? "IsolateSpawnException: syntax" : text;
}

run() async {
  print("${await answerOf("scripts/answers.dart", ["a", "b"])} message $count");
  print(await answerOf("scripts/spawns_back.dart", []));
  var port = new ReceivePort();
  var exit = new ReceivePort();
  await Isolate.spawnUri(Uri.parse("scripts/takes_nothing.dart"), null, null,
      onExit: exit.sendPort);
  await exit.first;
  port.close();
  for (var bad in ["scripts/missing.dart", "scripts/wrong.dart", "scripts/without_main.dart"]) {
    try {
      // Whoever asked for it is told; there is no isolate whose errors there are listeners for.
      var nobody = new RawReceivePort((error) => print("not told: $error"));
      await Isolate.spawnUri(Uri.parse(bad), [], null, onError: nobody.sendPort).whenComplete(nobody.close);
    } on IsolateSpawnException catch (error) {
      print(kind(error));
    }
  }
  var errors = new ReceivePort();
  await Isolate.spawnUri(Uri.parse("scripts/throws.dart"), [], null, onError: errors.sendPort);
  var error = await errors.first;
  print([error[0], error[1].contains("throws.dart")]);
}

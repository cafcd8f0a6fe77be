import 'dart:isolate';

main(args, port) {
  Isolate.spawnUri(Uri.parse("../spawn_scripts.dart"), ["spawned from a script"], port);
}

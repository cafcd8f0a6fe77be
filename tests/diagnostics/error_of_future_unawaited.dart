import "dart:async";

Future<int> load(String name) async {
  throw new StateError("$name is not there");
}

main() {
  load("settings");
  print("done");
}

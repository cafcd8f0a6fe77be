// Ends with an error that comes after main, and that nobody waits for.
later() {
  throw new StateError("nobody waits");
}

main() {
  new Future.value(1).then((_) => later());
  print("end of main");
}

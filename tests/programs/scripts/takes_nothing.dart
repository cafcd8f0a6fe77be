main() => print("[no argument]");

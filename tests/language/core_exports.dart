// Future and Stream need no import, and yield to names of the program.
class Stream {
  toString() => "the program's own";
}

main() {
  print(new Stream());  // expect: the program's own
  new Future.value("no import").then((x) => print(x));  // expect: no import
}

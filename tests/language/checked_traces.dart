// An error of a check says where what was declared stands, and who gave it something else.
// flags: --checked
class A {
  int a = 1;
  int x;
}
at(StackTrace trace, int frame) {
  var line = trace.toString().split("\n")[frame];
  return line.replaceAll(new RegExp(r"\(.*/"), "(");
}
main() {
  dynamic a = new A();
  try {
    a.x = "no";
  } on TypeError catch (e, trace) {
    print(at(trace, 0));  // expect: #0 A.x (checked_traces.dart:5:7)
    print(at(trace, 1));  // expect: #1 main (checked_traces.dart:14:7)
  }
}

// Functions are of the types that what they declare can be assigned to, one way or the other, as the
// language of 2013 has it; what is not declared fits.
typedef int ToInt(int x);
typedef int FromText(String text);
typedef void Action();
typedef int Number();
typedef T Same<T>(T x);
typedef int Takes(int callback(int x));
typedef void Named(a, {int b, String c});

int count(int x) => x;
String text(int x) => "";
num number(Object x) => 1;
anything(x) => x;
void nothing() {}
int one() => 1;
int taking(int callback(int x)) => 1;
int takingText(String callback(int x)) => 1;
named(a, {String c, int b}) {}
namedOtherwise(a, {int c, int b}) {}

class Box<T> {
  T same(T x) => x;
  closure() => (T x) => x;
  int call(int x) => x;
}

main() {
  int local(String text) => 1;
  print([count, text, number, anything, local].map((f) => f is ToInt).toList());
  // expect: [true, false, true, true, false]
  print([count, text, number, anything, local].map((f) => f is FromText).toList());
  // expect: [false, false, true, true, true]
  print([nothing, one, count].map((f) => f is Action).toList()); // expect: [true, true, false]
  print([nothing, one].map((f) => f is Number).toList()); // expect: [false, true]
  print([taking, takingText, anything].map((f) => f is Takes).toList());
  // expect: [true, false, true]
  print([named, namedOtherwise].map((f) => f is Named).toList()); // expect: [true, false]
  var box = new Box<int>();
  print([box.same is Same<int>, box.same is Same<String>, box.same is Same]);
  // expect: [true, false, true]
  print([box is ToInt, box is FromText]); // expect: [true, false]
  print(((int x) => "") is ToInt); // expect: true
  try {
    print(text as ToInt);
  } on CastError {
    print("no cast"); // expect: no cast
  }
}

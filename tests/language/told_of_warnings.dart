// A test of the language that names no error: what would be wrong is marked, and nobody gets there.
class Redirecting {
  Redirecting();
  redirect() => new Redirecting.nowhere(); //# 01: static type warning
}

class Base {}

unreached() {
  unknown = 1; //# 02: static type warning
  Base = 2; //# 03: static type warning
  new Unknown(); //# 04: static type warning
  Base.unknown(); //# 05: static type warning
  return x is Unknown;
}

main() {
  print(new Redirecting() is Object); // expect: true
  print(main is Function); // expect: true
}

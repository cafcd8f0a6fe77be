// Metadata: everywhere where it may stand, with constants of a library and of a class.
@top
library metadata;

class M {
  final x;
  const M([this.x]);
  const M.named({this.x});
  static const inner = 2;
}

const top = const M(3);

@M(1)
@M.named(x: const [1])
class A<@top T> {
  @M.inner
  var field;
  @inner
  static const inner = 1;
  @deprecated
  A(@top this.field, [@M() other]);
  @override
  String toString() => "A$field";
}

@top
enum E {
  @top
  a,
  b
}

@top
typedef F(@top x);

@pragma("vm:entry-point")
f(@top a, {@M(2) b: 1}) => a + b;

main() {
  @top
  var l = 1;
  for (@top var i = 0; i < 1; i++) l++;
  for (@top final j in [1]) l += j;
  @top
  g() => l;
  print("${new A(1)} ${E.a} ${f(1)} ${g()}"); // expect: A1 E.a 2 3
  print(const pragma("name", 2).options); // expect: 2
}

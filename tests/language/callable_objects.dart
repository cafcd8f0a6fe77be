// Function.apply with names, objects with `call`, factories that pass on, constants with types.
class Callable {
  call(x, {y: 3}) => "$x $y";
}

class CalledBelow extends Callable {}

abstract class Calls {
  call();
}

class Implements implements Calls {
  noSuchMethod(invocation) => "asked";
}

class Field {
  var call;
}

typedef Unary(x);
typedef Named(x, {y});
typedef Nothing();

sum(a, [b = 10]) => a + b;
named(a, {b: 1, c: 2}) => "$a $b $c";

class Box {
  final content;
  final other;
  Box([this.content = 42, this.other]);
  Box.named({this.content: 7, this.other: 8});
  factory Box.passes([content, other]) = Box;
  factory Box.passesNamed({content, other}) = Box.named;
  factory Box.twice([content]) = Box.passes;
  factory Box.plain([content]) = Box.taking;
  Box.taking([this.content]) : other = "taken";
  toString() => "$content $other";
}

class Key<T> {
  const Key();
}

main() {
  // expect: 3 11
  print("${Function.apply(sum, [1, 2])} ${Function.apply(sum, [1])}");
  // expect: 1 1 5, 1 6 2, 1 3 4
  print("${Function.apply(named, [1], {#c: 5})}, ${Function.apply(named, [1], {#b: 6})}, "
      "${Function.apply(named, [1], {#c: 4, #b: 3})}");
  // expect: 4 3, 4 9
  print("${Function.apply(new Callable(), [4])}, ${Function.apply(new Callable(), [4], {#y: 9})}");
  for (var wrong in [
    () => Function.apply(named, [1], {#d: 5}),
    () => Function.apply(named, [], {#b: 5}),
    () => Function.apply(new Object(), [], {#b: 5})
  ]) {
    // expect: true
    // expect: true
    // expect: true
    try {
      print(wrong());
    } catch (error) {
      print(error is NoSuchMethodError);
    }
  }
  var callable = new Callable();
  // expect: true true true false
  print("${callable is Function} ${callable is Unary} ${callable is Named} ${callable is Nothing}");
  // expect: true true false false
  print("${new CalledBelow() is Function} ${new Implements() is Function} "
      "${new Field() is Function} ${new Object() is Function}");
  // expect: [1 3, 2 3] [a 3]
  print("${[1, 2].map(callable).toList()} ${["a"].map(new CalledBelow() as Function).toList()}");
  // expect: 42 null, 5 null, 5 6
  print("${new Box.passes()}, ${new Box.passes(5)}, ${new Box.passes(5, 6)}");
  // expect: 7 8, 7 6, null 8
  print("${new Box.passesNamed()}, ${new Box.passesNamed(other: 6)}, "
      "${new Box.passesNamed(content: null)}");
  // expect: 42 null, 1 null, null taken, 3 taken
  print("${new Box.twice()}, ${new Box.twice(1)}, ${new Box.plain()}, ${new Box.plain(3)}");
  // expect: false true false true
  print("${identical(const <int>[1], const [1])} ${identical(const <int>[1], const <int>[1])} "
      "${identical(const <int>[], const <String>[])} ${identical(const <dynamic>[1], const [1])}");
  // expect: false true false
  print("${identical(const <int, int>{}, const {})} ${identical(const <int, int>{}, const <int, int>{})} "
      "${identical(const <int>{1}, const <num>{1})}");
  // expect: false true
  print("${identical(const Key<int>(), const Key())} ${identical(const Key<int>(), const Key<int>())}");
  // expect: [1, 2] {1: 2} {1, 2}
  print("${const <int>[1, 2]} ${const <int, int>{1: 2}} ${const <int>{1, 2}}");
}

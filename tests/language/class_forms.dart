// Words before `class`, mixins, and names that are the language's words elsewhere.
import 'lib_extensions.dart' if (dart.library.nothing) 'lib_missing.dart';

@Note('of a class')
final class Point {
  @pragma('vm:entry-point')
  final int x;
  final y;
  const Point(@Note('x') this.x, [this.y = 0]);
}

class Note {
  final text;
  const Note(this.text);
}

base class Base {}

interface class Drawn {
  draw() => "drawn";
}

sealed class Shape {}

class Circle extends Shape {
  toString() => "circle";
}

abstract base class Animal {
  String get name;
  speak() => "$name speaks";
}

abstract interface class Named {}

base mixin Loud on Animal {
  speak() => super.speak() + "!";
}

mixin Counting implements Named {
  var count = 1;
  next() => count++;
}

mixin class Both {
  both() => "both";
}

class Dog extends Animal with Loud, Counting {
  get name => "dog";
}

class OnlyMixins with Counting, Both {}

class Abstractly {
  abstract int field;
  external int outside;
}

class Concretely extends Abstractly {
  int field = 3;
}

// The words are names as well.
var required = 1;
late() => "late";
mixin(base) => "mixin $base";
extension(sealed) => "extension $sealed";
var interface = 2, base = 3, sealed = 4;

class on {
  var type = "type";
}

optional({required}) => required;
typed({required = 3, late}) => "$required $late";

trying(f) {
  try {
    return f();
  } catch (e) {
    return "$e";
  }
}

main() {
  print("${const Point(1).x} ${const Point(1, 2).y} ${new Drawn().draw()} ${new Circle()}");
  // expect: 1 2 drawn circle
  print(trying(() => new Shape()));
  // expect: Cannot instantiate abstract class: 'Shape'
  print(trying(() => new Animal()));
  // expect: Cannot instantiate abstract class: 'Animal'
  print(trying(() => new Counting()));
  // expect: Cannot instantiate abstract class: 'Counting'
  var dog = new Dog();
  print("${dog.speak()} ${dog.next()} ${dog.next()} ${dog is Loud} ${dog is Named} ${dog is Animal}");
  // expect: dog speaks! 1 2 true true true
  var only = new OnlyMixins();
  print("${only.next()} ${only.both()} ${only is Both} ${new Both().both()} ${new Base() is Base}");
  // expect: 1 both true both true
  print(new Concretely().field);
  // expect: 3
  print("$required ${late()} ${mixin(1)} ${extension(2)} $interface $base $sealed ${new on().type}");
  // expect: 1 late mixin 1 extension 2 2 3 4 type
  print("${optional(required: 5)} ${optional()} ${typed(late: 1)}");
  // expect: 5 null 3 1
  print(locals());
  // expect: 7 7 8 9 10
  print(doubled(4));
  // expect: 8
}

locals() {
  var late = 6, factory = 7, get = 8, set = 9, covariant = 10;
  late = late + 1;
  return "$late $factory $get $set $covariant";
}

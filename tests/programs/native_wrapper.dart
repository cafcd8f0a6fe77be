// The superclass is declared by the extension.
import 'dart-ext:native_wrapper';

class Number extends Wrapper {
  var name;
  Number(this.name, int value) {
    set(value);
  }
  void set(int value) native "Set";
  int get() native "Get";
}

main() {
  var numbers = [new Number('one', 1), new Number('two', 2)];
  for (var i = 0; i < 1000; i++) new List(10);
  for (var number in numbers) print("${number.name} ${number.get()}");
}

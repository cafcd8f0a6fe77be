// Imports of what a `data:` URI holds, and of files whose URIs have percents.
library data_imports;
import 'data:application/dart;charset=utf-8,library%20d;%20twice(x)%20=%3E%20x%20*%202;%20class%20C%20{%20var%20x%20=%203;%20}';
import "data:application/dart;base64,Z2V0IGFuc3dlciA9PiA0MjsK" as answers;
import "data:,export 'dart:math' show max; import 'dart:math' as m; least(a, b) => m.min(a, b);";
import "data:,export 'dart:math' show max; import 'dart:math' as m; least(a, b) => m.min(a, b);" as again show least;
import "lib%5Fa.dart" as a;
import "lib_a.dart" as b;
part "data:,part of data_imports; var inPart = 'part';";

main() {
  print("${twice(4)} ${new C().x} ${answers.answer}"); // expect: 8 3 42
  print("${max(1, 2)} ${least(1, 2)} ${again.least == least}"); // expect: 2 1 true
  a.counter = 5;
  print(b.counter); // expect: 5
  print(inPart); // expect: part
}

// Imports: cyclic ones, prefixes, show and hide, private names, one copy of a library.
import 'lib_a.dart';
import 'lib_b.dart' as b show Extended;
import '../language/lib_a.dart' as again;

main() {
  print(nameOfA());  // expect: a
  print(viaB());  // expect: b knows a!
  counter++;
  again.counter++;
  print(counter);  // expect: 2
  print(new b.Extended().both());  // expect: hidden in b / hidden in a
  print(new b.Extended() is Shared);  // expect: true
}

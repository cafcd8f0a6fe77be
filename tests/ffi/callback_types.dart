// What a callback's function is declared to take and give is held against the type that C calls it
// by, when the callback is made.
import 'dart:ffi';
import 'lib_expect.dart';

typedef Step = Int32 Function(Int32);

final class Point extends Struct {
  @Int32()
  external int x;
}

final class Other extends Struct {
  @Int32()
  external int x;
}

String givesText(int a) => '';
int takesText(String a) => 1;
double givesDouble(int a) => 0.0;
void givesNothing(int a) {}
int takesPointer(Pointer<Int8> a) => 1;
int takesFunction(int a()) => 1;
int takesMore(int a, [String b = '']) => a;
dynamic anything(dynamic a) => 1;
num numbers(num a) => 1;
Object objects(Object a) => 1;
undeclared(a) => 1;
int? nullable(int? a) => a;
Comparable compared(Comparable a) => 1;
T generic<T>(T a) => a;
Other ofPoint(Point p) => Struct.create<Other>();
Struct anyOf(Struct p) => p;

class C<T> {
  static int twice(int x) => 2 * x;
  T method(T x) => x;
  String text(int x) => '';
}

void main() {
  final c = C<int>();
  for (final Function f in [givesText, takesText, givesDouble, givesNothing, takesPointer, takesFunction]) {
    expectError("$f".split("'")[1], () => Pointer.fromFunction<Step>(f, 0));
  }
  // expect: givesText: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'String Function(int)' does not fit 'Int32 Function(Int32)': it gives 'String', in C 'Int32', it is Instance of '_Closure'
  // expect: takesText: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'int Function(String)' does not fit 'Int32 Function(Int32)': argument 1 is 'String', in C 'Int32', it is Instance of '_Closure'
  // expect: givesDouble: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'double Function(int)' does not fit 'Int32 Function(Int32)': it gives 'double', in C 'Int32', it is Instance of '_Closure'
  // expect: givesNothing: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'void Function(int)' does not fit 'Int32 Function(Int32)': it gives 'void', in C 'Int32', it is Instance of '_Closure'
  // expect: takesPointer: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'int Function(Pointer<Int8>)' does not fit 'Int32 Function(Int32)': argument 1 is 'Pointer<Int8>', in C 'Int32', it is Instance of '_Closure'
  // expect: takesFunction: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'int Function(int Function())' does not fit 'Int32 Function(Int32)': argument 1 is 'int Function()', in C 'Int32', it is Instance of '_Closure'
  for (final Function f in [(String x) => 1, c.text]) {
    expectUpTo(":", "callable", () => NativeCallable<Step>.isolateLocal(f, exceptionalReturn: 0));
  }
  // expect: callable: ArgumentError Invalid argument(s)
  // expect: callable: ArgumentError Invalid argument(s)
  expectError("listener", () => NativeCallable<Void Function(Pointer<Int8>)>.listener((int x) {}));
  // expect: listener: NativeCallable.listener: argument 'callback' must be declared as what C calls: 'dynamic Function(int)' does not fit 'Void Function(Pointer<Int8>)': argument 1 is 'int', in C 'Pointer<Int8>', it is Instance of '_Closure'
  expectError("structs", () => Pointer.fromFunction<Point Function(Point)>(ofPoint));
  // expect: structs: Pointer.fromFunction: argument 'f' must be declared as what C calls: 'Other Function(Point)' does not fit 'Point Function(Point)': it gives 'Other', in C 'Point', it is Instance of '_Closure'

  // What may be is found out by the call.
  for (final Function f in [C.twice, takesMore, anything, numbers, objects, undeclared, nullable, compared, generic]) {
    Pointer.fromFunction<Step>(f, 0);
  }
  Pointer.fromFunction<Point Function(Point)>(anyOf);
  for (final Function f in [(x) => x, (int x) => x, c.method, (Object? x) => x, C.twice]) {
    final made = NativeCallable<Step>.isolateLocal(f, exceptionalReturn: 0);
    final int Function(int) call = made.nativeFunction.asFunction();
    print(call(21));
    made.close();
  }
  // expect: 21
  // expect: 21
  // expect: 21
  // expect: 21
  // expect: 42
  NativeCallable<Void Function(Pointer<Int8>)>.listener((Pointer<Void> x) => 5).close();
  Pointer.fromFunction<Void Function(Int32)>(C.twice);
  print("made"); // expect: made
}

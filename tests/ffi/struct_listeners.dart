// Structs by value for a function that is called later: each gets its own copy.
import 'dart:ffi';
import 'lib_expect.dart';

final class Mixed extends Struct {
  @Int64()
  external int a;
  @Double()
  external double b;
}

final class Odd extends Struct {
  @Uint8()
  external int a;
  @Array(2)
  external Array<Int16> b;
}

final class Large extends Struct {
  @Array(5)
  external Array<Int64> a;
  external Odd odd;
}

final class Either extends Union {
  @Int32()
  external int a;
  @Float()
  external double b;
}

typedef NativeTell = Void Function(Int8, Mixed, Odd, Double, Large, Either, Pointer<Void>);
typedef Tell = void Function(int, Mixed, Odd, double, Large, Either, Pointer<Void>);

void main() {
  var told = 0;
  late NativeCallable<NativeTell> callable;
  final seen = [];
  callable = NativeCallable<NativeTell>.listener(
      (int n, Mixed mixed, Odd odd, double x, Large large, Either either, Pointer<Void> p) {
    Expect.runtimeIsType<Mixed>(mixed);
    Expect.runtimeIsType<Odd>(odd);
    Expect.equals(n, mixed.a);
    Expect.equals(n / 2, mixed.b);
    Expect.equals(n + 200, odd.a);
    Expect.equals(-n, odd.b[0]);
    Expect.equals(n * 3, odd.b[1]);
    Expect.equals(x, n * 0.25);
    for (int i = 0; i < 5; i++) Expect.equals(n - i, large.a[i]);
    Expect.equals(n, large.odd.a);
    Expect.equals(n * 7, large.odd.b[1]);
    Expect.equals(1.5, either.b);
    Expect.equals(n, p.address);
    mixed.a = -1; // Nobody else's.
    seen.add(large);
    if (++told == 3) {
      callable.close();
      Expect.listEquals([1, 2, 3], seen.map((each) => each.odd.a).toList());
      print("told"); // expect: told
    }
  });
  final Tell tell = callable.nativeFunction.asFunction();
  final mixed = Struct.create<Mixed>();
  final odd = Struct.create<Odd>();
  final large = Struct.create<Large>();
  final either = Union.create<Either>();
  either.b = 1.5;
  for (int n = 1; n <= 3; n++) {
    mixed
      ..a = n
      ..b = n / 2;
    odd.a = n + 200;
    odd.b[0] = -n;
    odd.b[1] = n * 3;
    for (int i = 0; i < 5; i++) large.a[i] = n - i;
    large.odd.a = n;
    large.odd.b[1] = n * 7;
    tell(n, mixed, odd, n * 0.25, large, either, Pointer.fromAddress(n));
  }
  Expect.equals(0, told);
}

// Functions of many and odd types: C's own, and the program's called by way of C.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

typedef NativeTen = Int64 Function(Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64);
typedef Ten = int Function(int, int, int, int, int, int, int, int, int, int);
typedef NativeDoubles = Double Function(
    Double, Double, Double, Double, Double, Double, Double, Double, Double, Double);
typedef Doubles = double Function(
    double, double, double, double, double, double, double, double, double, double);
typedef NativeMixed = Double Function(Int8, Float, Uint8, Double, Int16, Float, Uint16, Double, Int32,
    Float, Uint32, Double, Int64, Float, Uint64, Double, Bool, Pointer<Uint8>);
typedef Mixed = double Function(int, double, int, double, int, double, int, double, int, double, int,
    double, int, double, int, double, bool, Pointer<Uint8>);
typedef NativeSmall = Int8 Function(Int8, Uint8, Int16, Uint16);
typedef Small = int Function(int, int, int, int);
typedef NativeVoid = Void Function(Pointer<Void>);
typedef NativePointers = Pointer<Pointer<Int8>> Function(Pointer<Int8>, Pointer<Pointer<Int8>>);
typedef Pointers = Pointer<Pointer<Int8>> Function(Pointer<Int8>, Pointer<Pointer<Int8>>);
typedef NativeGeneric<T extends NativeType> = Int32 Function(Pointer<T>, T);
typedef Generic<D> = int Function(Pointer, D);

int ten(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) =>
    a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j;
double doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i,
        double j) =>
    a - b + c - d + e - f + g - h + i - j;
double mixed(int a, double b, int c, double d, int e, double f, int g, double h, int i, double j, int k,
    double l, int m, double n, int o, double p, bool q, Pointer<Uint8> r) {
  Expect.equals(42, r.value);
  return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + (q ? 1000.0 : 0.0);
}

int maxUint8() => 0xabcff;
int minInt8() => 0x8abc80;
var arguments;
int small(int a, int b, int c, int d) {
  arguments = [a, b, c, d];
  return a;
}

int calls = 0;
void count(Pointer<Void> p) {
  if (p == nullptr) calls++;
}

Pointer<Pointer<Int8>> pointers(Pointer<Int8> value, Pointer<Pointer<Int8>> to) {
  to.value = value;
  return to;
}

int generic(Pointer<Float> p, double value) {
  p.value = value;
  return 3;
}

double give(int number) => number / 2;

void main() {
  final Ten t = Pointer.fromFunction<NativeTen>(ten, 0).asFunction();
  Expect.equals(385, t(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  final Doubles d = Pointer.fromFunction<NativeDoubles>(doubles, 0.0).asFunction();
  Expect.equals(-5.0, d(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0));
  Expect.equals(-5.0, d(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));

  final pointer = calloc<Uint8>()..value = 42;
  final Mixed m = Pointer.fromFunction<NativeMixed>(mixed, 0.0).asFunction();
  Expect.equals(
      1136.0, m(1, 2.0, 3, 4.0, 5, 6.0, 7, 8.0, 9, 10.0, 11, 12.0, 13, 14.0, 15, 16.0, true, pointer));
  calloc.free(pointer);

  // Small integers are cut off and extended, on the way there and on the way back.
  final Small s = Pointer.fromFunction<NativeSmall>(small, 0).asFunction();
  Expect.equals(-128, s(128, -1, 0x18000, -32769));
  Expect.listEquals([-128, 255, -32768, 32767], arguments);
  Expect.equals(127, s(-129, 256, 32768, 65536));
  Expect.listEquals([127, 0, -32768, 0], arguments);
  Expect.equals(0xff, Pointer.fromFunction<Uint8 Function()>(maxUint8, 0).asFunction<int Function()>()());
  Expect.equals(-128, Pointer.fromFunction<Int8 Function()>(minInt8, 0).asFunction<int Function()>()());
  Expect.equals(
      -1, Pointer.fromFunction<Int8 Function()>(maxUint8, 0).asFunction<int Function()>()());

  final void Function(Pointer<Void>) v = Pointer.fromFunction<NativeVoid>(count).asFunction();
  v(nullptr);
  v(nullptr.cast());
  v(Pointer.fromAddress(0));
  Expect.equals(3, calls);

  final Pointers p = Pointer.fromFunction<NativePointers>(pointers).asFunction();
  final place = calloc<Pointer<Int8>>();
  final Pointer<Int8> target = calloc()..value = -7;
  Expect.equals(place, p(target, place));
  Expect.runtimeIsType<Pointer<Pointer<Int8>>>(p(target, place));
  Expect.equals(-7, p(target, place).value.value);
  calloc.free(target);

  final f = place.cast<Float>();
  final Generic<double> g =
      Pointer.fromFunction<NativeGeneric<Float>>(generic, 0).asFunction<Generic<double>>();
  Expect.equals(3, g(f, 0.1));
  Expect.notEquals(0.1, f.value);
  Expect.approxEquals(0.1, f.value);
  calloc.free(place);

  // A number of a program's is any number to C.
  final double Function(int) half =
      Pointer.fromFunction<Float Function(Int32)>(give, 1.5).asFunction();
  Expect.equals(1.5, half(3));
  Expect.equals(0.0, half(1 << 32));

  // Special doubles arrive as what they are.
  final fabs = DynamicLibrary.process()
      .lookupFunction<Double Function(Double), double Function(double)>('fabs');
  Expect.isTrue(fabs(double.nan).isNaN);
  Expect.equals(double.infinity, fabs(double.negativeInfinity));
  Expect.equals(double.minPositive, fabs(-double.minPositive));
  Expect.isFalse(fabs(-0.0).isNegative);
  print("ok"); // expect: ok
}

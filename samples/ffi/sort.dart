// Sorts by C's qsort, which calls back to compare.
import 'dart:ffi';

import 'package:ffi/ffi.dart';

typedef NativeCompare = Int Function(Pointer<Void>, Pointer<Void>);
typedef NativeSort = Void Function(
    Pointer<Void> base, Size count, Size size, Pointer<NativeFunction<NativeCompare>> compare);
typedef Sort = void Function(
    Pointer<Void> base, int count, int size, Pointer<NativeFunction<NativeCompare>> compare);

final sort = DynamicLibrary.process().lookupFunction<NativeSort, Sort>('qsort');

int compareInts(Pointer<Void> a, Pointer<Void> b) =>
    a.cast<Int32>().value.compareTo(b.cast<Int32>().value);

int compareTexts(Pointer<Void> a, Pointer<Void> b) {
  final left = a.cast<Pointer<Utf8>>().value.toDartString();
  final right = b.cast<Pointer<Utf8>>().value.toDartString();
  return left.toLowerCase().compareTo(right.toLowerCase());
}

List<int> sorted(List<int> numbers) {
  return using((arena) {
    final values = arena<Int32>(numbers.length);
    for (var i = 0; i < numbers.length; i++) values[i] = numbers[i];
    sort(values.cast(), numbers.length, sizeOf<Int32>(),
        Pointer.fromFunction<NativeCompare>(compareInts, 0));
    return [for (var i = 0; i < numbers.length; i++) values[i]];
  });
}

// By an order that is made where it is needed: a closure, which C can call until it is closed.
List<int> sortedBy(List<int> numbers, int order(int a, int b)) {
  return using((arena) {
    final values = arena<Int32>(numbers.length);
    for (var i = 0; i < numbers.length; i++) values[i] = numbers[i];
    final compare = NativeCallable<NativeCompare>.isolateLocal(
        (Pointer<Void> a, Pointer<Void> b) => order(a.cast<Int32>().value, b.cast<Int32>().value),
        exceptionalReturn: 0);
    sort(values.cast(), numbers.length, sizeOf<Int32>(), compare.nativeFunction);
    compare.close();
    return [for (var i = 0; i < numbers.length; i++) values[i]];
  });
}

List<String> sortedTexts(List<String> texts) {
  return using((arena) {
    final pointers = arena<Pointer<Utf8>>(texts.length);
    for (var i = 0; i < texts.length; i++) {
      pointers[i] = texts[i].toNativeUtf8(allocator: arena);
    }
    sort(pointers.cast(), texts.length, sizeOf<Pointer<Utf8>>(),
        Pointer.fromFunction<NativeCompare>(compareTexts, 0));
    return [for (var i = 0; i < texts.length; i++) pointers[i].toDartString()];
  });
}

void main() {
  const numbers = [5, -3, 40, 0, 17, -20, 8];
  print(sorted(numbers));
  print(sortedBy(numbers, (a, b) => b - a));
  print(sortedBy(numbers, (a, b) => a.abs() - b.abs()));
  print(sortedTexts(['pear', 'Apple', 'fig', 'Öl', 'banana']));
}

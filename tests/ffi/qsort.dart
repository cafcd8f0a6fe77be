// C's own sort, with an order of the program's.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

typedef Compare = Int32 Function(Pointer<Int32>, Pointer<Int32>);
typedef NativeSort = Void Function(Pointer<Int32>, Size, Size, Pointer<NativeFunction<Compare>>);
typedef Sort = void Function(Pointer<Int32>, int, int, Pointer<NativeFunction<Compare>>);

int compare(Pointer<Int32> a, Pointer<Int32> b) => a.value - b.value;

void main() {
  final sort = DynamicLibrary.process().lookupFunction<NativeSort, Sort>('qsort');
  final values = calloc<Int32>(100);
  for (var i = 0; i < 100; i++) values[i] = (i * 37) % 101;
  sort(values, 100, sizeOf<Int32>(), Pointer.fromFunction<Compare>(compare, 0));
  var isSorted = true;
  for (var i = 1; i < 100; i++) isSorted = isSorted && values[i - 1] <= values[i];
  print([isSorted, values[0], values[99]]); // expect: [true, 0, 100]

  // A closure, which sees what is around it.
  var calls = 0;
  final down = NativeCallable<Compare>.isolateLocal((Pointer<Int32> a, Pointer<Int32> b) {
    calls++;
    return b.value - a.value;
  }, exceptionalReturn: 0);
  sort(values, 100, 4, down.nativeFunction);
  down.close();
  print([calls > 99, values[0], values[99]]); // expect: [true, 100, 0]
  calloc.free(values);
}

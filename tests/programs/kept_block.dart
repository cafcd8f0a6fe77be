// A block that a list still sees is freed, between two lines of output.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

void main() {
  final p = malloc<Int32>(2);
  final list = p.asTypedList(2);
  print("before");
  malloc.free(p);
  print("after ${list.length}");
}

// What package:ffi had in versions 0.1: functions for allocating, and for texts as members of Utf8.
import 'dart:ffi';
import 'package:ffi/ffi.dart' as ffi;
import 'package:ffi/ffi.dart' show Utf16, Utf8, allocate;

// A program's own name wins over an imported one.
int freed = 0;
void free(Pointer pointer) {
  freed++;
  ffi.free(pointer);
}

void main() {
  final Pointer<Int32> one = allocate();
  one.value = 5;
  print(one.value); // expect: 5
  free(one);
  final three = allocate<Int64>(count: 3);
  three[2] = 1 << 40;
  print(three[2]); // expect: 1099511627776
  try {
    three[3];
  } on RangeError {
    print('outside'); // expect: outside
  }
  free(three);
  print(freed); // expect: 2
  try {
    ffi.free(three);
  } on StateError {
    print('twice'); // expect: twice
  }
  try {
    allocate<Int8>(count: -1);
  } on RangeError {
    print('negative'); // expect: negative
  }
  final Pointer<Utf8> text = Utf8.toUtf8('Grüße');
  print(Utf8.strlen(text)); // expect: 7
  print(Utf8.fromUtf8(text)); // expect: Grüße
  free(text);
  final Pointer<Utf16> units = Utf16.toUtf16('ab');
  print(units.length); // expect: 2
  free(units);
}

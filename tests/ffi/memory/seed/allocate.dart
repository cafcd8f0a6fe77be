import 'dart:ffi';
import 'package:ffi/ffi.dart';

void main() {
  final units = 'native'.codeUnits;
final Pointer<Uint16> result = malloc.allocate<Uint16>(units.length * sizeOf<Uint16>());
  final list = result.asTypedList(units.length);
  list.setAll(0, units);
  print(new String.fromCharCodes(list));
  malloc.free(result);
}

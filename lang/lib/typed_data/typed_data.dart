// dart:typed_data -- lists of numbers in consecutive bytes, byte data, and the buffers they share.
//
// The classes of lists, ByteData and ByteBuffer are those of the core shapes of vm/values/typed_data.h,
// whoever made the object: lang/linker/linker.cc binds them by name when the library is
// loaded, at the latest when a program first sends a message to such an object.
//
// Storing into a list of integers keeps the lowest bits; into a list of floating-point numbers any
// number may be stored. Values of several numbers (Float32x4) are objects like others: they are there
// for programs that have them, and are no faster than their parts.
library dart.typed_data;

part 'byte_data.dart';
part 'fixed_lists.dart';
part 'float32x4.dart';
part 'float64x2.dart';
part 'int32x4.dart';
part 'lists.dart';
part 'unmodifiable.dart';

// What the objects are, wherever their bytes lie. The numbers are those of TypedDataType.
const int _BYTE_DATA = 0;
const int _INT8 = 1;
const int _UINT8 = 2;
const int _UINT8_CLAMPED = 3;
const int _INT16 = 4;
const int _UINT16 = 5;
const int _INT32 = 6;
const int _UINT32 = 7;
const int _INT64 = 8;
const int _UINT64 = 9;
const int _FLOAT32 = 10;
const int _FLOAT64 = 11;
const int _FLOAT32X4 = 12;

abstract class TypedData {
  int get elementSizeInBytes;
  int get offsetInBytes;
  int get lengthInBytes;
  ByteBuffer get buffer;
}

// Of zeros.
_new(int type, int length) native "TypedData_new";

// Of the buffer's bytes from an offset on; without a length, of all of them.
_view(int type, ByteBuffer buffer, int offsetInBytes, int length) native "TypedData_view";

_fromList(int type, List elements) {
  var count = elements.length;
  var result = _new(type, count);
  if (_copy(result, 0, elements, 0, count)) return result;
  for (var i = 0; i < count; i++) result[i] = elements[i];
  return result;
}

// Moves elements from one typed list to another of the same type. False: they are not, or the
// ranges do not lie within them, and nothing has happened.
bool _copy(target, int start, source, int sourceStart, int count) native "TypedData_copy";

int _checkAnyInt(value, String name) native "Check_anyInt";
int _checkInt(value, int minimum, int maximum, String name) native "Check_int";

// The end of the slice [start, end) of something `length` long; null means the whole rest.
int _checkSlice(int start, int end, int length) {
  _checkInt(start, 0, length, "start");
  return end == null ? length : _checkInt(end, start, length, "end");
}

// Elements [start, end) of the data as others of `size` bytes.
_sublistView(int type, int size, TypedData data, int start, int end) {
  var elementSize = data.elementSizeInBytes;
  end = _checkSlice(start, end, data.lengthInBytes ~/ elementSize);
  var length = (end - start) * elementSize;
  if (length % size != 0) {
    throw new ArgumentError("The length of the data, $length bytes, is no multiple of $size");
  }
  return _view(type, data.buffer, data.offsetInBytes + start * elementSize, length ~/ size);
}

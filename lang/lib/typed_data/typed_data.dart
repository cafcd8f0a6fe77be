// dart:typed_data -- lists of numbers in consecutive bytes, byte data, and the buffers they share.
//
// The classes of lists, ByteData and ByteBuffer are those of the core shapes of vm/values/typed_data.h,
// whoever made the object: lang/linker/linker.cc binds them by name when the library is
// loaded, at the latest when a program first sends a message to such an object.
//
// Storing into a list of integers keeps the lowest bits; into a list of floating-point numbers any
// number may be stored. Elements of Float32x4List are no objects.
library dart.typed_data;

part 'byte_data.dart';
part 'lists.dart';

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

// The range has been checked.
_newView(int type, ByteBuffer buffer, int offsetInBytes, int length) native "TypedData_view";

_view(int type, int size, ByteBuffer buffer, int offset, int length) {
  var available = buffer.lengthInBytes;
  if (offset < 0 || offset > available) {
    throw new RangeError.range(offset, 0, available, "offsetInBytes");
  }
  if (offset % size != 0) {
    throw new RangeError("Offset ($offset) must be a multiple of BYTES_PER_ELEMENT ($size)");
  }
  var most = (available - offset) ~/ size;
  if (length == null) {
    if ((available - offset) % size != 0) {
      throw new RangeError("The rest of the buffer (${available - offset} bytes) must be a multiple "
          "of BYTES_PER_ELEMENT ($size)");
    }
    length = most;
  }
  if (length < 0 || length > most) throw new RangeError.range(length, 0, most, "length");
  return _newView(type, buffer, offset, length);
}

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

// The end of the slice [start, end) of something `length` long; null means the whole rest.
int _checkSlice(int start, int end, int length) {
  if (end == null) end = length;
  if (start < 0 || start > length) throw new RangeError.range(start, 0, length, "start");
  if (end < start || end > length) throw new RangeError.range(end, start, length, "end");
  return end;
}

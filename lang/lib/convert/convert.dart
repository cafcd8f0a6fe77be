// dart:convert -- from one representation of data to another: text to bytes, objects to JSON, and
// back; as a whole or piece by piece.
//
// Constants have their old names (UTF8) and their new ones (utf8). UTF-8 is decoded as browsers do
// it: each longest beginning of a character that does not go on counts as one mistake. Half a pair
// of surrogates is encoded as U+FFFD.
library dart.convert;

import 'dart:async';
import 'dart:typed_data';

part 'ascii.dart';
part 'base64.dart';
part 'base64_decoder.dart';
part 'byte_sinks.dart';
part 'codec.dart';
part 'html_escape.dart';
part 'json.dart';
part 'json_decoder.dart';
part 'json_encoder.dart';
part 'line_splitter.dart';
part 'string_sinks.dart';
part 'utf8.dart';
part 'utf8_decoder.dart';

int _checkInt(value, int minimum, int maximum, String name) native "Check_int";
String _checkString(value, String name) native "Check_string";

// The end of the slice [start, end) of something `length` long; null means the whole rest.
int _checkSlice(int start, int end, int length) {
  _checkInt(start, 0, length, "start");
  return end == null ? length : _checkInt(end, start, length, "end");
}

// Of what will be a text, such as bytes. So many as no list can have are not walked through until there is no room.
int _checkBytes(int start, int end, List<int> bytes) {
  end = _checkSlice(start, end, bytes.length);
  checkCount(end - start);
  return end;
}

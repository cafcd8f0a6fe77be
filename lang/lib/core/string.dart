// Strings: sequences of UTF-16 code units. StringBuffer.
part of dart.core;

abstract class Pattern {}

class String implements Comparable<String>, Pattern {
  const factory String.fromEnvironment(String name, {String defaultValue: ""}) => defaultValue;
  factory String.fromCharCode(int charCode) {
    _checkInt(charCode, 0, 0x10ffff, "charCode");
    return _stringFromCharCodes([charCode], 0, 1);
  }

  factory String.fromCharCodes(Iterable<int> charCodes, [int start = 0, int end]) {
    return _stringFromCharCodes(charCodes.toList(), start, end);
  }

  int get length native "String_length";
  String operator [](int index) native "String_at";
  int codeUnitAt(int index) native "String_codeUnitAt";
  String operator +(String other) native "String_concatenate";
  bool operator ==(other) native "String_equals";
  int get hashCode native "String_hashCode";
  int compareTo(String other) native "String_compareTo";
  String toUpperCase() native "String_toUpperCase";
  String toLowerCase() native "String_toLowerCase";
  String trim() native "String_trim";
  String trimLeft() native "String_trimLeft";
  String trimRight() native "String_trimRight";
  // Without an end: up to the string's.
  String substring(int startIndex, [int endIndex]) native "String_substring";
  // Without a start: from the first unit on.
  int indexOf(String pattern, [int start]) native "String_indexOf";
  // Without a start: from the last unit on.
  int lastIndexOf(String pattern, [int start]) native "String_lastIndexOf";
  int _placeOf(String other, int startIndex) native "String_indexOf";
  // Without an index: at the first unit.
  bool startsWith(String pattern, [int index]) native "String_matchesAt";
  bool endsWith(String other) native "String_endsWith";
  // Nothing for a negative count.
  String operator *(int times) native "String_repeat";
  // Padded with a space, if nothing is given.
  String padLeft(int width, [String padding]) native "String_padLeft";
  String padRight(int width, [String padding]) native "String_padRight";

  String toString() => this;
  Type get runtimeType => String;
  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  bool contains(String other, [int startIndex]) => _placeOf(other, startIndex) >= 0;

  List<String> split(String pattern) {
    _checkString(pattern, "pattern");
    var result = <String>[];
    if (pattern.isEmpty) {
      for (var i = 0; i < length; i++) result.add(this[i]);
      return result;
    }
    var from = 0;
    while (true) {
      var at = indexOf(pattern, from);
      if (at < 0) break;
      result.add(substring(from, at));
      from = at + pattern.length;
    }
    result.add(substring(from));
    return result;
  }

  String replaceAll(String from, String replace) {
    _checkString(from, "from");
    _checkString(replace, "replace");
    if (from.isEmpty) {
      var buffer = new StringBuffer(replace);
      for (var i = 0; i < length; i++) {
        buffer.write(this[i]);
        buffer.write(replace);
      }
      return buffer.toString();
    }
    return split(from).join(replace);
  }

  String replaceFirst(String from, String to, [int startIndex = 0]) {
    _checkString(from, "from");
    _checkString(to, "to");
    _checkInt(startIndex, 0, length, "startIndex");
    var at = indexOf(from, startIndex);
    if (at < 0) return this;
    return substring(0, at) + to + substring(at + from.length);
  }

  String replaceRange(int start, int end, String replacement) {
    end = _checkSlice(start, end, length);
    _checkString(replacement, "replacement");
    return substring(0, start) + replacement + substring(end);
  }

  List<int> get codeUnits {
    var result = new List<int>(length);
    for (var i = 0; i < length; i++) result[i] = codeUnitAt(i);
    return result;
  }

  // The code points; a lone surrogate stands for itself.
  Iterable<int> get runes {
    var result = <int>[];
    for (var i = 0; i < length; i++) {
      var unit = codeUnitAt(i);
      if ((unit & 0xfc00) == 0xd800 && i + 1 < length) {
        var low = codeUnitAt(i + 1);
        if ((low & 0xfc00) == 0xdc00) {
          unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
          i++;
        }
      }
      result.add(unit);
    }
    return result;
  }
}

// Code points from `start` to `end`.
String _stringFromCharCodes(List charCodes, int start, int end) native "String_fromCharCodes";
String _concatenateAll(List<String> parts) native "String_concatenateAll";

abstract class StringSink {
  void write(Object object);
  void writeln([Object object = ""]);
  void writeAll(Iterable objects, [String separator = ""]);
  void writeCharCode(int charCode);
}

class StringBuffer implements StringSink {
  List _parts = [];
  int _length = 0;

  StringBuffer([Object content = ""]) {
    write(content);
  }

  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;

  void write(Object object) {
    var text = object is String ? object : "$object";
    if (text.isEmpty) return;
    _parts.add(text);
    _length += text.length;
  }

  void writeln([Object object = ""]) {
    write(object);
    write("\n");
  }

  void writeAll(Iterable objects, [String separator = ""]) {
    var first = true;
    for (var object in objects) {
      if (!first) write(separator);
      first = false;
      write(object);
    }
  }

  void writeCharCode(int charCode) {
    write(new String.fromCharCode(charCode));
  }

  void clear() {
    _parts = [];
    _length = 0;
  }

  String toString() {
    if (_parts.length == 0) return "";
    // The joined text replaces its parts: asking again is cheap.
    if (_parts.length > 1) _parts = [_concatenateAll(_parts)];
    return _parts[0];
  }
}

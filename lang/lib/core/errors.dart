// The exceptions and errors of the language and its libraries.
part of dart.core;

abstract class Exception {
  factory Exception([message]) => new _Exception(message);
}

class _Exception implements Exception {
  final message;
  _Exception([this.message]);
  Type get runtimeType => Exception;
  String toString() => message == null ? "Exception" : "Exception: $message";
}

class FormatException implements Exception {
  final String message;
  final source;
  final int offset;
  const FormatException([this.message = "", this.source, this.offset]);

  String toString() {
    var text = "FormatException";
    if (message != null && message != "") text = "$text: $message";
    if (source is! String) return offset == null ? text : "$text (at offset $offset)";
    if (offset == null || offset < 0 || offset > source.length) {
      return "$text\n${source.length > 78 ? "${source.substring(0, 75)}..." : source}";
    }
    return _withPlace(text);
  }

  // With the line of the source, or a part of it, and a mark below the place.
  String _withPlace(String text) {
    var line = 1;
    var start = 0;
    for (var i = 0; i < offset; i++) {
      var isFeed = source[i] == "\n";
      if (!isFeed && source[i] != "\r") continue;
      if (!isFeed || i == 0 || source[i - 1] != "\r") line++;
      start = i + 1;
    }
    var end = offset;
    while (end < source.length && source[end] != "\n" && source[end] != "\r") end++;
    text = line == 1
        ? "$text (at character ${offset + 1})"
        : "$text (at line $line, character ${offset - start + 1})";
    var before = "";
    var after = "";
    if (end - start > 78) {
      if (offset - start < 75) {
        end = start + 75;
        after = "...";
      } else if (end - offset < 75) {
        start = end - 75;
        before = "...";
      } else {
        start = offset - 36;
        end = offset + 36;
        before = after = "...";
      }
    }
    var mark = " " * (offset - start + before.length);
    return "$text\n$before${source.substring(start, end)}$after\n$mark^\n";
  }
}

class IntegerDivisionByZeroException implements Exception {
  const IntegerDivisionByZeroException();
  String toString() => "IntegerDivisionByZeroException";
}

class Error {
  // Set when the error is thrown for the first time.
  StackTrace _stackTrace;

  Error();

  StackTrace get stackTrace => _stackTrace;

  // Text for messages that runs no code of the program.
  static String safeToString(Object object) {
    if (object is num || object is bool || object == null) return object.toString();
    if (object is String) return _quoted(object);
    return _plainToString(object);
  }

  // As JSON writes it: what would not be seen as it is, or would end it, is escaped.
  static String _quoted(String text) {
    var buffer = new StringBuffer('"');
    for (var i = 0; i < text.length; i++) {
      var unit = text.codeUnitAt(i);
      var place = "\b\t\n\f\r\"\\".indexOf(text[i]);
      if (place >= 0) {
        buffer.write("\\");
        buffer.write('btnfr"\\'[place]);
      } else if (unit < 0x20) {
        buffer.write("\\u00");
        buffer.write(unit.toRadixString(16).padLeft(2, "0"));
      } else {
        buffer.write(text[i]);
      }
    }
    buffer.write('"');
    return buffer.toString();
  }
}

String _plainToString(object) native "Object_toString";

// "Found '...'", with the parameters of the method that there is and that does not fit; or how a sentence ends that says
// that there is none, perhaps with a name that is near.
String _explainNoSuchMethod(receiver, String name, int kind, int count, bool hasNames)
    native "Object_explainNoSuchMethod";

// A line of a file of the program; "" if its text is not there.
String _lineOfSource(String file, int line) native "Source_line";

// What stands in a line before the `.` in front of the member at `column`, counted from 1.
String _receiverIn(String line, int column) {
  var end = column - 2;
  if (end < 1 || end >= line.length || line[end] != ".") return "";
  if (line[end - 1] == "?") end--;
  var start = end;
  var open = 0;
  while (start > 0) {
    var c = line[start - 1];
    if (c == ")" || c == "]") open++;
    if (c == "(" || c == "[") open--;
    if (open < 0 || (open == 0 && !_isOfExpression(c))) break;
    start--;
  }
  return open > 0 ? "" : line.substring(start, end);
}

bool _isOfExpression(String c) {
  var code = c.codeUnitAt(0) | 0x20;
  return (code >= 0x61 && code <= 0x7a) || (c.compareTo("0") >= 0 && c.compareTo("9") <= 0) ||
      "_\$.()[]".contains(c);
}

class AssertionError extends Error {
  final message;
  AssertionError([this.message]);
  String toString() => message == null ? "Assertion failed" : "Assertion failed: $message";
}

class TypeError extends AssertionError {
  TypeError([message]) : super(message);
  String toString() => message == null ? "TypeError" : "TypeError: $message";
}

class _UnknownTypeError extends TypeError implements NoSuchMethodError {
  _UnknownTypeError(String message) : super(message);
}

class CastError extends Error {
  final message;
  CastError([this.message]);
  String toString() => message == null ? "CastError" : "CastError: $message";
}

class NullThrownError extends Error {
  String toString() => "Throw of null.";
}

class ArgumentError extends Error {
  final bool _hasValue;
  final invalidValue;
  final String name;
  final message;

  ArgumentError([this.message])
      : _hasValue = false,
        invalidValue = null,
        name = null;

  ArgumentError.value(value, [String this.name, this.message])
      : _hasValue = true,
        invalidValue = value;

  ArgumentError.notNull([String this.name])
      : _hasValue = false,
        invalidValue = null,
        message = "Must not be null";

  String get _title => "Invalid argument";
  String get _titleOfMany => "Invalid argument(s)";
  String get _explanation => "";

  String toString() {
    if (!_hasValue && name == null) {
      return message == null ? _titleOfMany : "$_titleOfMany: $message";
    }
    var title = _hasValue ? _title : _titleOfMany;
    var text = name == null ? title : "$title ($name)";
    if (message != null) text = "$text: $message";
    if (!_hasValue) return text;
    return "$text$_explanation: ${Error.safeToString(invalidValue)}";
  }
}

class RangeError extends ArgumentError {
  final num start;
  final num end;

  RangeError(message)
      : start = null,
        end = null,
        super(message);

  RangeError.value(num value, [String name, String message])
      : start = null,
        end = null,
        super.value(value, name, message == null ? "Value not in range" : message);

  RangeError.range(num value, num minimum, num maximum, [String name, String message])
      : start = minimum,
        end = maximum,
        super.value(value, name, message == null ? "Invalid value" : message);

  factory RangeError.index(int index, indexable, [String name, String message, int length]) =
      IndexError;

  String get _title => "RangeError";
  String get _titleOfMany => "RangeError";

  String get _explanation {
    if (start == null) return end == null ? "" : ": Not less than or equal to $end";
    if (end == null) return ": Not greater than or equal to $start";
    if (end > start) return ": Not in range $start..$end, inclusive";
    if (end < start) return ": Valid value range is empty";
    return ": Only valid value is $start";
  }

  static void checkValueInInterval(int value, int minimum, int maximum,
      [String name, String message]) {
    if (value < minimum || value > maximum) {
      throw new RangeError.range(value, minimum, maximum, name, message);
    }
  }

  static void checkNotNegative(int value, [String name, String message]) {
    if (value < 0) throw new RangeError.range(value, 0, null, name, message);
  }

  static void checkValidIndex(int index, indexable, [String name, int length, String message]) {
    if (length == null) length = indexable.length;
    if (index < 0 || index >= length) {
      throw new RangeError.index(index, indexable, name == null ? "index" : name, message, length);
    }
  }

  static int checkValidRange(int start, int end, int length,
      [String startName = "start", String endName = "end", String message]) {
    if (start < 0 || start > length) {
      throw new RangeError.range(start, 0, length, startName, message);
    }
    if (end == null) return length;
    if (end < start || end > length) {
      throw new RangeError.range(end, start, length, endName, message);
    }
    return end;
  }
}

// What a native function of the libraries says about an argument.
class _RefusedArgument extends ArgumentError {
  final String _text;
  _RefusedArgument(value, String function, String name, String rule)
      : _text = "$function: ${_what(name)} $rule, it is ${Error.safeToString(value)}",
        super.value(value, name);
  Type get runtimeType => ArgumentError;
  String toString() => "Invalid argument(s): $_text";

  static String _what(String name) => name == "" ? "the receiver" : "argument '$name'";
}

class _RefusedRange extends RangeError {
  final String _text;
  _RefusedRange(value, String function, String name, String rule, [int minimum, int maximum])
      : _text = "$function: ${_RefusedArgument._what(name)} $rule, it is "
            "${Error.safeToString(value)}",
        super.range(value, minimum, maximum, name);
  Type get runtimeType => RangeError;
  String toString() => "RangeError: $_text";

  static String _within(value, int minimum, int maximum) {
    if (maximum == 0x7fffffffffffffff && value is int) {
      if (value < minimum) return "must not be less than $minimum";
      return "must be an int of 64 bits";
    }
    if (maximum < minimum) return "cannot be right, whatever it is";
    return "must be from $minimum to $maximum";
  }
}

class IndexError extends ArgumentError implements RangeError {
  final indexable;
  final int length;

  IndexError(int index, this.indexable, [String name, String message, int length])
      : length = length == null ? indexable.length : length,
        super.value(index, name == null ? "index" : name,
            message == null ? "Index out of range" : message);

  int get start => 0;
  int get end => length - 1;
  Type get runtimeType => RangeError;
  String get _title => "RangeError";

  String get _explanation {
    if (invalidValue < 0) return ": index must not be negative";
    if (length == 0) return ": no indices are valid";
    return ": index should be less than $length";
  }
}

class FallThroughError extends Error {
  FallThroughError();
  String toString() => "'switch case fall-through'";
}

class AbstractClassInstantiationError extends Error {
  final String _className;
  AbstractClassInstantiationError(this._className);
  String toString() => "Cannot instantiate abstract class: '$_className'";
}

class NoSuchMethodError extends Error {
  final Object _receiver;
  final String _memberName;
  final String _text;

  // `memberName` is a Symbol.
  NoSuchMethodError(this._receiver, Symbol memberName, List positionalArguments,
      Map<Symbol, dynamic> namedArguments, [List existingArgumentNames])
      : _memberName = memberName._name,
        _text = "Class '${_receiver.runtimeType}' has no instance member '${memberName._name}'.",
        _call = _callText(_memberNameOf(memberName), _Invocation._METHOD, positionalArguments,
            namedArguments);

  NoSuchMethodError._of(receiver, _Invocation invocation)
      : _receiver = receiver,
        _memberName = invocation._name,
        _text = _reason(receiver, invocation),
        _call = _callText(invocation._name, invocation._kind, invocation.positionalArguments,
            invocation.namedArguments);

  // For calls of what is there with arguments that do not fit.
  NoSuchMethodError._arguments(receiver, String name, String reason, List arguments)
      : _receiver = receiver,
        _memberName = name,
        _text = reason,
        _call = _callText(name, _Invocation._METHOD, arguments, null);

  final String _call;

  static String _memberNameOf(Symbol symbol) => symbol._name;

  static String _reason(receiver, _Invocation invocation) {
    var name = invocation._name;
    var kind = invocation.isGetter ? "getter" : (invocation.isSetter ? "setter" : "method");
    if (receiver == null) return "The $kind '$name' was called on null.";
    var why = _explainNoSuchMethod(receiver, name, invocation._kind,
        invocation.positionalArguments.length, invocation.namedArguments.isNotEmpty);
    if (why.startsWith("Found")) return "$why, but it is called with ${_countText(invocation)}.";
    var fitting = kind == "method" ? " that takes these arguments" : "";
    return "Class '${receiver.runtimeType}' has no instance $kind '$name'$fitting$why";
  }

  // From the program's own frame that the error comes from: what stands there for the receiver. What
  // is null in the libraries is nothing that stands in the program.
  String _whatIsNull() {
    if (stackTrace == null) return "";
    var place;
    for (var frame in "$stackTrace".split("\n")) {
      if (frame.contains(" Object.noSuchMethod (dart:core/")) continue;
      if (frame.contains("(dart:") || !frame.endsWith(")")) return "";
      place = frame.substring(frame.lastIndexOf(" (") + 2, frame.length - 1).split(":");
      break;
    }
    if (place == null || place.length < 3) return "";
    var line = int.parse(place[place.length - 2], onError: (_) => 0);
    var column = int.parse(place.last, onError: (_) => 0);
    var file = place.sublist(0, place.length - 2).join(":");
    var receiver = _receiverIn(_lineOfSource(file, line), column);
    return receiver == "" || receiver == "null" ? "" : "\nReceiver: $receiver, which is null";
  }

  // "1 argument and fast, slow"
  static String _countText(_Invocation invocation) {
    var count = invocation.positionalArguments.length;
    var text = count == 1 ? "1 argument" : "${count == 0 ? "no" : count} arguments";
    var names = invocation.namedArguments.keys.map((symbol) => symbol._name).toList();
    return names.isEmpty ? text : "$text and ${names.join(', ')}";
  }

  static String _callText(String name, int kind, List positional, Map named) {
    if (kind == _Invocation._GETTER) return name;
    if (kind == _Invocation._SETTER) return "$name = ${Error.safeToString(positional[0])}";
    var texts = positional == null ? [] : positional.map(Error.safeToString).toList();
    if (named != null) {
      named.forEach((symbol, value) {
        texts.add("${symbol._name}: ${Error.safeToString(value)}");
      });
    }
    return "$name(${texts.join(', ')})";
  }

  String toString() {
    var text = "NoSuchMethodError: $_text";
    if (_receiver != null) text = "$text\nReceiver: ${Error.safeToString(_receiver)}";
    if (_text.endsWith(" was called on null.")) text = "$text${_whatIsNull()}";
    return "$text\nTried calling: $_call";
  }
}

class UnsupportedError extends Error {
  final String message;
  UnsupportedError(this.message);
  String toString() => "Unsupported operation: $message";
}

class UnimplementedError extends Error implements UnsupportedError {
  final String message;
  UnimplementedError([this.message]);
  String toString() => message == null ? "UnimplementedError" : "UnimplementedError: $message";
}

class StateError extends Error {
  final String message;
  StateError(this.message);
  String toString() => "Bad state: $message";
}

class ConcurrentModificationError extends Error {
  final Object modifiedObject;
  ConcurrentModificationError([this.modifiedObject]);
  String toString() {
    if (modifiedObject == null) return "Concurrent modification during iteration.";
    return "Concurrent modification during iteration: ${Error.safeToString(modifiedObject)}.";
  }
}

class OutOfMemoryError implements Error {
  StackTrace _stackTrace;
  OutOfMemoryError();
  StackTrace get stackTrace => _stackTrace;
  String toString() => "Out of Memory";
}

class StackOverflowError implements Error {
  StackTrace _stackTrace;
  StackOverflowError();
  StackTrace get stackTrace => _stackTrace;
  String toString() => "Stack Overflow";
}

// Of a library that is imported with `deferred`, and used before it has been loaded.
class DeferredNotLoadedError extends Error implements NoSuchMethodError {
  final String _prefix;
  DeferredNotLoadedError._(this._prefix);
  String toString() => "Deferred library '$_prefix' was not loaded.";
}

class LateInitializationError extends Error {
  final String _message;
  LateInitializationError._(this._message);
  String toString() => "LateInitializationError: $_message";
}

class CyclicInitializationError extends Error {
  final String variableName;
  CyclicInitializationError([this.variableName]);
  String toString() {
    if (variableName == null) return "Reading a variable while it is being initialised";
    return "Reading '$variableName' while it is being initialised";
  }
}

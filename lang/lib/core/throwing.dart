// How the interpreter throws: it calls one of these functions instead of going on. Stack traces
// leave their frames out, because their names begin with "_throw".
part of dart.core;

_throwNoSuchMethod(receiver, String name, int kind, List positional, List namesAndValues) {
  var named = new Map<Symbol, dynamic>();
  for (var i = 0; i < namesAndValues.length; i += 2) {
    named[new Symbol(namesAndValues[i])] = namesAndValues[i + 1];
  }
  // Not always an exception: a class may answer.
  return receiver.noSuchMethod(new _Invocation(name, kind, positional, named));
}

_throwArgumentMismatch(receiver, String name, String reason, List arguments) {
  throw new NoSuchMethodError._arguments(receiver, name, reason, arguments);
}

_throwIndexError(index, list, int length) {
  if (index is! int) throw new ArgumentError.value(index, "index", "Not an integer");
  throw new RangeError.index(index, list, "index", null, length);
}

_throwNotANumber(value) {
  throw new ArgumentError.value(value, null, "Not a number");
}

_throwArgumentError(value, String message) {
  throw new ArgumentError.value(value, null, message);
}

_throwLengthError(value) {
  throw new RangeError.range(value, 0, _MAX_LIST_LENGTH, "length");
}

_throwDivisionByZero() {
  throw const IntegerDivisionByZeroException();
}

_throwUnsupported(String message) {
  throw new UnsupportedError(message);
}

_throwTypeError(String message) {
  throw new TypeError(message);
}

_throwCastError(value, String typeName) {
  throw new CastError("${value.runtimeType} is not a $typeName");
}

_throwNull() {
  throw new NullThrownError();
}

_throwCyclicInitialization(String name) {
  throw new CyclicInitializationError(name);
}

_throwAbstractInstantiation(String name) {
  throw new AbstractClassInstantiationError(name);
}

_throwFallThrough() {
  throw new FallThroughError();
}

_throwAssertion(String condition) {
  throw new AssertionError("$condition is not true");
}

_throwConcurrentModification(object) {
  throw new ConcurrentModificationError(object);
}

void _checkNotNegative(int value, String name) {
  if (value < 0) throw new RangeError.range(value, 0, null, name);
}

void _checkRange(int value, int minimum, int maximum, String name) {
  if (value == null) throw new ArgumentError.notNull(name);
  if (value < minimum || value > maximum) {
    throw new RangeError.range(value, minimum, maximum, name);
  }
}

// The end of the slice [start, end) of something `length` long; null means the whole rest.
int _checkSlice(int start, int end, int length) {
  if (end == null) end = length;
  if (start < 0 || start > length) throw new RangeError.range(start, 0, length, "start");
  if (end < start || end > length) throw new RangeError.range(end, start, length, "end");
  return end;
}

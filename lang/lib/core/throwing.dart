// How the interpreter throws: it calls one of these functions instead of going on. Stack traces
// leave their frames out, because their names begin with "_throw".
part of dart.core;

// Not always an exception: a class may answer.
_throwNoSuchMethod(receiver, String name, int kind, List positional, List namesAndValues) {
  return receiver.noSuchMethod(_invocationOf(name, kind, positional, namesAndValues));
}

// Of a call of `super`: the superclass's noSuchMethod is `handler`.
_askNoSuchMethodAbove(
    receiver, String name, int kind, List positional, List namesAndValues, Function handler) {
  return handler(_invocationOf(name, kind, positional, namesAndValues));
}

_invocationOf(String name, int kind, List positional, List namesAndValues) {
  var named = new Map<Symbol, dynamic>();
  for (var i = 0; i < namesAndValues.length; i += 2) {
    named[new Symbol(namesAndValues[i])] = namesAndValues[i + 1];
  }
  return new _Invocation(name, kind, positional, new _UnmodifiableMap<Symbol, dynamic>(named));
}

_throwArgumentMismatch(receiver, String name, String reason, List arguments) {
  throw new NoSuchMethodError._arguments(receiver, name, reason, arguments);
}

_throwIndexError(index, list, int length, String name) {
  throw new RangeError.index(index, list, name, null, length);
}

// A native refused an argument; without a name, its receiver.
_throwArgumentRefused(value, String function, String name, String rule) {
  throw new _RefusedArgument(value, function, name, rule);
}

_throwPlaceRefused(value, String function, String name, String rule) {
  throw new _RefusedRange(value, function, name, rule);
}

_throwArgumentOutOfRange(value, String function, String name, int minimum, int maximum) {
  throw new _RefusedRange(
      value, function, name, _RefusedRange._within(value, minimum, maximum), minimum, maximum);
}

_throwArgumentError(value, String message) {
  throw new ArgumentError.value(value, null, message);
}

_throwDivisionByZero() {
  throw const IntegerDivisionByZeroException();
}

_throwUnsupported(String message) {
  throw new UnsupportedError(message);
}

// Of a function that is only said to be somewhere else.
_throwExternal(String name) {
  throw new NoSuchMethodError._arguments(
      null, name, "'$name' is external, and nothing says what it does.", null);
}

_throwStateError(String message) {
  throw new StateError(message);
}

_throwTypeError(String message) {
  throw new TypeError(message);
}

// Which one it is has changed over the years; it is both.
_throwUnknownType(String message) {
  throw new _UnknownTypeError(message);
}

_throwFallThrough() {
  throw new FallThroughError();
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

_throwAssertion(String condition) {
  throw new AssertionError("$condition is not true");
}

_throwAssertionOf(message) {
  throw new AssertionError(message);
}

_throwLate(String message) {
  throw new LateInitializationError._(message);
}

_throwNullCheck(String operand) {
  throw new TypeError("Null check operator used on a null value: '$operand' is null");
}

// What `assert` looks at: a function is called for it.
_assertedValue(value) => value is Function ? value() : value;

// Of checked mode: `what` is what the value was for.
_throwTypeCheck(value, String typeName, String what) {
  throw new TypeError("type '${value.runtimeType}' is not a subtype of type '$typeName' of $what.");
}

_throwConditionCheck(value) {
  if (value == null) throw new AssertionError("the condition is null");
  throw new TypeError("type '${value.runtimeType}' is not a subtype of type 'bool' of the condition.");
}

_throwAmbiguousExtension(receiver, String name, String reason) {
  throw new NoSuchMethodError._arguments(receiver, name, reason, null);
}

// What the compiler calls for literals of collections.
_spreadInto(collection, elements) {
  if (collection == null) collection = elements is Map ? new Map() : new Set();
  collection.addAll(elements);
  return collection;
}

_addPairs(List pairs, Map map) {
  map.forEach((key, value) {
    pairs.add(key);
    pairs.add(value);
  });
}

_throwConcurrentModification(object) {
  throw new ConcurrentModificationError(object);
}

// Checks of what a program gave the function that calls them, where no native does: `name` is what
// that function calls it.
// An int; null as maximum: however large.
int _checkInt(value, int minimum, int maximum, String name) native "Check_int";
int _checkAnyInt(value, String name) native "Check_anyInt"; // Of any size.
num _checkNum(value, String name) native "Check_num";
String _checkString(value, String name) native "Check_string";

// The end of the slice [start, end) of something `length` long; null means the whole rest.
int _checkSlice(int start, int end, int length) {
  _checkInt(start, 0, length, "start");
  return end == null ? length : _checkInt(end, start, length, "end");
}

// Found by the compiler.
_throwNotLoaded(String prefix) {
  throw new DeferredNotLoadedError._(prefix);
}

// For hosts that make errors of these types (fart.hpp): the C interface calls functions.
_newArgumentError(value, String name, message) => new ArgumentError.value(value, name, message);

_newRangeError(value, minimum, maximum, String name) =>
    new RangeError.range(value, minimum, maximum, name);

_newError(String type, String message) {
  switch (type) {
    case "StateError":
      return new StateError(message);
    case "UnsupportedError":
      return new UnsupportedError(message);
    case "FormatException":
      return new FormatException(message);
  }
  return new Exception(message);
}

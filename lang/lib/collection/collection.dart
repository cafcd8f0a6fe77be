// dart:collection -- maps, sets and queues of other kinds than dart:core's, and classes to make one's
// own of.
//
// Hash maps and sets keep the order in which keys came, also those that need not. What is sorted is
// a treap, whose shape depends on nothing but what was put in: looking something up changes nothing.
// What is changed while it is walked through throws ConcurrentModificationError.
library dart.collection;

export 'dart:core' show HashMap, HashSet, LinkedHashMap, LinkedHashSet;

part 'iterable.dart';
part 'linked_list.dart';
part 'list.dart';
part 'map.dart';
part 'queue.dart';
part 'set.dart';
part 'sorted.dart';
part 'sorted_tree.dart';
part 'views.dart';

int _checkInt(value, int minimum, int maximum, String name) native "Check_int";
int _checkAnyInt(value, String name) native "Check_anyInt"; // Of any size.

// The end of the slice [start, end) of something `length` long; null means the whole rest.
int _checkSlice(int start, int end, int length) {
  _checkInt(start, 0, length, "start");
  return end == null ? length : _checkInt(end, start, length, "end");
}

StateError _noElement() => new StateError("No element");
StateError _tooMany() => new StateError("Too many elements");

_throwConcurrentModification(object) {
  throw new ConcurrentModificationError(object);
}

String _print(object, String open, String close, void content(StringBuffer buffer)) {
  var printed = beingPrinted();
  if (printed.contains(object)) return "$open...$close";
  var buffer = new StringBuffer(open);
  var before = printed.add(object);
  try {
    content(buffer);
  } finally {
    printed.cutTo(before);
  }
  buffer.write(close);
  return buffer.toString();
}

String _printIterable(Iterable iterable, String open, String close) {
  return _print(iterable, open, close, (buffer) => buffer.writeAll(iterable, ", "));
}

// What the comparisons (*_alike.dart) share.
library alike;

import 'dart:collection';

// `length`, [] and their setters, and no more.
abstract class Least<E> {
  var all = <E>[];
  int get length => all.length;
  void set length(int count) {
    all.length = count;
  }
  E operator [](int index) => all[index];
  void operator []=(int index, E value) {
    all[index] = value;
  }
}

class Own<E> extends ListBase<E> with Least<E> {}

// What f() answers; of an error the kind.
String show(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "<${error is RangeError ? RangeError : error.runtimeType}>";
  }
}

// Where data goes, whatever becomes of it.
part of dart.core;

abstract class Sink<T> {
  void add(T data);
  void close();
}

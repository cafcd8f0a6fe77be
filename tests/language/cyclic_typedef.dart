// A typedef that leads to itself is an error, by whatever way.
// expect-compile-error: cyclic_typedef.dart:3:9: Error: The typedef 'B' leads to itself.
typedef B = List<A>;
typedef A = Map<int, B>;
main() {}

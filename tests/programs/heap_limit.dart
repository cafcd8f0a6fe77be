// Needs more than the limit that the test sets.
fill() {
  var all = new List(100000);
  for (var i = 0; i < 100000; i = i + 1) all[i] = new List(1000);
  return all.length;
}

main() {
  try {
    print(fill());
  } catch (e) {
    print("caught ${e is OutOfMemoryError}");
  }
  var few = new List(10);
  for (var i = 0; i < 10; i = i + 1) few[i] = new List(1000);
  print("goes on ${few.length}");
}

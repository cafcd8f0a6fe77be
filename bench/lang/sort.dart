main() {
  var list = [];
  var x = 42;
  for (var i = 0; i < 200000; i++) {
    x = (x * 1103515245 + 12345) & 0x7fffffff;
    list.add(x);
  }
  list.sort();
  print(list[0] + list[100000]);
}

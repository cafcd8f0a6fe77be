main() {
  var length = 0;
  for (var round = 0; round < 10; round++) length += ("a" * 10000000).length;
  print(length);
}

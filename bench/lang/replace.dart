main() {
  var text = "the cat and the dog and the bird " * 100;
  var length = 0;
  for (var round = 0; round < 500; round++) length += text.replaceAll("the", "one").length;
  print(length);
}

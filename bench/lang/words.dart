main() {
  var text = "the quick brown fox jumps over the lazy dog and runs away ";
  var counts = {};
  for (var round = 0; round < 5000; round++) {
    for (var word in text.split(" ")) {
      var known = counts[word];
      counts[word] = known == null ? 1 : known + 1;
    }
  }
  print(counts["the"]);
}

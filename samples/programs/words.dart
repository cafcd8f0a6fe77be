// Counts words and prints the most frequent ones.
library words;

const TEXT = """
The quick brown fox jumps over the lazy dog. The dog sleeps; the fox, being quick, is gone.
"Who was that?" asks the dog. "A fox," says the owl -- and the dog sleeps again.
""";

Iterable<String> wordsOf(String text) =>
    new RegExp(r"[a-z]+", caseSensitive: false).allMatches(text).map((m) => m[0].toLowerCase());

Map<String, int> count(Iterable<String> words) {
  var counts = new Map<String, int>();
  for (var word in words) {
    counts.putIfAbsent(word, () => 0);
    counts[word]++;
  }
  return counts;
}

main(List<String> arguments) {
  int shown = arguments.isEmpty ? 5 : int.parse(arguments.first);
  var counts = count(wordsOf(TEXT));
  var words = counts.keys.toList()
    ..sort((a, b) {
      var order = counts[b].compareTo(counts[a]);
      return order != 0 ? order : a.compareTo(b);
    });
  for (var word in words.take(shown)) {
    print("${counts[word].toString().padLeft(3)} ${word.padRight(8)} ${'*' * counts[word]}");
  }
  print("${counts.length} different words, ${counts.values.reduce((a, b) => a + b)} in all");
  var longest = words.reduce((a, b) => b.length > a.length ? b : a);
  print("The longest: $longest");
}

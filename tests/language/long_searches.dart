// Searches for long texts that are there nearly everywhere: as quick as others, and right.
// stress-interval: 13
find(String letters) {
  var text = letters * 200000;
  var half = letters * 100000;
  var ends = [half + "b", "b" + half, half + "b" + half];
  for (var pattern in ends) {
    print("${text.indexOf(pattern)} ${text.lastIndexOf(pattern)} ${text.contains(pattern)} "
        "${text.split(pattern).length} ${text.replaceAll(pattern, '').length} "
        "${pattern.allMatches(text).length} ${text.replaceFirst(pattern, '').length}");
  }
  var other = text + "b" + text;
  print(ends.map(other.indexOf).toList());
  print(ends.map(other.lastIndexOf).toList());
  print(ends.map((p) => other.indexOf(p, 100001 * letters.length)).toList());
  print(ends.map((p) => other.lastIndexOf(p, 199999 * letters.length)).toList());
  print(ends.map((p) => other.split(p).map((s) => s.length).toList()).toList());
  print(ends.map((p) => other.replaceAll(p, "x").length).toList());
}

main() {
  find("a");
  find("\u0161");
  find("aab");
  // expect: -1 -1 false 1 200000 0 200000
  // expect: -1 -1 false 1 200000 0 200000
  // expect: -1 -1 false 1 200000 0 200000
  // expect: [100000, 200000, 100000]
  // expect: [100000, 200000, 100000]
  // expect: [-1, 200000, -1]
  // expect: [100000, -1, 100000]
  // expect: [[100000, 200000], [200000, 100000], [100000, 100000]]
  // expect: [300001, 300001, 200001]
  // expect: -1 -1 false 1 200000 0 200000
  // expect: -1 -1 false 1 200000 0 200000
  // expect: -1 -1 false 1 200000 0 200000
  // expect: [100000, 200000, 100000]
  // expect: [100000, 200000, 100000]
  // expect: [-1, 200000, -1]
  // expect: [100000, -1, 100000]
  // expect: [[100000, 200000], [200000, 100000], [100000, 100000]]
  // expect: [300001, 300001, 200001]
  // expect: -1 -1 false 1 600000 0 600000
  // expect: 2 299999 true 2 299999 1 299999
  // expect: -1 -1 false 1 600000 0 600000
  // expect: [300000, 2, 300000]
  // expect: [300000, 900000, 300000]
  // expect: [-1, 600000, -1]
  // expect: [300000, 299999, 300000]
  // expect: [[300000, 600000], [2, 299997, 300000], [300000, 300000]]
  // expect: [900001, 600001, 600001]
}

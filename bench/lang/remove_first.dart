main() {
  var list = new List.generate(20000, (i) => i, growable: true);
  var sum = 0;
  while (list.isNotEmpty) sum += list.removeAt(0);
  for (var i = 0; i < 20000; i++) list.insert(0, i);
  print(sum + list.length);
}

main() {
  var parts = new List.generate(1000, (i) => "part$i");
  var length = 0;
  for (var round = 0; round < 300; round++) length += parts.join(", ").length;
  print(length);
}

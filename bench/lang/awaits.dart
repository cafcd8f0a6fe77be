step(i) async => i;

main() async {
  var sum = 0;
  for (var i = 0; i < 1000000; i++) sum += await step(i);
  print(sum);
}

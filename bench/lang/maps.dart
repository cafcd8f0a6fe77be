main() {
  var map = {};
  for (var i = 0; i < 100000; i++) map[i * 7] = i;
  var sum = 0;
  for (var round = 0; round < 5; round++) {
    for (var i = 0; i < 100000; i++) sum += map[i * 7];
  }
  print(sum);
}

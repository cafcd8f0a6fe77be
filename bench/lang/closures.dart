main() {
  var sum = 0;
  var add = (x) {
    sum += x;
  };
  for (var i = 0; i < 1000000; i++) add(i);
  print(sum);
}

main() {
  var all = new List(100000);
  for (var i = 0; i < 100000; i = i + 1) all[i] = new List(1000);
}

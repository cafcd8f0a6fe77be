main() {
  var total = 1;
  var total = 2;
  print(total);
}

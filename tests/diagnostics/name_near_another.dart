main() {
  var counter = 0;
  conter++;
  print(counter);
}

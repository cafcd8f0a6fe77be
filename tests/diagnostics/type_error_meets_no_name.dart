main() {
  var value = 1;
  print(value is TypeError);
  print(vlaue);
}

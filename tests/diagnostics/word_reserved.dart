main() {
  var class = "A";
  print(class);
}

main() {
  var letters = ["a", "b", "c"];
  print(letters[3]);
}

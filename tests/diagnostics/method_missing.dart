main() {
  var names = ["Ann", "Bob"];
  print(names.lenght);
}

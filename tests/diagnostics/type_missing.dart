main() {
  var names = new Lst<String>();
  print(names);
}

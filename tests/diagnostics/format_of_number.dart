main() {
  print(int.parse("12x"));
}

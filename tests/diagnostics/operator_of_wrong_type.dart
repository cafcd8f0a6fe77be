main() {
  print("total: " + 3);
}

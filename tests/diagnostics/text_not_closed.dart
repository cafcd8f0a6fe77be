main() {
  print("hello);
}

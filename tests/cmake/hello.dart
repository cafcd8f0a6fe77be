main() {
  print("Hello, heap!");
}

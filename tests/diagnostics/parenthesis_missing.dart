main() {
  print("a", ;
}

main() {
  print([].first);
}

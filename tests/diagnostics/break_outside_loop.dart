main() {
  if (true) break;
}

depth(n) => 1 + depth(n + 1);

main() {
  print(depth(0));
}

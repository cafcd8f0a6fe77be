deeper(n) => deeper(n + 1) + 1;

main() {
  deeper(0);
}

const share = 100 ~/ 0;

main() {
  print(share);
}

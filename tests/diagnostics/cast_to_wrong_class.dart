main() {
  Object answer = "42";
  print((answer as int) + 1);
}

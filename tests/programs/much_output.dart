// Prints more than what stdio keeps back.
main() {
  for (var i = 0; i < 5000; i++) print('line $i');
}

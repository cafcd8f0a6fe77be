// Nothing of this program runs.
main() {
  print("not reached");
  var x = ;
}

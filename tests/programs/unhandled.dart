class Weight {
  lift() {
    throw "too heavy";
  }
}
main() {
  print("before");
  new Weight().lift();
  print("not reached");
}

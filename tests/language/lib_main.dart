main() {
  print("the main of another library");
}

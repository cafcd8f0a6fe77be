main() {
  try {
    print(1);
  } catch (e) {
    print(erorr);
  }
}

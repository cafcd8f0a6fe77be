deeper(n) => deeper(n + 1) + 1;

main() {
  try {
    deeper(0);
  } catch (e) {
    print(e);
    print(e is StackOverflowError);
  }
  print("goes on");
}

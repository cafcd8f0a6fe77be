name(digit) {
  switch (digit) {
    case 1:
      return "one";
    case 1:
      return "two";
  }
}

main() {
  print(name(1));
}

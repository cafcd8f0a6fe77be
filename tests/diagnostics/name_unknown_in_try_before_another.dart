main() {
  try {
    print(vlaue);
  } finally {
    print(2);
  }
  print(nowhere);
}

main() {
  var value = 1;
  try {
    print(vlaue);
  } finally {
    print(2);
  }
}

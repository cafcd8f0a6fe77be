spin() {
  print("spinning");
  while (true) {}
}

main() {
  try {
    spin();
  } catch (e) {
    print("caught");
  } finally {
    print("finally");
  }
}

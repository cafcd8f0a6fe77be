class Counter {
  Counter() {
    return 0;
  }
}

main() {
  new Counter();
}

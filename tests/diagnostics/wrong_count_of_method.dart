class Door {
  open(key) => "open";
}

main() {
  print(new Door().open());
}

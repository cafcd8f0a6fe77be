class Account {
  int balance = 0;

  void pay(int amount) {
    if (amount > 0) {
      balance += amount;
  }
}

main() {
  new Account().pay(3);
}

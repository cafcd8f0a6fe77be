// Accounts, and what can go wrong with them.
class BankException implements Exception {
  final String message;
  const BankException(this.message);
  toString() => "BankException: $message";
}

class NotEnough extends BankException {
  final int missing;
  NotEnough(int missing)
      : missing = missing,
        super("$missing cents are missing");
}

enum State { open, frozen }

class Account {
  static int _made = 0;
  final int number;
  final String owner;
  int _balance = 0;
  State state = State.open;

  Account(this.owner) : number = ++_made;

  int get balance => _balance;

  void pay(int amount) {
    if (amount <= 0) throw new ArgumentError("cannot pay $amount");
    _checkOpen();
    _balance += amount;
  }

  void draw(int amount) {
    _checkOpen();
    if (amount > _balance) throw new NotEnough(amount - _balance);
    _balance -= amount;
  }

  void _checkOpen() {
    switch (state) {
      case State.open:
        return;
      case State.frozen:
        throw const BankException("the account is frozen");
    }
  }

  toString() => "$owner: ${(_balance / 100).toStringAsFixed(2)} (${state.toString().split('.').last})";
}

class SavingsAccount extends Account {
  final num rate;
  SavingsAccount(String owner, {this.rate: 0.02}) : super(owner);

  void endYear() => pay((balance * rate).round());

  void draw(int amount) {
    if (amount > 50000) throw new BankException("give notice of $amount");
    super.draw(amount);
  }
}

class Bank {
  final List<String> journal = [];

  void transfer(Account from, Account to, int amount) {
    var before = from.balance;
    try {
      from.draw(amount);
      to.pay(amount);
      journal.add("$amount from #${from.number} to #${to.number}");
    } on NotEnough catch (e) {
      journal.add("refused, ${e.missing} too little");
      rethrow;
    } catch (e) {
      if (from.balance != before) from.pay(before - from.balance);
      journal.add("undone: $e");
    } finally {
      journal.add("--");
    }
  }
}

main() {
  var bank = new Bank();
  var ann = new Account("Ann")..pay(10000);
  var bob = new SavingsAccount("Bob", rate: 0.03)..pay(200000);
  bank.transfer(ann, bob, 2500);
  try {
    bank.transfer(ann, bob, 10000);
  } on BankException catch (e, trace) {
    print("$e ${trace.toString().contains('Bank.transfer')}");
  }
  bob.state = State.frozen;
  bank.transfer(ann, bob, 100);
  bob.state = State.open;
  bank.transfer(bob, ann, 60000);
  bob.endYear();
  print(bank.journal.join("\n"));
  print("$ann\n$bob");
  try {
    ann.pay(-5);
  } on BankException {
    print("never");
  } catch (e) {
    print(e);
  }
}

class TooYoung {
  final age;
  TooYoung(this.age);
  toString() => "TooYoung: $age years";
}

enter(age) {
  if (age < 18) throw new TooYoung(age);
}

main() {
  enter(12);
}

const primes = const [2, 3, 5];

main() {
  primes.add(7);
}

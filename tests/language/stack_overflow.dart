// Runaway recursion is an error that can be caught; the program goes on.
// stress-interval: 10
forever(n) => forever(n + 1) + 1;

class Node {
  get self => self;
}

main() {
  for (var i = 0; i < 3; i++) {
    try {
      forever(0);
    } catch (e) {
      print(e);
      print(e is StackOverflowError && e is Error);
    }
  }
  // expect: Stack Overflow
  // expect: true
  // expect: Stack Overflow
  // expect: true
  // expect: Stack Overflow
  // expect: true
  try {
    new Node().self;
  } on StackOverflowError catch (e, trace) {
    print(trace.toString().contains("more"));  // expect: true
  }
  depth(n) => n == 0 ? 0 : 1 + depth(n - 1);
  print(depth(10000));  // expect: 10000
}

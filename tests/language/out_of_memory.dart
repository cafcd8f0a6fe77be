// The heap limit is an error that can be caught; the program goes on.
// flags: --max-heap=4m
// stress-interval: 20000
class Node {
  var next, a, b, c;
  Node(this.next);
}

exhaust() {
  var chain = null;
  while (true) chain = new Node(chain);
}

exhaustWithLists() {
  var lists = [];
  while (true) lists.add(new List(1000));
}

main() {
  for (var i = 0; i < 2; i++) {
    try {
      exhaust();
    } on OutOfMemoryError catch (e) {
      print(e);
    }
    try {
      exhaustWithLists();
    } catch (e) {
      print(e is OutOfMemoryError);
    }
  }
  // expect: Out of Memory
  // expect: true
  // expect: Out of Memory
  // expect: true
  try {
    new List(10000000);
  } catch (e) {
    print(e);  // expect: Out of Memory
  }
  try {
    var s = "x";
    while (true) s = s + s;
  } catch (e) {
    print(e);  // expect: Out of Memory
  }
  var sum = 0;
  for (var i = 0; i < 1000; i++) sum += new List(10).length;
  print(sum);  // expect: 10000
}

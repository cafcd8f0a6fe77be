// A little of everything that allocates.
class Node {
  var left;
  var right;
  var value;
  Node(this.value);
  insert(v) {
    if (v < value) {
      if (left == null) left = new Node(v); else left.insert(v);
    } else {
      if (right == null) right = new Node(v); else right.insert(v);
    }
  }
  visit(f) {
    if (left != null) left.visit(f);
    f(value);
    if (right != null) right.visit(f);
  }
}

main() {
  var random = 12345;
  var root = new Node(500);
  for (var i = 0; i < 30; i = i + 1) {
    random = (random * 1103 + 12345) % 1000;
    root.insert(random);
  }
  var text = "";
  root.visit((v) {
    text = "$text $v";
  });
  print(text);
  var list = [1, 2.5, "three", null, true, [4]];
  for (var i = 0; i < 6; i = i + 1) print("$i: ${list[i]}");
  var sum = 0.0;
  for (var i = 0; i < 100; i = i + 1) sum = sum + i * 0.5;
  print(sum);
  for (var i = 0; i < 5; i = i + 1) {
    try {
      try {
        throw "number $i";
      } finally {
        text = "finally $i";
      }
    } catch (e) {
      print("$text after $e");
    }
  }
  print("done");
}

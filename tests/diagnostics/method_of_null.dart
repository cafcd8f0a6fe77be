class Node {
  var next;
  var value = 1;
}

main() {
  var node = new Node();
  print(node.next.value);
}

// flags: --max-heap=8m
// stress-interval: 997
// What hangs on an object by an Expando goes with it, also if it refers to it.
main() {
  var expando = new Expando();
  for (var i = 0; i < 400; i++) {
    var object = new Object();
    expando[object] = [object, new List(10000)];
  }
  // expect: lives
  print("lives");
}

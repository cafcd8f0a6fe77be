// Long rows of futures need no deep stack, built ahead or as they go, and those that have been
// passed are garbage.
// stress-interval: 20011
main() {
  var ahead = new Future.value(0);
  for (var i = 0; i < 40000; i++) ahead = ahead.then((x) => x + 1);
  count(n) => n == 0 ? "done" : new Future.value(n - 1).then(count);
  ahead.then(print).then((_) => count(40000)).then(print);
}
// expect: 40000
// expect: done

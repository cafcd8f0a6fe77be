// A case that runs into the next one throws where the library says FallThroughError;
// elsewhere it ends there.
run(x, [log]) {
  var list = [];
  switch (x) {
    case 1:
      list.add("one");
    case 2:
    case 3:
      list.add("two");
      break;
    case 4:
      if (log == null) break;
      list.add("four");
    default:
      list.add("default");
  }
  return list;
}

caught(f) {
  try {
    return f();
  } on FallThroughError catch (e) {
    return "$e";
  }
}

main() {
  print(caught(() => run(1)));  // expect: 'switch case fall-through'
  print(caught(() => run(2)));  // expect: [two]
  print(caught(() => run(3)));  // expect: [two]
  print(caught(() => run(4)));  // expect: []
  print(caught(() => run(4, 1)));  // expect: 'switch case fall-through'
  print(caught(() => run(9)));  // expect: [default]
}

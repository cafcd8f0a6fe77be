// `!`, `?.`, `?[]`, `?..`, `??=`, and how far they reach.
class Node {
  var next, value, list = [1, 2];
  Node(this.value, [this.next]);
  get self => this;
  touch(log) {
    log.add(value);
    return this;
  }

  call() => "called $value";
  operator [](i) => "$value[$i]";
  operator []=(i, v) => value = "$i=$v";
}

trying(f) {
  try {
    return f();
  } catch (e) {
    return "$e";
  }
}

never(x) => throw "evaluated $x";

main() {
  var none, node = new Node(1, new Node(2));
  print("${node!.next!.value} ${node.list![0]} ${node!()} ${node.next!.self!.touch([])!.value}");
  // expect: 2 1 called 1 2
  print(trying(() => none!));
  // expect: TypeError: Null check operator used on a null value: 'none' is null
  print(trying(() => node.next!.next!.value));
  // expect: TypeError: Null check operator used on a null value: 'node.next!.next' is null
  print(trying(() => node.next.next![0]));
  // expect: TypeError: Null check operator used on a null value: 'node.next.next' is null
  print("${none?.next.next.value} ${none?.next()[0].value!.x} ${node?.next?.value}");
  // expect: null null 2
  print("${none?[never(1)]} ${node?[7]} ${none?.list[never(2)]} ${none?.touch(never(3)).value}");
  // expect: null 1[7] null null
  none?.value = never(4);
  none?.next.value += never(5);
  none?[never(6)] = never(7);
  none?.next.value++;
  ++none?.next.value;
  print("${none?.next.value ?? 'default'} ${none?.value = never(8)} ${none?.value++}");
  // expect: default null null
  node?.value = 5;
  node?.next.value += 5;
  node?.next.value++;
  print("${node.value} ${node.next.value} ${node?.value = 6} ${node?.value++} ${node.value}");
  // expect: 5 8 6 6 7
  node?[3] = 4;
  print(node.value);
  // expect: 3=4
  none
    ?..value = never(9)
    ..touch(never(10));
  var log = [];
  print((node
        ?..value = 11
        ..touch(log)
        ..next?.touch(log)
        ..next?.next?.touch(log))
      .value);
  // expect: 11
  print(log);
  // expect: [11, 8]
  none ??= node?.next;
  none.next ??= new Node("made");
  print("${none.value} ${node.next.next.value}");
  // expect: 8 made
  print("${log.isEmpty ?[1] : [2]} ${log.isEmpty ? [1] : [2]} ${log.isEmpty?[1][0]:[2][0]}");
  // expect: [2] [2] 2
  print(trying(() => none.missing ?? 1) is String);
  // expect: true
  var absent;
  print(trying(() => absent ?? throw "thrown"));
  // expect: thrown
  print(trying(() => log.isEmpty ? 1 : throw "thrown too"));
  // expect: thrown too
  print("${!node.list!.isEmpty} ${node!.value != 11} ${node.value! == 11}");
  // expect: true false true
}

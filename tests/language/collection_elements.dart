// `if`, `for` and spreads in literals, and sets.
// stress-interval: 5
const one = 1, yes = true, base = const [1, 2];

trying(f) {
  try {
    return f();
  } catch (e) {
    return "$e".split("\n").first;
  }
}

sum(a, b, c) => "$a $b $c";

class Held {
  final items;
  const Held(this.items);
}

squares(n) => [for (var i = 0; i < n; i++) i * i];

main() {
  var flag = true, none, numbers = [1, 2, 3];
  print([0, if (flag) 1, if (!flag) 2 else 3, if (!flag) 4]);
  // expect: [0, 1, 3]
  print([for (var n in numbers) n * 2, for (final n in numbers) if (n != 2) ...[n, n]]);
  // expect: [2, 4, 6, 1, 1, 3, 3]
  print([for (var i = 0, j = 9; i < 3; i++, j--) "$i$j", ...?none, ...numbers, ...?numbers]);
  // expect: [09, 18, 27, 1, 2, 3, 1, 2, 3]
  print(sum(1, [for (var n in numbers) [for (var m in numbers) if (m <= n) m]], "${[...numbers]}"));
  // expect: 1 [[1], [1, 2], [1, 2, 3]] [1, 2, 3]
  print([if (flag) if (!flag) 1 else 2, if (!flag) 3 else if (flag) 4 else 5]);
  // expect: [2, 4]
  print({for (var n in numbers) n: n * n, if (flag) "k": "v", ...{"x": 1}, ...?none});
  // expect: {1: 1, 2: 4, 3: 9, k: v, x: 1}
  print({1, 2, 2, if (flag) 3, ...numbers, for (var n in numbers) n + 2});
  // expect: {1, 2, 3, 4, 5}
  print("${<int>{} is Set} ${{} is Map} ${<int, int>{} is Map} ${{1} is Set} ${<String>{'a'}.length}");
  // expect: true true true true 1
  print("${{...numbers} is Set} ${{...{1: 2}} is Map} ${{...?none} is Map} ${{...?none, ...numbers}}");
  // expect: true true true {1, 2, 3}
  var functions = [for (var i = 0; i < 3; i++) () => i, for (var n in numbers) () => n * 10];
  print(functions.map((f) => f()).toList());
  // expect: [0, 1, 2, 10, 20, 30]
  int index = 0;
  print([for (index in numbers) index, index]);
  // expect: [1, 2, 3, 3]
  print([for (; index > 0; index--) index].length + squares(4)[3]);
  // expect: 12
  print("${identical(const {1, 2}, const {1, 2})} ${const {1, ...{one}}.length} ${const <int>{3}.first}");
  // expect: true 1 3
  print("${const [0, ...base, if (yes) 3 else 4]} ${const {...{1, 2}, 3}} ${const {1: 2, ...{3: 4}}}");
  // expect: [0, 1, 2, 3] {1, 2, 3} {1: 2, 3: 4}
  print(identical(const [...base], base));
  // expect: true
  print(identical(const Held([...base, if (yes) {1, 2}]), const Held([1, 2, {1, 2}])));
  // expect: true
  print(trying(() => const {1, 2}.add(3)));
  // expect: Unsupported operation: Cannot change a constant set
  print(trying(() => [...none]) is String);
  // expect: true
  var big = [for (var i = 0; i < 1000; i++) ...[i, i]];
  print(big.length + {for (var i = 0; i < 300; i++) i}.length + {for (var i = 0; i < 200; i++) i: i}.length);
  // expect: 2500
}

// Statements: if, loops, switch, conditional and logical operators, labels.
kind(x) {
  switch (x) {
    case 1:
      return "one";
    case 3:
    case 2:
      return "two";
    default:
      return "many";
  }
}

main() {
  var out = "";
  for (var i = 0; i < 10; i++) {
    if (i % 2 == 0) continue;
    if (i > 7) break;
    out += "$i ";
  }
  print(out);  // expect: 1 3 5 7 
  var n = 3;
  do {
    n--;
  } while (n > 0);
  print(n);  // expect: 0
  print(kind(1) + kind(2) + kind(3) + kind(9));  // expect: onetwotwomany
  outer:
  for (var i = 0; i < 3; i++) {
    for (var j = 0; j < 3; j++) {
      if (j == 1) continue outer;
      if (i == 2) break outer;
      print("$i$j");
    }
  }
  // expect: 00
  // expect: 10
  print(true ? 1 : 2);  // expect: 1
  called(x) {
    print("called");
    return x;
  }
  print(false && called(true));  // expect: false
  print(true || called(true));  // expect: true
  print(true && called(false));
  // expect: called
  // expect: false
  var a;
  a ??= 5;
  print(a ?? 6);  // expect: 5
  print(null?.length);  // expect: null
  var i = 5;
  print(i++ + ++i);  // expect: 12
  print(i-- - --i);  // expect: 2
  i += 3;
  i -= 1;
  i *= 2;
  i ~/= 3;
  i <<= 2;
  print(i);  // expect: 16
  int typed = 3;
  final String text = "typed";
  const number = 7;
  print("$typed $text $number");  // expect: 3 typed 7
  for (;;) {
    break;
  }
  var x = 0;
  while (true) {
    if (++x == 4) break;
  }
  print(x);  // expect: 4
  if (x == 3) {
    print("no");
  } else if (x == 4) {
    print("yes");  // expect: yes
  } else {
    print("no");
  }
  print(!(x == 4));  // expect: false
}

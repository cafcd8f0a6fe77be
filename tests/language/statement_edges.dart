// Which loop, block, case or handler a jump means, and literals that are longer than others.
// stress-interval: 29
var log = [];

say(x) => log.add(x);

told() {
  print(log.join(" "));
  log.clear();
}

breaks() {
  for (var i = 0; i < 3; i++) {
    block: {
      if (i == 1) break block;
      if (i == 2) break; // The loop, not the block.
      say("in $i");
    }
    say("after $i");
  }
  outer: for (var i = 0; i < 3; i++) {
    inner: for (var j = 0; j < 3; j++) {
      if (j == 1) continue outer;
      if (i == 2) break inner;
      say("$i$j");
    }
    say("end");
  }
  told();
}
// expect: in 0 after 0 after 1 00 10 end

switches() {
  for (var i = 0; i < 5; i++) {
    switch (i) {
      case 0:
        say("zero");
        continue two;
      one:
      case 1:
        if (log.length > 9) break;
        say("one");
        continue; // The loop.
      two:
      case 2:
        say("two");
        break;
      case 3:
        continue one;
      default:
        say("other");
    }
    say("after $i");
  }
  told();
  switch (7) {
    case 1:
      say("no");
    default:
      say("last");
  }
  switch (1) {
    case 0:
    case 1:
      say("shared");
    case 2:
      say("not into the next");
  }
  told();
}
// expect: zero two after 0 one two after 2 one other after 4
// expect: last shared

rethrows() {
  thrower(x) => throw x;
  try {
    try {
      thrower("outer");
    } catch (e) {
      try {
        thrower("inner");
      } catch (e) {
        say("caught $e");
        try {
          rethrow;
        } catch (e) {
          say("again $e");
        }
      }
      rethrow;
    }
  } catch (e) {
    say("then $e");
  }
  try {
    try {
      thrower(1);
    } on String {
      say("no");
    } catch (e) {
      try {} catch (e) {}
      rethrow;
    } finally {
      say("finally");
    }
  } on int catch (e) {
    say("int $e");
  }
  told();
}
// expect: caught inner again inner then outer finally int 1

leaves(way) {
  for (var i = 0; i < 2; i++) {
    try {
      try {
        if (way == "return") return "returned";
        if (way == "break") break;
        if (way == "continue") continue;
        if (way == "throw") throw "thrown";
        say("through");
      } finally {
        say("a$i");
      }
    } finally {
      say("b$i");
    }
    say("end$i");
  }
  return "ended";
}

finals() {
  for (var way in ["return", "break", "continue", "throw", ""]) {
    try {
      say(leaves(way));
    } catch (e) {
      say(e);
    }
    told();
  }
}
// expect: a0 b0 returned
// expect: a0 b0 ended
// expect: a0 b0 a1 b1 ended
// expect: a0 b0 thrown
// expect: through a0 b0 end0 through a1 b1 end1 ended

closures() {
  var all = [];
  for (var i = 0, j = 10; i < 3; i++, j--) all.add(() => "$i-$j");
  for (var x in [7, 8]) all.add(() => x);
  var k = 0;
  while (k < 2) {
    var kept = k++;
    all.add(() => kept++);
  }
  do {
    var kept = k--;
    if (kept == 2) continue;
    all.add(() => kept);
  } while (k > 0);
  print(all.map((f) => "${f()}").join(" ") + " ${all[6]()}");
}
// expect: 0-10 1-9 2-8 7 8 0 1 1 2

// A parameter that a closure changes is the same for both, whatever kind it is of.
captured(a, {b: 5, c}) {
  var change = () {
    a++;
    b++;
    c = "$a $b";
  };
  change();
  b *= 10;
  change();
  return "$a $b $c";
}

// expect: 3 61 3 61 3 31 3 31 3 11 3 11

literals() {
  print("${("\ud83d" "\ude00").runes.length} ${("\ud83d" "x" "\ude00").runes.length} ${"${"\ud83d"}\ude00".length}");
  // expect: 1 3 2
  print([0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001, 9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999.0, 1e-400, 1e400, 0e400, 0.0e-999]);
  // expect: [0.0, Infinity, 0.0, Infinity, 0.0, 0.0]
  print([9223372036854775807, -9223372036854775808, 0x7fffffffffffffff, 0xffffffffffffffff, 1_000, 0x1_F, 1_0.5_0]);
  // expect: [9223372036854775807, -9223372036854775808, 9223372036854775807, 18446744073709551615, 1000, 31, 10.5]
  assert(true, "message",);
  assert(true,);
  print([identical(0.0, -0.0), const [0.0] == const [-0.0], 0.0.isNegative, (-0.0).isNegative]);
  // expect: [false, false, false, true]
}

main() {
  breaks();
  switches();
  rethrows();
  finals();
  closures();
  print("${captured(1)} ${captured(1, b: 2)} ${captured(1, c: 3, b: 0)}");
  literals();
}

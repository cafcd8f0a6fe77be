// How operators bind, what literals spell, where statements leave: one line for each.
// stress-interval: 29
var log = [];
say(x, [value = true]) {
  log.add(x);
  return value;
}

logged(f) {
  log.clear();
  var answer;
  try {
    answer = f();
  } catch (error) {
    answer = "threw $error";
  }
  return "$answer $log";
}

class V {
  final t;
  V(this.t);
  operator +(o) => new V("($t+${o.t})");
  operator -(o) => new V("($t-${o.t})");
  operator *(o) => new V("($t*${o.t})");
  operator /(o) => new V("($t/${o.t})");
  operator %(o) => new V("($t%${o.t})");
  operator ~/(o) => new V("($t~/${o.t})");
  operator <<(o) => new V("($t<<${o.t})");
  operator >>(o) => new V("($t>>${o.t})");
  operator &(o) => new V("($t&${o.t})");
  operator |(o) => new V("($t|${o.t})");
  operator ^(o) => new V("($t^${o.t})");
  operator <(o) => new V("($t<${o.t})");
  operator >(o) => new V("($t>${o.t})");
  operator <=(o) => new V("($t<=${o.t})");
  operator >=(o) => new V("($t>=${o.t})");
  operator -() => new V("(-$t)");
  operator ~() => new V("(~$t)");
  operator [](o) => new V("$t[$o]");
  operator []=(o, v) => log.add("$t[$o]=${v.t}");
  operator ==(o) => say("$t==${o.t}");
  get hashCode => 1;
  get p => new V("$t.p");
  set p(v) => log.add("$t.p=${v.t}");
  m([x]) => new V("$t.m($x)");
  call([x]) => new V("$t($x)");
  toString() => t;
}

switched(x) {
  var out = "";
  switch (x) {
    one:
    case 1:
      out += "one ";
      break;
    case 2:
      out += "two ";
      continue one;
    case 3:
      out += "three ";
      continue last;
    case 4:
    case 5:
      out += "four ";
      return out;
    case null:
      out += "null ";
      break;
    case 6:
    case 7:
      out += "true ";
      break;
    last:
    default:
      out += "default";
  }
  return out;
}

leaves(how) {
  var out = log..clear();
  outer:
  for (var i = 0; i < 3; i++) {
    inner:
    for (var j = 0; j < 3; j++) {
      try {
        try {
          if (j == 1) {
            if (how == "break") break;
            if (how == "continue") continue;
            if (how == "break outer") break outer;
            if (how == "continue outer") continue outer;
            if (how == "break inner") break inner;
            if (how == "return") return out..add("returned");
            if (how == "throw") throw "thrown";
          }
          out.add("$i$j");
        } finally {
          out.add("f");
        }
      } catch (error) {
        out.add("c $error");
        if (i == 1) rethrow;
      } finally {
        out.add("g");
      }
    }
  }
  return out..add("end");
}

overrides(how) {
  for (var i = 0; i < 2; i++) {
    try {
      if (how < 4) throw "lost";
      return "lost";
    } finally {
      if (how % 4 == 0) return "returned $i";
      if (how % 4 == 1) break;
      if (how % 4 == 2) continue;
    }
  }
  return "after";
}

named(a, {b: 2, c, d: "d"}) => "$a $b $c $d";
optional([a = 1, b, c = const [3]]) => "$a $b $c";

main() {
  var a = new V("a"), b = new V("b"), c = new V("c"), d = new V("d");
  // Left to right, and the tighter first.
  print(a + b + c); print(a - b - c); print(a * b / c); print(a % b ~/ c); print(a << b >> c);
  print(a & b & c); print(a | b | c); print(a ^ b ^ c);
  print(a + b * c); print(a * b + c); print(a << b + c); print(a + b << c); print(a & b << c);
  print(a << b & c); print(a ^ b & c); print(a & b ^ c); print(a | b ^ c); print(a ^ b | c);
  print(a < b | c); print(a | b < c); print((a + b) * c); print(-a * b); print(-a[1]); print(~a.p);
  print(-a.m()); print(a - -b); print(-(-a)); print(a[1][2].p.m(3)(4)); print(a >= b + c);
  print(logged(() => a | b == c | d)); print(logged(() => a < b == (c > d))); print(logged(() => a != b));
  print(logged(() => a == b && c == d)); print(logged(() => !(a == b) || c == d));
  print(logged(() => say(1, false) && say(2) || say(3))); print(logged(() => say(1) || say(2) && say(3)));
  print(logged(() => say(1, null) ?? say(2, null) ?? say(3, 7))); print(logged(() => say(1, 5) ?? say(2)));
  print(logged(() => say(1) ? say(2, "x") : say(3))); print(logged(() => say(1, false) ? 0 : say(2) ? "y" : "z"));
  print(logged(() => null ?? false || say(1))); print(1 + 2 == 3 ? "equal" : "not");
  print(1 < 2 == true); print(-2 * -3 - -4); print(1 - 2 - 3); print(16 >> 2 << 1); print(7 & 3 == 3 ? 1 : 0);
  print(!true == false); print(-5 % 3); print(~1 & 7); print(2 + 3 is int); print(2 as num == 2); print((2) as num); print((2) is num); print(null?.x ?? "n");
  // Evaluated once, left to right.
  print(logged(() => a..p = b..m()..[1] = c..p.p = d));
  print(logged(() { a.p += b; a[0] -= c; a.p.p *= d; a[1] ??= b; return 0; }));
  print(logged(() { say("a", a)..p = say("b", b); return 1; }));
  print(logged(() => [say(1), say(2)].length + {say("k"): say("v")}.length));
  print(logged(() => named(say(1, "A"), d: say(2, "D"), b: say(3, "B"))));
  print(logged(() { var l = [0, 1, 2], i = 0; l[i++] = i++; l[i] += i++; l[--i]++; return "$l $i"; }));
  print(logged(() { var x = 1; x = x++ + x--; x <<= 2; x ^= 5; x |= 8; x &= 13; x >>= 1; x %= 5; x ~/= 1; x = -x; return x; }));
  print(logged(() { var x = 8; x /= 2; x -= 1; return x; }));
  print(logged(() { var y; var x = y ??= 3; y ??= 4; return "$x $y"; }));
  print(named(1, c: 3)); print(optional()); print(optional(null)); print(optional(5, 6, 7)); print(optional(5, 6));

  // Literals.
  print([0x0, 0xaF, 0XFF, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 00, 012]);
  print([.5, 1.5e3, 1e-2, 1E+2, 0.0, 5e-324, 1.7976931348623157e308, 1e400, 9223372036854775807]);
  print("\n\r\t\b\f\v\x41\u0042\u{43}\u{1F600}\$\\\'\"\q".codeUnits);
  print('it\'s "quoted"' "it's \"quoted\"" r'\n$x' r"\'"); print("${'a' + "b${1 + 1}c${"d${'e'}"}"}f");
  print("$a$b ${a}b ${a.p.t.length}$ok_1 \$a ${{1: 2}[1]} ${(() { return "}"; })()}");
  print("""three "" quotes ${1}"""); print('''it's''');
  print("""
first line dropped
  kept
"""); print(r'''
raw $x \n'''); print("a" /* between */ 'b' // and behind
      """c""");
  print(#a.b == const Symbol("a.b")); print([#+, #x]); print(const {"a": const [1]}["a"][0]); print([1, 2,].length); print({"a": 1,}.length);
  print(<int>[1] is List); print(<String, int>{}.length); print(1 /* nested /* comments */ */ + 1);

  for (var x in [1, 2, 3, 4, 5, null, 6, 7, 1.0, "x"]) print("$x: ${switched(x)}");
  for (var how in ["", "break", "continue", "break outer", "continue outer", "break inner", "return", "throw"]) {
    try {
      print("$how: ${leaves(how)}");
    } catch (error) {
      print("$how: $log threw $error");
    }
  }
  for (var how = 0; how < 8; how++) {
    try {
      print("$how ${overrides(how)}");
    } catch (error) {
      print("$how threw $error");
    }
  }
  // Each turn has a variable of its own.
  var closures = [];
  for (var i = 0, j = 10; i < 3; i++, j--) closures.add(() => "${i++} $j");
  print(closures.map((f) => f()).toList()); print(closures.map((f) => f()).toList());
  closures.clear();
  for (var i = 0; i < 2; closures.add(() => i), i++) {}
  print(closures.map((f) => f()).toList());
  var i = 7;
  for (i in [1, 2]) closures.add(() => i);
  print(closures.last() + i);
  do { if (i > 5) break; i++; if (i == 4) continue; } while (i < 100);
  print(i);
  here: { if (i == 6) break here; print("not here"); }
  if (i == 1) print("one"); else if (i == 6) print("six"); else print("else");
  var shadow = 1; { var shadow = 2; print(shadow); } print(shadow);
  f(x) => x < 2 ? x : f(x - 1) + f(x - 2); print(f(10));
  print(((x, [y = 2]) => x * y)(4)); print((() { return 5; })()); print((() {})());
  assert(false);
}
var ok_1 = "ok";

// expect: ((a+b)+c)
// expect: ((a-b)-c)
// expect: ((a*b)/c)
// expect: ((a%b)~/c)
// expect: ((a<<b)>>c)
// expect: ((a&b)&c)
// expect: ((a|b)|c)
// expect: ((a^b)^c)
// expect: (a+(b*c))
// expect: ((a*b)+c)
// expect: (a<<(b+c))
// expect: ((a+b)<<c)
// expect: (a&(b<<c))
// expect: ((a<<b)&c)
// expect: (a^(b&c))
// expect: ((a&b)^c)
// expect: (a|(b^c))
// expect: ((a^b)|c)
// expect: (a<(b|c))
// expect: ((a|b)<c)
// expect: ((a+b)*c)
// expect: ((-a)*b)
// expect: (-a[1])
// expect: (~a.p)
// expect: (-a.m(null))
// expect: (a-(-b))
// expect: (-(-a))
// expect: a[1][2].p.m(3)(4)
// expect: (a>=(b+c))
// expect: true [(a|b)==(c|d)]
// expect: true [(a<b)==(c>d)]
// expect: false [a==b]
// expect: true [a==b, c==d]
// expect: true [a==b, c==d]
// expect: true [1, 3]
// expect: true [1]
// expect: 7 [1, 2, 3]
// expect: 5 [1]
// expect: x [1, 2]
// expect: y [1, 2]
// expect: true [1]
// expect: equal
// expect: true
// expect: 10
// expect: -4
// expect: 8
// expect: 1
// expect: true
// expect: 1
// expect: 6
// expect: true
// expect: true
// expect: 2
// expect: true
// expect: n
// expect: a [a.p=b, a[1]=c, a.p.p=d]
// expect: 0 [a.p=(a.p+b), a[0]=(a[0]-c), a.p.p=(a.p.p*d)]
// expect: 1 [a, b, a.p=b]
// expect: 3 [1, 2, k, v]
// expect: A B null D [1, 2, 3]
// expect: [1, 1, 5] 2 []
// expect: -4 []
// expect: 3.0 []
// expect: 3 3 []
// expect: 1 2 3 d
// expect: 1 null [3]
// expect: null null [3]
// expect: 5 6 7
// expect: 5 6 [3]
// expect: [0, 175, 255, 9223372036854775807, 9223372036854775808, 18446744073709551615, 0, 12]
// expect: [0.5, 1500.0, 0.01, 100.0, 0.0, 5e-324, 1.7976931348623157e+308, Infinity, 9223372036854775807]
// expect: [10, 13, 9, 8, 12, 11, 65, 66, 67, 55357, 56832, 36, 92, 39, 34, 113]
// expect: it's "quoted"it's "quoted"\n$x\'
// expect: ab2cdef
// expect: ab ab 3ok $a 2 }
// expect: three "" quotes 1
// expect: it's
// expect: first line dropped
// expect:   kept
// expect:
// expect: raw $x \n
// expect: abc
// expect: true
// expect: [Symbol("+"), Symbol("x")]
// expect: 1
// expect: 2
// expect: 1
// expect: true
// expect: 0
// expect: 2
// expect: 1: one 
// expect: 2: two one 
// expect: 3: three default
// expect: 4: four 
// expect: 5: four 
// expect: null: null 
// expect: 6: true 
// expect: 7: true 
// expect: 1.0: one 
// expect: x: default
// expect: : [00, f, g, 01, f, g, 02, f, g, 10, f, g, 11, f, g, 12, f, g, 20, f, g, 21, f, g, 22, f, g, end]
// expect: break: [00, f, g, f, g, 10, f, g, f, g, 20, f, g, f, g, end]
// expect: continue: [00, f, g, f, g, 02, f, g, 10, f, g, f, g, 12, f, g, 20, f, g, f, g, 22, f, g, end]
// expect: break outer: [00, f, g, f, g, end]
// expect: continue outer: [00, f, g, f, g, 10, f, g, f, g, 20, f, g, f, g, end]
// expect: break inner: [00, f, g, f, g, 10, f, g, f, g, 20, f, g, f, g, end]
// expect: return: [00, f, g, returned, f, g]
// expect: throw: [00, f, g, f, c thrown, g, 02, f, g, 10, f, g, f, c thrown, g] threw thrown
// expect: 0 returned 0
// expect: 1 after
// expect: 2 after
// expect: 3 threw lost
// expect: 4 returned 0
// expect: 5 after
// expect: 6 after
// expect: 7 lost
// expect: [0 10, 1 9, 2 8]
// expect: [1 10, 2 9, 3 8]
// expect: [1, 2]
// expect: 4
// expect: 6
// expect: six
// expect: 2
// expect: 1
// expect: 55
// expect: 8
// expect: 5
// expect: null

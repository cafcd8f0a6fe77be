// Extensions that answer for more types at one place than places that remember an answer: two
// types that share a place have their own answers.
// stress-interval: 13
class Even {}

class Odd {}

class EvenOf<T> extends Even {}

class OddOf<T> extends Odd {}

extension OfEven on List<Even> {
  which() => "even";
  get kind => "even";
}

extension OfOdd on List<Odd> {
  which() => "odd";
  get kind => "odd";
}

class Evens<T> {
  make() => <T>[];
  deeper() => new Evens<EvenOf<T>>();
}

class Odds<T> {
  make() => <T>[];
  deeper() => new Odds<OddOf<T>>();
}

main() {
  var evens = new Evens<Even>();
  var odds = new Odds<Odd>();
  var lists = [];
  for (var depth = 0; depth < 60; depth++) {
    lists..add(evens.make())..add(odds.make());
    evens = evens.deeper();
    odds = odds.deeper();
  }
  for (var round = 0; round < 2; round++) {
    var wrong = 0;
    for (var i = 0; i < lists.length; i++) {
      var expected = i.isEven ? "even" : "odd";
      if (lists[i].which() != expected) wrong++;
      if (lists[i].kind != expected) wrong++;
    }
    print("$wrong of ${lists.length}, ${lists.last.which()}");
  }
  // expect: 0 of 120, odd
  // expect: 0 of 120, odd
}

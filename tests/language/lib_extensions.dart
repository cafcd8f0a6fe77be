// Extensions for others to import.
library;

doubled(x) => 2 * x;

extension Doubling on int {
  int get twice => this * 2;
  int times(int other) => this * other;
  static make() => "made by Doubling";
}

extension OnObjects on Object {
  describe() => "an object";
}

extension OnNumbers on num {
  describe() => "a number";
}

extension _Private on int {
  secret() => "secret";
}

askSecret(int x) => x.secret();

extension Left on String {
  side() => "left";
}

extension Right on String {
  side() => "right";
}

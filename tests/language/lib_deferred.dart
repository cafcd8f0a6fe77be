hello() => "hello";
var count = 5;
class Greeting {
  static String word = "hi";
  final String text;
  Greeting([this.text = "good day"]);
  Greeting.of(this.text);
}

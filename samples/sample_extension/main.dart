// Draws random numbers twice from one seed and checks that they are the same.
import 'sample_synchronous_extension.dart';

const int count = 8;

List<int> draw(int seed) {
  if (!systemSrand(seed)) throw "not a seed: $seed";
  var numbers = [];
  for (int i = 0; i < count; i++) {
    numbers.add(systemRand());
  }
  return numbers;
}

main() {
  var first = draw(42);
  var again = draw(42);
  for (int i = 0; i < count; i++) {
    if (first[i] != again[i]) {
      throw "number $i was ${first[i]} and is ${again[i]}";
    }
    print(first[i]);
  }
  if (systemSrand("forty-two")) throw "a String was taken for a seed";
  print("The same $count numbers came twice.");
}

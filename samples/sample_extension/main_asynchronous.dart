// Has random bytes made twice from one seed, while it goes on, and checks that they are the same.
import 'sample_asynchronous_extension.dart';

const int count = 8;

main() {
  var random = new RandomArray();
  random.randomArray(42, count, (first) {
    random.randomArray(42, count, (again) {
      for (int i = 0; i < count; i++) {
        if (first[i] != again[i]) throw "byte $i was ${first[i]} and is ${again[i]}";
      }
      print(first.join(" "));
      print("The same $count bytes came twice.");
    });
  });
  print("Two messages will be answered.");
}

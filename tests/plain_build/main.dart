import 'numbers.dart';

main() {
  print(parseNumber("1234") + 1);
  print([0, 255, 256, -1, 0.5, null].map(fitsIntoByte).toList());
  try {
    parseNumber(5);
  } catch (e) {
    print("caught");
  }
}

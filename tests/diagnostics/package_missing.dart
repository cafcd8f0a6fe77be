import "package:json/json.dart";

main() {
  print(1);
}

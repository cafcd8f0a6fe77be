import "dart:convert";

main() {
  print(JSON.decode('{"name": "Ann", }'));
}

import "helpers.dart";

main() {
  help();
}

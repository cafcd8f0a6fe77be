import 'dart-ext:ended_handles';

noSuchNative() native "NoSuchNative";

main() {
  print("before");
  noSuchNative();
  print("not reached");
}

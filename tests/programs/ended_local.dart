import 'dart-ext:ended_handles';

useEndedLocal() native "UseEndedLocal";

main() {
  print(useEndedLocal());
}

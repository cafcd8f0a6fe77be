// A call into C that takes long: nothing of the program runs meanwhile, nor can it be interrupted.
import 'dart:ffi';

main() {
  var sleep = DynamicLibrary.process()
      .lookupFunction<Uint32 Function(Uint32), int Function(int)>('sleep');
  print("sleeps");
  sleep(40);
}

// A call into C that takes long: nothing of the program runs meanwhile, nor can it be interrupted.
import 'dart:ffi';

main() {
  var c = DynamicLibrary.process();
  var flush = c.lookupFunction<Int32 Function(Pointer<Void>), int Function(Pointer<Void>)>('fflush');
  var sleep = c.lookupFunction<Uint32 Function(Uint32), int Function(int)>('sleep');
  print("sleeps");
  flush(nullptr);
  sleep(40);
}

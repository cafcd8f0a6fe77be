// Libraries: opened, searched, closed; and what came from a closed one.
import 'dart:ffi';
import 'dart:io';
import 'lib_expect.dart';

typedef AddC = Int32 Function(Int32, Int32);
typedef Add = int Function(int, int);

void main() {
  final lib = DynamicLibrary.open('libforeign_classes.so');
  print([lib.providesSymbol('add'), lib.providesSymbol('no_such')]); // expect: [true, false]
  print(lib.lookup<Int32>('a_variable').value); // expect: 42
  print(lib.handle == nullptr); // expect: false
  print(lib == DynamicLibrary.open('libforeign_classes.so')); // expect: true

  try {
    DynamicLibrary.open('libno_such_library.so');
  } on ArgumentError catch (e) {
    print(e.message.startsWith("Failed to load dynamic library 'libno_such_library.so': "));
    // expect: true
    print(e.message.contains("cannot open shared object file")); // expect: true
  }
  try {
    lib.lookup<NativeFunction<AddC>>('no_such');
  } on ArgumentError catch (e) {
    print(e.message.startsWith("Failed to lookup symbol 'no_such': ")); // expect: true
    print(e.message.endsWith("undefined symbol: no_such")); // expect: true
  }

  // The choice that portable programs make.
  final DynamicLibrary stdlib = Platform.isWindows
      ? DynamicLibrary.open('ole32.dll')
      : DynamicLibrary.process();
  print(stdlib.lookupFunction<Int Function(Int), int Function(int)>('abs')(-5)); // expect: 5
  expectError("process", () => stdlib.close());
  // expect: process: Bad state: This library is the process, which cannot be closed.
  expectError("executable", () => DynamicLibrary.executable().close());
  // expect: executable: Bad state: This library is the executable, which cannot be closed.

  final Add add = lib.lookup<NativeFunction<AddC>>('add').asFunction();
  final pointer = lib.lookup<Int32>('a_variable');
  lib.close();
  try {
    add(1, 2);
  } on StateError catch (e) {
    print(e.message.contains("is into the library 'libforeign_classes.so', which has been closed"));
    // expect: true
  }
  try {
    pointer.value;
  } on StateError catch (e) {
    print(e.message.endsWith("which has been closed.")); // expect: true
  }
  expectError("lookup", () => lib.lookup<NativeFunction<AddC>>('add'));
  // expect: lookup: Bad state: The library 'libforeign_classes.so' has been closed.
  expectError("again", () => lib.close());
  // expect: again: Bad state: 'libforeign_classes.so' has been closed before.

  // Another opening is another library.
  final Add again = DynamicLibrary.open('libforeign_classes.so')
      .lookup<NativeFunction<AddC>>('add')
      .asFunction();
  print(again(1, 2)); // expect: 3
}

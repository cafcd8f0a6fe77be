// External functions with @Native.
@DefaultAsset('package:tests/ffi.dart')
library native_functions;

import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

@Native<Int32 Function(Int32, Int32)>(assetId: 'libforeign_classes.so')
external int add(int a, int b);

@Native<Int32 Function(Int32, Int32)>(symbol: 'add', assetId: 'libforeign_classes.so', isLeaf: true)
external int leafAdd(int a, int b);

// Found in the process, though the library has an asset.
@Native<Size Function(Pointer<Utf8>)>()
external int strlen(Pointer<Utf8> text);

@Native<Void Function()>(symbol: 'no such function')
external void missing();

@Native<Void Function()>(symbol: 'nothing', assetId: 'libnone.so')
external void noLibrary();

@Native<Void Function(String)>(symbol: 'strlen')
external void noType(Object a);

@Native<Size Function(Pointer<Utf8>)>(symbol: 'strlen')
external int tooMany(Pointer<Utf8> text, int more);

@Native<Int Function(Pointer<Utf8>, Size, Pointer<Utf8>, VarArgs<(Int,)>)>(symbol: 'snprintf')
external int formatInt(Pointer<Utf8> text, int size, Pointer<Utf8> format, int value);

final class Point extends Struct {
  @Int64()
  external int a;
  @Double()
  external double b;
}

class Points {
  @Native<Point Function(Point)>(symbol: 'same_Mixed', assetId: 'libforeign_classes.so')
  external static Point same(Point point);
}

void main() {
  print([add(40, 2), add(1, 2), leafAdd(3, 4)]); // expect: [42, 3, 7]
  print([1, 2].map((x) => add(x, x)).toList()); // expect: [2, 4]
  final text = 'twelve bytes'.toNativeUtf8();
  print(strlen(text)); // expect: 12
  final point = Struct.create<Point>()..b = 0.5;
  print(Points.same(point).b); // expect: 0.5
  final room = calloc<Uint8>(16).cast<Utf8>();
  formatInt(room, 16, '<%d>'.toNativeUtf8(), 42);
  print(room.toDartString()); // expect: <42>

  final pointer = Native.addressOf<NativeFunction<Int32 Function(Int32, Int32)>>(add);
  print(pointer.runtimeType);
  // expect: Pointer<NativeFunction<Int32 Function(Int32, Int32)>>
  print(pointer.asFunction<int Function(int, int)>()(5, 6)); // expect: 11
  print(pointer == DynamicLibrary.open('libforeign_classes.so')
      .lookup<NativeFunction<Int32 Function(Int32, Int32)>>('add')); // expect: true

  expectError("type", () => (add as dynamic)(1, "a"));
  // expect: type: add: argument 'b' must be an int, it is "a"
  expectError("type", () => (strlen as dynamic)(1));
  // expect: type: strlen: argument 'text' must be a Pointer, it is 1
  print(add((1 << 40) + 2, 1)); // expect: 3
  // The loader's own words come then.
  expectUpTo("(", "missing", missing);
  // expect: missing: ArgumentError Invalid argument: The C function 'no such function' of the asset 'package:tests/ffi.dart' was not found in the process 
  expectUpTo("(", "no library", noLibrary);
  // expect: no library: ArgumentError Invalid argument: The C function 'nothing' of the asset 'libnone.so' was not found, neither there 
  expectError("no type", () => noType(1));
  // expect: no type: Invalid argument: It stands for no C function: Parameter 1: 'String' is no native type: "noType"
  expectError("too many", () => tooMany(text, 1));
  // expect: too many: Invalid argument: It takes 2 arguments, its C type 'Size Function(Pointer<Utf8>)' 1: "tooMany"
  expectError("address", () => Native.addressOf<NativeFunction<Void Function()>>(add));
  // expect: address: Native.addressOf: argument 'native' must be of the C type that is asked for, 'Void Function()', it is 'Int32 Function(Int32, Int32)', it is Instance of '_Closure'
  expectError("address", () => Native.addressOf<NativeFunction<Void Function()>>(main));
  // expect: address: Native.addressOf: argument 'native' must be an external function with the annotation @Native, it is Instance of '_Closure'

  print(Abi.current() == Abi.linuxX64 || Abi.current() == Abi.linuxArm64); // expect: true
  print([Abi.windowsX64, Abi.values.length]); // expect: [windows_x64, 22]
  print(Abi.values.contains(Abi.current())); // expect: true
}

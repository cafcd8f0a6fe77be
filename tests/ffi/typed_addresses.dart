// The address of each type of typed data is a pointer of that type; addresses as pointers print them, and
// when they are equal.
import 'dart:ffi';
import 'dart:typed_data';

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

main() {
  var lists = [
    new Int8List(3), new Uint8List(3), new Uint8ClampedList(3), new Int16List(3), new Uint16List(3), new Int32List(3), new Uint32List(3), new Int64List(3), new Uint64List(3),
    new Float32List(3), new Float64List(3)
  ];
  for (var list in lists) {
    Pointer address = list.address;
    print([list.runtimeType, address is Pointer<Int8>, address is Pointer<Uint8>, address is Pointer<Int16>, address is Pointer<Uint16>, address is Pointer<Int32>,
        address is Pointer<Uint32>, address is Pointer<Int64>, address is Pointer<Uint64>, address is Pointer<Float>, address is Pointer<Double>].map((x) => x == true ? 1 : x == false ? 0 : x).join(" "));
    print([address, address + 1, address - 1, address.elementAt(2), address == list.address, address == address + 1, address.hashCode == list.address.hashCode]);
  }
  print(new Int8List(1).address == new Int8List(1).address);
  print(tried(() => [1].address));
  for (var bits in [0, 1, 0xabc, 0x7fffffffffffffff, -1, -0x8000000000000000, -0x123456789]) {
    var pointer = new Pointer<Int8>.fromAddress(bits);
    print([pointer, pointer.address == bits, pointer == new Pointer<Int32>.fromAddress(bits), pointer.hashCode == new Pointer<Int32>.fromAddress(bits).hashCode, pointer == bits,
        {pointer: "found"}[new Pointer<Int8>.fromAddress(bits)], pointer == lists[0].address, lists[0].address == pointer]);
  }
  var pointer = new Pointer<Int16>.fromAddress(0x1000);
  print([pointer + 1, pointer - 1, pointer.elementAt(3), pointer.elementAt(-1), pointer.cast<Int64>() + 1, new Pointer<Int8>.fromAddress(0x7fffffffffffffff) + 1, new Pointer<Int8>.fromAddress(0) - 1, nullptr]);
  print([tried(() => pointer + "1"), tried(() => pointer - null), tried(() => pointer.elementAt(1.0)), tried(() => new Pointer<Int8>.fromAddress("1"))]);
  systems();
}

// Each system's name is that of its constant.
systems() {
  print(Abi.values);
  var named = [Abi.androidArm, Abi.androidArm64, Abi.androidIA32, Abi.androidX64, Abi.androidRiscv64, Abi.fuchsiaArm64, Abi.fuchsiaX64, Abi.fuchsiaRiscv64, Abi.iosArm, Abi.iosArm64, Abi.iosX64,
      Abi.linuxArm, Abi.linuxArm64, Abi.linuxIA32, Abi.linuxX64, Abi.linuxRiscv32, Abi.linuxRiscv64, Abi.macosArm64, Abi.macosX64, Abi.windowsArm64, Abi.windowsIA32, Abi.windowsX64];
  for (var i = 0; i < named.length; i++) print("${identical(named[i], Abi.values[i])} ${named[i]}");
  print([Abi.values.length, Abi.values.contains(new Abi.current()), "${new Abi.current()}".startsWith("linux")]);
}

// expect: Int8List 1 0 0 0 0 0 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 1, Pointer: in typed data, at byte -1, Pointer: in typed data, at byte 2, true, false, true]
// expect: Uint8List 0 1 0 0 0 0 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 1, Pointer: in typed data, at byte -1, Pointer: in typed data, at byte 2, true, false, true]
// expect: Uint8ClampedList 0 1 0 0 0 0 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 1, Pointer: in typed data, at byte -1, Pointer: in typed data, at byte 2, true, false, true]
// expect: Int16List 0 0 1 0 0 0 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 2, Pointer: in typed data, at byte -2, Pointer: in typed data, at byte 4, true, false, true]
// expect: Uint16List 0 0 0 1 0 0 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 2, Pointer: in typed data, at byte -2, Pointer: in typed data, at byte 4, true, false, true]
// expect: Int32List 0 0 0 0 1 0 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 4, Pointer: in typed data, at byte -4, Pointer: in typed data, at byte 8, true, false, true]
// expect: Uint32List 0 0 0 0 0 1 0 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 4, Pointer: in typed data, at byte -4, Pointer: in typed data, at byte 8, true, false, true]
// expect: Int64List 0 0 0 0 0 0 1 0 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 8, Pointer: in typed data, at byte -8, Pointer: in typed data, at byte 16, true, false, true]
// expect: Uint64List 0 0 0 0 0 0 0 1 0 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 8, Pointer: in typed data, at byte -8, Pointer: in typed data, at byte 16, true, false, true]
// expect: Float32List 0 0 0 0 0 0 0 0 1 0
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 4, Pointer: in typed data, at byte -4, Pointer: in typed data, at byte 8, true, false, true]
// expect: Float64List 0 0 0 0 0 0 0 0 0 1
// expect: [Pointer: in typed data, at byte 0, Pointer: in typed data, at byte 8, Pointer: in typed data, at byte -8, Pointer: in typed data, at byte 16, true, false, true]
// expect: false
// expect: Unsupported operation: address: only lists of typed data have one.
// expect: [Pointer: address=0x0, true, true, true, false, found, false, false]
// expect: [Pointer: address=0x1, true, true, true, false, found, false, false]
// expect: [Pointer: address=0xabc, true, true, true, false, found, false, false]
// expect: [Pointer: address=0x7fffffffffffffff, true, true, true, false, found, false, false]
// expect: [Pointer: address=0xffffffffffffffff, true, true, true, false, found, false, false]
// expect: [Pointer: address=0x8000000000000000, true, true, true, false, found, false, false]
// expect: [Pointer: address=0xfffffffedcba9877, true, true, true, false, found, false, false]
// expect: [Pointer: address=0x1002, Pointer: address=0xffe, Pointer: address=0x1006, Pointer: address=0xffe, Pointer: address=0x1008, Pointer: address=0x8000000000000000, Pointer: address=0xffffffffffffffff, Pointer: address=0x0]
// expect: [Invalid argument(s): +: argument 'offset' must be an int, it is "1", Invalid argument(s): -: argument 'offset' must be an int, it is null, Invalid argument(s): elementAt: argument 'index' must be an int, it is 1.0, Invalid argument(s): Pointer.fromAddress: argument 'ptr' must be an int, it is "1"]
// expect: [android_arm, android_arm64, android_ia32, android_x64, android_riscv64, fuchsia_arm64, fuchsia_x64, fuchsia_riscv64, ios_arm, ios_arm64, ios_x64, linux_arm, linux_arm64, linux_ia32, linux_x64, linux_riscv32, linux_riscv64, macos_arm64, macos_x64, windows_arm64, windows_ia32, windows_x64]
// expect: true android_arm
// expect: true android_arm64
// expect: true android_ia32
// expect: true android_x64
// expect: true android_riscv64
// expect: true fuchsia_arm64
// expect: true fuchsia_x64
// expect: true fuchsia_riscv64
// expect: true ios_arm
// expect: true ios_arm64
// expect: true ios_x64
// expect: true linux_arm
// expect: true linux_arm64
// expect: true linux_ia32
// expect: true linux_x64
// expect: true linux_riscv32
// expect: true linux_riscv64
// expect: true macos_arm64
// expect: true macos_x64
// expect: true windows_arm64
// expect: true windows_ia32
// expect: true windows_x64
// expect: [22, true, true]

// The ABI that a program runs on.
import 'dart:ffi';
import 'lib_expect.dart';

void main() {
  final abi = Abi.current();
  Expect.isTrue(abi == Abi.linuxX64 || abi == Abi.linuxArm64);
  Expect.isTrue(identical(abi, Abi.current()));
  Expect.equals(22, Abi.values.length);
  Expect.isTrue(Abi.values.contains(abi));
  for (final each in Abi.values) Expect.equals(1, Abi.values.where((a) => a == each).length);
  print([Abi.linuxX64, Abi.windowsIA32, Abi.macosArm64, Abi.androidRiscv64]);
  // expect: [linux_x64, windows_ia32, macos_arm64, android_riscv64]
  const lengths = {Abi.linuxX64: 8, Abi.windowsX64: 4};
  Expect.equals(4, lengths[Abi.windowsX64]);
  Expect.equals(sizeOf<Pointer>(), sizeOf<IntPtr>());
  Expect.equals(sizeOf<Long>(), sizeOf<Size>());
  Expect.equals(4, sizeOf<WChar>());
  print("ok"); // expect: ok
}

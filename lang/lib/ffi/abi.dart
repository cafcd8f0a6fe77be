part of dart.ffi;

// How a system and a processor have values lie and be passed.
class Abi {
  final String _name;

  const Abi._(this._name);

  // The one that this program runs on.
  factory Abi.current() {
    var name = _currentAbi();
    for (var abi in values) {
      if (abi._name == name) return abi;
    }
    throw new UnsupportedError("There is no Abi '$name'.");
  }

  String toString() => _name;

  static const androidArm = const Abi._("android_arm");
  static const androidArm64 = const Abi._("android_arm64");
  static const androidIA32 = const Abi._("android_ia32");
  static const androidX64 = const Abi._("android_x64");
  static const androidRiscv64 = const Abi._("android_riscv64");
  static const fuchsiaArm64 = const Abi._("fuchsia_arm64");
  static const fuchsiaX64 = const Abi._("fuchsia_x64");
  static const fuchsiaRiscv64 = const Abi._("fuchsia_riscv64");
  static const iosArm = const Abi._("ios_arm");
  static const iosArm64 = const Abi._("ios_arm64");
  static const iosX64 = const Abi._("ios_x64");
  static const linuxArm = const Abi._("linux_arm");
  static const linuxArm64 = const Abi._("linux_arm64");
  static const linuxIA32 = const Abi._("linux_ia32");
  static const linuxX64 = const Abi._("linux_x64");
  static const linuxRiscv32 = const Abi._("linux_riscv32");
  static const linuxRiscv64 = const Abi._("linux_riscv64");
  static const macosArm64 = const Abi._("macos_arm64");
  static const macosX64 = const Abi._("macos_x64");
  static const windowsArm64 = const Abi._("windows_arm64");
  static const windowsIA32 = const Abi._("windows_ia32");
  static const windowsX64 = const Abi._("windows_x64");

  static const List<Abi> values = const [
    androidArm,
    androidArm64,
    androidIA32,
    androidX64,
    androidRiscv64,
    fuchsiaArm64,
    fuchsiaX64,
    fuchsiaRiscv64,
    iosArm,
    iosArm64,
    iosX64,
    linuxArm,
    linuxArm64,
    linuxIA32,
    linuxX64,
    linuxRiscv32,
    linuxRiscv64,
    macosArm64,
    macosX64,
    windowsArm64,
    windowsIA32,
    windowsX64
  ];
}

// To be extended: a type of ints that is another one on each Abi.
abstract class AbiSpecificInteger implements SizedNativeType {
  const AbiSpecificInteger();
}

class AbiSpecificIntegerMapping {
  final Map<Abi, SizedNativeType> mapping;

  const AbiSpecificIntegerMapping(this.mapping);
}

String _currentAbi() native "Ffi_abi";

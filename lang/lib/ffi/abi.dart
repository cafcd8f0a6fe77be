part of dart.ffi;

// A system and a processor, which decide how long C's types are and how functions are called.
class Abi {
  final String _system;
  final String _processor;
  const Abi._(this._system, this._processor);

  static const Abi androidArm = const Abi._("android", "arm");
  static const Abi androidArm64 = const Abi._("android", "arm64");
  static const Abi androidIA32 = const Abi._("android", "ia32");
  static const Abi androidX64 = const Abi._("android", "x64");
  static const Abi androidRiscv64 = const Abi._("android", "riscv64");
  static const Abi fuchsiaArm64 = const Abi._("fuchsia", "arm64");
  static const Abi fuchsiaX64 = const Abi._("fuchsia", "x64");
  static const Abi fuchsiaRiscv64 = const Abi._("fuchsia", "riscv64");
  static const Abi iosArm = const Abi._("ios", "arm");
  static const Abi iosArm64 = const Abi._("ios", "arm64");
  static const Abi iosX64 = const Abi._("ios", "x64");
  static const Abi linuxArm = const Abi._("linux", "arm");
  static const Abi linuxArm64 = const Abi._("linux", "arm64");
  static const Abi linuxIA32 = const Abi._("linux", "ia32");
  static const Abi linuxX64 = const Abi._("linux", "x64");
  static const Abi linuxRiscv32 = const Abi._("linux", "riscv32");
  static const Abi linuxRiscv64 = const Abi._("linux", "riscv64");
  static const Abi macosArm64 = const Abi._("macos", "arm64");
  static const Abi macosX64 = const Abi._("macos", "x64");
  static const Abi windowsArm64 = const Abi._("windows", "arm64");
  static const Abi windowsIA32 = const Abi._("windows", "ia32");
  static const Abi windowsX64 = const Abi._("windows", "x64");

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

  // The one that the program runs on.
  factory Abi.current() => _isAbiArm64() ? linuxArm64 : linuxX64;

  String toString() => "${_system}_$_processor";
}

bool _isAbiArm64() native "Ffi_isAbiArm64";

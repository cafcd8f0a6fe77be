// dart:io -- of the library of that name, the system and the process that a program runs in.
// No sockets: whoever asks for one is told so.
library dart.io;

import 'dart:async';
import 'dart:collection' show UnmodifiableMapView;
import 'dart:convert';
import 'dart:isolate';
import 'dart:typed_data';

part 'bytes_builder.dart';
part 'directory.dart';
part 'encoding.dart';
part 'entity.dart';
part 'errors.dart';
part 'file.dart';
part 'pipe.dart';
part 'process.dart';
part 'random_access_file.dart';
part 'refused.dart';
part 'sink.dart';
part 'stdio.dart';

class Platform {
  static final String operatingSystem = _operatingSystem();
  static final String operatingSystemVersion = _operatingSystemVersion();
  static final int numberOfProcessors = _numberOfProcessors();

  static bool get isLinux => operatingSystem == "linux";
  static bool get isMacOS => operatingSystem == "macos";
  static bool get isWindows => operatingSystem == "windows";
  static bool get isAndroid => operatingSystem == "android";
  static bool get isIOS => operatingSystem == "ios";
  static bool get isFuchsia => operatingSystem == "fuchsia";

  static String get pathSeparator => isWindows ? "\\" : "/";
  static String get lineTerminator => isWindows ? "\r\n" : "\n";
  static String get localHostname => _localHostname();

  // The program that runs the script.
  static String get executable => _executable();
  static String get resolvedExecutable => _executable();
  static List<String> get executableArguments => const [];

  static final Uri script = Uri.parse(_script());

  // No program of the language is run with flags or packages of its own.
  static String get packageRoot => null;
  static String get packageConfig => null;
  // Which language that is, and of whom.
  static String get version => "1.24.3 (Fart) on \"$operatingSystem\"";

  // The variables as they were when this was first asked.
  static final Map<String, String> environment = new UnmodifiableMapView(_variables());

  static Map<String, String> _variables() {
    var variables = new Map<String, String>();
    for (var entry in _environment().split("\u0000")) {
      var end = entry.indexOf("=");
      if (end > 0) variables[entry.substring(0, end)] = entry.substring(end + 1);
    }
    return variables;
  }
}

String _operatingSystem() native "Platform_operatingSystem";
String _operatingSystemVersion() native "Platform_operatingSystemVersion";
int _numberOfProcessors() native "Platform_numberOfProcessors";
String _localHostname() native "Platform_localHostname";
String _executable() native "Platform_executable";
String _script() native "Platform_script";
String _environment() native "Platform_environment";

// Names of files as Windows has them: C:\folder\file, \\host\folder, \\?\C:\file, and relative ones.
//
// Not here: names of this system (Uri.file, Uri.toFilePath in uri.dart).
part of dart.core;

class _WindowsPath {
  // `isDirectory`: it ends with a slash, whether the name does or not.
  static Uri toUri(String path, bool isDirectory) {
    var isLong = path.startsWith(r"\\?\");
    if (isLong) {
      path = path.startsWith(r"UNC\", 4) ? r"\\" + path.substring(8) : path.substring(4);
    } else {
      path = path.replaceAll("/", r"\");
    }
    var hasDrive = path.length > 1 && path[1] == ":";
    if (hasDrive) {
      _checkDrive(path, true);
      if (!path.startsWith(r"\", 2)) {
        throw new ArgumentError("Windows paths with drive letter must be absolute");
      }
    } else if (isLong && !path.startsWith(r"\\")) {
      throw new ArgumentError(r"Windows paths with \\?\ prefix must be absolute");
    }
    var host;
    if (path.startsWith(r"\\")) {
      var end = path.indexOf(r"\", 2);
      host = path.substring(2, end < 0 ? path.length : end);
      path = end < 0 ? "" : path.substring(end + 1);
    }
    var isAbsolute = hasDrive || host != null || path.startsWith(r"\");
    var segments = path.split(r"\");
    if (isDirectory && path != "" && segments.last != "") segments.add("");
    _checkSegments(segments, hasDrive ? 1 : 0, true);
    var encoded = segments.map((segment) => Uri._encoded(segment, Uri._segmentLetters)).join("/");
    if (!isAbsolute) return new Uri(path: encoded);
    return new Uri(scheme: "file", host: host == null ? "" : host, path: encoded);
  }

  static String of(Uri uri) {
    var segments = uri.pathSegments;
    var hasDrive = segments.isNotEmpty && segments[0].length == 2 && segments[0][1] == ":";
    if (hasDrive) _checkDrive(segments[0], false);
    _checkSegments(segments, hasDrive ? 1 : 0, false);
    var path = segments.join(r"\");
    if (hasDrive) return segments.length == 1 ? path + r"\" : path;
    if (uri.host != "") return r"\\" + uri.host + r"\" + path;
    return uri.path.startsWith("/") ? r"\" + path : path;
  }

  static void _checkDrive(String path, bool isArgument) {
    if (new RegExp("^[A-Za-z]").hasMatch(path)) return;
    _refuse("Illegal drive letter ${path[0]}", isArgument);
  }

  static void _checkSegments(List<String> segments, int first, bool isArgument) {
    for (var segment in segments.skip(first)) {
      var found = new RegExp(r'["*/:<>?\\|]').stringMatch(segment);
      if (found != null) _refuse("Illegal character in path: $found", isArgument);
    }
  }

  static void _refuse(String message, bool isArgument) {
    throw isArgument ? new ArgumentError(message) : new UnsupportedError(message);
  }
}

// Uri, as RFC 3986 has it. What has no place in a part is written with percent signs (UTF-8).
part of dart.core;

class Uri {
  final String scheme;
  final String userInfo;
  final String path;
  final String _host; // Null: there is no authority. Of an IPv6 address without brackets.
  final int _port; // Null: the scheme's.
  final String _query; // Null: there is none.
  final String _fragment;

  Uri._(this.scheme, this.userInfo, this._host, this._port, this.path, this._query, this._fragment);

  factory Uri(
      {String scheme: "",
      String userInfo: "",
      String host,
      int port,
      String path,
      Iterable<String> pathSegments,
      String query,
      Map<String, dynamic> queryParameters,
      String fragment}) {
    if (path != null && pathSegments != null) {
      throw new ArgumentError("Both path and pathSegments specified");
    }
    if (query != null && queryParameters != null) {
      throw new ArgumentError("Both query and queryParameters specified");
    }
    if (pathSegments != null) {
      path = pathSegments.map((segment) => _encoded(segment, _segmentLetters)).join("/");
      // A colon of the first one would end a scheme.
      if (scheme == null && host == null) {
        var end = path.indexOf("/");
        if (end < 0) end = path.length;
        path = path.substring(0, end).replaceAll(":", "%3A") + path.substring(end);
      }
    }
    if (queryParameters != null) query = _queryOf(queryParameters);
    var name = _checkScheme(scheme == null ? "" : scheme, 0);
    var user = userInfo == null ? "" : userInfo;
    if (host == null && (user != "" || port != null || name == "file")) host = "";
    if (path == null) path = "";
    if (path != "" && !path.startsWith("/") && (host != null && (host != "" || name == "file") ||
        host == null && pathSegments != null && name != "")) {
      path = "/$path";
    }
    return _make(name, user, host, port, path, query, fragment);
  }

  factory Uri.http(String authority, String unencodedPath, [Map<String, dynamic> queryParameters]) {
    return _web("http", authority, unencodedPath, queryParameters);
  }

  factory Uri.https(String authority, String unencodedPath,
      [Map<String, dynamic> queryParameters]) {
    return _web("https", authority, unencodedPath, queryParameters);
  }

  // Of the names that the system uses, with slashes; with `windows`, as that has them.
  factory Uri.file(String path, {bool windows}) {
    _checkString(path, "path");
    if (windows == true) return _WindowsPath.toUri(path, false);
    var encoded = path.split("/").map(encodeComponent).join("/");
    if (path.startsWith("/")) return _make("file", "", "", null, encoded, null, null);
    return _make("", "", null, null, encoded, null, null);
  }

  factory Uri.directory(String path, {bool windows}) {
    _checkString(path, "path");
    if (windows == true) return _WindowsPath.toUri(path, true);
    if (path.isNotEmpty && !path.endsWith("/")) path = "$path/";
    return new Uri.file(path, windows: windows);
  }

  static Uri _web(String scheme, String authority, String path, Map parameters) {
    var parsed = parse("//${_checkString(authority, "authority")}");
    path = path.split("/").map(encodeComponent).join("/");
    if (path != "" && !path.startsWith("/")) path = "/$path";
    var query = parameters == null ? null : _queryOf(parameters);
    return _make(scheme, parsed.userInfo, parsed._host, parsed._port, path, query, null);
  }

  static final RegExp _parts = new RegExp(
      r"^(?:([^:/?#]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$");

  static Uri parse(String uri, [int start = 0, int end]) {
    _checkString(uri, "uri");
    end = _checkSlice(start, end, uri.length);
    var text = uri.substring(start, end);
    var match = _parts.firstMatch(text);
    var scheme = match[1];
    if (scheme == "") throw new FormatException("Invalid empty scheme", uri, start);
    scheme = scheme == null ? "" : _checkScheme(scheme, start, uri);
    var user = "";
    var host = match[2];
    var port;
    if (host != null) {
      var at = host.lastIndexOf("@");
      var begin = start + (match[1] == null ? 0 : match[1].length + 1) + 2;
      if (at >= 0) {
        user = host.substring(0, at);
        host = host.substring(at + 1);
        begin += at + 1;
      }
      var colon = host.lastIndexOf(":");
      if (colon > host.lastIndexOf("]")) {
        var digits = host.substring(colon + 1);
        host = host.substring(0, colon);
        if (digits != "") {
          port = _isAll(digits, _digits) ? int.parse(digits) : -1;
          if (port < 0 || port > 65535) {
            throw new FormatException("Invalid port", uri, begin + colon + 1);
          }
        }
      }
      if (host.startsWith("[") != host.endsWith("]") || host.lastIndexOf("[") > 0) {
        throw new FormatException("Invalid IPv6 host", uri, begin);
      }
      if (host.startsWith("[")) _bytesOfIPv6(uri, begin + 1, begin + host.length - 1);
    }
    return _make(scheme, user, host, port, match[3], match[4], match[5]);
  }

  // The four bytes, and the sixteen, of an address.
  static List<int> parseIPv4Address(String host) =>
      _bytesOfIPv4(_checkString(host, "host"), 0, host.length);
  static List<int> parseIPv6Address(String host, [int start = 0, int end]) {
    _checkString(host, "host");
    return _bytesOfIPv6(host, start, _checkSlice(start, end, host.length));
  }

  factory Uri.dataFromString(String content,
          {String mimeType, encoding, Map<String, String> parameters, bool base64: false}) =>
      new UriData.fromString(content,
              mimeType: mimeType, encoding: encoding, parameters: parameters, base64: base64)
          .uri;
  factory Uri.dataFromBytes(List<int> bytes,
          {mimeType: "application/octet-stream",
          Map<String, String> parameters,
          percentEncoded: false}) =>
      new UriData.fromBytes(bytes,
              mimeType: mimeType, parameters: parameters, percentEncoded: percentEncoded)
          .uri;

  // The folder that the process works in.
  static Uri get base {
    var folder = _workingFolder();
    if (folder is! String) throw new UnsupportedError("Uri.base: the system does not say it");
    return new Uri.directory(folder);
  }

  static Uri tryParse(String uri, [int start = 0, int end]) {
    try {
      return parse(uri, start, end);
    } on FormatException {
      return null;
    }
  }

  static Uri _make(String scheme, String user, String host, int port, String path, String query,
      String fragment) {
    if (host != null) {
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length - 1).toLowerCase();
      } else if (!host.contains(":")) {
        host = _normalized(host.toLowerCase(), _hostLetters);
      }
      if (port == _defaultPort(scheme)) port = null;
    }
    path = _normalized(path, _pathLetters);
    if (host != null && path != "" && !path.startsWith("/")) path = "/$path";
    if (scheme != "" && path.startsWith("/") || host != null) {
      path = _withoutDots(path);
    } else if (scheme == "" && (path.startsWith(".") || path.contains("/."))) {
      path = _withoutLeadingDots(path);
    }
    if (host == null && path.startsWith("//")) path = "/.$path";
    if (scheme == "" && host == null) {
      // What is in front of a colon would be read as a scheme.
      var colon = path.indexOf(":");
      var slash = path.indexOf("/");
      if (colon >= 0 && (slash < 0 || colon < slash)) {
        path = path.substring(0, colon) + "%3A" + path.substring(colon + 1);
      }
    }
    return new Uri._(
        scheme,
        _normalized(user, _userLetters),
        host,
        port,
        path,
        query == null ? null : _normalized(query, _queryLetters),
        fragment == null ? null : _normalized(fragment, _queryLetters));
  }

  String get host => _host == null ? "" : _host;
  int get port => _port == null ? _defaultPort(scheme) : _port;
  String get query => _query == null ? "" : _query;
  String get fragment => _fragment == null ? "" : _fragment;
  bool get hasScheme => scheme != "";
  bool get hasAuthority => _host != null;
  bool get hasPort => _port != null;
  bool get hasQuery => _query != null;
  bool get hasFragment => _fragment != null;
  bool get hasEmptyPath => path == "";
  bool get hasAbsolutePath => path.startsWith("/");
  bool get isAbsolute => hasScheme && !hasFragment;
  bool isScheme(String scheme) => this.scheme == scheme.toLowerCase();

  String get authority {
    if (_host == null) return "";
    var user = userInfo == "" ? "" : "$userInfo@";
    var name = _host.contains(":") ? "[$_host]" : _host;
    return "$user$name${_port == null ? "" : ":$_port"}";
  }

  String get origin {
    if (scheme != "http" && scheme != "https") {
      throw new StateError("Origin is only applicable to schemes http and https: $this");
    }
    if (host == "") throw new StateError("A $scheme: URI should have a non-empty host name: $this");
    return "$scheme://$host${_port == null ? "" : ":$_port"}";
  }

  List<String> get pathSegments {
    var rest = path.startsWith("/") ? path.substring(1) : path;
    if (rest == "") return const <String>[];
    return new List<String>.unmodifiable(rest.split("/").map(decodeComponent));
  }

  Map<String, String> get queryParameters => new Map.unmodifiable(splitQueryString(query));

  Map<String, List<String>> get queryParametersAll {
    var all = new Map<String, List<String>>();
    _eachParameter(query, decodeQueryComponent, (key, value) {
      all.putIfAbsent(key, () => <String>[]).add(value);
    });
    return new Map.unmodifiable(all);
  }

  UriData get data => scheme == "data" ? new UriData._(this) : null;

  Uri replace(
      {String scheme,
      String userInfo,
      String host,
      int port,
      String path,
      Iterable<String> pathSegments,
      String query,
      Map<String, dynamic> queryParameters,
      String fragment}) {
    if (path == null && pathSegments == null) path = this.path;
    if (query == null && queryParameters == null) query = _query;
    return new Uri(
        scheme: scheme == null ? this.scheme : scheme,
        userInfo: userInfo == null ? this.userInfo : userInfo,
        host: host == null ? _host : host,
        port: port == null ? _port : port,
        path: path,
        pathSegments: pathSegments,
        query: query,
        queryParameters: queryParameters,
        fragment: fragment == null ? _fragment : fragment);
  }

  Uri removeFragment() => new Uri._(scheme, userInfo, _host, _port, path, _query, null);
  Uri normalizePath() {
    var isRelative = scheme == "" && _host == null && path != "";
    var normal = isRelative ? _withoutLeadingDots(path) : _withoutDots(path);
    return new Uri._(scheme, userInfo, _host, _port, normal, _query, _fragment);
  }

  Uri resolve(String reference) => resolveUri(parse(reference));

  // RFC 3986, 5.2.
  Uri resolveUri(Uri reference) {
    if (reference.hasScheme) return reference;
    if (reference.hasAuthority) {
      return _make(scheme, reference.userInfo, reference._host, reference._port, reference.path,
          reference._query, reference._fragment);
    }
    var target = path;
    var query = reference._query;
    if (reference.path == "") {
      if (query == null) query = _query;
    } else if (reference.hasAbsolutePath) {
      target = _withoutDots(reference.path);
    } else if (path == "" && _host == null) {
      target = reference.path;
      if (hasScheme) target = _withoutDots(target);
    } else {
      var end = path.lastIndexOf("/");
      var merged = _host != null && path == ""
          ? "/${reference.path}"
          : path.substring(0, end + 1) + reference.path;
      target = hasScheme || hasAuthority || hasAbsolutePath
          ? _withoutDots(merged)
          : _withoutLeadingDots(merged);
    }
    return _make(scheme, userInfo, _host, _port, target, query, reference._fragment);
  }

  String toFilePath({bool windows}) {
    if (scheme != "" && scheme != "file") {
      throw new UnsupportedError("Cannot extract a file path from a $scheme URI");
    }
    if (query != "") {
      throw new UnsupportedError("Cannot extract a file path from a URI with a query component");
    }
    if (fragment != "") {
      throw new UnsupportedError("Cannot extract a file path from a URI with a fragment component");
    }
    if (windows == true) return _WindowsPath.of(this);
    if (host != "") {
      throw new UnsupportedError("Cannot extract a non-Windows file path from a file URI "
          "with an authority");
    }
    for (var segment in pathSegments) {
      if (segment.contains("/")) {
        throw new UnsupportedError("Illegal path character '/' in $segment");
      }
    }
    return decodeComponent(path);
  }

  String toString() {
    return "${scheme == "" ? "" : "$scheme:"}${_host == null ? "" : "//$authority"}$path"
        "${_query == null ? "" : "?$_query"}${_fragment == null ? "" : "#$_fragment"}";
  }

  bool operator ==(other) => other is Uri && toString() == other.toString();
  int get hashCode => toString().hashCode;
  Type get runtimeType => Uri;

  // ---- Parts

  static const String _digits = "0123456789";
  static const String _lettersAndDigits =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  static const String _unreserved = _lettersAndDigits + "-._~";
  static const String _subDelimiters = r"!$&'()*+,;=";
  static const String _hostLetters = _unreserved + _subDelimiters;
  static const String _userLetters = _hostLetters + ":";
  static const String _segmentLetters = _hostLetters + ":@";
  static const String _pathLetters = _hostLetters + ":@/";
  static const String _queryLetters = _pathLetters + "?";

  static bool _isAll(String text, String letters) {
    for (var i = 0; i < text.length; i++) {
      if (!letters.contains(text[i])) return false;
    }
    return true;
  }

  static String _checkScheme(String scheme, int place, [String source]) {
    if (scheme == "") return "";
    for (var i = 0; i < scheme.length; i++) {
      var isRight = i == 0
          ? !"0123456789+-.".contains(scheme[i]) && _lettersAndDigits.contains(scheme[i])
          : (_lettersAndDigits + "+-.").contains(scheme[i]);
      if (isRight) continue;
      throw new FormatException(i == 0 ? "Scheme not starting with alphabetic character"
          : "Illegal scheme character", source == null ? scheme : source, place + i);
    }
    return scheme.toLowerCase();
  }

  static int _defaultPort(String scheme) => scheme == "http" ? 80 : (scheme == "https" ? 443 : 0);

  static String _withoutDots(String path) {
    if (!path.contains("/.") && !path.startsWith(".")) return path;
    var result = <String>[];
    var isFolder = false;
    for (var segment in path.split("/")) {
      isFolder = segment == "." || segment == "..";
      if (segment == ".." && result.isNotEmpty) {
        result.removeLast();
        if (result.isEmpty && path.startsWith("/")) result.add("");
      } else if (!isFolder) {
        result.add(segment);
      }
    }
    if (isFolder) result.add("");
    return result.join("/");
  }

  // Of a path that is relative to another: what goes above it stays.
  static String _withoutLeadingDots(String path) {
    if (path.startsWith("/")) return _withoutDots(path);
    var result = <String>[];
    var isFolder = false;
    for (var segment in path.split("/")) {
      isFolder = segment == "." || segment == "..";
      if (segment == "..") {
        if (result.isNotEmpty && result.last != "..") {
          result.removeLast();
        } else {
          result.add("..");
        }
      } else if (segment != ".") {
        result.add(segment);
      }
    }
    if (isFolder) result.add("");
    return result.isEmpty || result.length == 1 && result[0] == "" ? "./" : result.join("/");
  }

  static int _hexAt(String text, int index) {
    return index < text.length ? "0123456789ABCDEF".indexOf(text[index].toUpperCase()) : -1;
  }

  // What may stand there does; the rest is encoded, and what is encoded without need no longer.
  static String _normalized(String text, String allowed) {
    if (_isAll(text, allowed)) return text;
    var buffer = new StringBuffer();
    for (var i = 0; i < text.length; i++) {
      var letter = text[i];
      if (letter == "%" && _hexAt(text, i + 1) >= 0 && _hexAt(text, i + 2) >= 0) {
        var byte = _hexAt(text, i + 1) * 16 + _hexAt(text, i + 2);
        var meant = new String.fromCharCode(byte);
        buffer.write(byte < 128 && _unreserved.contains(meant)
            ? meant
            : text.substring(i, i + 3).toUpperCase());
        i += 2;
      } else if (allowed.contains(letter)) {
        buffer.write(letter);
      } else {
        var isPair = i + 1 < text.length && new RuneIterator(text)._isPair(i);
        _encode(text.substring(i, isPair ? i + 2 : i + 1), "", buffer, false);
        if (isPair) i++;
      }
    }
    return buffer.toString();
  }

  // A lone surrogate becomes U+FFFD.
  static void _encode(String text, String kept, StringBuffer buffer, bool spaceIsPlus) {
    for (var rune in text.runes) {
      if (rune < 128 && kept.contains(new String.fromCharCode(rune))) {
        buffer.writeCharCode(rune);
        continue;
      }
      if (rune == 0x20 && spaceIsPlus) {
        buffer.write("+");
        continue;
      }
      if (rune >= 0xd800 && rune <= 0xdfff) rune = 0xfffd;
      if (rune < 0x80) {
        _writeByte(rune, buffer);
        continue;
      }
      var more = rune < 0x800 ? 1 : (rune < 0x10000 ? 2 : 3);
      _writeByte((0xff00 >> more + 1 & 0xff) | rune >> 6 * more, buffer);
      while (more-- > 0) _writeByte(0x80 | rune >> 6 * more & 0x3f, buffer);
    }
  }

  static void _writeByte(int byte, StringBuffer buffer) {
    buffer.write("%");
    buffer.write("0123456789ABCDEF"[byte >> 4]);
    buffer.write("0123456789ABCDEF"[byte & 15]);
  }

  // `encoding`: null: UTF-8. A text that is encoded has no letters beyond ASCII.
  static String _decode(String text, bool plusIsSpace, [encoding]) {
    var isPlain = true;
    for (var letter in text.codeUnits) {
      if (letter > 0x7f) throw new ArgumentError("Illegal percent encoding in URI");
      if (letter == 0x25 || plusIsSpace && letter == 0x2b) isPlain = false;
    }
    if (isPlain) return text;
    var bytes = <int>[];
    for (var i = 0; i < text.length; i++) {
      var letter = text.codeUnitAt(i);
      if (letter == 0x25) {
        var high = _hexAt(text, i + 1);
        var low = _hexAt(text, i + 2);
        if (high < 0 || low < 0) throw new ArgumentError("Invalid URL encoding");
        letter = high * 16 + low;
        i += 2;
      } else if (plusIsSpace && letter == 0x2b) {
        letter = 0x20;
      }
      bytes.add(letter);
    }
    return encoding == null ? _fromUtf8(bytes) : encoding.decode(bytes);
  }

  static String _fromUtf8(List<int> bytes) {
    var runes = <int>[];
    for (var i = 0; i < bytes.length; i++) {
      var rune = bytes[i];
      if (rune >= 0x80) {
        var more = rune >= 0xf0 ? 3 : (rune >= 0xe0 ? 2 : 1);
        if (rune < 0xc2 || rune > 0xf4 || i + more >= bytes.length) throw _noUtf8();
        rune &= 0x3f >> more;
        for (var last = i + more; i < last;) {
          var byte = bytes[++i];
          if (byte & 0xc0 != 0x80) throw _noUtf8();
          rune = rune << 6 | byte & 0x3f;
        }
        var least = more == 1 ? 0x80 : (more == 2 ? 0x800 : 0x10000);
        if (rune < least || rune > 0x10ffff || rune >= 0xd800 && rune <= 0xdfff) throw _noUtf8();
      }
      runes.add(rune);
    }
    return new String.fromCharCodes(runes);
  }

  static FormatException _noUtf8() => new FormatException("Invalid UTF-8 in a URI");

  static String _encoded(String text, String kept, [bool spaceIsPlus = false]) {
    if (_isAll(text, kept)) return text;
    var buffer = new StringBuffer();
    _encode(text, kept, buffer, spaceIsPlus);
    return buffer.toString();
  }

  static String encodeComponent(String component) =>
      _encoded(_checkString(component, "component"), _lettersAndDigits + "-._~!*'()");
  static String encodeQueryComponent(String component, {encoding}) {
    _checkString(component, "component");
    if (encoding == null) return _encoded(component, _unreserved, true);
    var buffer = new StringBuffer();
    for (var byte in encoding.encode(component)) {
      var letter = new String.fromCharCode(byte);
      if (_unreserved.contains(letter)) {
        buffer.write(letter);
      } else if (letter == " ") {
        buffer.write("+");
      } else {
        _writeByte(byte, buffer);
      }
    }
    return buffer.toString();
  }

  static String encodeFull(String uri) =>
      _encoded(_checkString(uri, "uri"), _lettersAndDigits + r"!#$&'()*+,-./:;=?@_~");
  static String decodeComponent(String encodedComponent) =>
      _decode(_checkString(encodedComponent, "encodedComponent"), false);
  static String decodeQueryComponent(String encodedComponent, {encoding}) =>
      _decode(_checkString(encodedComponent, "encodedComponent"), true, encoding);

  // All of it, so that what had a meaning in the URI may mean something else.
  static String decodeFull(String uri) => _decode(_checkString(uri, "uri"), false);

  static void _eachParameter(String query, Function decode, void f(String key, String value)) {
    for (var part in query.split("&")) {
      if (part == "") continue;
      var at = part.indexOf("=");
      if (at == 0) continue;
      f(decode(at < 0 ? part : part.substring(0, at)), at < 0 ? "" : decode(part.substring(at + 1)));
    }
  }

  static Map<String, String> splitQueryString(String query, {encoding}) {
    _checkString(query, "query");
    var result = new Map<String, String>();
    _eachParameter(query, (text) => decodeQueryComponent(text, encoding: encoding), (key, value) {
      result[key] = value;
    });
    return result;
  }

  static String _queryOf(Map parameters) {
    var parts = [];
    parameters.forEach((key, value) {
      for (var each in value is Iterable ? value : [value]) {
        var name = encodeQueryComponent(key);
        parts.add(each == null || each == "" ? name : "$name=${encodeQueryComponent(each)}");
      }
    });
    return parts.join("&");
  }
}

_workingFolder() native "Directory_current";

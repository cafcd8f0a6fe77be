// What `data:` URIs say, and addresses of hosts.
part of dart.core;

class UriData {
  // What may stand in a content, and in a type's or a parameter's name.
  static const String _contentLetters = Uri._lettersAndDigits + r"-._~!$&'()*+,;=:@/?";
  static const String _tokenLetters = Uri._lettersAndDigits + r"!#$&*+-.^_`|{}~";

  final Uri uri;
  UriData._(this.uri);

  factory UriData.fromString(String content,
      {String mimeType, encoding, Map<String, String> parameters, bool base64: false}) {
    var charset = parameters == null ? null : parameters["charset"];
    var head = _headOf(mimeType, encoding != null && charset == null ? encoding.name : null, parameters);
    var bytes;
    if (encoding != null) {
      bytes = encoding.encode(content);
    } else {
      bytes = _encodeAs(charset == null ? "us-ascii" : charset, content);
    }
    return new UriData._(Uri.parse("data:$head${_contentOf(bytes, base64)}"));
  }

  factory UriData.fromBytes(List<int> bytes,
      {mimeType: "application/octet-stream",
      Map<String, String> parameters,
      percentEncoded: false}) {
    var head = _headOf(mimeType, null, parameters);
    return new UriData._(Uri.parse("data:$head${_contentOf(bytes, !percentEncoded)}"));
  }

  factory UriData.fromUri(Uri uri) {
    if (uri.scheme != "data") throw new ArgumentError.value(uri, "uri", "Scheme must be 'data'");
    if (uri.hasAuthority) throw new ArgumentError.value(uri, "uri", "Data uri must not have authority");
    if (uri.hasFragment) throw new ArgumentError.value(uri, "uri", "Data uri must not have a fragment part");
    return parse(uri.toString());
  }

  static UriData parse(String uri) {
    var parsed = Uri.parse(uri);
    if (parsed.scheme != "data") throw new FormatException("Does not start with 'data:'", uri, 0);
    if (!parsed.path.contains(",")) throw new FormatException("Expecting '='", uri, uri.length);
    var data = new UriData._(parsed);
    if (data.isBase64) _bytesOfBase64(data.contentText);
    return data;
  }

  static String _headOf(String mimeType, String charset, Map<String, String> parameters) {
    var head = new StringBuffer();
    if (mimeType != null && mimeType != "" && mimeType != "text/plain") {
      var slash = mimeType.indexOf("/");
      if (slash <= 0 || slash == mimeType.length - 1) {
        throw new ArgumentError.value(mimeType, "mimeType", "Invalid MIME type");
      }
      head.write(Uri._encoded(mimeType.substring(0, slash), _tokenLetters));
      head.write("/");
      head.write(Uri._encoded(mimeType.substring(slash + 1), _tokenLetters));
    }
    if (charset != null) head.write(";charset=${Uri._encoded(charset, _tokenLetters)}");
    if (parameters != null) {
      parameters.forEach((key, value) {
        if (key == "") throw new ArgumentError.value("", "parameters", "Parameter names must not be empty");
        head.write(";${Uri._encoded(key, _tokenLetters)}=${Uri._encoded(value, _tokenLetters)}");
      });
    }
    return head.toString();
  }

  static String _contentOf(List<int> bytes, bool base64) {
    if (base64) return ";base64,${_base64Of(bytes)}";
    var buffer = new StringBuffer(",");
    for (var byte in bytes) {
      if (byte < 0 || byte > 255) throw new ArgumentError.value(byte, "non-byte value");
      if (byte < 128 && _contentLetters.contains(new String.fromCharCode(byte))) {
        buffer.writeCharCode(byte);
      } else {
        Uri._writeByte(byte, buffer);
      }
    }
    return buffer.toString();
  }

  Type get runtimeType => UriData;
  String get _head => uri.path.substring(0, uri.path.indexOf(","));
  bool get isBase64 => _head.endsWith(";base64");
  String get contentText {
    var rest = uri.path.substring(uri.path.indexOf(",") + 1);
    return uri.hasQuery ? "$rest?${uri.query}" : rest;
  }

  String get mimeType {
    var type = Uri.decodeComponent(_head.split(";").first);
    return type == "" ? "text/plain" : type;
  }

  Map<String, String> get parameters {
    var result = new Map<String, String>();
    for (var part in _head.split(";").skip(1)) {
      var at = part.indexOf("=");
      if (at > 0) {
        result[Uri.decodeComponent(part.substring(0, at))] =
            Uri.decodeComponent(part.substring(at + 1));
      }
    }
    return result;
  }

  String get charset {
    var given = parameters["charset"];
    return given == null ? "US-ASCII" : given;
  }

  List<int> contentAsBytes() {
    if (isBase64) return _bytesOfBase64(contentText);
    var text = contentText;
    var bytes = <int>[];
    for (var i = 0; i < text.length; i++) {
      var high = text[i] == "%" ? Uri._hexAt(text, i + 1) : -1;
      var low = high < 0 ? -1 : Uri._hexAt(text, i + 2);
      if (low < 0) {
        bytes.add(text.codeUnitAt(i));
      } else {
        bytes.add(high * 16 + low);
        i += 2;
      }
    }
    return bytes;
  }

  // As `encoding` says, or the URI.
  String contentAsString({encoding}) {
    var bytes = contentAsBytes();
    if (encoding != null) return encoding.decode(bytes);
    switch (charset.toLowerCase()) {
      case "us-ascii":
      case "iso-8859-1":
      case "latin1":
        return new String.fromCharCodes(bytes);
      case "utf-8":
        return Uri._fromUtf8(bytes);
    }
    throw new UnsupportedError("Unknown charset: $charset");
  }

  String toString() => uri.toString();
}

List<int> _encodeAs(String charset, String text) {
  var name = charset.toLowerCase();
  if (name == "utf-8") {
    var encoded = Uri._encoded(text, ""); // %41%c3...
    return new List<int>.generate(encoded.length ~/ 3,
        (i) => int.parse(encoded.substring(3 * i + 1, 3 * i + 3), radix: 16));
  }
  var most = name == "iso-8859-1" ? 255 : 127;
  for (var unit in text.codeUnits) {
    if (unit > most) throw new ArgumentError.value(text, "content", "has letters beyond $charset");
  }
  return text.codeUnits;
}

const String _base64Letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

String _base64Of(List<int> bytes) {
  var buffer = new StringBuffer();
  for (var i = 0; i < bytes.length; i += 3) {
    var count = bytes.length - i < 3 ? bytes.length - i : 3;
    var bits = 0;
    for (var k = 0; k < 3; k++) bits = bits << 8 | (k < count ? bytes[i + k] : 0);
    for (var k = 0; k < 4; k++) {
      buffer.write(k > count ? "=" : _base64Letters[bits >> (18 - 6 * k) & 63]);
    }
  }
  return buffer.toString();
}

List<int> _bytesOfBase64(String text) {
  var bytes = <int>[];
  var bits = 0;
  var count = 0;
  text = Uri.decodeComponent(text);
  var end = text.indexOf("=");
  if (end < 0) end = text.length;
  for (var i = 0; i < end; i++) {
    var letter = text[i] == "-" ? "+" : text[i] == "_" ? "/" : text[i];
    var value = _base64Letters.indexOf(letter);
    if (value < 0) throw new FormatException("Invalid base64 data", text, i);
    bits = (bits << 6 | value) & 0xffffff;
    if (++count % 4 != 1) bytes.add(bits >> (6 - 2 * ((count - 1) % 4)) & 255);
  }
  if (count % 4 == 1 || text.length > end && text.length % 4 != 0) {
    throw new FormatException("Invalid base64 encoding length", text, text.length);
  }
  return bytes;
}

// ---- Addresses

List<int> _bytesOfIPv4(String host, int start, int end) {
  var parts = host.substring(start, end).split(".");
  if (parts.length != 4) {
    throw new FormatException("Illegal IPv4 address, IPv4 address should contain exactly 4 parts");
  }
  return parts.map((part) {
    var byte = Uri._isAll(part, Uri._digits) && part != "" ? int.parse(part) : -1;
    if (byte < 0 || byte > 255) {
      throw new FormatException("Illegal IPv4 address, each part must be in the range of 0..255");
    }
    return byte;
  }).toList();
}

List<int> _bytesOfIPv6(String host, int start, int end) {
  var text = host.substring(start, end);
  fail(String why) => throw new FormatException("Illegal IPv6 address, $why", host, start);
  if (text.length < 2) fail("address is too short");
  // Around a wildcard "::", which stands for as many zeros as are missing.
  var sides = text.split("::");
  if (sides.length > 2) fail("only one wildcard '::' is allowed");
  var bytes = sides.map((side) {
    var result = <int>[];
    if (side == "") return result;
    var parts = side.split(":");
    for (var i = 0; i < parts.length; i++) {
      var part = parts[i];
      if (part.contains(".")) {
        if (i < parts.length - 1 || side != sides.last) fail("an IPv4 part must be the last");
        result.addAll(_bytesOfIPv4(part, 0, part.length));
        continue;
      }
      if (part == "" || part.length > 4) fail("an IPv6 part can only contain a maximum of 4 hex digits");
      var value = int.parse(part, radix: 16, onError: (_) => -1);
      if (value < 0) fail("'$part' is no hexadecimal number");
      result.add(value >> 8);
      result.add(value & 255);
    }
    return result;
  }).toList();
  var count = bytes[0].length + (sides.length == 2 ? bytes[1].length : 0);
  if (sides.length == 1) {
    if (count != 16) fail("an address without a wildcard must contain exactly 8 parts");
    return bytes[0];
  }
  if (count > 14) fail("a wildcard '::' must stand for at least one part");
  return bytes[0]..addAll(new List<int>.filled(16 - count, 0))..addAll(bytes[1]);
}

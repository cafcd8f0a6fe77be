// Every member of URIs and of what `data:` URIs say, for URIs of all forms; what each refuses, with its
// place; escapes at their bounds.
// stress-interval: 97
import "dart:convert";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "<$error>".split("\n").first;
  }
}

final members = {
  "scheme": (u) => u.scheme, "userInfo": (u) => u.userInfo, "host": (u) => u.host, "port": (u) => u.port, "authority": (u) => u.authority, "path": (u) => u.path, "query": (u) => u.query,
  "fragment": (u) => u.fragment, "segments": (u) => u.pathSegments, "parameters": (u) => u.queryParameters, "all": (u) => u.queryParametersAll, "origin": (u) => u.origin,
  "has": (u) => [u.hasScheme, u.hasAuthority, u.hasPort, u.hasQuery, u.hasFragment, u.hasEmptyPath, u.hasAbsolutePath, u.isAbsolute].map((x) => x ? 1 : 0).join(),
  "data": (u) => u.data == null, "isScheme": (u) => [u.isScheme("HTTP"), u.isScheme("")], "removeFragment": (u) => u.removeFragment(), "normalizePath": (u) => u.normalizePath(),
  "toFilePath": (u) => u.toFilePath(windows: false), "replace": (u) => u.replace(), "resolve": (u) => ["x", "../x", "/x", "?q", "#f", "", "//h/x", "s:x", "./", "../../../x", "."].map(u.resolve).join(" ")
};

main() {
  for (var text in ["http://u:p@Host:80/a/b%20c/?q=1&q=2&r&=3&s=%41+b#f", "https://h", "http://h:81", "//h/p", "/a/../b/./c", "a/../../b", "a:b", "a%3ab/c:d", "file:///a%20b/c", "s:/a", "s://:1/",
      "", "?", "#", "?q#", "http://[::1]:8080/", "http://h/%7euser/%c3%a9/%zz%", "s:a/../b", "..", "mailto:a@b", "data:,x", "/a//b/", "http://h?q", "./a:b"]) {
    var uri = Uri.parse(text);
    print("-- $text: $uri");
    members.forEach((name, member) => print("$name: ${tried(() => member(uri))}"));
  }
  print([tried(() => Uri.parse("http://h").queryParameters["a"] = "b"), tried(() => Uri.parse("http://h/a").pathSegments.add("b")), tried(() => Uri.parse("http://h?a=b").queryParametersAll["c"] = [])]);
  refused();
  made();
  replaced();
  escapes();
  addresses();
  datas();
}

refused() {
  for (var text in [":a", "1a:b", "a_b:c", "http://h:x/", "http://h:65536", "http://h:-1", "http://u@h:7x/", "http://[::1", "http://::1]", "http://a[::1]", "http://[::1]x:1", "http://[1::2::3]", "http://[:1]"]) {
    try {
      print(Uri.parse("$text"));
    } on FormatException catch (error) {
      print("$text: ${error.message} ${error.source} ${error.offset} ${Uri.tryParse(text)}");
    }
  }
  for (var f in [() => Uri.parse(null), () => Uri.parse("abc", 4), () => Uri.parse("abc", 2, 1), () => Uri.parse("xhttp://hy", 1, 9), () => Uri.tryParse("xhttp://hy", 1, 9), () => new Uri.file(null), () => new Uri.directory(null),
      () => Uri.parse("http:/a").origin, () => Uri.parse("http:///a").origin, () => Uri.parse("ftp://h").origin, () => Uri.parse("http://h/a").toFilePath(), () => Uri.parse("file:///a?b").toFilePath(),
      () => Uri.parse("file:///a#b").toFilePath(), () => Uri.parse("file://h/a").toFilePath(windows: false), () => Uri.parse("file:///a%2fb").toFilePath(windows: false), () => Uri.encodeComponent(null),
      () => Uri.encodeQueryComponent(null), () => Uri.encodeFull(null), () => Uri.decodeComponent(null), () => Uri.decodeQueryComponent(null), () => Uri.decodeFull(null), () => Uri.splitQueryString(null)]) print(tried(f));
}

made() {
  print([new Uri(), new Uri(scheme: "S", host: "H", port: 7, path: "a b", query: "q r", fragment: "f g"), new Uri(host: "h", pathSegments: ["a/b", "c"]), new Uri(scheme: "http", host: "h", port: 80),
      new Uri(path: "a", queryParameters: {"k": "v w", "l": ["1", "2"], "m": "", "n": null}), new Uri(scheme: "s", userInfo: "u@", host: "::1"), new Uri(path: "a:b/c"), new Uri(pathSegments: ["a:b"]),
      new Uri(scheme: "https", host: "h", port: 443, userInfo: "u"), new Uri(host: "", path: "a"), new Uri(path: "//a")]);
  print([new Uri.http("h", "/a b"), new Uri.http("u@h:81", "a", {"k": "v"}), new Uri.https("h", ""), new Uri.https("h:443", "a/b", {})]);
  print([new Uri.file("/a b/c"), new Uri.file("a/b"), new Uri.file("a:b"), new Uri.directory("/a"), new Uri.directory("/a/"), new Uri.directory(""), new Uri.directory("a")]);
  for (var f in [() => new Uri(path: "a", pathSegments: ["b"]), () => new Uri(query: "a", queryParameters: {}), () => new Uri(scheme: "1"), () => new Uri.http(null, ""), () => new Uri(scheme: "s", host: "h", port: 70000)]) print(tried(f));
}

replaced() {
  var uri = Uri.parse("http://u@h:81/p/q?a=b#f");
  print([uri.replace(scheme: "ftp"), uri.replace(userInfo: "v"), uri.replace(host: "i"), uri.replace(port: 82), uri.replace(port: 80), uri.replace(path: "r"), uri.replace(pathSegments: ["s", "t/"]),
      uri.replace(query: "c"), uri.replace(queryParameters: {"d": "e"}), uri.replace(fragment: "g"), uri.replace(fragment: "", query: "", path: "", userInfo: "")]);
  print([uri.removeFragment().hasFragment, Uri.parse("a/./b/..").normalizePath(), Uri.parse("s:/a/../..").normalizePath(), Uri.parse("../a/..").normalizePath(), Uri.parse("//h").normalizePath()]);
}

escapes() {
  var text = new String.fromCharCodes([1, 0x1f, 0x20, 0x21, 0x25, 0x2b, 0x2f, 0x7e, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0xd800, 0xdc00, 0xdbff, 0xdfff]);
  print([Uri.encodeComponent(text), Uri.encodeQueryComponent(text), Uri.encodeFull(text), new Uri(path: text)]);
  print([Uri.decodeComponent(Uri.encodeComponent(text)) == text, Uri.decodeQueryComponent(Uri.encodeQueryComponent(text)) == text, Uri.encodeComponent("\ud800"), Uri.encodeComponent("\udc00x")]);
  print([Uri.encodeComponent("-_.!~*'()az09AZ;,/?:@&=+\$#"), Uri.encodeQueryComponent("-_.!~*'()az09AZ;,/?:@&=+\$# "), Uri.encodeFull("-_.!~*'()az09AZ;,/?:@&=+\$#[]")]);
  print([Uri.encodeQueryComponent("\u00e9 a", encoding: LATIN1), Uri.encodeQueryComponent("\u00e9 a~", encoding: UTF8), Uri.decodeQueryComponent("%e9+a", encoding: LATIN1), Uri.decodeQueryComponent("a+b%20c"), Uri.decodeComponent("a+b")]);
  print([Uri.splitQueryString("a=b&c&=d&e=f=g&&a=h"), Uri.splitQueryString("%e9=%e8+", encoding: LATIN1), Uri.decodeFull("%41%2f+")]);
  for (var wrong in ["%", "%4", "%4g", "%g4", "\u00e9%41", "%80", "%c1%80", "%c2", "%c2%41", "%c3%c0", "%e0%9f%bf", "%ed%a0%80", "%f4%90%80%80", "%f0%8f%bf%bf", "%f5%80%80%80", "%e2%82"]) {
    print("$wrong: ${tried(() => Uri.decodeComponent(wrong))}");
  }
  for (var right in ["%c2%80", "%df%bf", "%e0%a0%80", "%ed%9f%bf", "%ee%80%80", "%ef%bf%bf", "%f0%90%80%80", "%f4%8f%bf%bf"]) print("$right: ${Uri.decodeComponent(right).runes}");
}

addresses() {
  for (var text in ["0.0.0.0", "255.255.255.255", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1..3.4", "1.2.3.-4", "1.2.3.x", ""]) print("$text: ${tried(() => Uri.parseIPv4Address(text))}");
  for (var text in ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "ffff::fF0", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8",
      "1::2::3", ":", ":::", "1", "12345::", "g::", "::1.2.3.4:5", "1.2.3.4::", "::1.2.3", ":1:2:3:4:5:6:7:8"]) print("$text: ${tried(() => Uri.parseIPv6Address(text))}");
  print([Uri.parseIPv6Address("x::1y", 1, 4), tried(() => Uri.parseIPv6Address("::1", 4)), tried(() => Uri.parseIPv6Address(null)), tried(() => Uri.parseIPv4Address(null))]);
}

datas() {
  for (var text in ["data:,", "data:,a%20b", "data:text/html,<p>", "data:;base64,QUJD", "data:a/b;charset=utf-8;x=y%3d,%c3%a9", "data:;charset=iso-8859-1,%e9", "data:;charset=ISO-8859-1;base64,6Q==", "data:;charset=none,a", "data:;=a;b,c",
      "data:text/plain,a?b=c", "data:,%4", "data:,%4g", "data:%2f,x", "data:;base64,QQ%3D%3D", "data:;base64,-_8="]) {
    var data = UriData.parse(text);
    print([data, data.mimeType, data.parameters, data.charset, data.isBase64, data.contentText, tried(() => data.contentAsBytes()), tried(() => data.contentAsString()), tried(() => data.contentAsString(encoding: LATIN1)), data.uri == Uri.parse(text)]);
  }
  for (var wrong in ["http:,", "data:", "data:;base64,A", "data:;base64,A===", "data:;base64,AB=", "data:;base64,A*==", "data:a"]) {
    try {
      print(UriData.parse(wrong));
    } on FormatException catch (error) {
      print("$wrong: ${error.message} ${error.source} ${error.offset}");
    }
  }
  for (var f in [() => new UriData.fromUri(Uri.parse("http:,a")), () => new UriData.fromUri(Uri.parse("data://h/,a")), () => new UriData.fromUri(Uri.parse("data:,a#f")), () => new UriData.fromUri(Uri.parse("data:a/b,c")),
      () => new UriData.fromString("\u00e9"), () => new UriData.fromString("\u0100", parameters: {"charset": "iso-8859-1"}), () => new UriData.fromString("a\u00ff", parameters: {"charset": "iso-8859-1"}),
      () => new UriData.fromString("\u20ac", parameters: {"charset": "utf-8"}), () => new UriData.fromString("\u20ac", encoding: UTF8), () => new UriData.fromString("\u20ac", encoding: UTF8, base64: true),
      () => new UriData.fromString("a", encoding: UTF8, parameters: {"charset": "x"}), () => new UriData.fromString("a", mimeType: "text/plain"), () => new UriData.fromString("a", mimeType: "a"), () => new UriData.fromString("a", mimeType: "/a"),
      () => new UriData.fromString("a", mimeType: "a/"), () => new UriData.fromString("a", mimeType: "a b/c d"), () => new UriData.fromString("a", parameters: {"": "x"}), () => new UriData.fromString("a", parameters: {"k l": "m n"}),
      () => new UriData.fromBytes([]), () => new UriData.fromBytes([1]), () => new UriData.fromBytes([1, 2]), () => new UriData.fromBytes([1, 2, 3]), () => new UriData.fromBytes([0, 65, 127, 128, 255], percentEncoded: true),
      () => new UriData.fromBytes([256], percentEncoded: true), () => new UriData.fromBytes([-1], percentEncoded: true), () => new UriData.fromBytes([1], mimeType: "a/b", parameters: {"c": "d"}),
      () => new Uri.dataFromBytes([1, 2]), () => new Uri.dataFromBytes([65], mimeType: "a/b", parameters: {"c": "d"}, percentEncoded: true), () => new Uri.dataFromString("a b", mimeType: "c/d", parameters: {"e": "f"}, base64: true),
      () => new Uri.dataFromString("\u00e9", encoding: LATIN1)]) print(tried(f));
}

// expect: -- http://u:p@Host:80/a/b%20c/?q=1&q=2&r&=3&s=%41+b#f: http://u:p@host/a/b%20c/?q=1&q=2&r&=3&s=A+b#f
// expect: scheme: http
// expect: userInfo: u:p
// expect: host: host
// expect: port: 80
// expect: authority: u:p@host
// expect: path: /a/b%20c/
// expect: query: q=1&q=2&r&=3&s=A+b
// expect: fragment: f
// expect: segments: [a, b c, ]
// expect: parameters: {q: 2, r: , s: A b}
// expect: all: {q: [1, 2], r: [], s: [A b]}
// expect: origin: http://host
// expect: has: 11011010
// expect: data: true
// expect: isScheme: [true, false]
// expect: removeFragment: http://u:p@host/a/b%20c/?q=1&q=2&r&=3&s=A+b
// expect: normalizePath: http://u:p@host/a/b%20c/?q=1&q=2&r&=3&s=A+b#f
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a http URI>
// expect: replace: http://u:p@host/a/b%20c/?q=1&q=2&r&=3&s=A+b#f
// expect: resolve: http://u:p@host/a/b%20c/x http://u:p@host/a/x http://u:p@host/x http://u:p@host/a/b%20c/?q http://u:p@host/a/b%20c/?q=1&q=2&r&=3&s=A+b#f http://u:p@host/a/b%20c/?q=1&q=2&r&=3&s=A+b http://h/x s:x http://u:p@host/a/b%20c/ http://u:p@host/x http://u:p@host/a/b%20c/
// expect: -- https://h: https://h
// expect: scheme: https
// expect: userInfo: 
// expect: host: h
// expect: port: 443
// expect: authority: h
// expect: path: 
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: https://h
// expect: has: 11000101
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: https://h
// expect: normalizePath: https://h
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a https URI>
// expect: replace: https://h
// expect: resolve: https://h/x https://h/x https://h/x https://h?q https://h#f https://h https://h/x s:x https://h/ https://h/x https://h/
// expect: -- http://h:81: http://h:81
// expect: scheme: http
// expect: userInfo: 
// expect: host: h
// expect: port: 81
// expect: authority: h:81
// expect: path: 
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: http://h:81
// expect: has: 11100101
// expect: data: true
// expect: isScheme: [true, false]
// expect: removeFragment: http://h:81
// expect: normalizePath: http://h:81
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a http URI>
// expect: replace: http://h:81
// expect: resolve: http://h:81/x http://h:81/x http://h:81/x http://h:81?q http://h:81#f http://h:81 http://h/x s:x http://h:81/ http://h:81/x http://h:81/
// expect: -- //h/p: //h/p
// expect: scheme: 
// expect: userInfo: 
// expect: host: h
// expect: port: 0
// expect: authority: h
// expect: path: /p
// expect: query: 
// expect: fragment: 
// expect: segments: [p]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: //h/p>
// expect: has: 01000010
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: //h/p
// expect: normalizePath: //h/p
// expect: toFilePath: <Unsupported operation: Cannot extract a non-Windows file path from a file URI with an authority>
// expect: replace: //h/p
// expect: resolve: //h/x //h/x //h/x //h/p?q //h/p#f //h/p //h/x s:x //h/ //h/x //h/
// expect: -- /a/../b/./c: /b/c
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: /b/c
// expect: query: 
// expect: fragment: 
// expect: segments: [b, c]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: /b/c>
// expect: has: 00000010
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: /b/c
// expect: normalizePath: /b/c
// expect: toFilePath: /b/c
// expect: replace: /b/c
// expect: resolve: /b/x /x /x /b/c?q /b/c#f /b/c //h/x s:x /b/ /x /b/
// expect: -- a/../../b: ../b
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: ../b
// expect: query: 
// expect: fragment: 
// expect: segments: [.., b]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: ../b>
// expect: has: 00000000
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: ../b
// expect: normalizePath: ../b
// expect: toFilePath: ../b
// expect: replace: ../b
// expect: resolve: ../x ../../x /x ../b?q ../b#f ../b //h/x s:x ../ ../../../../x ../
// expect: -- a:b: a:b
// expect: scheme: a
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: b
// expect: query: 
// expect: fragment: 
// expect: segments: [b]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: a:b>
// expect: has: 10000001
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: a:b
// expect: normalizePath: a:b
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a a URI>
// expect: replace: a:b
// expect: resolve: a:x a:x a:/x a:b?q a:b#f a:b a://h/x s:x a: a:x a:
// expect: -- a%3ab/c:d: a%3Ab/c:d
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: a%3Ab/c:d
// expect: query: 
// expect: fragment: 
// expect: segments: [a:b, c:d]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: a%3Ab/c:d>
// expect: has: 00000000
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: a%3Ab/c:d
// expect: normalizePath: a%3Ab/c:d
// expect: toFilePath: a:b/c:d
// expect: replace: a%3Ab/c:d
// expect: resolve: a%3Ab/x x /x a%3Ab/c:d?q a%3Ab/c:d#f a%3Ab/c:d //h/x s:x a%3Ab/ ../../x a%3Ab/
// expect: -- file:///a%20b/c: file:///a%20b/c
// expect: scheme: file
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: /a%20b/c
// expect: query: 
// expect: fragment: 
// expect: segments: [a b, c]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: file:///a%20b/c>
// expect: has: 11000011
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: file:///a%20b/c
// expect: normalizePath: file:///a%20b/c
// expect: toFilePath: /a b/c
// expect: replace: file:///a%20b/c
// expect: resolve: file:///a%20b/x file:///x file:///x file:///a%20b/c?q file:///a%20b/c#f file:///a%20b/c file://h/x s:x file:///a%20b/ file:///x file:///a%20b/
// expect: -- s:/a: s:/a
// expect: scheme: s
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: /a
// expect: query: 
// expect: fragment: 
// expect: segments: [a]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: s:/a>
// expect: has: 10000011
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: s:/a
// expect: normalizePath: s:/a
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a s URI>
// expect: replace: s:/a
// expect: resolve: s:/x s:/x s:/x s:/a?q s:/a#f s:/a s://h/x s:x s:/ s:/x s:/
// expect: -- s://:1/: s://:1/
// expect: scheme: s
// expect: userInfo: 
// expect: host: 
// expect: port: 1
// expect: authority: :1
// expect: path: /
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: s://:1/>
// expect: has: 11100011
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: s://:1/
// expect: normalizePath: s://:1/
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a s URI>
// expect: replace: s://:1/
// expect: resolve: s://:1/x s://:1/x s://:1/x s://:1/?q s://:1/#f s://:1/ s://h/x s:x s://:1/ s://:1/x s://:1/
// expect: -- : 
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: 
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: >
// expect: has: 00000100
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: 
// expect: normalizePath: 
// expect: toFilePath: 
// expect: replace: 
// expect: resolve: x ../x /x ?q #f  //h/x s:x ./ ../../../x ./
// expect: -- ?: ?
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: 
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: ?>
// expect: has: 00010100
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: ?
// expect: normalizePath: ?
// expect: toFilePath: 
// expect: replace: ?
// expect: resolve: x ../x /x ?q ?#f ? //h/x s:x ./ ../../../x ./
// expect: -- #: #
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: 
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: #>
// expect: has: 00001100
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: 
// expect: normalizePath: #
// expect: toFilePath: 
// expect: replace: #
// expect: resolve: x ../x /x ?q #f  //h/x s:x ./ ../../../x ./
// expect: -- ?q#: ?q#
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: 
// expect: query: q
// expect: fragment: 
// expect: segments: []
// expect: parameters: {q: }
// expect: all: {q: []}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: ?q#>
// expect: has: 00011100
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: ?q
// expect: normalizePath: ?q#
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a URI with a query component>
// expect: replace: ?q#
// expect: resolve: x ../x /x ?q ?q#f ?q //h/x s:x ./ ../../../x ./
// expect: -- http://[::1]:8080/: http://[::1]:8080/
// expect: scheme: http
// expect: userInfo: 
// expect: host: ::1
// expect: port: 8080
// expect: authority: [::1]:8080
// expect: path: /
// expect: query: 
// expect: fragment: 
// expect: segments: []
// expect: parameters: {}
// expect: all: {}
// expect: origin: http://::1:8080
// expect: has: 11100011
// expect: data: true
// expect: isScheme: [true, false]
// expect: removeFragment: http://[::1]:8080/
// expect: normalizePath: http://[::1]:8080/
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a http URI>
// expect: replace: http://[::1]:8080/
// expect: resolve: http://[::1]:8080/x http://[::1]:8080/x http://[::1]:8080/x http://[::1]:8080/?q http://[::1]:8080/#f http://[::1]:8080/ http://h/x s:x http://[::1]:8080/ http://[::1]:8080/x http://[::1]:8080/
// expect: -- http://h/%7euser/%c3%a9/%zz%: http://h/~user/%C3%A9/%25zz%25
// expect: scheme: http
// expect: userInfo: 
// expect: host: h
// expect: port: 80
// expect: authority: h
// expect: path: /~user/%C3%A9/%25zz%25
// expect: query: 
// expect: fragment: 
// expect: segments: [~user, é, %zz%]
// expect: parameters: {}
// expect: all: {}
// expect: origin: http://h
// expect: has: 11000011
// expect: data: true
// expect: isScheme: [true, false]
// expect: removeFragment: http://h/~user/%C3%A9/%25zz%25
// expect: normalizePath: http://h/~user/%C3%A9/%25zz%25
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a http URI>
// expect: replace: http://h/~user/%C3%A9/%25zz%25
// expect: resolve: http://h/~user/%C3%A9/x http://h/~user/x http://h/x http://h/~user/%C3%A9/%25zz%25?q http://h/~user/%C3%A9/%25zz%25#f http://h/~user/%C3%A9/%25zz%25 http://h/x s:x http://h/~user/%C3%A9/ http://h/x http://h/~user/%C3%A9/
// expect: -- s:a/../b: s:a/../b
// expect: scheme: s
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: a/../b
// expect: query: 
// expect: fragment: 
// expect: segments: [a, .., b]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: s:a/../b>
// expect: has: 10000001
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: s:a/../b
// expect: normalizePath: s:b
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a s URI>
// expect: replace: s:a/../b
// expect: resolve: s:x s:x s:/x s:a/../b?q s:a/../b#f s:a/../b s://h/x s:x s: s:x s:
// expect: -- ..: ../
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: ../
// expect: query: 
// expect: fragment: 
// expect: segments: [.., ]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: ../>
// expect: has: 00000000
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: ../
// expect: normalizePath: ../
// expect: toFilePath: ../
// expect: replace: ../
// expect: resolve: ../x ../../x /x ../?q ../#f ../ //h/x s:x ../ ../../../../x ../
// expect: -- mailto:a@b: mailto:a@b
// expect: scheme: mailto
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: a@b
// expect: query: 
// expect: fragment: 
// expect: segments: [a@b]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: mailto:a@b>
// expect: has: 10000001
// expect: data: true
// expect: isScheme: [false, false]
// expect: removeFragment: mailto:a@b
// expect: normalizePath: mailto:a@b
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a mailto URI>
// expect: replace: mailto:a@b
// expect: resolve: mailto:x mailto:x mailto:/x mailto:a@b?q mailto:a@b#f mailto:a@b mailto://h/x s:x mailto: mailto:x mailto:
// expect: -- data:,x: data:,x
// expect: scheme: data
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: ,x
// expect: query: 
// expect: fragment: 
// expect: segments: [,x]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: data:,x>
// expect: has: 10000001
// expect: data: false
// expect: isScheme: [false, false]
// expect: removeFragment: data:,x
// expect: normalizePath: data:,x
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a data URI>
// expect: replace: data:,x
// expect: resolve: data:x data:x data:/x data:,x?q data:,x#f data:,x data://h/x s:x data: data:x data:
// expect: -- /a//b/: /a//b/
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: /a//b/
// expect: query: 
// expect: fragment: 
// expect: segments: [a, , b, ]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: /a//b/>
// expect: has: 00000010
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: /a//b/
// expect: normalizePath: /a//b/
// expect: toFilePath: /a//b/
// expect: replace: /a//b/
// expect: resolve: /a//b/x /a//x /x /a//b/?q /a//b/#f /a//b/ //h/x s:x /a//b/ /x /a//b/
// expect: -- http://h?q: http://h?q
// expect: scheme: http
// expect: userInfo: 
// expect: host: h
// expect: port: 80
// expect: authority: h
// expect: path: 
// expect: query: q
// expect: fragment: 
// expect: segments: []
// expect: parameters: {q: }
// expect: all: {q: []}
// expect: origin: http://h
// expect: has: 11010101
// expect: data: true
// expect: isScheme: [true, false]
// expect: removeFragment: http://h?q
// expect: normalizePath: http://h?q
// expect: toFilePath: <Unsupported operation: Cannot extract a file path from a http URI>
// expect: replace: http://h?q
// expect: resolve: http://h/x http://h/x http://h/x http://h?q http://h?q#f http://h?q http://h/x s:x http://h/ http://h/x http://h/
// expect: -- ./a:b: a%3Ab
// expect: scheme: 
// expect: userInfo: 
// expect: host: 
// expect: port: 0
// expect: authority: 
// expect: path: a%3Ab
// expect: query: 
// expect: fragment: 
// expect: segments: [a:b]
// expect: parameters: {}
// expect: all: {}
// expect: origin: <Bad state: Origin is only applicable to schemes http and https: a%3Ab>
// expect: has: 00000000
// expect: data: true
// expect: isScheme: [false, true]
// expect: removeFragment: a%3Ab
// expect: normalizePath: a%3Ab
// expect: toFilePath: a:b
// expect: replace: a%3Ab
// expect: resolve: x ../x /x a%3Ab?q a%3Ab#f a%3Ab //h/x s:x ./ ../../../x ./
// expect: [<Unsupported operation: Cannot modify an unmodifiable map>, <Unsupported operation: Cannot add to an unmodifiable list>, <Unsupported operation: Cannot modify an unmodifiable map>]
// expect: :a: Invalid empty scheme :a 0 null
// expect: 1a:b: Scheme not starting with alphabetic character 1a:b 0 null
// expect: a_b:c: Illegal scheme character a_b:c 1 null
// expect: http://h:x/: Invalid port http://h:x/ 9 null
// expect: http://h:65536: Invalid port http://h:65536 9 null
// expect: http://h:-1: Invalid port http://h:-1 9 null
// expect: http://u@h:7x/: Invalid port http://u@h:7x/ 11 null
// expect: http://[::1: Invalid IPv6 host http://[::1 7 null
// expect: http://::1]: Invalid IPv6 host http://::1] 7 null
// expect: http://a[::1]: Invalid IPv6 host http://a[::1] 7 null
// expect: http://[::1]x:1: Invalid IPv6 host http://[::1]x:1 7 null
// expect: http://[1::2::3]: Illegal IPv6 address, only one wildcard '::' is allowed http://[1::2::3] 8 null
// expect: http://[:1]: Illegal IPv6 address, an IPv6 part can only contain a maximum of 4 hex digits http://[:1] 8 null
// expect: <Invalid argument(s): Uri.parse: argument 'uri' must be a String, it is null>
// expect: <RangeError: Uri.parse: argument 'start' must be from 0 to 3, it is 4>
// expect: <RangeError: Uri.parse: argument 'end' must be from 2 to 3, it is 1>
// expect: http://h
// expect: http://h
// expect: <Invalid argument(s): Uri.file: argument 'path' must be a String, it is null>
// expect: <Invalid argument(s): Uri.directory: argument 'path' must be a String, it is null>
// expect: <Bad state: A http: URI should have a non-empty host name: http:/a>
// expect: <Bad state: A http: URI should have a non-empty host name: http:///a>
// expect: <Bad state: Origin is only applicable to schemes http and https: ftp://h>
// expect: <Unsupported operation: Cannot extract a file path from a http URI>
// expect: <Unsupported operation: Cannot extract a file path from a URI with a query component>
// expect: <Unsupported operation: Cannot extract a file path from a URI with a fragment component>
// expect: <Unsupported operation: Cannot extract a non-Windows file path from a file URI with an authority>
// expect: <Unsupported operation: Illegal path character '/' in a/b>
// expect: <Invalid argument(s): Uri.encodeComponent: argument 'component' must be a String, it is null>
// expect: <Invalid argument(s): Uri.encodeQueryComponent: argument 'component' must be a String, it is null>
// expect: <Invalid argument(s): Uri.encodeFull: argument 'uri' must be a String, it is null>
// expect: <Invalid argument(s): Uri.decodeComponent: argument 'encodedComponent' must be a String, it is null>
// expect: <Invalid argument(s): Uri.decodeQueryComponent: argument 'encodedComponent' must be a String, it is null>
// expect: <Invalid argument(s): Uri.decodeFull: argument 'uri' must be a String, it is null>
// expect: <Invalid argument(s): Uri.splitQueryString: argument 'query' must be a String, it is null>
// expect: [, s://h:7/a%20b?q%20r#f%20g, //h/a%2Fb/c, http://h, a?k=v+w&l=1&l=2&m&n, s://u%40@[::1], a%3Ab/c, a%3Ab, https://u@h, ///a, /.//a]
// expect: [http://h/a%20b, http://u@h:81/a?k=v, https://h, https://h/a/b?]
// expect: [file:///a%20b/c, a/b, a%3Ab, file:///a/, file:///a/, , a/]
// expect: <Invalid argument(s): Both path and pathSegments specified>
// expect: <Invalid argument(s): Both query and queryParameters specified>
// expect: <FormatException: Scheme not starting with alphabetic character (at character 1)
// expect: <Invalid argument(s): Uri.http: argument 'authority' must be a String, it is null>
// expect: s://h:70000
// expect: [ftp://u@h:81/p/q?a=b#f, http://v@h:81/p/q?a=b#f, http://u@i:81/p/q?a=b#f, http://u@h:82/p/q?a=b#f, http://u@h/p/q?a=b#f, http://u@h:81/r?a=b#f, http://u@h:81/s/t%2F?a=b#f, http://u@h:81/p/q?c#f, http://u@h:81/p/q?d=e#f, http://u@h:81/p/q?a=b#g, http://h:81?#]
// expect: [false, a/, s:/, ../, //h]
// expect: [%01%1F%20!%25%2B%2F~%7F%C2%80%DF%BF%E0%A0%80%ED%9F%BF%EE%80%80%EF%BF%BF%F0%90%80%80%F4%8F%BF%BF, %01%1F+%21%25%2B%2F~%7F%C2%80%DF%BF%E0%A0%80%ED%9F%BF%EE%80%80%EF%BF%BF%F0%90%80%80%F4%8F%BF%BF, %01%1F%20!%25+/~%7F%C2%80%DF%BF%E0%A0%80%ED%9F%BF%EE%80%80%EF%BF%BF%F0%90%80%80%F4%8F%BF%BF, %01%1F%20!%25+/~%7F%C2%80%DF%BF%E0%A0%80%ED%9F%BF%EE%80%80%EF%BF%BF%F0%90%80%80%F4%8F%BF%BF]
// expect: [true, true, %EF%BF%BD, %EF%BF%BDx]
// expect: [-_.!~*'()az09AZ%3B%2C%2F%3F%3A%40%26%3D%2B%24%23, -_.%21~%2A%27%28%29az09AZ%3B%2C%2F%3F%3A%40%26%3D%2B%24%23+, -_.!~*'()az09AZ;,/?:@&=+$#%5B%5D]
// expect: [%E9+a, %C3%A9+a~, é a, a b c, a+b]
// expect: [{a: h, c: , e: f=g}, {é: è }, A/+]
// expect: %: <Invalid argument(s): Invalid URL encoding>
// expect: %4: <Invalid argument(s): Invalid URL encoding>
// expect: %4g: <Invalid argument(s): Invalid URL encoding>
// expect: %g4: <Invalid argument(s): Invalid URL encoding>
// expect: é%41: <Invalid argument(s): Illegal percent encoding in URI>
// expect: %80: <FormatException: Invalid UTF-8 in a URI>
// expect: %c1%80: <FormatException: Invalid UTF-8 in a URI>
// expect: %c2: <FormatException: Invalid UTF-8 in a URI>
// expect: %c2%41: <FormatException: Invalid UTF-8 in a URI>
// expect: %c3%c0: <FormatException: Invalid UTF-8 in a URI>
// expect: %e0%9f%bf: <FormatException: Invalid UTF-8 in a URI>
// expect: %ed%a0%80: <FormatException: Invalid UTF-8 in a URI>
// expect: %f4%90%80%80: <FormatException: Invalid UTF-8 in a URI>
// expect: %f0%8f%bf%bf: <FormatException: Invalid UTF-8 in a URI>
// expect: %f5%80%80%80: <FormatException: Invalid UTF-8 in a URI>
// expect: %e2%82: <FormatException: Invalid UTF-8 in a URI>
// expect: %c2%80: (128)
// expect: %df%bf: (2047)
// expect: %e0%a0%80: (2048)
// expect: %ed%9f%bf: (55295)
// expect: %ee%80%80: (57344)
// expect: %ef%bf%bf: (65535)
// expect: %f0%90%80%80: (65536)
// expect: %f4%8f%bf%bf: (1114111)
// expect: 0.0.0.0: [0, 0, 0, 0]
// expect: 255.255.255.255: [255, 255, 255, 255]
// expect: 1.2.3: <FormatException: Illegal IPv4 address, IPv4 address should contain exactly 4 parts>
// expect: 1.2.3.4.5: <FormatException: Illegal IPv4 address, IPv4 address should contain exactly 4 parts>
// expect: 1.2.3.256: <FormatException: Illegal IPv4 address, each part must be in the range of 0..255>
// expect: 1..3.4: <FormatException: Illegal IPv4 address, each part must be in the range of 0..255>
// expect: 1.2.3.-4: <FormatException: Illegal IPv4 address, each part must be in the range of 0..255>
// expect: 1.2.3.x: <FormatException: Illegal IPv4 address, each part must be in the range of 0..255>
// expect: : <FormatException: Illegal IPv4 address, IPv4 address should contain exactly 4 parts>
// expect: ::: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
// expect: ::1: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
// expect: 1::: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
// expect: 1:2:3:4:5:6:7:8: [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]
// expect: 1:2:3:4:5:6:1.2.3.4: [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 2, 3, 4]
// expect: ::1.2.3.4: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]
// expect: 1:2:3:4:5:6:7::: [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]
// expect: ::2:3:4:5:6:7:8: [0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]
// expect: ffff::fF0: [255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 240]
// expect: 1:2:3:4:5:6:7: <FormatException: Illegal IPv6 address, an address without a wildcard must contain exactly 8 parts (at character 1)
// expect: 1:2:3:4:5:6:7:8:9: <FormatException: Illegal IPv6 address, an address without a wildcard must contain exactly 8 parts (at character 1)
// expect: 1::2:3:4:5:6:7:8: <FormatException: Illegal IPv6 address, a wildcard '::' must stand for at least one part (at character 1)
// expect: 1:2:3:4::5:6:7:8: <FormatException: Illegal IPv6 address, a wildcard '::' must stand for at least one part (at character 1)
// expect: 1::2::3: <FormatException: Illegal IPv6 address, only one wildcard '::' is allowed (at character 1)
// expect: :: <FormatException: Illegal IPv6 address, address is too short (at character 1)
// expect: :::: <FormatException: Illegal IPv6 address, an IPv6 part can only contain a maximum of 4 hex digits (at character 1)
// expect: 1: <FormatException: Illegal IPv6 address, address is too short (at character 1)
// expect: 12345::: <FormatException: Illegal IPv6 address, an IPv6 part can only contain a maximum of 4 hex digits (at character 1)
// expect: g::: <FormatException: Illegal IPv6 address, 'g' is no hexadecimal number (at character 1)
// expect: ::1.2.3.4:5: <FormatException: Illegal IPv6 address, an IPv4 part must be the last (at character 1)
// expect: 1.2.3.4::: <FormatException: Illegal IPv6 address, an IPv4 part must be the last (at character 1)
// expect: ::1.2.3: <FormatException: Illegal IPv4 address, IPv4 address should contain exactly 4 parts>
// expect: :1:2:3:4:5:6:7:8: <FormatException: Illegal IPv6 address, an IPv6 part can only contain a maximum of 4 hex digits (at character 1)
// expect: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], <RangeError: Uri.parseIPv6Address: argument 'start' must be from 0 to 3, it is 4>, <Invalid argument(s): Uri.parseIPv6Address: argument 'host' must be a String, it is null>, <Invalid argument(s): Uri.parseIPv4Address: argument 'host' must be a String, it is null>]
// expect: [data:,, text/plain, {}, US-ASCII, false, , [], , , true]
// expect: [data:,a%20b, text/plain, {}, US-ASCII, false, a%20b, [97, 32, 98], a b, a b, true]
// expect: [data:text/html,%3Cp%3E, text/html, {}, US-ASCII, false, %3Cp%3E, [60, 112, 62], <p>, <p>, true]
// expect: [data:;base64,QUJD, text/plain, {}, US-ASCII, true, QUJD, [65, 66, 67], ABC, ABC, true]
// expect: [data:a/b;charset=utf-8;x=y%3D,%C3%A9, a/b, {charset: utf-8, x: y=}, utf-8, false, %C3%A9, [195, 169], é, Ã©, true]
// expect: [data:;charset=iso-8859-1,%E9, text/plain, {charset: iso-8859-1}, iso-8859-1, false, %E9, [233], é, é, true]
// expect: [data:;charset=ISO-8859-1;base64,6Q==, text/plain, {charset: ISO-8859-1}, ISO-8859-1, true, 6Q==, [233], é, é, true]
// expect: [data:;charset=none,a, text/plain, {charset: none}, none, false, a, [97], <Unsupported operation: Unknown charset: none>, a, true]
// expect: [data:;=a;b,c, text/plain, {}, US-ASCII, false, c, [99], c, c, true]
// expect: [data:text/plain,a?b=c, text/plain, {}, US-ASCII, false, a?b=c, [97, 63, 98, 61, 99], a?b=c, a?b=c, true]
// expect: [data:,%254, text/plain, {}, US-ASCII, false, %254, [37, 52], %4, %4, true]
// expect: [data:,%254g, text/plain, {}, US-ASCII, false, %254g, [37, 52, 103], %4g, %4g, true]
// expect: [data:%2F,x, /, {}, US-ASCII, false, x, [120], x, x, true]
// expect: [data:;base64,QQ%3D%3D, text/plain, {}, US-ASCII, true, QQ%3D%3D, [65], A, A, true]
// expect: [data:;base64,-_8=, text/plain, {}, US-ASCII, true, -_8=, [251, 255], ûÿ, ûÿ, true]
// expect: http:,: Does not start with 'data:' http:, 0
// expect: data:: Expecting '=' data: 5
// expect: data:;base64,A: Invalid base64 encoding length A 1
// expect: data:;base64,A===: Invalid base64 encoding length A=== 4
// expect: data:;base64,AB=: Invalid base64 encoding length AB= 3
// expect: data:;base64,A*==: Invalid base64 data A*== 1
// expect: data:a: Expecting '=' data:a 6
// expect: <Invalid argument (uri): Scheme must be 'data': Instance of 'Uri'>
// expect: <Invalid argument (uri): Data uri must not have authority: Instance of 'Uri'>
// expect: <Invalid argument (uri): Data uri must not have a fragment part: Instance of 'Uri'>
// expect: data:a/b,c
// expect: <Invalid argument (content): has letters beyond us-ascii: "é">
// expect: <Invalid argument (content): has letters beyond iso-8859-1: "Ā">
// expect: data:;charset=iso-8859-1,a%FF
// expect: data:;charset=utf-8,%E2%82%AC
// expect: data:;charset=utf-8,%E2%82%AC
// expect: data:;charset=utf-8;base64,4oKs
// expect: data:;charset=x,a
// expect: data:,a
// expect: <Invalid argument (mimeType): Invalid MIME type: "a">
// expect: <Invalid argument (mimeType): Invalid MIME type: "/a">
// expect: <Invalid argument (mimeType): Invalid MIME type: "a/">
// expect: data:a%20b/c%20d,a
// expect: <Invalid argument (parameters): Parameter names must not be empty: "">
// expect: data:;k%20l=m%20n,a
// expect: data:application/octet-stream;base64,
// expect: data:application/octet-stream;base64,AQ==
// expect: data:application/octet-stream;base64,AQI=
// expect: data:application/octet-stream;base64,AQID
// expect: data:application/octet-stream,%00A%7F%80%FF
// expect: <Invalid argument (non-byte value): 256>
// expect: <Invalid argument (non-byte value): -1>
// expect: data:a/b;c=d;base64,AQ==
// expect: data:application/octet-stream;base64,AQI=
// expect: data:a/b;c=d,A
// expect: data:c/d;e=f;base64,YSBi
// expect: data:;charset=iso-8859-1,%E9

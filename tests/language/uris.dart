// Uri: taken apart, put together, resolved, encoded.
// stress-interval: 97
show(f) {
  try {
    print(f());
  } catch (error) {
    print("<${error.toString().split("\n").first}>");
  }
}

main() {
  var uri = Uri.parse("HTTP://user:pw@Example.com:8080/a/b%20c/%7ed?x=1&y=a+b&x=2#frag");
  print(uri); // expect: http://user:pw@example.com:8080/a/b%20c/~d?x=1&y=a+b&x=2#frag
  print("${uri.scheme} ${uri.userInfo} ${uri.host} ${uri.port} ${uri.path} ${uri.query} ${uri.fragment} ${uri.authority} ${uri.origin}"); // expect: http user:pw example.com 8080 /a/b%20c/~d x=1&y=a+b&x=2 frag user:pw@example.com:8080 http://example.com:8080
  print("${uri.pathSegments} ${uri.queryParameters} ${uri.queryParametersAll}"); // expect: [a, b c, ~d] {x: 2, y: a b} {x: [1, 2], y: [a b]}
  print("${uri.isAbsolute} ${uri.hasAuthority} ${uri.hasPort} ${uri.hasQuery} ${uri.hasFragment} ${uri.hasScheme} ${uri.removeFragment().isAbsolute}"); // expect: false true true true true true true
  var plain = Uri.parse("http://a:80/");
  print("$plain ${plain.port} ${plain.hasPort} ${Uri.parse("https://a").port} ${Uri.parse("ftp://a").port}"); // expect: http://a/ 80 false 443 0
  print("${Uri.parse("http://[::1]:9/x").host} ${Uri.parse("http://[::1]:9/x").port} ${Uri.parse("http://[::1]/x")}"); // expect: ::1 9 http://[::1]/x
  print("${Uri.parse("mailto:a@b.c").path} ${Uri.parse("a b?c d#e f")} ${Uri.parse("x/../y")} ${Uri.parse("../y")} ${Uri.parse("file:///a/../b").path}"); // expect: a@b.c a%20b?c%20d#e%20f y ../y /b
  print("${Uri.parse("") } ${Uri.parse("?q").hasQuery} ${Uri.parse("#").hasFragment} ${Uri.parse("xhttp://a/b", 1, 10)}"); // expect:  true true http://a/
  show(() => Uri.parse("1a:b")); // expect: <FormatException: Scheme not starting with alphabetic character (at character 1)>
  show(() => Uri.parse(":b")); // expect: <FormatException: Invalid empty scheme (at character 1)>
  show(() => Uri.parse("http://a:x/")); // expect: <FormatException: Invalid port (at character 10)>
  show(() => Uri.parse("http://[::1/")); // expect: <FormatException: Invalid IPv6 host (at character 8)>
  show(() => Uri.parse(null)); // expect: <Invalid argument(s): Uri.parse: argument 'uri' must be a String, it is null>
  print(Uri.tryParse("::")); // expect: null
  print("${Uri.parse("a://b/c") == Uri.parse("A://B/c")} ${Uri.parse("a:b").hashCode == Uri.parse("a:b").hashCode}"); // expect: true true

  // RFC 3986, 5.4.
  var base = Uri.parse("http://a/b/c/d;p?q");
  var expected = {
    "g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g",
    "//g": "http://g", "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s", "g?y#s": "http://a/b/c/g?y#s", ";x": "http://a/b/c/;x", "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/", "./": "http://a/b/c/", "..": "http://a/b/", "../": "http://a/b/", "../g": "http://a/b/g",
    "../..": "http://a/", "../../": "http://a/", "../../g": "http://a/g", "../../../g": "http://a/g",
    "/./g": "http://a/g", "/../g": "http://a/g", "g.": "http://a/b/c/g.", ".g": "http://a/b/c/.g", "g..": "http://a/b/c/g..",
    "./../g": "http://a/b/g", "./g/.": "http://a/b/c/g/", "g/./h": "http://a/b/c/g/h", "g/../h": "http://a/b/c/h"
  };
  expected.forEach((reference, target) {
    var found = base.resolve(reference).toString();
    if (found != target) print("$reference: $found, not $target");
  });
  print("${Uri.parse("a/b").resolve("../../c")} ${Uri.parse("a/b").resolve("c")} ${Uri.parse("/a/b").resolve("../../c")}"); // expect: ../c a/c /c

  // Put together.
  print(new Uri(scheme: "http", host: "a", pathSegments: ["b c", "d/e"], queryParameters: {"k": "v w", "l": ["1", "2"]}, fragment: "f")); // expect: http://a/b%20c/d%2Fe?k=v+w&l=1&l=2#f
  print(new Uri(path: "a:b")); // expect: a%3Ab
  print("${new Uri.http("a:8", "b c", {"q": "1"})} ${new Uri.https("a", "/b")}"); // expect: http://a:8/b%20c?q=1 https://a/b
  print("${new Uri.file("/a b/c")} ${new Uri.file("c/d")} ${new Uri.directory("/a")} ${new Uri.file("/a b").toFilePath()}"); // expect: file:///a%20b/c c/d file:///a/ /a b
  print("${uri.replace(host: "z", fragment: "g")}"); // expect: http://user:pw@z:8080/a/b%20c/~d?x=1&y=a+b&x=2#g
  show(() => uri.toFilePath()); // expect: <Unsupported operation: Cannot extract a file path from a http URI>
  show(() => new Uri(path: "a", pathSegments: [])); // expect: <Invalid argument(s): Both path and pathSegments specified>
  show(() => Uri.parse("a:b").origin); // expect: <Bad state: Origin is only applicable to schemes http and https: a:b>

  // Encoded.
  print(Uri.encodeComponent("a b&c=/\u00e4\u20ac\u{1F600}!")); // expect: a%20b%26c%3D%2F%C3%A4%E2%82%AC%F0%9F%98%80!
  print(Uri.encodeQueryComponent("a b+c~")); // expect: a+b%2Bc~
  print(Uri.encodeFull("http://a/b c?d=\u00e4#e")); // expect: http://a/b%20c?d=%C3%A4#e
  print(Uri.encodeComponent("\ud800")); // expect: %EF%BF%BD
  print(Uri.decodeComponent("a%20b%C3%A4%F0%9F%98%80+") == "a b\u00e4\u{1F600}+"); // expect: true
  print(Uri.decodeQueryComponent("a+b%2B")); // expect: a b+
  print(Uri.decodeFull("a%20b%2Fc%2523")); // expect: a b/c%23
  print(Uri.splitQueryString("a=1&b&=c&d=e=f&a=2")); // expect: {a: 2, b: , d: e=f}
  show(() => Uri.decodeComponent("%4")); // expect: <Invalid argument(s): Invalid URL encoding>
  show(() => Uri.decodeComponent("a\u0080")); // expect: <Invalid argument(s): Illegal percent encoding in URI>
  show(() => Uri.decodeQueryComponent("\u20ac+%20")); // expect: <Invalid argument(s): Illegal percent encoding in URI>
  print(Uri.decodeQueryComponent("a+%C3%A4+b") == "a \u00e4 b"); // expect: true
  show(() => Uri.decodeComponent("%C3")); // expect: <FormatException: Invalid UTF-8 in a URI>
  show(() => Uri.decodeComponent("%C0%80")); // expect: <FormatException: Invalid UTF-8 in a URI>
  show(() => Uri.decodeComponent("%ED%A0%80")); // expect: <FormatException: Invalid UTF-8 in a URI>
  show(() => Uri.encodeComponent(5)); // expect: <Invalid argument(s): Uri.encodeComponent: argument 'component' must be a String, it is 5>

  var data = Uri.parse("data:text/html;charset=utf-8,a%20b").data;
  print("${data.mimeType} ${data.charset} ${data.parameters} ${data.isBase64} ${data.contentText} ${data.contentAsString()}"); // expect: text/html utf-8 {charset: utf-8} false a%20b a b
  print("${UriData.parse("data:,x").mimeType} ${UriData.parse("data:;base64,eA==").isBase64} ${uri.data}"); // expect: text/plain true null
}

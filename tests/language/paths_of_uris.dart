// References against what has a scheme, an authority, both or neither; what no file path can say; and what
// stands in a part of a URI though it is no letter of it.
// stress-interval: 97
tried(f) {
  try {
    return f();
  } catch (error) {
    return error.toString().split("\n").first;
  }
}

main() {
  // A path that begins with a slash never leaves it, one that does not may.
  for (var base in ["/a/b", "/a", "a/b", "a", "/", "", "//h/a/b", "//h", "s:a/b", "s:/a/b", "s://h/a", "s:"]) {
    var all = ["c", "../c", "../../c", ".", "..", "./", "../..", "c/../..", "c/.././d", "./c:d"];
    print("$base: ${all.map((each) => tried(() => Uri.parse(base).resolve(each))).join(" ")}");
  }
  for (var each in ["a/b", "/a/b", "file:///a/b", "file:a", "http:///a", "file://h/a", "/a?q", "/a#f", "/a?", "/a#", "a?q#f", "/a%2Fb"]) {
    print("$each: ${tried(() => Uri.parse(each).toFilePath(windows: false))}");
  }
  var smile = "\u{1f600}";
  for (var part in [smile, "a$smile", "${smile}b", "$smile$smile", "\ud83dx", "x\ude00", "\ude00\ud83d", "e\u0301"]) {
    print([new Uri(scheme: "s", userInfo: part, host: "h"), new Uri(path: "/$part"), new Uri(query: part), new Uri(fragment: part),
      tried(() => Uri.parse("s://$part@h/$part?$part#$part")), Uri.encodeComponent(part)]);
  }
}
// expect: /a/b: /a/c /c /c /a/ / /a/ / / /a/d /a/c%3Ad
// expect: /a: /c /c /c / / / / / /d /c%3Ad
// expect: a/b: a/c c ../c a/ ./ a/ ../ ./ a/d a/c%3Ad
// expect: a: c ../c ../../c ./ ../ ./ ../../ ../ d c%3Ad
// expect: /: /c /c /c / / / / / /d /c%3Ad
// expect: : c ../c ../../c ./ ../ ./ ../../ ../ d c%3Ad
// expect: //h/a/b: //h/a/c //h/c //h/c //h/a/ //h/ //h/a/ //h/ //h/ //h/a/d //h/a/c%3Ad
// expect: //h: //h/c //h/c //h/c //h/ //h/ //h/ //h/ //h/ //h/d //h/c%3Ad
// expect: s:a/b: s:a/c s:c s:c s:a/ s: s:a/ s: s: s:a/d s:a/c%3Ad
// expect: s:/a/b: s:/a/c s:/c s:/c s:/a/ s:/ s:/a/ s:/ s:/ s:/a/d s:/a/c%3Ad
// expect: s://h/a: s://h/c s://h/c s://h/c s://h/ s://h/ s://h/ s://h/ s://h/ s://h/d s://h/c%3Ad
// expect: s:: s:c s:c s:c s: s: s: s: s: s:d s:c%3Ad
// expect: a/b: a/b
// expect: /a/b: /a/b
// expect: file:///a/b: /a/b
// expect: file:a: a
// expect: http:///a: Unsupported operation: Cannot extract a file path from a http URI
// expect: file://h/a: Unsupported operation: Cannot extract a non-Windows file path from a file URI with an authority
// expect: /a?q: Unsupported operation: Cannot extract a file path from a URI with a query component
// expect: /a#f: Unsupported operation: Cannot extract a file path from a URI with a fragment component
// expect: /a?: /a
// expect: /a#: /a
// expect: a?q#f: Unsupported operation: Cannot extract a file path from a URI with a query component
// expect: /a%2Fb: Unsupported operation: Illegal path character '/' in a/b
// expect: [s://%F0%9F%98%80@h, /%F0%9F%98%80, ?%F0%9F%98%80, #%F0%9F%98%80, s://%F0%9F%98%80@h/%F0%9F%98%80?%F0%9F%98%80#%F0%9F%98%80, %F0%9F%98%80]
// expect: [s://a%F0%9F%98%80@h, /a%F0%9F%98%80, ?a%F0%9F%98%80, #a%F0%9F%98%80, s://a%F0%9F%98%80@h/a%F0%9F%98%80?a%F0%9F%98%80#a%F0%9F%98%80, a%F0%9F%98%80]
// expect: [s://%F0%9F%98%80b@h, /%F0%9F%98%80b, ?%F0%9F%98%80b, #%F0%9F%98%80b, s://%F0%9F%98%80b@h/%F0%9F%98%80b?%F0%9F%98%80b#%F0%9F%98%80b, %F0%9F%98%80b]
// expect: [s://%F0%9F%98%80%F0%9F%98%80@h, /%F0%9F%98%80%F0%9F%98%80, ?%F0%9F%98%80%F0%9F%98%80, #%F0%9F%98%80%F0%9F%98%80, s://%F0%9F%98%80%F0%9F%98%80@h/%F0%9F%98%80%F0%9F%98%80?%F0%9F%98%80%F0%9F%98%80#%F0%9F%98%80%F0%9F%98%80, %F0%9F%98%80%F0%9F%98%80]
// expect: [s://%EF%BF%BDx@h, /%EF%BF%BDx, ?%EF%BF%BDx, #%EF%BF%BDx, s://%EF%BF%BDx@h/%EF%BF%BDx?%EF%BF%BDx#%EF%BF%BDx, %EF%BF%BDx]
// expect: [s://x%EF%BF%BD@h, /x%EF%BF%BD, ?x%EF%BF%BD, #x%EF%BF%BD, s://x%EF%BF%BD@h/x%EF%BF%BD?x%EF%BF%BD#x%EF%BF%BD, x%EF%BF%BD]
// expect: [s://%EF%BF%BD%EF%BF%BD@h, /%EF%BF%BD%EF%BF%BD, ?%EF%BF%BD%EF%BF%BD, #%EF%BF%BD%EF%BF%BD, s://%EF%BF%BD%EF%BF%BD@h/%EF%BF%BD%EF%BF%BD?%EF%BF%BD%EF%BF%BD#%EF%BF%BD%EF%BF%BD, %EF%BF%BD%EF%BF%BD]
// expect: [s://e%CC%81@h, /e%CC%81, ?e%CC%81, #e%CC%81, s://e%CC%81@h/e%CC%81?e%CC%81#e%CC%81, e%CC%81]

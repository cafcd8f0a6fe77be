// Names of files as Windows has them, from and to URIs.
refused(f) {
  try {
    return f();
  } on ArgumentError catch (e) {
    return "ArgumentError: ${e.message}";
  } on UnsupportedError catch (e) {
    return e;
  }
}

both(path) {
  var uri = refused(() => new Uri.file(path, windows: true));
  print("$uri ${uri is Uri ? uri.toFilePath(windows: true) : ""}");
}

main() {
  both(r"C:\a b\c#d");  // expect: file:///C:/a%20b/c%23d C:\a b\c#d
  both(r"C:/a");  // expect: file:///C:/a C:\a
  both("C:\\");  // expect: file:///C:/ C:\
  both(r"\\host\share\file");  // expect: file://host/share/file \\host\share\file
  both(r"\\?\C:\a");  // expect: file:///C:/a C:\a
  both(r"\\?\UNC\host\a");  // expect: file://host/a \\host\a
  both(r"\a\b");  // expect: file:///a/b \a\b
  both(r"a\b");  // expect: a/b a\b
  both("");  // expect:  
  both(r"C:a");  // expect: ArgumentError: Windows paths with drive letter must be absolute 
  both(r"\\?\a");  // expect: ArgumentError: Windows paths with \\?\ prefix must be absolute 
  both(r"1:\a");  // expect: ArgumentError: Illegal drive letter 1 
  both(r"C:\a<b");  // expect: ArgumentError: Illegal character in path: < 
  print(new Uri.directory(r"C:\a", windows: true));  // expect: file:///C:/a/
  print(new Uri.directory("", windows: true));  // expect: 
  print(Uri.parse("file:///C:").toFilePath(windows: true));  // expect: C:\
  print(refused(() => Uri.parse("file:///a%3Ab").toFilePath(windows: true)));
  // expect: Unsupported operation: Illegal character in path: :
  print(refused(() => Uri.parse("file://host/a").toFilePath()));
  // expect: Unsupported operation: Cannot extract a non-Windows file path from a file URI with an authority
  // Segments of other paths keep what may stand there.
  print(new Uri(scheme: "file", pathSegments: ["C:", "a+b", "c/d"]));  // expect: file:///C:/a+b/c%2Fd
  print(new Uri(pathSegments: ["a:b", "c:d"]));  // expect: a%3Ab/c:d
}

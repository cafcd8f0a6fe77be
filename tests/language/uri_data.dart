// What `data:` URIs say, and addresses of hosts.
main() {
  print(new Uri.dataFromString("a b\u00e9", encoding: null, parameters: {"charset": "utf-8"}));
  // expect: data:;charset=utf-8,a%20b%C3%A9
  var data = new UriData.fromString("hi", mimeType: "text/html", base64: true);
  print("$data ${data.mimeType} ${data.isBase64} ${data.contentAsString()}");
  // expect: data:text/html;base64,aGk= text/html true hi
  print(UriData.parse("data:;charset=utf-8,%c3%a9?x").contentAsString()); // expect: é?x
  print(new UriData.fromBytes([0, 255, 65]).contentAsBytes()); // expect: [0, 255, 65]
  print(new UriData.fromBytes([1, 65], percentEncoded: true)); // expect: data:application/octet-stream,%01A
  print(Uri.parseIPv4Address("127.0.0.1")); // expect: [127, 0, 0, 1]
  print(Uri.parseIPv6Address("1::2.3.4.5")); // expect: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4, 5]
  var refused = 0;
  for (var bad in ["", "1:2:3:4:5:6:7", "::1::", ":::", "g::", "12345::", "1.2.3.4::", "1:2:3:4:5:6:7:8:9"]) {
    try {
      Uri.parseIPv6Address(bad);
    } on FormatException {
      refused++;
    }
  }
  for (var bad in ["1.2.3", "1.2.3.256", "a.b.c.d", "1.2.3.4.5"]) {
    try {
      Uri.parseIPv4Address(bad);
    } on FormatException {
      refused++;
    }
  }
  for (var bad in ["http://[zz]/", "data:;base64,%zz", "data:;base64,a"]) {
    try {
      bad.startsWith("data") ? UriData.parse(bad) : Uri.parse(bad);
    } catch (error) {
      refused++;
    }
  }
  print(refused); // expect: 15
  print(Uri.base.path.endsWith("/")); // expect: true
}

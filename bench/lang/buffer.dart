main() {
  var length = 0;
  for (var round = 0; round < 10; round++) {
    var buffer = new StringBuffer();
    for (var i = 0; i < 20000; i++) buffer.write("some text ");
    length += buffer.toString().length;
  }
  print(length);
}

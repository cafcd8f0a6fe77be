main() {
  var length = 0;
  for (var round = 0; round < 20; round++) {
    var text = "";
    for (var i = 0; i < 5000; i++) text += "x$i";
    length += text.length;
  }
  print(length);
}

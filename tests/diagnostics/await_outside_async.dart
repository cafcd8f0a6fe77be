main() {
  var answer = await ask();
  print(answer);
}

ask() async => 42;

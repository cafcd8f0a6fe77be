main() {
  var numbers = [1, 2, 3];
  for (var number in numbers) {
    if (number == 2) numbers.add(4);
  }
}

// Durations: spans of time to compute with.
main() {
  const long = const Duration(days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5,
      microseconds: 6);
  print(long);  // expect: 26:03:04.005006
  print(long.inMicroseconds);  // expect: 93784005006
  print("${long.inDays} ${long.inHours} ${long.inMinutes} ${long.inSeconds}");  // expect: 1 26 1563 93784
  print(long.inMilliseconds);  // expect: 93784005
  print(-long);  // expect: -26:03:04.005006
  print((-long).isNegative);  // expect: true
  print((-long).abs() == long);  // expect: true
  var second = new Duration(seconds: 1);
  print(second + second * 2 - second ~/ 4);  // expect: 0:00:02.750000
  print(second * 0.5);  // expect: 0:00:00.500000
  print(second < long && second <= second && long > second && second >= second);  // expect: true
  print(second.compareTo(long));  // expect: -1
  print(second.hashCode == new Duration(milliseconds: 1000).hashCode);  // expect: true
  print(Duration.ZERO);  // expect: 0:00:00.000000
  print(new Duration(microseconds: -9223372036854775808));  // expect: -2562047788:00:54.775808
  print(new Duration(microseconds: -1));  // expect: -0:00:00.000001
  try {
    second ~/ 0;
  } catch (e) {
    print(e);  // expect: IntegerDivisionByZeroException
  }
}

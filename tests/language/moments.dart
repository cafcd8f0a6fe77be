// DateTime and Stopwatch.
// stress-interval: 29
show(f) {
  try {
    print(f());
  } catch (error) {
    print("<${error.toString().split("\n").first}>");
  }
}

main() {
  var moment = new DateTime.utc(2016, 2, 29, 13, 5, 7, 8, 9);
  print(moment); // expect: 2016-02-29 13:05:07.008009Z
  print(moment.toIso8601String()); // expect: 2016-02-29T13:05:07.008009Z
  print("${moment.year} ${moment.month} ${moment.day} ${moment.hour} ${moment.minute} ${moment.second} ${moment.millisecond} ${moment.microsecond} ${moment.weekday}"); // expect: 2016 2 29 13 5 7 8 9 1
  print("${moment.isUtc} ${moment.timeZoneName} ${moment.timeZoneOffset} ${moment.millisecondsSinceEpoch} ${moment.microsecondsSinceEpoch}"); // expect: true UTC 0:00:00.000000 1456751107008 1456751107008009
  print(moment.add(const Duration(days: 1))); // expect: 2016-03-01 13:05:07.008009Z
  print(moment.subtract(const Duration(days: 366))); // expect: 2015-02-28 13:05:07.008009Z
  print(moment.difference(new DateTime.utc(2016, 3)).inHours); // expect: -10

  // Parts outside their ranges, and far years.
  print(new DateTime.utc(2016, 14, 0, 25, -1)); // expect: 2017-02-01 00:59:00.000Z
  print(new DateTime.utc(2016, 0)); // expect: 2015-12-01 00:00:00.000Z
  print(new DateTime.utc(2016, -12)); // expect: 2014-12-01 00:00:00.000Z
  print(new DateTime.utc(1969, 12, 31, 23, 59, 59, 999)); // expect: 1969-12-31 23:59:59.999Z
  print("${new DateTime.utc(-1, 3)} ${new DateTime.utc(0)} ${new DateTime.utc(12345).toIso8601String()} ${new DateTime.utc(-12345).toIso8601String()}"); // expect: -0001-03-01 00:00:00.000Z 0000-01-01 00:00:00.000Z +012345-01-01T00:00:00.000Z -012345-01-01T00:00:00.000Z
  print(new DateTime.fromMillisecondsSinceEpoch(8640000000000000, isUtc: true)); // expect: 275760-09-13 00:00:00.000Z
  print(new DateTime.fromMillisecondsSinceEpoch(-8640000000000000, isUtc: true)); // expect: -271821-04-20 00:00:00.000Z
  print(new DateTime.fromMicrosecondsSinceEpoch(-1, isUtc: true)); // expect: 1969-12-31 23:59:59.999999Z
  show(() => new DateTime.fromMillisecondsSinceEpoch(8640000000000001)); // expect: <RangeError: DateTime.fromMillisecondsSinceEpoch: argument 'millisecondsSinceEpoch' must be from -8640000000000000 to 8640000000000000, it is 8640000000000001>
  show(() => moment.add(const Duration(days: 100000000))); // expect: <Invalid argument(s): DateTime is outside valid range: 8641456751107008009>
  show(() => new DateTime.utc(null)); // expect: <Invalid argument(s): DateTime.utc: argument 'year' must be an int, it is null>

  // The days of four centuries, one after the other, every 97th.
  var day = new DateTime.utc(1800);
  var wrong = 0;
  for (var i = 0; i < 1500; i++) {
    var next = new DateTime.utc(day.year, day.month, day.day + 97);
    if (next.difference(day).inDays != 97 || (day.weekday + 97 - next.weekday) % 7 != 0) wrong++;
    day = next;
  }
  print("$wrong $day"); // expect: 0 2198-05-14 00:00:00.000Z

  // Parsing.
  for (var text in [
    "2012-02-27 13:27:00", "2012-02-27 13:27:00.123456789z", "20120227 13:27:00", "20120227T132700", "20120227",
    "+20120227", "2012-02-27T14Z", "2012-02-27T14+00:00", "-123450101 00:00:00 Z", "2002-02-27T14:00:00-0500",
    "2002-02-27T19:00:00,5Z", "2016-13-01Z", "x", "2016-1-1", ""
  ]) {
    var parsed = DateTime.tryParse(text);
    print(parsed == null ? "none" : "${parsed.isUtc ? parsed : parsed.toIso8601String()}");
  }
  // expect: 2012-02-27T13:27:00.000
  // expect: 2012-02-27 13:27:00.123456Z
  // expect: 2012-02-27T13:27:00.000
  // expect: 2012-02-27T13:27:00.000
  // expect: 2012-02-27T00:00:00.000
  // expect: 2012-02-27T00:00:00.000
  // expect: 2012-02-27 14:00:00.000Z
  // expect: 2012-02-27 14:00:00.000Z
  // expect: -12345-01-01 00:00:00.000Z
  // expect: 2002-02-27 19:00:00.000Z
  // expect: 2002-02-27 19:00:00.500Z
  // expect: none
  // expect: none
  // expect: none
  // expect: none
  show(() => DateTime.parse("x")); // expect: <FormatException: Invalid date format>
  show(() => DateTime.parse(5)); // expect: <Invalid argument(s): DateTime.parse: argument 'formattedString' must be a String, it is 5>

  // Local time is UTC and its offset, whatever the zone.
  var local = new DateTime(2016, 7, 1, 12, 30);
  print("${local.isUtc} ${local.hour} ${local.minute} ${local.toUtc().add(local.timeZoneOffset).hour}"); // expect: false 12 30 12
  print("${local.toUtc() == local} ${local.toUtc().isAtSameMomentAs(local)} ${local.toUtc().toLocal() == local} ${local.timeZoneName.isNotEmpty}"); // expect: false true true true
  print("${moment.isBefore(local)} ${moment.isAfter(local)} ${moment.compareTo(local)} ${local.compareTo(local)}"); // expect: true false -1 0
  print(new DateTime.now().difference(new DateTime.now()).inMinutes); // expect: 0
  print("${DateTime.MONDAY} ${DateTime.sunday} ${DateTime.DECEMBER}"); // expect: 1 7 12

  var watch = new Stopwatch();
  print("${watch.elapsedTicks} ${watch.isRunning} ${watch.frequency}"); // expect: 0 false 1000000
  watch.start();
  watch.start();
  while (watch.elapsedMicroseconds < 100) {}
  print("${watch.isRunning} ${watch.elapsed.inMicroseconds >= 100}"); // expect: true true
  watch.stop();
  var stopped = watch.elapsedTicks;
  while (new DateTime.now().microsecondsSinceEpoch % 200 < 100) {}
  print(watch.elapsedTicks == stopped); // expect: true
  watch.start();
  print(watch.elapsedTicks >= stopped); // expect: true
  watch..stop()..reset();
  print("${watch.elapsedTicks} ${watch.elapsedMilliseconds} ${watch.isRunning}"); // expect: 0 0 false
}

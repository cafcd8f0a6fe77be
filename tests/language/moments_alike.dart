// Moments, durations and URIs, there and back, by what they must agree with.
// stress-interval: 997
import 'dart:convert';
import 'dart:math';

main() {
  var random = new Random(11), wrong = 0;
  expect(fact, what()) {
    if (!fact && ++wrong < 20) print("wrong: ${what()}");
  }
  const names = const ["?", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  isLeap(year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  daysOf(year, month) => month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31;
  // Day by day through four centuries' ends, counted by hand.
  for (var first in [-1, 1899, 1970, 1999, 2099]) {
    var year = first, month = 1, day = 1;
    var moment = new DateTime.utc(year), weekday = moment.weekday;
    for (var i = 0; i < 800; i++) {
      expect(moment.year == year && moment.month == month && moment.day == day && moment.weekday == weekday,
          () => "$moment is $year-$month-$day, a ${names[weekday]}");
      expect(new DateTime.utc(year, month, day) == moment, () => "$year-$month-$day is $moment");
      expect(new DateTime.utc(first, 1, i + 1) == moment, () => "day $i of $first is $moment");
      moment = moment.add(const Duration(days: 1));
      weekday = weekday % 7 + 1;
      if (++day > daysOf(year, month)) {
        day = 1;
        if (++month > 12) {
          month = 1;
          year++;
        }
      }
    }
  }
  for (var round = 0; round < 500; round++) {
    var micros = (random.nextInt(1 << 30) - (1 << 29)) * (1 << 23) + random.nextInt(1 << 23);
    var utc = new DateTime.fromMicrosecondsSinceEpoch(micros, isUtc: true), local = utc.toLocal();
    expect(utc.microsecondsSinceEpoch == micros && utc.isUtc && !local.isUtc, () => "$utc");
    expect(DateTime.parse(utc.toString()) == utc && DateTime.parse(utc.toIso8601String()) == utc, () => "$utc as text");
    expect(DateTime.parse("$local").toString() == "$local", () => "$local as text"); // One hour comes twice.
    expect(local.toUtc() == utc && local.isAtSameMomentAs(utc) && local != utc && local.compareTo(utc) == 0, () => "$local");
    expect(
        new DateTime.utc(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.millisecond, utc.microsecond) ==
            utc, () => "parts of $utc");
    expect(utc.millisecondsSinceEpoch == (micros - micros % 1000) ~/ 1000, () => "ms of $utc");
    var other = new DateTime.fromMicrosecondsSinceEpoch(micros + random.nextInt(1 << 31) - (1 << 30), isUtc: true);
    expect(utc.isBefore(other) == (micros < other.microsecondsSinceEpoch) && utc.isAfter(other) == other.isBefore(utc), () => "$utc $other");
    expect(utc.add(other.difference(utc)) == other && other.subtract(other.difference(utc)) == utc, () => "$utc to $other");
    expect((utc == other) == (utc.compareTo(other) == 0) && (utc != other || utc.hashCode == other.hashCode), () => "$utc == $other");
    var span = other.difference(utc);
    expect(span.inMicroseconds == other.microsecondsSinceEpoch - micros, () => "$span");
    expect(span.inDays == span.inMicroseconds ~/ 86400000000 && span.inSeconds == span.inMilliseconds ~/ 1000, () => "$span");
    expect(span + span == span * 2 && -span + span == Duration.ZERO && (span * 4) ~/ 4 == span, () => "$span");
    expect(span.abs() >= Duration.ZERO && span.isNegative == (span < Duration.ZERO), () => "$span");
    var text = span.toString(), sign = span.isNegative ? "-" : "";
    var parts = text.replaceFirst("-", "").split(new RegExp("[:.]")).map(int.parse).toList();
    expect(
        new Duration(hours: parts[0], minutes: parts[1], seconds: parts[2], microseconds: parts[3]) == span.abs() &&
            text.startsWith(sign), () => text);
  }
  // What has an offset is the same moment elsewhere.
  for (var minutes in [0, 1, 59, 60, 90, 330, 840]) {
    var hour = "${minutes ~/ 60}".padLeft(2, "0"), minute = "${minutes % 60}".padLeft(2, "0");
    var at = DateTime.parse("2012-02-27T13:27:00Z");
    for (var form in ["$hour:$minute", "$hour$minute"]) {
      expect(DateTime.parse("2012-02-27 13:27:00+$form") == at.subtract(new Duration(minutes: minutes)), () => "+$form");
      expect(DateTime.parse("2012-02-27 13:27:00-$form") == at.add(new Duration(minutes: minutes)), () => "-$form");
    }
  }
  // URIs of parts.
  any(List from) => from[random.nextInt(from.length)];
  for (var round = 0; round < 500; round++) {
    var scheme = any(["", "http", "ftp", "x-y"]), host = any([null, null, "h", "a.b", "::1"]);
    var uri = new Uri(
        scheme: scheme,
        host: host,
        port: host == null ? null : any([null, 1, 80, 65535]),
        userInfo: host == null ? null : any([null, "u", "u:p@"]),
        pathSegments: new List.generate(random.nextInt(4), (i) => any(["a", "b c", "\u00e9/", "", "..", ":", "%"])),
        queryParameters: any([null, {}, {"k": "v", "a b": "&="}, {"k": ""}]),
        fragment: any([null, "", "f", "#?"]));
    var again = Uri.parse(uri.toString());
    expect(again == uri && again.toString() == uri.toString() && again.hashCode == uri.hashCode, () => "$uri is $again");
    expect("${again.pathSegments}" == "${uri.pathSegments}" && "${again.queryParameters}" == "${uri.queryParameters}", () => "parts of $uri");
    expect(again.host == uri.host && again.port == uri.port && again.userInfo == uri.userInfo && again.fragment == uri.fragment, () => "parts of $uri");
    expect(uri.hasAuthority == (host != null), () => "authority of $uri");
    expect(uri.replace() == uri, () => "replaced: $uri, ${uri.replace()}");
    expect(uri.removeFragment().toString() == uri.toString().split("#").first, () => "without fragment: $uri");
    var base = Uri.parse("http://base/x/y?q#f");
    expect(base.resolveUri(uri).hasAuthority || scheme != "", () => "resolved: $uri");
    expect(base.resolve("") == Uri.parse("http://base/x/y?q") && base.resolveUri(uri).fragment == uri.fragment, () => "resolved: $uri");
  }
  for (var round = 0; round < 500; round++) {
    var text = new String.fromCharCodes(new List.generate(random.nextInt(9), (i) => any("ab/?#[]@!\$&'()*+,;=-._~% \u00e9\u20ac\u{1f600}".runes.toList())));
    expect(Uri.decodeComponent(Uri.encodeComponent(text)) == text, () => "component $text");
    expect(Uri.decodeQueryComponent(Uri.encodeQueryComponent(text)) == text, () => "query component $text");
    expect(Uri.decodeFull(Uri.encodeFull(text)) == text || text.contains("%"), () => "full $text");
    expect("${Uri.splitQueryString(new Uri(queryParameters: {"k$text": text}).query)}" == "{k$text: $text}", () => "parameters $text");
    if (!text.contains("/")) expect(new Uri(pathSegments: ["x", text, "y"]).pathSegments[1] == text || text == "." || text == "..", () => "segment $text");
    for (var base64 in [false, true]) {
      var data = Uri.parse(new UriData.fromString(text, encoding: UTF8, base64: base64).toString()).data;
      expect(data.contentAsString() == text && data.isBase64 == base64, () => "data $text, $base64");
    }
  }
  print("$wrong wrong"); // expect: 0 wrong
}

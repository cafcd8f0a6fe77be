// Members of String against a list of code units that does the same in the simplest way.
// stress-interval: 997
import 'dart:math';

final random = new Random(3);

String any([int most = 12]) {
  const letters = "aabbc \t\u00e9\u00c4\u20ac\u{1f600}AB1";
  var all = letters.runes.toList();
  return new String.fromCharCodes(
      new List.generate(random.nextInt(most), (i) => all[random.nextInt(all.length)]));
}

bool at(String text, String part, int place) {
  if (place < 0 || place + part.length > text.length) return false;
  for (var i = 0; i < part.length; i++) {
    if (text.codeUnitAt(place + i) != part.codeUnitAt(i)) return false;
  }
  return true;
}

int first(String text, String part, int from) {
  for (var i = from; i <= text.length; i++) if (at(text, part, i)) return i;
  return -1;
}

int last(String text, String part, int from) {
  for (var i = from; i >= 0; i--) if (at(text, part, i)) return i;
  return -1;
}

List<String> split(String text, String by) {
  if (by == "") return new List.generate(text.length, (i) => text[i]);
  var parts = [], start = 0;
  for (var next; (next = first(text, by, start)) >= 0; start = next + by.length) {
    parts.add(text.substring(start, next));
  }
  return parts..add(text.substring(start));
}

String replaced(String text, String from, String to) {
  if (from != "") return split(text, from).join(to);
  return to + new List.generate(text.length, (i) => text[i] + to).join();
}

bool isBlank(int unit) => unit == 0x20 || unit == 0x09;

main() {
  var wrong = 0;
  expect(fact, what()) {
    if (!fact && ++wrong < 20) print("wrong: ${what()}");
  }
  for (var round = 0; round < 1500; round++) {
    var text = any(), part = any(4), other = any(4), to = any(4);
    var from = random.nextInt(text.length + 1), end = from + random.nextInt(text.length - from + 1);
    var units = text.codeUnits.toList();
    say(String what) => () => "$what of '$text', '$part', '$other', $from, $end";
    expect(text.indexOf(part, from) == first(text, part, from), say("indexOf"));
    expect(text.lastIndexOf(part, from) == last(text, part, from), say("lastIndexOf"));
    expect(text.lastIndexOf(part) == last(text, part, text.length), say("lastIndexOf"));
    expect(text.contains(part, from) == (first(text, part, from) >= 0), say("contains"));
    expect(text.startsWith(part, from) == at(text, part, from), say("startsWith"));
    expect(text.endsWith(part) == at(text, part, text.length - part.length), say("endsWith"));
    expect("${text.split(part)}" == "${split(text, part)}", say("split"));
    expect(text.replaceAll(part, to) == replaced(text, part, to), say("replaceAll"));
    expect(text.replaceAllMapped(part, (match) => "<${match[0]}>") == replaced(text, part, "<$part>"), say("mapped"));
    var place = first(text, part, from);
    expect(
        text.replaceFirst(part, to, from) ==
            (place < 0 ? text : text.substring(0, place) + to + text.substring(place + part.length)),
        say("replaceFirst"));
    expect(text.replaceRange(from, end, to) == text.substring(0, from) + to + text.substring(end), say("replaceRange"));
    expect("${text.substring(from, end).codeUnits}" == "${units.sublist(from, end)}", say("substring"));
    expect((text + part).codeUnits.length == text.length + part.length && (text + part).endsWith(part), say("+"));
    expect("$text$part" == text + part && [text, part].join() == text + part, say("interpolation"));
    expect((new StringBuffer(text)..write(part)..writeAll([to, other], "-")).toString() == "$text$part$to-$other", say("buffer"));
    expect((text == part) == ("${text.codeUnits}" == "${part.codeUnits}"), say("=="));
    expect(text != part || text.hashCode == part.hashCode, say("hashCode"));
    expect((text + part).hashCode == new String.fromCharCodes("$text$part".codeUnits).hashCode, say("hashes"));
    expect(text.compareTo(part) == -part.compareTo(text) && (text.compareTo(part) == 0) == (text == part), say("compareTo"));
    var common = 0;
    while (common < text.length && common < part.length && text.codeUnitAt(common) == part.codeUnitAt(common)) common++;
    var order = common == text.length || common == part.length
        ? text.length.compareTo(part.length)
        : text.codeUnitAt(common).compareTo(part.codeUnitAt(common));
    expect(text.compareTo(part) == order, say("order"));
    var left = 0, right = text.length;
    while (left < right && isBlank(units[left])) left++;
    while (right > left && isBlank(units[right - 1])) right--;
    expect(text.trim() == text.substring(left, right), say("trim"));
    expect(text.trimLeft() == text.substring(left), say("trimLeft"));
    var bare = text.length;
    while (bare > 0 && isBlank(units[bare - 1])) bare--;
    expect(text.trimRight() == text.substring(0, bare), say("trimRight"));
    expect(text.padLeft(15, "*") == "*" * (15 - text.length) + text, say("padLeft"));
    expect(text.padRight(15, "xy") == text + "xy" * (15 - text.length), say("padRight"));
    expect(text.padLeft(text.length, part + "\u20ac") == text && text.padRight(0, part + "\u20ac") == text, say("no padding"));
    expect(text.padLeft(3) == (text.length < 3 ? " " * (3 - text.length) + text : text), say("padLeft"));
    expect(text * 3 == text + text + text && text * 0 == "" && text * 1 == text, say("*"));
    expect(new String.fromCharCodes(text.runes) == text, say("runes"));
    expect(text.runes.toList().reversed.toList().length == text.runes.length, say("runes' length"));
    expect("${text.toUpperCase()}" == new List.generate(text.length, (i) => text[i].toUpperCase()).join(), say("upper"));
    expect(text.toLowerCase().toLowerCase() == text.toLowerCase(), say("lower"));
    expect("${part.allMatches(text).map((match) => match.start).toList()}" == "${starts(text, part)}", say("allMatches"));
    expect((part.matchAsPrefix(text, from) != null) == at(text, part, from), say("matchAsPrefix"));
    expect(text.splitMapJoin(part, onMatch: (m) => to, onNonMatch: (s) => s) == replaced(text, part, to), say("splitMapJoin"));
    expect(text.isEmpty == (text.length == 0) && text.isNotEmpty != text.isEmpty, say("isEmpty"));
    // The same by a regular expression.
    var quoted = new RegExp(part.replaceAllMapped(new RegExp(r"[\[\]\\^$.*+?(){}|]"), (m) => "\\${m[0]}"));
    expect(text.indexOf(quoted, from) == first(text, part, from), say("indexOf a pattern"));
    expect(text.lastIndexOf(quoted, from) == last(text, part, from), say("lastIndexOf a pattern"));
    expect(text.contains(quoted, from) == (first(text, part, from) >= 0), say("contains a pattern"));
    expect(text.startsWith(quoted, from) == at(text, part, from), say("startsWith a pattern"));
    if (part != "") {
      expect("${text.split(quoted)}" == "${split(text, part)}", say("split by a pattern"));
      expect(text.replaceAll(quoted, to) == replaced(text, part, to), say("replaceAll of a pattern"));
    }
  }
  print("$wrong wrong"); // expect: 0 wrong
}

List<int> starts(String text, String part) {
  var all = <int>[];
  for (var i = 0; i <= text.length; i++) {
    if (!at(text, part, i)) continue;
    all.add(i);
    if (part != "") i += part.length - 1;
  }
  return all;
}

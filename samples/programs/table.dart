// Builds texts: a table, a wrapped paragraph, a Caesar cipher, a report by cascades.
class Table {
  final List<List<String>> _rows = [];

  void add(Iterable cells) => _rows.add(cells.map((cell) => "$cell").toList());

  toString() {
    var widths = new List<int>.filled(_rows.first.length, 0);
    for (var row in _rows) {
      for (var i = 0; i < row.length; i++) {
        if (row[i].length > widths[i]) widths[i] = row[i].length;
      }
    }
    var line = "+" + widths.map((w) => "-" * (w + 2)).join("+") + "+";
    var out = new StringBuffer()..writeln(line);
    for (var row in _rows) {
      out.write("|");
      for (var i = 0; i < row.length; i++) {
        var isNumber = double.parse(row[i], (_) => null) != null;
        var cell = isNumber ? row[i].padLeft(widths[i]) : row[i].padRight(widths[i]);
        out.write(" $cell |");
      }
      out.writeln();
      if (identical(row, _rows.first)) out.writeln(line);
    }
    out.write(line);
    return out.toString();
  }
}

List<String> wrap(String text, int width) {
  var lines = [], line = new StringBuffer();
  for (var word in text.split(new RegExp(r"\s+"))) {
    if (line.isNotEmpty && line.length + 1 + word.length > width) {
      lines.add(line.toString());
      line.clear();
    }
    if (line.isNotEmpty) line.write(" ");
    line.write(word);
  }
  return lines..add("$line");
}

String rotate(String text, int by) {
  shift(int unit, int first) => (unit - first + by) % 26 + first;
  return new String.fromCharCodes(text.codeUnits.map((unit) {
    if (unit >= 0x41 && unit <= 0x5a) return shift(unit, 0x41);
    if (unit >= 0x61 && unit <= 0x7a) return shift(unit, 0x61);
    return unit;
  }));
}

main() {
  var table = new Table()..add(["city", "people", "share"]);
  var people = {"Berne": 134, "Zurich": 415, "Basel": 173};
  var all = people.values.fold(0, (a, b) => a + b);
  people.forEach((city, count) {
    table.add([city, count, (100 * count / all).toStringAsFixed(1)]);
  });
  print(table);
  wrap("A text that is too long for a line goes on in the next one, word by word.", 24).forEach(print);
  var secret = rotate("Hello, World!", 13);
  print("$secret ${rotate(secret, 13)}");
  print("camelCaseName".replaceAllMapped(new RegExp("[A-Z]"), (m) => "_${m[0].toLowerCase()}"));
  print("naïve Gemüse \u{1F600}".runes.map((r) => r.toRadixString(16)).join(" "));
  print("a,b;c".split(new RegExp("[,;]")).reversed.join());
  print(['x', 'y'].map((v) => '$v=${v.codeUnitAt(0)}').join('&'));
}

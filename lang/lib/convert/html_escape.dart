// Text as HTML has it.
part of dart.convert;

const HtmlEscape HTML_ESCAPE = const HtmlEscape();
const HtmlEscape htmlEscape = HTML_ESCAPE;

class HtmlEscapeMode {
  final String _name;
  final bool escapeLtGt;
  final bool escapeQuot;
  final bool escapeApos;
  final bool escapeSlash;

  static const HtmlEscapeMode UNKNOWN = const HtmlEscapeMode._("unknown", true, true, true, true);
  static const HtmlEscapeMode ATTRIBUTE = const HtmlEscapeMode._("attribute", true, true, false, false);
  static const HtmlEscapeMode SQ_ATTRIBUTE =
      const HtmlEscapeMode._("attribute", true, false, true, false);
  static const HtmlEscapeMode ELEMENT = const HtmlEscapeMode._("element", true, false, false, false);
  static const HtmlEscapeMode unknown = UNKNOWN;
  static const HtmlEscapeMode attribute = ATTRIBUTE;
  static const HtmlEscapeMode sqAttribute = SQ_ATTRIBUTE;
  static const HtmlEscapeMode element = ELEMENT;

  const HtmlEscapeMode._(
      this._name, this.escapeLtGt, this.escapeQuot, this.escapeApos, this.escapeSlash);

  const HtmlEscapeMode(
      {String name: "custom",
      this.escapeLtGt: false,
      this.escapeQuot: false,
      this.escapeApos: false,
      this.escapeSlash: false})
      : _name = name;

  String toString() => _name;
}

class HtmlEscape extends Converter<String, String> {
  final HtmlEscapeMode mode;
  const HtmlEscape([this.mode = HtmlEscapeMode.UNKNOWN]);

  String convert(String text) {
    _checkString(text, "text");
    var buffer; // Null: nothing was escaped.
    var from = 0;
    for (var i = 0; i < text.length; i++) {
      var escape = _escapeOf(text.codeUnitAt(i));
      if (escape == null) continue;
      if (buffer == null) buffer = new StringBuffer();
      buffer.write(text.substring(from, i));
      buffer.write(escape);
      from = i + 1;
    }
    return buffer == null ? text : (buffer..write(text.substring(from))).toString();
  }

  String _escapeOf(int unit) {
    switch (unit) {
      case 0x26:
        return "&amp;";
      case 0x22:
        return mode.escapeQuot ? "&quot;" : null;
      case 0x27:
        return mode.escapeApos ? "&#39;" : null;
      case 0x3c:
        return mode.escapeLtGt ? "&lt;" : null;
      case 0x3e:
        return mode.escapeLtGt ? "&gt;" : null;
      case 0x2f:
        return mode.escapeSlash ? "&#47;" : null;
    }
    return null;
  }

  StringConversionSink startChunkedConversion(Sink<String> sink) {
    return new _EachSink(convert, _stringSinkOf(sink));
  }
}

// Moments, in UTC or in the time of the system's zone; Stopwatch.
part of dart.core;

class DateTime implements Comparable<DateTime> {
  static const int MONDAY = 1;
  static const int TUESDAY = 2;
  static const int WEDNESDAY = 3;
  static const int THURSDAY = 4;
  static const int FRIDAY = 5;
  static const int SATURDAY = 6;
  static const int SUNDAY = 7;
  static const int DAYS_PER_WEEK = 7;
  static const int JANUARY = 1;
  static const int FEBRUARY = 2;
  static const int MARCH = 3;
  static const int APRIL = 4;
  static const int MAY = 5;
  static const int JUNE = 6;
  static const int JULY = 7;
  static const int AUGUST = 8;
  static const int SEPTEMBER = 9;
  static const int OCTOBER = 10;
  static const int NOVEMBER = 11;
  static const int DECEMBER = 12;
  static const int MONTHS_PER_YEAR = 12;
  static const int monday = MONDAY;
  static const int tuesday = TUESDAY;
  static const int wednesday = WEDNESDAY;
  static const int thursday = THURSDAY;
  static const int friday = FRIDAY;
  static const int saturday = SATURDAY;
  static const int sunday = SUNDAY;
  static const int daysPerWeek = DAYS_PER_WEEK;
  static const int january = JANUARY;
  static const int february = FEBRUARY;
  static const int march = MARCH;
  static const int april = APRIL;
  static const int may = MAY;
  static const int june = JUNE;
  static const int july = JULY;
  static const int august = AUGUST;
  static const int september = SEPTEMBER;
  static const int october = OCTOBER;
  static const int november = NOVEMBER;
  static const int december = DECEMBER;
  static const int monthsPerYear = MONTHS_PER_YEAR;

  static const int _maxMilliseconds = 8640000000000000;
  static const int _microsecondsOfDay = 86400000000;

  final int microsecondsSinceEpoch;
  final bool isUtc;
  // Year, month, day, hour, minute, second, millisecond, microsecond, weekday; when they are asked.
  List _parts;

  DateTime(int year,
      [int month = 1,
      int day = 1,
      int hour = 0,
      int minute = 0,
      int second = 0,
      int millisecond = 0,
      int microsecond = 0])
      : this._(
            _utcOf(_sum(year, month, day, hour, minute, second, millisecond, microsecond)), false);

  DateTime.utc(int year,
      [int month = 1,
      int day = 1,
      int hour = 0,
      int minute = 0,
      int second = 0,
      int millisecond = 0,
      int microsecond = 0])
      : this._(_sum(year, month, day, hour, minute, second, millisecond, microsecond), true);

  DateTime.now() : this._(_timeNow(), false);

  DateTime.fromMillisecondsSinceEpoch(int millisecondsSinceEpoch, {bool isUtc: false})
      : this._(
            _checkInt(millisecondsSinceEpoch, -_maxMilliseconds, _maxMilliseconds,
                    "millisecondsSinceEpoch") *
                1000,
            isUtc);

  DateTime.fromMicrosecondsSinceEpoch(int microsecondsSinceEpoch, {bool isUtc: false})
      : this._(_checkAnyInt(microsecondsSinceEpoch, "microsecondsSinceEpoch"), isUtc);

  DateTime._(int microseconds, bool isUtc)
      : microsecondsSinceEpoch = microseconds,
        isUtc = isUtc {
    if (isUtc == null) throw new ArgumentError.notNull("isUtc");
    if (microseconds.abs() > _maxMilliseconds * 1000) {
      throw new ArgumentError("DateTime is outside valid range: $microseconds");
    }
  }

  // As of the proleptic Gregorian calendar: parts may lie outside their ranges.
  static int _sum(int year, int month, int day, int hour, int minute, int second, int millisecond,
      int microsecond) {
    const most = 1000000000; // Of each part, so that nothing wraps around.
    _checkInt(year, -400000, 400000, "year");
    _checkInt(month, -most, most, "month");
    _checkInt(day, -most, most, "day");
    _checkInt(hour, -most, most, "hour");
    _checkInt(minute, -most * 100, most * 100, "minute");
    _checkInt(second, -most * 1000, most * 1000, "second");
    _checkInt(millisecond, -_maxMilliseconds, _maxMilliseconds, "millisecond");
    _checkInt(microsecond, -_maxMilliseconds * 1000, _maxMilliseconds * 1000, "microsecond");
    year += (month - 1 - (month - 1) % 12) ~/ 12;
    month = (month - 1) % 12 + 1;
    var days = _daysUntil(year, month) + day - 1;
    var milliseconds = days * 86400000 + hour * 3600000 + minute * 60000 + second * 1000;
    milliseconds += millisecond;
    if (milliseconds.abs() > _maxMilliseconds + 86400000) {
      throw new ArgumentError("DateTime is outside valid range: $milliseconds ms");
    }
    return milliseconds * 1000 + microsecond;
  }

  // From 1970 to the first of a month. Years begin in March, so that a leap day is their last.
  static int _daysUntil(int year, int month) {
    if (month < 3) year--;
    var era = (year - year % 400) ~/ 400;
    var ofEra = year - era * 400;
    var ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) ~/ 5;
    return era * 146097 + ofEra * 365 + ofEra ~/ 4 - ofEra ~/ 100 + ofYear - 719468;
  }

  static int _seconds(int microseconds) => (microseconds - microseconds % 1000000) ~/ 1000000;

  // What is local time there. Of one that there is twice the first; one that is skipped is taken as
  // if clocks had not been changed yet.
  static int _utcOf(int local) {
    var seconds = _seconds(local);
    var before = _localOffset(seconds - 86400);
    if (_localOffset(seconds - before) == before) return local - before * 1000000;
    var after = _localOffset(seconds + 86400);
    if (_localOffset(seconds - after) == after) return local - after * 1000000;
    return local - before * 1000000;
  }

  static DateTime parse(String formattedString) {
    _checkString(formattedString, "formattedString");
    var match = _format.firstMatch(formattedString);
    if (match == null) throw new FormatException("Invalid date format", formattedString);
    part(int group) => match[group] == null ? 0 : int.parse(match[group]);
    var fraction = match[7] == null ? "" : match[7];
    var micros = int.parse(fraction.padRight(6, "0").substring(0, 6));
    var minutes = part(5);
    if (match[9] != null) {
      var ahead = part(10) * 60 + part(11);
      minutes -= match[9] == "-" ? -ahead : ahead;
    }
    var sum = _sum(part(1), part(2), part(3), part(4), minutes, part(6), 0, micros);
    return match[8] == null ? new DateTime._(_utcOf(sum), false) : new DateTime._(sum, true);
  }

  static DateTime tryParse(String formattedString) {
    _checkString(formattedString, "formattedString");
    try {
      return parse(formattedString);
    } on FormatException {
      return null;
    }
  }

  static final RegExp _format = new RegExp(r"^([+-]?\d{4,6})-?(\d\d)-?(\d\d)"
      r"(?:[ T](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?"
      r"( ?[zZ]| ?([-+])(\d\d)(?::?(\d\d))?)?)?$");

  int get millisecondsSinceEpoch => (microsecondsSinceEpoch - microsecondsSinceEpoch % 1000) ~/ 1000;
  int get year => _split()[0];
  int get month => _split()[1];
  int get day => _split()[2];
  int get hour => _split()[3];
  int get minute => _split()[4];
  int get second => _split()[5];
  int get millisecond => _split()[6];
  int get microsecond => _split()[7];
  int get weekday => _split()[8];

  List _split() {
    if (_parts != null) return _parts;
    var local = microsecondsSinceEpoch + timeZoneOffset.inMicroseconds;
    var rest = local % _microsecondsOfDay;
    var days = (local - rest) ~/ _microsecondsOfDay;
    var shifted = days + 719468;
    var era = (shifted - shifted % 146097) ~/ 146097;
    var ofEra = shifted - era * 146097;
    var year = (ofEra - ofEra ~/ 1460 + ofEra ~/ 36524 - ofEra ~/ 146096) ~/ 365;
    var ofYear = ofEra - (365 * year + year ~/ 4 - year ~/ 100);
    var month = (5 * ofYear + 2) ~/ 153;
    var day = ofYear - (153 * month + 2) ~/ 5 + 1;
    month += month < 10 ? 3 : -9;
    year += era * 400 + (month < 3 ? 1 : 0);
    return _parts = [
      year,
      month,
      day,
      rest ~/ 3600000000,
      rest ~/ 60000000 % 60,
      rest ~/ 1000000 % 60,
      rest ~/ 1000 % 1000,
      rest % 1000,
      (days + 3) % 7 + 1
    ];
  }

  Duration get timeZoneOffset {
    if (isUtc) return const Duration();
    return new Duration(seconds: _localOffset(_seconds(microsecondsSinceEpoch)));
  }

  String get timeZoneName => isUtc ? "UTC" : _zoneName(_seconds(microsecondsSinceEpoch));

  DateTime toUtc() => isUtc ? this : new DateTime._(microsecondsSinceEpoch, true);
  DateTime toLocal() => isUtc ? new DateTime._(microsecondsSinceEpoch, false) : this;

  DateTime add(Duration duration) =>
      new DateTime._(microsecondsSinceEpoch + duration.inMicroseconds, isUtc);
  DateTime subtract(Duration duration) =>
      new DateTime._(microsecondsSinceEpoch - duration.inMicroseconds, isUtc);
  Duration difference(DateTime other) =>
      new Duration(microseconds: microsecondsSinceEpoch - other.microsecondsSinceEpoch);

  bool isBefore(DateTime other) => microsecondsSinceEpoch < other.microsecondsSinceEpoch;
  bool isAfter(DateTime other) => microsecondsSinceEpoch > other.microsecondsSinceEpoch;
  bool isAtSameMomentAs(DateTime other) => microsecondsSinceEpoch == other.microsecondsSinceEpoch;
  int compareTo(DateTime other) => microsecondsSinceEpoch.compareTo(other.microsecondsSinceEpoch);
  bool operator ==(other) {
    return other is DateTime &&
        microsecondsSinceEpoch == other.microsecondsSinceEpoch &&
        isUtc == other.isUtc;
  }

  int get hashCode => microsecondsSinceEpoch.hashCode;

  String toString() => _text(_padded(year, 4), " ");

  String toIso8601String() {
    var isLong = year > 9999 || year < -9999;
    return _text(isLong ? (year > 0 ? "+" : "") + _padded(year, 6) : _padded(year, 4), "T");
  }

  String _text(String year, String between) {
    var micros = microsecond == 0 ? "" : _padded(microsecond, 3);
    var time = "${_padded(hour, 2)}:${_padded(minute, 2)}:${_padded(second, 2)}";
    return "$year-${_padded(month, 2)}-${_padded(day, 2)}$between$time."
        "${_padded(millisecond, 3)}$micros${isUtc ? "Z" : ""}";
  }

  static String _padded(int number, int width) {
    return (number < 0 ? "-" : "") + number.abs().toString().padLeft(width, "0");
  }
}

int _timeNow() native "Time_now";
int _ticks() native "Time_ticks";
int _localOffset(int seconds) native "Time_localOffset";
String _zoneName(int seconds) native "Time_zoneName";

class Stopwatch {
  int _start; // Null: it has never run.
  int _stop; // Null: it runs.

  Stopwatch();

  int get frequency => 1000000;
  bool get isRunning => _start != null && _stop == null;

  void start() {
    if (isRunning) return;
    var now = _ticks();
    _start = _start == null ? now : now - (_stop - _start);
    _stop = null;
  }

  void stop() {
    if (isRunning) _stop = _ticks();
  }

  void reset() {
    if (_start == null) return;
    _start = _ticks();
    if (_stop != null) _stop = _start;
  }

  int get elapsedTicks {
    if (_start == null) return 0;
    return (_stop == null ? _ticks() : _stop) - _start;
  }

  int get elapsedMicroseconds => elapsedTicks;
  int get elapsedMilliseconds => elapsedTicks ~/ 1000;
  Duration get elapsed => new Duration(microseconds: elapsedTicks);
}

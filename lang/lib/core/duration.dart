// Spans of time, in microseconds.
part of dart.core;

class Duration implements Comparable<Duration> {
  static const int MICROSECONDS_PER_MILLISECOND = 1000;
  static const int MILLISECONDS_PER_SECOND = 1000;
  static const int SECONDS_PER_MINUTE = 60;
  static const int MINUTES_PER_HOUR = 60;
  static const int HOURS_PER_DAY = 24;
  static const int MICROSECONDS_PER_SECOND = 1000000;
  static const int MICROSECONDS_PER_MINUTE = 60000000;
  static const int MICROSECONDS_PER_HOUR = 3600000000;
  static const int MICROSECONDS_PER_DAY = 86400000000;

  static const Duration ZERO = const Duration(seconds: 0);

  static const int SECONDS_PER_HOUR = 3600;
  static const int SECONDS_PER_DAY = 86400;
  static const int MINUTES_PER_DAY = 1440;
  static const int MILLISECONDS_PER_MINUTE = 60000;
  static const int MILLISECONDS_PER_HOUR = 3600000;
  static const int MILLISECONDS_PER_DAY = 86400000;

  // The same as they were written later.
  static const int microsecondsPerMillisecond = MICROSECONDS_PER_MILLISECOND;
  static const int millisecondsPerSecond = MILLISECONDS_PER_SECOND;
  static const int secondsPerMinute = SECONDS_PER_MINUTE;
  static const int minutesPerHour = MINUTES_PER_HOUR;
  static const int hoursPerDay = HOURS_PER_DAY;
  static const int microsecondsPerSecond = MICROSECONDS_PER_SECOND;
  static const int microsecondsPerMinute = MICROSECONDS_PER_MINUTE;
  static const int microsecondsPerHour = MICROSECONDS_PER_HOUR;
  static const int microsecondsPerDay = MICROSECONDS_PER_DAY;
  static const int millisecondsPerMinute = MILLISECONDS_PER_MINUTE;
  static const int millisecondsPerHour = MILLISECONDS_PER_HOUR;
  static const int millisecondsPerDay = MILLISECONDS_PER_DAY;
  static const int secondsPerHour = SECONDS_PER_HOUR;
  static const int secondsPerDay = SECONDS_PER_DAY;
  static const int minutesPerDay = MINUTES_PER_DAY;
  static const Duration zero = ZERO;

  final int inMicroseconds;

  const Duration(
      {int days: 0,
      int hours: 0,
      int minutes: 0,
      int seconds: 0,
      int milliseconds: 0,
      int microseconds: 0})
      : inMicroseconds = days * MICROSECONDS_PER_DAY +
            hours * MICROSECONDS_PER_HOUR +
            minutes * MICROSECONDS_PER_MINUTE +
            seconds * MICROSECONDS_PER_SECOND +
            milliseconds * MICROSECONDS_PER_MILLISECOND +
            microseconds;

  int get inMilliseconds => inMicroseconds ~/ MICROSECONDS_PER_MILLISECOND;
  int get inSeconds => inMicroseconds ~/ MICROSECONDS_PER_SECOND;
  int get inMinutes => inMicroseconds ~/ MICROSECONDS_PER_MINUTE;
  int get inHours => inMicroseconds ~/ MICROSECONDS_PER_HOUR;
  int get inDays => inMicroseconds ~/ MICROSECONDS_PER_DAY;

  Duration operator +(Duration other) => _of(inMicroseconds + other.inMicroseconds);
  Duration operator -(Duration other) => _of(inMicroseconds - other.inMicroseconds);
  Duration operator *(num factor) => _of((inMicroseconds * factor).round());
  Duration operator ~/(int quotient) {
    if (quotient == 0) throw new IntegerDivisionByZeroException();
    return _of(inMicroseconds ~/ quotient);
  }

  Duration operator -() => _of(-inMicroseconds);
  Duration abs() => _of(inMicroseconds.abs());
  bool get isNegative => inMicroseconds < 0;

  bool operator <(Duration other) => inMicroseconds < other.inMicroseconds;
  bool operator >(Duration other) => inMicroseconds > other.inMicroseconds;
  bool operator <=(Duration other) => inMicroseconds <= other.inMicroseconds;
  bool operator >=(Duration other) => inMicroseconds >= other.inMicroseconds;
  bool operator ==(other) => other is Duration && inMicroseconds == other.inMicroseconds;
  int get hashCode => inMicroseconds.hashCode;
  int compareTo(Duration other) => inMicroseconds.compareTo(other.inMicroseconds);

  // As 12:03:04.000005. Part by part: the smallest int has no negative of its own.
  String toString() {
    var sign = isNegative ? "-" : "";
    var minutes = _part(inMinutes.remainder(MINUTES_PER_HOUR), 2);
    var seconds = _part(inSeconds.remainder(SECONDS_PER_MINUTE), 2);
    var rest = _part(inMicroseconds.remainder(MICROSECONDS_PER_SECOND), 6);
    return "$sign${inHours.abs()}:$minutes:$seconds.$rest";
  }

  static String _part(int number, int width) => "${number.abs()}".padLeft(width, "0");
  static Duration _of(int microseconds) => new Duration(microseconds: microseconds);
}

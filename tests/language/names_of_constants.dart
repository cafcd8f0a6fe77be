// The constants of the libraries by their older and newer names, what objects of the libraries say they
// are, and that equal ones have equal hash codes.
// stress-interval: 97
import "dart:async";
import "dart:collection";
import "dart:convert";
import "dart:io";
import "dart:isolate";
import "dart:math";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

main() async {
  print([DateTime.MONDAY, DateTime.TUESDAY, DateTime.WEDNESDAY, DateTime.THURSDAY, DateTime.FRIDAY, DateTime.SATURDAY, DateTime.SUNDAY, DateTime.DAYS_PER_WEEK]);
  print([DateTime.monday, DateTime.tuesday, DateTime.wednesday, DateTime.thursday, DateTime.friday, DateTime.saturday, DateTime.sunday, DateTime.daysPerWeek]);
  print([DateTime.JANUARY, DateTime.FEBRUARY, DateTime.MARCH, DateTime.APRIL, DateTime.MAY, DateTime.JUNE, DateTime.JULY, DateTime.AUGUST, DateTime.SEPTEMBER,
      DateTime.OCTOBER, DateTime.NOVEMBER, DateTime.DECEMBER, DateTime.MONTHS_PER_YEAR]);
  print([DateTime.january, DateTime.february, DateTime.march, DateTime.april, DateTime.may, DateTime.june, DateTime.july, DateTime.august, DateTime.september,
      DateTime.october, DateTime.november, DateTime.december, DateTime.monthsPerYear]);
  print([Duration.MICROSECONDS_PER_MILLISECOND, Duration.MILLISECONDS_PER_SECOND, Duration.SECONDS_PER_MINUTE, Duration.MINUTES_PER_HOUR, Duration.HOURS_PER_DAY,
      Duration.MICROSECONDS_PER_SECOND, Duration.MICROSECONDS_PER_MINUTE, Duration.MICROSECONDS_PER_HOUR, Duration.MICROSECONDS_PER_DAY, Duration.SECONDS_PER_HOUR,
      Duration.SECONDS_PER_DAY, Duration.MINUTES_PER_DAY, Duration.MILLISECONDS_PER_MINUTE, Duration.MILLISECONDS_PER_HOUR, Duration.MILLISECONDS_PER_DAY, Duration.ZERO]);
  print([Duration.microsecondsPerMillisecond, Duration.millisecondsPerSecond, Duration.secondsPerMinute, Duration.minutesPerHour, Duration.hoursPerDay,
      Duration.microsecondsPerSecond, Duration.microsecondsPerMinute, Duration.microsecondsPerHour, Duration.microsecondsPerDay, Duration.secondsPerHour,
      Duration.secondsPerDay, Duration.minutesPerDay, Duration.millisecondsPerMinute, Duration.millisecondsPerHour, Duration.millisecondsPerDay, Duration.zero]);
  print([const Duration(days: 1), const Duration(hours: 1), const Duration(minutes: 1), const Duration(seconds: 1), const Duration(milliseconds: 1), const Duration(microseconds: 1), const Duration()]);
  // Parts of a moment that are not given are the first ones.
  for (var moment in [new DateTime(2001), new DateTime(2001, 2), new DateTime(2001, 2, 3), new DateTime(2001, 2, 3, 4), new DateTime(2001, 2, 3, 4, 5), new DateTime(2001, 2, 3, 4, 5, 6),
      new DateTime(2001, 2, 3, 4, 5, 6, 7), new DateTime(2001, 2, 3, 4, 5, 6, 7, 8), new DateTime.utc(2001), new DateTime.utc(2001, 2), new DateTime.utc(2001, 2, 3),
      new DateTime.utc(2001, 2, 3, 4), new DateTime.utc(2001, 2, 3, 4, 5), new DateTime.utc(2001, 2, 3, 4, 5, 6), new DateTime.utc(2001, 2, 3, 4, 5, 6, 7)]) {
    print([moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.millisecond, moment.microsecond, moment.weekday, moment.isUtc]);
  }
  print([new DateTime.fromMillisecondsSinceEpoch(5).isUtc, new DateTime.fromMicrosecondsSinceEpoch(5).isUtc, new DateTime.fromMillisecondsSinceEpoch(5, isUtc: true), new DateTime.fromMicrosecondsSinceEpoch(5, isUtc: true)]);
  const most = 1000000000;
  for (var wrong in [() => new DateTime(400001), () => new DateTime(-400001), () => new DateTime(null), () => new DateTime.utc(1, most + 1), () => new DateTime.utc(1, -most - 1), () => new DateTime.utc(1, 1, most + 1),
      () => new DateTime.utc(1, 1, 1, most + 1), () => new DateTime.utc(1, 1, 1, 1, most * 100 + 1), () => new DateTime.utc(1, 1, 1, 1, 1, most * 1000 + 1),
      () => new DateTime.utc(1, 1, 1, 1, 1, 1, 8640000000000001), () => new DateTime.utc(1, 1, 1, 1, 1, 1, 1, 8640000000000000001), () => new DateTime.utc(1, 1, 1, 1, 1, 1, 1, "1"),
      () => new DateTime.fromMillisecondsSinceEpoch(8640000000000001), () => new DateTime.fromMillisecondsSinceEpoch(-8640000000000001), () => new DateTime.fromMicrosecondsSinceEpoch(8640000000000000001),
      () => new DateTime.fromMicrosecondsSinceEpoch(null), () => new DateTime.fromMillisecondsSinceEpoch(1, isUtc: null), () => new DateTime.utc(275760, 9, 13, 0, 0, 0, 0, 1), () => new DateTime.utc(275760, 9, 13)]) print(tried(wrong));

  print([FileSystemEntityType.FILE, FileSystemEntityType.DIRECTORY, FileSystemEntityType.LINK, FileSystemEntityType.NOT_FOUND]);
  print([identical(FileSystemEntityType.file, FileSystemEntityType.FILE), identical(FileSystemEntityType.directory, FileSystemEntityType.DIRECTORY),
      identical(FileSystemEntityType.link, FileSystemEntityType.LINK), identical(FileSystemEntityType.notFound, FileSystemEntityType.NOT_FOUND)]);
  print([identical(FileMode.read, FileMode.READ), identical(FileMode.write, FileMode.WRITE), identical(FileMode.append, FileMode.APPEND),
      identical(FileMode.writeOnly, FileMode.WRITE_ONLY), identical(FileMode.writeOnlyAppend, FileMode.WRITE_ONLY_APPEND)]);
  print([identical(FileLock.shared, FileLock.SHARED), identical(FileLock.exclusive, FileLock.EXCLUSIVE), identical(FileLock.blockingShared, FileLock.BLOCKING_SHARED),
      identical(FileLock.blockingExclusive, FileLock.BLOCKING_EXCLUSIVE)]);
  print([StdioType.TERMINAL, StdioType.PIPE, StdioType.FILE, StdioType.OTHER, StdioType.FILE.name, identical(StdioType.terminal, StdioType.TERMINAL), identical(StdioType.pipe, StdioType.PIPE),
      identical(StdioType.file, StdioType.FILE), identical(StdioType.other, StdioType.OTHER), stdioType("none")]);
  print([FileSystemEvent.CREATE, FileSystemEvent.MODIFY, FileSystemEvent.DELETE, FileSystemEvent.MOVE, FileSystemEvent.ALL, OSError.noErrorCode]);
  print([Isolate.IMMEDIATE, Isolate.BEFORE_NEXT_EVENT, Isolate.immediate, Isolate.beforeNextEvent]);
  print([double.NAN, double.INFINITY, double.NEGATIVE_INFINITY, double.MIN_POSITIVE, double.MAX_FINITE, double.nan, double.infinity, double.negativeInfinity, double.minPositive, double.maxFinite]);
  print([new StdoutException("m"), new StdoutException("m", new OSError("o", 5)), new StdinException("m"), new StdinException("m", new OSError("o", 5)), new StdinException("m").message,
      new StdoutException("m", new OSError("o", 5)).osError.errorCode]);
  print([new OSError(), new OSError("m"), new OSError("", 7), new OSError("m", 7), new OSError().message, new OSError().errorCode]);
  print([new FileSystemException(), new FileSystemException("m"), new FileSystemException("m", "p"), new FileSystemException("", "p"), new FileSystemException("m", "p", new OSError("o", 5)),
      new FileSystemException("m", "", new OSError("o", 5)), new FileSystemException("", "", new OSError("o", 5)), new FileSystemException("", "p", new OSError("o", 5)), new FileSystemException("m", null)]);
  print([stdout.supportsAnsiEscapes, stderr.runtimeType == stdout.runtimeType, identical(stdout.nonBlocking, stdout), stdout.encoding.name]);

  var port = new ReceivePort(), raw = new RawReceivePort(), capability = new Capability();
  var objects = {
    "Future": new Future.value(1), "Completer": new Completer(), "Stream": new Stream.empty(), "StreamController": new StreamController(), "StreamIterator": new StreamIterator(new Stream.empty()),
    "StreamSubscription": new Stream.empty().listen(null), "Timer": new Timer(Duration.ZERO, () {}), "periodic": new Timer.periodic(Duration.ZERO, (timer) => timer.cancel()), "Zone": Zone.current,
    "inner Zone": Zone.current.fork(), "Exception": new Exception(), "Function": () {}, "Type": int, "StackTrace": new StackTrace.fromString("t"), "Match": "a".allMatches("a").first,
    "RegExp": new RegExp("a"), "RegExp match": new RegExp("a").firstMatch("a"), "Runes": new Runes("a"), "String": "a", "Uri": Uri.parse("a"), "UriData": Uri.parse("data:,a").data,
    "Capability": capability, "SendPort": port.sendPort, "RawReceivePort": raw, "ReceivePort": port, "Random": new Random(), "secure": new Random.secure(), "asMap": [1].asMap(),
    "ArgumentError": new ArgumentError(), "RangeError": new RangeError(1), "int": 1, "big": 1 << 70, "double": 1.5, "Symbol": #a, "bool": true, "null": null, "Stopwatch": new Stopwatch(),
    "Queue": new Queue(), "Duration": Duration.ZERO, "DateTime": new DateTime(1), "Sink": new StringBuffer(), "Point": new Point(1, 2), "codeUnits": "a".codeUnits, "skip": [1].skip(1),
  };
  objects.forEach((name, object) => print("$name: ${object.runtimeType}"));
  var pairs = [
    [capability, capability], [port.sendPort, port.sendPort], [new Duration(seconds: 1), new Duration(milliseconds: 1000)], [new DateTime.utc(1), new DateTime.utc(1)],
    [Uri.parse("a:b"), Uri.parse("A:b")], [new Point(1, 2), new Point(1.0, 2.0)], [#a, new Symbol("a")], ["ab", "a" + "b"], [1 << 70, 1 << 70], [1, 1.0], [true, !false], [null, null], [int, 1.runtimeType],
    [new Rectangle(1, 2, 3, 4), new MutableRectangle(1, 2, 3, 4)]
  ];
  var others = [new Capability(), raw.sendPort, Duration.ZERO, new DateTime.utc(2), Uri.parse("b:b"), new Point(2, 1), #b, "ba", 1 << 71, 2, false, 0, String, new Rectangle(2, 1, 4, 3)];
  for (var i = 0; i < pairs.length; i++) {
    var a = pairs[i][0], b = pairs[i][1];
    print([a == b, b == a, a.hashCode == b.hashCode, a.hashCode is int, a == others[i], others[i] == a, a == "other", a.hashCode == others[i].hashCode, {a: "found"}[b], {a: "found"}[others[i]]]);
  }
  port.close();
  raw.close();
  kinds();
}

// What each object may be used as.
kinds() {
  var receiving = new ReceivePort(), reference = new RawReceivePort();
  print([new Future.value(1) is Future, new Completer() is Completer, new AsyncError(1, null) is Error, new StreamController(sync: true) is SynchronousStreamController,
      new StreamController.broadcast(sync: true) is SynchronousStreamController, new StreamController().sink is StreamSink, new StreamController() is StreamSink, new StreamIterator(new Stream.empty()) is StreamIterator,
      new Stream.empty().listen(null) is StreamSubscription, (new StreamController.broadcast()..close()).stream.listen(null) is StreamSubscription, new Timer(Duration.ZERO, () {}) is Timer, new TimeoutException("m") is Exception, new DeferredLoadException("m") is Exception]);
  print([new LineSplitter() is StreamTransformer, new LineSplitter() is Converter, new ClosableStringSink.fromStringSink(new StringBuffer(), () {}) is StringSink, new StringConversionSink.withCallback((x) {}).asStringSink() is ClosableStringSink,
      new ByteConversionSink.withCallback((x) {}) is Sink, UTF8.decoder is StreamTransformer, UTF8 is Encoding, JSON is Codec]);
  print([new DateTime(1) is Comparable, Duration.ZERO is Comparable, "" is Comparable, "" is Pattern, 1 is Comparable, new RegExp("a") is Pattern, new StringBuffer() is StringSink, "a".allMatches("a").first is Match, new RegExp("a").firstMatch("a") is Match,
      "a".allMatches("a").iterator is Iterator, new RegExp("a").allMatches("a").iterator is Iterator, new Runes("a").iterator is BidirectionalIterator, new Runes("a") is Iterable, main is Function, int is Type, new StackTrace.fromString("") is StackTrace, StackTrace.current is StackTrace]);
  print([new Exception() is Exception, new FormatException() is Exception, new IntegerDivisionByZeroException() is Exception, new RangeError.index(1, []) is RangeError, new RangeError.index(1, []) is ArgumentError, new UnimplementedError() is UnsupportedError, new OutOfMemoryError() is Error,
      new StackOverflowError() is Error, new TypeError() is AssertionError, new RangeError(1) is ArgumentError]);
  print([new HashMap() is HashMap, new HashMap.identity() is HashMap, new HashMap(equals: (a, b) => true, hashCode: (x) => 1) is HashMap, new LinkedHashMap() is LinkedHashMap, {} is LinkedHashMap, new LinkedHashMap.identity() is LinkedHashMap,
      new LinkedHashMap(equals: (a, b) => true, hashCode: (x) => 1) is LinkedHashMap, {} is HashMap, new HashMap() is LinkedHashMap, new HashSet() is HashSet, new Set() is LinkedHashSet, new HashSet() is LinkedHashSet, new LinkedHashSet.identity() is LinkedHashSet, new Queue() is Queue]);
  print([new BytesBuilder() is BytesBuilder, new OSError() is Exception, new FileSystemException() is IOException, new FileSystemException() is Exception, new ProcessException("e", []) is IOException, new StdoutException("m") is IOException, new StdinException("m") is IOException,
      new SocketException("m") is IOException, new File("f").openWrite is Function, new Capability() is Capability, receiving is Stream, receiving is ReceivePort, receiving.sendPort is SendPort, reference is RawReceivePort, new IsolateSpawnException("m") is Exception, new RemoteError("m", "s") is Error,
      new RemoteError("m", "s").stackTrace is StackTrace, new MutableRectangle(1, 2, 3, 4) is Rectangle, new Random.secure() is Random]);
  receiving.close();
  reference.close();
}

// expect: [1, 2, 3, 4, 5, 6, 7, 7]
// expect: [1, 2, 3, 4, 5, 6, 7, 7]
// expect: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12]
// expect: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12]
// expect: [1000, 1000, 60, 60, 24, 1000000, 60000000, 3600000000, 86400000000, 3600, 86400, 1440, 60000, 3600000, 86400000, 0:00:00.000000]
// expect: [1000, 1000, 60, 60, 24, 1000000, 60000000, 3600000000, 86400000000, 3600, 86400, 1440, 60000, 3600000, 86400000, 0:00:00.000000]
// expect: [24:00:00.000000, 1:00:00.000000, 0:01:00.000000, 0:00:01.000000, 0:00:00.001000, 0:00:00.000001, 0:00:00.000000]
// expect: [2001, 1, 1, 0, 0, 0, 0, 0, 1, false]
// expect: [2001, 2, 1, 0, 0, 0, 0, 0, 4, false]
// expect: [2001, 2, 3, 0, 0, 0, 0, 0, 6, false]
// expect: [2001, 2, 3, 4, 0, 0, 0, 0, 6, false]
// expect: [2001, 2, 3, 4, 5, 0, 0, 0, 6, false]
// expect: [2001, 2, 3, 4, 5, 6, 0, 0, 6, false]
// expect: [2001, 2, 3, 4, 5, 6, 7, 0, 6, false]
// expect: [2001, 2, 3, 4, 5, 6, 7, 8, 6, false]
// expect: [2001, 1, 1, 0, 0, 0, 0, 0, 1, true]
// expect: [2001, 2, 1, 0, 0, 0, 0, 0, 4, true]
// expect: [2001, 2, 3, 0, 0, 0, 0, 0, 6, true]
// expect: [2001, 2, 3, 4, 0, 0, 0, 0, 6, true]
// expect: [2001, 2, 3, 4, 5, 0, 0, 0, 6, true]
// expect: [2001, 2, 3, 4, 5, 6, 0, 0, 6, true]
// expect: [2001, 2, 3, 4, 5, 6, 7, 0, 6, true]
// expect: [false, false, 1970-01-01 00:00:00.005Z, 1970-01-01 00:00:00.000005Z]
// expect: RangeError: DateTime: argument 'year' must be from -400000 to 400000, it is 400001
// expect: RangeError: DateTime: argument 'year' must be from -400000 to 400000, it is -400001
// expect: Invalid argument(s): DateTime: argument 'year' must be an int, it is null
// expect: RangeError: DateTime.utc: argument 'month' must be from -1000000000 to 1000000000, it is 1000000001
// expect: RangeError: DateTime.utc: argument 'month' must be from -1000000000 to 1000000000, it is -1000000001
// expect: RangeError: DateTime.utc: argument 'day' must be from -1000000000 to 1000000000, it is 1000000001
// expect: RangeError: DateTime.utc: argument 'hour' must be from -1000000000 to 1000000000, it is 1000000001
// expect: RangeError: DateTime.utc: argument 'minute' must be from -100000000000 to 100000000000, it is 100000000001
// expect: RangeError: DateTime.utc: argument 'second' must be from -1000000000000 to 1000000000000, it is 1000000000001
// expect: RangeError: DateTime.utc: argument 'millisecond' must be from -8640000000000000 to 8640000000000000, it is 8640000000000001
// expect: RangeError: DateTime.utc: argument 'microsecond' must be from -8640000000000000000 to 8640000000000000000, it is 8640000000000000001
// expect: Invalid argument(s): DateTime.utc: argument 'microsecond' must be an int, it is "1"
// expect: RangeError: DateTime.fromMillisecondsSinceEpoch: argument 'millisecondsSinceEpoch' must be from -8640000000000000 to 8640000000000000, it is 8640000000000001
// expect: RangeError: DateTime.fromMillisecondsSinceEpoch: argument 'millisecondsSinceEpoch' must be from -8640000000000000 to 8640000000000000, it is -8640000000000001
// expect: Invalid argument(s): DateTime is outside valid range: 8640000000000000001
// expect: Invalid argument(s): DateTime.fromMicrosecondsSinceEpoch: argument 'microsecondsSinceEpoch' must be an int, it is null
// expect: Invalid argument(s) (isUtc): Must not be null
// expect: Invalid argument(s): DateTime is outside valid range: 8640000000000000001
// expect: 275760-09-13 00:00:00.000Z
// expect: [file, directory, link, notFound]
// expect: [true, true, true, true]
// expect: [true, true, true, true, true]
// expect: [true, true, true, true]
// expect: [StdioType: terminal, StdioType: pipe, StdioType: file, StdioType: other, file, true, true, true, true, StdioType: other]
// expect: [1, 2, 4, 8, 15, -1]
// expect: [0, 1, 0, 1]
// expect: [NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e+308, NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e+308]
// expect: [StdoutException: m, StdoutException: m, OS Error: o, errno = 5, StdinException: m, StdinException: m, OS Error: o, errno = 5, m, 5]
// expect: [OS Error, OS Error: m, OS Error: errno = 7, OS Error: m, errno = 7, , -1]
// expect: [FileSystemException, FileSystemException: m, FileSystemException: m, path = 'p', FileSystemException: p, FileSystemException: m, path = 'p' (OS Error: o, errno = 5), FileSystemException: m (OS Error: o, errno = 5), FileSystemException: OS Error: o, errno = 5, FileSystemException: OS Error: o, errno = 5, path = 'p', FileSystemException: m]
// expect: [false, false, true, utf-8]
// expect: Future: Future
// expect: Completer: Completer
// expect: Stream: Stream
// expect: StreamController: StreamController
// expect: StreamIterator: StreamIterator
// expect: StreamSubscription: StreamSubscription
// expect: Timer: Timer
// expect: periodic: Timer
// expect: Zone: Zone
// expect: inner Zone: Zone
// expect: Exception: Exception
// expect: Function: Function
// expect: Type: Type
// expect: StackTrace: StackTrace
// expect: Match: Match
// expect: RegExp: RegExp
// expect: RegExp match: Match
// expect: Runes: Runes
// expect: String: String
// expect: Uri: Uri
// expect: UriData: UriData
// expect: Capability: Capability
// expect: SendPort: SendPort
// expect: RawReceivePort: RawReceivePort
// expect: ReceivePort: ReceivePort
// expect: Random: Random
// expect: secure: Random
// expect: asMap: Map
// expect: ArgumentError: ArgumentError
// expect: RangeError: RangeError
// expect: int: int
// expect: big: int
// expect: double: double
// expect: Symbol: Symbol
// expect: bool: bool
// expect: null: Null
// expect: Stopwatch: Stopwatch
// expect: Queue: ListQueue
// expect: Duration: Duration
// expect: DateTime: DateTime
// expect: Sink: StringBuffer
// expect: Point: Point
// expect: codeUnits: List<int>
// expect: skip: Iterable
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, false, false, false, false, found, null]
// expect: [true, true, true, true, true, true, true, true, true, true, true, true, true]
// expect: [true, true, true, true, true, true, true, true]
// expect: [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true]
// expect: [true, true, true, true, true, true, true, true, true, true]
// expect: [true, true, true, true, true, true, true, true, false, true, true, false, true, true]
// expect: [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true]

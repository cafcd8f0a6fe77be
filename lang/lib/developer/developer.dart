// dart:developer -- what a program says to the tools that watch it.
//
// What Timeline and TimelineTask are told stands in the trace that --gc-trace=FILE writes, if one is written. To the
// rest no tool listens: it is checked as if one did, and shown nowhere. So programs that say
// something run as they do elsewhere.
//
// Left out, and so refused by name: service extensions, metrics, the service itself.
library dart.developer;

import 'dart:async';
import 'dart:convert';

typedef dynamic TimelineSyncFunction();
typedef Future TimelineAsyncFunction();

// True where a debugger would stop: none does.
bool debugger({bool when: true, String message}) => when;

Object inspect(Object object) => object;

void log(String message,
    {DateTime time,
    int sequenceNumber,
    int level: 0,
    String name: '',
    Zone zone,
    Object error,
    StackTrace stackTrace}) {
  _check(message is String, message, "message", "a String");
  _check(time == null || time is DateTime, time, "time", "a DateTime");
  _check(sequenceNumber == null || sequenceNumber is int, sequenceNumber, "sequenceNumber", "an int");
  _check(level is int, level, "level", "an int");
  _check(name is String, name, "name", "a String");
}

void postEvent(String eventKind, Map eventData) {
  _check(eventKind is String, eventKind, "eventKind", "a String");
  _check(eventData is Map, eventData, "eventData", "a Map");
}

// What goes on when: an operation ends before the one in which it began.
class Timeline {
  static final List<String> _open = <String>[]; // Their names as JSON; null: not in the trace.
  static final Stopwatch _clock = new Stopwatch()..start();

  static void startSync(String name, {Map arguments}) {
    _open.add(_say("B", name, arguments, ""));
  }

  static void finishSync() {
    if (_open.isEmpty) throw new StateError("Uneven calls to startSync and finishSync");
    var said = _open.removeLast();
    if (said != null) _mark("E", said, "", "");
  }

  static void instantSync(String name, {Map arguments}) {
    _say("i", name, arguments, "");
  }

  static timeSync(String name, TimelineSyncFunction function, {Map arguments}) {
    startSync(name, arguments: arguments);
    try {
      return function();
    } finally {
      finishSync();
    }
  }

  // In microseconds.
  static int get now => _clock.elapsedMicroseconds;
}

// Operations that begin in one turn of the event loop and end in another.
class TimelineTask {
  final int _id;
  final List<String> _open = <String>[]; // As of Timeline.

  TimelineTask() : _id = _newTask();
  TimelineTask.withTaskId(int taskId) : _id = taskId {
    _check(taskId is int, taskId, "taskId", "an int");
  }

  void start(String name, {Map arguments}) {
    _open.add(_say("b", name, arguments, "$_id"));
  }

  void instant(String name, {Map arguments}) {
    _say("n", name, arguments, "$_id");
  }

  void finish() {
    if (_open.isEmpty) throw new StateError("Uneven calls to start and finish");
    var said = _open.removeLast();
    if (said != null) _mark("e", said, "", "$_id");
  }

  // For a task of the same number elsewhere.
  int pass() {
    if (_open.isNotEmpty) {
      throw new StateError("You cannot pass a TimelineTask without finishing all started operations");
    }
    return _id;
  }
}

// What the time goes to, by name. There is one of each.
class UserTag {
  static const int MAX_USER_TAGS = 64;
  static final Map<String, UserTag> _tags = new Map<String, UserTag>();
  static final UserTag defaultTag = new UserTag("Default");
  static UserTag _current = defaultTag;

  final String label;
  UserTag._(this.label);

  factory UserTag(String label) {
    _check(label is String, label, "label", "a String");
    var known = _tags[label];
    if (known != null) return known;
    if (_tags.length >= MAX_USER_TAGS) {
      throw new UnsupportedError("UserTag instance limit ($MAX_USER_TAGS) reached.");
    }
    return _tags[label] = new UserTag._(label);
  }

  // The one that was current before.
  UserTag makeCurrent() {
    var before = _current;
    _current = this;
    return before;
  }
}

UserTag getCurrentTag() => UserTag._current;

bool _isTraced() native "Timeline_isTraced";
void _mark(String kind, String name, String arguments, String task) native "Timeline_mark";
int _newTask() native "Timeline_newTask";

// The operation's name as JSON; null: it is not in the trace.
String _say(String kind, String name, Map arguments, String task) {
  _checkOperation(name, arguments);
  if (!_isTraced()) return null;
  var said = _toJson(name);
  _mark(kind, said, _argumentsToJson(arguments), task);
  return said;
}

// What has no JSON is its text, and so are keys.
String _toJson(value) => JSON.encode(_plain(value, 0));

_plain(value, int depth) {
  if (value == null || value is bool || value is int || value is String) return value;
  if (value is double && value.isFinite) return value;
  if (depth < 16 && value is List) {
    return value.map((element) => _plain(element, depth + 1)).toList();
  }
  if (depth < 16 && value is Map) return _plainMap(value, depth + 1);
  return "$value";
}

Map _plainMap(Map map, int depth) {
  var plain = {};
  map.forEach((key, value) {
    plain["$key"] = _plain(value, depth);
  });
  return plain;
}

// An object whose toString throws is no reason for the program to end.
String _argumentsToJson(Map arguments) {
  if (arguments == null) return "";
  try {
    return JSON.encode(_plainMap(arguments, 0));
  } catch (error) {
    return "{}";
  }
}

void _checkOperation(name, arguments) {
  _check(name is String, name, "name", "a String");
  _check(arguments == null || arguments is Map, arguments, "arguments", "a Map");
}

void _check(bool isRight, value, String name, String kind) {
  if (!isRight) throw new ArgumentError.value(value, name, "Must be $kind");
}

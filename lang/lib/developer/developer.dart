// dart:developer -- what a program says to the tools that watch it.
//
// No tool listens: what is said is checked as if one did, and shown nowhere. So programs that say
// something run as they do elsewhere.
//
// Left out, and so refused by name: service extensions, metrics, the service itself.
library dart.developer;

import 'dart:async';

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
  static int _open = 0;
  static final Stopwatch _clock = new Stopwatch()..start();

  static void startSync(String name, {Map arguments}) {
    _checkOperation(name, arguments);
    _open++;
  }

  static void finishSync() {
    if (_open == 0) throw new StateError("Uneven calls to startSync and finishSync");
    _open--;
  }

  static void instantSync(String name, {Map arguments}) {
    _checkOperation(name, arguments);
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
  static int _tasks = 0;
  final int _id;
  int _open = 0;

  TimelineTask() : _id = ++_tasks;
  TimelineTask.withTaskId(int taskId) : _id = taskId {
    _check(taskId is int, taskId, "taskId", "an int");
  }

  void start(String name, {Map arguments}) {
    _checkOperation(name, arguments);
    _open++;
  }

  void instant(String name, {Map arguments}) {
    _checkOperation(name, arguments);
  }

  void finish() {
    if (_open == 0) throw new StateError("Uneven calls to start and finish");
    _open--;
  }

  // For a task of the same number elsewhere.
  int pass() {
    if (_open > 0) {
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

void _checkOperation(name, arguments) {
  _check(name is String, name, "name", "a String");
  _check(arguments == null || arguments is Map, arguments, "arguments", "a Map");
}

void _check(bool isRight, value, String name, String kind) {
  if (!isRight) throw new ArgumentError.value(value, name, "Must be $kind");
}

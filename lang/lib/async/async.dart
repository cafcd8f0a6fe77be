// dart:async -- values that come later, one (Future) or many (Stream), and what delivers them.
//
// Everything here runs in microtasks: pieces of work that wait until the running code has returned
// to the event loop or to the host (vm/program.h, RunMicrotasks). There are no zones.
library dart.async;

import 'dart:isolate';

part 'future.dart';
part 'microtask.dart';
part 'stream.dart';
part 'timer.dart';

// dart:async -- values that come later, one (Future) or many (Stream), and what delivers them.
//
// Everything here runs in microtasks: pieces of work that wait until the running code has returned
// to the event loop or to the host (vm/program.h, RunMicrotasks), each in the zone it was given in.
library dart.async;

import 'dart:isolate';

part 'callbacks.dart';
part 'future.dart';
part 'microtask.dart';
part 'stream.dart';
part 'stream_broadcast.dart';
part 'stream_controller.dart';
part 'stream_iterator.dart';
part 'stream_sources.dart';
part 'stream_steps.dart';
part 'stream_subscription.dart';
part 'stream_transformer.dart';
part 'suspended.dart';
part 'timer.dart';
part 'zone.dart';

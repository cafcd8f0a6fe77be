// dart:isolate -- ports, what is sent through them, and isolates, which share nothing else.
//
// A port is a number; the VM keeps the queue of messages and gives each one to _handleMessage, where
// the number leads to the receiver. An open RawReceivePort keeps the isolate's event loop running.
library dart.isolate;

import 'dart:async';

part 'control.dart';
part 'ports.dart';
part 'spawn.dart';

// Functions that C calls on threads of its own.
import 'dart:ffi';

typedef Step = Int32 Function(Int32);
typedef Fun = Pointer<NativeFunction<Step>>;
typedef Tell = Void Function(Int32, Double);

final lib = DynamicLibrary.open('libcallers.so');
final onThreads = lib.lookupFunction<Int64 Function(Fun, Int32, Int32), int Function(Fun, int, int)>(
    'call_on_threads');
final onThreadsReleasing =
    lib.lookupFunction<Int64 Function(Fun, Int32, Int32), int Function(Fun, int, int)>(
        'call_on_threads',
        releasesIsolate: true);
final start = lib.lookupFunction<Void Function(Fun, Int32), void Function(Fun, int)>('start');
final join = lib.lookupFunction<Int32 Function(), int Function()>('join', releasesIsolate: true);

int one(int x) => x;

void main() {
  // Elsewhere they are not for: the exceptional result.
  print(onThreads(Pointer.fromFunction<Step>(one, 100), 2, 3)); // expect: 600
  final local = NativeCallable<Step>.isolateLocal(one, exceptionalReturn: 10);
  print(onThreadsReleasing(local.nativeFunction, 2, 3)); // expect: 60
  local.close();

  // Threads that wait for the isolate, each in turn.
  var calls = 0;
  final blocking = NativeCallable<Step>.blocking((int x) {
    calls += x;
    var garbage = [x, "$x", calls];
    return garbage[0] + 1;
  }, exceptionalReturn: -1);
  print(onThreadsReleasing(blocking.nativeFunction, 8, 20)); // expect: 320
  print(calls); // expect: 160
  // On its own thread it is a callback like others.
  print(blocking.nativeFunction.asFunction<int Function(int)>()(5)); // expect: 6

  final throwing = NativeCallable<Step>.blocking((int x) => throw "thrown",
      exceptionalReturn: 3, onError: CallbackError.unwind);
  print(onThreadsReleasing(throwing.nativeFunction, 1, 1)); // expect: 3
  throwing.close();

  // Closed while threads call.
  final closing = NativeCallable<Step>.blocking((int x) => x, exceptionalReturn: -1);
  lib.lookupFunction<Void Function(Fun, Int32), void Function(Fun, int)>('start_calling')(
      closing.nativeFunction, 8);
  lib.lookupFunction<Void Function(Int32), void Function(int)>('wait_for_calls',
      releasesIsolate: true)(50);
  closing.close();
  print(lib.lookupFunction<Int32 Function(), int Function()>('stop_calling', releasesIsolate: true)());
  // expect: 1

  // The arguments come as messages.
  var sum = 0.0;
  var told = 0;
  NativeCallable<Tell> listener;
  listener = NativeCallable<Tell>.listener((int thread, double value) {
    sum += thread * value;
    if (++told < 80) return;
    print([told, sum]);
    listener.close();
    whileItWaits(blocking);
  });
  lib.lookupFunction<Void Function(Pointer<NativeFunction<Tell>>, Int32, Int32),
          void Function(Pointer<NativeFunction<Tell>>, int, int)>('tell_on_threads')(
      listener.nativeFunction, 8, 10);
  print(told); // expect: 0
  // expect: [80, 1800.0]
}

// The event loop lets a thread in while it waits; the last callable that closes ends it.
void whileItWaits(NativeCallable<Step> other) {
  other.close();
  NativeCallable<Step> waited;
  waited = NativeCallable<Step>.blocking((int x) {
    print("inside with $x");
    waited.close();
    return x;
  }, exceptionalReturn: -1);
  start(waited.nativeFunction, 8);
  final idle = NativeCallable<Step>.isolateLocal(one, exceptionalReturn: 0);
  idle.keepIsolateAlive = false;
  print([waited.keepIsolateAlive, idle.keepIsolateAlive]); // expect: [true, false]
  // expect: inside with 8
}

// Errors and exceptions that were told nothing still have a text, and it is one.
import "dart:async";
import "dart:convert";
import "dart:io";
import "dart:isolate";

main() {
  var all = [
    new Exception(), new Exception(null), new FormatException(), new FormatException(null), new FormatException(null, null, null), new ArgumentError(), new ArgumentError(null),
    new ArgumentError.value(null), new ArgumentError.value(null, null, null), new ArgumentError.notNull(), new RangeError(null), new RangeError.value(null),
    new RangeError.range(null, null, null), new RangeError.range(1, null, null), new StateError(null), new UnsupportedError(null), new UnimplementedError(), new UnimplementedError(null),
    new ConcurrentModificationError(), new ConcurrentModificationError(null), new AssertionError(), new AssertionError(null), new OutOfMemoryError(),
    new StackOverflowError(), new NullThrownError(), new TimeoutException(null), new TimeoutException(null, null), new DeferredLoadException(null), new AsyncError(null, null),
    new IsolateSpawnException(null), new RemoteError(null, null), new RemoteError("text", null).stackTrace, new JsonUnsupportedObjectError(null), new JsonCyclicError(null),
    new OSError(), new OSError(null, 2), new FileSystemException(), new FileSystemException(null, null, null), new ProcessException(null, null), new StdinException(null), new IntegerDivisionByZeroException()
  ];
  for (var each in all) {
    try {
      var text = each.toString();
      print(text is String ? "${each.runtimeType}: '$text'" : "${each.runtimeType} has no text");
    } catch (error) {
      print("${each.runtimeType} throws $error");
    }
  }
}
// expect: Exception: 'Exception'
// expect: Exception: 'Exception'
// expect: FormatException: 'FormatException'
// expect: FormatException: 'FormatException'
// expect: FormatException: 'FormatException'
// expect: ArgumentError: 'Invalid argument(s)'
// expect: ArgumentError: 'Invalid argument(s)'
// expect: ArgumentError: 'Invalid argument: null'
// expect: ArgumentError: 'Invalid argument: null'
// expect: ArgumentError: 'Invalid argument(s): Must not be null'
// expect: RangeError: 'RangeError'
// expect: RangeError: 'RangeError: Value not in range: null'
// expect: RangeError: 'RangeError: Invalid value: null'
// expect: RangeError: 'RangeError: Invalid value: 1'
// expect: StateError: 'Bad state: null'
// expect: UnsupportedError: 'Unsupported operation: null'
// expect: UnimplementedError: 'UnimplementedError'
// expect: UnimplementedError: 'UnimplementedError'
// expect: ConcurrentModificationError: 'Concurrent modification during iteration.'
// expect: ConcurrentModificationError: 'Concurrent modification during iteration.'
// expect: AssertionError: 'Assertion failed'
// expect: AssertionError: 'Assertion failed'
// expect: OutOfMemoryError: 'Out of Memory'
// expect: StackOverflowError: 'Stack Overflow'
// expect: NullThrownError: 'Throw of null.'
// expect: TimeoutException: 'TimeoutException'
// expect: TimeoutException: 'TimeoutException'
// expect: DeferredLoadException: 'DeferredLoadException: 'null''
// expect: AsyncError: 'null'
// expect: IsolateSpawnException: 'IsolateSpawnException: null'
// expect: RemoteError: 'null'
// expect: StackTrace: ''
// expect: JsonUnsupportedObjectError: 'Converting object did not return an encodable object: null'
// expect: JsonCyclicError: 'Cyclic error in JSON stringify'
// expect: OSError: 'OS Error'
// expect: OSError: 'OS Error: null, errno = 2'
// expect: FileSystemException: 'FileSystemException'
// expect: FileSystemException: 'FileSystemException: null'
// expect: ProcessException: 'ProcessException: OS error code: 0
// expect:   Command: null '
// expect: StdinException: 'StdinException: null'
// expect: IntegerDivisionByZeroException: 'IntegerDivisionByZeroException'

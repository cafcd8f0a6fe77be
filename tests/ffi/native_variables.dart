// External variables with @Native: what lies at a symbol of C.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

@Native<Int>()
external int optind;

@Native<Int>(symbol: 'optind')
external final int readOnly;

@Native<Int32>(symbol: 'opterr')
external int get errors;
@Native<Int32>(symbol: 'opterr')
external set errors(int value);

@Native<Pointer<Utf8>>(symbol: 'program_invocation_short_name')
external Pointer<Utf8> programName;

@Native(symbol: 'environ')
external Pointer<Pointer<Utf8>> environment;

@Native<Int>()
external int noSuchVariable;

// As C's `int optind`: its bytes as a struct's.
final class Four extends Struct {
  @Uint8()
  external int a;
  @Array(3)
  external Array<Uint8> rest;
}

class Names {
  @Native<Four>(symbol: 'optind')
  external static Four four;
}

String text(void Function() f) {
  try {
    f();
    return "nothing";
  } catch (e) {
    return e.toString().split(' (')[0];
  }
}

void main() {
  Expect.equals(1, optind);
  optind = 7;
  Expect.equals(7, optind);
  Expect.equals(7, readOnly);
  optind += 0x100000000; // The lowest bits.
  Expect.equals(7, optind++);
  Expect.equals(8, readOnly);
  Expect.equals(10, [1, 2].fold(optind, (sum, x) => sum + x - 0) - 1);

  errors = -1;
  Expect.equals(-1, errors);
  errors = 1;

  Expect.runtimeIsType<Pointer<Utf8>>(programName);
  Expect.isTrue(programName.toDartString().length > 0);
  final name = programName;
  programName = 'new'.toNativeUtf8();
  Expect.equals('new', programName.toDartString());
  programName = name;
  Expect.isTrue(environment.value.toDartString().contains('='));

  Names.four.a = 3;
  Names.four.rest[0] = 1;
  Expect.equals(0x103, optind);
  Names.four = Struct.create<Four>()..a = 2;
  Expect.equals(2, optind);
  final four = Names.four;
  optind = 1;
  Expect.equals(1, four.a);

  final Pointer<Int> place = Native.addressOf(optind);
  place.value = 5;
  Expect.equals(5, optind);
  Expect.runtimeIsType<Pointer<Int>>(place);
  Expect.equals(place, DynamicLibrary.process().lookup<Int>('optind'));
  Expect.equals(place, Native.addressOf<Four>(Names.four));
  optind = 1;

  print(text(() => Native.addressOf<Double>(optind)));
  // expect: Invalid argument(s): Native.addressOf: argument 'native' must be of the C type that is asked for, 'Double', it is 'Int', it is Instance of '_Closure'
  print(text(() => optind = 'a' as dynamic));
  // expect: Invalid argument(s): optind=: argument 'optind' must be an int, it is "a"
  print(text(() => programName = 0 as dynamic));
  // expect: Invalid argument(s): programName=: argument 'programName' must be a Pointer, it is 0
  print(text(() => noSuchVariable));
  // expect: Invalid argument: The C variable 'noSuchVariable' was not found in the process
  print(text(() => noSuchVariable = 1));
  // expect: Invalid argument: The C variable 'noSuchVariable' was not found in the process
  print("ok"); // expect: ok
}

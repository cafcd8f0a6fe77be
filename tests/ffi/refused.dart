// What is refused before anything happens, and what is said of it: signatures, arguments, functions,
// libraries, types, addresses.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

void err(String what, f) {
  try {
    print("$what: ${f()}");
  } on NoSuchMethodError catch (e) {
    print("$what: ${e.toString().split("\n").first}");
  } catch (e) {
    print("$what: $e");
  }
}

class Hid extends Opaque {}
int one(int a) => a;
unsaid(a) => a;
int two(int a, int b) => a;
int named(int a, {int b = 0}) => a + b;
int opt(int a, [int b = 0]) => a + b;
int reqn(int a, {required int b}) => a + b;
void main() {
  final lib = DynamicLibrary.process();
  err("open", () => DynamicLibrary.open("no_such_lib.so"));
  // expect: open: Invalid argument(s): Failed to load dynamic library 'no_such_lib.so': no_such_lib.so: cannot open shared object file: No such file or directory
  err("open null", () => DynamicLibrary.open(null as dynamic));
  // expect: open null: Invalid argument(s): DynamicLibrary.open: argument 'path' must be a String, it is null
  err("open empty", () => DynamicLibrary.open(""));
  // expect: open empty: Invalid argument(s): DynamicLibrary.open: argument 'path' must be the name of a file, it is ""
  err("open num", () => DynamicLibrary.open(5 as dynamic));
  // expect: open num: Invalid argument(s): DynamicLibrary.open: argument 'path' must be a String, it is 5
  err("lookup null", () => lib.lookup(null as dynamic));
  // expect: lookup null: Invalid argument(s): lookup: argument 'symbolName' must be a String, it is null
  err("lookup num", () => lib.lookup(5 as dynamic));
  // expect: lookup num: Invalid argument(s): lookup: argument 'symbolName' must be a String, it is 5
  err("dart types", () => lib.lookupFunction<int Function(int), int Function(int)>("abs"));
  // expect: dart types: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: The result: 'int' is no native type, it is Instance of 'Pointer<NativeFunction<int Function(int)>>'
  err("string param", () => lib.lookupFunction<Int32 Function(String), int Function(String)>("abs"));
  // expect: string param: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'String' is no native type, it is Instance of 'Pointer<NativeFunction<Int32 Function(String)>>'
  err("void param", () => lib.lookupFunction<Int32 Function(Void), int Function(int)>("abs"));
  // expect: void param: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: Parameter 1 ('Void') cannot be passed: it is Void, which has no values, it is Instance of 'Pointer<NativeFunction<Int32 Function(Void)>>'
  err("handle in a leaf", () => lib.lookupFunction<Int32 Function(Handle), int Function(Object)>("abs", isLeaf: true));
  // expect: handle in a leaf: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: 'Int32 Function(Handle)' has a Handle, of which there are none in leaf calls, it is Instance of 'Pointer<NativeFunction<Int32 Function(Handle)>>'
  err("opaque param", () => lib.lookupFunction<Int32 Function(Hid), int Function(int)>("abs"));
  // expect: opaque param: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'Hid' is opaque: only a pointer to it can be passed, it is Instance of 'Pointer<NativeFunction<Int32 Function(Hid)>>'
  err("opaque result", () => lib.lookupFunction<Hid Function(Int32), Object Function(int)>("abs"));
  // expect: opaque result: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: The result: 'Hid' is opaque: only a pointer to it can be passed, it is Instance of 'Pointer<NativeFunction<Hid Function(Int32)>>'
  err("function param", () => lib.lookupFunction<Int32 Function(Int32 Function(Int32)), int Function(int)>("abs"));
  // expect: function param: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'Int32 Function(Int32)' is no native type, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32 Function(Int32))>>'
  err("nativefunction param", () => lib.lookupFunction<Int32 Function(NativeFunction<Int32 Function(Int32)>), int Function(int)>("abs"));
  // expect: nativefunction param: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: Parameter 1: 'NativeFunction<Int32 Function(Int32)>' is opaque: only a pointer to it can be passed, it is Instance of 'Pointer<NativeFunction<Int32 Function(NativeFunction<Int32 Function(Int32)>)>>'
  err("no function type", () => lib.lookupFunction<Int32, int Function(int)>("abs"));
  // expect: no function type: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: 'Int32' is no type of functions, it is Instance of 'Pointer<NativeFunction<Int32>>'
  err("no types", () => lib.lookupFunction("abs"));
  // expect: no types: Invalid argument(s): lookupFunction: the receiver must point to a NativeFunction whose type is known, it is Instance of 'Pointer<NativeFunction>'
  err("count", () => lib.lookupFunction<Int32 Function(Int32), int Function(int, int)>("abs"));
  // expect: count: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'int Function(int, int)' does not fit 'Int32 Function(Int32)': it takes 2 arguments, not 1, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("result", () => lib.lookupFunction<Int32 Function(Int32), double Function(int)>("abs"));
  // expect: result: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'double Function(int)' does not fit 'Int32 Function(Int32)': it gives 'double', in C 'Int32', it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("argument", () => lib.lookupFunction<Int32 Function(Int32), int Function(double)>("abs"));
  // expect: argument: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'int Function(double)' does not fit 'Int32 Function(Int32)': argument 1 is 'double', in C 'Int32', it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("native as dart", () => lib.lookupFunction<Int32 Function(Int32), Int32 Function(Int32)>("abs"));
  // expect: native as dart: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'Int32 Function(Int32)' does not fit 'Int32 Function(Int32)': argument 1 is 'Int32', in C 'Int32', it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("optional", () => lib.lookupFunction<Int32 Function([Int32]), int Function(int)>("abs"));
  // expect: optional: Invalid argument(s): lookupFunction: the receiver must point to a function that can be called: 'Int32 Function([Int32])' has parameters that may be left out, which C functions do not, it is Instance of 'Pointer<NativeFunction<Int32 Function([Int32])>>'
  err("dart optional", () => lib.lookupFunction<Int32 Function(Int32), int Function([int])>("abs"));
  // expect: dart optional: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'int Function([int])' does not fit 'Int32 Function(Int32)': its arguments are not all positional and required, as those of C are, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("dart named", () => lib.lookupFunction<Int32 Function(Int32), int Function({int a})>("abs"));
  // expect: dart named: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'int Function({int a})' does not fit 'Int32 Function(Int32)': its arguments are not all positional and required, as those of C are, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("dart not fun", () => lib.lookupFunction<Int32 Function(Int32), String>("abs"));
  // expect: dart not fun: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'String' does not fit 'Int32 Function(Int32)': it is no type of functions, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("dart any function", () => lib.lookupFunction<Int32 Function(Int32), Function>("abs"));
  // expect: dart any function: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'Function' does not fit 'Int32 Function(Int32)': it does not say what the function takes and gives, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("dart dynamic", () => lib.lookupFunction<Int32 Function(Int32), dynamic>("abs"));
  // expect: dart dynamic: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'dynamic' does not fit 'Int32 Function(Int32)': it does not say what the function takes and gives, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("dart unsaid", () => lib.lookup<NativeFunction<Int32 Function(Int32)>>("abs").asFunction());
  // expect: dart unsaid: Invalid argument(s): asFunction: the receiver must be called as what it is: 'dynamic' does not fit 'Int32 Function(Int32)': it does not say what the function takes and gives, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("int", () => lib.lookupFunction<Int32 Function(Int32), int>("abs"));
  // expect: int: Invalid argument(s): lookupFunction: the receiver must be called as what it is: 'int' does not fit 'Int32 Function(Int32)': it is no type of functions, it is Instance of 'Pointer<NativeFunction<Int32 Function(Int32)>>'
  err("not function pointer", () => lib.lookup<Int8>("abs").asFunction<int Function(int)>());
  // expect: not function pointer: Invalid argument(s): asFunction: the receiver must point to a NativeFunction whose type is known, it is Instance of 'Pointer<Int8>'
  err("untyped", () => lib.lookup("abs").asFunction<int Function(int)>());
  // expect: untyped: Invalid argument(s): asFunction: the receiver must point to a NativeFunction whose type is known, it is Instance of 'Pointer'
  err("null", () => nullptr.cast<NativeFunction<Void Function()>>().asFunction<void Function()>());
  // expect: null: Invalid argument(s): asFunction: the receiver must not be nullptr: there is no function, it is Instance of 'Pointer<NativeFunction<Void Function()>>'
  final int Function(int) abs = lib.lookupFunction<Int32 Function(Int32), int Function(int)>("abs");
  err("0 args", () => (abs as dynamic)());
  // expect: 0 args: NoSuchMethodError: Found 'Int32 Function(Int32)', but it is called with no arguments.
  err("2 args", () => (abs as dynamic)(1, 2));
  // expect: 2 args: NoSuchMethodError: Found 'Int32 Function(Int32)', but it is called with 2 arguments.
  err("named", () => (abs as dynamic)(1, a: 2));
  // expect: named: NoSuchMethodError: Found 'Int32 Function(Int32)', but it is called with 1 argument and a.
  err("double", () => (abs as dynamic)(1.5));
  // expect: double: Invalid argument(s): Int32 Function(Int32): argument '1' must be an int, it is 1.5
  err("string", () => (abs as dynamic)("1"));
  // expect: string: Invalid argument(s): Int32 Function(Int32): argument '1' must be an int, it is "1"
  err("null", () => (abs as dynamic)(null));
  // expect: null: Invalid argument(s): Int32 Function(Int32): argument '1' must be an int, it is null
  err("big", () => (abs as dynamic)(int.parse("1" + "0" * 30)));
  // expect: big: Invalid argument(s): Int32 Function(Int32): argument '1' must be an int, it is 1000000000000000000000000000000
  final strlen = lib.lookupFunction<Size Function(Pointer<Char>), int Function(Pointer<Char>)>("strlen");
  err("int for pointer", () => (strlen as dynamic)(5));
  // expect: int for pointer: Invalid argument(s): Size Function(Pointer<Char>): argument '1' must be a Pointer, it is 5
  err("string for pointer", () => (strlen as dynamic)("5"));
  // expect: string for pointer: Invalid argument(s): Size Function(Pointer<Char>): argument '1' must be a Pointer, it is "5"
  final dead = malloc<Char>(4);
  malloc.free(dead);
  err("fromFunction closure", () => Pointer.fromFunction<Int32 Function(Int32)>((int x) => x, 0));
  // expect: fromFunction closure: Invalid argument(s): Pointer.fromFunction: argument 'f' must be a static or top-level function; NativeCallable takes others, it is Instance of '_Closure'
  err("fromFunction arity", () => Pointer.fromFunction<Int32 Function(Int32)>(two, 0));
  // expect: fromFunction arity: Invalid argument(s): Pointer.fromFunction: argument 'f' must take 1 arguments, as 'Int32 Function(Int32)' does, it is Instance of '_Closure'
  err("fromFunction reqn", () => Pointer.fromFunction<Int32 Function(Int32)>(reqn, 0));
  // expect: fromFunction reqn: Invalid argument(s): Pointer.fromFunction: argument 'f' must take 1 arguments, as 'Int32 Function(Int32)' does, it is Instance of '_Closure'
  err("fromFunction none", () => Pointer.fromFunction<Int32 Function(Int32)>(one));
  // expect: fromFunction none: Invalid argument(s): Pointer.fromFunction: argument 'exceptionalReturn' must be given: C gets it when the function throws, it is null
  err("fromFunction wrongtype", () => Pointer.fromFunction<Int32 Function(Int32)>(one, 1.5));
  // expect: fromFunction wrongtype: Invalid argument(s): Pointer.fromFunction: argument 'exceptionalReturn' must be an int, it is 1.5
  err("fromFunction void", () => Pointer.fromFunction<Void Function(Int32)>(one, 1));
  // expect: fromFunction void: Invalid argument(s): Pointer.fromFunction: argument 'exceptionalReturn' must not be given for 'Void Function(Int32)', which returns nothing, it is 1
  err("fromFunction pointer", () => Pointer.fromFunction<Pointer<Void> Function(Int32)>(unsaid, nullptr));
  // expect: fromFunction pointer: Invalid argument(s): Pointer.fromFunction: argument 'exceptionalReturn' must not be given for 'Pointer<Void> Function(Int32)', which returns a pointer: that is null, it is Instance of 'Pointer<Never>'
  err("fromFunction notype", () => Pointer.fromFunction(one, 0));
  // expect: fromFunction notype: Invalid argument(s): Pointer.fromFunction: argument 'f' must be for a type that C can call: 'dynamic' is no type of functions, it is Instance of '_Closure'
  err("fromFunction string", () => Pointer.fromFunction<Int32 Function(String)>(one, 0));
  // expect: fromFunction string: Invalid argument(s): Pointer.fromFunction: argument 'f' must be for a type that C can call: Parameter 1: 'String' is no native type, it is Instance of '_Closure'
  err("fromFunction null", () => Pointer.fromFunction<Int32 Function(Int32)>(null as dynamic, 0));
  // expect: fromFunction null: Invalid argument(s): Pointer.fromFunction: argument 'f' must be a function, it is null
  err("fromFunction num", () => Pointer.fromFunction<Int32 Function(Int32)>(5 as dynamic, 0));
  // expect: fromFunction num: Invalid argument(s): Pointer.fromFunction: argument 'f' must be a function, it is 5
  err("callable arity", () => NativeCallable<Int32 Function(Int32)>.isolateLocal(two, exceptionalReturn: 0));
  // expect: callable arity: Invalid argument(s): NativeCallable.isolateLocal: argument 'callback' must take 1 arguments, as 'Int32 Function(Int32)' does, it is Instance of '_Closure'
  err("callable listener", () => NativeCallable<Int32 Function(Int32)>.listener(one));
  // expect: callable listener: Invalid argument(s): NativeCallable.listener: argument 'callback' must be for a type that returns Void, since nobody waits for it, not 'Int32 Function(Int32)', it is Instance of '_Closure'
  err("callable notype", () => NativeCallable.isolateLocal(one, exceptionalReturn: 0));
  // expect: callable notype: Invalid argument(s): NativeCallable.isolateLocal: argument 'callback' must be for a type that C can call: 'dynamic' is no type of functions, it is Instance of '_Closure'
  err("callable ret", () => NativeCallable<Int32 Function(Int32)>.isolateLocal(one));
  // expect: callable ret: Invalid argument(s): NativeCallable.isolateLocal: argument 'exceptionalReturn' must be given: C gets it when the function throws, it is null
  final nc = NativeCallable<Int32 Function(Int32)>.isolateLocal(one, exceptionalReturn: 0);
  nc.close();
  err("closed callable", () => nc.nativeFunction);
  // expect: closed callable: Bad state: NativeCallable is closed.
  final m = DynamicLibrary.open("libm.so.6");
  final cos = m.lookupFunction<Double Function(Double), double Function(double)>("cos");
  final pcos = m.lookup<NativeFunction<Double Function(Double)>>("cos");
  m.close();
  err("closed lookup", () => m.lookup("cos"));
  // expect: closed lookup: Bad state: The library 'libm.so.6' has been closed.
  err("closed provides", () => m.providesSymbol("cos"));
  // expect: closed provides: Bad state: The library 'libm.so.6' has been closed.
  err("closed handle", () => m.handle);
  // expect: closed handle: Bad state: The library 'libm.so.6' has been closed.
  err("closed again", () => m.close());
  // expect: closed again: Bad state: 'libm.so.6' has been closed before.
  err("closed ==", () => m == m);
  // expect: closed ==: true
  err("closed hash", () => m.hashCode);
  // expect: closed hash: Bad state: The library 'libm.so.6' has been closed.
  err("closed text", () => "$m");
  // expect: closed text: Bad state: The library 'libm.so.6' has been closed.
  err("sizeOf nothing", () => sizeOf());
  // expect: sizeOf nothing: Unsupported operation: sizeOf: 'dynamic' is no native type.
  err("sizeOf String", () => sizeOf<String>());
  // expect: sizeOf String: Unsupported operation: sizeOf: 'String' is no native type.
  err("sizeOf native", () => sizeOf<NativeType>());
  // expect: sizeOf native: Unsupported operation: sizeOf: 'NativeType' is no native type.
  err("value void", () => Pointer<Void>.fromAddress(0x10000).value);
  // expect: value void: Invalid argument(s): value: the receiver must point to a native type that has values: 'Void' has no size, it is Instance of 'Pointer<Void>'
  err("elementAt void", () => Pointer<Void>.fromAddress(0x10000).elementAt(1));
  // expect: elementAt void: Unsupported operation: sizeOf: 'Void' has no size.
  err("plus opaque", () => Pointer<Hid>.fromAddress(0x10000) + 1);
  // expect: plus opaque: Unsupported operation: sizeOf: 'Hid' has no size.
  err("value opaque", () => Pointer<Hid>.fromAddress(0x10000).value);
  // expect: value opaque: Invalid argument(s): value: the receiver must point to a native type that has values: 'Hid' has no size, it is Instance of 'Pointer<Hid>'
  err("address", () => Pointer<Int8>.fromAddress(null as dynamic));
  // expect: address: Invalid argument(s): Pointer.fromAddress: argument 'ptr' must be an int, it is null
  err("address text", () => Pointer<Int8>.fromAddress("x" as dynamic));
  // expect: address text: Invalid argument(s): Pointer.fromAddress: argument 'ptr' must be an int, it is "x"
  err("index null", () => Pointer<Int8>.fromAddress(0x10000)[null as dynamic]);
  // expect: index null: Invalid argument(s): []: argument 'index' must be an int, it is null
  err("plus null", () => Pointer<Int8>.fromAddress(0x10000) + (null as dynamic));
  // expect: plus null: Invalid argument(s): +: argument 'offset' must be an int, it is null
  err("alloc neg", () => malloc<Int8>(-1));
  // expect: alloc neg: RangeError: call: argument 'count' must not be less than 0, it is -1
  err("alloc huge", () => malloc<Int8>(1 << 62));
  // expect: alloc huge: Invalid argument(s): Could not allocate 4611686018427387904 bytes.
  err("alloc str", () => malloc<String>(1));
  // expect: alloc str: Unsupported operation: sizeOf: 'String' is no native type.
  err("free other", () => malloc.free(Pointer<Int8>.fromAddress(0) ));
  // expect: free other: null
  err("free null", () => malloc.free(null as dynamic));
  // expect: free null: Invalid argument(s): free: argument 'pointer' must be a Pointer, it is null
  print(Pointer<Int8>.fromAddress(-1));
  // expect: Pointer: address=0xffffffffffffffff
  print(Pointer<Int8>.fromAddress(-1).address);
  // expect: -1
  print(Pointer<Int8>.fromAddress(1 << 62));
  // expect: Pointer: address=0x4000000000000000
}

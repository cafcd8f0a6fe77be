// Calls a C library of our own (hello.h).
import 'dart:ffi';

import 'package:ffi/ffi.dart';

// The types of the C functions, and what they are called as.
typedef NativeHello = Void Function();
typedef Hello = void Function();
typedef NativeSum = Int32 Function(Int32 a, Int32 b);
typedef Sum = int Function(int a, int b);
typedef NativeGreeting = Pointer<Utf8> Function(Pointer<Utf8> name);
typedef NativeFreeGreeting = Void Function(Pointer<Utf8> text);
typedef NativeVisit = Int32 Function(Int32 prime);
typedef NativeEachPrime = Int32 Function(Int32 limit, Pointer<NativeFunction<NativeVisit>> visit);
typedef EachPrime = int Function(int limit, Pointer<NativeFunction<NativeVisit>> visit);

final library = DynamicLibrary.open('libhello.so');

final Hello helloWorld =
    library.lookup<NativeFunction<NativeHello>>('hello_world').asFunction();
final sum = library.lookupFunction<NativeSum, Sum>('sum');
final greeting = library.lookupFunction<NativeGreeting, Pointer<Utf8> Function(Pointer<Utf8>)>(
    'greeting');
final freeGreeting =
    library.lookupFunction<NativeFreeGreeting, void Function(Pointer<Utf8>)>('free_greeting');
final eachPrime = library.lookupFunction<NativeEachPrime, EachPrime>('each_prime');

// Ours is the name, C's the greeting: each gives back what it allocated.
String greet(String name) {
  final nativeName = name.toNativeUtf8();
  final text = greeting(nativeName);
  malloc.free(nativeName);
  final result = text.toDartString();
  freeGreeting(text);
  return result;
}

void main() {
  helloWorld();
  print('3 + 5 = ${sum(3, 5)}');
  print(greet('Fart'));

  final primes = <int>[];
  final visit = NativeCallable<NativeVisit>.isolateLocal((int prime) {
    primes.add(prime);
    return primes.length < 10 ? 1 : 0;
  }, exceptionalReturn: 0);
  final count = eachPrime(1000, visit.nativeFunction);
  visit.close();
  print('$count primes: ${primes.join(' ')}');
}

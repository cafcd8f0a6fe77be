// A Fart program that calls C, is called by it, and uses memory that it has in common with it.

#include "bench/operations.h"
#include "bench/program_operations.h"
#include "dart_api.h"

namespace fart::bench {
namespace {

constexpr size_t kBatch = 10000;
constexpr size_t kBatchOfLargeTexts = 4;

constexpr char kProgram[] = R"(
import 'dart:ffi';
import 'package:ffi/ffi.dart';

class Pair extends Struct {
  @Int64()
  external int a;
  @Int64()
  external int b;
}

typedef Step = Int32 Function(Int32);
typedef NativeCallBack = Int32 Function(Pointer<NativeFunction<Step>>, Int32);
typedef CallBack = int Function(Pointer<NativeFunction<Step>>, int);

final library = DynamicLibrary.open('./bench/libffi_functions.so');

loop(n) { for (var i = 0; i < n; i++) {} }

ints(n) {
  final f = library.lookupFunction<Int32 Function(Int32, Int32), int Function(int, int)>('BenchAdd');
  for (var i = 0; i < n; i++) f(i, 2);
}
leaf(n) {
  final f = library.lookupFunction<Int32 Function(Int32, Int32), int Function(int, int)>('BenchAdd',
      isLeaf: true);
  for (var i = 0; i < n; i++) f(i, 2);
}
sixInts(n) {
  final f = library.lookupFunction<Int64 Function(Int64, Int64, Int64, Int64, Int64, Int64),
      int Function(int, int, int, int, int, int)>('BenchSumOfSix');
  for (var i = 0; i < n; i++) f(i, 2, 3, 4, 5, 6);
}
doubles(n) {
  final f = library.lookupFunction<Double Function(Double), double Function(double)>('BenchHalf');
  for (var i = 0; i < n; i++) f(2.5);
}

structs(n) {
  final f = library.lookupFunction<Pair Function(Pair), Pair Function(Pair)>('BenchSwap');
  final pair = Struct.create<Pair>();
  for (var i = 0; i < n; i++) f(pair);
}

int twice(int x) => x + x;
callbacks(n) {
  final call = library.lookupFunction<NativeCallBack, CallBack>('BenchCallBack');
  call(Pointer.fromFunction<Step>(twice, 0), n);
}

allocations(n) {
  for (var i = 0; i < n; i++) calloc.free(calloc<Uint8>(16));
}
reads(n) {
  final values = calloc<Int32>(n);
  for (var i = 0; i < n; i++) values[i];
  calloc.free(values);
}
writes(n) {
  final values = calloc<Int32>(n);
  for (var i = 0; i < n; i++) values[i] = i;
  calloc.free(values);
}

texts(int length, n) {
  final text = ('x' * length).toNativeUtf8();
  for (var i = 0; i < n; i++) text.toDartString();
  malloc.free(text);
}
texts16(n) => texts(16, n);
texts1MB(n) => texts(1000000, n);
)";

void LoadLoops() { LoadProgram(kProgram); }

// A round of the loop is part of every figure but Callback's and Text1MB's.
#define FART_BENCH_LOOP(operation, function, batch)                                                \
  Operation {                                                                                      \
    "BM_Ffi" operation "/fart", batch, [](size_t rounds) { Invoke(function, rounds); }, LoadLoops, \
        nullptr, nullptr, nullptr                                                                  \
  }
const Operation kOperations[] = {
    FART_BENCH_LOOP("Loop", "loop", kBatch),
    FART_BENCH_LOOP("Ints", "ints", kBatch),
    FART_BENCH_LOOP("Leaf", "leaf", kBatch),
    FART_BENCH_LOOP("SixInts", "sixInts", kBatch),
    FART_BENCH_LOOP("Double", "doubles", kBatch),
    FART_BENCH_LOOP("Struct", "structs", kBatch),
    FART_BENCH_LOOP("Callback", "callbacks", kBatch),
    FART_BENCH_LOOP("Allocation", "allocations", kBatch),
    FART_BENCH_LOOP("Read", "reads", kBatch),
    FART_BENCH_LOOP("Write", "writes", kBatch),
    FART_BENCH_LOOP("Text16", "texts16", kBatch),
    FART_BENCH_LOOP("Text1MB", "texts1MB", kBatchOfLargeTexts),
};
#undef FART_BENCH_LOOP

}  // namespace

DART_EXPORT OperationList FartBenchListOperations(bool);
OperationList FartBenchListOperations(bool) {
  return {kOperations, sizeof(kOperations) / sizeof(kOperations[0])};
}

}  // namespace fart::bench

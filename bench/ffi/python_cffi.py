"""Calls of C from Python's cffi, without a compiler (ABI mode): python_cffi.py LIBRARY."""

import sys

import cffi

from peer import loop, measure

ffi = cffi.FFI()
ffi.cdef(
    """
    int32_t BenchAdd(int32_t, int32_t);
    int64_t BenchSumOfSix(int64_t, int64_t, int64_t, int64_t, int64_t, int64_t);
    double BenchHalf(double);
    typedef struct { int64_t a, b; } BenchPair;
    BenchPair BenchSwap(BenchPair);
    int32_t BenchCallBack(int32_t (*)(int32_t), int32_t);
    void *calloc(size_t, size_t);
    void free(void *);
    """
)
library = ffi.dlopen(sys.argv[1])
process = ffi.dlopen(None)


def ints(n):
    add = library.BenchAdd
    for i in range(n):
        add(i, 2)


def six_ints(n):
    sum_of_six = library.BenchSumOfSix
    for i in range(n):
        sum_of_six(i, 2, 3, 4, 5, 6)


def doubles(n):
    half = library.BenchHalf
    for _ in range(n):
        half(2.5)


pair = ffi.new("BenchPair *", (1, 2))[0]


def structs(n):
    swap = library.BenchSwap
    for _ in range(n):
        swap(pair)


@ffi.callback("int32_t(int32_t)")
def step(x):
    return x + x


def allocations(n):
    calloc, free = process.calloc, process.free
    for _ in range(n):
        free(calloc(1, 16))


values = ffi.new("int32_t[8192]")


def reads(n):
    for i in range(n):
        values[i & 8191]


def writes(n):
    for i in range(n):
        values[i & 8191] = i


def texts(length):
    text = ffi.new("char[]", b"x" * length)

    def run(n):
        for _ in range(n):
            ffi.string(text).decode()

    return run


measure("FfiLoop", loop)
measure("FfiInts", ints)
measure("FfiSixInts", six_ints)
measure("FfiDouble", doubles)
measure("FfiStruct", structs)
measure("FfiCallback", lambda n: library.BenchCallBack(step, n))
measure("FfiAllocation", allocations)
measure("FfiRead", reads)
measure("FfiWrite", writes)
measure("FfiText16", texts(16))
measure("FfiText1MB", texts(1000000))

"""Calls of C from Python's ctypes: python_ctypes.py LIBRARY. A line for each operation."""

import ctypes
import sys

from peer import loop, measure


class Pair(ctypes.Structure):
    _fields_ = [("a", ctypes.c_int64), ("b", ctypes.c_int64)]


def function(library, name, result, *arguments):
    found = getattr(library, name)
    found.restype = result
    found.argtypes = arguments
    return found


library = ctypes.CDLL(sys.argv[1])
process = ctypes.CDLL(None)
int32, int64 = ctypes.c_int32, ctypes.c_int64

add = function(library, "BenchAdd", int32, int32, int32)
# Without giving the interpreter's lock away: what is nearest to a leaf call.
leaf = function(ctypes.PyDLL(sys.argv[1]), "BenchAdd", int32, int32, int32)
sum_of_six = function(library, "BenchSumOfSix", int64, *[int64] * 6)
half = function(library, "BenchHalf", ctypes.c_double, ctypes.c_double)
swap = function(library, "BenchSwap", Pair, Pair)
Step = ctypes.CFUNCTYPE(int32, int32)
call_back = function(library, "BenchCallBack", int32, Step, int32)
calloc = function(process, "calloc", ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t)
free = function(process, "free", None, ctypes.c_void_p)


def ints(n):
    for i in range(n):
        add(i, 2)


def leaf_calls(n):
    for i in range(n):
        leaf(i, 2)


def six_ints(n):
    for i in range(n):
        sum_of_six(i, 2, 3, 4, 5, 6)


def doubles(n):
    for _ in range(n):
        half(2.5)


pair = Pair(1, 2)


def structs(n):
    for _ in range(n):
        swap(pair)


step = Step(lambda x: x + x)


def allocations(n):
    for _ in range(n):
        free(calloc(1, 16))


values = ctypes.cast((int32 * 8192)(), ctypes.POINTER(int32))


def reads(n):
    for i in range(n):
        values[i & 8191]


def writes(n):
    for i in range(n):
        values[i & 8191] = i


def texts(length):
    text = ctypes.create_string_buffer(b"x" * length)
    pointer = ctypes.cast(text, ctypes.c_void_p)

    def run(n):
        for _ in range(n):
            ctypes.string_at(pointer).decode()

    return run


measure("FfiLoop", loop)
measure("FfiInts", ints)
measure("FfiLeaf", leaf_calls)
measure("FfiSixInts", six_ints)
measure("FfiDouble", doubles)
measure("FfiStruct", structs)
measure("FfiCallback", lambda n: call_back(step, n))
measure("FfiAllocation", allocations)
measure("FfiRead", reads)
measure("FfiWrite", writes)
measure("FfiText16", texts(16))
measure("FfiText1MB", texts(1000000))

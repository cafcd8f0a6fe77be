"""The rooms of vm, ground first: what a package above it (and a test in it) may use."""

HEAP_ROOMS = [
    "//vm/unwind",
    "//vm/platform",
    "//vm/roots",
    "//vm/entry",
    "//vm/memory",
    "//vm/values",
    "//vm/native",
    "//vm/message",
    "//vm/port",
    "//vm",
]

# With the arithmetic of large ints by GMP (vm/values/limbs.h): what all have that do not choose.
VM_ROOMS = HEAP_ROOMS + ["//vm/values:limbs_gmp"]

"""The rooms of vm, ground first: what a package above it (and a test in it) may use."""

VM_ROOMS = [
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

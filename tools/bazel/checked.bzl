"""The C++ rules of every BUILD file here: tools/build_rules/prelude_bazel, which Bazel reads by
itself, names them.

A build with debug checks is compiled by -Og: gcc takes no longer than without optimising, tests take
a fifth, and a debugger still finds its way. This cannot stand in .bazelrc, for --copt comes after
the -O2 of `-c opt`.
"""

def _checked(rule, name, copts = [], **rest):
    rule(
        name = name,
        copts = select({
            "//tools/bazel:with_debug_checks": ["-Og"],
            "//conditions:default": [],
        }) + copts,
        **rest
    )

def cc_binary(name, **rest):
    _checked(native.cc_binary, name, **rest)

def cc_library(name, **rest):
    _checked(native.cc_library, name, **rest)

def cc_test(name, **rest):
    _checked(native.cc_test, name, **rest)

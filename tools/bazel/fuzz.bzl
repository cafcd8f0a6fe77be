"""Fuzz targets: one source, run by libFuzzer and, on its corpus, as an ordinary test."""

load("//tools/bazel:checked.bzl", "cc_binary", "cc_test")

def fart_fuzz_target(name, srcs, deps, corpus, **kwargs):
    """Declares a fuzz target and the test that replays its corpus.

    Args:
      name: the fuzz target: `bazel build --config=fuzz //fuzz:NAME`, run by `tools/fuzz NAME`.
        `NAME_test` replays the corpus in every configuration, one test case per file.
      srcs: sources that define LLVMFuzzerTestOneInput.
      deps: what they include.
      corpus: files, one input each. By convention glob(["corpus/NAME/**"]), where tools/fuzz
        looks for its seeds. An empty corpus fails the test.
      **kwargs: for the test alone: size, tags and the like.
    """
    cc_binary(
        name = name,
        testonly = True,
        srcs = srcs,
        linkopts = ["-fsanitize=fuzzer"],
        tags = ["manual"],
        deps = deps,
    )
    cc_test(
        name = name + "_test",
        srcs = srcs,
        args = ["$(rootpaths %s)" % file for file in corpus],
        data = corpus,
        deps = deps + ["//tools/bazel:fuzz_replay_main"],
        **kwargs
    )

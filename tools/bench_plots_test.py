"""Tests of bench_plots.py."""

import json
import pathlib
import tempfile
import unittest

import bench_plots


def report(**rows):
    return {
        "benchmarks": [{"name": f"BM_Pause{row}/any/iterations:1/manual_time", "real_time": time}
                       for row, time in rows.items()]
    }


class HistogramTest(unittest.TestCase):
    def test_counts_what_lies_up_to_each_bound(self):
        columns = bench_plots.histogram([1.0, 1.1, 1.2, 9.0, 10.0, 10.1])
        self.assertEqual([count for _, count in columns], [1, 2, 2, 1])
        for (bound, _), expected in zip(columns, [1, 10**0.1, 10, 10**1.1]):
            self.assertAlmostEqual(bound, expected)

    def test_of_nothing_is_empty_and_of_no_time_has_one_column(self):
        self.assertEqual(bench_plots.histogram([]), [])
        self.assertEqual([count for _, count in bench_plots.histogram([0, 0])], [2])


class ReadTest(unittest.TestCase):
    def test_ticks_and_pauses_are_told_apart(self):
        self.assertEqual(bench_plots.read_ticks("tick 1.5\npause 7\ntick 2\n"),
                         {"tick": [1.5, 2.0], "pause": [7.0]})

    def test_rows_are_found_by_their_whole_name(self):
        some = report(RunLongest=3, Run=5)
        self.assertEqual(bench_plots.milliseconds(some, "Run"), 5)
        self.assertIsNone(bench_plots.milliseconds(some, "Build"))

    def test_a_file_is_a_system_a_size_and_a_limit(self):
        with tempfile.TemporaryDirectory() as folder:
            for stem in ("fart-64", "fart-256-300"):
                path = pathlib.Path(folder, stem)
                path.with_suffix(".json").write_text(json.dumps(report(Run=1)))
                path.with_suffix(".ticks").write_text("tick 1\n")
            runs = bench_plots.read_runs(folder)
        self.assertEqual([(run.system, run.live, run.limit) for run in runs],
                         [("fart", 256, 300), ("fart", 64, None)])


class PictureTest(unittest.TestCase):
    def setUp(self):
        rows = report(Run=4000, RunLongest=2, RunRare=1)
        ticks = {"tick": [10.0, 10.0], "pause": [100.0]}
        quiet = {"tick": [10.0], "pause": []}
        self.runs = [
            bench_plots.Run("fart-64", rows, ticks),
            bench_plots.Run("fart-512", rows, ticks),
            bench_plots.Run("mimalloc-512", rows, quiet),
            bench_plots.Run("fart-256-512", rows, ticks),
        ]

    def test_ticks_are_those_of_the_largest_graph_without_a_limit(self):
        text = bench_plots.pauses(self.runs, "p")
        self.assertIn("512 MB live", text)
        self.assertEqual(text.count(": ticks"), 2)
        self.assertEqual(text.count("pauses it tells"), 1)
        self.assertIn("10 2\n", text)

    def test_against_live_leaves_runs_with_a_limit_out(self):
        text = bench_plots.pauses_against_live(self.runs, "p")
        self.assertIn("64 2\n512 2\n", text)
        self.assertIn("64 1\n512 1\n", text)
        self.assertNotIn("256", text)

    def test_against_the_heap_has_only_those(self):
        text = bench_plots.time_against_heap(self.runs, "p")
        self.assertIn("2 4\nEOD", text)
        self.assertNotIn("mimalloc", text)

    def test_all_three_are_drawn(self):
        text = bench_plots.commands(self.runs, "there")
        for name in ("pauses.svg", "pauses-against-live.svg", "time-against-heap.svg"):
            self.assertIn(f"set output 'there/{name}'", text)


if __name__ == "__main__":
    unittest.main()

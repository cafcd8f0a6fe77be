"""Tests of bench_table.py."""

import unittest

import bench_table


def run(name, time, unit="ns", **more):
    return {"name": name, "run_type": "iteration", "real_time": time, "time_unit": unit, **more}


class SplitNameTest(unittest.TestCase):
    def test_argument_belongs_to_the_operation_and_method_to_nothing(self):
        split = bench_table.split_name("BM_Scope/fart/16/iterations:9/real_time")
        self.assertEqual(split, ("Scope/16", "fart"))

    def test_rejects_a_name_without_a_system(self):
        self.assertIsNone(bench_table.split_name("BM_Scope/real_time"))
        self.assertIsNone(bench_table.split_name("Scope/fart"))


class TableTest(unittest.TestCase):
    def rows(self, *runs):
        return list(bench_table.rows(bench_table.collect([{"benchmarks": list(runs)}])))

    def test_pairs_ours_with_every_other_system_by_medians(self):
        rows = self.rows(
            run("BM_New/malloc", 8),
            run("BM_New/fart", 2),
            run("BM_New/fart", 90),
            run("BM_New/fart", 4),
            run("BM_New/mimalloc", 0.005, "us"),
        )
        self.assertEqual([(row[0], row[3], row[4]) for row in rows],
                         [("New", "0.50", "malloc"), ("New", "0.80", "mimalloc")])

    def test_takes_the_clock_it_is_told(self):
        report = {"benchmarks": [run("BM_New/fart", 2, cpu_time=1)]}
        self.assertEqual(bench_table.collect([report], "cpu_time"), {"New": {"fart": [1.0]}})

    def test_takes_the_time_that_a_benchmark_measured_itself(self):
        report = {"benchmarks": [run("BM_New/fart/manual_time", 2, cpu_time=1)]}
        self.assertEqual(bench_table.collect([report], "cpu_time"), {"New": {"fart": [2.0]}})

    def test_ignores_the_library_own_aggregates(self):
        rows = self.rows(run("BM_New/fart", 2), run("BM_New/fart", 9, run_type="aggregate"))
        self.assertEqual(rows, [("New", "2.00 ±0%", "-", "-", "-")])

    def test_reports_theirs_without_ours(self):
        self.assertEqual(self.rows(run("BM_New/malloc", 300)),
                         [("New", "-", "300 ±0%", "-", "malloc")])

    def test_size_has_a_row_of_its_own(self):
        rows = self.rows(run("BM_New/fart", 2, peak_rss_MB=30), run("BM_New/malloc", 4, peak_rss_MB=20))
        self.assertEqual([(row[0], row[1], row[3]) for row in rows],
                         [("New", "2.00 ±0%", "0.50"), ("New peak_rss_MB", "30.00 ±0%", "1.50")])

    def test_failed_benchmark_is_an_error(self):
        with self.assertRaises(ValueError):
            self.rows(run("BM_New/fart", 2, error_occurred=True, error_message="no"))


if __name__ == "__main__":
    unittest.main()

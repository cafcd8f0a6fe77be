#include "vm/memory/flags.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <tuple>

#include "heap/platform/memory_bounds.h"

namespace fart {
namespace {

std::string ErrorOf(std::string_view text) {
  Flags flags;
  std::string error;
  EXPECT_FALSE(ParseFlags(text, &flags, &error)) << text;
  return error;
}

TEST(FlagsTest, ReadsEachFlag) {
  Flags flags;
  std::string error;
  ASSERT_TRUE(
      ParseFlags("--gc-stress=3 --gc-stress-seed=17\t--verify-heap --trace-gc\n"
                 "  --max-heap=64m --checked-handles --gc-stats=true --enable-asserts",
                 &flags, &error))
      << error;
  EXPECT_EQ(flags.heap.stress_interval, 3u);
  EXPECT_EQ(flags.heap.stress_seed, 17u);
  EXPECT_TRUE(flags.gc.verify_heap);
  EXPECT_TRUE(flags.trace_gc);
  EXPECT_EQ(flags.heap.heap_limit, MiB(64));
  EXPECT_TRUE(flags.checked_handles);
  EXPECT_TRUE(flags.gc_stats);
  EXPECT_TRUE(flags.enable_asserts);
}

TEST(FlagsTest, ReadsSizesInBytesAndWithEachUnit) {
  for (const auto& [text, bytes] :
       {std::pair{"--max-heap=8388608", MiB(8)}, std::pair{"--max-heap=8192k", MiB(8)},
        std::pair{"--max-heap=8M", MiB(8)}, std::pair{"--max-heap=2g", GiB(2)}}) {
    Flags flags;
    std::string error;
    ASSERT_TRUE(ParseFlag(text, &flags, &error)) << error;
    EXPECT_EQ(flags.heap.heap_limit, bytes);
  }
}

TEST(FlagsTest, StressProtectsAndVerificationZaps) {
  Flags flags;
  std::string error;
  ASSERT_TRUE(ParseFlags("--gc-stress=1 --verify-heap", &flags, &error));
  EXPECT_TRUE(flags.heap.protect_retired);
  EXPECT_TRUE(flags.heap.zap_retired);
  ASSERT_TRUE(ParseFlags("--gc-stress=0 --verify-heap=false", &flags, &error));
  EXPECT_FALSE(flags.heap.protect_retired);
  EXPECT_FALSE(flags.heap.zap_retired);
}

TEST(FlagsTest, EachImpliesItsOwnAndNotTheOthers_VMF1) {
  for (const char* const stress : {"--gc-stress=1", "--gc-stress=2", "--gc-stress=1000"}) {
    Flags flags;
    std::string error;
    ASSERT_TRUE(ParseFlag(stress, &flags, &error)) << error;
    EXPECT_TRUE(flags.heap.protect_retired) << stress;
    EXPECT_FALSE(flags.heap.zap_retired) << stress;
  }
  Flags flags;
  std::string error;
  ASSERT_TRUE(ParseFlag("--verify-heap", &flags, &error)) << error;
  EXPECT_FALSE(flags.heap.protect_retired);
  EXPECT_TRUE(flags.heap.zap_retired);
}

TEST(FlagsTest, TheDefaultLimitFollowsTheMemoryThereIs) {
  EXPECT_EQ(DefaultFlags().heap.heap_limit, DefaultHeapLimit(ReadMemoryBounds()));
}

TEST(FlagsTest, NamesAnUnknownFlag) {
  EXPECT_EQ(ErrorOf("--no-such-flag"), "There is no flag '--no-such-flag'.");
  EXPECT_EQ(ErrorOf("--gc-stress=1 gc-stress=1"), "There is no flag 'gc-stress=1'.");
  EXPECT_EQ(ErrorOf("--"), "There is no flag '--'.");
}

TEST(FlagsTest, SaysWhatABadValueShouldHaveBeen) {
  EXPECT_EQ(ErrorOf("--gc-stress=x"),
            "Bad value in flag '--gc-stress=x': --gc-stress needs a number, as in =100.");
  for (const char* const bad :
       {"--gc-stress", "--gc-stress=", "--gc-stress=-1", "--gc-stress=1x",
        "--gc-stress=99999999999999999999", "--verify-heap=1", "--max-heap=1k", "--max-heap=1025g",
        "--max-heap=m", "--max-heap=99999999999999999g", "--max-heap", "--why", "--heap-snapshot",
        "--gc-workers", "--pause-goal-us=", "--handle-provenance=sample:0", "--gc-concurrent",
        "--checked-handles=aborts"}) {
    EXPECT_EQ(ErrorOf(bad).substr(0, 18), "Bad value in flag ") << bad;
  }
}

TEST(FlagsTest, ASizeThatWouldWrapIsBad) {
  // Shifted, each would be 64 MiB or a limit as good.
  for (const char* const bad : {"--max-heap=18014398509547520k", "--max-heap=17592186044480m",
                                "--max-heap=17179869185g", "--max-heap=18446744073776660480"}) {
    EXPECT_EQ(ErrorOf(bad).substr(0, 18), "Bad value in flag ") << bad;
  }
}

TEST(FlagsTest, EveryFlagIsSetAndReadBack) {
  Flags flags;
  std::string error;
  for (const auto& [flag, name, value] :
       {std::tuple("--gc-stress=3", "gc-stress", "3"),
        std::tuple("--gc-stress-seed=4", "gc-stress-seed", "4"),
        std::tuple("--forgotten-scope=5", "forgotten-scope", "5"),
        std::tuple("--pause-goal-us=250", "pause-goal-us", "250"),
        std::tuple("--pause-goal-us=0", "pause-goal-us", "0"),
        std::tuple("--pause-goal-us=18446744073709551615", "pause-goal-us", "9223372036854775"),
        std::tuple("--mark-in-slices=false", "mark-in-slices", "false"),
        std::tuple("--mark-in-slices", "mark-in-slices", "true"),
        std::tuple("--gc-concurrent=off", "gc-concurrent", "off"),
        std::tuple("--gc-concurrent=on", "gc-concurrent", "on"),
        std::tuple("--gc-concurrent=always", "gc-concurrent", "always"),
        std::tuple("--gc-slices=6", "gc-slices", "6"),
        std::tuple("--gc-workers=3", "gc-workers", "3"),
        std::tuple("--gc-workers=4294967297", "gc-workers", "16"),
        std::tuple("--max-heap=6m", "max-heap", "6291456"),
        std::tuple("--new-space-first=256k", "new-space-first", "262144"),
        std::tuple("--new-space-min=4m", "new-space-min", "4194304"),
        std::tuple("--new-space-max=1g", "new-space-max", "1073741824"),
        std::tuple("--verify-heap", "verify-heap", "true"),
        std::tuple("--trace-gc", "trace-gc", "true"),
        std::tuple("--checked-handles=abort", "checked-handles", "abort"),
        std::tuple("--checked-handles=false", "checked-handles", "false"),
        std::tuple("--checked-handles", "checked-handles", "true"),
        std::tuple("--ffi-checked", "ffi-checked", "true"),
        std::tuple("--gc-stats", "gc-stats", "true"),
        std::tuple("--gc-stats=false", "gc-stats", "false")}) {
    EXPECT_TRUE(ParseFlag(flag, &flags, &error)) << error;
    EXPECT_EQ(FlagValue(name, flags), value) << flag;
  }
}

TEST(FlagsTest, TheBoundsOfNewSpaceStayInTheirOrder_VMF2) {
  struct Case {
    const char* flags;
    ByteCount first, min, max;
  };
  const Case cases[] = {{"", KiB(512), MiB(8), MiB(64)},
                        {"--new-space-max=1m", KiB(512), MiB(1), MiB(1)},
                        {"--new-space-max=256k", KiB(256), KiB(256), KiB(256)},
                        {"--new-space-min=128m", KiB(512), MiB(128), MiB(128)},
                        {"--new-space-min=256k", KiB(256), KiB(256), MiB(64)},
                        {"--new-space-first=16m", MiB(16), MiB(16), MiB(64)},
                        {"--new-space-first=80m", MiB(80), MiB(80), MiB(80)}};
  for (const Case& each : cases) {
    Flags flags;
    std::string error;
    ASSERT_TRUE(ParseFlags(each.flags, &flags, &error)) << error;
    EXPECT_EQ(flags.heap.new_space_first, each.first) << each.flags;
    EXPECT_EQ(flags.heap.new_space_min, each.min) << each.flags;
    EXPECT_EQ(flags.heap.new_space_max, each.max) << each.flags;
    EXPECT_EQ(flags.heap.new_space_least, std::min(KiB(512), each.max)) << each.flags;
  }
  for (const char* const bad : {"--new-space-min=255k", "--new-space-max=1025m",
                                "--new-space-first=0", "--new-space-first"}) {
    EXPECT_EQ(ErrorOf(bad).substr(0, 18), "Bad value in flag ") << bad;
  }
  EXPECT_TRUE(IsFixedFlag("--new-space-min"));
}

TEST(FlagsTest, ABadFlagAmongGoodOnesChangesNothing) {
  Flags flags;
  std::string error;
  EXPECT_FALSE(ParseFlags("--gc-stress=5 --nonsense", &flags, &error));
  EXPECT_EQ(flags.heap.stress_interval, 0u);
}

TEST(FlagsTest, ValuesReadAsTheyWouldBeWritten) {
  Flags flags;
  std::string error;
  ASSERT_TRUE(ParseFlags("--gc-stress=9 --trace-gc --max-heap=4m", &flags, &error));
  EXPECT_EQ(FlagValue("gc-stress", flags), "9");
  EXPECT_EQ(FlagValue("gc-stress-seed", flags), "0");
  EXPECT_EQ(FlagValue("trace-gc", flags), "true");
  EXPECT_EQ(FlagValue("verify-heap", flags), "false");
  EXPECT_EQ(FlagValue("max-heap", flags), "4194304");
  EXPECT_EQ(FlagValue("gc-stats", flags), "false");
  EXPECT_EQ(FlagValue("checked-handles", flags), "false");
  EXPECT_EQ(FlagValue("ffi-checked", flags), "false");
  EXPECT_EQ(FlagValue("forgotten-scope", flags), "1000000");
  EXPECT_EQ(FlagValue("pause-goal-us", flags), "1000");
  EXPECT_EQ(FlagValue("mark-in-slices", flags), "true");
  EXPECT_EQ(FlagValue("gc-slices", flags), "0");
  EXPECT_EQ(FlagValue("gc-concurrent", flags), "on");
  EXPECT_EQ(FlagValue("gc-workers", flags), "1");
  EXPECT_EQ(FlagValue("--gc-stress", flags), std::nullopt);
}

TEST(FlagsTest, BothEndsOfTheRangeOfSizesAreGood) {
  Flags flags;
  std::string error;
  EXPECT_TRUE(ParseFlag("--max-heap=4m", &flags, &error));
  EXPECT_EQ(flags.heap.heap_limit, kMinHeapLimit);
  EXPECT_TRUE(ParseFlag("--max-heap=1024g", &flags, &error));
  EXPECT_EQ(flags.heap.heap_limit, kMaxHeapLimit);
  EXPECT_FALSE(ParseFlag("--max-heap=4194303", &flags, &error));
  EXPECT_FALSE(ParseFlag("--max-heap=1099511627777", &flags, &error));
}

TEST(FlagsTest, SomeAreFixed) {
  for (const char* const fixed :
       {"--max-heap=8m", "--checked-handles", "--forgotten-scope=1", "--ffi-checked"}) {
    EXPECT_TRUE(IsFixedFlag(fixed)) << fixed;
  }
  for (const char* const free :
       {"--gc-stress=1", "--gc-stress-seed=2", "--verify-heap", "--trace-gc", "--gc-stats",
        "--pause-goal-us=5", "--no-such-flag"}) {
    EXPECT_FALSE(IsFixedFlag(free)) << free;
  }
}

TEST(FlagsTest, TheEnvironmentSetsTheDefaults) {
  std::string error;
  setenv("FART_FLAGS", " --gc-stress-seed=23 ", 1);
  EXPECT_TRUE(ReadFlagsFromEnvironment(&error));
  EXPECT_EQ(DefaultFlags().heap.stress_seed, 23u);
  setenv("FART_FLAGS", "--max-heap=big", 1);
  EXPECT_FALSE(ReadFlagsFromEnvironment(&error));
  EXPECT_NE(error.find("FART_FLAGS"), std::string::npos);
  EXPECT_NE(error.find("--max-heap=big"), std::string::npos);
  unsetenv("FART_FLAGS");
  EXPECT_TRUE(ReadFlagsFromEnvironment(&error));
}

}  // namespace
}  // namespace fart

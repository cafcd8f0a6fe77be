#include "vm/platform/stack_memo.h"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fart {
namespace {

// Of a loop that stays one, so that its calls have one address.
const volatile int two = 2;

// Three functions that call each other as a path says, two of which have frames of the same size:
// so different calls have their return addresses at the same places.
using Path = std::vector<std::uint8_t>;

struct Caller {
  StackMemo& memo;
  const Path& path;
  std::size_t at = 0;
  std::vector<std::uintptr_t> taken;

  [[gnu::noinline]] int Call() {
    if (at == path.size()) return Take();
    switch (path[at++] % 3) {
      case 0:
        return First() + 1;
      case 1:
        return Second() + 2;
      default:
        return Wide() + 3;
    }
  }
  [[gnu::noinline]] int First() { return Call() * 3; }
  [[gnu::noinline]] int Second() { return Call() * 5; }
  [[gnu::noinline]] int Wide() {
    volatile int room[40] = {};
    room[at % 40] = 1;
    return Call() + room[0];
  }
  [[gnu::noinline]] int Take() {
    const auto frames = memo.Take(nullptr, {}).taken();
    taken.assign(frames.begin(), frames.end());
    return 1;
  }
};

[[gnu::noinline]] std::vector<std::uintptr_t> TakeAt(StackMemo& memo, const Path& path) {
  Caller caller{memo, path, 0, {}};
  EXPECT_NE(caller.Call(), 0);
  return caller.taken;
}

// V-M1
RC_GTEST_PROP(StackMemoTest, IsWhatAWalkWouldBe, ()) {
  const auto path = rc::gen::resize(12, rc::gen::container<Path>(rc::gen::inRange(0, 3)));
  const auto paths = *rc::gen::container<std::vector<Path>>(path);
  StackMemo memo;
  for (int round = 0; round < two; ++round) {
    for (const Path& each : paths) {
      // By one call, so that the frames above are the same.
      std::vector<std::uintptr_t> taken[2];
      StackMemo fresh;
      for (int i = 0; i < two; ++i) taken[i] = TakeAt(i == 0 ? memo : fresh, each);
      RC_ASSERT(taken[0] == taken[1]);
      RC_ASSERT(!taken[0].empty() && taken[0].size() <= StackMemo::kMostFrames);
    }
  }
}

TEST(StackMemoTest, WalksOnceForEachOfTwoThousandStacks) {
  StackMemo memo;
  constexpr std::size_t kStacks = 2000;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i != kStacks; ++i) {
      // Each step is two frames, and no more than sixteen are taken.
      Path path(7);
      std::size_t rest = i;
      for (std::uint8_t& step : path) {
        step = static_cast<std::uint8_t>(rest % 3);
        rest /= 3;
      }
      TakeAt(memo, path);
    }
  }
#if defined(__x86_64__)
  EXPECT_EQ(memo.walks(), kStacks);
#else
  EXPECT_GE(memo.walks(), kStacks);  // V-M2
#endif
}

// What is said of a walk stays with it, and is not another one's.
TEST(StackMemoTest, KeepsWhatIsSaid) {
  StackMemo memo;
  const int said = 1;
  for (int round = 0; round < 3; ++round) {
    StackMemo::Walk& walk = memo.Take(nullptr, {});
    const bool is_known = memo.walks() == 1 && round != 0;
    EXPECT_EQ(walk.said, is_known ? &said : nullptr);
    walk.said = &said;
  }
}

TEST(StackMemoTest, AWalkWithAnotherEntryHasNotBeenSaidAnythingOf) {
  StackMemo memo;
  const int said = 1;
  for (std::uintptr_t entry = 1; entry != 20; ++entry) {
    StackMemo::Walk& walk = memo.Take(reinterpret_cast<const void*>(entry), {});
    EXPECT_EQ(walk.said, nullptr) << entry;
    walk.said = &said;
  }
}

// V-M2: between a handler and what it interrupted lies no return address.
StackMemo* memo_of_handler = nullptr;
std::vector<const void*> said_in_handler;

void TakeInHandler(int) {
  static const int said = 1;
  for (int i = 0; i < two; ++i) {
    StackMemo::Walk& walk = memo_of_handler->Take(nullptr, {});
    said_in_handler.push_back(walk.said);
    walk.said = &said;
  }
}

TEST(StackMemoTest, AWalkThroughASignalsFrameIsWalkedAnew) {
  StackMemo memo;
  memo_of_handler = &memo;
  const auto before = std::signal(SIGUSR2, TakeInHandler);
  ASSERT_EQ(std::raise(SIGUSR2), 0);
  std::signal(SIGUSR2, before);
  EXPECT_EQ(said_in_handler, (std::vector<const void*>{nullptr, nullptr}));
  EXPECT_EQ(memo.walks(), 2u);
}

[[gnu::noinline]] std::size_t FramesBehind(StackMemo& memo, const void* beginning) {
  const void* const beginnings[] = {beginning};
  return memo.Take(nullptr, {beginnings, beginning == nullptr ? 0u : 1u}).frame_count;
}
[[gnu::noinline]] std::size_t FramesBehindEntry(StackMemo& memo, bool is_there) {
  return memo.Take(is_there ? __builtin_return_address(0) : nullptr, {}).frame_count;
}

TEST(StackMemoTest, LeavesOutWhatAnEntryHasCalled) {
  StackMemo all;
  StackMemo memo;
  std::size_t counts[2] = {};
  for (int i = 0; i < two; ++i) {
    counts[i] = FramesBehind(i == 0 ? all : memo,
                             i == 0 ? nullptr : reinterpret_cast<const void*>(&FramesBehind));
  }
  // StackMemo::Take, and the function itself; where there are more than can be taken, as many.
  EXPECT_TRUE(counts[1] + 2 == counts[0] || counts[0] == StackMemo::kMostFrames);
  EXPECT_LT(counts[1], StackMemo::kMostFrames);
  for (int i = 0; i < two; ++i) counts[i] = FramesBehindEntry(i == 0 ? all : memo, i == 1);
  // And this one, which goes on at the entry.
  EXPECT_TRUE(counts[1] + 3 == counts[0] || counts[0] == StackMemo::kMostFrames);
  EXPECT_LT(counts[1], StackMemo::kMostFrames);
}

}  // namespace
}  // namespace fart

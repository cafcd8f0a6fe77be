// No memory from malloc, operator new or the system: what this package answers, at every place.

#include <gtest/gtest.h>

#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

#include "heap/platform/memory_bounds.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/testing/refusing_memory.h"
#include "heap/platform/thread_text.h"
#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

using Duration = RefusingMemory::Duration;

TEST(RefusingMemoryTest, RefusesTheCallThatItIsToldTo) {
  RefusingMemory::FailNth(SystemCall::kMalloc, 2, Duration::kOnce);
  void* const first = OffHeapAllocate(KiB(1));
  void* const second = OffHeapAllocate(KiB(1));
  void* const third = OffHeapAllocate(KiB(1));
  RefusingMemory::Stop();
  EXPECT_NE(first, nullptr);
  EXPECT_EQ(second, nullptr);
  EXPECT_NE(third, nullptr);
  EXPECT_EQ(RefusingMemory::Count(SystemCall::kMalloc), 3u);
  EXPECT_EQ(RefusingMemory::Refused(SystemCall::kMalloc), 1u);
  OffHeapFree(first, KiB(1));
  OffHeapFree(third, KiB(1));
}

TEST(RefusingMemoryTest, RefusesOperatorNewOfTheLibraryToo) {
  const std::string text(100, 'x');
  RefusingMemory::FailNth(SystemCall::kNew, 1, Duration::kForGood);
  bool refused = false;
  bool copied = false;
  try {
    const std::string copy(text);  // made in the shared library
    copied = copy.size() == text.size();
  } catch (const std::bad_alloc&) {
    refused = true;
  }
  void* const more = ::operator new(8, std::nothrow);  // a new-expression may be left out
  RefusingMemory::Stop();
  EXPECT_TRUE(refused && !copied && more == nullptr);
  EXPECT_EQ(RefusingMemory::Refused(SystemCall::kNew), 2u);
}

TEST(RefusingMemoryTest, RefusesThreads) {
  RefusingMemory::FailNth(SystemCall::kThread, 1, Duration::kOnce);
  EXPECT_THROW(std::thread([] {}).detach(), std::system_error);
  bool ran = false;
  std::thread([&] { ran = true; }).join();
  RefusingMemory::Stop();
  EXPECT_TRUE(ran);
}

TEST(RefusingMemoryTest, LeavesATestsOwnWorkAlone) {
  RefusingMemory::FailNth(SystemCall::kNew, 1, Duration::kForGood);
  bool is_there = false;
  {
    const NotRefused own;
    is_there = std::make_unique<int>(1) != nullptr;
  }
  RefusingMemory::Stop();
  EXPECT_TRUE(is_there);
  EXPECT_EQ(RefusingMemory::Count(SystemCall::kNew), 0u);
}

TEST(RefusingMemoryTest, ASweepRefusesEveryCallOnceAndFromThereOn) {
  std::uint64_t done = 0;
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [&done] {
    for (int i = 0; i < 5; ++i) {
      void* const block = OffHeapAllocate(KiB(1));
      if (block == nullptr) return SweepOutcome::kRefused;
      OffHeapFree(block, KiB(1));
    }
    ++done;
    return SweepOutcome::kDone;
  });
  EXPECT_EQ(result.calls, 5u);
  EXPECT_EQ(result.refusals, 10u);
  EXPECT_EQ(result.survived, 0u);
  EXPECT_EQ(done, 2u + 10u + 2u);
}

TEST(OffHeapTest, AVectorWithoutMemoryThrowsAndStaysAsItWas_HPO3) {
  const std::int64_t before = OffHeapBytesInUse();
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [] {
    Vector<std::uint64_t> numbers;
    std::uint64_t pushed = 0;
    bool refused = false;
    try {
      for (; pushed < 1000; ++pushed) numbers.push_back(pushed);
    } catch (const std::bad_alloc&) {
      refused = true;
    }
    RefusingMemory::Stop();
    EXPECT_EQ(numbers.size(), pushed);
    for (std::uint64_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], i);
    return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
  EXPECT_GT(result.refusals, 10u);
  EXPECT_EQ(result.survived, 0u);
  EXPECT_EQ(OffHeapBytesInUse(), before);
}

TEST(OffHeapTest, MakingRoomSaysWhetherThereIsAny_HPO3) {
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [] {
    Vector<std::uint64_t> numbers;
    bool done = true;
    for (std::uint64_t i = 0; i < 1000 && done; ++i) done = TryAppend(numbers, i);
    RefusingMemory::Stop();
    for (std::uint64_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], i);
    return done ? SweepOutcome::kDone : SweepOutcome::kRefused;
  });
  EXPECT_GT(result.refusals, 10u);
  EXPECT_EQ(result.survived, 0u);
}

TEST(OffHeapTest, ReallocatingKeepsTheBlock) {
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [] {
    auto* block = static_cast<int*>(OffHeapAllocateZeroed(ByteCount(sizeof(int))));
    if (block == nullptr) return SweepOutcome::kRefused;
    *block = 42;
    void* const larger = OffHeapReallocate(block, ByteCount(sizeof(int)), KiB(8));
    RefusingMemory::Stop();
    if (larger != nullptr) block = static_cast<int*>(larger);
    EXPECT_EQ(*block, 42);
    OffHeapFree(block, larger != nullptr ? KiB(8) : ByteCount(sizeof(int)));
    return larger != nullptr ? SweepOutcome::kDone : SweepOutcome::kRefused;
  });
  EXPECT_EQ(result.refusals, 4u);
}

TEST(OffHeapTest, WhatIsRefusedIsNotCounted_HPO1) {
  void* const block = OffHeapAllocate(KiB(1));
  const std::int64_t before = OffHeapBytesInUse();
  RefusingMemory::FailNth(SystemCall::kMalloc, 1, Duration::kForGood);
  void* const plain = OffHeapAllocate(MiB(16));
  void* const zeroed = OffHeapAllocateZeroed(MiB(32));
  void* const larger = OffHeapReallocate(block, KiB(1), MiB(64));
  RefusingMemory::Stop();
  EXPECT_TRUE(plain == nullptr && zeroed == nullptr && larger == nullptr);
  EXPECT_EQ(OffHeapBytesInUse(), before);
  OffHeapFree(block, KiB(1));
}

// A text may fill its room but for its end; one that grows letter by letter moves each time that it
// has doubled.
TEST(ThreadTextTest, RoomIsMadeWhenItIsNeededAndForMore) {
  const std::string text(1000, 'x');
  std::thread([&text] {
    RefusingMemory::FailNth(SystemCall::kMalloc, 0, Duration::kOnce);
    for (std::size_t length = 0; length <= text.size(); ++length) {
      const std::string_view part(text.data(), length);
      EXPECT_EQ(KeepThreadText(ThreadText::kMisuse, part), part);
    }
    RefusingMemory::Stop();
  }).join();
  EXPECT_EQ(RefusingMemory::Count(SystemCall::kMalloc), 1u + 11u) << "of the thread, and 1 to 1024";
}

// In place of a text that does not fit there is as much of the sentence as does.
TEST(ThreadTextTest, WithoutMemoryForALongerTextTheSentenceIsCut) {
  std::thread([] {
    const char* const kept = KeepThreadText(ThreadText::kMisuse, "short");
    ASSERT_STREQ(kept, "short");
    RefusingMemory::FailNth(SystemCall::kMalloc, 1, Duration::kForGood);
    const char* const refused = KeepThreadText(ThreadText::kMisuse, "a longer text");
    RefusingMemory::Stop();
    EXPECT_EQ(refused, kept);
    EXPECT_STREQ(refused, "(Ther");
    EXPECT_EQ(KeptThreadText(ThreadText::kMisuse), kept);
  }).join();
}

TEST(ThreadTextTest, WithoutMemoryThereIsATextAllTheSame) {
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [] {
    bool same = false;
    bool is_text = false;
    std::thread([&] {
      const char* const kept = KeepThreadText(ThreadText{}, "what there is to say");
      is_text = kept != nullptr && *kept != '\0';
      same = is_text && std::string_view(kept) == "what there is to say";
    }).join();
    RefusingMemory::Stop();
    EXPECT_TRUE(is_text);
    return same ? SweepOutcome::kDone : SweepOutcome::kRefused;
  });
  EXPECT_EQ(result.refusals, 4u);
}

TEST(MemoryBoundsTest, WithoutMemoryToReadThemInThereAreBoundsAllTheSame) {
  for (const SystemCall kind : {SystemCall::kMalloc, SystemCall::kNew}) {
    SweepFailures(kind, [] {
      const MemoryBounds bounds = ReadMemoryBounds();
      RefusingMemory::Stop();
      EXPECT_NE(bounds.physical, MemoryBounds::kNone);
      return SweepOutcome::kDone;
    });
  }
}

}  // namespace
}  // namespace fart

#include "vm/entry/misuse.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "vm/native/native_call.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

std::vector<std::string>& Heard() {
  static std::vector<std::string> heard;
  return heard;
}

class MisuseTest : public testing::Test {
 protected:
  void SetUp() override { Heard().clear(); }
  void TearDown() override { SetMisuseCallback(nullptr, nullptr); }
};

TEST_F(MisuseTest, RecordsTheLastTextAndCountsThem) {
  const std::uint64_t before = MisuseCount();
  RecordMisuse("first");
  RecordMisuse("second");
  EXPECT_STREQ(LastMisuse(), "second");
  EXPECT_EQ(MisuseCount(), before + 2);
}

TEST_F(MisuseTest, EachThreadHasItsOwnRecord) {
  RecordMisuse("here");
  std::thread([] {
    EXPECT_EQ(LastMisuse(), nullptr);
    EXPECT_EQ(MisuseCount(), 0u);
    RecordMisuse("there");
  }).join();
  EXPECT_STREQ(LastMisuse(), "here");
}

TEST_F(MisuseTest, TheCallbackHearsOfEachButNotOfItsOwn) {
  int data = 0;
  SetMisuseCallback(
      [](const char* message, void* callback_data) {
        ++*static_cast<int*>(callback_data);
        EXPECT_TRUE(IsInMisuseCallback());
        RecordMisuse("inside");
        Heard().push_back(message);  // still what it was
      },
      &data);
  RecordMisuse("outside");
  EXPECT_EQ(Heard(), std::vector<std::string>{"outside"});
  EXPECT_EQ(data, 1);
  EXPECT_STREQ(LastMisuse(), "inside");
  EXPECT_FALSE(IsInMisuseCallback());
}

TEST_F(MisuseTest, TellingLeavesNoMemoryBehind) {
  SetMisuseCallback([](const char* message, void*) { EXPECT_NE(message, nullptr); }, nullptr);
  const std::string text(1000, 'x');
  RecordMisuse(text);
  const std::size_t before = mallinfo2().uordblks;
  for (int i = 0; i < 1000; ++i) RecordMisuse(text);
  const std::size_t after = mallinfo2().uordblks;
  EXPECT_LT(after, before + 100'000);
}

TEST_F(MisuseTest, AnExceptionOutOfTheCallbackEndsThere) {
  SetMisuseCallback([](const char*, void*) { throw std::runtime_error("from the callback"); },
                    nullptr);
  RecordMisuse("text");
  EXPECT_FALSE(IsInMisuseCallback());
  EXPECT_STREQ(LastMisuse(), "text");
}

TEST_F(MisuseTest, TheCallbackIsABarrierAndMayNotCollect) FART_MAY_COLLECT {
  TestIsolate isolate;
  SetMisuseCallback(
      [](const char*, void*) FART_NO_SAFEPOINT_ANALYSIS {
        Isolate& current = *Isolate::Current();
        EXPECT_TRUE(current.IsInCallback());
        const NoSafepointScope quiet;
        const ObjectPtr error = current.ReadyError(ErrorText::kInCallback).Get(quiet);
        EXPECT_EQ(PropagateError(current, error, quiet), UnwindRefusal::kBarrier);
        Heard().push_back("still here");
      },
      nullptr);
  const NativeTarget target{[](ForeignNativeArguments) { RecordMisuse("in a native function"); }};
  EXPECT_FALSE(CallNative(*isolate, target, Roots()).IsError());
  EXPECT_EQ(Heard().size(), 1u);
}

}  // namespace
}  // namespace fart

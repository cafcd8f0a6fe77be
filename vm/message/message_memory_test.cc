// Messages where memory outside the heap runs out: they are whole, or there is none.

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <string>
#include <utility>

#include "heap/platform/off_heap.h"
#include "heap/platform/testing/refusing_memory.h"
#include "vm/message/class_identities.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_writer.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/big_integers.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart {
namespace {

constexpr std::size_t kLength = 300;  // nodes, so that their table grows several times

class MessageMemoryTest : public testing::Test {
 protected:
  void Put(Rooted list, std::size_t index, Rooted value) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    ListSetAt(isolate_.mutator(), list.Get(quiet), index, value.Get(quiet), quiet);
  }
  // A list of lists, each with itself, a number, and a value of one of the kinds that are aligned.
  Rooted NewGraph() FART_NO_SAFEPOINT_ANALYSIS {
    const Rooted graph = isolate_.NewList(kLength);
    const Rooted aligned[] = {
        isolate_.NewString("gr\xC3\xBC\xC3\x9F"),
        isolate_.NewString("\xE2\x82\xAC"),
        isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kInt16, 5)),
        isolate_.NewString("odd"),
    };
    for (std::size_t i = 0; i < kLength; ++i) {
      const LocalScope scope(isolate_->handles().locals);
      const Rooted list = isolate_.NewList(3);
      Put(graph, i, list);
      Put(list, 0, list);
      Put(list, 1, isolate_.Keep(ObjectPtr::FromSmi(static_cast<std::int64_t>(i))));
      Put(list, 2, aligned[i % 4]);
    }
    return graph;
  }
  void ExpectGraph(Message& message) FART_NO_SAFEPOINT_ANALYSIS {
    const LocalScope scope(isolate_->handles().locals);
    const Outcome decoded = DecodeMessage(*isolate_, classes_, message);
    ASSERT_FALSE(decoded.IsError()) << isolate_.ErrorMessageOf(decoded);
    const Rooted graph = isolate_.Keep(decoded);
    const NoSafepointScope quiet;
    ASSERT_EQ(ListLength(graph.Get(quiet), quiet), kLength);
    for (std::size_t i = 0; i < kLength; ++i) {
      const ObjectPtr list = ListAt(graph.Get(quiet), i, quiet);
      ASSERT_EQ(ListAt(list, 0, quiet), list) << i;
      ASSERT_EQ(ListAt(list, 1, quiet), ObjectPtr::FromSmi(static_cast<std::int64_t>(i)));
      const ObjectPtr last = ListAt(list, 2, quiet);
      ASSERT_EQ(IsString(last), i % 4 != 2);
      if (i % 4 == 2) continue;
      const char* const texts[] = {"gr\xC3\xBC\xC3\x9F", "\xE2\x82\xAC", "", "odd"};
      ASSERT_EQ(ToUtf8(last, quiet), texts[i % 4]);
    }
  }

  TestIsolate isolate_;
  ClassIdentities classes_;
};

TEST_F(MessageMemoryTest, AGraphIsEncodedWholeOrNotAtAll) {
  const Rooted graph = NewGraph();
  const std::int64_t in_use = OffHeapBytesInUse();
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [&] {
    bool refused = false;
    {
      Message message;
      message.set_reply_port(7);
      std::string error;
      try {
        EXPECT_TRUE(EncodeMessage(*isolate_, classes_, graph, &message, &error)) << error;
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      EXPECT_EQ(message.is_empty(), refused) << "as it was";
      EXPECT_EQ(message.reply_port(), 7);
      if (!refused) ExpectGraph(message);
    }
    EXPECT_EQ(OffHeapBytesInUse(), in_use);
    return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
  EXPECT_GT(result.refusals, 0u);
}

// More objects than the table of nodes has room for at first, each named twice: once before it has
// grown, once behind.
TEST_F(MessageMemoryTest, OfManyObjectsEachIsSentOnceAndNothingIsLeftOfTheTable)
FART_NO_SAFEPOINT_ANALYSIS {
  constexpr std::size_t kObjects = 1000;
  const Rooted list = isolate_.NewList(2 * kObjects);
  for (std::size_t i = 0; i < kObjects; ++i) {
    const FreshObject object = NewArray(isolate_.mutator(), 1);
    const NoSafepointScope quiet;
    ListSetAt(isolate_.mutator(), list.Get(quiet), i, object.Get(quiet), quiet);
    ListSetAt(isolate_.mutator(), list.Get(quiet), kObjects + i, object.Get(quiet), quiet);
  }
  const std::int64_t in_use = OffHeapBytesInUse();
  {
    Message message;
    std::string error;
    ASSERT_TRUE(EncodeMessage(*isolate_, classes_, list, &message, &error)) << error;
    const Rooted copy = isolate_.Keep(DecodeMessage(*isolate_, classes_, message));
    const NoSafepointScope quiet;
    for (std::size_t i = 0; i < kObjects; ++i) {
      ASSERT_EQ(ListAt(copy.Get(quiet), i, quiet), ListAt(copy.Get(quiet), kObjects + i, quiet));
    }
  }
  EXPECT_EQ(OffHeapBytesInUse(), in_use);
}

// Large enough that what is left is counted.
TEST(MessageNodesTest, ATableThatFindsNoRoomForItsKeysIsGivenBack) {
  constexpr std::uintptr_t kKeys = std::uintptr_t{1} << 18;
  constexpr auto kUncounted = static_cast<std::int64_t>(kOffHeapUncounted.value());
  const std::int64_t before = OffHeapBytesInUse();
  {
    MessageNodes nodes;
    std::uint64_t number = 0;
    for (std::uintptr_t key = 0; key < kKeys; ++key) ASSERT_TRUE(nodes.NumberOf(key, &number));
    const std::int64_t in_use = OffHeapBytesInUse();
    for (int i = 0; i < 3; ++i) {
      RefusingMemory::FailNth(SystemCall::kMalloc, 2, RefusingMemory::Duration::kOnce);
      EXPECT_FALSE(nodes.NumberOf(kKeys, &number));
      RefusingMemory::Stop();
    }
    EXPECT_LT(OffHeapBytesInUse(), in_use + kUncounted);
    EXPECT_TRUE(nodes.NumberOf(kKeys - 1, &number));
    EXPECT_EQ(number, kKeys - 1);
    EXPECT_TRUE(nodes.NumberOf(kKeys, &number));
    EXPECT_EQ(number, kKeys);
  }
  EXPECT_LT(OffHeapBytesInUse(), before + kUncounted);
}

TEST_F(MessageMemoryTest, ATextIsEncodedWholeOrNotAtAll) {
  for (const std::string& text : {std::string(500, 'a'), "\xE2\x82\xAC" + std::string(500, 'b'),
                                  std::string("x"), std::string()}) {
    const SweepResult result = SweepFailures(SystemCall::kMalloc, [&]() FART_NO_SAFEPOINT_ANALYSIS {
      Message message;
      const bool done = EncodeTextMessage(text, &message);
      RefusingMemory::Stop();
      EXPECT_EQ(message.is_empty(), !done);
      if (done) {
        const LocalScope scope(isolate_->handles().locals);
        EXPECT_EQ(isolate_.Text(isolate_.Keep(DecodeMessage(*isolate_, classes_, message))), text);
      }
      return done ? SweepOutcome::kDone : SweepOutcome::kRefused;
    });
    EXPECT_GT(result.refusals, 0u);
  }
}

}  // namespace
}  // namespace fart

#include "vm/ffi/native_finalizer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "heap/collector.h"
#include "vm/platform/process_allocator.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/typed_data.h"

namespace fart::ffi {
namespace {

std::vector<std::uintptr_t>& Ran() {
  static std::vector<std::uintptr_t> tokens;
  return tokens;
}
void Note(void* token) { Ran().push_back(reinterpret_cast<std::uintptr_t>(token)); }

class NativeFinalizerTest : public testing::Test {
 protected:
  NativeFinalizerTest()
      : libraries_(std::make_shared<ForeignLibraries>()),
        finalizers_(std::make_shared<NativeFinalizers>(*isolate_, libraries_)) {
    Ran().clear();
    isolate_->KeepUntilEnd(finalizers_);
  }

  // A list in slot `index`, which dies when the slot is emptied.
  Rooted New(StackRoots<2>& roots, std::size_t index) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject list = NewTypedData(isolate_.mutator(), TypedDataType::kUint8, 4);
    const NoSafepointScope quiet;
    roots.Set(index, list.Get(quiet));
    return roots[index];
  }
  bool Attach(Rooted object, std::uintptr_t token, Rooted key,
              std::size_t external = 0) FART_NO_SAFEPOINT_ANALYSIS {
    return finalizers_->Attach(1, {.run = Note, .library = nullptr}, object,
                               {.address = token, .block = kNoBlock}, key, ByteCount(external));
  }
  void Collect() FART_NO_SAFEPOINT_ANALYSIS {
    isolate_.mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
    isolate_->RunAllCallbacks();
  }

  TestIsolate isolate_;
  std::shared_ptr<ForeignLibraries> libraries_;
  std::shared_ptr<NativeFinalizers> finalizers_;
  const ObjectPtr null_ = kNull;
};

TEST_F(NativeFinalizerTest, RunsOnceWhenTheObjectHasDied_VFF1) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate_->stack());
  ASSERT_TRUE(Attach(New(roots, 0), 5, Rooted(&null_), 100));
  Collect();
  EXPECT_TRUE(Ran().empty());
  EXPECT_EQ(finalizers_->attached(), 1u);
  roots.Set(0, kNull);
  Collect();
  Collect();
  EXPECT_EQ(Ran(), std::vector<std::uintptr_t>({5}));
  EXPECT_EQ(finalizers_->attached(), 0u);
}

TEST_F(NativeFinalizerTest, NeverRunsWhatWasDetached_VFF1) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate_->stack());
  const Rooted object = New(roots, 0);
  const Rooted key = New(roots, 1);
  ASSERT_TRUE(Attach(object, 1, object, 64));
  ASSERT_TRUE(Attach(object, 2, key, 64));
  ASSERT_TRUE(Attach(object, 3, key));
  EXPECT_EQ(finalizers_->Detach(2, key), 0u);  // Another finalizer's.
  EXPECT_EQ(finalizers_->Detach(1, key), 2u);
  EXPECT_EQ(finalizers_->Detach(1, key), 0u);
  EXPECT_EQ(finalizers_->Detach(1, object), 1u);
  EXPECT_EQ(finalizers_->attached(), 0u);
  roots.Set(0, kNull);
  Collect();
  EXPECT_TRUE(Ran().empty());
}

TEST_F(NativeFinalizerTest, DoesNotKeepAKeyAlive_VFF3) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate_->stack());
  ASSERT_TRUE(Attach(New(roots, 0), 1, New(roots, 1)));
  roots.Set(1, kNull);
  Collect();
  EXPECT_EQ(isolate_->handles().weaks.live(HandleKind::kFinalizable), 1u);  // The object's alone.
  EXPECT_TRUE(Ran().empty());
  roots.Set(0, kNull);
  Collect();
  EXPECT_EQ(Ran(), std::vector<std::uintptr_t>({1}));
}

TEST_F(NativeFinalizerTest, FreesThroughTheTableOfBlocks_VFF2) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate_->stack());
  const ProcessAllocator& c = *ProcessAllocator::Get();
  const Allocation block = AllocateNative(16, true);
  const Allocation freed = AllocateNative(16, true);
  for (const Allocation& each : {block, freed}) {
    ASSERT_TRUE(finalizers_->Attach(1, {.run = c.free, .library = nullptr}, New(roots, 0),
                                    {.address = each.address, .block = each.block}, Rooted(&null_),
                                    ByteCount()));
  }
  EXPECT_EQ(FreeNative(freed.address, freed.block), FreeOutcome::kFreed);
  roots.Set(0, kNull);
  Collect();
  EXPECT_FALSE(RangeOf(block.block).is_live);
}

TEST_F(NativeFinalizerTest, KeepsWhatListsSee) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate_->stack());
  const Allocation block = AllocateNative(16, true);
  ASSERT_TRUE(finalizers_->KeepBlock(New(roots, 0), block.block));
  ASSERT_TRUE(finalizers_->KeepLibrary(New(roots, 1), libraries_->Get(libraries_->OpenProcess())));
  EXPECT_EQ(FreeNative(block.address, block.block), FreeOutcome::kKept);
  EXPECT_FALSE(finalizers_->KeepBlock(roots[1], block.block));
  roots.Set(0, kNull);
  roots.Set(1, kNull);
  Collect();
  EXPECT_FALSE(IsSeen(block.block));
  EXPECT_EQ(finalizers_->attached(), 0u);
}

TEST(NativeFinalizerEndTest, RunsAtTheLatestWhenTheIsolateEnds_VFF1) FART_MAY_COLLECT {
  Ran().clear();
  {
    TestIsolate isolate;
    const auto finalizers =
        std::make_shared<NativeFinalizers>(*isolate, std::make_shared<ForeignLibraries>());
    isolate->KeepUntilEnd(finalizers);
    const ObjectPtr null = kNull;
    const Rooted list = isolate.Keep(NewTypedData(isolate.mutator(), TypedDataType::kUint8, 4));
    ASSERT_TRUE(finalizers->Attach(1, {.run = Note, .library = nullptr}, list,
                                   {.address = 9, .block = kNoBlock}, list, ByteCount(8)));
    EXPECT_EQ(finalizers->Attach(2, {.run = Note, .library = nullptr}, list,
                                 {.address = 8, .block = kNoBlock}, Rooted(&null), ByteCount()),
              true);
  }
  EXPECT_EQ(Ran().size(), 2u);
}

}  // namespace
}  // namespace fart::ffi

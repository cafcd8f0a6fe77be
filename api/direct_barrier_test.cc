// What a store asks, and when it goes out of line. The linker hands the library's
// Fart_DirectStore to a function here (--wrap), which looks and passes on.

#include <cstdint>
#include <vector>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace {

struct SlowStore {
  std::uint64_t object;
  std::uint32_t index;
  std::uint64_t old_word;
  std::uint64_t value;
};
std::vector<SlowStore> slow_stores;

}  // namespace

extern "C" {

// NOLINTBEGIN: the linker's names.
void __real_Fart_DirectStore(Fart_Direct*, std::uint64_t, std::uint32_t, std::uint64_t);
void __wrap_Fart_DirectStore(Fart_Direct* direct, std::uint64_t object, std::uint32_t index,
                             std::uint64_t value) {
  const Fart_Ref ref = Fart_RefOfBits(direct, object);
  slow_stores.push_back({object, index, *Fart_Word(direct, ref, index), value});
  __real_Fart_DirectStore(direct, object, index, value);
}
// NOLINTEND

}  // extern "C"

namespace fart::api {
namespace {

class DirectBarrierTest : public DirectTest {
 protected:
  void SetUp() override {
    DirectTest::SetUp();
    slow_stores.clear();
  }
  // The flags of the region that an object is in, which are the library's to write.
  std::uint8_t& FlagsOf(Fart_Ref object) {
    return const_cast<std::uint8_t&>(
        direct_->holder_flags[object.bits >> FART_DIRECT_REGION_SHIFT]);
  }
  void Store(const Fart_Slot& holder, Fart_Ref value) {
    Fart_Store(direct_, Get(holder), 1, value);
  }
};

TEST_F(DirectBarrierTest, AYoungHolderIsStoredIntoInline) {
  FART_ROOTS(direct_, roots, 2);
  Set(roots.at[1], Pair(Smi(1), Null()));
  Set(roots.at[0], Pair(Null(), Null()));
  Store(roots.at[0], Get(roots.at[1]));
  Store(roots.at[0], Smi(5));
  Store(roots.at[0], Null());
  EXPECT_EQ(slow_stores.size(), 0u);
}

TEST_F(DirectBarrierTest, AnOldHolderGoesOutOfLineForItsFirstYoungValueAlone) {
  if (IsUnderStress()) GTEST_SKIP() << "what is young there does not stay so";
  FART_ROOTS(direct_, roots, 3);
  Set(roots.at[0], Pair(Null(), Null()));
  Set(roots.at[1], Pair(Smi(1), Null()));
  MakeOld(roots.at[0]);
  Set(roots.at[2], Pair(Smi(2), Null()));
  Store(roots.at[0], Get(roots.at[1]));
  Store(roots.at[0], Smi(5));
  Store(roots.at[0], Null());
  EXPECT_EQ(slow_stores.size(), 0u) << "nothing of new space";
  Store(roots.at[0], Get(roots.at[2]));
  ASSERT_EQ(slow_stores.size(), 1u);
  EXPECT_EQ(slow_stores[0].object, roots.at[0].bits);
  EXPECT_EQ(slow_stores[0].index, 1u);
  EXPECT_EQ(slow_stores[0].value, roots.at[2].bits);
  Store(roots.at[0], Get(roots.at[2]));
  EXPECT_EQ(slow_stores.size(), 1u) << "it is remembered";
}

// A collector that marks beside the mutator wants to see what is overwritten.
TEST_F(DirectBarrierTest, WhereStoresAreLoggedAllGoOutOfLineBeforeTheyHaveHappened) {
  FART_ROOTS(direct_, roots, 2);
  Set(roots.at[1], Pair(Smi(1), Null()));
  Set(roots.at[0], Pair(Get(roots.at[1]), Null()));
  MakeOld(roots.at[0]);
  std::uint8_t& flags = FlagsOf(Get(roots.at[0]));
  const std::uint8_t before = flags;
  ASSERT_EQ(before & FART_DIRECT_FLAG_LOG, 0u) << "today nothing sets it";
  flags = static_cast<std::uint8_t>(before | FART_DIRECT_FLAG_LOG);
  const std::uint64_t values[] = {Smi(5).bits, roots.at[1].bits, Null().bits};
  std::uint64_t old_word = roots.at[1].bits;
  for (const std::uint64_t value : values) {
    slow_stores.clear();
    Store(roots.at[0], Fart_RefOfBits(direct_, value));
    ASSERT_EQ(slow_stores.size(), 1u);
    EXPECT_EQ(slow_stores[0].old_word, old_word) << "still in place";
    EXPECT_EQ(slow_stores[0].value, value);
    EXPECT_EQ(Car(Get(roots.at[0])).bits, value) << "and then it is stored";
    old_word = value;
  }
  flags = before;
  slow_stores.clear();
  Store(roots.at[0], Smi(6));
  EXPECT_EQ(slow_stores.size(), 0u);
}

}  // namespace
}  // namespace fart::api

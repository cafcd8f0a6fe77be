// Ephemerons: the value lives only if the key does and the holder does, in both collections.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

class EphemeronTest : public testing::TestWithParam<GcKind> {
 protected:
  explicit EphemeronTest(const TestHeapOptions& options = {}) : t(options) {}

  void Collect() { GetParam() == GcKind::kMinor ? t.Minor() : t.Major(); }
  ObjectPtr NewEphemeron(ObjectPtr key, ObjectPtr value) {
    const ObjectPtr object = t.New(t.ephemeron);
    t.Set(object, 0, key);
    t.Set(object, 1, value);
    return object;
  }
  ObjectPtr Key(std::size_t root) { return t.Slots(t.roots[root])[0]; }
  ObjectPtr Value(std::size_t root) { return t.Slots(t.roots[root])[1]; }
  bool IsCleared(std::size_t root) { return Key(root).is_null() && Value(root).is_null(); }

  TestHeap t;
};

INSTANTIATE_TEST_SUITE_P(BothKinds, EphemeronTest, testing::Values(GcKind::kMinor, GcKind::kMajor),
                         [](const testing::TestParamInfo<GcKind>& info) {
                           return std::string(info.param == GcKind::kMinor ? "Minor" : "Major");
                         });

TEST_P(EphemeronTest, TheValueLivesWhileTheKeyLives) {
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const std::size_t root = t.roots.Add(NewEphemeron(t.roots[key], t.NewNumber(2)));
  Collect();
  EXPECT_EQ(Key(root), t.roots[key]);
  EXPECT_EQ(t.Number(Value(root)), 2);
}

TEST_P(EphemeronTest, KeyAndValueAreClearedWhenTheKeyDies) {
  const ObjectPtr value = t.NewNumber(2);
  const std::size_t root = t.roots.Add(NewEphemeron(t.NewNumber(1), value));
  const std::size_t watch = t.weaks.Add(value);
  Collect();
  EXPECT_TRUE(IsCleared(root));
  EXPECT_TRUE(t.weaks[watch].is_null());
}

TEST_P(EphemeronTest, AValueThatIsHeldElsewhereOutlivesItsKey) {
  const std::size_t value = t.roots.Add(t.NewNumber(2));
  const std::size_t root = t.roots.Add(NewEphemeron(t.NewNumber(1), t.roots[value]));
  Collect();
  EXPECT_TRUE(IsCleared(root));
  EXPECT_EQ(t.Number(t.roots[value]), 2);
}

TEST_P(EphemeronTest, AValueThatRefersToItsKeyKeepsNothingAlive) {
  const ObjectPtr key = t.NewNumber(1);
  const ObjectPtr value = t.NewNumber(2);
  t.Set(value, 1, key);
  const std::size_t root = t.roots.Add(NewEphemeron(key, value));
  const std::size_t watch = t.weaks.Add(key);
  Collect();
  EXPECT_TRUE(IsCleared(root));
  EXPECT_TRUE(t.weaks[watch].is_null());
}

// A leaf is not scanned: reaching it is the last thing that happens. In every order of the roots.
TEST_P(EphemeronTest, AKeyThatIsALeafAndAnothersValueKeepsItsValue) {
  std::vector<int> order = {0, 1, 2};
  do {
    const ObjectPtr leaf = t.New(t.bytes, 8);
    const ObjectPtr key = t.NewNumber(1);
    const ObjectPtr holder = t.NewNumber(0);
    t.Set(holder, 1, key);
    const ObjectPtr first = NewEphemeron(key, leaf);
    const ObjectPtr second = NewEphemeron(leaf, t.NewNumber(2));
    std::size_t root = 0;
    for (const int which : order) {
      const std::size_t added = t.roots.Add(which == 0 ? holder : which == 1 ? first : second);
      if (which == 2) root = added;
    }
    const std::size_t watch = t.weaks.Add(t.Slots(second)[1]);
    Collect();
    ASSERT_FALSE(t.weaks[watch].is_null()) << order[0] << order[1] << order[2];
    EXPECT_EQ(t.Number(Value(root)), 2);
    EXPECT_EQ(t.Verify(), "");
    t.roots.Clear();
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_P(EphemeronTest, TwoEphemeronsThatHoldEachOthersKeysKeepNothingAlive) {
  const ObjectPtr a = t.NewNumber(1);
  const ObjectPtr b = t.NewNumber(2);
  const std::size_t first = t.roots.Add(NewEphemeron(a, b));
  const std::size_t second = t.roots.Add(NewEphemeron(b, a));
  Collect();
  EXPECT_TRUE(IsCleared(first));
  EXPECT_TRUE(IsCleared(second));
}

TEST_P(EphemeronTest, AnUnreachableEphemeronKeepsItsValueOfALiveKeyFromNothing) {
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr value = t.NewNumber(2);
  NewEphemeron(t.roots[key], value);
  const std::size_t watch = t.weaks.Add(value);
  Collect();
  EXPECT_TRUE(t.weaks[watch].is_null());
}

TEST_P(EphemeronTest, AKeyReachedOnlyThroughAnotherEphemeronsValueCounts) {
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr middle = t.NewNumber(2);
  // The dependent one is examined first, when its key is not reached yet.
  const std::size_t second = t.roots.Add(NewEphemeron(middle, t.NewNumber(3)));
  const std::size_t first = t.roots.Add(NewEphemeron(t.roots[key], middle));
  Collect();
  EXPECT_EQ(t.Number(Value(first)), 2);
  EXPECT_EQ(Key(second), Value(first));
  EXPECT_EQ(t.Number(Value(second)), 3);
}

TEST_P(EphemeronTest, ALargeKeyThatIsReachedLateCountsToo) {
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr middle = t.New(t.list, 10'000);  // It is not copied when it is reached.
  const std::size_t second = t.roots.Add(NewEphemeron(middle, t.NewNumber(3)));
  const std::size_t first = t.roots.Add(NewEphemeron(t.roots[key], middle));
  Collect();
  ASSERT_FALSE(IsCleared(second));
  EXPECT_EQ(Key(second), Value(first));
  EXPECT_EQ(t.Number(Value(second)), 3);
}

TEST_P(EphemeronTest, WhatIsBehindThePairIsHeldWhateverBecomesOfTheKey) {
  const ShapeId longer = t.Register({.name = "Longer",
                                     .references = 3,
                                     .variable_part = VariablePart::kReferences,
                                     .ephemeron = true});
  const std::size_t root = t.NewRoot(longer, 3);
  t.Set(t.roots[root], 0, t.NewNumber(1));
  t.Set(t.roots[root], 1, t.NewNumber(2));
  t.Set(t.roots[root], 2, t.NewNumber(3));
  for (std::size_t i = 0; i < 3; ++i) {
    t.SetElement(t.roots[root], i, t.NewNumber(static_cast<std::int64_t>(10 + i)));
  }
  Collect();
  EXPECT_TRUE(IsCleared(root));
  EXPECT_EQ(t.Number(t.Slots(t.roots[root])[2]), 3);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(t.Number(t.Elements(t.roots[root])[i]), static_cast<std::int64_t>(10 + i));
  }
}

TEST_P(EphemeronTest, SeveralEphemeronsOfOneKeyAllGetTheirValues) {
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr middle = t.NewNumber(2);
  std::vector<std::size_t> roots;
  for (int i = 0; i < 5; ++i) roots.push_back(t.roots.Add(NewEphemeron(middle, t.NewNumber(i))));
  t.roots.Add(NewEphemeron(t.roots[key], middle));
  Collect();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(t.Number(Value(roots[static_cast<std::size_t>(i)])), i);
  }
}

TEST_P(EphemeronTest, AnEphemeronReachedOnlyThroughAnothersValueIsExaminedToo) {
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr middle = t.NewNumber(2);
  const ObjectPtr inner_live = NewEphemeron(t.roots[key], t.NewNumber(3));
  const ObjectPtr inner_dead = NewEphemeron(t.NewNumber(4), t.NewNumber(5));
  const ObjectPtr both = t.New(t.pair);
  t.Set(both, 0, inner_live);
  t.Set(both, 1, inner_dead);
  const std::size_t outer = t.roots.Add(NewEphemeron(middle, both));
  t.roots.Add(NewEphemeron(t.roots[key], middle));
  Collect();
  const ObjectPtr found = Value(outer);
  ASSERT_TRUE(found.IsHeapObject());
  EXPECT_EQ(t.Number(t.Slots(t.Slots(found)[0])[1]), 3);
  EXPECT_TRUE(t.Slots(t.Slots(found)[1])[0].is_null());
  EXPECT_TRUE(t.Slots(t.Slots(found)[1])[1].is_null());
}

TEST_P(EphemeronTest, AKeyThatIsNoHeapObjectLivesForEver) {
  const std::size_t smi = t.roots.Add(NewEphemeron(ObjectPtr::FromSmi(1), t.NewNumber(2)));
  const std::size_t null = t.roots.Add(NewEphemeron(ObjectPtr(), t.NewNumber(3)));
  Collect();
  EXPECT_EQ(t.Number(Value(smi)), 2);
  EXPECT_EQ(t.Number(Value(null)), 3);
}

TEST_P(EphemeronTest, FurtherReferencesOfAnEphemeronAreStrong) {
  const ShapeId shape = t.Register({.name = "EphemeronWithMore",
                                    .references = 3,
                                    .variable_part = VariablePart::kReferences,
                                    .ephemeron = true});
  const std::size_t root = t.NewRoot(shape, 2);
  t.Set(t.roots[root], 0, t.NewNumber(0));
  t.Set(t.roots[root], 1, t.NewNumber(1));
  t.Set(t.roots[root], 2, t.NewNumber(2));
  t.SetElement(t.roots[root], 1, t.NewNumber(3));
  Collect();
  EXPECT_TRUE(IsCleared(root));
  EXPECT_EQ(t.Number(t.Slots(t.roots[root])[2]), 2);
  EXPECT_EQ(t.Number(t.Elements(t.roots[root])[1]), 3);
}

// Defect 31 of the reference: promoted and remembered ephemerons hold their values strongly.
TEST_P(EphemeronTest, AnEphemeronPromotedInThisCollectionIsExact_Defect31) {
  const std::size_t root = t.roots.Add(NewEphemeron(ObjectPtr(), ObjectPtr()));
  t.Minor();
  const ObjectPtr value = t.NewNumber(2);
  t.Set(t.roots[root], 0, t.NewNumber(1));
  t.Set(t.roots[root], 1, value);
  const std::size_t watch = t.weaks.Add(value);
  Collect();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_TRUE(IsCleared(root));
  EXPECT_TRUE(t.weaks[watch].is_null());
  EXPECT_EQ(t.remembered(), 0u);
}

TEST_P(EphemeronTest, AnOldRememberedEphemeronIsExact_Defect31) {
  const std::size_t dying = t.NewOldRoot(t.ephemeron);
  const std::size_t living = t.NewOldRoot(t.ephemeron);
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr value = t.NewNumber(2);
  t.Set(t.roots[dying], 0, t.NewNumber(3));
  t.Set(t.roots[dying], 1, value);
  t.Set(t.roots[living], 0, t.roots[key]);
  t.Set(t.roots[living], 1, t.NewNumber(4));
  const std::size_t watch = t.weaks.Add(value);
  ASSERT_EQ(t.remembered(), 2u);
  Collect();
  EXPECT_TRUE(IsCleared(dying));
  EXPECT_TRUE(t.weaks[watch].is_null());
  EXPECT_EQ(Key(living), t.roots[key]);
  EXPECT_EQ(t.Number(Value(living)), 4);
  EXPECT_FALSE(t.IsRemembered(t.roots[dying]));
  EXPECT_TRUE(t.IsRemembered(t.roots[living]));
}

TEST_P(EphemeronTest, AnOldKeyHoldsAYoungValue) {
  const std::size_t key = t.NewOldRoot(t.pair);
  const std::size_t root = t.NewOldRoot(t.ephemeron);
  t.Set(t.roots[root], 0, t.roots[key]);
  t.Set(t.roots[root], 1, t.NewNumber(2));
  Collect();
  EXPECT_EQ(t.Number(Value(root)), 2);
}

TEST_P(EphemeronTest, ADeadYoungKeyOfAnOldValueIsCleared) {
  const std::size_t value = t.NewOldRoot(t.pair);
  const std::size_t root = t.roots.Add(NewEphemeron(t.NewNumber(1), t.roots[value]));
  Collect();
  EXPECT_TRUE(IsCleared(root));
}

// Found when the table is indexed already, and more than it was made for.
TEST_P(EphemeronTest, ManyEphemeronsThatAreFoundLateWaitForTheirKeysToo) {
  constexpr std::size_t kMany = 1000;
  const std::size_t key = t.roots.Add(t.NewNumber(1));
  const ObjectPtr middle = t.NewNumber(2);
  const ObjectPtr last_key = t.NewNumber(3);
  const ObjectPtr keys = t.New(t.list, kMany);
  const ObjectPtr late = t.New(t.list, kMany + 1);
  for (std::size_t i = 0; i < kMany; ++i) {
    t.SetElement(keys, i, t.NewNumber(-1));
    const ObjectPtr value = t.NewNumber(static_cast<std::int64_t>(i));
    t.SetElement(late, i, NewEphemeron(t.Elements(keys)[i], value));
  }
  t.SetElement(late, kMany, NewEphemeron(t.roots[key], last_key));
  const std::size_t found_late = t.roots.Add(NewEphemeron(middle, late));
  t.roots.Add(NewEphemeron(last_key, keys));
  t.roots.Add(NewEphemeron(t.roots[key], middle));
  Collect();
  ASSERT_TRUE(Value(found_late).IsHeapObject());
  for (std::size_t i = 0; i < kMany; ++i) {
    const ObjectPtr value = t.Slots(t.Elements(Value(found_late))[i])[1];
    ASSERT_TRUE(value.IsHeapObject()) << i;
    ASSERT_EQ(t.Number(value), static_cast<std::int64_t>(i));
  }
}

// Each ephemeron's value is the next one's key, listed so that no key is reached when its
// ephemeron is first examined.
class EphemeronChainTest : public EphemeronTest {
 protected:
  EphemeronChainTest() : EphemeronTest({.heap = {.new_space_min = MiB(16)}}) {}

  // Returns the roots' number of the list of ephemerons; the chain's first key is `key`.
  std::size_t MakeChains(std::size_t chains, std::size_t length, std::size_t keys) {
    const std::size_t list = t.NewRoot(t.list, chains * length);
    for (std::size_t chain = 0; chain < chains; ++chain) {
      ObjectPtr key = t.Elements(t.roots[keys])[chain];
      for (std::size_t i = 0; i < length; ++i) {
        const ObjectPtr value = t.NewNumber(static_cast<std::int64_t>(i));
        t.SetElement(t.roots[list], (length - 1 - i) * chains + chain, NewEphemeron(key, value));
        key = value;
      }
    }
    return list;
  }
  std::size_t MakeKeys(std::size_t count) {
    const std::size_t keys = t.NewRoot(t.list, count);
    for (std::size_t i = 0; i < count; ++i) t.SetElement(t.roots[keys], i, t.NewNumber(-1));
    return keys;
  }
  void ExpectComplete(std::size_t list, std::size_t chains, std::size_t length) {
    for (std::size_t i = 0; i < chains * length; ++i) {
      const ObjectPtr value = t.Slots(t.Elements(t.roots[list])[i])[1];
      ASSERT_TRUE(value.IsHeapObject()) << i;
      ASSERT_EQ(t.Number(value), static_cast<std::int64_t>(length - 1 - i / chains));
    }
  }
};

INSTANTIATE_TEST_SUITE_P(BothKinds, EphemeronChainTest,
                         testing::Values(GcKind::kMinor, GcKind::kMajor),
                         [](const testing::TestParamInfo<GcKind>& info) {
                           return std::string(info.param == GcKind::kMinor ? "Minor" : "Major");
                         });

TEST_P(EphemeronChainTest, EachOfALongChainIsExaminedAtMostTwice) {
  constexpr std::size_t kLength = 10'000;
  const std::size_t keys = MakeKeys(1);
  const std::size_t list = MakeChains(1, kLength, keys);
  Collect();
  EXPECT_LE(t.listener.last().ephemerons_examined, 2 * kLength);
  ExpectComplete(list, 1, kLength);
}

TEST_P(EphemeronChainTest, AVeryLongChainNeedsNoDeepStack) {
  constexpr std::size_t kLength = 100'000;
  const std::size_t keys = MakeKeys(1);
  const std::size_t list = MakeChains(1, kLength, keys);
  Collect();
  ExpectComplete(list, 1, kLength);
}

// Several at once keep the marker's prefetch queue full.
TEST_P(EphemeronChainTest, InterleavedLongChainsNeedNoDeepStack) {
  constexpr std::size_t kChains = 40;
  constexpr std::size_t kLength = 2'500;
  const std::size_t keys = MakeKeys(kChains);
  const std::size_t list = MakeChains(kChains, kLength, keys);
  Collect();
  EXPECT_LE(t.listener.last().ephemerons_examined, 2 * kChains * kLength);
  ExpectComplete(list, kChains, kLength);
}

TEST_P(EphemeronChainTest, AChainWhoseFirstKeyDiesIsClearedWhole) {
  constexpr std::size_t kLength = 1'000;
  const std::size_t keys = MakeKeys(1);
  const std::size_t list = MakeChains(1, kLength, keys);
  t.roots[keys] = ObjectPtr();
  Collect();
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr ephemeron = t.Elements(t.roots[list])[i];
    ASSERT_TRUE(t.Slots(ephemeron)[0].is_null() && t.Slots(ephemeron)[1].is_null());
  }
}

}  // namespace
}  // namespace fart

#include "heap/remembered_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "heap/heap.h"

namespace fart {
namespace {

class RememberedSetTest : public testing::Test {
 protected:
  RememberedSetTest() {
    FART_CHECK(heap.shapes().Register({.name = "List", .variable_part = VariablePart::kReferences},
                                      &list));
  }

  // An old list of `size` bytes in all.
  ObjectPtr NewList(ByteCount size) {
    const Address where = heap.TryAllocateOld(size, Heap::Limit::kRespected);
    Header::Make(list, size.InWords()).StoreTo(where);
    Shape::Length(where) = (size.value() - 16) / kWordSize;
    return ObjectPtr::FromAddress(where);
  }
  ObjectPtr* WordAt(ObjectPtr holder, ByteCount offset) {
    return (holder.address() + offset).As<ObjectPtr>();
  }

  Heap heap{HeapKnobs{}};
  RememberedSet& set = heap.remembered_set();
  ShapeId list{};
};

TEST_F(RememberedSetTest, AWholeHolderIsListedOnce_HR2) {
  const ObjectPtr holder = NewList(ByteCount(64));
  set.AddWhole(holder);
  set.AddWhole(holder);
  set.Add(holder, ByteCount(64), WordAt(holder, ByteCount(16)));
  EXPECT_EQ(set.entries().size(), 1u);
  EXPECT_TRUE(Header::Of(holder).remembered());
}

TEST_F(RememberedSetTest, ACardIsListedOnce_HR2) {
  const ByteCount size = KiB(4);
  const ObjectPtr holder = NewList(size);
  set.Add(holder, size, WordAt(holder, ByteCount(512)));
  set.Add(holder, size, WordAt(holder, ByteCount(1016)));
  EXPECT_EQ(set.entries().size(), 1u);
  set.Add(holder, size, WordAt(holder, ByteCount(1024)));
  EXPECT_EQ(set.entries().size(), 2u);
  EXPECT_FALSE(Header::Of(holder).remembered());
}

TEST_F(RememberedSetTest, AHolderThatIsListedWholeNeedsNoCards) {
  const ByteCount size = KiB(4);
  const ObjectPtr holder = NewList(size);
  set.AddWhole(holder);
  set.Add(holder, size, WordAt(holder, ByteCount(512)));
  EXPECT_EQ(set.entries().size(), 1u);
}

TEST_F(RememberedSetTest, TheCardsOfAHolderCoverItWithoutOverlap) {
  for (std::size_t size = kCardHolderSize.value() + 8; size < 4 * kCardSize.value(); size += 8) {
    const ObjectPtr holder = NewList(ByteCount(size));
    std::uint32_t card = 0;
    Address covered = holder.address();
    while (covered < holder.address() + ByteCount(size)) {
      const auto [first, last] = RememberedSet::CardBounds(holder, ByteCount(size), card);
      ASSERT_EQ(first, covered);
      ASSERT_LT(first, last);
      for (Address word = first; word < last; word = word + ByteCount(8)) {
        ASSERT_EQ(RememberedSet::CardOf(holder, ByteCount(size), word.As<ObjectPtr>()), card);
      }
      covered = last;
      ++card;
    }
    ASSERT_EQ(covered, holder.address() + ByteCount(size));
  }
}

TEST_F(RememberedSetTest, NeighboursNeverShareACardsByte) {
  // Sizes that leave every possible rest behind the last whole card.
  for (std::size_t rest = 8; rest <= kCardSize.value(); rest += 8) {
    const ByteCount size = kCardHolderSize + ByteCount(rest);
    const ObjectPtr first = NewList(size);
    const ObjectPtr second = NewList(size);
    if (second.address() != first.address() + size) continue;  // a region lies between them
    const ObjectPtr* const last_word = WordAt(first, size - ByteCount(8));
    set.Add(first, size, last_word);
    ASSERT_EQ(set.CardsSetIn(first.address(), size), 1u);
    ASSERT_EQ(set.CardsSetIn(second.address(), size), 0u) << rest;
  }
}

TEST_F(RememberedSetTest, RevisingAsksOfEachEntryOnceAndNotOfThoseAddedMeanwhile) {
  ObjectPtr holders[6];
  for (ObjectPtr& holder : holders) holder = NewList(ByteCount(64));
  for (int i = 0; i < 4; ++i) set.AddWhole(holders[i]);
  int asked = 0;
  set.Revise([&](const RememberedSet::Entry& entry) {
    EXPECT_EQ(entry.holder, holders[asked]);
    if (asked < 2) set.AddWhole(holders[4 + asked]);
    const bool stays = asked++ % 2 == 0;
    if (!stays) set.Forget(entry);
    return stays;
  });
  EXPECT_EQ(asked, 4);
  ASSERT_EQ(set.entries().size(), 4u);
  const ObjectPtr expected[] = {holders[0], holders[2], holders[4], holders[5]};
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(set.entries()[static_cast<std::size_t>(i)].holder, expected[i]);
}

TEST_F(RememberedSetTest, ForgettingClearsBitOrByte_HR2) {
  const ObjectPtr small = NewList(ByteCount(64));
  const ObjectPtr big = NewList(KiB(2));
  set.Add(small, ByteCount(64), WordAt(small, ByteCount(16)));
  set.Add(big, KiB(2), WordAt(big, ByteCount(600)));
  set.Revise([this](const RememberedSet::Entry& entry) {
    set.Forget(entry);
    return false;
  });
  EXPECT_FALSE(Header::Of(small).remembered());
  EXPECT_FALSE(set.IsCardSet(big, 1));
  EXPECT_EQ(set.CardsSetIn(big.address(), KiB(2)), 0u);
  EXPECT_TRUE(set.entries().empty());
}

TEST_F(RememberedSetTest, EachCardByItselfIsFoundAndNoOther) {
  const ByteCount size = KiB(20);
  const ObjectPtr holder = NewList(size);
  for (std::uint32_t card = 0; card < 40; ++card) {
    set.Add(holder, size, WordAt(holder, kCardSize * card + ByteCount(16)));
    std::vector<std::uint32_t> found;
    set.ForEachCardOf(holder, size, [&](std::uint32_t at) { found.push_back(at); });
    EXPECT_EQ(found, std::vector<std::uint32_t>({card}));
    EXPECT_EQ(set.CardsSetIn(holder.address(), size), 1u);
    set.Revise([this](const RememberedSet::Entry& entry) {
      set.Forget(entry);
      return false;
    });
    EXPECT_EQ(set.CardsSetIn(holder.address(), size), 0u);
  }
}

// The last line of the last card is longer: it has the rest.
TEST_F(RememberedSetTest, OnlyTheLinesOfStoredSlotsAreVisited_HR1) {
  const ByteCount size = KiB(2) + ByteCount(200);
  const std::size_t words = size.InWords().value();
  const auto line_of = [](std::size_t word) {
    return std::min<std::size_t>(word * kWordSize / kLineSize.value(), 31);
  };
  for (std::size_t first = 0; first < words; first += 3) {
    for (std::size_t second = 1; second < words; second += 7) {
      const ObjectPtr holder = NewList(size);
      std::set<std::size_t> visited;
      std::set<std::uint32_t> cards;
      for (const std::size_t word : {first, second}) {
        const ObjectPtr* const slot = WordAt(holder, ByteCount(word * kWordSize));
        set.Add(holder, size, slot);
        cards.insert(RememberedSet::CardOf(holder, size, slot));
      }
      for (const std::uint32_t card : cards) {
        set.ForEachLineSpan(holder, size, card, [&](Address from, Address to) {
          for (; from < to; from = from + ByteCount(kWordSize)) {
            visited.insert((from - holder.address()).InWords().value());
          }
        });
      }
      for (std::size_t word = 0; word < words; ++word) {
        const bool is_set = line_of(word) == line_of(first) || line_of(word) == line_of(second);
        ASSERT_EQ(visited.count(word), is_set ? 1u : 0u) << word << ' ' << first << ' ' << second;
        ASSERT_EQ(set.IsSlotSet(holder, size, WordAt(holder, ByteCount(word * kWordSize))), is_set);
      }
    }
  }
}

TEST_F(RememberedSetTest, AHolderOfTheLargestSmallSizeIsListedWhole) {
  const ObjectPtr small = NewList(kCardHolderSize);
  set.Add(small, kCardHolderSize, WordAt(small, ByteCount(600)));
  ASSERT_EQ(set.entries().size(), 1u);
  EXPECT_TRUE(set.entries()[0].is_whole());
  const ByteCount more = kCardHolderSize + ByteCount(8);
  const ObjectPtr larger = NewList(more);
  set.Add(larger, more, WordAt(larger, ByteCount(600)));
  ASSERT_EQ(set.entries().size(), 2u);
  EXPECT_FALSE(set.entries()[1].is_whole());
}

}  // namespace
}  // namespace fart

// The verifier at the edges of its rules: one byte too much and one too little, the other list, the
// other counter. (verifier_test.cc has each rule once.)

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

void ForgetAll(RememberedSet& set) {
  set.Revise([&set](const RememberedSet::Entry& entry) {
    set.Forget(entry);
    return false;
  });
}

class VerifierEdgesTest : public testing::Test {
 protected:
  ~VerifierEdgesTest() override { EXPECT_EQ(t.Verify(), ""); }

  RegionIndex IndexOf(std::size_t root) {
    return t.heap.regions().IndexOf(t.roots[root].address());
  }
  RegionSpace& regions() { return t.heap.regions(); }
  // The start of a region of new space with nothing but dead space up to its top.
  Address DeadRegion(ByteCount top) {
    const RegionIndex index = t.heap.TakeNewRegionForMutator();
    const Address start = regions().StartOf(index);
    Heap::FillDead(start, start + top);
    regions().Record(index).top = start + top;
    return start;
  }

  TestHeap t;
};

TEST_F(VerifierEdgesTest, FlagsOfEachListAreLookedAt_HOG2_HG5) {
  const std::size_t old = t.NewOldRoot(t.pair);
  const std::size_t run = t.NewOldRoot(t.bytes, 300'000);
  const std::size_t young = t.NewRoot(t.bytes, 300'000);
  const std::size_t shared = t.NewRoot(t.bytes, 40'000);
  const struct {
    std::size_t root;
    std::uint8_t wrong;
    const char* list;
  } cases[] = {
      {old, kNewSpaceFlags, "old space"},       {old, kOldSpaceFlags | kEvacuating, "old space"},
      {run, kYoungLargeFlags, "large objects"}, {run, kOldSpaceFlags, "large objects"},
      {young, kLargeFlags, "large objects"},    {shared, kLargeFlags, "large objects"}};
  for (const auto& [root, wrong, list] : cases) {
    const std::uint8_t right = regions().FlagsOf(IndexOf(root));
    regions().SetFlags(IndexOf(root), wrong);
    EXPECT_THAT(t.Verify(), HasSubstr("HO-G2 one space: region " + std::to_string(IndexOf(root)) +
                                      ", listed in " + list));
    regions().SetFlags(IndexOf(root), right);
  }
}

TEST_F(VerifierEdgesTest, AChargeThatIsTooSmallIsFoundAsOneThatIsTooLargeIs_HG4) {
  t.NewRoot(t.pair);
  regions().Record(t.heap.new_regions()[0]).charged -= ByteCount(8);
  EXPECT_THAT(t.Verify(), StartsWith("H-G4 counted: "));
  regions().Record(t.heap.new_regions()[0]).charged += ByteCount(8);
}

TEST_F(VerifierEdgesTest, AnOpenRegionThatIsNotTheLastIsFound_HG6) {
  t.NewRoot(t.bytes, 100'000);
  const RegionIndex first = t.heap.large().open_region();
  t.NewRoot(t.bytes, 100'000);
  t.NewRoot(t.bytes, 100'000);
  ASSERT_NE(t.heap.large().open_region(), first);
  auto& shared = const_cast<RegionList&>(t.heap.large().shared());
  ASSERT_EQ(shared.size(), 2u);
  const auto first_to_the_end = [&shared] {
    const RegionIndex moved = shared[0];
    shared.EraseIf([moved](RegionIndex index) { return index == moved; });
    shared.push_back(moved);
  };
  first_to_the_end();
  EXPECT_THAT(t.Verify(), StartsWith("H-G6 one age: "));
  first_to_the_end();
}

TEST_F(VerifierEdgesTest, AChargeOfALargeObjectOneByteOffIsFound_HG7) {
  const std::size_t root = t.NewRoot(t.bytes, 300'000);
  const ByteCount charge = regions().Record(IndexOf(root)).charged;
  for (const ByteCount wrong : {charge - ByteCount(1), charge + ByteCount(1)}) {
    regions().SetCharge(IndexOf(root), wrong);
    EXPECT_THAT(t.Verify(), StartsWith("H-G7 by page: region "));
  }
  regions().SetCharge(IndexOf(root), charge);
}

// Each region is charged for what its record says, and yet the sum is another.
TEST_F(VerifierEdgesTest, SumsOfYoungAndOfOldLargeObjectsAreBothLookedAt_HG7) {
  const std::size_t old = t.NewOldRoot(t.bytes, 300'000);
  const std::size_t young = t.NewRoot(t.bytes, 300'000);
  for (const std::size_t root : {old, young}) {
    RegionRecord& record = regions().Record(IndexOf(root));
    const RegionRecord before = record;
    record.large_size = before.large_size + KiB(8);
    regions().SetCharge(IndexOf(root), before.charged + KiB(8));
    EXPECT_EQ(t.Verify(), "H-G7 by page: the large objects' charges do not add up");
    regions().SetCharge(IndexOf(root), before.charged);
    record = before;
  }
}

TEST_F(VerifierEdgesTest, AMarkInALargeObjectsRegionIsFoundAndNoneIsLeft_GK1) {
  for (const std::size_t length : {40'000u, 300'000u}) {
    const std::size_t root = t.NewRoot(t.bytes, length);
    EXPECT_EQ(t.Verify(), "");
    const Address object = t.roots[root].address();
    EXPECT_FALSE(regions().IsMarked(object));
    regions().TryMark(object);
    EXPECT_THAT(t.Verify(), StartsWith("G-K1 clean: "));
    EXPECT_FALSE(regions().IsMarked(object));
  }
}

TEST_F(VerifierEdgesTest, AReferenceBesideAnObjectsBeginningIsFound_GN2) {
  const std::size_t root = t.NewRoot(t.pair);
  // Bits 1 and 2 of a tagged word: in the same word as the header.
  for (const std::uint64_t beside : {2u, 4u, 6u}) {
    t.Slots(t.roots[root])[0] = ObjectPtr::FromBits(t.roots[root].bits() + beside);
    EXPECT_THAT(t.Verify(), StartsWith("G-N2 no grey: Pair@0x"));
  }
  t.Slots(t.roots[root])[0] = ObjectPtr();
}

TEST_F(VerifierEdgesTest, AYoungLargeHolderThatIsListedWholeIsFound_HR2) {
  const std::size_t root = t.NewRoot(t.list, 5'000);
  RememberedSet& set = t.heap.remembered_set();
  set.AddWhole(t.roots[root]);
  EXPECT_THAT(t.Verify(), HasSubstr("is no old object"));
  ForgetAll(set);
}

TEST_F(VerifierEdgesTest, ACardListedTwiceIsFound_HR2) {
  const std::size_t root = t.NewOldRoot(t.list, 1'000);
  RememberedSet& set = t.heap.remembered_set();
  set.Add(t.roots[root], t.heap.SizeOf(t.roots[root]), t.Elements(t.roots[root]) + 500);
  // Its byte is cleared behind the list's back, so that it is listed once more.
  set.Forget(set.entries()[0]);
  set.Add(t.roots[root], t.heap.SizeOf(t.roots[root]), t.Elements(t.roots[root]) + 500);
  EXPECT_THAT(t.Verify(), HasSubstr("is listed twice"));
  ForgetAll(set);
}

// ---- Holes

TEST_F(VerifierEdgesTest, AHoleThatIsTooSmallOrReachesIntoTheNextRegionIsFound_HJ2) {
  const Address start = DeadRegion(kRegionSize);
  DeadRegion(kRegionSize);  // What is beyond is dead space, too.
  auto& holes = const_cast<Vector<Span>&>(t.heap.new_holes());
  const Address small = start + Heap::kMinNewHole - ByteCount(8);
  Heap::FillDead(start, small);
  Heap::FillDead(small, start + kRegionSize);
  holes.push_back({start, small});
  EXPECT_THAT(t.Verify(), StartsWith("H-J2 worth it: "));
  Heap::FillDead(start, start + kRegionSize);
  holes[0] = {start, start + kRegionSize + ByteCount(8)};
  EXPECT_THAT(t.Verify(), StartsWith("H-J2 worth it: "));
  holes[0] = {start, start + kRegionSize};
  EXPECT_EQ(t.Verify(), "");
  holes.clear();
}

TEST_F(VerifierEdgesTest, AHoleBeyondTheTopOrOfAnotherSizeThanItsFillerIsFound_HJ1) {
  DeadRegion(kRegionSize);
  const Address start = DeadRegion(KiB(4));
  auto& holes = const_cast<Vector<Span>&>(t.heap.new_holes());
  const Span wrong[] = {{start, start + KiB(2)},
                        {start + KiB(5), start + KiB(8)},
                        {start, start + KiB(4) + ByteCount(8)}};
  for (const Span& hole : wrong) {
    holes.push_back(hole);
    // What lies above the top may be anything: here the filler of a hole that is none.
    if (hole.from > start) Heap::FillDead(hole.from, hole.to);
    EXPECT_THAT(t.Verify(), StartsWith("H-J1 free: the hole at 0x"));
    holes.clear();
  }
  holes.push_back({start, start + KiB(4)});
  EXPECT_EQ(t.Verify(), "");
  holes.clear();
}

TEST_F(VerifierEdgesTest, AHoleInTheSpanThatIsBeingFilledIsFound_HJ1) {
  t.NewOldRoot(t.pair);
  OldAllocator& old = t.heap.old_allocator();
  const Span rest = old.rest();
  old.AddHole(rest.from, rest.from + KiB(2));
  EXPECT_THAT(t.Verify(), HasSubstr("H-J1 free: "));
  old.ForgetHoles();
}

// ---- Pins

TEST_F(VerifierEdgesTest, AnEntryWithoutAPinIsFound_HQ2) {
  const std::size_t root = t.NewRoot(t.pair);
  t.heap.pins().Pin(t.roots[root]);
  t.heap.pins().entries().begin()->pins = 0;
  EXPECT_THAT(t.Verify(), StartsWith("H-Q2 counted: the pins of 0x"));
  t.heap.pins().entries().begin()->pins = 1;
  EXPECT_TRUE(t.heap.pins().Unpin(t.roots[root]));
}

}  // namespace
}  // namespace fart

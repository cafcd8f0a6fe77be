// The verifier finds what it says it finds: for each rule the heap is broken on purpose.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "gc/testing/test_heap.h"

namespace fart {

// Breaks the set.
struct RememberedSetTestPeer {
  static void List(RememberedSet& set, RememberedSet::Entry entry) { set.List(entry); }
  static Vector<RememberedSet::Entry> TakeAll(RememberedSet& set) {
    return std::exchange(set.entries_, {});
  }
};

namespace {

using testing::HasSubstr;
using testing::StartsWith;

class VerifierTest : public testing::Test {
 protected:
  // What breaks is repaired before the heap goes, so that nothing else trips over it.
  ~VerifierTest() override { EXPECT_EQ(t.Verify(), ""); }

  TestHeap t;
};

TEST_F(VerifierTest, FindsNothingInASoundHeap) {
  t.NewOldRoot(t.list, 1000);
  t.NewRoot(t.mixed, 10);
  EXPECT_EQ(t.Verify(), "");
}

TEST_F(VerifierTest, FindsAYoungReferenceInAnOldObjectThatIsNotRemembered_HR1) {
  const std::size_t root = t.NewOldRoot(t.pair);
  t.Slots(t.roots[root])[1] = t.New(t.pair);
  EXPECT_THAT(t.Verify(), StartsWith("H-R1 complete: Pair@0x"));
  EXPECT_THAT(t.Verify(), HasSubstr("+16 -> 0x"));
  EXPECT_THAT(t.Verify(), HasSubstr("(new), holder not remembered"));
  t.Slots(t.roots[root])[1] = ObjectPtr();
}

TEST_F(VerifierTest, FindsAYoungReferenceOutsideTheRememberedCards_HR1) {
  const std::size_t root = t.NewOldRoot(t.list, 1000);
  t.SetElement(t.roots[root], 0, t.New(t.pair));
  t.Elements(t.roots[root])[900] = t.Elements(t.roots[root])[0];
  EXPECT_THAT(t.Verify(), StartsWith("H-R1 complete: List@0x"));
  t.Elements(t.roots[root])[900] = ObjectPtr();
}

TEST_F(VerifierTest, FindsAYoungWeakReferenceThatIsNotRemembered_HR1) {
  const std::size_t root = t.NewOldRoot(t.weak);
  t.Weaks(t.roots[root])[0] = t.New(t.pair);
  EXPECT_THAT(t.Verify(), StartsWith("H-R1 complete: Weak@0x"));
  t.Weaks(t.roots[root])[0] = ObjectPtr();
}

TEST_F(VerifierTest, FindsAHolderListedTwice_HR2) {
  const std::size_t root = t.NewOldRoot(t.pair);
  RememberedSet& set = t.heap.remembered_set();
  set.AddWhole(t.roots[root]);
  RememberedSetTestPeer::List(set, set.entries()[0]);
  EXPECT_THAT(t.Verify(), HasSubstr("H-R2 once: 0x"));
  EXPECT_THAT(t.Verify(), HasSubstr("is listed twice"));
  for (const RememberedSet::Entry& entry : RememberedSetTestPeer::TakeAll(set)) set.Forget(entry);
}

TEST_F(VerifierTest, FindsAListedHolderWithoutItsBit_HR2) {
  const std::size_t root = t.NewOldRoot(t.pair);
  RememberedSet& set = t.heap.remembered_set();
  RememberedSetTestPeer::List(set, {.holder = t.roots[root], .card = RememberedSet::Entry::kWhole});
  EXPECT_THAT(t.Verify(), HasSubstr("is listed without its bit"));
  RememberedSetTestPeer::TakeAll(set);
}

TEST_F(VerifierTest, FindsABitWhoseHolderIsNotListed_HR2) {
  const std::size_t root = t.NewOldRoot(t.pair);
  const Header header = Header::Of(t.roots[root]);
  header.WithRemembered(true).StoreTo(t.roots[root]);
  EXPECT_EQ(t.Verify(), "H-R2 once: 1 objects have the remembered bit, 0 are listed");
  header.StoreTo(t.roots[root]);
}

TEST_F(VerifierTest, FindsACardWhoseByteIsSetAndThatIsNotListed_HR2) {
  const std::size_t root = t.NewOldRoot(t.list, 1000);
  RememberedSet& set = t.heap.remembered_set();
  set.Add(t.roots[root], t.heap.SizeOf(t.roots[root]), t.Elements(t.roots[root]) + 999);
  const Vector<RememberedSet::Entry> taken = RememberedSetTestPeer::TakeAll(set);
  EXPECT_EQ(t.Verify(), "H-R2 once: 1 cards' bytes are set, 0 cards are listed");
  set.Forget(taken[0]);
}

TEST_F(VerifierTest, FindsAListedCardWithoutItsByte_HR2) {
  const std::size_t root = t.NewOldRoot(t.list, 1000);
  RememberedSet& set = t.heap.remembered_set();
  RememberedSetTestPeer::List(set, {.holder = t.roots[root], .card = 3});
  EXPECT_THAT(t.Verify(), HasSubstr("is listed without its bit"));
  RememberedSetTestPeer::TakeAll(set);
}

TEST_F(VerifierTest, FindsAYoungHolderInTheSet_HR2) {
  const std::size_t root = t.NewRoot(t.pair);
  RememberedSet& set = t.heap.remembered_set();
  set.AddWhole(t.roots[root]);
  EXPECT_THAT(t.Verify(), HasSubstr("is no old object"));
  for (const RememberedSet::Entry& entry : RememberedSetTestPeer::TakeAll(set)) set.Forget(entry);
}

TEST_F(VerifierTest, FindsFlagsOfRegion0_HOG1) {
  t.heap.regions().SetFlags(0, kNewSpaceFlags);
  EXPECT_EQ(t.Verify(), "HO-G1 region 0: its flags are not 0");
  t.heap.regions().SetFlags(0, 0);
}

TEST_F(VerifierTest, FindsARegionWithAnotherSpacesFlags_HOG2) {
  t.NewRoot(t.pair);
  const RegionIndex index = t.heap.new_regions()[0];
  t.heap.regions().SetFlags(index, kOldSpaceFlags);
  EXPECT_THAT(t.Verify(), StartsWith("HO-G2 one space: region " + std::to_string(index)));
  t.heap.regions().SetFlags(index, kNewSpaceFlags | kEvacuating);
  EXPECT_THAT(t.Verify(), StartsWith("HO-G2 one space: region " + std::to_string(index)));
  t.heap.regions().SetFlags(index, kNewSpaceFlags);
}

TEST_F(VerifierTest, FindsAWordThatIsNoHeader_HG3) {
  const std::size_t root = t.NewRoot(t.pair);
  const Header header = Header::Of(t.roots[root]);
  for (const std::uint64_t bad : {std::uint64_t{0}, t.roots[root].address().value(),
                                  RegionSpace::kZap, Header::Make(ShapeId{0}, WordCount(3)).bits(),
                                  Header::Make(ShapeId{9999}, WordCount(3)).bits()}) {
    Header(bad).StoreTo(t.roots[root]);
    EXPECT_THAT(t.Verify(), StartsWith("H-G3 walkable: ")) << std::hex << bad;
  }
  header.StoreTo(t.roots[root]);
}

TEST_F(VerifierTest, FindsAnObjectThatReachesBeyondItsRegionsTop_HG3) {
  const std::size_t root = t.NewRoot(t.pair);
  const Header header = Header::Of(t.roots[root]);
  Header::Make(t.pair, WordCount(4)).StoreTo(t.roots[root]);
  EXPECT_THAT(t.Verify(), HasSubstr("reaches beyond its region's top"));
  header.StoreTo(t.roots[root]);
}

TEST_F(VerifierTest, FindsARegionThatNoSpaceLists_HG4_HH1) {
  RegionSpace& regions = t.heap.regions();
  const RegionIndex index = regions.Take(1, kOldSpaceFlags);
  EXPECT_EQ(t.Verify(), "H-H1 one home: 0 regions are listed, 1 are in use");
  regions.Retire(index, 1, {});
}

TEST_F(VerifierTest, FindsUseOfOldSpaceThatIsNotCounted_HH3) {
  const std::size_t root = t.NewRoot(t.pair);
  t.PromoteAll();
  Address& top = t.heap.regions().Record(t.heap.regions().IndexOf(t.roots[root].address())).top;
  const ByteCount used = t.heap.OldUsed();
  Heap::FillDead(top, top + ByteCount(64));
  top = top + ByteCount(64);
  EXPECT_THAT(t.Verify(), HasSubstr("H-H3 used: old space has " +
                                    std::to_string((used + ByteCount(64)).value()) +
                                    " bytes in use, " + std::to_string(used.value()) + " are"));
  top = top - ByteCount(64);
}

// Over the borders of regions, and again after a major collection that leaves some.
TEST_F(VerifierTest, TheUseOfOldSpaceIsCountedAsItGrows_HH3) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 300; ++i) t.NewRoot(t.list, 250);
    t.PromoteAll();
    EXPECT_GT(t.heap.old_regions().size(), 2u);
    EXPECT_EQ(t.heap.OldUsed(), t.heap.OldUse().used);
    for (std::size_t i = 0; i < t.roots.size(); i += 2) t.roots[i] = ObjectPtr();
    t.Major();
    EXPECT_EQ(t.heap.OldUsed(), t.heap.OldUse().used);
  }
}

TEST_F(VerifierTest, FindsLargeObjectsThatAreNotCounted_HG9) {
  const std::size_t root = t.NewRoot(t.list, 50'000);
  RegionRecord& record = t.heap.regions().Record(t.heap.regions().IndexOf(t.roots[root].address()));
  record.large_size += ByteCount(8);
  EXPECT_THAT(t.Verify(), HasSubstr("H-G9 used: large objects have "));
  record.large_size -= ByteCount(8);
}

TEST_F(VerifierTest, FindsARegionIntoWhichFewerReachThanItSays_HG10) {
  const std::size_t root = t.NewRoot(t.list, 50'000);
  const RegionIndex first = t.heap.regions().IndexOf(t.roots[root].address());
  for (const RegionIndex index : {first, first + 1}) {
    RegionRecord& record = t.heap.regions().Record(index);
    ++record.large_objects;
    EXPECT_THAT(t.Verify(), HasSubstr("H-G10 reached: "));
    --record.large_objects;
  }
  // The sum is right.
  ++t.heap.regions().Record(first).large_objects;
  --t.heap.regions().Record(first + 1).large_objects;
  EXPECT_THAT(t.Verify(), HasSubstr("H-G10 reached: "));
  --t.heap.regions().Record(first).large_objects;
  ++t.heap.regions().Record(first + 1).large_objects;
  EXPECT_EQ(t.Verify(), "");
}

TEST_F(VerifierTest, FindsARegionListedTwice_HH1) {
  t.NewRoot(t.pair);
  t.heap.new_regions().push_back(t.heap.new_regions()[0]);
  EXPECT_EQ(t.Verify(), "H-H1 one home: 2 regions are listed, 1 are in use");
  t.heap.new_regions().pop_back();
}

TEST_F(VerifierTest, FindsAChargeThatNoRegionHas_HG4) {
  RegionSpace& regions = t.heap.regions();
  t.NewRoot(t.pair);
  regions.Record(t.heap.new_regions()[0]).charged += ByteCount(8);
  EXPECT_EQ(t.Verify(),
            "H-G4 counted: the regions are charged with 262152 bytes, 262144 are counted");
  regions.Record(t.heap.new_regions()[0]).charged -= ByteCount(8);
}

TEST_F(VerifierTest, FindsALargeObjectsRegionWithAnotherSpacesFlags_HOG2_HG5) {
  for (const std::size_t length : {5'000u, 50'000u}) {
    const std::size_t root = t.NewRoot(t.list, length);
    const RegionIndex index = t.heap.regions().IndexOf(t.roots[root].address());
    t.heap.regions().SetFlags(index, kNewSpaceFlags);
    EXPECT_THAT(t.Verify(), StartsWith("HO-G2 one space: region " + std::to_string(index) +
                                       ", listed in large objects"));
    t.heap.regions().SetFlags(index, kYoungLargeFlags);
  }
}

TEST_F(VerifierTest, FindsAnOpenRegionWithSurvivors_HG6) {
  t.NewRoot(t.list, 5'000);
  t.heap.regions().Record(t.heap.large().open_region()).age = 1;
  EXPECT_THAT(t.Verify(), StartsWith("H-G6 one age: the open region "));
  t.heap.regions().Record(t.heap.large().open_region()).age = 0;
}

TEST_F(VerifierTest, FindsALargeObjectThatIsNotChargedByPage_HG7) {
  const std::size_t root = t.NewRoot(t.list, 50'000);
  const RegionIndex index = t.heap.regions().IndexOf(t.roots[root].address());
  const ByteCount charge = t.heap.regions().Record(index).charged;
  t.heap.regions().SetCharge(index, charge + ByteCount(1));
  EXPECT_THAT(t.Verify(), HasSubstr("H-G7 by page: "));
  t.heap.regions().SetCharge(index, charge);
}

TEST_F(VerifierTest, FindsAYoungReferenceInAYoungLargeObjectWithoutItsCard_HR1) {
  const std::size_t root = t.NewRoot(t.list, 5'000);
  t.Elements(t.roots[root])[900] = t.New(t.pair);
  EXPECT_THAT(t.Verify(), StartsWith("H-R1 complete: List@0x"));
  t.Elements(t.roots[root])[900] = ObjectPtr();
}

TEST_F(VerifierTest, FindsAHoleInWhichSomethingLives_HJ1) {
  const std::size_t root = t.NewOldRoot(t.list, 1000);
  OldAllocator& old = t.heap.old_allocator();
  const Address object = t.roots[root].address();
  old.AddHole(object, object + t.heap.SizeOf(t.roots[root]));
  EXPECT_THAT(t.Verify(), StartsWith("H-J1 free: the hole at 0x"));
  EXPECT_THAT(t.Verify(), HasSubstr("is not dead space"));
  old.ForgetHoles();
}

TEST_F(VerifierTest, FindsAHoleThatOverlapsAnother_HJ1) {
  t.NewOldRoot(t.list, 1000);
  OldAllocator& old = t.heap.old_allocator();
  old.AddTail(old.region());  // It is in use.
  EXPECT_THAT(t.Verify(), HasSubstr("overlaps the one before it"));
  old.ForgetHoles();
}

TEST_F(VerifierTest, FindsAHoleThatIsNotInOldSpace_HJ2) {
  const std::size_t root = t.NewRoot(t.list, 1000);
  OldAllocator& old = t.heap.old_allocator();
  const Address object = t.roots[root].address();
  old.AddHole(object, object + KiB(2));
  EXPECT_THAT(t.Verify(), StartsWith("H-J2 worth it: the hole at 0x"));
  old.ForgetHoles();
}

TEST_F(VerifierTest, FindsHolesThatAreNotCounted_HJ3) {
  const std::size_t root = t.NewOldRoot(t.list, 1000);
  OldAllocator& old = t.heap.old_allocator();
  Address& top = t.heap.regions().Record(old.region()).top;
  Heap::FillDead(top, top + KiB(2));
  t.heap.SetOldUnswept(ByteCount());
  const Address hole = top;
  top = hole + KiB(2);
  old.AddHole(hole, hole + KiB(2));
  old.Abandon();
  t.heap.CountOldUsed();
  ASSERT_EQ(t.Verify(), "");
  top = hole;
  t.heap.CountOldUsed();
  EXPECT_THAT(t.Verify(), StartsWith("H-J3 counted: 0 bytes are in holes, 2048 counted"));
  old.ForgetHoles();
  t.roots[root] = ObjectPtr();
}

TEST_F(VerifierTest, FindsDeadThatAreNotCounted_GS7) {
  t.heap.SetOldUnswept(ByteCount(8));
  EXPECT_THAT(t.Verify(), StartsWith("G-S7 gaps: 0 bytes wait to be swept, 8 counted"));
  t.heap.SetOldUnswept(ByteCount());
}

TEST_F(VerifierTest, FindsAHoleOfNewSpaceInWhichSomethingLives_HJ1) {
  const std::size_t root = t.NewRoot(t.list, 1000);
  const Address object = t.roots[root].address();
  t.heap.GiveBackNewHole({object, object + KiB(2)});
  EXPECT_THAT(t.Verify(), StartsWith("H-J1 free: the hole at 0x"));
  t.heap.ForgetNewHoles();
}

TEST_F(VerifierTest, FindsALengthThatDoesNotGiveTheSize_HOS2) {
  const std::size_t root = t.NewRoot(t.list, 10);
  Shape::Length(t.roots[root].address()) = 11;
  EXPECT_THAT(t.Verify(), StartsWith("HO-S2 covers: List@0x"));
  Shape::Length(t.roots[root].address()) = 10;
}

TEST_F(VerifierTest, FindsALargeObjectsLengthThatDoesNotGiveItsSize_HOS2) {
  const std::size_t root = t.NewRoot(t.list, 10'000);
  Shape::Length(t.roots[root].address()) = 9'999;
  EXPECT_THAT(t.Verify(), StartsWith("HO-S2 covers: List@0x"));
  Shape::Length(t.roots[root].address()) = 10'000;
}

TEST_F(VerifierTest, FindsAReferenceToWhereNoObjectIs_GN2) {
  const std::size_t root = t.NewRoot(t.pair);
  const Address object = t.roots[root].address();
  const Address foreign = Address::Of(this);
  for (const Address bad : {object + ByteCount(8), t.heap.regions().StartOf(1000), foreign}) {
    t.Slots(t.roots[root])[0] = ObjectPtr::FromBits(bad.value() + 1);
    EXPECT_THAT(t.Verify(), StartsWith("G-N2 no grey: Pair@0x"));
    EXPECT_THAT(t.Verify(), HasSubstr("(no object there)"));
  }
  t.Slots(t.roots[root])[0] = ObjectPtr();
}

TEST_F(VerifierTest, FindsAReferenceIntoDeadSpace_GN2) {
  const std::size_t root = t.NewRoot(t.pair);
  const Header header = Header::Of(t.roots[root]);
  Heap::FillDead(t.roots[root].address(), t.roots[root].address() + ByteCount(24));
  EXPECT_THAT(t.Verify(), StartsWith("G-N2 no grey: other root@0x"));
  header.StoreTo(t.roots[root]);
}

TEST_F(VerifierTest, FindsAWeakReferenceToWhereNoObjectIs_GN2) {
  const std::size_t root = t.NewRoot(t.weak);
  t.Weaks(t.roots[root])[0] = ObjectPtr::FromBits(t.roots[root].bits() + 8);
  EXPECT_THAT(t.Verify(), StartsWith("G-N2 no grey: Weak@0x"));
  t.Weaks(t.roots[root])[0] = ObjectPtr();
}

TEST_F(VerifierTest, FindsARootAndAWeakHandleToWhereNoObjectIs_GN2) {
  const std::size_t root = t.NewRoot(t.pair);
  const ObjectPtr good = t.roots[root];
  t.roots[root] = ObjectPtr::FromBits(good.bits() + 8);
  EXPECT_THAT(t.Verify(), StartsWith("G-N2 no grey: other root@0x"));
  t.roots[root] = good;
  const std::size_t weak = t.weaks.Add(ObjectPtr::FromBits(good.bits() + 8));
  EXPECT_THAT(t.Verify(), StartsWith("G-N2 no grey: weak handle@0x"));
  t.weaks[weak] = ObjectPtr();
}

TEST_F(VerifierTest, FindsAMarkThatAPauseLeft_GK1) {
  const std::size_t root = t.NewRoot(t.pair);
  t.heap.regions().TryMark(t.roots[root].address());
  EXPECT_THAT(t.Verify(), StartsWith("G-K1 clean: "));
  t.heap.regions().TryMark(t.roots[root].address() + ByteCount(8));  // where no object begins
  EXPECT_THAT(t.Verify(), StartsWith("G-K1 clean: "));
}

TEST_F(VerifierTest, FindsAKeptObjectThatAPauseLeft_HOF3) {
  const std::size_t root = t.NewRoot(t.pair);
  const Header header = Header::Of(t.roots[root]);
  header.WithKept(true).StoreTo(t.roots[root]);
  EXPECT_THAT(t.Verify(), StartsWith("HO-F3 kept: Pair@0x"));
  header.StoreTo(t.roots[root]);
}

// A provider that forgets its young slots when asked for them, or has a finding of its own.
class LyingProvider final : public RootProvider, public WeakProvider {
 public:
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override {
    if (set != SlotSet::kYoung) visitor.VisitSlot(RootKind::kStack, &slot);
  }
  void VisitWeak(SlotSet set, WeakVisitor& visitor) override {
    if (set != SlotSet::kYoung) visitor.Visit(RootKind::kWeakHandle, &slot, ByteCount());
  }
  void Verify(VerifyReporter& reporter) const override {
    if (finding != nullptr) reporter.Report("X1 of its own", finding);
  }

  ObjectPtr slot;
  const char* finding = nullptr;
};

TEST_F(VerifierTest, FindsARootProviderThatDoesNotVisitAYoungSlot_HOP1) {
  LyingProvider provider;
  const RootRegistration registration(t.gc, provider);
  provider.slot = t.New(t.pair);
  EXPECT_THAT(t.Verify(), StartsWith("HO-P1 young: the slot at 0x"));
}

TEST_F(VerifierTest, FindsAWeakProviderThatDoesNotVisitAYoungSlot_HOP1) {
  LyingProvider provider;
  const WeakRegistration registration(t.gc, provider);
  provider.slot = t.New(t.pair);
  EXPECT_THAT(t.Verify(), StartsWith("HO-P1 young: the slot at 0x"));
}

TEST_F(VerifierTest, FindsAPinWhereNoObjectIs_HQ1) {
  const std::size_t root = t.NewRoot(t.pair);
  const ObjectPtr inside = ObjectPtr::FromAddress(t.roots[root].address() + ByteCount(kWordSize));
  t.heap.pins().Pin(inside);
  EXPECT_THAT(t.Verify(), StartsWith("H-Q1 stays: no object at 0x"));
  EXPECT_TRUE(t.heap.pins().Unpin(inside));
}

TEST_F(VerifierTest, PassesOnWhatAProviderFinds) {
  LyingProvider provider;
  provider.finding = "slot 3 is lost";
  const RootRegistration roots(t.gc, provider);
  EXPECT_EQ(t.Verify(), "X1 of its own: slot 3 is lost");
}

TEST_F(VerifierTest, PassesOnWhatAWeakProviderFinds) {
  LyingProvider provider;
  provider.finding = "slot 4 is lost";
  const WeakRegistration weaks(t.gc, provider);
  EXPECT_EQ(t.Verify(), "X1 of its own: slot 4 is lost");
}

}  // namespace
}  // namespace fart

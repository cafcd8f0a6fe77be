#include <gtest/gtest.h>

#include <array>

#include "heap/object/forwarding.h"
#include "heap/object/header.h"
#include "heap/object/object_ptr.h"
#include "heap/object/region_flags.h"
#include "heap/object/shape.h"

namespace fart {
namespace {

TEST(ObjectPtrTest, SmisKeepTheirValueAtTheLimits) {
  for (const std::int64_t value : {ObjectPtr::kSmiMin, std::int64_t{-1}, std::int64_t{0},
                                   std::int64_t{1}, ObjectPtr::kSmiMax}) {
    const ObjectPtr smi = ObjectPtr::FromSmi(value);
    EXPECT_TRUE(smi.IsSmi());
    EXPECT_FALSE(smi.IsTagged());
    EXPECT_EQ(smi.SmiValue(), value);
  }
  EXPECT_FALSE(ObjectPtr::IsSmiValue(ObjectPtr::kSmiMax + 1));
  EXPECT_FALSE(ObjectPtr::IsSmiValue(ObjectPtr::kSmiMin - 1));
}

TEST(ObjectPtrTest, ImmediatesAreNeitherSmisNorHeapObjects) {
  for (unsigned i = 0; i < ObjectPtr::kImmediates; ++i) {
    const ObjectPtr immediate = ObjectPtr::Immediate(i);
    EXPECT_TRUE(immediate.IsImmediate());
    EXPECT_FALSE(immediate.IsSmi());
    EXPECT_FALSE(immediate.IsHeapObject());
    EXPECT_EQ(immediate.ImmediateNumber(), i);
    EXPECT_EQ(RegionFlags(nullptr, ~0u).IndexOf(Address(immediate.bits())), 0u);  // HO-G1
  }
  EXPECT_TRUE(ObjectPtr::Immediate(0).is_null());
}

TEST(HeaderTest, FieldsDoNotDisturbEachOther) {
  const Header header = Header::Make(ShapeId{262143}, WordCount(65535))
                            .WithAge(3)
                            .WithHash(0x1FFFFFF)
                            .WithRemembered(true);
  EXPECT_TRUE(header.IsHeader());
  EXPECT_EQ(header.shape(), ShapeId{262143});
  EXPECT_EQ(header.size(), WordCount(65535));
  EXPECT_EQ(header.age(), 3u);
  EXPECT_EQ(header.hash(), 0x1FFFFFFu);
  EXPECT_TRUE(header.remembered());
  EXPECT_FALSE(header.kept());
  EXPECT_EQ(header.WithAge(9).age(), Header::kMaxAge);
  EXPECT_EQ(header.WithRemembered(false).hash(), 0x1FFFFFFu);
}

TEST(ForwardingTest, AnAddressReplacesTheHeader) {
  alignas(8) std::array<std::uint64_t, 2> object = {Header::Make(ShapeId{7}, WordCount(2)).bits(),
                                                    0};
  alignas(8) std::array<std::uint64_t, 2> copy = object;
  ForwardingCell<false> cell(Address::Of(&object));
  const ForwardingResult result = cell.Publish(cell.Load(), Address::Of(&copy));
  EXPECT_EQ(result.outcome, Forwarding::kCopied);
  EXPECT_TRUE(ForwardingCell<false>::IsForwarded(cell.Load()));
  EXPECT_EQ(ForwardingCell<false>::ForwardedTo(cell.Load()), Address::Of(&copy));
}

TEST(ForwardingTest, AKeptObjectKeepsItsHeader_HOF3) {
  alignas(8) std::array<std::uint64_t, 2> object = {Header::Make(ShapeId{7}, WordCount(2)).bits(),
                                                    0};
  ForwardingCell<false> cell(Address::Of(&object));
  EXPECT_EQ(cell.Keep(cell.Load()).where, Address::Of(&object));
  EXPECT_EQ(cell.Load().shape(), ShapeId{7});
  EXPECT_TRUE(cell.Load().kept());
}

TEST(ShapeTest, PartsCoverTheObjectWithoutOverlap_HOS2) {
  const Shape shape({.name = "all",
                     .references = 3,
                     .weak_references = 2,
                     .raw_bytes = 12,
                     .variable_part = VariablePart::kBytes});
  EXPECT_EQ(shape.references_offset(), ByteCount(16));
  EXPECT_EQ(shape.weak_offset(), ByteCount(40));
  EXPECT_EQ(shape.raw_offset(), ByteCount(56));
  EXPECT_EQ(shape.variable_offset(), ByteCount(72));
  EXPECT_EQ(shape.SizeFor(0), ByteCount(72));
  EXPECT_EQ(shape.SizeFor(1), ByteCount(80));
  EXPECT_EQ(shape.SizeFor(8), ByteCount(80));
}

TEST(ShapeTest, ImpossibleDescriptionsAreRefused) {
  EXPECT_FALSE(Shape::IsPossible({.references = 1, .ephemeron = true}));
  EXPECT_FALSE(Shape::IsPossible({.references = 100000}));
  EXPECT_FALSE(Shape::IsPossible({.references = 0xFFFFFFFF, .weak_references = 0xFFFFFFFF}));
  EXPECT_TRUE(Shape::IsPossible({.references = 2, .ephemeron = true}));
}

}  // namespace
}  // namespace fart

// Shapes that come and go, also where there is no memory for them.

#include "vm/memory/core_shapes.h"

#include <gtest/gtest.h>

#include <new>
#include <string>
#include <vector>

#include "heap/heap.h"
#include "heap/platform/testing/refusing_memory.h"

namespace fart {
namespace {

class CoreShapesTest : public testing::Test {
 protected:
  // 0: it was refused.
  ShapeId Register(const std::string& name, std::uint32_t references = 1, void* owner = nullptr) {
    ShapeId id{};
    const bool done = shapes_.Register({.name = name.c_str(), .references = references},
                                       {.kind = ShapeKind::kEmbedder, .owner = owner}, &id);
    return done ? id : ShapeId{};
  }
  std::string NameOf(ShapeId id) { return heap_.shapes()[id].name(); }

  Heap heap_{HeapKnobs{.heap_limit = MiB(4)}};
  ShapeRegistry shapes_{heap_.shapes()};
};

TEST_F(CoreShapesTest, TheCoreShapesComeFirstInTheirOrder_VMK1) {
  EXPECT_EQ(shapes_.size(), core_shape::kLimit);
  EXPECT_EQ(NameOf(core_shape::kGrowableList), "List");
  EXPECT_EQ(NameOf(core_shape::kByteBuffer), "ByteBuffer");
  EXPECT_EQ(shapes_[core_shape::kMint].kind, ShapeKind::kMint);
  EXPECT_EQ(Register("first"), ShapeId{core_shape::kLimit});
}

// Every layout that differs in one thing is another.
TEST_F(CoreShapesTest, AReleasedShapeServesItsOwnLayoutOnly_VMK3) {
  const ShapeDescription layouts[] = {
      {.name = "a", .references = 2},
      {.name = "a", .references = 3},
      {.name = "a", .references = 2, .weak_references = 1},
      {.name = "a", .references = 2, .raw_bytes = 8},
      {.name = "a", .references = 2, .variable_part = VariablePart::kBytes},
      {.name = "a", .references = 2, .variable_part = VariablePart::kReferences},
      {.name = "a", .references = 2, .ephemeron = true},
  };
  for (const ShapeDescription& layout : layouts) {
    ShapeId released{};
    ASSERT_TRUE(shapes_.Register(layout, {.kind = ShapeKind::kEmbedder}, &released));
    shapes_.Release(released);
    for (const ShapeDescription& other : layouts) {
      if (&other == &layout) continue;
      ShapeId id{};
      ASSERT_TRUE(shapes_.Register(other, {.kind = ShapeKind::kEmbedder}, &id));
      EXPECT_NE(id, released);
    }
    ShapeId again{};
    ASSERT_TRUE(shapes_.Register(layout, {.kind = ShapeKind::kInstance}, &again));
    EXPECT_EQ(again, released);
    ASSERT_TRUE(shapes_.Register(layout, {.kind = ShapeKind::kInstance}, &again));
    EXPECT_NE(again, released) << "it serves once";
  }
}

TEST_F(CoreShapesTest, AReleasedShapeForgetsWhatItWasAndTakesNameAndOwnerOfTheNext) {
  int owner = 0;
  const ShapeId first = Register("first", 1, &owner);
  const ShapeId second = Register("second", 1, &owner);
  const ShapeId third = Register("third", 2, &owner);
  shapes_.Release(first);
  EXPECT_EQ(shapes_[first].kind, ShapeKind::kNone);
  EXPECT_EQ(shapes_[first].owner, nullptr);
  shapes_.Release(third);
  shapes_.Release(second);
  // The latest that fits.
  EXPECT_EQ(Register("a name of more than a few characters", 1, &owner), second);
  EXPECT_EQ(NameOf(second), "a name of more than a few characters");
  EXPECT_EQ(shapes_[second].kind, ShapeKind::kEmbedder);
  EXPECT_EQ(shapes_[second].owner, &owner);
  EXPECT_EQ(Register("fourth", 1), first);
  EXPECT_EQ(Register("fifth", 2), third);
  EXPECT_EQ(NameOf(first), "fourth");
  EXPECT_EQ(NameOf(third), "fifth");
  EXPECT_EQ(Register("sixth", 2), ShapeId{static_cast<std::uint32_t>(third) + 1});
}

TEST_F(CoreShapesTest, WhatNoShapeCanBeChangesNothing) {
  ShapeId id{};
  EXPECT_FALSE(shapes_.Register({.name = "huge", .references = ~std::uint32_t{0}},
                                {.kind = ShapeKind::kEmbedder}, &id));
  EXPECT_EQ(shapes_.size(), core_shape::kLimit);
  const ShapeId a = Register("a");
  const ShapeId b = Register("b");
  shapes_.Release(b);
  EXPECT_EQ(Register("c"), b);
  EXPECT_EQ(NameOf(a), "a") << "each has the place of its own name";
  EXPECT_EQ(NameOf(b), "c");
}

// Wherever it runs out: what was registered is there with its name, and the next one follows it.
TEST(CoreShapesMemoryTest, WithoutMemoryNothingIsRegistered_VMK2) {
  for (const SystemCall kind : {SystemCall::kMalloc, SystemCall::kNew}) {
    const SweepResult result = SweepFailures(kind, [] {
      Heap heap(HeapKnobs{.heap_limit = MiB(4)});
      if (!heap.IsReserved()) return SweepOutcome::kRefused;
      ShapeRegistry shapes(heap.shapes());
      std::vector<std::string> names;
      {
        const NotRefused own;
        for (int i = 0; i < 200; ++i) {
          names.push_back("a shape whose name is long: " + std::to_string(i));
        }
      }
      std::uint32_t made = 0;
      bool refused = false;
      try {
        for (; made < names.size(); ++made) {
          ShapeId id{};
          if (!shapes.Register({.name = names[made].c_str(), .references = 1},
                               {.kind = ShapeKind::kEmbedder}, &id)) {
            throw std::bad_alloc();
          }
        }
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      const auto nth = [](std::uint32_t index) { return ShapeId{core_shape::kLimit + index}; };
      EXPECT_EQ(shapes.size(), core_shape::kLimit + made);
      ShapeId id{};
      EXPECT_TRUE(shapes.Register({.name = "x", .references = 1}, {}, &id));
      EXPECT_EQ(id, nth(made));
      EXPECT_TRUE(shapes.Register({.name = "y", .references = 1}, {}, &id));
      EXPECT_EQ(id, nth(made + 1));
      for (std::uint32_t i = 0; i < shapes.size() - core_shape::kLimit; ++i) {
        shapes.Release(nth(i));  // There is room for all. (VM-K3)
      }
      EXPECT_TRUE(shapes.Register({.name = "z", .references = 1}, {}, &id));
      EXPECT_EQ(id, nth(made + 1));
      EXPECT_STREQ(heap.shapes()[nth(made)].name(), "x") << "each has the place of its own name";
      for (std::uint32_t i = 0; i < made; ++i) EXPECT_EQ(heap.shapes()[nth(i)].name(), names[i]);
      return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
    });
    EXPECT_GT(result.refusals, 0u) << SystemCallName(kind);
  }
}

}  // namespace
}  // namespace fart

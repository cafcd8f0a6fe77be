// A collection that gets no memory for copies: what would have moved is kept, nothing is lost.

#include <gtest/gtest.h>

#include <string>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

constexpr std::int64_t kNodes = 2'500;

// A graph of all shapes with a checksum: a list of nodes, each of which is one of six kinds and
// has its number somewhere.
class Graph {
 public:
  explicit Graph(TestHeap& t) : t_(t) {
    list_ = t.NewRoot(t.list, kNodes);
    for (std::int64_t i = 0; i < kNodes; ++i) {
      const ObjectPtr node = NewNode(i);
      t.SetElement(t.roots[list_], static_cast<std::size_t>(i), node);
    }
  }

  // Every third element dies.
  void DropSome() {
    for (std::size_t i = 0; i < kNodes; i += 3) t_.SetElement(t_.roots[list_], i, ObjectPtr());
  }
  void DropAll() { t_.roots[list_] = ObjectPtr(); }

  void ExpectWhole() {
    for (std::int64_t i = 0; i < kNodes; ++i) {
      const ObjectPtr node = t_.Elements(t_.roots[list_])[i];
      if (node.is_null()) continue;
      ASSERT_EQ(NumberOf(node, i), i);
    }
  }

 private:
  ObjectPtr NewNode(std::int64_t i) {
    const ObjectPtr number = t_.NewNumber(i);
    switch (i % 6) {
      case 0:
        return number;
      case 1: {
        const ObjectPtr node = t_.New(t_.list, static_cast<std::size_t>(i % 40 + 1));
        t_.SetElement(node, static_cast<std::size_t>(i % 40), number);
        return node;
      }
      case 2: {
        const ObjectPtr node = t_.New(t_.weak);
        t_.Set(node, 0, number);
        t_.SetWeak(node, 0, number);
        return node;
      }
      case 3: {
        const ObjectPtr node = t_.New(t_.ephemeron);
        t_.Set(node, 0, node);
        t_.Set(node, 1, number);
        return node;
      }
      case 4: {
        const ObjectPtr node = t_.New(t_.mixed, 2);
        t_.SetElement(node, 1, number);
        return node;
      }
      default: {
        const ObjectPtr node = t_.New(t_.bytes, 8);
        *reinterpret_cast<std::int64_t*>(t_.heap.ShapeOf(node).VariableBytes(node.address())) = i;
        return node;
      }
    }
  }
  std::int64_t NumberOf(ObjectPtr node, std::int64_t i) {
    switch (i % 6) {
      case 0:
        return t_.Number(node);
      case 1:
        return t_.Number(t_.Elements(node)[i % 40]);
      case 2:
        EXPECT_EQ(t_.Weaks(node)[0], t_.Slots(node)[0]);
        return t_.Number(t_.Slots(node)[0]);
      case 3:
        EXPECT_EQ(t_.Slots(node)[0], node);
        return t_.Number(t_.Slots(node)[1]);
      case 4:
        return t_.Number(t_.Elements(node)[1]);
      default:
        return *reinterpret_cast<std::int64_t*>(
            t_.heap.ShapeOf(node).VariableBytes(node.address()));
    }
  }

  TestHeap& t_;
  std::size_t list_;
};

enum class Scenario { kMinor, kSecondMinor, kMajor, kStressMajor };

class KeptObjectsTest : public testing::TestWithParam<Scenario> {};

INSTANTIATE_TEST_SUITE_P(All, KeptObjectsTest,
                         testing::Values(Scenario::kMinor, Scenario::kSecondMinor, Scenario::kMajor,
                                         Scenario::kStressMajor),
                         [](const testing::TestParamInfo<Scenario>& info) {
                           return std::string(info.param == Scenario::kMinor         ? "Minor"
                                              : info.param == Scenario::kSecondMinor ? "SecondMinor"
                                              : info.param == Scenario::kMajor       ? "Major"
                                                                               : "StressMajor");
                         });

TEST_P(KeptObjectsTest, NothingIsLostWhateverTheBudget) {
  bool kept_some = false;
  for (std::uint32_t budget = 0;; ++budget) {
    SCOPED_TRACE(budget);
    TestHeapOptions options{.heap = {.new_space_min = MiB(8)}};
    if (GetParam() == Scenario::kStressMajor) {
      options.heap.stress_interval = 1'000'000;
      options.heap.protect_retired = true;
    }
    TestHeap t(options);
    Graph graph(t);
    const std::size_t large = t.NewRoot(t.list, 50'000);
    t.SetElement(t.roots[large], 49'999, t.NewNumber(7));
    if (GetParam() != Scenario::kMinor) t.Minor();
    if (GetParam() == Scenario::kMajor || GetParam() == Scenario::kStressMajor) t.Minor();
    graph.DropSome();
    const std::size_t dead = t.weaks.Add(t.NewNumber(3));
    t.listener.reports.clear();
    t.heap.mutable_knobs().collection_region_budget = budget;
    const bool minor = GetParam() == Scenario::kMinor || GetParam() == Scenario::kSecondMinor;
    minor ? t.Minor() : t.Major();  // verified before and after
    const bool used_up = t.heap.knobs().collection_region_budget == 0;
    std::uint32_t kept = 0;
    for (const GcReport& report : t.listener.reports) kept += report.regions_kept;
    kept_some = kept_some || kept != 0;
    graph.ExpectWhole();
    EXPECT_EQ(t.Number(t.Elements(t.roots[large])[49'999]), 7);
    EXPECT_TRUE(t.weaks[dead].is_null());
    // With memory again everything goes on as ever.
    t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
    t.Minor();
    graph.ExpectWhole();
    t.Major();
    graph.ExpectWhole();
    graph.DropAll();
    t.Major();
    EXPECT_LE(t.heap.OldUse().regions + t.heap.NewUse().regions, 2u);
    if (!used_up) break;
  }
  EXPECT_TRUE(kept_some);
}

TEST(KeptObjectTest, AKeptYoungObjectIsOldAndItsReferencesAreRemembered) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  const ObjectPtr before = t.roots[root];
  t.heap.mutable_knobs().collection_region_budget = 0;
  t.Minor();
  EXPECT_EQ(t.roots[root], before);
  EXPECT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_EQ(t.listener.last().regions_kept, 1u);
  t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
  t.Set(t.roots[root], 0, t.NewNumber(5));
  EXPECT_TRUE(t.IsRemembered(t.roots[root]));
  t.Minor();
  EXPECT_EQ(t.Number(t.Slots(t.roots[root])[0]), 5);
}

TEST(KeptObjectTest, ExternalBytesOfAKeptObjectBecomeOld) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.mutator.ChargeExternal(t.roots[root], ByteCount(), ByteCount(100));
  t.weaks.Add(t.roots[root], ByteCount(100));
  t.heap.mutable_knobs().collection_region_budget = 0;
  t.Minor();
  EXPECT_EQ(t.heap.external_new(), ByteCount());
  EXPECT_EQ(t.heap.external_old(), ByteCount(100));
}

TEST(KeptObjectTest, IdentityHashesOfKeptObjectsStay) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  const std::uint32_t hash = t.mutator.IdentityHash(t.roots[root]);
  t.heap.mutable_knobs().collection_region_budget = 0;
  t.Minor();
  t.Major();
  EXPECT_EQ(t.mutator.IdentityHash(t.roots[root]), hash);
}

}  // namespace
}  // namespace fart

// What a heap is said to hold is what was put there; the graph agrees with a search that is slow
// and plain.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/inspect/handle_list.h"
#include "vm/inspect/heap_graph.h"
#include "vm/inspect/heap_snapshot.h"
#include "vm/inspect/histogram.h"
#include "vm/inspect/leak_report.h"
#include "vm/inspect/object_numbers.h"
#include "vm/inspect/retaining_path.h"
#include "vm/inspect/text_sink.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/lists.h"

namespace fart::inspect {
namespace {

constexpr ShapeId kArray = core_shape::kArray;

class InspectTest : public ::testing::Test {
 protected:
  // Of the arrays in the heap.
  ShapeCount Arrays(const std::vector<HistogramRow>& rows) {
    ShapeCount found;
    for (const HistogramRow& row : rows) {
      if (row.shape == isolate_->heap().shapes()[kArray].name()) found = row.Total();
    }
    return found;
  }

  static Address AddressOf(Rooted object) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return object.Get(quiet).address();
  }

  void Store(ObjectPtr array, std::size_t index, ObjectPtr value) FART_NO_SAFEPOINT_ANALYSIS {
    const Shape& shape = isolate_->heap().shapes()[kArray];
    isolate_.mutator().StoreField(array, shape.VariableReferences(array.address()) + index, value);
  }

  // Arrays of four, which refer to each other and lie about new and old space; the only ways to
  // them are persistent handles to some.
  std::vector<HandleValue> MakeRandomGraph(std::uint32_t seed) FART_NO_SAFEPOINT_ANALYSIS {
    std::mt19937 random(seed);
    constexpr std::size_t kObjects = 60;
    std::vector<HandleValue> roots;
    const LocalScope scope(isolate_->handles().locals);
    std::vector<Rooted> arrays;
    for (std::size_t i = 0; i < kObjects; ++i) {
      arrays.push_back(isolate_.NewList(i % 20 == 0 ? 40000 : 4));
      if (i % 25 == 0) isolate_.Collect(GcKind::kMinor);
    }
    const NoSafepointScope quiet;
    for (std::size_t i = 0; i < 70; ++i) {
      Store(arrays[random() % kObjects].Get(quiet), random() % 4,
            arrays[random() % kObjects].Get(quiet));
    }
    for (int i = 0; i < 3; ++i) {
      roots.push_back(
          isolate_->handles().persistents.Create(arrays[random() % kObjects].Get(quiet)));
      const HandlePlace place{"file.cc:" + std::to_string(i), {}};
      isolate_->handles().notes.NotePlace(roots.back(), isolate_->handles().notes.KeepPlace(place));
    }
    return roots;
  }

  TestIsolate isolate_;
};

std::string QuotedAs(std::string_view text) {
  std::string received;
  TextSink sink([&](const char* bytes, std::size_t length) {
    received.append(bytes, length);
    return true;
  });
  sink.AddQuoted(text);
  sink.Flush();
  return received;
}

TEST(TextSinkTest, AnyBytesAreQuotedAsAStringThatReadersTake) {
  EXPECT_EQ(QuotedAs("a \"b\" \\ \n"), R"("a \"b\" \\ \u000a")");
  EXPECT_EQ(QuotedAs("\u00e4 \u20ac \U0001f600"), "\"\u00e4 \u20ac \U0001f600\"");
  EXPECT_EQ(QuotedAs("a\xffz\xc3"), R"("a\ufffdz\ufffd")");
  EXPECT_EQ(QuotedAs("\xf0\x9f\x98!"), R"("\ufffd!")");
  EXPECT_EQ(QuotedAs("\xed\xa0\x80"), R"("\ud800")");  // A lone surrogate.
}

TEST_F(InspectTest, AHistogramCountsEveryObjectOnce_VIH1) {
  const Histogram before = Histogram::Take(*isolate_);
  for (int i = 0; i < 7; ++i) isolate_.NewList(10);
  isolate_.NewList(100000);
  const Histogram after = Histogram::Take(*isolate_);
  const ShapeCount come = Arrays(after.Rows(&before));
  EXPECT_EQ(come.objects, 8);
  EXPECT_EQ(come.bytes, 7 * (16 + 80) + 16 + 800000);
  EXPECT_EQ(Arrays(after.Rows(nullptr)).objects, Arrays(before.Rows(nullptr)).objects + 8);
  EXPECT_TRUE(after.Rows(&after).empty());
  const std::string text = HistogramText(after.Rows(nullptr));
  EXPECT_NE(text.find("in all"), std::string::npos);
  // Young, old and large are told apart, and together they are all.
  isolate_.Collect(GcKind::kMinor);
  isolate_.Collect(GcKind::kMinor);
  isolate_.Collect(GcKind::kMinor);
  for (const HistogramRow& row : Histogram::Take(*isolate_).Rows(nullptr)) {
    if (row.shape != isolate_->heap().shapes()[kArray].name()) continue;
    EXPECT_GE(row.spaces[1].objects, 7);
    EXPECT_EQ(row.spaces[2].objects, 1);
  }
}

// Whichever way they have gone: what has died is as telling as what has come.
TEST_F(InspectTest, TheLargestDifferencesComeFirst) {
  {
    const LocalScope scope(isolate_->handles().locals);
    for (int i = 0; i < 7; ++i) isolate_.NewList(1000);
  }
  const Histogram before = Histogram::Take(*isolate_);
  isolate_.Collect(GcKind::kMajor);
  isolate_.NewString("a few bytes");
  const std::vector<HistogramRow> rows = Histogram::Take(*isolate_).Rows(&before);
  ASSERT_GE(rows.size(), 2u);
  EXPECT_LT(rows.front().Total().bytes, -7 * 8000);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_GE(std::abs(rows[i - 1].Total().bytes), std::abs(rows[i].Total().bytes));
  }
}

TEST(HistogramTextTest, ARowIsOfAllSpacesAndTheLastOneOfAllRows) {
  HistogramRow a, b;
  a.shape = "a";
  a.spaces = {{{1, 10}, {2, 200}, {3, 3000}}};
  b.shape = b.class_name = "b";
  b.spaces = {{{4, 40000}, {5, 500000}, {-6, -6000000}}};
  std::vector<std::string> lines;
  std::stringstream text(HistogramText({a, b}));
  for (std::string word, line; text >> word;) {
    line += word + " ";
    if (word == "class" || word == "a" || word == "b" || word == "all") {
      lines.push_back(std::exchange(line, ""));
    }
  }
  const std::vector<std::string> expected = {
      "objects bytes new old large class ", "6 3210 10 200 3000 a ",
      "3 -5460000 40000 500000 -6000000 b ", "9 -5456790 40010 500200 -5997000 in all "};
  EXPECT_EQ(lines, expected);
}

// Whatever hosts call things, a row is a line, and nothing but that reaches a terminal.
TEST(ReportTextTest, NamesEndNoLineAndSteerNoTerminal) {
  const std::string odd = "a\n  9 b\x1b[2J\x7f\t\xff\u00e9";
  const std::string shown = "a\\n  9 b\\x1b[2J\\x7f\\x09\xff\u00e9";
  LeakReport report;
  report.isolate = odd;
  LeakRow handle;
  handle.handles = 1;
  handle.label = handle.class_name = handle.place = odd;
  handle.stack = "one\n" + std::string("two\r\n");
  report.handles.push_back(handle);
  HeldRow held;
  held.count = 1;
  held.class_name = held.place = odd;
  report.acquired.push_back(held);
  EXPECT_EQ(LeakReportText(report),
            "Open in isolate '" + shown + "':\n  1 persistent handle '" + shown +
                "', 0 bytes kept by nothing else, of " + shown + "\n    made at " + shown +
                "\n      one\n      two\\x0d\n" +
                "  1 object whose data is acquired, 0 bytes kept by nothing else, of " + shown +
                "\n    acquired at " + shown + "\n");
  HistogramRow row;
  row.shape = odd;
  row.spaces[0] = {1, 16};
  EXPECT_NE(HistogramText({row}).find("  " + shown + "\n"), std::string::npos);
  EXPECT_EQ(PathText({{odd, {}}, {odd, odd}}), shown + "\n  " + shown + " -> " + shown + "\n");
}

TEST(ReportTextTest, OfStepsThatAreAlikeThreeAreShown) {
  const PathStep link = {".next", "Node"};
  std::vector<PathStep> path = {{"(static variables)", {}}, {".head", "Node"}};
  const std::string head = "(static variables)\n  .head -> Node\n", line = "  .next -> Node\n";
  path.insert(path.end(), 4, link);
  path.push_back({".last", "Node"});
  EXPECT_EQ(PathText(path), head + line + line + line + line + "  .last -> Node\n");
  path.insert(path.end(), 1000, link);
  EXPECT_EQ(PathText(path), head + line + line + line + line + "  .last -> Node\n" + line + line +
                                line + "  and 997 steps like this one\n");
}

TEST_F(InspectTest, ObjectsAreNumberedInTheOrderOfTheWalk_VIO1) {
  for (int i = 0; i < 20000; ++i) isolate_.NewList(static_cast<std::size_t>(i % 7));
  isolate_.NewList(100000);
  isolate_.Collect(GcKind::kMajor);
  for (int i = 0; i < 3000; ++i) isolate_.NewList(5);
  isolate_.mutator().RetireArea();
  {
    const ObjectNumbers numbers(isolate_->heap());
    std::uint64_t number = 0;
    ForEachRegion(isolate_->heap(), [&](RegionIndex index, HeapSpace) {
      ForEachObjectIn(isolate_->heap(), index, [&](Address object, Header, ByteCount) {
        ASSERT_EQ(numbers.Of(object), number++);
      });
    });
    EXPECT_EQ(numbers.count(), number);
    EXPECT_GT(number, 23000u);
  }
  EXPECT_EQ(isolate_.Verify(), "");  // VI-O2
}

TEST_F(InspectTest, WhatBeginsInTheMiddleOfARegionIsWalked) {
  std::set<Address> wanted;
  bool in_the_middle = false;
  std::vector<Rooted> lists;
  for (int i = 0; i < 20; ++i) lists.push_back(isolate_.NewList(40'000));
  for (const Rooted list : lists) {
    const Address address = AddressOf(list);
    wanted.insert(address);
    in_the_middle = in_the_middle || address.value() % kRegionSize.value() != 0;
  }
  // Under stress each moves, to a run of its own.
  EXPECT_TRUE(in_the_middle || isolate_->heap().knobs().stress_interval != 0);
  ForEachRegion(isolate_->heap(), [&](RegionIndex index, HeapSpace) {
    ForEachObjectIn(isolate_->heap(), index,
                    [&](Address object, Header, ByteCount) { wanted.erase(object); });
  });
  EXPECT_TRUE(wanted.empty());
}

// The bytes that can be reached from the root without passing `without`.
std::uint64_t ReachedWithout(const HeapGraph& graph, Node without) {
  std::vector<bool> seen(graph.size());
  std::vector<Node> waiting;
  std::uint64_t bytes = 0;
  const auto reach = [&](Node node) {
    if (node == without || seen[node]) return;
    seen[node] = true;
    bytes += graph.SizeOf(node);
    waiting.push_back(node);
  };
  reach(kRootNode);
  while (!waiting.empty()) {
    const Node node = waiting.back();
    waiting.pop_back();
    graph.ForEachNext(node, reach);
  }
  return bytes;
}

TEST_F(InspectTest, WhatIsKeptIsWhatWouldGo_VIG1) {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    const std::vector<HandleValue> roots = MakeRandomGraph(seed);
    const HeapGraph graph(*isolate_, HandleGroups::kByPlace);
    const std::vector<std::uint64_t> kept = graph.FindKept();
    const std::uint64_t all = ReachedWithout(graph, kNoNode);
    EXPECT_EQ(kept[kRootNode], all);
    for (Node node = 1; node < graph.size(); ++node) {
      ASSERT_EQ(kept[node], all - ReachedWithout(graph, node)) << "node " << node << ", " << seed;
    }
    for (const HandleValue root : roots) isolate_->handles().persistents.Delete(root);
  }
}

TEST_F(InspectTest, PathsAreShortest_VIG2) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const std::vector<HandleValue> roots = MakeRandomGraph(seed);
    const HeapGraph graph(*isolate_, HandleGroups::kByPlace);
    // In rounds: what can be reached in so many steps.
    std::vector<std::uint32_t> steps(graph.size(), kNoNode);
    std::vector<Node> round = {kRootNode};
    for (std::uint32_t count = 0; !round.empty(); ++count) {
      std::vector<Node> next;
      for (const Node node : round) {
        if (steps[node] != kNoNode) continue;
        steps[node] = count;
        graph.ForEachNext(node, [&](Node target) { next.push_back(target); });
      }
      round = next;
    }
    const std::vector<Node> parents = graph.FindParents();
    for (Node node = 1; node < graph.size(); ++node) {
      ASSERT_EQ(parents[node] == kNoNode, steps[node] == kNoNode);
      if (parents[node] == kNoNode) continue;
      ASSERT_EQ(steps[parents[node]] + 1, steps[node]);
    }
    for (const HandleValue root : roots) isolate_->handles().persistents.Delete(root);
  }
}

TEST_F(InspectTest, AReportGroupsByPlace_VIL1) {
  const std::vector<HandleValue> roots = MakeRandomGraph(3);
  const HandlePlace place{"file.cc:0", {}};
  isolate_->handles().notes.NotePlace(roots[1], isolate_->handles().notes.KeepPlace(place));
  const LeakReport report = MakeLeakReport(*isolate_);
  ASSERT_GE(report.handles.size(), 2u);
  std::set<std::string> places;
  std::uint64_t least = ~std::uint64_t{0};
  for (const LeakRow& row : report.handles) {
    EXPECT_LE(row.kept_bytes, least);  // Most first.
    least = row.kept_bytes;
    if (row.kind != HandleKind::kStrong) continue;
    places.insert(row.place);
    EXPECT_EQ(row.handles, row.place == "file.cc:0" ? 2u : 1u);
    EXPECT_GT(row.kept_bytes, 0u) << row.place;
  }
  EXPECT_EQ(places, (std::set<std::string>{"file.cc:0", "file.cc:2"}));
}

std::string SnapshotOf(TestIsolate& isolate) {
  std::string text;
  const auto write = [&text](const char* bytes, std::size_t length) {
    text.append(bytes, length);
    return true;
  };
  bool is_at_end = false;
  EXPECT_TRUE(WriteHeapSnapshot(*isolate, write, [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_FALSE(is_at_end) << "step " << done << " behind the last one";
    EXPECT_LE(done, total);
    is_at_end = done == total;
    return true;
  }));
  EXPECT_TRUE(is_at_end);
  return text;
}

TEST_F(InspectTest, ASnapshotLeavesTheHeapAsItWas) {
  MakeRandomGraph(1);
  const std::string first = SnapshotOf(isolate_);
  EXPECT_EQ(isolate_.Verify(), "");
  EXPECT_EQ(SnapshotOf(isolate_), first);
  EXPECT_NE(first.find("file.cc:2"), std::string::npos);
}

std::string RestOf(std::ifstream& file) { return {std::istreambuf_iterator<char>(file), {}}; }

// Isolates that end at once have the same flag.
TEST_F(InspectTest, ASnapshotIsWrittenIntoNoFileThatAnotherWrites) {
  namespace files = std::filesystem;
  const std::string path = testing::TempDir() + "/it.heapsnapshot";
  const std::string link = testing::TempDir() + "/link.heapsnapshot";
  std::string error;
  MakeRandomGraph(1);
  const std::string first = SnapshotOf(isolate_);
  ASSERT_TRUE(WriteHeapSnapshotFile(*isolate_, path, &error)) << error;
  files::permissions(path, files::perms::owner_read | files::perms::owner_write);
  std::ifstream before(path);
  MakeRandomGraph(2);
  const std::string second = SnapshotOf(isolate_);
  ASSERT_NE(first, second);
  ASSERT_TRUE(WriteHeapSnapshotFile(*isolate_, path, &error)) << error;
  EXPECT_EQ(RestOf(before), first);
  std::ifstream after(path);
  EXPECT_EQ(RestOf(after), second);
  EXPECT_EQ(files::status(path).permissions(),
            files::perms::owner_read | files::perms::owner_write);
  // A link stays one, and what it leads to is written.
  files::remove(link);
  files::create_symlink(path, link);
  MakeRandomGraph(3);
  ASSERT_TRUE(WriteHeapSnapshotFile(*isolate_, link, &error)) << error;
  EXPECT_TRUE(files::is_symlink(link));
  std::ifstream through(path);
  EXPECT_EQ(RestOf(through), SnapshotOf(isolate_));
  EXPECT_FALSE(WriteHeapSnapshotFile(*isolate_, testing::TempDir(), &error));
  EXPECT_NE(error.find("Is a directory"), std::string::npos) << error;
}

// Lines of nodes: type, name, id, size, edges, trace, detachedness.
int NativeNodes(const std::string& snapshot, const std::string& size, char detachedness) {
  const std::regex node("\n8,[0-9]+,[0-9]+," + size + ",0,0," + detachedness);
  return static_cast<int>(
      std::distance(std::sregex_iterator(snapshot.begin(), snapshot.end(), node), {}));
}

TEST_F(InspectTest, AnOwnerOutsideTheHeapIsDetachedWhenItsObjectHasDied)
FART_NO_SAFEPOINT_ANALYSIS {
  WeakHandles& weaks = isolate_->handles().weaks;
  static int calls = 0;
  const auto callback = reinterpret_cast<OpaqueCallback>(+[](void*, void*) { ++calls; });
  {
    const LocalScope scope(isolate_->handles().locals);
    const NoSafepointScope quiet;
    const ObjectPtr object = isolate_.NewList(1).Get(quiet);
    ASSERT_FALSE(weaks.Create(HandleKind::kFinalizable, object, nullptr, ByteCount(4096), callback)
                     .is_empty());
    isolate_.mutator().ChargeExternal(object, ByteCount(), ByteCount(4096));
  }
  std::string snapshot = SnapshotOf(isolate_);
  EXPECT_EQ(NativeNodes(snapshot, "4096", '1'), 1);
  EXPECT_EQ(NativeNodes(snapshot, "[0-9]+", '2'), 0);
  EXPECT_EQ(snapshot.find("owner of a dead object"), std::string::npos);
  weaks.QueueAll();
  snapshot = SnapshotOf(isolate_);
  EXPECT_EQ(NativeNodes(snapshot, "[0-9]+", '1'), 0);
  EXPECT_EQ(NativeNodes(snapshot, std::to_string(sizeof(WeakSlot)), '2'), 1);
  EXPECT_NE(snapshot.find("owner of a dead object by (finalizable handle)"), std::string::npos);
  PendingCallback pending;
  ASSERT_TRUE(weaks.TakePendingCallback(&pending));
  EXPECT_EQ(NativeNodes(SnapshotOf(isolate_), "[0-9]+", '2'), 1);
  weaks.FinishCallback(pending.value);
  EXPECT_EQ(NativeNodes(SnapshotOf(isolate_), "[0-9]+", '2'), 0);
}

// DevTools would list a node without a size, and there may be thousands.
TEST_F(InspectTest, AHandleThatIsChargedForNothingHasNoExternalMemory)
FART_NO_SAFEPOINT_ANALYSIS {
  const LocalScope scope(isolate_->handles().locals);
  const NoSafepointScope quiet;
  const ObjectPtr object = isolate_.NewList(1).Get(quiet);
  const auto callback = reinterpret_cast<OpaqueCallback>(+[](void*, void*) {});
  ASSERT_FALSE(isolate_->handles()
                   .weaks.Create(HandleKind::kFinalizable, object, nullptr, ByteCount(), callback)
                   .is_empty());
  const std::string snapshot = SnapshotOf(isolate_);
  EXPECT_EQ(NativeNodes(snapshot, "[0-9]+", '1'), 0);
  EXPECT_EQ(snapshot.find("external memory"), std::string::npos);
}

TEST_F(InspectTest, ASnapshotCanBeGivenUpAnywhere) {
  for (int i = 0; i < 20000; ++i) isolate_.NewList(8);
  int pieces = 0;
  SnapshotOf(isolate_);
  for (int most = 0; most < 10; ++most) {
    pieces = 0;
    EXPECT_FALSE(WriteHeapSnapshot(
        *isolate_, [&](const char*, std::size_t) { return ++pieces <= most; },
        [](std::uint64_t, std::uint64_t) { return true; }));
    EXPECT_EQ(pieces, most + 1);  // Not called again.
    int steps = 0;
    EXPECT_FALSE(WriteHeapSnapshot(
        *isolate_, [](const char*, std::size_t) { return true; },
        [&](std::uint64_t, std::uint64_t) { return ++steps <= most; }));
    EXPECT_EQ(steps, most + 1);
    EXPECT_EQ(isolate_.Verify(), "");
  }
}

TEST_F(InspectTest, AFileThatCannotBeWrittenIsNamed) {
  std::string error;
  EXPECT_FALSE(WriteHeapSnapshotFile(*isolate_, "/dev/null/x", &error));
  EXPECT_EQ(error, "cannot write '/dev/null/x': Not a directory.");
  EXPECT_FALSE(WriteHeapSnapshotFile(*isolate_, "/dev/full", &error));
  EXPECT_EQ(error, "cannot write '/dev/full': No space left on device.");
  error = "old";
  EXPECT_TRUE(WriteHeapSnapshotFile(*isolate_, "/dev/null", &error));
  EXPECT_EQ(error, "old");
}

TEST_F(InspectTest, APathEndsAtTheHandle) FART_NO_SAFEPOINT_ANALYSIS {
  HandleValue root;
  ObjectPtr inner;
  {
    const LocalScope scope(isolate_->handles().locals);
    const Rooted outer = isolate_.NewList(4);
    const Rooted target = isolate_.NewString("the target");
    const NoSafepointScope quiet;
    Store(outer.Get(quiet), 3, target.Get(quiet));
    root = isolate_->handles().persistents.Create(outer.Get(quiet));
    inner = target.Get(quiet);
  }
  const auto path = FindRetainingPath(*isolate_, inner);
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(PathText(*path),
            "(persistent handles)\n  .(persistent handle) -> List\n  [3] -> String\n");
  isolate_->handles().persistents.Delete(root);
  EXPECT_FALSE(FindRetainingPath(*isolate_, inner).has_value());
  EXPECT_FALSE(FindRetainingPath(*isolate_, kTrue).has_value());
}

TEST_F(InspectTest, ScopesAreListedInnermostFirst) {
  isolate_.NewList(1);
  ASSERT_TRUE(isolate_->handles().locals.EnterScope());
  isolate_.NewList(2);
  isolate_.NewList(3);
  const std::vector<ListedHandle> list = ListHandles(*isolate_);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].scope, 2u);
  EXPECT_EQ(list[1].scope, 2u);
  EXPECT_EQ(list[2].scope, 1u);
  EXPECT_EQ(list[2].shape, kArray);
}

}  // namespace
}  // namespace fart::inspect

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "heap/object/forwarding.h"
#include "heap/object/shape.h"

namespace fart {
namespace {

constexpr int kObjects = 2000;
using Object = std::array<std::uint64_t, 4>;

// Two threads want to move the same objects, or to keep every third: for each object all must
// agree on where it is, exactly one has moved it, and its copy is complete when the address is.
TEST(ForwardingRaceTest, TwoThreadsAgreeAndOneWins_HOF1_HOF2_HOF3) {
  std::vector<Object> from(kObjects);
  const Header header = Header::Make(ShapeId{5}, WordCount(4));
  for (int i = 0; i < kObjects; ++i) {
    from[static_cast<std::size_t>(i)] = {header.bits(), static_cast<std::uint64_t>(i), 1, 2};
  }
  struct Side {
    std::vector<Object> copies = std::vector<Object>(kObjects);
    std::vector<ForwardingResult> results = std::vector<ForwardingResult>(kObjects);
  };
  std::array<Side, 2> sides;
  std::atomic<int> ready{0};
  const auto run = [&](Side& side, bool keeps) {
    ++ready;
    while (ready.load() < 2) {
    }
    for (std::size_t i = 0; i < kObjects; ++i) {
      ForwardingCell<true> cell(Address::Of(&from[i]));
      const Header seen = cell.Load();
      if (ForwardingCell<true>::IsForwarded(seen)) {
        side.results[i] = {Forwarding::kAlreadyCopied, ForwardingCell<true>::ForwardedTo(seen)};
      } else if (seen.kept()) {
        side.results[i] = {Forwarding::kKept, Address::Of(&from[i])};
      } else if (keeps && i % 3 == 0) {
        side.results[i] = cell.Keep(seen);
      } else {
        side.copies[i] = {seen.bits(), from[i][1], from[i][2], from[i][3]};
        side.results[i] = cell.Publish(seen, Address::Of(&side.copies[i]));
      }
      if (side.results[i].outcome != Forwarding::kKept) {
        EXPECT_EQ((*side.results[i].where.As<Object>())[1], i);  // HO-F2
      }
    }
  };
  std::thread other([&] { run(sides[1], true); });
  run(sides[0], false);
  other.join();
  for (std::size_t i = 0; i < kObjects; ++i) {
    const ForwardingResult& a = sides[0].results[i];
    const ForwardingResult& b = sides[1].results[i];
    EXPECT_EQ(a.where, b.where);  // HO-F1
    const int moved = (a.outcome == Forwarding::kCopied) + (b.outcome == Forwarding::kCopied);
    const int kept = (a.outcome == Forwarding::kKept) + (b.outcome == Forwarding::kKept);
    EXPECT_TRUE((moved == 1 && kept == 0) || (moved == 0 && kept == 2));  // HO-F1, HO-F3
  }
}

}  // namespace
}  // namespace fart

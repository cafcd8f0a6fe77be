#include "vm/platform/known_walks.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fart {
namespace {

using Return = KnownWalks::Return;

// A stack of a few words, on which frames are as large as their return addresses say: from few
// addresses, so that walks have much in common.
class FakeStack {
 public:
  // Frames of these addresses, innermost first, from a place on. Each is its frame's size.
  std::vector<Return> Lay(std::size_t from, const std::vector<std::uintptr_t>& addresses) {
    words_.fill(0);
    std::vector<Return> returns;
    for (const std::uintptr_t address : addresses) {
      if (from >= words_.size()) break;
      words_[from] = address;
      returns.push_back({&words_[from], address});
      from += address % 4 + 1;
    }
    return returns;
  }
  std::uintptr_t& operator[](std::size_t i) { return words_[i]; }

 private:
  std::array<std::uintptr_t, 64> words_ = {};
};

StackWalk WalkOf(const std::vector<Return>& returns) {
  StackWalk walk;
  for (const Return& each : returns) {
    if (walk.frame_count == StackWalk::kMostFrames) break;
    walk.frames[walk.frame_count++] = each.address;
  }
  return walk;
}

bool IsOf(const StackWalk& walk, const std::vector<Return>& returns) {
  const StackWalk other = WalkOf(returns);
  return std::vector(walk.taken().begin(), walk.taken().end()) ==
         std::vector(other.taken().begin(), other.taken().end());
}

const void* EntryOf(std::size_t number) { return reinterpret_cast<const void*>(number * 16); }

struct Laid {
  std::size_t from;
  std::size_t entry;
  std::vector<std::uintptr_t> addresses;
};

// V-K1. Each stack ends with an address of its own kind, as real ones do where a thread begins.
RC_GTEST_PROP(KnownWalksTest, FindsWhatLiesThereOrNothing, ()) {
  const auto addresses = rc::gen::resize(
      10, rc::gen::container<std::vector<std::uintptr_t>>(rc::gen::inRange<std::uintptr_t>(4, 9)));
  const auto laid = *rc::gen::container<std::vector<Laid>>(
      rc::gen::build<Laid>(rc::gen::set(&Laid::from, rc::gen::inRange<std::size_t>(0, 3)),
                           rc::gen::set(&Laid::entry, rc::gen::inRange<std::size_t>(0, 2)),
                           rc::gen::set(&Laid::addresses, addresses)));
  FakeStack stack;
  KnownWalks known;
  const auto look = [&](const Laid& each, bool is_there) {
    auto with_end = each.addresses;
    with_end.push_back(100);
    const std::vector<Return> returns = stack.Lay(each.from, with_end);
    StackWalk* const found = known.Find(returns[0].place, EntryOf(each.entry));
    if (found != nullptr) RC_ASSERT(IsOf(*found, returns));
    if (is_there) RC_ASSERT(found != nullptr);
    if (found != nullptr) return;
    const StackWalk* const kept = known.Keep(WalkOf(returns), returns, EntryOf(each.entry));
    // Frames are as large as their addresses say, so all can be told.
    RC_ASSERT(kept != nullptr && IsOf(*kept, returns));
  };
  for (const Laid& each : laid) look(each, false);
  for (const Laid& each : laid) look(each, true);
}

// Of three thousand that have most in common each is kept, and what is said of it.
TEST(KnownWalksTest, KeepsThousandsApart) {
  FakeStack stack;
  KnownWalks known;
  constexpr std::size_t kStacks = 3000;
  const auto lay = [&](std::size_t number) {
    std::vector<std::uintptr_t> addresses;
    for (std::size_t bit = 0; bit != 12; ++bit) addresses.push_back(8 + number / (1u << bit) % 2);
    addresses.push_back(100);
    return stack.Lay(0, addresses);
  };
  for (std::size_t i = 0; i != kStacks; ++i) {
    const auto returns = lay(i);
    ASSERT_EQ(known.Find(returns[0].place, nullptr), nullptr) << i;
    StackWalk* const kept = known.Keep(WalkOf(returns), returns, nullptr);
    ASSERT_NE(kept, nullptr) << i;
    kept->said = EntryOf(i + 1);
  }
  for (std::size_t i = 0; i != kStacks; ++i) {
    const StackWalk* const found = known.Find(lay(i)[0].place, nullptr);
    ASSERT_NE(found, nullptr) << i;
    EXPECT_EQ(found->said, EntryOf(i + 1)) << i;
  }
}

// V-K2
TEST(KnownWalksTest, ForgetsAllWhereThereAreTooMany) {
  FakeStack stack;
  KnownWalks known;
  for (std::size_t i = 0; i != 2 * KnownWalks::kMostWalks + 1; ++i) {
    const auto returns = stack.Lay(0, {4, 1000 + 4 * i, 7, 100});
    ASSERT_EQ(known.Find(returns[0].place, nullptr), nullptr) << i;
    ASSERT_NE(known.Keep(WalkOf(returns), returns, nullptr), nullptr) << i;
    ASSERT_LE(known.size(), KnownWalks::kMostWalks);
    ASSERT_NE(known.Find(returns[0].place, nullptr), nullptr) << i;
  }
  EXPECT_EQ(known.size(), 1u);
}

// A frame whose size is known at run time only: nothing tells where its caller's return lies.
TEST(KnownWalksTest, KeepsNoWalkThatPartsFromAnotherByAPlace) {
  FakeStack stack;
  KnownWalks known;
  const auto near = stack.Lay(0, {4, 5, 100});
  ASSERT_NE(known.Keep(WalkOf(near), near, nullptr), nullptr);
  std::vector<Return> far = near;
  ++far[2].place;
  EXPECT_EQ(known.Keep(WalkOf(far), far, nullptr), nullptr);
  // Nor one that is another's beginning, or goes on where it ends.
  const std::vector<Return> shorter(near.begin(), near.end() - 1);
  EXPECT_EQ(known.Keep(WalkOf(shorter), shorter, nullptr), nullptr);
  std::vector<Return> longer = near;
  longer.push_back({near[2].place + 1, 7});
  EXPECT_EQ(known.Keep(WalkOf(longer), longer, nullptr), nullptr);
  EXPECT_EQ(known.size(), 1u);
  // And where two part already, a third whose next return is at another place than theirs.
  const auto other = stack.Lay(0, {4, 5, 101});
  ASSERT_NE(known.Keep(WalkOf(other), other, nullptr), nullptr);
  far[2].address = 102;
  EXPECT_EQ(known.Keep(WalkOf(far), far, nullptr), nullptr);
  EXPECT_NE(known.Find(other[0].place, nullptr), nullptr);
  stack.Lay(0, {4, 5, 100});
  EXPECT_NE(known.Find(near[0].place, nullptr), nullptr);
}

}  // namespace
}  // namespace fart

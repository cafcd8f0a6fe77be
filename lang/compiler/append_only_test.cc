#include "lang/compiler/append_only.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace fart::lang {
namespace {

TEST(AppendOnlyTest, KeepsWhatIsAppendedWhereItIs) {
  AppendOnly<std::unique_ptr<int>> list;
  EXPECT_EQ(list.size(), 0u);
  EXPECT_FALSE(list.begin() != list.end());
  std::vector<const std::unique_ptr<int>*> places;
  for (int i = 0; i < 1000; ++i) {
    list.push_back(std::make_unique<int>(i));
    ASSERT_EQ(list.size(), static_cast<std::size_t>(i) + 1);
    ASSERT_EQ(*list.back(), i);
    places.push_back(&list.back());
  }
  int next = 0;
  for (const auto& element : list) {
    ASSERT_EQ(*element, next);
    ASSERT_EQ(&element, places[static_cast<std::size_t>(next)]);
    ++next;
  }
  EXPECT_EQ(next, 1000);
}

TEST(AppendOnlyTest, BeginsAnewWhenItIsCleared) {
  AppendOnly<std::shared_ptr<int>> list;
  const auto element = std::make_shared<int>(1);
  for (int i = 0; i < 10; ++i) list.push_back(element);
  list.Mutable(9) = nullptr;
  EXPECT_EQ(list[9], nullptr);
  EXPECT_EQ(element.use_count(), 10);
  list.Clear();
  EXPECT_EQ(list.size(), 0u);
  EXPECT_EQ(element.use_count(), 1);
  list.MakeRoom();
  EXPECT_EQ(list.size(), 0u);
  list.push_back(element);
  EXPECT_EQ(list.back(), element);
}

// For ThreadSanitizer too.
TEST(AppendOnlyTest, CanBeReadWhileItGrows) {
  constexpr std::size_t kMany = 20000;
  AppendOnly<std::size_t> list;
  std::atomic<std::size_t> mistakes{0};
  const auto read = [&] {
    for (std::size_t seen = 0; seen < kMany;) {
      seen = list.size();
      if (seen != 0 && (list[seen - 1] != seen - 1 || list[seen / 2] != seen / 2)) ++mistakes;
    }
  };
  std::thread first(read);
  std::thread second(read);
  for (std::size_t i = 0; i < kMany; ++i) list.push_back(i);
  first.join();
  second.join();
  EXPECT_EQ(mistakes, 0u);
}

}  // namespace
}  // namespace fart::lang

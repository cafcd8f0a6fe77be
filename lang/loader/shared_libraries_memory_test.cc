// LL-Z2: wherever memory is used up while the `dart:` libraries are made, that is said, and the
// next one who asks gets them.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "lang/loader/shared_libraries.h"
#include "lang/loader/testing/shared_libraries.h"

namespace {

// How many more allocations of this thread succeed before one fails; what comes after it fails too
// unless `is_once`.
constexpr std::int64_t kNever = -1;
thread_local std::int64_t allocations_left = kNever;
thread_local bool is_once = false;
thread_local bool has_failed = false;

void FailAfter(std::int64_t count) {
  is_once = count % 2 == 0;
  has_failed = false;
  allocations_left = count;
}
bool HasFailed() {
  allocations_left = kNever;
  return has_failed;
}

}  // namespace

#ifndef FART_OFF_HEAP_IS_MALLOC  // A sanitizer has its own, which cannot be replaced.
void* operator new(std::size_t size) {
  if (allocations_left == 0) {
    if (is_once) allocations_left = kNever;
    has_failed = true;
    throw std::bad_alloc();
  }
  if (allocations_left > 0) --allocations_left;
  void* const block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
#endif

namespace fart::lang {
namespace {

// The allocations that fail lie ever further apart, up to one that is no longer needed.
TEST(SharedLibrariesMemoryTest, SayThatMemoryIsUsedUpAndAreMadeTheNextTime) {
  std::int64_t failures = 0;
  for (std::int64_t count = 0;; count += 1 + count / 4) {
    SharedLibraries::Forget();
    std::string error;
    FailAfter(count);
    const auto made = SharedLibraries::OfProcess(/*checks_types=*/false, &error);
    const bool has_failed = HasFailed();
    // One failure may be that of a vector which would become smaller: it stays as it is.
    const bool may_be_made = !has_failed || count % 2 == 0;
    ASSERT_TRUE(made == nullptr ? has_failed : may_be_made) << count;
    EXPECT_EQ(error, made == nullptr ? "Out of memory." : "") << count;
    if (!has_failed) break;
    ++failures;
    if (failures % 8 == 0) {
      EXPECT_NE(MustGet(), nullptr);
    }
  }
  EXPECT_GT(failures, 20);
  EXPECT_NE(MustGet(), nullptr);
}

TEST(SharedLibrariesMemoryTest, ThoseThatComeLateAreMadeTheNextTime) {
  std::int64_t failures = 0;
  for (std::int64_t count = 0;; count += 1 + count / 4) {
    SharedLibraries::Forget();
    const auto libraries = MustGet();
    std::string error;
    FailAfter(count);
    const auto all = libraries->All(&error);
    const bool has_failed = HasFailed();
    const bool may_be_made = !has_failed || count % 2 == 0;
    ASSERT_TRUE(all == nullptr ? has_failed : may_be_made) << count;
    EXPECT_EQ(error, all == nullptr ? "Out of memory." : "") << count;
    if (all == nullptr) {
      EXPECT_EQ(MustGetAll(*libraries)->size(), libraries->count());
    }
    if (!has_failed) break;
    ++failures;
  }
  EXPECT_GT(failures, 20);
}

// Goes on where the last attempt failed, the next allocation to fail lying ever further on, until
// none fails. Returns how many did: each ended an attempt.
template <typename Do>
std::int64_t FailUntilDone(const Do& work) {
  std::int64_t failures = 0;
  for (std::int64_t count = 0;; count += 1 + count / 16) {
    FailAfter(count);
    bool is_thrown = false;
    try {
      work();
    } catch (const std::bad_alloc&) {
      is_thrown = true;
    }
    EXPECT_EQ(is_thrown, HasFailed()) << count;
    if (!is_thrown) return failures;
    ++failures;
  }
}

// LC-S6. As they are where memory is not used up.
TEST(SharedLibrariesMemoryTest, MembersThatFoundNoMemoryAreReadTheNextTime) {
  const auto all_of = [](const LibrarySet& set) {
    std::vector<std::size_t> counts;
    for (int number = 0; number < static_cast<int>(set.size()); ++number) {
      for (int cls = 0; cls < static_cast<int>(set.library(number).classes.size()); ++cls) {
        const ClassSource& source = set.ClassSourceOf({number, cls});
        const CompiledClass& compiled = set.ClassOf({number, cls});
        counts.insert(counts.end(),
                      {source.members.size(), source.constructors.size(), source.fields.size(),
                       compiled.functions.size(), compiled.fields.size(), compiled.statics.size()});
      }
    }
    return counts;
  };
  SharedLibraries::Forget();
  const std::vector<std::size_t> expected = all_of(*MustGet()->libraries());
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  const std::int64_t failures = FailUntilDone([&] { ReadAllMembers(*libraries->libraries()); });
  EXPECT_GT(failures, 20);
  EXPECT_EQ(all_of(*libraries->libraries()), expected);
}

TEST(SharedLibrariesMemoryTest, ABodyThatFoundNoMemoryIsCompiledTheNextTime) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  const std::int64_t failures = FailUntilDone([&] { CompileAll(*libraries); });
  EXPECT_GT(failures, 20);
  EXPECT_EQ(Check(*libraries), "");
}

}  // namespace
}  // namespace fart::lang

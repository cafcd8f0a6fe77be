#include "lang/loader/shared_libraries.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "lang/compiler/checker.h"

namespace {

// How many more allocations of this thread succeed before one fails; what comes after it fails too
// unless `is_once`.
constexpr std::int64_t kNever = -1;
thread_local std::int64_t allocations_left = kNever;
thread_local bool is_once = false;

}  // namespace

void* operator new(std::size_t size) {
  if (allocations_left == 0) {
    if (is_once) allocations_left = kNever;
    throw std::bad_alloc();
  }
  if (allocations_left > 0) --allocations_left;
  void* const block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

namespace fart::lang {
namespace {

std::shared_ptr<const SharedLibraries> MustGet() {
  std::string error;
  std::shared_ptr<const SharedLibraries> libraries = SharedLibraries::OfProcess(&error);
  EXPECT_EQ(error, "");
  return libraries;
}

TEST(SharedLibrariesTest, AreMadeOnceAndWhole) {
  const auto first = MustGet();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(MustGet(), first);
  const LibrarySet& set = *first->libraries();
  EXPECT_EQ(set.library(set.core()).uri, "dart:core");
  for (const char* const uri :
       {"dart:core", "dart:async", "dart:isolate", "dart:typed_data", "dart:nativewrappers"}) {
    const int number = first->NumberOf(uri);
    ASSERT_GE(number, 0) << uri;
    EXPECT_TRUE(set.source(number).is_linked);
  }
  EXPECT_EQ(first->NumberOf("dart:core/object.dart"), LibrarySet::kUnbound);
  EXPECT_EQ(first->NumberOf("dart:nix"), LibrarySet::kUnbound);
}

TEST(SharedLibrariesTest, EndWithTheLastUserOnceForgotten) {
  auto first = MustGet();
  const std::weak_ptr<const SharedLibraries> watched = first;
  SharedLibraries::Forget();
  EXPECT_FALSE(watched.expired());
  const auto second = MustGet();
  EXPECT_NE(second, first);
  first.reset();
  EXPECT_TRUE(watched.expired());
  SharedLibraries::Forget();
  SharedLibraries::Forget();
}

// Every body there is; closures are compiled with what they are in.
void CompileAll(const SharedLibraries& libraries) {
  const LibrarySet& set = *libraries.libraries();
  for (int number = 0; number < static_cast<int>(set.size()); ++number) {
    for (std::size_t i = 0; i < set.source(number).functions.size(); ++i) {
      const auto mistake = libraries.Compile({number, static_cast<int>(i)});
      if (mistake) throw *mistake;
    }
  }
}

bool IsClosure(const CompiledFunction& function) { return function.kind == FunctionKind::kClosure; }

// What the checker says of them.
std::string Check(const SharedLibraries& libraries) {
  const LibrarySet& set = *libraries.libraries();
  for (int number = 0; number < static_cast<int>(set.size()); ++number) {
    for (const auto& function : set.library(number).functions) {
      const std::string& name = function->qualified_name;
      // A closure is left over where compiling what it is in failed; nothing refers to it.
      if (!function->has_code() || (!function->is_compiled && IsClosure(*function))) continue;
      if (!function->is_compiled) return name + " has no code";
      if (const std::string found = CheckFunction(*function); !found.empty()) return name + found;
    }
  }
  return "";
}

TEST(SharedLibrariesTest, BodiesAreCompiledOnceWhoeverAsks) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  const CompiledLibrary& core = libraries->libraries()->library(libraries->NumberOf("dart:core"));
  std::size_t before = 0;
  for (const auto& function : core.functions) before += function->is_compiled ? 1 : 0;
  EXPECT_EQ(before, 0u);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { CompileAll(*libraries); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Check(*libraries), "");
  const std::size_t functions = core.functions.size();
  CompileAll(*libraries);
  EXPECT_EQ(core.functions.size(), functions);  // No closure a second time.
}

// Z2
TEST(SharedLibrariesTest, ABodyThatFoundNoMemoryIsCompiledTheNextTime) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  std::int64_t failures = 0;
  for (std::int64_t count = 0;; count += 1 + count / 16) {
    bool has_failed = false;
    is_once = count % 2 == 0;
    allocations_left = count;
    try {
      CompileAll(*libraries);
    } catch (const std::bad_alloc&) {
      has_failed = true;
    }
    allocations_left = kNever;
    if (!has_failed) break;
    ++failures;
  }
  EXPECT_GT(failures, 20);
  EXPECT_EQ(Check(*libraries), "");
}

// Z2. The allocations that fail lie ever further apart, up to one that is no longer needed.
TEST(SharedLibrariesTest, SayThatMemoryIsUsedUpAndAreMadeTheNextTime) {
  std::int64_t failures = 0;
  for (std::int64_t count = 0;; count += 1 + count / 4) {
    SharedLibraries::Forget();
    std::string error;
    is_once = count % 2 == 0;
    allocations_left = count;
    const auto made = SharedLibraries::OfProcess(&error);
    const bool has_failed = allocations_left == (is_once ? kNever : 0);
    allocations_left = kNever;
    ASSERT_EQ(made == nullptr, has_failed) << count;
    EXPECT_EQ(error, has_failed ? "Out of memory." : "") << count;
    if (!has_failed) break;
    ++failures;
    if (failures % 8 == 0) {
      EXPECT_NE(MustGet(), nullptr);
    }
  }
  EXPECT_GT(failures, 20);
  EXPECT_NE(MustGet(), nullptr);
}

TEST(SharedLibrariesTest, ThreadsThatAskAtOnceGetTheSame) {
  SharedLibraries::Forget();
  std::vector<std::shared_ptr<const SharedLibraries>> got(4);
  std::vector<std::thread> threads;
  for (auto& place : got) threads.emplace_back([&place] { place = MustGet(); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& one : got) EXPECT_EQ(one, got.front());
}

}  // namespace
}  // namespace fart::lang

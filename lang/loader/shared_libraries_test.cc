// The `dart:` libraries that isolates share: once a process, whichever threads ask.

#include "lang/loader/shared_libraries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "lang/loader/testing/shared_libraries.h"

namespace fart::lang {
namespace {

TEST(SharedLibrariesTest, AreMadeOnceAndWhole) {
  const auto first = MustGet();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(MustGet(), first);
  const LibrarySet& set = *first->libraries();
  EXPECT_EQ(set.library(set.core()).uri, "dart:core");
  for (const char* const uri : {"dart:core", "dart:async", "dart:isolate", "dart:nativewrappers"}) {
    const int number = first->NumberOf(uri);
    ASSERT_GE(number, 0) << uri;
    EXPECT_TRUE(set.source(number).is_linked);
  }
  EXPECT_EQ(first->NumberOf("dart:core/object.dart"), LibrarySet::kUnbound);
  EXPECT_EQ(first->NumberOf("dart:nix"), LibrarySet::kUnbound);
}

TEST(SharedLibrariesTest, HaveNoneThatOnlyProgramsImport) {
  for (const char* const uri : {"dart:collection", "dart:convert", "dart:io", "dart:math"}) {
    EXPECT_EQ(MustGet()->NumberOf(uri), LibrarySet::kUnbound) << uri;
  }
}

// LC-S5
TEST(SharedLibrariesTest, SomeComeWhenAProgramAsksUnderTheNumbersThatWereKept) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  const LibrarySet& first = *libraries->libraries();
  EXPECT_EQ(libraries->count(), first.size() + 3);
  const auto all = MustGetAll(*libraries);
  EXPECT_EQ(MustGetAll(*libraries), all);
  EXPECT_EQ(all->size(), libraries->count());
  for (const char* const uri : {"dart:ffi", "dart:package_ffi", "dart:typed_data"}) {
    const int number = libraries->NumberOf(uri);
    ASSERT_GE(number, 0) << uri;
    EXPECT_FALSE(first.Has(number)) << uri;
    ASSERT_TRUE(all->Has(number)) << uri;
    EXPECT_EQ(all->library(number).uri, uri);
    EXPECT_TRUE(all->source(number).is_linked);
  }
  const int core = libraries->NumberOf("dart:core");
  EXPECT_EQ(&all->library(core), &first.library(core));
}

TEST(SharedLibrariesTest, TheirClassesHaveTablesOfWhomTheyCameTo_LCK4) {
  const auto libraries = MustGet();
  LibrarySet set(libraries->libraries(), libraries->count(), {});
  ClassTables tables(set, &libraries->tables());
  const int number = libraries->NumberOf("dart:typed_data");
  EXPECT_FALSE(set.Has(number));
  set.PutOn(MustGetAll(*libraries));
  ASSERT_TRUE(set.Has(number));
  EXPECT_EQ(set.size(), libraries->count());
  const ClassRef list{number, set.library(number).FindClass({"Uint8List", Name::kPublic})};
  const ClassTable& table = tables.Of(list);
  EXPECT_EQ(&tables.Of(list), &table);
  const MemberKey* const type =
      tables.keys().Of(MemberKind::kGetter, {"runtimeType", Name::kPublic});
  EXPECT_TRUE(table.members.contains(type));
  const ClassRef object = *set.FindCoreClass("Object");
  EXPECT_TRUE(
      std::binary_search(table.supertypes.begin(), table.supertypes.end(), ClassNumber(object)));
}

TEST(SharedLibrariesTest, ThreadsThatAskForThoseThatComeLateGetTheSame) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  std::vector<std::shared_ptr<const LibrarySet>> got(4);
  std::vector<std::thread> threads;
  for (auto& place : got) threads.emplace_back([&] { place = MustGetAll(*libraries); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& one : got) EXPECT_EQ(one, got.front());
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

TEST(SharedLibrariesTest, ThoseWithChecksAreOthers) {
  const std::shared_ptr<const SharedLibraries> plain = MustGet();
  const std::shared_ptr<const SharedLibraries> checked = MustGet(/*checks_types=*/true);
  EXPECT_NE(plain, checked);
  EXPECT_EQ(MustGet(/*checks_types=*/true), checked);
  CompileAll(*plain);
  CompileAll(*checked);
  EXPECT_EQ(Check(*checked), "");
  const auto checks_in = [](const SharedLibraries& libraries) {
    int found = 0;
    const auto all = MustGetAll(libraries);
    const LibrarySet& set = *all;
    for (int number = 0; number < static_cast<int>(set.size()); ++number) {
      for (const auto& function : set.library(number).functions) {
        for (std::size_t pc = 0; pc < function->code.size();
             pc += WordsOf(OpcodeOf(function->code[pc]))) {
          const Opcode opcode = OpcodeOf(function->code[pc]);
          if (opcode == Opcode::kCheckType || opcode == Opcode::kCheckCondition ||
              opcode == Opcode::kCheckElement) {
            ++found;
          }
        }
      }
    }
    return found;
  };
  EXPECT_EQ(checks_in(*plain), 0);  // LC-C1
  EXPECT_GT(checks_in(*checked), 100);
}

TEST(SharedLibrariesTest, LeftToTheSystemTheyOutliveForget) {
  const std::weak_ptr<const SharedLibraries> watched = MustGet();
  SharedLibraries::Leave(SharedLibraries::AtTheEnd::kLeftToTheSystem);
  SharedLibraries::Forget();
  EXPECT_FALSE(watched.expired());
  SharedLibraries::Leave(SharedLibraries::AtTheEnd::kFreed);
  SharedLibraries::Forget();
  EXPECT_TRUE(watched.expired());
}

// LC-S6
TEST(SharedLibrariesTest, MembersAreReadWhenSomebodyAsks) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  const LibrarySet& set = *libraries->libraries();
  const ClassRef date = *set.FindCoreClass("DateTime");
  EXPECT_TRUE(set.HasMembers(*set.FindCoreClass("Object")));
  EXPECT_FALSE(set.HasMembers(date));
  EXPECT_NE(set.HeaderOf(date).node, nullptr);
  EXPECT_FALSE(set.HasMembers(date));
  const ClassSource& source = set.ClassSourceOf(date);
  EXPECT_TRUE(set.HasMembers(date));
  EXPECT_TRUE(source.members.contains("millisecondsSinceEpoch"));
  EXPECT_TRUE(source.constructors.contains("now"));
  EXPECT_EQ(&set.ClassSourceOf(date), &source);
  EXPECT_FALSE(set.WholeClassOf(date).functions.empty());
  // What a class is above says nothing of its own.
  EXPECT_FALSE(set.HasMembers(*set.FindCoreClass("Uri")));
}

TEST(SharedLibrariesTest, MembersAreReadOnceWhoeverAsks) {
  SharedLibraries::Forget();
  const auto libraries = MustGet();
  const LibrarySet& set = *libraries->libraries();
  const CompiledLibrary& core = set.library(set.core());
  const ClassRef text = *set.FindCoreClass("RegExp");
  std::vector<const ClassSource*> got(4);
  std::vector<std::thread> threads;
  for (auto& place : got) {
    threads.emplace_back([&] {
      place = &set.ClassSourceOf(text);
      ReadAllMembers(set);
    });
  }
  // While another compiles.
  threads.emplace_back([&] {
    const std::size_t count = set.source(set.core()).functions.size();
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_FALSE(libraries->Compile({set.core(), static_cast<int>(i)}));
    }
  });
  for (std::thread& thread : threads) thread.join();
  for (const auto* one : got) EXPECT_EQ(one, got.front());
  EXPECT_EQ(ReadAllMembers(set), 0u);
  // None was declared twice.
  std::size_t members = 0;
  for (const auto& cls : core.classes) members += cls->functions.size();
  std::size_t owned = 0;
  for (const auto& function : core.functions) {
    const bool is_member = function->owner_class != CompiledFunction::kNoOwner &&
                           function->kind != FunctionKind::kClosure &&
                           function->kind != FunctionKind::kStaticInitializer;
    owned += is_member ? 1 : 0;
  }
  EXPECT_EQ(members, owned);
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

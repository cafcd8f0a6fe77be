// Every function of the libraries that every program has (dart:core, and those it exports names of)
// compiles, passes the checker, and finds its native part. Programs compile them only when they
// call them.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "lang/compiler/checker.h"
#include "lang/compiler/library_set.h"
#include "lang/linker/linker.h"
#include "lang/loader/loader.h"
#include "lang/loader/shared_libraries.h"
#include "lang/natives/natives.h"
#include "vm/testing/test_isolate.h"

namespace fart::lang {
namespace {

class CoreLibraryTest : public testing::Test {
 protected:
  CoreLibraryTest() : loader_(*isolate_, Shared()) {}
  void SetUp() override FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome loaded = loader_.LoadCore();
    ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
  }
  // dart:core and what it leads to.
  std::vector<const CompiledLibrary*> Libraries() {
    std::vector<const CompiledLibrary*> all;
    for (int i = 0; isolate_->libraries().Find(i) != nullptr; ++i) {
      all.push_back(loader_.LibraryOfNumber(i));
    }
    return all;
  }

  Outcome Load(const ScriptSource& script, int* number) FART_NO_SAFEPOINT_ANALYSIS {
    return loader_.LoadScript(script, number);
  }

  static std::shared_ptr<const SharedLibraries> Shared() {
    std::string error;
    std::shared_ptr<const SharedLibraries> shared =
        SharedLibraries::OfProcess(/*checks_types=*/false, &error);
    EXPECT_EQ(error, "");
    return shared;
  }

  TestIsolate isolate_;
  Loader loader_;
};

TEST_F(CoreLibraryTest, CompilesWhollyAndPassesTheChecker) {
  for (const CompiledLibrary* const library : Libraries()) {
    // Closures are appended meanwhile; they are compiled with the function around them.
    for (std::size_t i = 0; i < library->functions.size(); ++i) {
      const CompiledFunction& function = *library->functions[i];
      std::string error;
      ASSERT_TRUE(loader_.Compile({library->number, static_cast<int>(i)}, &error)) << error;
      if (function.has_code()) {
        EXPECT_EQ(CheckFunction(function), "") << function.qualified_name;
      }
    }
  }
}

TEST_F(CoreLibraryTest, FindsEveryNativeFunction) {
  for (const CompiledLibrary* const library : Libraries()) {
    std::size_t natives = 0;
    for (const auto& function : library->functions) {
      if (function->native_name.empty()) continue;
      ++natives;
      const IntrinsicEntry* const native = FindNative(function->native_name);
      ASSERT_NE(native, nullptr) << function->native_name;
      EXPECT_EQ(native->argument_count(), function->parameter_count) << function->native_name;
    }
    EXPECT_GT(natives, 0u) << library->uri;
  }
}

// Those that programs import, which are compiled here as a program does it.
TEST_F(CoreLibraryTest, EveryLibraryCompilesWhollyAndPassesTheChecker) {
  ScriptSource script;
  script.url = "test.dart";
  script.text = "main() {}";
  constexpr const char* kNames[] = {"dart:math",  "dart:collection", "dart:convert",
                                    "dart:async", "dart:isolate",    "dart:typed_data"};
  for (const char* const name : kNames)
    script.text = "import '" + std::string(name) + "'; " + script.text;
  int number = 0;
  const Outcome loaded = Load(script, &number);
  ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
  std::size_t found = 0;
  constexpr int kMost = 64;  // Of all numbers, those of others between them.
  for (int each = 0; each < kMost; ++each) {
    if (isolate_->libraries().Find(each) == nullptr) continue;
    const CompiledLibrary* const library = loader_.LibraryOfNumber(each);
    if (std::find(std::begin(kNames), std::end(kNames), library->uri) == std::end(kNames)) continue;
    ++found;
    for (std::size_t i = 0; i < library->functions.size(); ++i) {
      std::string error;
      ASSERT_TRUE(loader_.Compile({library->number, static_cast<int>(i)}, &error)) << error;
      const CompiledFunction& function = *library->functions[i];
      if (function.has_code()) {
        EXPECT_EQ(CheckFunction(function), "") << function.qualified_name;
      }
      if (function.native_name.empty()) continue;
      const IntrinsicEntry* const native = FindNative(function.native_name);
      ASSERT_NE(native, nullptr) << function.native_name;
      EXPECT_EQ(native->argument_count(), function.parameter_count) << function.native_name;
    }
  }
  EXPECT_EQ(found, std::size(kNames));
}

TEST_F(CoreLibraryTest, HasEveryClassAndHelperTheInterpreterRefersTo) {
  Linker linker(*isolate_, loader_, FindIntrinsic);
  ASSERT_TRUE(linker.BindCore(loader_.core()));  // Ends the process where one is missing.
  EXPECT_EQ(linker.core_class(CoreClass::kInt)->compiled->name.text, "int");
}

}  // namespace
}  // namespace fart::lang

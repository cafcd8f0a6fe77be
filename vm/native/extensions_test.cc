#include "vm/native/extensions.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "heap/platform/testing/refusing_memory.h"
#include "vm/native/native_call.h"
#include "vm/testing/test_isolate.h"

namespace {
void* error_for_test_extension;
void (*in_test_extension)();  // null: nothing
}  // namespace

// Called by test_failing_Init.
extern "C" __attribute__((visibility("default"))) void* ErrorForTestExtension() {
  if (in_test_extension != nullptr) in_test_extension();
  return error_for_test_extension;
}

namespace fart {
namespace {

// ---- URIs

std::string RefusalOf(std::string_view uri) {
  ExtensionPlaces places;
  std::string error;
  EXPECT_FALSE(FindExtensionPlaces(uri, "/lib", &places, &error)) << uri;
  return error;
}

TEST(ExtensionUriTest, ABareNameIsLookedForInTheFolderAndThenByThePlatform) {
  ExtensionPlaces places;
  std::string error;
  ASSERT_TRUE(FindExtensionPlaces("dart-ext:sample", "/opt/me/lib", &places, &error));
  EXPECT_EQ(places.name, "sample");
  EXPECT_EQ(places.paths, (std::vector<std::string>{"/opt/me/lib/libsample.so", "libsample.so"}));
  ASSERT_TRUE(FindExtensionPlaces("dart-ext:sample", "/opt/me/lib/", &places, &error));
  EXPECT_EQ(places.paths, (std::vector<std::string>{"/opt/me/lib/libsample.so", "libsample.so"}));
  ASSERT_TRUE(FindExtensionPlaces("dart-ext:sample", "", &places, &error));
  EXPECT_EQ(places.paths, std::vector<std::string>{"libsample.so"});
}

TEST(ExtensionUriTest, AnAbsolutePathIsLookedForOnlyThere) {
  ExtensionPlaces places;
  std::string error;
  ASSERT_TRUE(FindExtensionPlaces("dart-ext:/opt/x/sample", "/opt/me/lib", &places, &error));
  EXPECT_EQ(places.name, "sample");
  EXPECT_EQ(places.paths, std::vector<std::string>{"/opt/x/libsample.so"});
}

TEST(ExtensionUriTest, EverythingElseIsRefusedWithItsReason) {
  EXPECT_EQ(RefusalOf("dart-ext:sub/sample"),
            "Cannot import 'dart-ext:sub/sample': the path after 'dart-ext:' must be a bare name "
            "or an absolute path.");
  EXPECT_NE(RefusalOf("dart-ext:../sample").find("absolute path"), std::string::npos);
  EXPECT_NE(RefusalOf("dart-ext:").find("missing"), std::string::npos);
  EXPECT_NE(RefusalOf("dart-ext:/opt/").find("missing"), std::string::npos);
  EXPECT_NE(RefusalOf("sample.dart").find("not a 'dart-ext:' URI"), std::string::npos);
  EXPECT_NE(RefusalOf(std::string_view("dart-ext:a\0b", 12)).find("NUL"), std::string::npos);
}

// ---- Loading

class ExtensionsTest : public testing::Test {
 protected:
  // Where the test's extensions lie.
  static std::string Folder() {
    const char* const folder = std::getenv("TEST_EXTENSIONS");
    if (folder != nullptr) return folder;
    char here[4096];
    FART_CHECK(getcwd(here, sizeof(here)) != nullptr);
    return std::string(here) + "/vm/native/testdata";
  }

  Library& AddLibrary(int number) FART_NO_SAFEPOINT_ANALYSIS {
    const std::string url = "file:///importer" + std::to_string(number) + ".dart";
    isolate_.Keep(isolate_->libraries().Add(*isolate_, number, url));
    return *isolate_->libraries().Find(number);
  }
  Outcome Import(Library& importer, const std::string& uri,
                 const std::string& folder = Folder()) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome outcome = ImportExtension(*isolate_, importer, folder, uri);
    EXPECT_EQ(isolate_->innermost_foreign_frame(), nullptr);
    return outcome;
  }
  std::string MessageOf(const Outcome& outcome) {
    EXPECT_TRUE(outcome.IsError());
    return outcome.IsError() ? isolate_.ErrorMessageOf(outcome) : "";
  }
  static int Starts() {
    const NotRefused own;
    void* const library = dlopen((Folder() + "/libtest_good.so").c_str(), RTLD_NOW);
    FART_CHECK(library != nullptr);
    return reinterpret_cast<int (*)()>(dlsym(library, "test_good_Starts"))();
  }

  TestIsolate isolate_{{.flags = {.heap = {.heap_limit = MiB(64)}}}};
};

TEST_F(ExtensionsTest, StartsOnceForEachLibraryThatImports) {
  const int before = Starts();
  Library& first = AddLibrary(0);
  Library& second = AddLibrary(1);
  EXPECT_FALSE(Import(first, "dart-ext:test_good").IsError());
  EXPECT_EQ(Starts(), before + 1);
  EXPECT_FALSE(Import(first, "dart-ext:" + Folder() + "/test_good").IsError());
  EXPECT_EQ(Starts(), before + 1);
  EXPECT_FALSE(Import(second, "dart-ext:test_good").IsError());
  EXPECT_EQ(Starts(), before + 2);
}

TEST_F(ExtensionsTest, AMissingOneIsAnErrorThatNamesEveryPathTried) {
  Library& importer = AddLibrary(0);
  const std::string message = MessageOf(Import(importer, "dart-ext:no_such_thing"));
  EXPECT_NE(message.find("Cannot import 'dart-ext:no_such_thing' into 'file:///importer0.dart'"),
            std::string::npos);
  EXPECT_NE(message.find("tried '" + Folder() + "/libno_such_thing.so': "), std::string::npos);
  EXPECT_NE(message.find("tried 'libno_such_thing.so': "), std::string::npos);
  EXPECT_NE(message.find("No such file or directory"), std::string::npos);
}

TEST_F(ExtensionsTest, AnAbsolutePathIsNotLookedForElsewhere) {
  Library& importer = AddLibrary(0);
  const std::string message = MessageOf(Import(importer, "dart-ext:/nowhere/test_good"));
  EXPECT_NE(message.find("tried '/nowhere/libtest_good.so': "), std::string::npos);
  EXPECT_EQ(message.find("tried 'libtest_good.so'"), std::string::npos);
}

TEST_F(ExtensionsTest, AFileThatIsNoLibraryIsAnErrorInTheLoadersWords) {
  Library& importer = AddLibrary(0);
  const std::string message =
      MessageOf(Import(importer, "dart-ext:" + Folder() + "/broken/test_broken"));
  EXPECT_NE(message.find("/broken/libtest_broken.so': "), std::string::npos);
  EXPECT_TRUE(message.find("invalid ELF header") != std::string::npos ||
              message.find("file too short") != std::string::npos)
      << message;
}

TEST_F(ExtensionsTest, ALibraryWithoutInitIsAnErrorThatNamesIt) {
  Library& importer = AddLibrary(0);
  const std::string message = MessageOf(Import(importer, "dart-ext:test_without_init"));
  EXPECT_NE(message.find("has no function 'test_without_init_Init'"), std::string::npos);
  EXPECT_NE(message.find("libtest_without_init.so"), std::string::npos);
}

TEST_F(ExtensionsTest, WhatInitReturnsAsErrorFailsTheImport) {
  Library& importer = AddLibrary(0);
  error_for_test_extension = ErrorHandle(ErrorText::kNoFrameToThrow).As<void>();
  EXPECT_EQ(MessageOf(Import(importer, "dart-ext:test_failing")),
            TextOf(ErrorText::kNoFrameToThrow));
  EXPECT_TRUE(importer.extensions.empty());
  error_for_test_extension = nullptr;
  EXPECT_EQ(MessageOf(Import(importer, "dart-ext:test_failing")),
            "An extension's _Init returned something that is not a live handle.");
}

// By whatever way _Init ends, the import fails with that, and can be tried again.
TEST_F(ExtensionsTest, HoweverInitEndsBadlyItIsTheImportsError) {
  Library& importer = AddLibrary(0);
  error_for_test_extension = ConstantHandle(Constant::kTrue).As<void>();
  in_test_extension = []() FART_NO_SAFEPOINT_ANALYSIS {
    Isolate& isolate = *Isolate::Current();
    const Outcome error = NewApiError(isolate, "from _Init");
    const NoSafepointScope quiet;
    static_cast<void>(PropagateError(isolate, error.Get(quiet), quiet));
    ADD_FAILURE() << "refused";
  };
  EXPECT_EQ(MessageOf(Import(importer, "dart-ext:test_failing")), "from _Init");
  in_test_extension = [] { throw std::runtime_error("what it says"); };
  EXPECT_EQ(MessageOf(Import(importer, "dart-ext:test_failing")),
            "An extension's _Init let a C++ exception out: std::runtime_error: what it says");
  in_test_extension = [] { Isolate::Current()->Exit(); };
  EXPECT_EQ(MessageOf(Import(importer, "dart-ext:test_failing")),
            "An extension's _Init returned with another isolate current than it was called in.");
  EXPECT_EQ(Isolate::Current(), &*isolate_);
  EXPECT_TRUE(importer.extensions.empty());
  in_test_extension = nullptr;
  EXPECT_FALSE(Import(importer, "dart-ext:test_failing").IsError());
  EXPECT_EQ(importer.extensions.size(), 1u);
}

TEST_F(ExtensionsTest, WithoutRoomForItsHandleInitIsNotCalled) {
  Library& importer = AddLibrary(0);
  const int before = Starts();
  LocalHandles& locals = isolate_->handles().locals;
  ASSERT_TRUE(locals.EnterScope());
  while (locals.Create(kTrue) != nullptr) {
  }
  EXPECT_EQ(MessageOf(Import(importer, "dart-ext:test_good")), TextOf(ErrorText::kNoHandleSpace));
  EXPECT_EQ(Starts(), before);
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_FALSE(Import(importer, "dart-ext:test_good").IsError());
  EXPECT_EQ(Starts(), before + 1);
}

// An _Init runs for a library and is remembered, or does not run.
TEST_F(ExtensionsTest, WithoutMemoryInitIsNotCalledOrTheImportIsDone) FART_MAY_COLLECT {
  int number = 0;
  SweepFailures(SystemCall::kNew, [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const LocalScope scope(isolate_->handles().locals);
    Library* importer = nullptr;
    {
      const NotRefused own;
      importer = &AddLibrary(number++);
    }
    const int before = Starts();
    bool refused = false;
    try {
      refused = Import(*importer, "dart-ext:test_good").IsError();
    } catch (const std::bad_alloc&) {
      refused = true;
    }
    RefusingMemory::Stop();
    EXPECT_EQ(importer->extensions.size(), refused ? 0u : 1u);
    EXPECT_EQ(Starts(), before + (refused ? 0 : 1));
    return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
}

TEST_F(ExtensionsTest, TheFolderComesBeforeThePlatformAndTheFirstThatOpensIsTaken) {
  Library& importer = AddLibrary(0);
  // The platform would find another of that name, or none.
  EXPECT_FALSE(Import(importer, "dart-ext:test_good", Folder() + "/").IsError());
  ASSERT_EQ(importer.extensions.size(), 1u);
  EXPECT_NE(importer.extensions[0].find("testdata/libtest_good.so"), std::string::npos);
  EXPECT_EQ(importer.extensions[0].find("//libtest_good.so"), std::string::npos);
}

TEST_F(ExtensionsTest, ABadUriIsAnError) {
  EXPECT_NE(MessageOf(Import(AddLibrary(0), "dart-ext:a/b")).find("absolute path"),
            std::string::npos);
}

}  // namespace
}  // namespace fart

#include "vm/ffi/foreign_library.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "vm/ffi/native_memory.h"

namespace fart::ffi {
namespace {

std::string TestLibrary() { return std::getenv("CLASSES"); }

class ForeignLibraryTest : public testing::Test {
 protected:
  std::uint32_t Open() {
    const auto id = libraries_.Open(TestLibrary(), &error_);
    EXPECT_TRUE(id.has_value()) << error_;
    return id.value_or(0);
  }

  ForeignLibraries libraries_;
  std::string error_;
};

TEST_F(ForeignLibraryTest, FindsFunctionsAndVariables) {
  ForeignLibrary& library = *libraries_.Get(Open());
  void* address = nullptr;
  ASSERT_TRUE(library.Find("a_variable", &address, &error_));
  EXPECT_EQ(*static_cast<int*>(address), 42);
  ASSERT_TRUE(library.Find("half", &address, &error_));
  EXPECT_EQ(reinterpret_cast<double (*)(double)>(address)(5), 2.5);
}

TEST_F(ForeignLibraryTest, SaysWhatTheLoaderSays) {
  ForeignLibrary& library = *libraries_.Get(Open());
  void* address = nullptr;
  EXPECT_FALSE(library.Find("no_such_symbol", &address, &error_));
  EXPECT_NE(error_.find("undefined symbol: no_such_symbol"), std::string::npos) << error_;
  EXPECT_FALSE(libraries_.Open("libno_such_library.so", &error_).has_value());
  EXPECT_NE(error_.find("libno_such_library.so: cannot open shared object file"), std::string::npos)
      << error_;
}

TEST_F(ForeignLibraryTest, KeepsItsSymbolsToItself) {
  Open();
  void* address = nullptr;
  EXPECT_FALSE(libraries_.Get(libraries_.OpenProcess())->Find("sum_variable", &address, &error_));
}

TEST_F(ForeignLibraryTest, FindsWhatTheProcessHas) {
  void* address = nullptr;
  EXPECT_TRUE(libraries_.Get(libraries_.OpenProcess())->Find("strlen", &address, &error_));
  EXPECT_NE(address, nullptr);
  EXPECT_TRUE(libraries_.Get(libraries_.OpenExecutable())->Find("malloc", &address, &error_));
}

TEST_F(ForeignLibraryTest, IsNotClosedWhileACallRuns_VFO1) {
  const std::uint32_t id = Open();
  {
    const CallIntoLibrary running(libraries_.Get(id));
    EXPECT_FALSE(libraries_.Close(id, &error_));
    EXPECT_EQ(error_, "'" + TestLibrary() + "' cannot be closed while a call into it runs.");
    EXPECT_TRUE(libraries_.Get(id)->is_open());
  }
  EXPECT_TRUE(libraries_.Close(id, &error_));
  EXPECT_FALSE(libraries_.Get(id)->is_open());
  EXPECT_FALSE(libraries_.Close(id, &error_));
  EXPECT_EQ(error_, "'" + TestLibrary() + "' has been closed before.");
}

TEST_F(ForeignLibraryTest, IsNotClosedWhileAFunctionIsAFinalizer_VFO1) {
  const std::uint32_t id = Open();
  ForeignLibrary* const library = libraries_.Get(id);
  void* half = nullptr;
  ASSERT_TRUE(library->Find("half", &half, &error_));
  {
    const FinalizerOfLibrary one(library, half);
    EXPECT_FALSE(libraries_.Close(id, &error_));
    EXPECT_EQ(error_, "'" + TestLibrary() +
                          "' cannot be closed while its function 'half' is a finalizer of 1 "
                          "object.");
    const FinalizerOfLibrary two(library, half);
    EXPECT_FALSE(libraries_.Close(id, &error_));
    EXPECT_NE(error_.find("2 objects"), std::string::npos) << error_;
  }
  EXPECT_TRUE(libraries_.Close(id, &error_));
}

TEST_F(ForeignLibraryTest, StaysLoadedWhileAListSeesIt_VFO3) {
  const std::uint32_t id = Open();
  ForeignLibrary* const library = libraries_.Get(id);
  void* variable = nullptr;
  ASSERT_TRUE(library->Find("a_variable", &variable, &error_));
  {
    const ViewOfLibrary view(library);
    { const ViewOfLibrary another(library); }
    EXPECT_TRUE(libraries_.Close(id, &error_));
    EXPECT_FALSE(library->is_open());
    EXPECT_EQ(*static_cast<int*>(variable), 42);
    EXPECT_NE(library->handle(), nullptr);
  }
  EXPECT_EQ(library->handle(), nullptr);
}

TEST_F(ForeignLibraryTest, IsOpenAgainUnderAnotherId) {
  const std::uint32_t first = Open();
  ASSERT_TRUE(libraries_.Close(first, &error_));
  const std::uint32_t second = Open();
  EXPECT_NE(first, second);
  EXPECT_FALSE(libraries_.Get(first)->is_open());
  EXPECT_TRUE(libraries_.Get(second)->is_open());
}

TEST_F(ForeignLibraryTest, DoesNotCloseTheProcess) {
  EXPECT_FALSE(libraries_.Close(libraries_.OpenProcess(), &error_));
  EXPECT_EQ(error_, "This library is the process, which cannot be closed.");
  EXPECT_FALSE(libraries_.Close(libraries_.OpenExecutable(), &error_));
}

TEST_F(ForeignLibraryTest, IsNoneOfAnotherIsolates) {
  const std::uint32_t here = Open();
  ForeignLibraries other;
  const std::uint32_t there = other.OpenProcess();
  EXPECT_NE(here, there);
  EXPECT_EQ(other.Get(here), nullptr);
  EXPECT_EQ(libraries_.Get(there), nullptr);
}

}  // namespace
}  // namespace fart::ffi

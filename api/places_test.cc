// Calls in places where they are refused, or all but: what the table of places
// (conformance/bad_input_place_test.c) cannot ask, because its arguments or its isolate are others.

#include <functional>
#include <string>
#include <utility>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

constexpr const char* kInCallback = "Inside a callback nothing may be called";

class PlacesTest : public LanguageTest {
 protected:
  // Inside of a finalizer.
  void InFinalizer(std::function<void()> call) {
    call_ = std::move(call);
    was_called_ = false;
    Fart_EnterScope();
    const auto run = [](void*, void* test) {
      auto& own = *static_cast<PlacesTest*>(test);
      own.was_called_ = true;
      own.call_();
    };
    ASSERT_NE(Fart_NewFinalizableHandle(Fart_NewList(1), this, 0, run), nullptr);
    Fart_ExitScope();
    Collect();
    EXPECT_TRUE(was_called_);
  }

 private:
  std::function<void()> call_;
  bool was_called_ = false;
};

TEST_F(PlacesTest, TheTextOfAnExceptionIsAskedOfTheProgramAndNotInACallback) {
  ExpectSuccess(Load("throws() { throw 'x'; }"));
  const Fart_PersistentHandle thrown = Fart_NewPersistentHandle(Call("throws"));
  const Fart_PersistentHandle said = Fart_NewPersistentHandle(Fart_NewApiError("said"));
  InFinalizer([=] {
    {
      const ExpectMisuse misuse(std::string("Fart_GetError: ") + kInCallback);
      EXPECT_THAT(Fart_GetError(thrown), ::testing::HasSubstr(kInCallback));
    }
    EXPECT_STREQ(Fart_GetError(said), "said");
  });
  EXPECT_THAT(Fart_GetError(thrown), ::testing::HasSubstr("x"));
}

TEST_F(PlacesTest, NoScriptIsLoadedInACallback) {
  const Fart_PersistentHandle url = Fart_NewPersistentHandle(Str("late.dart"));
  const Fart_PersistentHandle source = Fart_NewPersistentHandle(Str("main() => 1;"));
  InFinalizer([=] {
    EXPECT_THAT(ErrorOf(Fart_LoadScript(url, url, source, 0, 0)),
                ::testing::StartsWith(std::string("Fart_LoadScript: ") + kInCallback));
  });
  EXPECT_EQ(Fart_RootLibrary(), Fart_Null());
  ExpectSuccess(Fart_LoadScript(url, url, source, 0, 0));
}

TEST_F(PlacesTest, AnIsolateIsMadeRunnableFromOutside) {
  const ExpectMisuse misuse("Fart_IsolateMakeRunnable: this thread is inside an isolate.");
  EXPECT_FALSE(Fart_IsolateMakeRunnable(isolate_));
}

TEST_F(PlacesTest, TheRootLibraryMayBeNone) {
  const Fart_Handle library = Load("main() => 1;");
  EXPECT_FALSE(Fart_IsNull(Fart_RootLibrary()));
  EXPECT_EQ(Fart_SetRootLibrary(Fart_Null()), Fart_Null());
  EXPECT_TRUE(Fart_IsNull(Fart_RootLibrary()));
  EXPECT_EQ(Fart_SetRootLibrary(library), library);
  EXPECT_TRUE(Fart_IdentityEquals(Fart_RootLibrary(), library));
}

TEST_F(PlacesTest, BytesOfAListWantAScopeEvenWhereNoHandleIsMade) {
  const Fart_PersistentHandle list =
      Fart_NewPersistentHandle(Fart_NewTypedData(Fart_TypedData_kUint8, 4));
  Fart_ExitScope();
  std::uint8_t bytes[4] = {9, 9, 9, 9};
  EXPECT_THAT(ErrorOf(Fart_ListGetAsBytes(list, 0, bytes, 4)),
              ::testing::StartsWith("Fart_ListGetAsBytes: No scope is open"));
  EXPECT_EQ(bytes[0], 9);
  EXPECT_THAT(ErrorOf(Fart_ListSetAsBytes(list, 0, bytes, 4)),
              ::testing::StartsWith("Fart_ListSetAsBytes: No scope is open"));
  Fart_EnterScope();
  ExpectSuccess(Fart_ListGetAsBytes(list, 0, bytes, 4));
  EXPECT_EQ(bytes[0], 0);
}

void AnswerNull(Fart_NativeArguments arguments) { Fart_SetReturnValue(arguments, Fart_Null()); }
Fart_NativeFunction Resolve(Fart_Handle, int, bool*) { return AnswerNull; }

TEST_F(PlacesTest, NullIsAResultLikeOthers) {
  ExpectSuccess(Load("answers() native 'x';", Resolve));
  const std::uint64_t misuses = Fart_MisuseCount();
  EXPECT_EQ(Call("answers"), Fart_Null());
  EXPECT_EQ(Fart_MisuseCount(), misuses);
}

}  // namespace
}  // namespace fart::api

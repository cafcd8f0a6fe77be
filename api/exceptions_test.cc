#include <map>
#include <stdexcept>
#include <string>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// Notes its end: what an unwind must not skip.
std::string trail;
struct Mark {
  explicit Mark(const char* text) : name(text) {}
  ~Mark() { trail += std::string("~") + name + " "; }
  const char* name;
};

void ThrowString(Fart_NativeArguments) {
  const Mark mark("ThrowString");
  Fart_EnterScope();
  const std::string owned = "thrown text that is longer than a small string";
  Fart_ThrowException(Str(owned.c_str()));
  trail += "never ";
}

void PropagateApiError(Fart_NativeArguments) {
  const Mark mark("PropagateApiError");
  Fart_PropagateError(Fart_NewApiError("out of ink"));
  trail += "never ";
}

// Calls the function that is its argument's name, and passes its error on.
void CallAndPropagate(Fart_NativeArguments arguments) {
  const Mark outer("outer");
  Fart_EnterScope();
  const Mark inner("inner");
  const Fart_Handle result =
      Fart_Invoke(Fart_RootLibrary(), Fart_GetNativeArgument(arguments, 0), 0, nullptr);
  if (Fart_IsError(result)) Fart_PropagateError(result);
  Fart_ExitScope();
  Fart_SetReturnValue(arguments, result);
}

// Rethrows what it catches with the stack trace it came with.
void CallAndRethrow(Fart_NativeArguments arguments) {
  const Fart_Handle result =
      Fart_Invoke(Fart_RootLibrary(), Fart_GetNativeArgument(arguments, 0), 0, nullptr);
  ASSERT_TRUE(Fart_ErrorHasException(result));
  const Fart_Handle trace = Fart_ErrorGetStackTrace(result);
  ASSERT_FALSE(Fart_IsNull(trace));
  Fart_RethrowException(Fart_ErrorGetException(result), trace);
}

void SwallowAll(Fart_NativeArguments) {
  try {
    Fart_ThrowException(Str("not to be stopped"));
  } catch (...) {
    trail += "caught ";
  }
  trail += "never ";
}

void LetOut(Fart_NativeArguments) { throw std::runtime_error("a C++ exception"); }

void ThrowWrongThings(Fart_NativeArguments) {
  trail += ErrorOf(Fart_ThrowException(Fart_Null())) + "\n";
  trail += ErrorOf(Fart_ThrowException(nullptr)) + "\n";
  trail += ErrorOf(Fart_RethrowException(Str("x"), Str("no trace"))) + "\n";
  trail += ErrorOf(Fart_PropagateError(Str("no error"))) + "\n";
}

const std::map<std::string, Fart_NativeFunction> kFunctions = {
    {"ThrowString", ThrowString},
    {"PropagateApiError", PropagateApiError},
    {"CallAndPropagate", CallAndPropagate},
    {"CallAndRethrow", CallAndRethrow},
    {"SwallowAll", SwallowAll},
    {"LetOut", LetOut},
    {"ThrowWrongThings", ThrowWrongThings},
};

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const auto found = kFunctions.find(TextOf(name));
  if (found == kFunctions.end()) Fart_PropagateError(Fart_NewApiError("resolver gives up"));
  return found->second;
}

constexpr const char* kSource = R"(
throwString() native 'ThrowString';
apiError() native 'PropagateApiError';
through(name) native 'CallAndPropagate';
rethrown(name) native 'CallAndRethrow';
swallow() native 'SwallowAll';
letOut() native 'LetOut';
wrong() native 'ThrowWrongThings';
unknown() native 'Unknown';

var log = '';
thrower() { throw 'from Fart'; }
catcher() { try { throwString(); } catch (e) { return 'caught $e'; } }
finisher() { try { throwString(); } finally { log = '${log}finally '; } }
nested() { try { through('middle'); } catch (e) { return 'nested $e'; } }
middle() { try { through('throwString'); } finally { log = '${log}middle '; } }
notCaught() { try { apiError(); } catch (e) { log = 'caught'; } finally { log = 'finally'; } }
again() { try { rethrown('thrower'); } catch (e, s) { return '$e\n$s'; } }
swallowed() { try { swallow(); } catch (e) { return e; } }
takeLog() => log;
)";

class ExceptionsTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    trail.clear();
    ExpectSuccess(Load(kSource, Resolve));
  }
};

TEST_F(ExceptionsTest, ThrownObjectsAreCaughtByFartCode) {
  EXPECT_EQ(TextOf(Call("catcher")), "caught thrown text that is longer than a small string");
  EXPECT_EQ(trail, "~ThrowString ");
}

TEST_F(ExceptionsTest, UncaughtOnesComeBackToTheHostAfterFinally) {
  const Fart_Handle error = Call("finisher");
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_THAT(TextOf(Fart_ErrorGetException(error)), ::testing::HasSubstr("thrown text"));
  EXPECT_THAT(ErrorOf(error), ::testing::AllOf(::testing::HasSubstr("thrown text"),
                                               ::testing::HasSubstr("finisher")));
  EXPECT_EQ(TextOf(Call("takeLog")), "finally ");
}

TEST_F(ExceptionsTest, NestedNativeCallsRunDestructorsAndFartFramesOnTheWay) {
  EXPECT_EQ(TextOf(Call("nested")), "nested thrown text that is longer than a small string");
  EXPECT_EQ(trail, "~ThrowString ~inner ~outer ~inner ~outer ");
  EXPECT_EQ(TextOf(Call("takeLog")), "middle ");
}

TEST_F(ExceptionsTest, ApiErrorsPassFartCodeUpToTheHost) {
  const Fart_Handle error = Call("notCaught");
  EXPECT_TRUE(Fart_IsApiError(error));
  EXPECT_EQ(ErrorOf(error), "out of ink");
  EXPECT_EQ(trail, "~PropagateApiError ");
  EXPECT_EQ(TextOf(Call("takeLog")), "");
}

TEST_F(ExceptionsTest, ScopesOpenedOnTheWayEnd) {
  const Fart_HandleStatistics before = HandleStatistics();
  Fart_EnterScope();
  for (int i = 0; i < 20; ++i) Call("nested");
  Fart_ExitScope();
  EXPECT_EQ(HandleStatistics().local_live, before.local_live);
  EXPECT_EQ(HandleStatistics().scope_bytes_live, before.scope_bytes_live);
}

TEST_F(ExceptionsTest, RethrowKeepsTheStackTraceOfTheFirstThrow_Defect1) {
  const std::string text = TextOf(Call("again"));
  EXPECT_THAT(text, ::testing::HasSubstr("from Fart"));
  EXPECT_THAT(text, ::testing::HasSubstr("thrower"));
}

TEST_F(ExceptionsTest, ACatchAllDoesNotStopIt) {
  EXPECT_EQ(TextOf(Call("swallowed")), "not to be stopped");
  EXPECT_EQ(trail, "caught ");
}

TEST_F(ExceptionsTest, CppExceptionsBecomeErrors) {
  EXPECT_THAT(ErrorOf(Call("letOut")), ::testing::HasSubstr("a C++ exception"));
}

TEST_F(ExceptionsTest, ResolversMayPropagateToo) {
  EXPECT_THAT(ErrorOf(Call("unknown")), ::testing::HasSubstr("resolver gives up"));
}

TEST_F(ExceptionsTest, WrongThingsAreNotThrown) {
  ExpectSuccess(Call("wrong"));
  EXPECT_EQ(trail,
            "Fart_ThrowException expects argument 'exception' to be non-null.\n"
            "Fart_ThrowException expects argument 'exception' to be a live handle, but it is "
            "NULL.\n"
            "Fart_RethrowException expects argument 'stacktrace' to be of type StackTrace. It is "
            "of type String.\n"
            "Fart_PropagateError expects argument 'handle' to be an error handle.\n");
}

TEST_F(ExceptionsTest, OutsideOfNativeFunctionsThereIsNowhereToGo) {
  EXPECT_EQ(ErrorOf(Fart_PropagateError(Fart_NewApiError("x"))),
            "No Fart frames on stack, cannot propagate error.");
  EXPECT_EQ(ErrorOf(Fart_ThrowException(Str("x"))),
            "No Fart frames on stack, cannot throw exception");
  EXPECT_EQ(ErrorOf(Fart_ThrowException(Fart_NewApiError("x"))),
            "No Fart frames on stack, cannot throw exception");
}

}  // namespace
}  // namespace fart::api

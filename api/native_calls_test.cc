#include <cstring>
#include <map>
#include <string>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// What the native functions below hand to the test.
struct Seen {
  std::string text;
  std::vector<std::int64_t> numbers;
  Fart_Isolate isolate = nullptr;
  Fart_WeakPersistentHandle weak = nullptr;
  Fart_NativeArguments arguments = nullptr;
  int resolved = 0;
  bool preset_scope = false;
};
Seen seen;

void CountArguments(Fart_NativeArguments arguments) {
  Fart_SetIntegerReturnValue(arguments, Fart_GetNativeArgumentCount(arguments));
}

void AddNumbers(Fart_NativeArguments arguments) {
  std::int64_t a = 0;
  double b = 0;
  bool minus = false;
  ExpectSuccess(Fart_GetNativeIntegerArgument(arguments, 0, &a));
  ExpectSuccess(Fart_GetNativeDoubleArgument(arguments, 1, &b));
  ExpectSuccess(Fart_GetNativeBooleanArgument(arguments, 2, &minus));
  Fart_SetDoubleReturnValue(arguments, static_cast<double>(a) + (minus ? -b : b));
}

void Greet(Fart_NativeArguments arguments) {
  void* peer = &seen;
  const Fart_Handle name = Fart_GetNativeStringArgument(arguments, 0, &peer);
  ExpectSuccess(name);
  EXPECT_EQ(peer, nullptr);
  const std::string text = Fart_IsNull(name) ? "nobody" : TextOf(name);
  Fart_SetReturnValue(arguments, Str(("hello " + text).c_str()));
}

void ReturnNothing(Fart_NativeArguments) {}
void ReturnTrue(Fart_NativeArguments arguments) { Fart_SetBooleanReturnValue(arguments, true); }
void ReturnBig(Fart_NativeArguments arguments) { Fart_SetIntegerReturnValue(arguments, INT64_MIN); }

void ReturnTwice(Fart_NativeArguments arguments) {
  Fart_SetIntegerReturnValue(arguments, 1);
  Fart_SetReturnValue(arguments, Str("the last one"));
}

// The scope that the call came with is not its own to leave, whatever it takes along.
void CarryOutOfTheCall(Fart_NativeArguments) {
  for (const Fart_Handle carried : {Fart_Null(), Fart_True(), Fart_NewInteger(7), Str("x")}) {
    seen.text += Fart_IsError(Fart_ExitScopeWith(carried)) ? "refused " : "left ";
  }
  Fart_EnterScope();
  seen.text += Fart_IsError(Fart_ExitScopeWith(Fart_Null())) ? "refused" : "left";
}

void ReturnStale(Fart_NativeArguments arguments) {
  Fart_EnterScope();
  const Fart_Handle stale = Str("gone");
  Fart_ExitScope();
  Fart_SetReturnValue(arguments, stale);
}

void ReturnLibrary(Fart_NativeArguments arguments) {
  Fart_SetReturnValue(arguments, Fart_RootLibrary());
}

void ReturnError(Fart_NativeArguments arguments) {
  Fart_SetReturnValue(arguments, Fart_NewApiError("set as result"));
  seen.text = "went on";
}

void ReturnWeak(Fart_NativeArguments arguments) {
  Fart_SetWeakHandleReturnValue(arguments, seen.weak);
}

// Wrong questions; what each was answered is a line of seen.text.
void AskWrongly(Fart_NativeArguments arguments) {
  std::int64_t number = 0;
  double real = 0;
  bool truth = false;
  void* peer = nullptr;
  for (const Fart_Handle answer :
       {Fart_GetNativeArgument(arguments, 5), Fart_GetNativeArgument(arguments, -1),
        Fart_GetNativeIntegerArgument(arguments, 0, &number),
        Fart_GetNativeDoubleArgument(arguments, 0, &real),
        Fart_GetNativeBooleanArgument(arguments, 0, &truth),
        Fart_GetNativeStringArgument(arguments, 1, &peer),
        Fart_GetNativeIntegerArgument(arguments, 0, nullptr), Fart_GetNativeArgument(nullptr, 0)}) {
    seen.text += ErrorOf(answer) + "\n";
  }
}

constexpr Fart_NativeArgument_Descriptor kAllTypes[] = {
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kBool, 0),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt32, 1),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kUint32, 1),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt64, 2),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kUint64, 1),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kDouble, 1),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kDouble, 3),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kString, 4),
    DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInstance, 4)};
constexpr int kAll = sizeof(kAllTypes) / sizeof(kAllTypes[0]);

void TakeAll(Fart_NativeArguments arguments) {
  Fart_NativeArgument_Value values[kAll];
  ExpectSuccess(Fart_GetNativeArguments(arguments, kAll, kAllTypes, values));
  EXPECT_TRUE(values[0].as_bool);
  EXPECT_EQ(values[1].as_int32, 7);
  EXPECT_EQ(values[2].as_uint32, 7u);
  EXPECT_EQ(values[3].as_int64, INT64_MIN);
  EXPECT_EQ(values[4].as_uint64, 7u);
  EXPECT_EQ(values[5].as_double, 7.0);
  EXPECT_EQ(values[6].as_double, 0.5);
  EXPECT_EQ(TextOf(values[7].as_string.dart_str), "text");
  EXPECT_EQ(values[7].as_string.peer, nullptr);
  EXPECT_TRUE(Fart_IdentityEquals(values[8].as_instance, values[7].as_string.dart_str));
  Fart_SetReturnValue(arguments, values[8].as_instance);
}

void TakeAllWrongly(Fart_NativeArguments arguments) {
  const Fart_NativeArgument_Descriptor bad[] = {
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt32, 2),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kUint64, 2),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kString, 1),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kBool, 1),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kDouble, 3),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt64, 3),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kBool, 9),
      DART_NATIVE_ARG_DESCRIPTOR(77, 0)};
  Fart_NativeArgument_Value value;
  for (const Fart_NativeArgument_Descriptor& descriptor : bad) {
    seen.text += ErrorOf(Fart_GetNativeArguments(arguments, 1, &descriptor, &value)) + "\n";
  }
  seen.text += ErrorOf(Fart_GetNativeArguments(arguments, -1, bad, &value)) + "\n";
  seen.text += ErrorOf(Fart_GetNativeArguments(arguments, 1, nullptr, &value)) + "\n";
}

std::vector<Fart_PersistentHandle> kept;
void Keep(Fart_NativeArguments arguments) {
  kept.push_back(Fart_NewPersistentHandle(Fart_GetNativeArgument(arguments, 0)));
}

// arguments: a string with a peer, one without, an int of 64 bits without sign, a bigger one.
void TakePeersAndBigIntegers(Fart_NativeArguments arguments) {
  void* peer = nullptr;
  EXPECT_EQ(Fart_GetNativeStringArgument(arguments, 0, &peer), nullptr);
  EXPECT_EQ(peer, &seen);
  EXPECT_EQ(TextOf(Fart_GetNativeStringArgument(arguments, 1, &peer)), "none");
  EXPECT_EQ(peer, nullptr);
  const Fart_NativeArgument_Descriptor good[] = {
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kString, 0),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kUint64, 2),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kDouble, 3)};
  Fart_NativeArgument_Value values[3];
  ExpectSuccess(Fart_GetNativeArguments(arguments, 3, good, values));
  EXPECT_EQ(values[0].as_string.peer, &seen);
  EXPECT_EQ(values[0].as_string.dart_str, nullptr);
  EXPECT_EQ(values[1].as_uint64, UINT64_MAX);
  EXPECT_EQ(values[2].as_double, 0x1p64);
  double real = 0;
  ExpectSuccess(Fart_GetNativeDoubleArgument(arguments, 3, &real));
  EXPECT_EQ(real, 0x1p64);
  std::int64_t integer = 42;
  seen.text += ErrorOf(Fart_GetNativeIntegerArgument(arguments, 2, &integer)) + "\n";
  EXPECT_EQ(integer, 42);
  const Fart_NativeArgument_Descriptor bad[] = {
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kInt64, 2),
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kUint64, 3)};
  for (const Fart_NativeArgument_Descriptor& descriptor : bad) {
    seen.text += ErrorOf(Fart_GetNativeArguments(arguments, 1, &descriptor, values)) + "\n";
  }
}

// ---- Leaving the isolate (VE-N3)

void ExitIsolate(Fart_NativeArguments) { Fart_ExitIsolate(); }

void EnterAnother(Fart_NativeArguments) {
  Fart_ExitIsolate();
  Fart_EnterIsolate(seen.isolate);
}

void ExitAndEnter(Fart_NativeArguments arguments) {
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  Fart_EnterIsolate(isolate);
  Fart_SetReturnValue(arguments, Str("back"));
}

void ShutDown(Fart_NativeArguments) {
  const ExpectMisuse misuse("Fart_ShutdownIsolate: a native function");
  Fart_ShutdownIsolate();
}

// ---- Scopes

void LeaveTooManyScopes(Fart_NativeArguments arguments) {
  Fart_EnterScope();
  Fart_ExitScope();
  const std::uint64_t before = Fart_MisuseCount();
  Fart_ExitScope();
  Fart_ExitScope();
  Fart_SetIntegerReturnValue(arguments, static_cast<std::int64_t>(Fart_MisuseCount() - before));
}

void LeaveScopesOpen(Fart_NativeArguments) {
  for (int i = 0; i < 10; ++i) {
    Fart_EnterScope();
    Fart_ScopeAllocate(1000);
    Str("left behind");
  }
}

void KeepArguments(Fart_NativeArguments arguments) { seen.arguments = arguments; }

void CallBack(Fart_NativeArguments arguments) {
  const Fart_Handle result = Fart_Invoke(Fart_RootLibrary(), Str("inner"), 0, nullptr);
  Fart_SetReturnValue(arguments, result);
}

const std::map<std::string, Fart_NativeFunction> kFunctions = {
    {"CountArguments", CountArguments},
    {"AddNumbers", AddNumbers},
    {"Greet", Greet},
    {"ReturnNothing", ReturnNothing},
    {"ReturnTrue", ReturnTrue},
    {"ReturnBig", ReturnBig},
    {"ReturnTwice", ReturnTwice},
    {"CarryOutOfTheCall", CarryOutOfTheCall},
    {"ReturnStale", ReturnStale},
    {"ReturnLibrary", ReturnLibrary},
    {"ReturnError", ReturnError},
    {"ReturnWeak", ReturnWeak},
    {"AskWrongly", AskWrongly},
    {"TakeAll", TakeAll},
    {"TakeAllWrongly", TakeAllWrongly},
    {"TakePeersAndBigIntegers", TakePeersAndBigIntegers},
    {"Keep", Keep},
    {"ExitIsolate", ExitIsolate},
    {"EnterAnother", EnterAnother},
    {"ExitAndEnter", ExitAndEnter},
    {"ShutDown", ShutDown},
    {"KeepArguments", KeepArguments},
    {"LeaveTooManyScopes", LeaveTooManyScopes},
    {"LeaveScopesOpen", LeaveScopesOpen},
    {"CallBack", CallBack},
};

Fart_NativeFunction Resolve(Fart_Handle name, int argument_count, bool* auto_setup_scope) {
  ++seen.resolved;
  seen.preset_scope = *auto_setup_scope;
  seen.numbers.push_back(argument_count);
  const auto found = kFunctions.find(TextOf(name));
  return found == kFunctions.end() ? nullptr : found->second;
}

class NativeCallsTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    seen = Seen();
  }
  // The result of `expression`, in which the native functions named may be called.
  Fart_Handle Evaluate(const std::string& declarations, const std::string& expression) {
    const std::string source = declarations + "\nrun() => " + expression + ";";
    const Fart_Handle library = Load(source.c_str(), Resolve);
    return Fart_IsError(library) ? library : Call("run");
  }
};

// The native stack is the same for both, and known by then; the program's is not.
TEST_F(NativeCallsTest, AHandleSaysWhichFunctionOfTheProgramMadeIt) {
  kept.clear();
  ExpectSuccess(Load(R"(
      keep(x) native "Keep";
      first() => keep([1]);
      second() => keep([2]);
      main() { for (int i = 0; i < 3; i++) { first(); second(); } })",
                     Resolve));
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  ExpectSuccess(Call("main"));
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=false"));
  std::map<const void*, std::string> stacks;
  const auto see = [](const Fart_HandleInfo* info, void* data) {
    (*static_cast<std::map<const void*, std::string>*>(data))[info->handle] = info->stack;
  };
  ExpectSuccess(Fart_VisitHandles(see, &stacks));
  ASSERT_EQ(kept.size(), 6u);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_THAT(stacks[kept[i]], ::testing::HasSubstr(i % 2 == 0 ? "first" : "second"));
    EXPECT_EQ(stacks[kept[i]], stacks[kept[i % 2]]);
    Fart_DeletePersistentHandle(kept[i]);
  }
}

TEST_F(NativeCallsTest, ArgumentsAreCountedWithTheReceiver) {
  EXPECT_EQ(TextOf(Evaluate("f(a, b) native 'CountArguments';\n"
                            "class C { m(a) native 'CountArguments'; }",
                            "'${f(1, 2)} ${new C().m(1)}'")),
            "2 2");
}

TEST_F(NativeCallsTest, ArgumentsBecomeCValues) {
  double sum = 0;
  ExpectSuccess(Fart_DoubleValue(
      Evaluate("f(a, b, c) native 'AddNumbers';", "f(3, 0.5, true) + f(1, 2, null)"), &sum));
  EXPECT_EQ(sum, 5.5);
}

TEST_F(NativeCallsTest, StringArgumentsMayBeNull) {
  EXPECT_EQ(TextOf(Evaluate("f(a) native 'Greet';", "f('you') + f(null)")),
            "hello youhello nobody");
}

TEST_F(NativeCallsTest, ResultIsTheLastOneSetOrNull) {
  EXPECT_EQ(TextOf(Evaluate("a() native 'ReturnNothing'; b() native 'ReturnTrue';\n"
                            "c() native 'ReturnTwice'; d() native 'ReturnBig';",
                            "'${a()} ${b()} ${c()} ${d()}'")),
            "null true the last one -9223372036854775808");
}

TEST_F(NativeCallsTest, ABadResultIsRecordedAndRaised) {
  {
    const ExpectMisuse misuse("Fart_SetReturnValue expects argument 'retval' to be a live handle");
    EXPECT_THAT(ErrorOf(Evaluate("f() native 'ReturnStale'; g() native 'ReturnLibrary';\n"
                                 "second() => g();",
                                 "f()")),
                ::testing::HasSubstr("argument 'retval' to be a live handle"));
  }
  const ExpectMisuse misuse("Fart_SetReturnValue expects argument 'retval' to be of type Instance");
  EXPECT_THAT(ErrorOf(Call("second")), ::testing::HasSubstr("of type Instance"));
}

TEST_F(NativeCallsTest, TheCallersScopeIsNotLeft) {
  Fart_EnterScope();
  Fart_EnterScope();
  ExpectSuccess(Evaluate("f() native 'CarryOutOfTheCall';", "f()"));
  EXPECT_EQ(seen.text, "refused refused refused refused left");
  Fart_ExitScope();
  Fart_ExitScope();
}

TEST_F(NativeCallsTest, AnErrorAsResultIsRaisedAfterTheReturn) {
  EXPECT_EQ(ErrorOf(Evaluate("f() native 'ReturnError';", "f()")), "set as result");
  EXPECT_EQ(seen.text, "went on");
}

TEST_F(NativeCallsTest, WeakHandlesAreResultsToo) {
  const auto ignore = +[](void*, Fart_WeakPersistentHandle, void*) {};
  seen.weak = Fart_NewWeakPersistentHandle(Fart_True(), nullptr, 0, ignore);
  EXPECT_TRUE(Fart_IdentityEquals(Evaluate("f() native 'ReturnWeak';", "f()"), Fart_True()));
  Fart_DeleteWeakPersistentHandle(isolate_, seen.weak);
  EXPECT_TRUE(Fart_IsNull(Call("run")));
  seen.weak = nullptr;
  const ExpectMisuse misuse("Fart_SetWeakHandleReturnValue expects argument 'rval'");
  EXPECT_THAT(ErrorOf(Call("run")), ::testing::HasSubstr("it is NULL"));
}

TEST_F(NativeCallsTest, WrongQuestionsAreAnsweredWithErrors_Defect5) {
  ExpectSuccess(Evaluate("f(a, b) native 'AskWrongly';", "f('text', 1)"));
  EXPECT_EQ(seen.text,
            "Fart_GetNativeArgument expects argument 'index' to be in the range [0..1]. It is 5.\n"
            "Fart_GetNativeArgument expects argument 'index' to be in the range [0..1]. It is -1.\n"
            "Fart_GetNativeIntegerArgument expects argument at 0 to be of type Integer. It is of "
            "type String.\n"
            "Fart_GetNativeDoubleArgument expects argument at 0 to be of type Double. It is of "
            "type String.\n"
            "Fart_GetNativeBooleanArgument expects argument at 0 to be of type Boolean. It is of "
            "type String.\n"
            "Fart_GetNativeStringArgument expects argument at 1 to be of type String. It is of "
            "type int.\n"
            "Fart_GetNativeIntegerArgument expects argument 'value' to be non-null.\n"
            "Fart_GetNativeArgument expects argument 'args' to be the arguments of a running "
            "native call.\n");
}

TEST_F(NativeCallsTest, DescriptorsAreTwoBytesAndReadAllTypes_Defect11) {
  static_assert(sizeof(Fart_NativeArgument_Descriptor) == 2);
  const Fart_NativeArgument_Descriptor descriptor = DART_NATIVE_ARG_DESCRIPTOR(3, 200);
  EXPECT_EQ(descriptor.type, 3);
  EXPECT_EQ(descriptor.index, 200);
  EXPECT_EQ(TextOf(Evaluate("f(a, b, c, d, e) native 'TakeAll';",
                            "f(true, 7, -9223372036854775807 - 1, 0.5, 'text')")),
            "text");
}

TEST_F(NativeCallsTest, ValuesThatDoNotFitAreRefused_Defect4) {
  ExpectSuccess(
      Evaluate("f(a, b, c, d) native 'TakeAllWrongly';", "f(1, 2, -9223372036854775807 - 1, 'd')"));
  EXPECT_EQ(seen.text,
            "Fart_GetNativeArguments: argument at index 2 is out of range for int32.\n"
            "Fart_GetNativeArguments: argument at index 2 is out of range for uint64.\n"
            "Fart_GetNativeArguments expects argument at index 1 to be of type String. It is of "
            "type int.\n"
            "Fart_GetNativeArguments expects argument at index 1 to be of type Boolean. It is of "
            "type int.\n"
            "Fart_GetNativeArguments expects argument at index 3 to be of type Double. It is of "
            "type String.\n"
            "Fart_GetNativeArguments expects argument at index 3 to be of type Integer. It is of "
            "type String.\n"
            "Fart_GetNativeArguments expects argument 'arg_descriptors[i].index' to be in the "
            "range [0..3]. It is 9.\n"
            "Fart_GetNativeArguments: unknown argument type 77.\n"
            "Fart_GetNativeArguments expects argument 'num_arguments' to be in the range "
            "[0..2147483647]. It is -1.\n"
            "Fart_GetNativeArguments expects argument 'arg_descriptors' to be non-null.\n");
}

TEST_F(NativeCallsTest, PeersAndBigIntegersAreArgumentsToo) {
  static constexpr std::uint8_t kLent[] = {'x'};
  ExpectSuccess(
      Load("f(a, b, c, d) native 'TakePeersAndBigIntegers'; run(a, c, d) => f(a, 'none', c, d);",
           Resolve));
  const std::vector<Fart_Handle> arguments = {
      Fart_NewExternalLatin1String(kLent, 1, &seen, nullptr), Fart_NewIntegerFromUint64(UINT64_MAX),
      Fart_NewIntegerFromHexCString("0x10000000000000000")};
  ExpectSuccess(Call("run", arguments));
  EXPECT_EQ(seen.text,
            "Fart_GetNativeIntegerArgument: argument at index 2 is out of range for int64.\n"
            "Fart_GetNativeArguments: argument at index 2 is out of range for int64.\n"
            "Fart_GetNativeArguments: argument at index 3 is out of range for uint64.\n");
}

TEST_F(NativeCallsTest, ArgumentsEndWithTheCall) {
  ExpectSuccess(Evaluate("f() native 'KeepArguments';", "f()"));
  ASSERT_NE(seen.arguments, nullptr);
  EXPECT_TRUE(Fart_IsError(Fart_GetNativeArgument(seen.arguments, 0)));
  const ExpectMisuse misuse("the arguments of a running native call");
  Fart_SetIntegerReturnValue(seen.arguments, 1);
}

TEST_F(NativeCallsTest, ResolverIsAskedOnceForEachDeclaration) {
  ExpectSuccess(Evaluate("f() native 'ReturnNothing';", "[f(), f(), f()]"));
  ExpectSuccess(Call("run"));
  EXPECT_EQ(seen.resolved, 1);
  EXPECT_TRUE(seen.preset_scope);
  EXPECT_EQ(seen.numbers[0], 0);
}

TEST_F(NativeCallsTest, WhatHasBeenCalledKeepsItsFunctionWithoutAResolver) {
  ExpectSuccess(
      Evaluate("f() native 'ReturnTrue'; g() native 'ReturnTrue'; other() => g();", "f()"));
  ExpectSuccess(Fart_SetNativeResolver(library_, nullptr, nullptr));
  EXPECT_TRUE(Fart_IdentityEquals(Call("run"), Fart_True()));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Call("other")));
  ExpectSuccess(Fart_SetNativeResolver(library_, Resolve, nullptr));
  EXPECT_TRUE(Fart_IdentityEquals(Call("other"), Fart_True()));
}

TEST_F(NativeCallsTest, AnUnknownNativeFunctionCanBeCaught) {
  EXPECT_THAT(
      TextOf(Evaluate("f() native 'NoSuchThing';\n"
                      "tryIt() { try { f(); } catch (e) { return 'caught $e'; } }",
                      "tryIt()")),
      ::testing::AllOf(::testing::HasSubstr("caught"), ::testing::HasSubstr("NoSuchThing")));
}

TEST_F(NativeCallsTest, ResolverAndSymbolizerCanBeReadBack) {
  ExpectSuccess(Load("main() {}", Resolve));
  Fart_NativeEntryResolver resolver = nullptr;
  ExpectSuccess(Fart_GetNativeResolver(library_, &resolver));
  EXPECT_EQ(resolver, Resolve);
  Fart_NativeEntrySymbol symbol =
      +[](Fart_NativeFunction) -> const std::uint8_t* { return nullptr; };
  const Fart_NativeEntrySymbol kept = symbol;
  ExpectSuccess(Fart_SetNativeResolver(library_, nullptr, symbol));
  ExpectSuccess(Fart_GetNativeSymbol(library_, &symbol));
  EXPECT_EQ(symbol, kept);
  EXPECT_EQ(ErrorOf(Fart_GetNativeResolver(Fart_True(), &resolver)),
            "Fart_GetNativeResolver expects argument 'library' to be of type Library. It is of "
            "type bool.");
  EXPECT_EQ(resolver, nullptr);
  EXPECT_EQ(ErrorOf(Fart_SetNativeResolver(Fart_Null(), nullptr, nullptr)),
            "Fart_SetNativeResolver expects argument 'library' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_GetNativeSymbol(library_, nullptr)),
            "Fart_GetNativeSymbol expects argument 'resolver' to be non-null.");
}

TEST_F(NativeCallsTest, LeavingTheIsolateIsPutRightAndRaised) {
  Fart_ExitIsolate();
  char* error = nullptr;
  seen.isolate = Fart_CreateHeapIsolate(nullptr, &error);
  const Fart_Isolate other = seen.isolate;
  Fart_ExitIsolate();
  Fart_EnterIsolate(isolate_);
  ExpectSuccess(
      Load("f() native 'ExitIsolate'; g() native 'EnterAnother';\n"
           "h() native 'ExitAndEnter'; i() native 'ShutDown';",
           Resolve));
  for (const char* const name : {"f", "g"}) {
    EXPECT_THAT(ErrorOf(Call(name)), ::testing::HasSubstr("another isolate")) << name;
    EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  }
  EXPECT_EQ(TextOf(Call("h")), "back");
  ExpectSuccess(Call("i"));
  Fart_ExitIsolate();
  Fart_EnterIsolate(other);
  Fart_ShutdownIsolate();
  Fart_EnterIsolate(isolate_);
}

TEST_F(NativeCallsTest, NativeFunctionsLeaveOnlyTheirOwnScopes) {
  const Fart_Handle outer = Str("outer");
  EXPECT_EQ(IntOf(Evaluate("f() native 'LeaveTooManyScopes'; g() native 'LeaveScopesOpen';\n"
                           "second() => g();",
                           "f()")),
            2);
  const Fart_HandleStatistics before = HandleStatistics();
  Fart_EnterScope();
  ExpectSuccess(Call("second"));
  Fart_ExitScope();
  EXPECT_EQ(HandleStatistics().local_live, before.local_live);
  EXPECT_EQ(HandleStatistics().scope_bytes_live, before.scope_bytes_live);
  EXPECT_EQ(TextOf(outer), "outer");
}

TEST_F(NativeCallsTest, NativeFunctionsCallFartCodeThatCallsNativeFunctions) {
  EXPECT_EQ(TextOf(Evaluate("f() native 'CallBack'; g(a) native 'Greet';\n"
                            "inner() => g('from inside');",
                            "f()")),
            "hello from inside");
}

}  // namespace
}  // namespace fart::api

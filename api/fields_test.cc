#include <string>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using FieldsTest = LanguageTest;
using ::testing::HasSubstr;

constexpr const char* kScript = R"(
var plain = 1, _hidden = 2, lazy = compute();
final fixed = 3;
const constant = 4;
var computed = 0, stored = 0, last;
compute() { computed = computed + 1; return 'lazy$computed'; }
get accessor => 'got $stored';
set accessor(v) { stored = v; }
get onlyRead => 5;
twice(a) => 2 * a;
thrower() { throw 'oops'; }
var broken = thrower();
class Base { var inherited = 'base', overridden = 'old'; final settled = 1; }
class C extends Base {
  static var counter = 10, _secret = 11;
  static final limit = 12;
  static const top = 13;
  static get half => counter ~/ 2;
  static set half(v) { counter = 2 * v; }
  static make() => new C();
  var x = 'x', _y = 'y';
  final z = 'z';
  get overridden => 'new';
  set overridden(v) { last = v; }
  get bad { throw 'bad'; }
  set bad(v) { throw 'bad $v'; }
  method() => 'called';
}
class Any { noSuchMethod(i) => 'asked'; }
class Covered extends Base { set settled(v) { last = v; } }
enum Colour { red, green }
class Holder<T> { get type => T; }
get ofDuration => new Holder<Duration>().type;
get ofUri => new Holder<Uri>().type;
)";

class Fields : public FieldsTest {
 protected:
  void SetUp() override {
    FieldsTest::SetUp();
    ExpectSuccess(Load(kScript));
    type_ = Fart_GetClass(library_, Str("C"));
    object_ = New("C");
  }
  Fart_Handle New(const char* name) {
    return Fart_New(Fart_GetClass(library_, Str(name)), Fart_Null(), 0, nullptr);
  }
  static Fart_Handle Get(Fart_Handle container, const char* name) {
    return Fart_GetField(container, Str(name));
  }
  static Fart_Handle Set(Fart_Handle container, const char* name, Fart_Handle value) {
    return Fart_SetField(container, Str(name), value);
  }

  Fart_Handle type_ = nullptr;
  Fart_Handle object_ = nullptr;
};

TEST_F(Fields, OfALibraryAreReadPrivateOnesToo) {
  EXPECT_EQ(IntOf(Get(library_, "plain")), 1);
  EXPECT_EQ(IntOf(Get(library_, "_hidden")), 2);
  EXPECT_EQ(IntOf(Get(library_, "fixed")), 3);
  EXPECT_EQ(IntOf(Get(library_, "constant")), 4);
  EXPECT_EQ(TextOf(Get(library_, "accessor")), "got 0");
  EXPECT_EQ(ErrorOf(Get(library_, "none")),
            "Fart_GetField: did not find top-level variable 'none'.");
  EXPECT_EQ(ErrorOf(Get(library_, "")), "Fart_GetField: did not find top-level variable ''.");
}

TEST_F(Fields, ALazyVariableIsInitialisedOnce) {
  EXPECT_EQ(TextOf(Get(library_, "lazy")), "lazy1");
  EXPECT_EQ(TextOf(Get(library_, "lazy")), "lazy1");
  EXPECT_EQ(IntOf(Get(library_, "computed")), 1);
  EXPECT_THAT(ErrorOf(Get(library_, "broken")), HasSubstr("oops"));
}

TEST_F(Fields, AWrittenVariableIsNotInitialised) {
  EXPECT_EQ(Set(library_, "lazy", Str("written")), Fart_True());
  EXPECT_EQ(TextOf(Get(library_, "lazy")), "written");
  EXPECT_EQ(IntOf(Get(library_, "computed")), 0);
}

TEST_F(Fields, OfALibraryAreWrittenButFinalOnes) {
  EXPECT_EQ(Set(library_, "plain", Fart_Null()), Fart_True());
  EXPECT_EQ(Get(library_, "plain"), Fart_Null());
  EXPECT_EQ(Set(library_, "_hidden", Str("seen")), Fart_True());
  EXPECT_EQ(TextOf(Get(library_, "_hidden")), "seen");
  EXPECT_EQ(Set(library_, "accessor", Fart_NewInteger(9)), Fart_True());
  EXPECT_EQ(IntOf(Get(library_, "stored")), 9);
  EXPECT_EQ(ErrorOf(Set(library_, "fixed", Fart_Null())),
            "Fart_SetField: cannot set final field 'fixed'.");
  EXPECT_EQ(ErrorOf(Set(library_, "constant", Fart_Null())),
            "Fart_SetField: cannot set final field 'constant'.");
  EXPECT_EQ(ErrorOf(Set(library_, "onlyRead", Fart_Null())),
            "Fart_SetField: did not find top-level variable 'onlyRead'.");
  EXPECT_EQ(IntOf(Get(library_, "fixed")), 3);
}

TEST_F(Fields, OfAClassAreItsStaticOnes) {
  EXPECT_EQ(IntOf(Get(type_, "counter")), 10);
  EXPECT_EQ(IntOf(Get(type_, "_secret")), 11);
  EXPECT_EQ(IntOf(Get(type_, "limit")), 12);
  EXPECT_EQ(IntOf(Get(type_, "top")), 13);
  EXPECT_EQ(Set(type_, "half", Fart_NewInteger(21)), Fart_True());
  EXPECT_EQ(IntOf(Get(type_, "counter")), 42);
  EXPECT_EQ(IntOf(Get(type_, "half")), 21);
  EXPECT_EQ(Set(type_, "_secret", Fart_True()), Fart_True());
  EXPECT_EQ(Get(type_, "_secret"), Fart_True());
  EXPECT_EQ(ErrorOf(Set(type_, "limit", Fart_Null())),
            "Fart_SetField: cannot set final field 'C.limit'.");
  EXPECT_EQ(ErrorOf(Get(type_, "x")), "Fart_GetField: did not find static field 'C.x'.");
  EXPECT_EQ(ErrorOf(Set(type_, "none", Fart_Null())),
            "Fart_SetField: did not find static field 'C.none'.");
  const Fart_Handle green = Get(Fart_GetClass(library_, Str("Colour")), "green");
  EXPECT_EQ(TextOf(Fart_ToString(green)), "Colour.green");
}

TEST_F(Fields, OfAnObjectAreReadAndWritten) {
  EXPECT_EQ(TextOf(Get(object_, "x")), "x");
  EXPECT_EQ(TextOf(Get(object_, "_y")), "y");
  EXPECT_EQ(TextOf(Get(object_, "inherited")), "base");
  EXPECT_EQ(TextOf(Get(object_, "overridden")), "new");
  EXPECT_EQ(TextOf(Set(object_, "x", Str("other"))), "other");
  EXPECT_EQ(TextOf(Get(object_, "x")), "other");
  ExpectSuccess(Set(object_, "_y", Fart_NewInteger(8)));
  EXPECT_EQ(IntOf(Get(object_, "_y")), 8);
  ExpectSuccess(Set(object_, "overridden", Str("given")));
  EXPECT_EQ(TextOf(Get(library_, "last")), "given");
  ExpectSuccess(Set(New("Covered"), "settled", Str("covered")));
  EXPECT_EQ(TextOf(Get(library_, "last")), "covered");
}

TEST_F(Fields, FinalOnesOfAnObjectAreNotWritten) {
  EXPECT_EQ(ErrorOf(Set(object_, "z", Fart_Null())), "Fart_SetField: cannot set final field 'z'.");
  EXPECT_EQ(ErrorOf(Set(object_, "settled", Fart_Null())),
            "Fart_SetField: cannot set final field 'settled'.");
  EXPECT_EQ(TextOf(Get(object_, "z")), "z");
}

TEST_F(Fields, AnObjectIsAskedForWhatItDoesNotHave) {
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Get(object_, "noneAtAll")));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Set(object_, "noneAtAll", Fart_Null())));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Set(object_, "method", Fart_Null())));
  EXPECT_EQ(TextOf(Get(New("Any"), "noneAtAll")), "asked");
  ExpectSuccess(Set(New("Any"), "noneAtAll", Fart_Null()));
  EXPECT_THAT(ErrorOf(Get(object_, "bad")), HasSubstr("bad"));
  EXPECT_THAT(ErrorOf(Set(object_, "bad", Fart_NewInteger(7))), HasSubstr("bad 7"));
  EXPECT_EQ(IntOf(Get(Str("four"), "length")), 4);
}

TEST_F(Fields, AFunctionIsTornOff) {
  Fart_Handle four = Fart_NewInteger(4);
  const Fart_Handle function = Get(library_, "twice");
  EXPECT_TRUE(Fart_IsClosure(function));
  EXPECT_EQ(IntOf(Fart_InvokeClosure(function, 1, &four)), 8);
  EXPECT_TRUE(Fart_IdentityEquals(function, Get(library_, "twice")));
  EXPECT_EQ(TextOf(Fart_InvokeClosure(Get(object_, "method"), 0, nullptr)), "called");
  EXPECT_TRUE(Fart_IsInstance(Fart_InvokeClosure(Get(type_, "make"), 0, nullptr)));
}

TEST_F(Fields, DartLibrariesKeepTheirPrivateNames) {
  const Fart_Handle core = Fart_LookupLibrary(Str("dart:core"));
  EXPECT_EQ(ErrorOf(Get(core, "_throwNull")),
            "Fart_GetField: did not find top-level variable '_throwNull'.");
  const Fart_Handle map = Fart_New(Fart_GetClass(core, Str("Map")), Fart_Null(), 0, nullptr);
  ExpectSuccess(map);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Set(map, "_used", Str("nonsense"))));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Get(map, "_used")));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Set(Fart_NewList(1), "_length", Fart_True())));
  Fart_Handle argument = Str("x");
  EXPECT_THAT(
      ErrorOf(Fart_New(Fart_GetClass(core, Str("DeferredNotLoadedError")), Str("_"), 1, &argument)),
      ::testing::HasSubstr("did not find"));
}

// LC-S6. Each of another class, which is read when the call asks for it.
TEST_F(Fields, ClassesOfDartLibrariesThatNothingHasUsedAreWholeForAHost) {
  const Fart_Handle core = Fart_LookupLibrary(Str("dart:core"));
  const auto class_of = [core](const char* name) { return Fart_GetClass(core, Str(name)); };
  EXPECT_EQ(IntOf(Get(Get(library_, "ofDuration"), "MICROSECONDS_PER_SECOND")), 1000000);
  Fart_Handle text = Str("a b");
  EXPECT_EQ(TextOf(Fart_Invoke(Get(library_, "ofUri"), Str("encodeComponent"), 1, &text)), "a%20b");
  Fart_Handle date = Str("2013-11-14");
  ExpectSuccess(Fart_InvokeClosure(Get(class_of("DateTime"), "parse"), 1, &date));
  Fart_Handle name = Str("expando");
  const Fart_Handle made = Fart_New(class_of("Expando"), Fart_Null(), 1, &name);
  EXPECT_EQ(TextOf(Get(made, "name")), "expando");
  EXPECT_EQ(ErrorOf(Fart_SetField(class_of("Stopwatch"), Str("frequency"), text)),
            "Fart_SetField: did not find static field 'Stopwatch.frequency'.");
}

TEST_F(Fields, WrongArgumentsAreRefused) {
  const Fart_Handle name = Str("x");
  EXPECT_EQ(ErrorOf(Fart_GetField(Fart_Null(), name)),
            "Fart_GetField expects argument 'container' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_GetField(object_, Fart_NewInteger(1))),
            "Fart_GetField expects argument 'name' to be of type String. It is of type int.");
  EXPECT_EQ(ErrorOf(Fart_SetField(Fart_Null(), name, name)),
            "Fart_SetField expects argument 'container' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_SetField(object_, name, library_)),
            "Fart_SetField expects argument 'value' to be of type Instance. It is of type "
            "library.");
  const Fart_Handle error = Fart_NewApiError("an error");
  EXPECT_EQ(Fart_GetField(error, name), error);
  EXPECT_EQ(Fart_SetField(object_, name, error), error);
  EXPECT_EQ(TextOf(Get(object_, "x")), "x");
}

TEST_F(Fields, ValuesThatAreWrittenLiveOnWithTheirOwners) {
  for (int round = 0; round < 3; ++round) {
    ExpectSuccess(Set(object_, "x", Str("young")));
    ExpectSuccess(Set(library_, "plain", Str("young too")));
    Collect();
    EXPECT_EQ(TextOf(Get(object_, "x")), "young");
    EXPECT_EQ(TextOf(Get(library_, "plain")), "young too");
  }
}

}  // namespace
}  // namespace fart::api

#include <string>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

constexpr const char* kScript = R"(
import 'dart:async';
class Point {
  var x, y = 'initial';
  Point(this.x, [this.y]);
  Point.both(a) : x = a, y = a;
  Point.redirected(a) : this.both(a + 1);
  Point._private() : this(0);
  Point.throwing() { throw 'no point'; }
  factory Point.cached() => kept;
  factory Point.other(a) = Point.both;
  toString() => '($x, $y)';
}
var kept = new Point(7);
class Defaulted { var v = 'set'; }
class Below extends Defaulted { var w = 'too'; }
abstract class Idea { Idea(); factory Idea.real() => new Real(); }
class Real extends Idea { Real() : super(); }
class Mixin { var m = 1; }
class Applied = Defaulted with Mixin;
class Extended extends Defaulted with Mixin { Extended(); }
class Box<T> { isIt(v) => v is T; holds() => this is Box<String>; }
class Callable { call(a) => 'called $a'; }
enum Colour { red }
makeMap() => {'a': 1, 'b': null, 3: 'three'};
class OddMap implements Map {
  operator [](k) => k == 'throw' ? throw 'odd' : 'odd $k';
  containsKey(k) => k == 'odd';
  get keys => ['odd'];
  noSuchMethod(i) => null;
}
makeOdd() => new OddMap();
adder(n) => (a, [b = 100]) => n + a + b;
future() => new Future.value(1);
object() => new Callable();
var ran = 0;
later() => () { scheduleMicrotask(() { ran = ran + 1; }); };
thrower() => () { throw 'closure'; };
)";

class ProgramValuesTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    ExpectSuccess(Load(kScript));
  }
  Fart_Handle Class(const char* name) { return Fart_GetClass(library_, Str(name)); }
  Fart_Handle New(const char* cls, const char* name, std::vector<Fart_Handle> arguments = {}) {
    return Fart_New(Class(cls), name == nullptr ? Fart_Null() : Str(name),
                    static_cast<int>(arguments.size()), arguments.data());
  }
  static std::string Shown(Fart_Handle object) {
    return Fart_IsError(object) ? Fart_GetError(object) : TextOf(Fart_ToString(object));
  }
};

// ---- Constructors

TEST_F(ProgramValuesTest, ConstructorsOfEveryKindMakeObjects) {
  const Fart_Handle one = Fart_NewInteger(1);
  EXPECT_EQ(Shown(New("Point", nullptr, {one})), "(1, null)");
  EXPECT_EQ(Shown(New("Point", "", {one, Fart_True()})), "(1, true)");
  EXPECT_EQ(Shown(New("Point", "both", {one})), "(1, 1)");
  EXPECT_EQ(Shown(New("Point", "redirected", {one})), "(2, 2)");
  EXPECT_EQ(Shown(New("Point", "_private")), "(0, null)");
  EXPECT_EQ(Shown(New("Point", "cached")), "(7, null)");
  EXPECT_TRUE(Fart_IdentityEquals(New("Point", "cached"), New("Point", "cached")));
  EXPECT_EQ(Shown(New("Point", "other", {one})), "(1, 1)");
  EXPECT_EQ(TextOf(Fart_GetField(New("Below", nullptr), Str("v"))), "set");
  EXPECT_EQ(TextOf(Fart_GetField(New("Below", nullptr), Str("w"))), "too");
  EXPECT_EQ(IntOf(Fart_GetField(New("Extended", nullptr), Str("m"))), 1);
  EXPECT_TRUE(Fart_IsInstance(New("Idea", "real")));
  EXPECT_THAT(ErrorOf(New("Point", "throwing")), HasSubstr("no point"));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(New("Point", "throwing")));
}

TEST_F(ProgramValuesTest, AnObjectHasTheTypeArgumentsOfItsType) {
  Fart_Handle strings = Fart_NewList(1);
  ExpectSuccess(Fart_ListSetAt(strings, 0, Fart_GetClass(library_, Str("String"))));
  const Fart_Handle type = Fart_GetType(library_, Str("Box"), 1, &strings);
  const Fart_Handle box = Fart_New(type, Fart_Null(), 0, nullptr);
  Fart_Handle seven = Fart_NewInteger(7);
  EXPECT_EQ(Fart_Invoke(box, Str("isIt"), 1, &seven), Fart_False());
  EXPECT_EQ(Fart_Invoke(box, Str("holds"), 0, nullptr), Fart_True());
}

TEST_F(ProgramValuesTest, ConstructorsThatDoNotFitAreErrors) {
  const Fart_Handle one = Fart_NewInteger(1);
  EXPECT_EQ(ErrorOf(New("Point", "none")), "Fart_New: did not find constructor 'Point.none'.");
  EXPECT_EQ(ErrorOf(New("Below", "x")), "Fart_New: did not find constructor 'Below.x'.");
  EXPECT_EQ(ErrorOf(New("Applied", nullptr)), "Fart_New: did not find constructor 'Applied'.");
  EXPECT_EQ(ErrorOf(New("Applied", "&")), "Fart_New: did not find constructor 'Applied.&'.");
  EXPECT_EQ(ErrorOf(New("Point", nullptr)),
            "Fart_New: wrong argument count for constructor 'Point': 0 passed, at least 1 "
            "expected.");
  EXPECT_EQ(ErrorOf(New("Point", "both", {one, one})),
            "Fart_New: wrong argument count for constructor 'Point.both': 2 passed, 1 expected.");
  EXPECT_EQ(ErrorOf(New("Point", "cached", {one})),
            "Fart_New: wrong argument count for constructor 'Point.cached': 1 passed, 0 expected.");
  EXPECT_THAT(ErrorOf(New("Idea", nullptr)),
              HasSubstr("Cannot allocate an instance of 'Idea': the class is abstract."));
  EXPECT_THAT(ErrorOf(New("Colour", nullptr)), HasSubstr("Colour"));
  const Fart_Handle error = Fart_NewApiError("as argument");
  EXPECT_EQ(New("Point", nullptr, {error}), error);
  EXPECT_EQ(ErrorOf(New("Point", nullptr, {library_})),
            "Fart_New expects arguments[0] to be an Instance handle. It is of type library.");
  EXPECT_EQ(ErrorOf(Fart_New(one, Fart_Null(), 0, nullptr)),
            "Fart_New expects argument 'type' to be of type Type. It is of type int.");
  EXPECT_THAT(ErrorOf(Fart_New(Class("Point"), Fart_Null(), -1, nullptr)),
              HasSubstr("'number_of_arguments'"));
  std::vector<Fart_Handle> many(3000000, Fart_Null());
  EXPECT_EQ(ErrorOf(New("Point", nullptr, many)), "Stack Overflow");
}

TEST_F(ProgramValuesTest, LibrariesMakeTheirOwnObjectsAndNoPrivateOnes) {
  const Fart_Handle core = Fart_LookupLibrary(Str("dart:core"));
  Fart_Handle three = Fart_NewInteger(3);
  const Fart_Handle list = Fart_New(Fart_GetClass(core, Str("List")), Fart_Null(), 1, &three);
  std::intptr_t length = 0;
  ExpectSuccess(Fart_ListLength(list, &length));
  EXPECT_EQ(length, 3);
  EXPECT_TRUE(
      Fart_IsInstance(Fart_New(Fart_GetClass(core, Str("Object")), Fart_Null(), 0, nullptr)));
  EXPECT_TRUE(Fart_IsError(Fart_New(Fart_GetClass(core, Str("int")), Fart_Null(), 0, nullptr)));
  EXPECT_TRUE(Fart_IsError(Fart_New(Fart_GetClass(core, Str("Null")), Fart_Null(), 0, nullptr)));
  EXPECT_TRUE(
      Fart_IsError(Fart_New(Fart_GetClass(core, Str("_Closure")), Fart_Null(), 0, nullptr)));
}

TEST_F(ProgramValuesTest, AConstructorRunsOnAnAllocatedObject) {
  Fart_Handle one = Fart_NewInteger(1);
  const Fart_Handle point = Fart_Allocate(Class("Point"));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_InvokeConstructor(point, Str("both"), 1, &one), point));
  EXPECT_EQ(Shown(point), "(1, 1)");
  EXPECT_THAT(ErrorOf(Fart_InvokeConstructor(point, Str("cached"), 0, nullptr)),
              HasSubstr("Fart_InvokeConstructor expects argument 'name' to be a valid constructor. "
                        "'Point.cached' is none"));
  EXPECT_THAT(ErrorOf(Fart_InvokeConstructor(point, Str("none"), 0, nullptr)),
              HasSubstr("'Point.none' is none"));
  EXPECT_EQ(ErrorOf(Fart_InvokeConstructor(point, Fart_Null(), 0, nullptr)),
            "Fart_InvokeConstructor: wrong argument count for constructor 'Point': 0 passed, at "
            "least 1 expected.");
  EXPECT_THAT(ErrorOf(Fart_InvokeConstructor(one, Fart_Null(), 0, nullptr)),
              HasSubstr("'int' is none"));
  EXPECT_THAT(ErrorOf(Fart_InvokeConstructor(Str("s"), Fart_Null(), 0, nullptr)),
              HasSubstr("is none that makes instances"));
  const Fart_Handle machine_made[] = {Fart_True(),     Fart_NewDouble(0.5),
                                      Fart_NewList(1), Call("adder", {one}),
                                      Class("Point"),  Fart_GetField(Class("Colour"), Str("red"))};
  for (const Fart_Handle object : machine_made) {
    EXPECT_THAT(ErrorOf(Fart_InvokeConstructor(object, Fart_Null(), 0, nullptr)),
                HasSubstr("is none that makes instances"))
        << Shown(object);
  }
  const Fart_Handle below = Fart_Allocate(Class("Below"));
  ExpectSuccess(Fart_InvokeConstructor(below, Fart_Null(), 0, nullptr));
  EXPECT_EQ(TextOf(Fart_GetField(below, Str("w"))), "too");
}

TEST_F(ProgramValuesTest, AConstructorOfAnOldObjectRemembersWhatItStores) {
  const Fart_Handle point = Fart_Allocate(Class("Point"));
  Collect();
  Collect();
  Fart_Handle text = Str("young");
  ExpectSuccess(Fart_InvokeConstructor(point, Str("both"), 1, &text));
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(Shown(point), "(young, young)");
}

// ---- Closures and futures

TEST_F(ProgramValuesTest, ClosuresAreToldAndCalled) {
  Fart_Handle arguments[] = {Fart_NewInteger(1), Fart_NewInteger(2)};
  const Fart_Handle closure = Call("adder", {Fart_NewInteger(10)});
  EXPECT_TRUE(Fart_IsClosure(closure));
  EXPECT_EQ(IntOf(Fart_InvokeClosure(closure, 1, arguments)), 111);
  EXPECT_EQ(IntOf(Fart_InvokeClosure(closure, 2, arguments)), 13);
  const Fart_Handle callable = Call("object");
  EXPECT_FALSE(Fart_IsClosure(callable));
  EXPECT_EQ(TextOf(Fart_InvokeClosure(callable, 1, arguments)), "called 1");
  EXPECT_FALSE(Fart_IsClosure(Fart_Null()));
  EXPECT_FALSE(Fart_IsClosure(library_));
  EXPECT_FALSE(Fart_IsClosure(Fart_NewInteger(1)));
}

TEST_F(ProgramValuesTest, ClosuresThatCannotBeCalledSoAreErrors) {
  const Fart_Handle closure = Call("adder", {Fart_NewInteger(10)});
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_InvokeClosure(closure, 0, nullptr)));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_InvokeClosure(Str("text"), 0, nullptr)));
  EXPECT_THAT(ErrorOf(Fart_InvokeClosure(Call("thrower"), 0, nullptr)), HasSubstr("closure"));
  EXPECT_EQ(ErrorOf(Fart_InvokeClosure(Fart_Null(), 0, nullptr)),
            "Fart_InvokeClosure expects argument 'closure' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_InvokeClosure(closure, 1, nullptr)),
            "Fart_InvokeClosure expects argument 'arguments' to be non-null.");
}

TEST_F(ProgramValuesTest, WhatACallHasPutOffRunsBeforeItReturns) {
  ExpectSuccess(Fart_InvokeClosure(Call("later"), 0, nullptr));
  EXPECT_EQ(IntOf(Fart_GetField(library_, Str("ran"))), 1);
}

TEST_F(ProgramValuesTest, FuturesAreTold) {
  EXPECT_TRUE(Fart_IsFuture(Call("future")));
  EXPECT_FALSE(Fart_IsFuture(Call("object")));
  EXPECT_FALSE(Fart_IsFuture(Fart_Null()));
  EXPECT_FALSE(Fart_IsFuture(library_));
}

// ---- Maps

TEST_F(ProgramValuesTest, MapsAreRead) {
  const Fart_Handle map = Call("makeMap");
  EXPECT_TRUE(Fart_IsMap(map));
  EXPECT_EQ(IntOf(Fart_MapGetAt(map, Str("a"))), 1);
  EXPECT_EQ(Fart_MapGetAt(map, Str("b")), Fart_Null());
  EXPECT_EQ(Fart_MapGetAt(map, Fart_Null()), Fart_Null());
  EXPECT_EQ(TextOf(Fart_MapGetAt(map, Fart_NewInteger(3))), "three");
  EXPECT_EQ(Fart_MapContainsKey(map, Str("b")), Fart_True());
  EXPECT_EQ(Fart_MapContainsKey(map, Str("c")), Fart_False());
  const Fart_Handle keys = Fart_MapKeys(map);
  EXPECT_TRUE(Fart_IsList(keys));
  EXPECT_EQ(Shown(keys), "[a, b, 3]");
}

TEST_F(ProgramValuesTest, MapsOfAProgramAnswerThemselves) {
  const Fart_Handle map = Call("makeOdd");
  EXPECT_TRUE(Fart_IsMap(map));
  EXPECT_EQ(TextOf(Fart_MapGetAt(map, Str("k"))), "odd k");
  EXPECT_EQ(Fart_MapContainsKey(map, Str("odd")), Fart_True());
  EXPECT_EQ(Shown(Fart_MapKeys(map)), "[odd]");
  EXPECT_THAT(ErrorOf(Fart_MapGetAt(map, Str("throw"))), HasSubstr("odd"));
}

TEST_F(ProgramValuesTest, WhatIsNoMapIsRefused) {
  const Fart_Handle list = Fart_NewList(1);
  EXPECT_FALSE(Fart_IsMap(list));
  EXPECT_FALSE(Fart_IsMap(Fart_Null()));
  EXPECT_FALSE(Fart_IsMap(library_));
  EXPECT_EQ(ErrorOf(Fart_MapGetAt(Fart_Null(), list)),
            "Fart_MapGetAt expects argument 'map' to be non-null.");
  EXPECT_THAT(ErrorOf(Fart_MapContainsKey(list, list)),
              HasSubstr("Fart_MapContainsKey expects argument 'map' to be of type Map."));
  EXPECT_THAT(ErrorOf(Fart_MapKeys(list)),
              HasSubstr("Fart_MapKeys expects argument 'map' to be of type Map."));
  EXPECT_EQ(ErrorOf(Fart_MapGetAt(Call("makeMap"), library_)),
            "Fart_MapGetAt expects argument 'key' to be of type Instance. It is of type library.");
}

}  // namespace
}  // namespace fart::api

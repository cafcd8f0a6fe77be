#include <array>
#include <cstring>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

class ClassesTest : public LanguageTest {
 protected:
  Fart_Handle Class(const char* name) { return Fart_GetClass(library_, Str(name)); }
  bool Is(Fart_Handle object, Fart_Handle type) {
    bool answer = false;
    ExpectSuccess(Fart_ObjectIsType(object, type, &answer));
    return answer;
  }
  // "error: ..." if it cannot be counted.
  std::string CountOf(Fart_Handle object) {
    int count = -1;
    const Fart_Handle result = Fart_GetNativeInstanceFieldCount(object, &count);
    return Fart_IsError(result) ? "error: " + ErrorOf(result) : std::to_string(count);
  }
  std::intptr_t FieldOf(Fart_Handle object, int index) {
    std::intptr_t value = -1;
    ExpectSuccess(Fart_GetNativeInstanceField(object, index, &value));
    return value;
  }
};

constexpr char kShapes[] =
    "class Shape { var sides; Shape(this.sides); }\n"
    "class Square extends Shape { var edge = 7; Square() : super(4); area() => edge; }\n"
    "class _Hidden {}\n"
    "abstract class Abstract {}\n"
    "enum Colour { red }\n"
    "class Box<K, V> {}\n"
    "square() => new Square();\n"
    "typeOf(x) => x.runtimeType;\n"
    "nameOf(type) => '$type';\n";

TEST_F(ClassesTest, FindsTypesByName) {
  ExpectSuccess(Load(kShapes));
  const Fart_Handle square = Class("Square");
  EXPECT_TRUE(Fart_IsType(square));
  EXPECT_TRUE(Fart_IsInstance(square));
  EXPECT_FALSE(Fart_IsType(library_));
  EXPECT_FALSE(Fart_IsType(Fart_Null()));
  EXPECT_TRUE(Fart_IdentityEquals(square, Fart_GetType(library_, Str("Square"), 0, nullptr)));
  EXPECT_TRUE(Fart_IdentityEquals(square, Fart_InstanceGetType(Call("square"))));
  EXPECT_TRUE(Fart_IdentityEquals(square, Call("typeOf", {Call("square")})));
  EXPECT_TRUE(Fart_IsType(Class("_Hidden")));
  EXPECT_TRUE(Fart_IsType(Class("String"))) << "imported";
  EXPECT_EQ(ErrorOf(Class("Circle")), "Class 'Circle' not found in library 'test.dart'.");
  EXPECT_EQ(ErrorOf(Class("square")), "Class 'square' not found in library 'test.dart'.");
}

TEST_F(ClassesTest, InstancesKnowTheirTypes) {
  ExpectSuccess(Load(kShapes));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_InstanceGetType(Fart_NewInteger(1)), Class("int")));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_InstanceGetType(Str("x")), Class("String")));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_InstanceGetType(Fart_Null()), Class("Null")));
  EXPECT_EQ(ErrorOf(Fart_InstanceGetType(library_)),
            "Fart_InstanceGetType expects argument 'instance' to be of type Instance. It is of "
            "type library.");
  const Fart_Handle error = Fart_NewApiError("mine");
  EXPECT_EQ(Fart_InstanceGetType(error), error);
}

TEST_F(ClassesTest, TypesWithArgumentsWantTheRightNumberOfThem) {
  ExpectSuccess(Load(kShapes));
  Fart_Handle types = Fart_NewList(2);
  ExpectSuccess(Fart_ListSetAt(types, 0, Class("String")));
  ExpectSuccess(Fart_ListSetAt(types, 1, Class("int")));
  const Fart_Handle box = Fart_GetType(library_, Str("Box"), 2, &types);
  ExpectSuccess(box);
  EXPECT_EQ(TextOf(Call("nameOf", {box})), "Box<String, int>");
  EXPECT_TRUE(Fart_IdentityEquals(box, Fart_GetType(library_, Str("Box"), 2, &types)));
  EXPECT_TRUE(Is(Fart_Allocate(box), Class("Box")));
  EXPECT_EQ(ErrorOf(Fart_GetType(library_, Str("Square"), 2, &types)),
            "Class 'Square' has 0 type parameters, but the number of type arguments is 2.");
  EXPECT_THAT(ErrorOf(Fart_GetType(library_, Str("Box"), 3, &types)),
              HasSubstr("a list of as many types as are announced"));
  EXPECT_THAT(ErrorOf(Fart_GetType(library_, Str("Box"), 2, nullptr)),
              HasSubstr("'type_arguments' to be non-null"));
  EXPECT_THAT(ErrorOf(Fart_GetType(library_, Str("Box"), -1, &types)),
              HasSubstr("'number_of_type_arguments' to be in the range"));
  Fart_Handle no_types = Fart_NewList(2);
  EXPECT_THAT(ErrorOf(Fart_GetType(library_, Str("Box"), 2, &no_types)), HasSubstr("list of"));
  Fart_Handle error = Fart_NewApiError("mine");
  EXPECT_EQ(ErrorOf(Fart_GetType(library_, Str("Box"), 2, &error)), "mine");
  EXPECT_THAT(ErrorOf(Fart_GetType(library_, Str("Box"), 1, &types)),
              HasSubstr("a list of as many types as are announced"));
}

TEST_F(ClassesTest, EqualityIsWhatTheReceiverSaysAndABool) {
  ExpectSuccess(
      Load("class Odd { operator ==(other) => other == 1 ? 5 : other == 2; }\n"
           "odd() => new Odd();\n"));
  const Fart_Handle odd = Call("odd");
  bool equal = false;
  ExpectSuccess(Fart_ObjectEquals(odd, Fart_NewInteger(2), &equal));
  EXPECT_TRUE(equal);
  ExpectSuccess(Fart_ObjectEquals(Fart_NewInteger(2), odd, &equal));
  EXPECT_FALSE(equal);
  equal = true;
  EXPECT_EQ(ErrorOf(Fart_ObjectEquals(odd, Fart_NewInteger(1), &equal)),
            "Expected boolean result from ==");
  EXPECT_TRUE(equal);
}

TEST_F(ClassesTest, TellsInstancesOfATypeFromOthers) {
  ExpectSuccess(Load(kShapes));
  const Fart_Handle square = Call("square");
  EXPECT_TRUE(Is(square, Class("Square")));
  EXPECT_TRUE(Is(square, Class("Shape")));
  EXPECT_TRUE(Is(square, Class("Object")));
  EXPECT_FALSE(Is(square, Class("String")));
  EXPECT_TRUE(Is(Fart_NewInteger(1), Class("num")));
  EXPECT_FALSE(Is(Fart_Null(), Class("Object"))) << "null is an instance of nothing here";
  bool answer = true;
  EXPECT_EQ(ErrorOf(Fart_ObjectIsType(square, square, &answer)),
            "Fart_ObjectIsType expects argument 'type' to be of type Type. It is of type Square.");
  EXPECT_FALSE(answer);
  EXPECT_EQ(
      ErrorOf(Fart_ObjectIsType(library_, Class("Shape"), &answer)),
      "Fart_ObjectIsType expects argument 'object' to be of type Instance. It is of type library.");
  EXPECT_EQ(ErrorOf(Fart_ObjectIsType(square, Class("Shape"), nullptr)),
            "Fart_ObjectIsType expects argument 'instanceof' to be non-null.");
}

TEST_F(ClassesTest, AllocatesWithoutAConstructor) {
  ExpectSuccess(Load(kShapes));
  const Fart_Handle square = Fart_Allocate(Class("Square"));
  ExpectSuccess(square);
  EXPECT_TRUE(Is(square, Class("Shape")));
  EXPECT_TRUE(Fart_IsNull(Fart_Invoke(square, Str("area"), 0, nullptr)));
  EXPECT_EQ(ErrorOf(Fart_Allocate(Class("Abstract"))),
            "Cannot allocate an instance of 'Abstract': the class is abstract.");
  for (const char* const name : {"Colour", "int", "String", "Null", "bool"}) {
    EXPECT_THAT(ErrorOf(Fart_Allocate(Class(name))),
                HasSubstr(std::string("Cannot allocate an instance of '") + name));
  }
  EXPECT_EQ(ErrorOf(Fart_Allocate(square)),
            "Fart_Allocate expects argument 'type' to be of type Type. It is of type Square.");
  EXPECT_EQ(ErrorOf(Fart_Allocate(Fart_Null())),
            "Fart_Allocate expects argument 'type' to be non-null.");
}

TEST_F(ClassesTest, NamesAreStringsAndLibrariesLibraries) {
  ExpectSuccess(Load(kShapes));
  EXPECT_EQ(
      ErrorOf(Fart_GetClass(Str("x"), Str("Square"))),
      "Fart_GetClass expects argument 'library' to be of type Library. It is of type String.");
  EXPECT_EQ(ErrorOf(Fart_GetClass(library_, Fart_NewInteger(1))),
            "Fart_GetClass expects argument 'class_name' to be of type String. It is of type int.");
  EXPECT_EQ(ErrorOf(Fart_GetType(library_, Fart_Null(), 0, nullptr)),
            "Fart_GetType expects argument 'class_name' to be non-null.");
  EXPECT_THAT(ErrorOf(Fart_GetClass(nullptr, Str("Square"))), HasSubstr("to be a live handle"));
}

// ---- Native fields

constexpr char kWrappers[] =
    "import 'dart:nativewrappers';\n"
    "class Plain {}\n"
    "class One extends NativeFieldWrapperClass1 { var a; One([this.a]); get got => a; }\n"
    "class Sub extends One { var b = 2; Sub() : super(1); }\n"
    "class Four extends NativeFieldWrapperClass4 {}\n"
    "sub() => new Sub();\n"
    "read(x) => '${x.a} ${x.b}';\n"
    "four() => new Four();\n"
    "bare() => new NativeFieldWrapperClass2();\n";

TEST_F(ClassesTest, WrapperClassesHaveNativeFields) {
  ExpectSuccess(Load(kWrappers));
  EXPECT_EQ(CountOf(Fart_Allocate(Class("Plain"))), "0");
  EXPECT_EQ(CountOf(Call("sub")), "1");
  EXPECT_EQ(CountOf(Call("four")), "4");
  EXPECT_EQ(CountOf(Call("bare")), "2");
  EXPECT_EQ(CountOf(Str("text")), "0");
  EXPECT_EQ(CountOf(library_),
            "error: Fart_GetNativeInstanceFieldCount expects argument 'obj' to be of type "
            "Instance. It is of type library.");
  EXPECT_EQ(CountOf(Fart_Null()),
            "error: Fart_GetNativeInstanceFieldCount expects argument 'obj' to be non-null.");
  EXPECT_THAT(ErrorOf(Fart_GetNativeInstanceFieldCount(Call("sub"), nullptr)),
              HasSubstr("'count' to be non-null"));
}

TEST_F(ClassesTest, NativeFieldsAreKeptBesideTheOthersAndMove) {
  ExpectSuccess(Load(kWrappers));
  const Fart_Handle object = Call("sub");
  EXPECT_EQ(FieldOf(object, 0), 0);
  ExpectSuccess(Fart_SetNativeInstanceField(object, 0, INTPTR_MIN));
  const Fart_Handle four = Call("four");
  for (int i = 0; i < 4; ++i) ExpectSuccess(Fart_SetNativeInstanceField(four, i, i * 2 + 1));
  for (int i = 0; i < 4; ++i) Collect(Fart_Collection_kMajor);
  EXPECT_EQ(FieldOf(object, 0), INTPTR_MIN);
  EXPECT_EQ(TextOf(Call("read", {object})), "1 2");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(FieldOf(four, i), i * 2 + 1);
}

TEST_F(ClassesTest, FieldsOutsideAreRefused) {
  ExpectSuccess(Load(kWrappers));
  const Fart_Handle object = Call("four");
  std::intptr_t value = 11;
  for (const int index : {-1, 4, INT32_MAX, INT32_MIN}) {
    EXPECT_THAT(ErrorOf(Fart_GetNativeInstanceField(object, index, &value)),
                HasSubstr("argument 'index' to be in the range [0..3]"));
    EXPECT_THAT(ErrorOf(Fart_SetNativeInstanceField(object, index, 1)),
                HasSubstr("argument 'index' to be in the range [0..3]"));
  }
  EXPECT_EQ(value, 11);
  EXPECT_THAT(ErrorOf(Fart_GetNativeInstanceField(Str("x"), 0, &value)),
              HasSubstr("there is nothing to count"));
  EXPECT_THAT(ErrorOf(Fart_SetNativeInstanceField(Str("x"), 0, 1)),
              HasSubstr("there is nothing to count"));
  EXPECT_THAT(ErrorOf(Fart_GetNativeInstanceField(object, 0, nullptr)),
              HasSubstr("'value' to be non-null"));
  EXPECT_THAT(ErrorOf(Fart_SetNativeInstanceField(library_, 0, 1)), HasSubstr("of type Instance"));
  EXPECT_THAT(ErrorOf(Fart_GetNativeInstanceField(library_, 0, &value)),
              HasSubstr("of type Instance"));
}

TEST_F(ClassesTest, AllocatesWithNativeFields_Defect5) {
  ExpectSuccess(Load(kWrappers));
  const std::array<std::intptr_t, 4> values = {3, -4, 5, -6};
  const Fart_Handle four = Fart_AllocateWithNativeFields(Class("Four"), 4, values.data());
  ExpectSuccess(four);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(FieldOf(four, i), values[static_cast<std::size_t>(i)]);
  EXPECT_EQ(ErrorOf(Fart_AllocateWithNativeFields(Class("Four"), 3, values.data())),
            "Fart_AllocateWithNativeFields expects argument 'num_native_fields' to be the number "
            "of native fields of the class, which is 4.");
  EXPECT_THAT(ErrorOf(Fart_AllocateWithNativeFields(Class("Plain"), 1, values.data())),
              HasSubstr("which is 0"));
  EXPECT_THAT(ErrorOf(Fart_AllocateWithNativeFields(Class("Four"), 4, nullptr)),
              HasSubstr("'native_fields' to be non-null"));
  EXPECT_THAT(ErrorOf(Fart_AllocateWithNativeFields(Class("Four"), -1, values.data())),
              HasSubstr("'num_native_fields' to be in the range"));
  EXPECT_THAT(ErrorOf(Fart_AllocateWithNativeFields(four, 4, values.data())),
              HasSubstr("of type Type"));
  EXPECT_THAT(ErrorOf(Fart_AllocateWithNativeFields(Class("int"), 1, values.data())),
              HasSubstr("Cannot allocate an instance of 'int'"));
}

// ---- Classes made by native code

TEST_F(ClassesTest, AScriptExtendsAClassThatWasMadeBefore) {
  const Fart_Handle core = Fart_LookupLibrary(Str("dart:core"));
  ExpectSuccess(core);
  const Fart_Handle made = Fart_CreateNativeWrapperClass(core, Str("Wrapper"), 3);
  ExpectSuccess(made);
  EXPECT_TRUE(Fart_IsType(made));
  EXPECT_EQ(CountOf(Fart_Allocate(made)), "3");
  ExpectSuccess(Load("class Mine extends Wrapper { var x = 5; }\n make() => new Mine();\n"));
  const Fart_Handle mine = Call("make");
  ExpectSuccess(mine);
  EXPECT_EQ(CountOf(mine), "3");
  EXPECT_TRUE(Is(mine, made));
  EXPECT_TRUE(Fart_IdentityEquals(Class("Wrapper"), made));
}

TEST_F(ClassesTest, AClassMadeLaterIsFoundAndAllocated) {
  ExpectSuccess(Load("closure() => () => 1;\n main() => closure()();\n"));
  EXPECT_EQ(IntOf(Call("main")), 1);
  const Fart_Handle made = Fart_CreateNativeWrapperClass(library_, Str("_Late"), 0);
  ExpectSuccess(made);
  EXPECT_TRUE(Fart_IdentityEquals(Class("_Late"), made));
  EXPECT_EQ(CountOf(Fart_Allocate(made)), "0");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_Allocate(made))), "Instance of '_Late'");
}

TEST_F(ClassesTest, WrapperClassesWantAFreeNameAndAFewFields) {
  ExpectSuccess(Load("class Taken {} taken() => 1;"));
  EXPECT_EQ(ErrorOf(Fart_CreateNativeWrapperClass(library_, Str("Taken"), 1)),
            "A class 'Taken' already exists in library 'test.dart'.");
  EXPECT_THAT(ErrorOf(Fart_CreateNativeWrapperClass(library_, Str("taken"), 1)),
              HasSubstr("already exists"));
  for (const char* const name : {"", "1st", "two words", "A {} class B", "class", "A<T>", "A;"}) {
    EXPECT_EQ(ErrorOf(Fart_CreateNativeWrapperClass(library_, Str(name), 1)),
              std::string("'") + name + "' is no name of a class.");
  }
  for (const int count : {-1, 1025, INT32_MAX}) {
    EXPECT_EQ(ErrorOf(Fart_CreateNativeWrapperClass(library_, Str("Free"), count)),
              "Fart_CreateNativeWrapperClass expects argument 'field_count' to be in the range "
              "[0..1024]. It is " +
                  std::to_string(count) + ".");
  }
  ExpectSuccess(Fart_CreateNativeWrapperClass(library_, Str("Free"), 1024));
  EXPECT_EQ(CountOf(Fart_Allocate(Class("Free"))), "1024");
  EXPECT_THAT(ErrorOf(Fart_CreateNativeWrapperClass(library_, Str("Free"), 1)),
              HasSubstr("already exists"));
  EXPECT_THAT(ErrorOf(Fart_CreateNativeWrapperClass(library_, Fart_Null(), 1)),
              HasSubstr("'class_name' to be non-null"));
  EXPECT_THAT(ErrorOf(Fart_CreateNativeWrapperClass(Str("x"), Str("Y"), 1)),
              HasSubstr("of type Library"));
}

TEST_F(ClassesTest, NothingWorksWithoutScopeOrIsolate) {
  ExpectSuccess(Load(kShapes));
  const Fart_PersistentHandle type = Fart_NewPersistentHandle(Class("Square"));
  const Fart_PersistentHandle library = Fart_NewPersistentHandle(library_);
  const Fart_PersistentHandle name = Fart_NewPersistentHandle(Str("Square"));
  Fart_ExitScope();
  const std::intptr_t field = 0;
  const auto ask = [&] {
    return std::vector<std::string>{ErrorOf(Fart_Allocate(type)),
                                    ErrorOf(Fart_AllocateWithNativeFields(type, 1, &field)),
                                    ErrorOf(Fart_GetClass(library, name)),
                                    ErrorOf(Fart_GetType(library, name, 0, nullptr)),
                                    ErrorOf(Fart_InstanceGetType(name)),
                                    ErrorOf(Fart_CreateNativeWrapperClass(library, name, 1)),
                                    ErrorOf(Fart_GetLoadedLibraries()),
                                    ErrorOf(Fart_LookupLibrary(name)),
                                    ErrorOf(Fart_DebugName())};
  };
  for (const std::string& error : ask()) EXPECT_THAT(error, HasSubstr("scope"));
  Fart_ExitIsolate();
  for (const std::string& error : ask()) EXPECT_THAT(error, HasSubstr("isolate"));
  EXPECT_FALSE(Fart_IsType(type));
  Fart_EnterIsolate(isolate_);
  Fart_EnterScope();
}

using HeapOnlyClassesTest = ApiTest;

TEST_F(HeapOnlyClassesTest, AnIsolateWithoutALanguageHasNoTypes) {
  EXPECT_THAT(ErrorOf(Fart_InstanceGetType(Fart_NewInteger(1))),
              HasSubstr("made without a language"));
}

}  // namespace
}  // namespace fart::api

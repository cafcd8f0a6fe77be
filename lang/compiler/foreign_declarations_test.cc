// What is refused of a program's structs, unions and external functions, and in which words.

#include <string>

#include "gtest/gtest.h"
#include "lang/compiler/foreign_declarations.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

constexpr const char* kFfi = R"(
library dart.ffi;
abstract class Void {} abstract class Bool {} abstract class Int8 {} abstract class Int32 {}
abstract class Int64 {} abstract class Double {} class Pointer<T> {} class Handle {} class Opaque {} class Allocator {} class Finalizable {}
class Struct {} class Union {} class Array<T> {} class Packed {} class VarArgs<T> {}
class Native<T> {} class DefaultAsset {}
class Abi {} class AbiSpecificInteger {} class AbiSpecificIntegerMapping {}
)";

class ForeignDeclarationsTest : public testing::Test {
 protected:
  // The first error of a library that begins with the import of dart:ffi; or "no error".
  std::string ErrorOf(const std::string& text, const std::string& before = "") {
    program_ = std::make_unique<TestProgram>();
    EXPECT_EQ(program_->Add("dart:ffi", kFfi), "");
    std::string error = program_->Add("a", before + "import 'dart:ffi';\n" + text);
    if (error.empty()) error = program_->Build();
    if (error.empty()) return "no error";
    const std::size_t mark = error.find("Error: ");
    return mark == std::string::npos ? error : error.substr(mark + 7, error.find('\n') - mark - 7);
  }
  const CompiledCompound& Compound(const std::string& name) {
    const CompiledLibrary& library = program_->set().library(program_->NumberOf("a"));
    return *library.classes[static_cast<std::size_t>(library.FindClass({name}))]->compound;
  }

  std::unique_ptr<TestProgram> program_;
};

TEST_F(ForeignDeclarationsTest, MakesAccessorsOfFieldsInTheOrderOfTheSource) {
  ASSERT_EQ(ErrorOf("class P extends Struct { @Int8() external int a; @Int32() external int get b;"
                    "  external set b(int v); @Int64() final int c; Pointer<P> d;"
                    "  static int s = 1; f() => a + b; }"),
            "no error");
  const CompiledCompound& compound = Compound("P");
  ASSERT_EQ(compound.fields.size(), 4u);
  EXPECT_EQ(compound.fields[0].name + compound.fields[1].name, "ab");
  EXPECT_EQ(compound.fields[2].name + compound.fields[3].name, "cd");
  EXPECT_EQ(compound.fields[1].type.text, "Int32");
  EXPECT_EQ(compound.fields[3].type.text, "Pointer<P>");
  int setters = 0;
  const CompiledLibrary& library = program_->set().library(program_->NumberOf("a"));
  for (const auto& function : library.functions) {
    if (function->compound_field == CompiledFunction::kNone) continue;
    EXPECT_TRUE(function->is_native) << function->qualified_name;
    setters += function->kind == FunctionKind::kSetter ? 1 : 0;
  }
  EXPECT_EQ(setters, 3);
  EXPECT_TRUE(library.classes[static_cast<std::size_t>(library.FindClass({"P"}))]->fields.empty());
}

TEST_F(ForeignDeclarationsTest, ReadsArraysAndPackings) {
  ASSERT_EQ(
      ErrorOf("const two = 2; class K { static const three = two + 1; }"
              "@Packed(two * 2) class A extends Struct { @Array(two, K.three, 1 << 3)"
              "  external Array<Array<Array<Int8>>> x; @Array.multi([4]) external Array<A2> y; }"
              "class A2 extends Union { @Int8() external int v; }"),
      "no error");
  const CompiledCompound& compound = Compound("A");
  EXPECT_EQ(compound.packing, 4u);
  EXPECT_EQ(compound.fields[0].dimensions, (std::vector<std::int64_t>{2, 3, 8}));
  EXPECT_EQ(compound.fields[1].dimensions, (std::vector<std::int64_t>{4}));
}

TEST_F(ForeignDeclarationsTest, RefusesWhatIsNoStruct) {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case kCases[] = {
      {"class S extends Struct {}",
       "The struct 'S' has no fields: a native type has at least one."},
      {"class S extends Union { static int x; }",
       "The union 'S' has no fields: a native type has at least one."},
      {"class S<T> extends Struct { @Int8() external int x; }",
       "The struct 'S' has type parameters, which a native type cannot have."},
      {"class S extends Struct { external int x; }",
       "The field 'x' of the struct 'S' is of type 'int' and needs one annotation that says which "
       "native type it is, such as @Int32(); it has none."},
      {"class O { const O(); } class S extends Struct { @O() external int x; }",
       "The field 'x' of the struct 'S' is of type 'int' and needs one annotation that says which "
       "native type it is, such as @Int32(); it has none."},
      {"class S extends Struct { @Int8() @Int32() external int x; }",
       "The field 'x' of the struct 'S' is of type 'int' and needs one annotation that says which "
       "native type it is, such as @Int32(); it has @Int8() and @Int32()."},
      {"class S extends Struct { @Double() external int x; }",
       "The field 'x' of the struct 'S' is of type 'int', but its annotation @Double() is for "
       "'double'."},
      {"class S extends Struct { @Int8() external bool x; }",
       "The field 'x' of the struct 'S' is of type 'bool', but its annotation @Int8() is for "
       "'int'."},
      {"class S extends Union { @Int8() external String x; }",
       "The field 'x' of the union 'S' is of type 'String': a field is an int, a double, a bool, a "
       "Pointer, an Array, a struct or a union."},
      {"class S extends Struct { @Int8() external Int8 x; }",
       "The field 'x' of the struct 'S' is of type 'Int8': a field is an int, a double, a bool, a "
       "Pointer, an Array, a struct or a union."},
      {"class S extends Struct { @Int8() external var x; }",
       "The field 'x' of the struct 'S' has no type."},
      {"class S extends Struct { @Int8() external int? x; }",
       "The field 'x' of the struct 'S' is of type 'int?': what lies in native memory is never "
       "null."},
      {"class S extends Struct { @Int8() external Pointer<Int8> x; }",
       "The field 'x' of the struct 'S' is of type 'Pointer<Int8>', which says it all: it cannot "
       "have the annotation @Int8()."},
      {"class S extends Struct { @Int8() int x = 3; }",
       "The field 'x' of the struct 'S' has an initializer: its value is what lies in native "
       "memory."},
      {"class S extends Struct { external Array<Int8> x; }",
       "The field 'x' of the struct 'S' is of type 'Array<Int8>' and needs one annotation "
       "@Array(...) that says how many elements it has; it has none."},
      {"class S extends Struct { @Array(1) @Array(2) external Array<Int8> x; }",
       "The field 'x' of the struct 'S' is of type 'Array<Int8>' and needs one annotation "
       "@Array(...) that says how many elements it has; it has several."},
      {"class S extends Struct { @Array(2, 3) external Array<Int8> x; }",
       "The field 'x' of the struct 'S' is of type 'Array<Int8>', which has 1 dimension, but its "
       "annotation has 2 dimensions."},
      {"class S extends Struct { @Array(2, 0) external Array<Array<Int8>> x; }",
       "The field 'x' of the struct 'S': dimension 2 must be at least 1, it is 0."},
      {"class S extends Struct { @Array(-1) external Array<Int8> x; }",
       "The field 'x' of the struct 'S': dimension 1 must be at least 1, it is -1."},
      {"var n = 3; class S extends Struct { @Array(n) external Array<Int8> x; }",
       "The field 'x' of the struct 'S': dimension 1 is no constant int."},
      {"const n = n; class S extends Struct { @Array(n) external Array<Int8> x; }",
       "The field 'x' of the struct 'S': dimension 1 is no constant int."},
      {"class S extends Struct { @Array(18446744073709551617) external Array<Int8> x; }",
       "The field 'x' of the struct 'S': dimension 1 is no constant int."},
      {"class S extends Struct { @Array(9) external Array<int> x; }",
       "The field 'x' of the struct 'S' is of type 'Array<int>': 'int' is no native type of "
       "elements."},
      {"class S extends Struct { @Array(9) external Array<Void> x; }",
       "The field 'x' of the struct 'S' is of type 'Array<Void>': 'Void' is no native type of "
       "elements."},
      {"class S extends Struct { @Array(9) external Array x; }",
       "The field 'x' of the struct 'S' is of type 'Array', which does not say of what."},
      {"class S extends Struct { @Array(9) @Int8() external int x; }",
       "The field 'x' of the struct 'S' is of type 'int', which is no Array: it cannot have an "
       "annotation @Array."},
      {"class S extends Struct { @Int8() external int a; @Array.large(1) external Array<Int8> x; }",
       "The field 'x' of the struct 'S': there is no @Array.large."},
      {"class S extends Struct { @Array.variable() external Array<Int8> x; }",
       "The struct 'S': 'x' is of variable length, so it must be the last field of a struct, "
       "behind "
       "another."},
      {"class S extends Struct { @Array.variable() external Array<Int8> x; @Int8() external int a; "
       "}",
       "The struct 'S': 'x' is of variable length, so it must be the last field of a struct, "
       "behind "
       "another."},
      {"class S extends Union { @Int8() external int a; @Array.variable() external Array<Int8> x; "
       "}",
       "The union 'S': 'x' is of variable length, so it must be the last field of a struct, behind "
       "another."},
      {"class S extends Struct { @Int8() external int a; @Array.variable(2) external Array<Int8> "
       "x; "
       "}",
       "The field 'x' of the struct 'S' is of type 'Array<Int8>', which has 1 dimension, but its "
       "annotation has 2 dimensions."},
      {"class S extends Struct { @Int8() external int a; @Array.variable() external Array<Int8> x; "
       "}"
       "class T extends Struct { @Int8() external int a; external S s; }",
       "'T' contains 'S', which ends with an array of variable length."},
      {"@Packed(3) class S extends Struct { @Int8() external int x; }",
       "The struct 'S' is packed to 3: a packing is 1, 2, 4, 8 or 16."},
      {"@Packed(1) @Packed(2) class S extends Struct { @Int8() external int x; }",
       "The struct 'S' has two annotations @Packed."},
      {"@Packed(1) class S extends Union { @Int8() external int x; }",
       "The union 'S' cannot be packed: only structs can."},
      {"class S extends Struct { @Int8() external int x; } class T extends S {}",
       "'T' cannot extend 'S': what extends Struct or Union has the fields of its own "
       "declaration."},
      {"class S extends Struct { @Int8() external int x; } class T implements S {}",
       "'T' cannot implement 'S': what extends Struct or Union has the fields of its own "
       "declaration."},
      {"class T implements Struct {}",
       "'T' cannot implement 'Struct': what extends Struct or Union has the fields of its own "
       "declaration."},
      {"class S extends Struct { external S s; }",
       "'S' contains itself, by way of 'S.s': only a Pointer can lead back."},
      {"class S extends Struct { external T t; } class T extends Union { @Int8() external int i;"
       "  @Array(2) external Array<S> s; }",
       "'S' contains itself, by way of 'S.t', 'T.s': only a Pointer can lead back."},
      {"@AbiSpecificIntegerMapping({Abi.linuxArm64: Int64(), Abi.linuxX64: Int64()})"
       "class S extends AbiSpecificInteger { final int x = 1; }",
       "The integer type 'S' has a field, 'x': it is a type of ints, which have none."},
      {"class S extends AbiSpecificInteger { @Int8() external int x; }",
       "The integer type 'S' has a field, 'x': it is a type of ints, which have none."},
  };
  for (const auto& each : kCases) EXPECT_EQ(ErrorOf(each.text), each.message) << each.text;
  const std::string unmapped = ErrorOf("class S extends AbiSpecificInteger {}");
  EXPECT_TRUE(unmapped.starts_with(
      "The integer type 'S' has no annotation @AbiSpecificIntegerMapping with 'linux"))
      << unmapped;
}

TEST_F(ForeignDeclarationsTest, BoundsWhatALengthMayTakeToFind) {
  std::string text = "const n0 = 1;";
  for (int i = 1; i < 60; ++i) {
    const std::string before = std::to_string(i - 1);
    text += "const n" + std::to_string(i) + " = n" + before + " + n" + before + ";";
  }
  const auto with = [&](const char* length) {
    return text + "class S extends Struct { @Array(" + length + ") external Array<Int8> x; }";
  };
  EXPECT_EQ(ErrorOf(with("n5")), "no error");
  EXPECT_EQ(ErrorOf(with("n59")),
            "The field 'x' of the struct 'S': dimension 1 is no constant int.");
}

TEST_F(ForeignDeclarationsTest, BoundsCompoundsInEachOther) {
  std::string text = "class S0 extends Struct { @Int8() external int x; }";
  for (int i = 1; i <= kMaxCompoundDepth; ++i) {
    text += "class S" + std::to_string(i) + " extends Struct { external S" + std::to_string(i - 1) +
            " s; }";
  }
  EXPECT_EQ(ErrorOf(text), "no error");
  // Also where a shorter way leads there first.
  const std::string last = std::to_string(kMaxCompoundDepth - 1);
  EXPECT_EQ(ErrorOf(text + "class T extends Struct { external S0 a; external S" + last + " b; }"),
            "no error");
  text += "class T extends Struct { external S0 a; external S" + std::to_string(kMaxCompoundDepth) +
          " s; }";
  EXPECT_EQ(ErrorOf(text), "'T' contains more than 100 structs in each other.");
}

TEST_F(ForeignDeclarationsTest, TakesIntegersOfTheAbi) {
  EXPECT_EQ(
      ErrorOf("@AbiSpecificIntegerMapping({Abi.linuxArm64: Int64(), Abi.linuxX64: Int64()})"
              "class I extends AbiSpecificInteger {}"
              "class S extends Struct { @I() external int x; @Array(2) external Array<I> y; }"),
      "no error");
  EXPECT_EQ(Compound("I").fields[0].type.text, "Int64");
  EXPECT_EQ(Compound("S").fields[0].type.text, "I");
}

TEST_F(ForeignDeclarationsTest, FindsWhatAnExternalFunctionStandsFor) {
  ASSERT_EQ(
      ErrorOf("@Native<Int32 Function(Int32)>(symbol: 'b', isLeaf: true) external int f(int x);"
              "@Native() external Pointer<Void> g(Pointer<Int8> p);"
              "@Native(assetId: 'own') external void h();"
              "external other(); class C { @Native<Void Function()>() external static k(); }",
              "@DefaultAsset('all') library a;"),
      "no error");
  const CompiledNative& f = *program_->Find("f")->native;
  EXPECT_EQ(f.symbol + " " + f.type.text + " " + f.asset, "b Int32 Function(Int32) all");
  EXPECT_TRUE(f.is_leaf);
  const CompiledNative& g = *program_->Find("g")->native;
  EXPECT_EQ(g.symbol + " " + g.type.text, "g Pointer<Void> Function(Pointer<Int8>)");
  EXPECT_FALSE(g.is_leaf);
  const CompiledNative& h = *program_->Find("h")->native;
  EXPECT_EQ(h.asset + " " + h.type.text, "own Void Function()");
  EXPECT_EQ(program_->Find("other")->native, nullptr);
  EXPECT_EQ(program_->Find("C.k")->native->symbol, "k");
}

TEST_F(ForeignDeclarationsTest, RefusesWhatIsNoCFunction) {
  struct {
    const char* text;
    const char* message;
  } const kCases[] = {
      {"@Native<Void Function()>() f() {}",
       "The function 'f' with the annotation @Native has a body: only an external function is "
       "found "
       "in C."},
      {"@Native<Int32 Function()>() external double f();",
       "The function 'f' with the annotation @Native gives 'double', but in C that is 'Int32'."},
      {"@Native<Void Function(Int32, Double)>() external void f(int a, bool b);",
       "The function 'f' with the annotation @Native takes 'bool', but in C that is 'Double'."},
      {"@Native<Void Function(Pointer<Int8>)>() external void f(int a);",
       "The function 'f' with the annotation @Native takes 'int', but in C that is "
       "'Pointer<Int8>'."},
      {"@Native<Void Function(Int8)>() external void f(Pointer<Int8> a);",
       "The function 'f' with the annotation @Native takes 'Pointer<Int8>', but in C that is "
       "'Int8'."},
      {"@Native<Int32>() external int f();",
       "The function 'f' with the annotation @Native is for 'Int32', which is no type of "
       "functions."},
      {"@Native() external int f(Pointer<Void> p);",
       "The function 'f' with the annotation @Native has 'int' in its type: the annotation must "
       "say "
       "which C type that is, as @Native<Int32 Function(Int32)>() does."},
      {"@Native<Void Function(Int8)>() external void f([int x]);",
       "The function 'f' with the annotation @Native has parameters that may be left out, which C "
       "functions do not."},
      {"class C { @Native<Void Function()>() external void f(); }",
       "The function 'C.f' with the annotation @Native is no static or top-level function, which C "
       "functions are."},
      {"@Native<Void Function()>() @Native<Void Function()>() external void f();",
       "The function 'f' with the annotation @Native has two annotations @Native."},
      {"@Native<Int32>() int v;",
       "The variable 'v' has the annotation @Native: only an external one that is static or "
       "top-level, without a value, is found in C."},
      {"@Native<Int32>() external int v = 1;",
       "The variable 'v' has the annotation @Native: only an external one that is static or "
       "top-level, without a value, is found in C."},
      {"class C { @Native<Int32>() external int v; }",
       "The variable 'v' has the annotation @Native: only an external one that is static or "
       "top-level, without a value, is found in C."},
      {"@Native<Double>() external int v;",
       "The variable 'v' with the annotation @Native is of type 'int', its annotation is for "
       "'Double'."},
      {"@Native<Int32>() external int? v;",
       "The variable 'v' with the annotation @Native is of type 'int?', its annotation is for "
       "'Int32'."},
      {"@Native<Pointer<Int8>>() external Pointer<Int16> v;",
       "The variable 'v' with the annotation @Native is of type 'Pointer<Int16>', its annotation "
       "is for 'Pointer<Int8>'."},
      {"@Native() external int v;",
       "The variable 'v' with the annotation @Native is of type 'int': the annotation must say "
       "which C type that is, as @Native<Int32>() does."},
      {"class C { @Native<Int32>() external int get v; }",
       "The variable 'C.v' with the annotation @Native is no static or top-level function, which "
       "C functions are."},
      {"@Native<Void Function()>(symbol: 5) external void f();",
       "The function 'f' with the annotation @Native says 'symbol': it takes a text as symbol and "
       "assetId, and true or false as isLeaf."},
  };
  for (const auto& each : kCases) EXPECT_EQ(ErrorOf(each.text), each.message) << each.text;
}

TEST_F(ForeignDeclarationsTest, ArraysAtTheEndMayHaveNone) {
  ASSERT_EQ(ErrorOf("class S extends Struct { @Int8() external int a; @Array.variable() external "
                    "Array<Int8> x; } class M extends Struct { @Int8() external int a; "
                    "@Array.variableMulti([2, 3]) external Array<Array<Array<Int8>>> x; }"),
            "no error");
  EXPECT_TRUE(Compound("S").fields[1].IsVariable());
  EXPECT_EQ(Compound("M").fields[1].dimensions,
            (std::vector<std::int64_t>{CompiledCompound::kVariable, 2, 3}));
}

TEST_F(ForeignDeclarationsTest, SizesCountSoManyOfAVariableDimension) {
  ASSERT_EQ(ErrorOf("class S extends Struct { @Int8() external int a; "
                    "@Array.variableWithVariableDimension(4, 2) external Array<Array<Int8>> x; } "
                    "class M extends Struct { @Int8() external int a; @Array.variableMulti([3], "
                    "variableDimension: 1) external Array<Array<Int8>> x; }"),
            "no error");
  EXPECT_EQ(Compound("S").fields[1].dimensions,
            (std::vector<std::int64_t>{CompiledCompound::kVariable - 4, 2}));
  EXPECT_TRUE(Compound("S").fields[1].IsVariable());
  EXPECT_EQ(Compound("M").fields[1].dimensions,
            (std::vector<std::int64_t>{CompiledCompound::kVariable - 1, 3}));
  EXPECT_EQ(
      ErrorOf("class S extends Struct { @Int8() external int a; "
              "@Array.variableWithVariableDimension(-1) external Array<Int8> x; }"),
      "The field 'x' of the struct 'S': the variable dimension must be at least 0, it is -1.");
  EXPECT_EQ(ErrorOf("class S extends Struct { @Int8() external int a; @Array.variableMulti([], "
                    "variableDimension: 'a') external Array<Int8> x; }"),
            "The field 'x' of the struct 'S': the variable dimension is no constant int.");
}

TEST_F(ForeignDeclarationsTest, FindsVariables) {
  ASSERT_EQ(
      ErrorOf("@Native<Int32>() external int a; @Native<Int8>() external final int b; class C "
              "{ @Native() external static Pointer<Void> c; }"),
      "no error");
  const CompiledLibrary& library = program_->set().library(program_->NumberOf("a"));
  std::string found;
  for (const auto& function : library.functions) {
    if (function->native == nullptr) continue;
    found += function->native->symbol + " " + function->native->type.text + " " +
             function->native_name + "; ";
  }
  EXPECT_EQ(found,
            "c Pointer<Pointer<Void>> Native_load; c Pointer<Pointer<Void>> Native_store; "
            "a Pointer<Int32> Native_load; a Pointer<Int32> Native_store; "
            "b Pointer<Int8> Native_load; ");
}

TEST_F(ForeignDeclarationsTest, OwnTypesHaveNoSubtypes) {
  EXPECT_EQ(ErrorOf("class A implements Finalizable {}"), "no error");
  EXPECT_EQ(ErrorOf("class A extends Finalizable {}"),
            "'A' cannot extend 'Finalizable': it is one of dart:ffi's own types.");
  EXPECT_EQ(ErrorOf("class A extends Int8 {}"),
            "'A' cannot extend 'Int8': it is one of dart:ffi's own types.");
  EXPECT_EQ(ErrorOf("class A implements Pointer<Int8> {}"),
            "'A' cannot implement 'Pointer<Int8>': it is one of dart:ffi's own types.");
  EXPECT_EQ(ErrorOf("class A extends Object with Void {}"),
            "'Object with Void' cannot mix in 'Void': it is one of dart:ffi's own types.");
  EXPECT_EQ(ErrorOf("class A extends Opaque {} class B extends A {} class C implements Allocator {}"
                    "class D implements Finalizable {}"),
            "no error");
}

TEST_F(ForeignDeclarationsTest, LeavesOtherClassesAlone) {
  EXPECT_EQ(ErrorOf("class Struct {} class S extends Struct { external int x; }"), "no error");
  EXPECT_EQ(
      ErrorOf("import 'dart:ffi' as f; class S extends f.Struct { @f.Int8() external int x; }"),
      "no error");
}

}  // namespace
}  // namespace fart::lang

// A LibrarySet on top of another: it has the libraries below, and changes nothing of them.

#include "lang/compiler/library_set.h"

#include <gtest/gtest.h>

#include <memory>
#include <new>
#include <string>
#include <utility>

#include "lang/compiler/class_tables.h"
#include "lang/compiler/test_program.h"
#include "lang/syntax/parser.h"
#include "lang/syntax/stack_room.h"

namespace fart::lang {
namespace {

constexpr const char* kBelow =
    "class M { var one = (x) => x; static var no = 1; var two = (y, z) => () => z; m() => one; }"
    "class Plain { var field; } helper() => 1;";

class LibrarySetTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(below_.Add("below", kBelow), "");
    ASSERT_EQ(below_.Build(), "");
  }
  [[nodiscard]] ClassRef ClassBelow(const std::string& name) {
    return *below_.set().FindVisibleClass(below_.NumberOf("below"), name);
  }
  // Where the resolver says that the first parameter of one of M's two functions lives.
  int& BindingBelow(std::size_t field) {
    const auto& fields = below_.set().ClassSourceOf(ClassBelow("M")).fields;
    const auto* function = ast::As<ast::FunctionExpression>(fields[field]->initializer);
    return function->function->parameters.front()->binding;
  }
  static std::string AddWrapper(TestProgram& program, int library, const std::string& name,
                                ClassRef* added) {
    ParseResult parsed = Parse(std::make_shared<SourceFile>("x", "class " + name + " {}"));
    const auto error = program.set().AddNativeWrapper(library, std::move(parsed.unit), 2, added);
    return error ? error->Render() : "";
  }

  TestProgram below_;
};

TEST_F(LibrarySetTest, HasTheLibrariesBelowUnderTheirNumbers) {
  TestProgram above(&below_);
  EXPECT_EQ(above.set().size(), below_.set().size());
  ASSERT_EQ(above.Add("above", "import 'below'; class C extends Plain {} f() => helper();"), "");
  ASSERT_EQ(above.Build(), "");
  EXPECT_EQ(above.NumberOf("above"), static_cast<int>(below_.set().size()));
  EXPECT_FALSE(above.set().IsOwn(above.NumberOf("below")));
  EXPECT_TRUE(above.set().IsOwn(above.NumberOf("above")));
  const ClassRef c = *above.set().FindVisibleClass(above.NumberOf("above"), "C");
  EXPECT_EQ(above.set().ClassOf(c).superclass.cls, ClassBelow("Plain"));
  EXPECT_EQ(&above.set().library(below_.NumberOf("below")),
            &below_.set().library(below_.NumberOf("below")));
  EXPECT_EQ(above.set().FindLibrary("below"), below_.NumberOf("below"));
}

TEST_F(LibrarySetTest, MixesInAClassBelowWithoutTouchingItsTree) {
  constexpr const char* kMixed =
      "class N { var zero = (a, b, c) => a; } class C extends Object with N, M {}";
  constexpr int kMark = 77;  // No resolver says that.
  BindingBelow(0) = BindingBelow(1) = kMark;
  TestProgram above(&below_);
  ASSERT_EQ(above.Add("above", std::string("import 'below';") + kMixed), "");
  ASSERT_EQ(above.Build(), "");
  EXPECT_EQ(BindingBelow(0), kMark);
  EXPECT_EQ(BindingBelow(1), kMark);
  // The code is what it is where all of it is one program.
  TestProgram whole;
  ASSERT_EQ(whole.Add("below", kBelow), "");
  ASSERT_EQ(whole.Add("above", std::string("import 'below';") + kMixed), "");
  ASSERT_EQ(whole.Build(), "");
  EXPECT_EQ(above.Code("new C"), whole.Code("new C"));
  const std::string application = "new Object with N, M";
  EXPECT_EQ(above.Code(application), whole.Code(application));
  EXPECT_NE(above.Code(application).find("InitField"), std::string::npos)
      << above.Code(application);
}

TEST_F(LibrarySetTest, AddsClassesToALibraryBelowForItselfOnly) {
  const int below = below_.NumberOf("below");
  TestProgram above(&below_);
  TestProgram other(&below_);
  ClassRef added;
  ASSERT_EQ(AddWrapper(above, below, "Added", &added), "");
  EXPECT_TRUE(above.set().Declares(below, "Added"));
  EXPECT_EQ(above.set().FindVisibleClass(below, "Added"), added);
  EXPECT_EQ(above.set().ClassOf(added).native_fields, 2u);
  EXPECT_EQ(above.set().library(added.library).uri, "below");
  EXPECT_FALSE(other.set().Declares(below, "Added"));
  EXPECT_FALSE(below_.set().Declares(below, "Added"));
  ClassRef second;
  ASSERT_EQ(AddWrapper(above, below, "_Hidden", &second), "");
  EXPECT_EQ(second.library, added.library);

  constexpr const char* kUser = "import 'below'; class C extends Added {}";
  ASSERT_EQ(above.Add("user", kUser), "");
  EXPECT_EQ(above.Build(), "");
  ASSERT_EQ(above.Add("again", "export 'below';"), "");
  ASSERT_EQ(above.Add("through", "import 'again'; class D extends Added {}"), "");
  EXPECT_EQ(above.Build(), "");
  ASSERT_EQ(above.Add("hidden", "import 'below'; class E extends _Hidden {}"), "");
  EXPECT_NE(above.Build().find("There is no class '_Hidden'."), std::string::npos);
  ASSERT_EQ(other.Add("user", kUser), "");
  EXPECT_NE(other.Build().find("There is no class 'Added'."), std::string::npos);
}

TEST_F(LibrarySetTest, KeepsNoTreeOfWhatIsForgotten) {
  TestProgram above(&below_);
  ASSERT_EQ(above.Add("above", "class C { m() => 1; } f() => new C();"), "");
  ASSERT_EQ(above.Build(), "");
  const int number = above.NumberOf("above");
  ASSERT_FALSE(above.set().source(number).units.empty());
  for (const auto& unit : above.set().source(number).units) EXPECT_NE(unit, nullptr);
  above.set().ForgetSource(number);
  for (const auto& unit : above.set().source(number).units) EXPECT_EQ(unit, nullptr);
  EXPECT_NE(above.set().FunctionOf({number, 0}).code.size(), 0u) << "the code stays";
}

TEST_F(LibrarySetTest, TablesOnTopUseThoseBelow) {
  ClassTables tables_below(below_.set(), nullptr);
  for (const char* const name : {"Object", "Plain", "M"}) tables_below.Of(ClassBelow(name));
  const MemberKey* const key = tables_below.keys().Of(MemberKind::kGetter, {"one", -1});
  const std::size_t keys = tables_below.keys().size();

  TestProgram above(&below_);
  ASSERT_EQ(
      above.Add("above", "import 'below'; class C extends Plain with M { var mine; m() => 2; }"),
      "");
  ASSERT_EQ(above.Build(), "");
  ClassTables tables(above.set(), &tables_below);
  EXPECT_EQ(tables.keys().Of(MemberKind::kGetter, {"one", -1}), key);
  EXPECT_EQ(&tables.Of(ClassBelow("M")), &tables_below.Of(ClassBelow("M")));
  const ClassRef c = *above.set().FindVisibleClass(above.NumberOf("above"), "C");
  const ClassTable& table = tables.Of(c);
  EXPECT_EQ(&tables.Of(c), &table);
  EXPECT_EQ(table.first_field, 3u);  // Behind those of Plain, and of M applied to it.
  EXPECT_EQ(table.field_count, 4u);
  const ClassTable& application = tables.Of(above.set().ClassOf(c).superclass.cls);
  EXPECT_EQ(application.first_field, 1u);
  EXPECT_EQ(application.members.at(key).field, 1u);
  const MemberKey* const mine = tables.keys().Of(MemberKind::kGetter, {"mine", -1});
  EXPECT_EQ(table.members.at(mine).field, 3u);
  EXPECT_EQ(table.members.at(mine->setter).field, 3u);
  EXPECT_EQ(mine->method->getter, mine);
  // Its own method, not the mixin's.
  EXPECT_EQ(table.members.at(tables.keys().Of(MemberKind::kMethod, {"m", -1})).function.library,
            above.NumberOf("above"));
  EXPECT_EQ(table.supertypes.size(), 5u);  // C, Plain with M, Plain, M, Object.
  EXPECT_EQ(tables_below.keys().size(), keys);
  EXPECT_GT(tables.keys().size(), keys);
  EXPECT_NE(mine->hash, key->hash);
}

// ---- Members that are read when somebody asks (LC-S6) -------------------------------------------

constexpr const char* kUnread =
    "class Above<T> { T value; static var count = f(); static const top = 4; Above(this.value); "
    "  factory Above.made() => new Above(null); m<S>(S s) => [s]; get g => () => 1; }"
    "class Mixed { var one = 1, two; mixed() => one; }"
    "class Applied = Above with Mixed; class Under extends Above with Mixed { var own; Under() : "
    "super(1); }"
    "class Twice = Plain with Applied; class Plain {} mixin ReadNow { x() => 1; }"
    "f() => () => () => 2; g() => [() => 3];";

class UnreadMembersTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(below_.Add("dart:below", kUnread, {}, Blocks::kWhenAskedWithMembers), "");
    ASSERT_FALSE(below_.set().Link());
    const int number = below_.NumberOf("dart:below");
    for (const char* const name : {"f", "g"}) {
      const int index = below_.set().library(number).FindFunction(
          CompiledFunction::kNoOwner, FunctionKind::kFunction, {name, Name::kPublic});
      ASSERT_FALSE(below_.set().Compile({number, index}));
    }
  }
  [[nodiscard]] ClassRef ClassBelow(const std::string& name) {
    return *below_.set().FindVisibleClass(below_.NumberOf("dart:below"), name);
  }
  [[nodiscard]] const CompiledFunction& FunctionBelow(int index) {
    return below_.set().FunctionOf({below_.NumberOf("dart:below"), index});
  }

  TestProgram below_;
};

TEST_F(UnreadMembersTest, AreReadByWhoAsksForThemAndNoOthers) {
  LibrarySet& set = below_.set();
  for (const char* const name : {"Above", "Mixed", "Applied", "Under", "Twice"}) {
    EXPECT_FALSE(set.HasMembers(ClassBelow(name))) << name;
  }
  EXPECT_TRUE(set.HasMembers(ClassBelow("ReadNow")));
  EXPECT_TRUE(set.HasMembers(ClassBelow("Plain")));  // It has none.
  const ClassRef under = ClassBelow("Under");
  EXPECT_EQ(set.ClassOf(set.ClassOf(under).superclass.cls).superclass.cls, ClassBelow("Above"));
  EXPECT_EQ(set.ClassOf(ClassBelow("Above")).type_parameters.size(), 1u);
  EXPECT_FALSE(set.HasMembers(under));

  const ClassSource& source = set.ClassSourceOf(under);
  EXPECT_TRUE(set.HasMembers(under));
  EXPECT_EQ(source.fields.size(), 1u);
  EXPECT_EQ(source.constructors.size(), 1u);
  EXPECT_FALSE(set.HasMembers(ClassBelow("Above")));
  EXPECT_EQ(&set.ClassSourceOf(under), &source);
  EXPECT_EQ(set.ClassOf(under).functions.size(), 1u);
}

TEST_F(UnreadMembersTest, AreDeclaredAndLinkedAsIfTheyHadBeenThere) {
  TestProgram whole;
  ASSERT_EQ(whole.Add("dart:below", kUnread), "");
  ASSERT_EQ(whole.Build(), "");
  const int number = below_.NumberOf("dart:below");
  ASSERT_EQ(whole.NumberOf("dart:below"), number);
  LibrarySet& set = below_.set();
  for (int cls = 0; cls < static_cast<int>(set.library(number).classes.size()); ++cls) {
    const ClassRef ref{number, cls};
    const CompiledClass& read = set.WholeClassOf(ref);
    const CompiledClass& expected = whole.set().ClassOf(ref);
    EXPECT_EQ(read.name, expected.name);
    ASSERT_EQ(read.fields.size(), expected.fields.size()) << read.name.text;
    for (std::size_t i = 0; i < read.fields.size(); ++i) {
      EXPECT_EQ(read.fields[i].name, expected.fields[i].name);
    }
    EXPECT_EQ(read.statics.size(), expected.statics.size()) << read.name.text;
    ASSERT_EQ(read.functions.size(), expected.functions.size()) << read.name.text;
    for (std::size_t i = 0; i < read.functions.size(); ++i) {
      const CompiledFunction& one = FunctionBelow(read.functions[i]);
      const CompiledFunction& other = whole.set().FunctionOf({number, expected.functions[i]});
      EXPECT_EQ(one.qualified_name, other.qualified_name);
      EXPECT_EQ(one.generic == nullptr, other.generic == nullptr) << one.qualified_name;
      EXPECT_EQ(one.Signature(), other.Signature());
      EXPECT_FALSE(set.Compile({number, read.functions[i]}));
      EXPECT_EQ(one.is_compiled, other.is_compiled) << one.qualified_name;
      EXPECT_EQ(one.code.size(), other.code.size()) << one.qualified_name;
    }
  }
  // Of an application, and of one of an application.
  EXPECT_EQ(set.ClassOf(ClassBelow("Applied")).fields.size(), 2u);
  EXPECT_EQ(set.ClassOf(ClassBelow("Twice")).fields.size(), 2u);
}

// LC-S1: closures have been appended in between.
TEST_F(UnreadMembersTest, ComeBehindWhatHasBeenCompiled) {
  LibrarySet& set = below_.set();
  const int number = below_.NumberOf("dart:below");
  const std::size_t before = set.library(number).functions.size();
  EXPECT_GT(before, set.source(number).functions.size());
  for (const char* const name : {"Above", "Mixed"}) {
    for (const int index : set.WholeClassOf(ClassBelow(name)).functions) {
      EXPECT_GE(static_cast<std::size_t>(index), before);
      const FunctionSource& source = set.source(number).functions[static_cast<std::size_t>(index)];
      if (source.node == nullptr) continue;  // A constructor that nobody wrote.
      EXPECT_EQ(FunctionBelow(index).name.text, source.node->name);
      EXPECT_FALSE(set.Compile({number, index}));
    }
  }
  const CompiledClass& above = set.ClassOf(ClassBelow("Above"));
  ASSERT_EQ(above.statics.size(), 2u);
  const CompiledStatic& count =
      *set.library(number).statics[static_cast<std::size_t>(above.statics[0])];
  ASSERT_GE(count.initializer, 0);
  EXPECT_NE(set.source(number).functions[static_cast<std::size_t>(count.initializer)].initializer,
            nullptr);
}

// Calls it where the parser finds that no room is left.
template <typename Do>
[[gnu::noinline]] void AtTheEndOfTheStack(const Do& what) {
  if (!StackRoom().IsLeft()) return what();
  volatile char page[4096];
  page[0] = 1;
  AtTheEndOfTheStack(what);
  page[1] = page[0];
}

TEST_F(UnreadMembersTest, AreReadTheNextTimeWhereTheStackHadNoRoom) {
  const ClassRef above = ClassBelow("Above");
  bool is_refused = false;
  AtTheEndOfTheStack([&] {
    try {
      static_cast<void>(below_.set().ClassSourceOf(above));
    } catch (const std::bad_alloc&) {
      is_refused = true;
    }
  });
  EXPECT_TRUE(is_refused);
  EXPECT_FALSE(below_.set().HasMembers(above));
  EXPECT_TRUE(below_.set().ClassSourceOf(above).members.contains("value"));
  EXPECT_EQ(below_.set().ClassOf(above).fields.size(), 1u);
}

TEST_F(UnreadMembersTest, AreThereForASetAbove) {
  TestProgram above(&below_);
  ASSERT_EQ(above.Add("above",
                      "import 'dart:below'; class C extends Under with Mixed { var more; "
                      "  h() => super.m(Above.top) + value + one; }"
                      "f() => [Above.count, new Above.made(), new C().own]; g() => Above.none;"),
            "");
  EXPECT_TRUE(Contains(above.Build(), "'none'"));
  TestProgram right(&below_);
  ASSERT_EQ(right.Add("right",
                      "import 'dart:below'; class C extends Under with Mixed { var more; }"
                      "f() => new C().more;"),
            "");
  ASSERT_EQ(right.Build(), "");
  EXPECT_FALSE(below_.set().HasMembers(ClassBelow("Applied")));
  const ClassTables tables_below(below_.set(), nullptr);
  ClassTables tables(right.set(), &tables_below);
  EXPECT_EQ(tables.Of(ClassBelow("Applied")).field_count, 4u);
  const ClassRef c = *right.set().FindVisibleClass(right.NumberOf("right"), "C");
  // value, type arguments; one, two; own; one, two; more.
  EXPECT_EQ(tables.Of(c).first_field, 7u);
  EXPECT_EQ(tables.Of(c).field_count, 8u);
  const MemberKey* const mixed = tables.keys().Of(MemberKind::kMethod, {"mixed", -1});
  EXPECT_TRUE(tables.Of(right.set().ClassOf(c).superclass.cls).members.contains(mixed));
}

}  // namespace
}  // namespace fart::lang

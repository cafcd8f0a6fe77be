// What a set of libraries, its tables and its keys keep, and what is left of what did not succeed,
// was removed or forgotten.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lang/compiler/class_tables.h"
#include "lang/compiler/dependencies.h"
#include "lang/compiler/member_keys.h"
#include "lang/compiler/test_program.h"
#include "lang/syntax/parser.h"

namespace fart::lang {
namespace {

TEST(TableBordersTest, CirclesAreFoundAgainAndToldWhereTheirLibraryIs_LCD1) {
  const auto use = [](int from, int to) {
    return DependencyUse{{{from / 10, from % 10}, DependentPart::kValue},
                         {{to / 10, to % 10}, DependentPart::kValue},
                         static_cast<std::uint32_t>(from)};
  };
  const auto offsets = [](const std::vector<DependencyUse>& circle) {
    std::vector<std::uint32_t> all;
    for (const DependencyUse& each : circle) all.push_back(each.offset);
    return all;
  };
  Dependencies dependencies;
  // It is entered by way of another library's part of it.
  dependencies.Add(use(20, 11));
  dependencies.Add(use(11, 12));
  dependencies.Add(use(12, 21));
  EXPECT_TRUE(dependencies.FindCircle(1).empty());
  dependencies.Add(use(21, 11));
  const std::vector<std::uint32_t> expected = {21, 11, 12};
  EXPECT_EQ(offsets(dependencies.FindCircle(2)), expected);
  EXPECT_EQ(offsets(dependencies.FindCircle(2)), expected) << "the second time";
  // What leads to what was not compiled is not settled, however far away that is.
  Dependencies far;
  far.Add(use(10, 11));
  far.Add(use(11, 12));
  far.Add(use(12, 21));
  EXPECT_TRUE(far.FindCircle(1).empty());
  far.Add(use(21, 10));
  EXPECT_EQ(offsets(far.FindCircle(2)), (std::vector<std::uint32_t>{21, 10, 11, 12}));
}

TEST(TableBordersTest, KeysOfANameAndOfNamesOnTopHaveHashesOfTheirOwn) {
  MemberKeys below(nullptr);
  MemberKeys on_top(&below);
  std::vector<std::uint32_t> hashes;
  for (int i = 0; i < 200; ++i) {
    MemberKeys& keys = i < 100 ? below : on_top;
    for (const MemberKind kind : {MemberKind::kMethod, MemberKind::kGetter, MemberKind::kSetter}) {
      hashes.push_back(keys.Of(kind, Name{"n" + std::to_string(i)})->hash);
    }
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
  EXPECT_EQ(on_top.size(), 200u);
  EXPECT_TRUE(on_top.Has(Name{"n0"}));
  EXPECT_FALSE(below.Has(Name{"n100"}));
  // What ends takes no hash along that another gets.
  const MemberKey* const kept = on_top.Of(MemberKind::kMethod, Name{"n150"});
  on_top.KeepOnly({kept});
  EXPECT_EQ(on_top.size(), 101u);
  EXPECT_TRUE(on_top.Has(Name{"n0"}));
  EXPECT_TRUE(on_top.Has(Name{"n150"}));
  EXPECT_FALSE(on_top.Has(Name{"n151"}));
  const std::uint32_t anew = on_top.Of(MemberKind::kMethod, Name{"anew"})->hash;
  EXPECT_FALSE(std::binary_search(hashes.begin(), hashes.end(), anew));
}

class SetBordersTest : public testing::Test {
 protected:
  std::string AddWrapper(int library, const std::string& name, std::uint32_t fields,
                         ClassRef* added) {
    ParseResult parsed = Parse(std::make_shared<SourceFile>("x", "class " + name + " {}"));
    const auto error =
        program_.set().AddNativeWrapper(library, std::move(parsed.unit), fields, added);
    return error ? error->Render() : "";
  }

  TestProgram program_;
};

TEST_F(SetBordersTest, NativeFieldsAndTypeArgumentsAreInherited) {
  ASSERT_EQ(program_.Add("a", "main() {}"), "");
  ASSERT_EQ(program_.Build(), "");
  const int a = program_.NumberOf("a");
  ClassRef one;
  ClassRef hidden;
  ASSERT_EQ(AddWrapper(a, "One", 2, &one), "");
  ASSERT_EQ(AddWrapper(a, "_Two", 3, &hidden), "");
  ASSERT_EQ(program_.Add("b",
                         "import 'a'; mixin M on One { m() => 1; } class B extends One with M {}"
                         "abstract class G<T> { var x; g(); static s() {} h() => 1; }"
                         "class H<U> extends G<U> { final y = 1; g() => 2; } class I extends H {}"
                         "class Many { var a, b, c, d, e; } class More extends Many { var f, g; }"),
            "");
  ASSERT_EQ(program_.Build(), "");
  const auto ref = [this](const char* name) {
    return *program_.set().FindVisibleClass(program_.NumberOf("b"), name);
  };
  ClassTables tables(program_.set(), nullptr);
  EXPECT_EQ(tables.Of(one).native_fields, 2u);
  EXPECT_EQ(tables.Of(hidden).native_fields, 3u);
  EXPECT_EQ(tables.Of(ref("B")).native_fields, 2u);
  const auto is = [&](const char* name, ClassRef above) {
    const std::vector<std::uint64_t>& all = tables.Of(ref(name)).supertypes;
    return std::binary_search(all.begin(), all.end(), ClassNumber(above));
  };
  EXPECT_TRUE(is("B", ref("M")));
  EXPECT_TRUE(is("B", one));
  EXPECT_FALSE(is("M", ref("B")));
  EXPECT_TRUE(is("I", ref("G")));
  // x, then the type arguments, then y; those below have the same place for them.
  EXPECT_EQ(tables.Of(ref("G")).types_field, 1);
  EXPECT_EQ(tables.Of(ref("H")).types_field, 1);
  EXPECT_EQ(tables.Of(ref("I")).types_field, 1);
  EXPECT_EQ(tables.Of(ref("H")).first_field, 2u);
  EXPECT_EQ(tables.Of(ref("I")).field_count, 3u);
  EXPECT_EQ(tables.Of(ref("More")).first_field, 5u);
  EXPECT_EQ(tables.Of(ref("More")).field_count, 7u);
  const auto has = [&](const char* cls, MemberKind kind, const char* name) {
    return tables.Of(ref(cls)).members.contains(tables.keys().Of(kind, Name{name}));
  };
  EXPECT_TRUE(has("H", MemberKind::kMethod, "g"));
  EXPECT_TRUE(has("G", MemberKind::kMethod, "h"));
  EXPECT_FALSE(has("G", MemberKind::kMethod, "g")) << "it is abstract";
  EXPECT_FALSE(has("G", MemberKind::kMethod, "s")) << "it is static";
  EXPECT_TRUE(has("G", MemberKind::kSetter, "x"));
  EXPECT_TRUE(has("H", MemberKind::kGetter, "y"));
  EXPECT_FALSE(has("H", MemberKind::kSetter, "y")) << "it is final";
  EXPECT_FALSE(has("H", MemberKind::kGetter, "x")) << "the superclass has it";
  // What is private is not exported.
  ASSERT_EQ(program_.Add("c", "import 'a'; class C extends _Two {}"), "");
  EXPECT_TRUE(Contains(program_.Build(), "There is no class '_Two'"));
}

TEST_F(SetBordersTest, EachOfManyMixinsLiesAboveTheNext) {
  ASSERT_EQ(program_.Add("a",
                         "class S {} class M { m() {} } class N { n() {} } class O { o() {} }"
                         "class C extends S with M, N, O {} class D = S with M, N, O;"),
            "");
  ASSERT_EQ(program_.Build(), "");
  const auto ref = [this](const std::string& name) {
    return *program_.set().FindVisibleClass(program_.NumberOf("a"), name);
  };
  ClassTables tables(program_.set(), nullptr);
  for (const char* const name : {"C", "D"}) {
    const std::vector<std::uint64_t>& all = tables.Of(ref(name)).supertypes;
    for (const char* const above : {"S", "M", "N", "O"}) {
      EXPECT_TRUE(std::binary_search(all.begin(), all.end(), ClassNumber(ref(above)))) << above;
    }
  }
}

// What lacks a class that is about to be declared is linked again, and has everything once.
TEST_F(SetBordersTest, WhatIsLinkedAgainHasEverythingOnce) {
  ASSERT_EQ(program_.Add("a", "extension E on int { m() => 1; }"), "");
  ASSERT_EQ(program_.Build(), "");
  ASSERT_EQ(program_.Add("b",
                         "import 'a' as p; abstract class I {}"
                         "class C extends Later implements I { m() => () => 1; }"),
            "");
  LibrarySet& set = program_.set();
  const int b = program_.NumberOf("b");
  set.BindDirective(b, 0, program_.NumberOf("a"));
  for (int i = 0; i < 2; ++i) {
    bool lacks_class = false;
    EXPECT_TRUE(set.Link(&lacks_class));
    EXPECT_TRUE(lacks_class);
    EXPECT_FALSE(set.source(b).is_linked);
    EXPECT_FALSE(set.source(b).is_broken);
  }
  ClassRef later;
  ASSERT_EQ(AddWrapper(b, "Later", 1, &later), "");
  EXPECT_FALSE(set.Link());
  EXPECT_TRUE(set.source(b).is_linked);
  EXPECT_EQ(set.source(b).prefixes.size(), 1u);
  EXPECT_EQ(set.source(b).prefix_names.size(), 1u);
  EXPECT_EQ(set.library(b).extensions.size(), 1u);
  const ClassRef c = *set.FindVisibleClass(b, "C");
  EXPECT_EQ(set.ClassOf(c).interfaces.size(), 1u);
  EXPECT_EQ(set.ClassOf(c).superclass.cls, later);
  // One whose first error is another is not linked again.
  for (const char* const text : {"class A extends int {} class B extends Nix {}",
                                 "enum E { a } class A extends E {} class B extends Nix {}"}) {
    ASSERT_EQ(program_.Add(text, text), "");
    bool lacks_class = false;
    EXPECT_TRUE(set.Link(&lacks_class));
    EXPECT_FALSE(lacks_class) << text;
    EXPECT_TRUE(set.source(program_.NumberOf(text)).is_broken);
  }
}

TEST_F(SetBordersTest, ClassesThatAreAddedComeAfterWhatIsCompiled) {
  ASSERT_EQ(program_.Add("a", "class C { m() => () => 1; } f() => () => new C().m;"), "");
  ASSERT_EQ(program_.Build(), "");
  LibrarySet& set = program_.set();
  const int a = program_.NumberOf("a");
  ClassRef added;
  ASSERT_EQ(AddWrapper(a, "Added", 1, &added), "");
  EXPECT_EQ(set.source(a).functions.size(), set.library(a).functions.size());
  EXPECT_EQ(set.source(a).functions.back().file, 1);
  const int constructor = set.ClassSourceOf(added).constructors.at("");
  EXPECT_EQ(set.FunctionOf({a, constructor}).qualified_name, "new Added");
  EXPECT_FALSE(set.CompileLibrary(a));
  EXPECT_TRUE(set.FunctionOf({a, constructor}).is_compiled);
}

TEST_F(SetBordersTest, AClassThatCannotBeAddedLeavesTheLibraryAsItWas) {
  ASSERT_EQ(program_.Add("a", "class X { m() => 1; }"), "");
  ASSERT_EQ(program_.Add("b", "import 'a'; f() => new X();"), "");
  ASSERT_EQ(program_.Build(), "");
  LibrarySet& set = program_.set();
  const int b = program_.NumberOf("b");
  const std::optional<ClassRef> x = set.FindVisibleClass(b, "X");
  ParseResult parsed = Parse(std::make_shared<SourceFile>("x", "class X {} class X {}"));
  ClassRef added;
  EXPECT_TRUE(set.AddNativeWrapper(b, std::move(parsed.unit), 1, &added));
  EXPECT_FALSE(set.Declares(b, "X"));
  EXPECT_EQ(set.FindVisibleClass(b, "X"), x) << "the one that is imported";
  EXPECT_EQ(set.library(b).classes.size(), 0u);
  EXPECT_EQ(set.library(b).files.size(), 1u);
  EXPECT_EQ(set.source(b).units.size(), 1u);
  ASSERT_EQ(AddWrapper(b, "X", 1, &added), "");
  EXPECT_EQ(set.FindVisibleClass(b, "X"), added);
}

// A number that serves again brings nothing of the one before along.
TEST_F(SetBordersTest, OfWhatIsRemovedNothingIsKnown) {
  ASSERT_EQ(program_.Add("a", "const x = y + 1; const y = x + 1;"), "");
  EXPECT_TRUE(Contains(program_.Build(), "depends on itself"));
  LibrarySet& set = program_.set();
  const int a = program_.NumberOf("a");
  set.Remove(a);
  ASSERT_EQ(program_.Add("b", "const x = 1 + 1; const y = 2 + 2;"), "");
  ASSERT_EQ(program_.NumberOf("b"), a);
  EXPECT_FALSE(set.Link());
  EXPECT_FALSE(set.CompileLibrary(a));
  // Nor of what was never linked.
  ASSERT_EQ(program_.Add("c", "class C extends Nix {}"), "");
  const int c = program_.NumberOf("c");
  set.Remove(c);
  EXPECT_TRUE(set.unlinked().empty());
  ASSERT_EQ(program_.Add("d", "d() => 1;"), "");
  ASSERT_EQ(program_.NumberOf("d"), c);
  EXPECT_EQ(set.unlinked(), std::vector<int>{c});
}

TEST_F(SetBordersTest, OfWhatIsForgottenTheCodeStaysAndNoMore) {
  ASSERT_EQ(program_.Add("a", "class C<T> { C.n(); } typedef F = C; var v = 1; f() => C.n;"), "");
  ASSERT_EQ(program_.Build(), "");
  LibrarySet& set = program_.set();
  const int a = program_.NumberOf("a");
  set.ForgetSource(a);
  const LibrarySource& source = set.source(a);
  EXPECT_TRUE(source.torn_off.empty());
  EXPECT_TRUE(source.exported.names().empty());
  EXPECT_TRUE(source.typedefs.empty());
  EXPECT_EQ(source.static_types.size(), 0u);
  for (const FunctionSource& function : source.functions) EXPECT_EQ(function.node, nullptr);
  for (const ClassSource& cls : source.classes) EXPECT_EQ(cls.node, nullptr);
  EXPECT_EQ(std::count(set.program().begin(), set.program().end(), a), 0);
  EXPECT_TRUE(set.source(a).is_linked);
}

TEST_F(SetBordersTest, AnImportThatComesLaterHasNoPrefixOfADeferredOne) {
  ASSERT_EQ(program_.Add("b", "var x = 1;"), "");
  ASSERT_EQ(program_.Add("a", "import 'b' deferred as p; f() => 1;"), "");
  LibrarySet& set = program_.set();
  set.AddImport(program_.NumberOf("a"), "q", program_.NumberOf("b"));
  EXPECT_FALSE(Contains(program_.Build(), "can be that of no other import"));
  ASSERT_EQ(program_.Add("c", "import 'b' deferred as p; f() => 1;"), "");
  set.AddImport(program_.NumberOf("c"), "p", program_.NumberOf("b"));
  EXPECT_TRUE(Contains(program_.Build(), "can be that of no other import"));
}

TEST_F(SetBordersTest, AClassIsVisibleWhereItsLibraryIsLinked) {
  ASSERT_EQ(program_.Add("a", "class A {} f() => 1;"), "");
  ASSERT_EQ(program_.Add("b", "import 'a'; class B {}"), "");
  LibrarySet& set = program_.set();
  const int b = program_.NumberOf("b");
  EXPECT_FALSE(set.FindVisibleClass(b, "B")) << "it is not linked";
  ASSERT_EQ(program_.Build(), "");
  EXPECT_EQ(set.FindVisibleClass(b, "B")->library, b);
  EXPECT_EQ(set.FindVisibleClass(b, "A")->library, program_.NumberOf("a"));
  EXPECT_FALSE(set.FindVisibleClass(b, "f"));
  EXPECT_FALSE(set.FindVisibleClass(b, "Nix"));
}

TEST_F(SetBordersTest, WhatIsLinkedIsNotGivenUp) {
  ASSERT_EQ(program_.Add("a", "a() => 1;"), "");
  ASSERT_EQ(program_.Build(), "");
  ASSERT_EQ(program_.Add("b", "b() => 1;"), "");
  LibrarySet& set = program_.set();
  set.GiveUp(program_.NumberOf("a"));
  set.GiveUp(program_.NumberOf("b"));
  EXPECT_FALSE(set.source(program_.NumberOf("a")).is_broken);
  EXPECT_TRUE(set.source(program_.NumberOf("b")).is_broken);
  EXPECT_EQ(std::count(set.program().begin(), set.program().end(), program_.NumberOf("a")), 0);
  EXPECT_FALSE(set.Link());
  EXPECT_FALSE(set.source(program_.NumberOf("b")).is_linked);
  // Its number serves again.
  const int b = program_.NumberOf("b");
  set.Remove(b);
  EXPECT_FALSE(set.Has(b));
  ASSERT_EQ(program_.Add("c", "import 'a'; c() => a();"), "");
  EXPECT_EQ(program_.NumberOf("c"), b);
  EXPECT_EQ(set.unlinked(), std::vector<int>{b});
}

}  // namespace
}  // namespace fart::lang

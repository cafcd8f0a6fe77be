#include "lang/linker/type_table.h"

#include <deque>
#include <string>

#include "gtest/gtest.h"

namespace fart::lang {
namespace {

using Kind = TypeRef::Kind;

// Classes of one library, by number.
class TypeTableTest : public testing::Test, private ClassSourceOfTypes {
 protected:
  TypeTableTest() : table_(*this) { library_.compiled = &compiled_library_; }

  Class* ClassOf(ClassRef ref) override { return &classes_[static_cast<std::size_t>(ref.cls)]; }
  void LinkClass(Class*) override {}

  // Below the class of number `super`, if there is one, with these type arguments.
  int Add(const std::string& name, int parameters, int super = -1,
          const std::vector<TypeRef>& arguments = {}) {
    const int number = static_cast<int>(classes_.size());
    CompiledClass& compiled = compiled_.emplace_back();
    compiled.name.text = name;
    for (int i = 0; i < parameters; ++i) {
      compiled.type_parameters.push_back("T" + std::to_string(i));
    }
    std::vector<std::uint64_t>& above = supertypes_.emplace_back();
    if (super >= 0) {
      compiled.superclass = Type(super, arguments);
      above = supertypes_[static_cast<std::size_t>(super)];
    }
    above.push_back(ClassNumber({0, number}));
    Class& cls = classes_.emplace_back();
    cls.compiled = &compiled;
    cls.library = &library_;
    cls.ref = {0, number};
    cls.supertypes = above;
    table_.AddClass(cls);
    return number;
  }

  static TypeRef Type(int cls, const std::vector<TypeRef>& arguments = {}) {
    return {Kind::kClass, {0, cls}, arguments, "?"};
  }
  static TypeRef Parameter(int index) {
    TypeRef type;
    type.kind = Kind::kParameter;
    type.index = index;
    type.text = "T" + std::to_string(index);
    return type;
  }
  static TypeRef Function(const std::vector<TypeRef>& parts) {
    TypeRef type;
    type.kind = Kind::kFunction;
    type.arguments = parts;
    type.parameters = std::make_shared<const std::vector<TypeRef::Parameter>>(parts.size() - 1);
    return type;
  }
  bool Fits(const TypeRef& type, const TypeRef& wanted) {
    return table_.IsSubtype(*table_.Of(type), *table_.Of(wanted));
  }

  CompiledLibrary compiled_library_;
  LinkedLibrary library_;
  std::deque<CompiledClass> compiled_;
  std::deque<std::vector<std::uint64_t>> supertypes_;
  std::deque<Class> classes_;
  TypeTable table_;
};

TEST_F(TypeTableTest, EqualTypesAreOne_LKT1) {
  const int a = Add("A", 0);
  const int box = Add("Box", 1);
  EXPECT_EQ(table_.Of(Type(a)), &classes_[0].type);
  EXPECT_EQ(table_.Of(Type(box, {Type(a)})), table_.Of(Type(box, {Type(a)})));
  EXPECT_NE(table_.Of(Type(box, {Type(a)})), table_.Of(Type(box)));
  EXPECT_EQ(table_.Of(Type(box, {TypeRef{}})), table_.Of(Type(box)));
  EXPECT_EQ(table_.Of(Type(box, {Type(a), Type(a)})), table_.Of(Type(box)));  // Too many.
  EXPECT_EQ(table_.Of(Function({Type(a), Type(box)})), table_.Of(Function({Type(a), Type(box)})));
  EXPECT_NE(table_.Of(Function({Type(a), Type(box)})), table_.Of(Function({Type(box), Type(a)})));
  TypeRef nullable = Type(a);
  nullable.is_nullable = true;
  EXPECT_EQ(table_.Of(nullable), table_.Of(nullable));
  EXPECT_NE(table_.Of(nullable), table_.Of(Type(a)));
  EXPECT_EQ(table_.Of(Type(box, {Function({nullable, Type(a)})}))->text, "Box<A? Function(A)>");
}

TEST_F(TypeTableTest, PutsArgumentsInPlaceOfParameters) {
  const int a = Add("A", 0);
  const int pair = Add("Pair", 2);
  const TypeArguments* const arguments = table_.Of(Type(pair, {Type(a), Type(pair)}))->arguments;
  TypeEntity* const open = table_.Of(Type(pair, {Parameter(1), Function({Parameter(0)})}));
  EXPECT_EQ(table_.Instantiate(open, arguments)->text, "Pair<Pair, A Function()>");
  EXPECT_EQ(table_.Instantiate(open, nullptr)->text, "Pair<dynamic, dynamic Function()>");
  EXPECT_EQ(table_.Instantiate(table_.Of(Parameter(7)), arguments), table_.dynamic());
}

TEST_F(TypeTableTest, AnswersByWayOfSupertypes) {
  const int a = Add("A", 0);
  const int b = Add("B", 0, a);
  const int pair = Add("Pair", 2);
  const int swapped = Add("Swapped", 2, pair, {Parameter(1), Parameter(0)});
  const int fixed = Add("Fixed", 0, swapped, {Type(a), Type(b)});
  EXPECT_TRUE(Fits(Type(fixed), Type(pair, {Type(b), Type(a)})));
  EXPECT_FALSE(Fits(Type(fixed), Type(pair, {Type(a), Type(pair)})));
  EXPECT_TRUE(Fits(Type(swapped, {Type(b), Type(b)}), Type(pair, {Type(a), Type(a)})));
  EXPECT_FALSE(Fits(Type(swapped, {Type(a), Type(a)}), Type(pair, {Type(b), Type(a)})));
  EXPECT_TRUE(Fits(Type(swapped), Type(pair, {Type(b), Type(a)})));  // Nothing is known.
  EXPECT_TRUE(Fits(Function({Type(b), Type(a)}), Function({Type(a), Type(b)})));
  EXPECT_FALSE(Fits(Function({Type(b), Type(b)}), Function({Type(a), Type(a)})));
  EXPECT_FALSE(Fits(Function({Type(a)}), Function({Type(a), Type(a)})));
}

TEST_F(TypeTableTest, FindsWhatMakesAPatternTheType) {
  const int a = Add("A", 0);
  const int pair = Add("Pair", 2);
  const int below = Add("Below", 1, pair, {Parameter(0), Type(a)});
  const auto match = [&](const TypeRef& pattern, const TypeRef& type, std::size_t first) {
    std::vector<TypeEntity*> found(1);
    table_.Match(table_.Of(pattern), table_.Of(type), first, &found);
    return found[0] == nullptr ? "nothing" : found[0]->text;
  };
  EXPECT_EQ(match(Parameter(2), Type(a), 2), "A");
  EXPECT_EQ(match(Parameter(1), Type(a), 2), "nothing");
  EXPECT_EQ(match(Type(pair, {Type(a), Parameter(0)}), Type(pair, {Type(a), Type(pair)}), 0),
            "Pair");
  EXPECT_EQ(match(Type(below, {Parameter(0)}), Type(pair, {Type(a), Type(a)}), 0), "A");
  EXPECT_EQ(match(Function({Parameter(0)}), Function({Type(a)}), 0), "A");
  EXPECT_EQ(match(Type(pair, {Parameter(0), Type(a)}), Type(a), 0), "nothing");
}

TEST_F(TypeTableTest, MakesNoTypeEverLarger_LKT2) {
  const int pair = Add("Pair", 2);
  TypeEntity* type = table_.Of(Type(pair, {Type(pair), Type(pair)}));
  TypeEntity* const open = table_.Of(Type(pair, {Parameter(0), Parameter(0)}));
  for (int i = 0; i < 100; ++i) {
    type = table_.Instantiate(open, table_.ArgumentsOf({type}));
    EXPECT_LE(type->weight, TypeTable::kMaxWeight);
    EXPECT_LE(type->text.size(), 20 * TypeTable::kMaxWeight);
  }
}

TEST_F(TypeTableTest, ForgetsTypesOfClassesThatEnd) {
  const int a = Add("A", 0);
  const int box = Add("Box", 1);
  const int ending = Add("Ending", 1);
  TypeEntity* const mentions = table_.Of(Type(box, {Type(ending, {Type(a)})}));
  TypeEntity* const stays = table_.Of(Type(box, {Type(a)}));
  const TypeArguments* const arguments = table_.Of(Type(box, {Type(ending)}))->arguments;
  const std::uint64_t number = table_.Of(Type(ending, {Type(a)}))->number;
  table_.Forget([&](const Class& cls) { return cls.ref.cls == ending; });
  EXPECT_EQ(table_.OfNumber(number), nullptr);
  EXPECT_EQ(table_.OfNumber(mentions->number), mentions);
  EXPECT_EQ(mentions->arguments->types[0], table_.dynamic());
  EXPECT_EQ(arguments->types[0], table_.dynamic());
  EXPECT_EQ(table_.Of(Type(box, {Type(a)})), stays);
  // Their numbers serve again, and nobody takes the new ones for the old.
  const int other = Add("Other", 0);
  const int third = Add("Third", 0);
  for (const int cls : {other, third}) {
    TypeEntity* const type = table_.Of(Type(box, {Type(cls)}));
    EXPECT_EQ(type->text, "Box<" + compiled_[static_cast<std::size_t>(cls)].name.text + ">");
    EXPECT_NE(type, mentions);
  }
}

}  // namespace
}  // namespace fart::lang

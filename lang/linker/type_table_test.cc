#include "lang/linker/type_table.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lang/linker/type_text.h"

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

// What differs in anything that a program can write is another type.
TEST_F(TypeTableTest, WhatIsNotEqualIsNotOne_LKT1) {
  using PK = TypeRef::Parameter::Kind;
  const int a = Add("A", 0);
  const int pair = Add("Pair", 2);
  const auto of = [this](const TypeRef& type) { return table_.Of(type); };
  TypeRef nullable = Type(pair, {Type(a), Type(a)});
  nullable.is_nullable = true;
  EXPECT_NE(of(nullable), of(Type(pair, {Type(a), Type(a)})));
  EXPECT_EQ(of(nullable)->text, "Pair<A, A>?");
  EXPECT_FALSE(of(nullable)->is_plain_class);
  TypeRef maybe = Type(a);
  maybe.is_nullable = true;
  EXPECT_FALSE(of(maybe)->is_plain_class);
  EXPECT_TRUE(of(Type(a))->is_plain_class);
  // One argument is known.
  EXPECT_EQ(of(Type(pair, {Type(a), TypeRef{}}))->text, "Pair<A, dynamic>");
  EXPECT_EQ(of(Type(pair, {TypeRef{}, Type(a)}))->text, "Pair<dynamic, A>");
  EXPECT_NE(of(Type(pair, {Type(a), TypeRef{}})), of(Type(pair, {TypeRef{}, Type(a)})));
  EXPECT_EQ(of(Type(pair, {Type(a)})), of(Type(pair)));                    // Too few.
  EXPECT_EQ(of(Type(pair, {Type(a), Type(a), Type(a)})), of(Type(pair)));  // Too many.
  // Parameters of one number whose names differ, as the text says which is meant.
  TypeRef other = Parameter(0);
  other.text = "S?";
  EXPECT_NE(of(other), of(Parameter(0)));
  EXPECT_EQ(of(other)->text, "S");
  EXPECT_NE(of(Parameter(1)), of(Parameter(0)));
  // What a function takes.
  const auto function = [&](const std::vector<TypeRef::Parameter>& parameters) {
    TypeRef type = Function(std::vector<TypeRef>(parameters.size() + 1, Type(a)));
    type.parameters = std::make_shared<const std::vector<TypeRef::Parameter>>(parameters);
    return of(type);
  };
  const std::vector<std::pair<std::vector<TypeRef::Parameter>, const char*>> kinds = {
      {{}, "A Function()"},
      {{{PK::kRequired, ""}}, "A Function(A)"},
      {{{PK::kOptional, ""}}, "A Function([A])"},
      {{{PK::kNamed, "x"}}, "A Function({A x})"},
      {{{PK::kNamed, "y"}}, "A Function({A y})"},
      {{{PK::kRequiredNamed, "x"}}, "A Function({required A x})"},
      {{{PK::kField, ""}}, "(A)"},
      {{{PK::kField, ""}, {PK::kField, ""}}, "(A, A)"},
      {{{PK::kRequired, ""}, {PK::kOptional, ""}, {PK::kOptional, ""}}, "A Function(A, [A, A])"},
      {{{PK::kRequired, ""}, {PK::kNamed, "x"}, {PK::kRequiredNamed, "y"}},
       "A Function(A, {A x, required A y})"},
  };
  std::vector<TypeEntity*> all;
  for (const auto& [parameters, text] : kinds) {
    TypeEntity* const type = function(parameters);
    EXPECT_EQ(type->text, text);
    EXPECT_EQ(type, function(parameters));
    EXPECT_EQ(std::count(all.begin(), all.end(), type), 0) << text;
    all.push_back(type);
  }
}

TEST_F(TypeTableTest, IsOpenWhereAParameterIsInIt) {
  const int a = Add("A", 0);
  const int pair = Add("Pair", 2);
  const auto is_open = [this](const TypeRef& type) { return table_.Of(type)->is_open; };
  EXPECT_TRUE(is_open(Type(pair, {Parameter(0), Type(a)})));
  EXPECT_TRUE(is_open(Type(pair, {Type(a), Parameter(0)})));
  EXPECT_FALSE(is_open(Type(pair, {Type(a), Type(a)})));
  EXPECT_TRUE(is_open(Function({Parameter(0), Type(a)})));
  EXPECT_TRUE(is_open(Function({Type(a), Parameter(0)})));
  EXPECT_FALSE(is_open(Function({Type(a), Type(a)})));
  // Of what takes the place of a parameter the rest is open still.
  TypeEntity* const open = table_.Of(Function({Parameter(0), Type(a), Parameter(1)}));
  const TypeArguments* const half =
      table_.ArgumentsOf({table_.Of(Type(a)), table_.Of(Parameter(4))});
  EXPECT_TRUE(half->is_open);
  EXPECT_TRUE(table_.Instantiate(open, half)->is_open);
  EXPECT_EQ(table_.Instantiate(open, half)->text, "A Function(A, T4)");
  EXPECT_FALSE(table_.Instantiate(open, nullptr)->is_open);
}

TEST_F(TypeTableTest, WhatMayBeNullStaysSo) {
  const int a = Add("A", 0);
  const int box = Add("Box", 1);
  TypeRef maybe = Parameter(0);
  maybe.is_nullable = true;
  TypeRef function = Function({Type(a)});
  function.is_nullable = true;
  const TypeArguments* const arguments = table_.ArgumentsOf({table_.Of(Type(a))});
  EXPECT_EQ(table_.Instantiate(table_.Of(maybe), arguments)->text, "A?");
  EXPECT_EQ(table_.Instantiate(table_.Of(maybe), nullptr), table_.dynamic());
  TypeRef boxed = Type(box, {maybe});
  boxed.is_nullable = true;
  EXPECT_EQ(table_.Instantiate(table_.Of(boxed), arguments)->text, "Box<A?>?");
  TypeRef open = Function({Parameter(0)});
  open.is_nullable = true;
  EXPECT_EQ(table_.Instantiate(table_.Of(open), arguments)->text, "A Function()?");
  // As many as there are.
  TypeEntity* const second = table_.Of(Parameter(1));
  EXPECT_EQ(table_.Instantiate(second, arguments), table_.dynamic());
  // Its object is its own.
  const int c = Add("C", 0);
  RootTable::Slot slot;
  table_.Of(Type(c))->object = &slot;
  TypeRef of_c = Type(c);
  of_c.is_nullable = true;
  EXPECT_EQ(table_.Of(of_c)->object, nullptr);
  TypeRef plain = Type(a);
  plain.is_nullable = true;
  // A null is no instance of what has none.
  EXPECT_FALSE(Fits(plain, Type(a)));
  EXPECT_TRUE(Fits(Type(a), plain));
  EXPECT_TRUE(Fits(plain, plain));
  EXPECT_FALSE(Fits(function, Function({Type(a)})));
  TypeRef list = Type(box, {Type(a)});
  list.is_nullable = true;
  EXPECT_FALSE(Fits(list, Type(box, {Type(a)})));
}

TEST_F(TypeTableTest, ComparesFunctionsByWhatTheyTake) {
  using PK = TypeRef::Parameter::Kind;
  const int a = Add("A", 0);
  const int b = Add("B", 0, a);
  const auto function = [&](const std::vector<TypeRef::Parameter>& parameters, int type) {
    TypeRef made = Function(std::vector<TypeRef>(parameters.size() + 1, Type(type)));
    made.arguments[0] = Type(a);
    made.parameters = std::make_shared<const std::vector<TypeRef::Parameter>>(parameters);
    return made;
  };
  const TypeRef none = function({}, a);
  const TypeRef one = function({{PK::kRequired, ""}}, a);
  const TypeRef x = function({{PK::kNamed, "x"}}, a);
  const TypeRef y = function({{PK::kNamed, "y"}}, a);
  EXPECT_TRUE(Fits(function({{PK::kOptional, ""}}, a), none));
  EXPECT_TRUE(Fits(x, none));
  EXPECT_FALSE(Fits(one, none)) << "it needs an argument";
  EXPECT_FALSE(Fits(function({{PK::kRequiredNamed, "x"}}, a), none));
  EXPECT_FALSE(Fits(none, one));
  EXPECT_FALSE(Fits(x, y));
  EXPECT_FALSE(Fits(x, function({{PK::kOptional, ""}}, a)));
  EXPECT_TRUE(Fits(x, function({{PK::kNamed, "x"}}, b)));
  EXPECT_FALSE(Fits(function({{PK::kNamed, "x"}}, b), x));
  EXPECT_FALSE(Fits(Type(a), none));
}

// `List` is an instance of `List<T>` for any T: nobody has said anything. Declared, it is not.
TEST_F(TypeTableTest, WithinIsWhatIsDeclared) {
  const int a = Add("A", 0);
  const int b = Add("B", 0, a);
  const int box = Add("Box", 1);
  const auto within = [this](const TypeRef& type, const TypeRef& other) {
    return table_.IsWithin(*table_.Of(type), *table_.Of(other));
  };
  EXPECT_TRUE(within(Type(b), Type(a)));
  EXPECT_FALSE(within(Type(a), Type(b)));
  EXPECT_TRUE(within(Type(a), TypeRef{}));
  EXPECT_FALSE(within(TypeRef{}, Type(a)));
  EXPECT_TRUE(within(TypeRef{}, TypeRef{}));
  EXPECT_TRUE(Fits(Type(box), Type(box, {Type(a)})));
  EXPECT_FALSE(within(Type(box), Type(box, {Type(a)})));
  EXPECT_TRUE(within(Type(box, {Type(a)}), Type(box)));
  EXPECT_TRUE(within(Type(box, {Type(b)}), Type(box, {Type(a)})));
  EXPECT_FALSE(within(Type(box, {Type(a)}), Type(box, {Type(b)})));
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

TEST_F(TypeTableTest, AnswersByWayOfMixinsAndInterfaces) {
  const int a = Add("A", 0);
  const int b = Add("B", 0, a);
  const int pair = Add("Pair", 2);
  const auto below = [&](const std::string& name, TypeRef CompiledClass::*clause) {
    const int number = Add(name, 0);
    CompiledClass& compiled = compiled_.back();
    (clause == nullptr ? compiled.interfaces.emplace_back() : compiled.*clause) =
        Type(pair, {Type(b), Type(a)});
    supertypes_.back() = {ClassNumber({0, pair}), ClassNumber({0, number})};
    classes_.back().supertypes = supertypes_.back();
    return number;
  };
  for (const int cls : {below("Mixes", &CompiledClass::mixin), below("Implements", nullptr),
                        below("Extends", &CompiledClass::superclass)}) {
    EXPECT_TRUE(Fits(Type(cls), Type(pair, {Type(b), Type(a)})));
    EXPECT_TRUE(Fits(Type(cls), Type(pair, {Type(a), Type(a)})));
    EXPECT_FALSE(Fits(Type(cls), Type(pair, {Type(b), Type(b)})));
  }
}

// Only of dart:core these names mean it.
TEST_F(TypeTableTest, KnowsObjectFunctionAndNever) {
  LinkedLibrary bundled;
  bundled.is_bundled = true;
  const int a = Add("A", 0);
  const auto add = [&](const std::string& name, LinkedLibrary* library) {
    const int number = Add(name, 0);
    classes_.back().library = library;
    return number;
  };
  for (const char* const name : {"Object", "Function"}) {
    EXPECT_TRUE(Fits(Function({Type(a)}), Type(add(name, &bundled)))) << name;
    EXPECT_FALSE(Fits(Function({Type(a)}), Type(add(name, &library_)))) << name;
  }
  EXPECT_FALSE(Fits(Function({Type(a)}), Type(add("int", &bundled))));
  EXPECT_TRUE(Fits(Type(add("Never", &bundled)), Type(a)));
  EXPECT_FALSE(Fits(Type(add("Never", &library_)), Type(a)));
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
  EXPECT_EQ(match(Function({Parameter(0)}), Function({Type(a), Type(a)}), 0), "nothing");
  EXPECT_EQ(match(Function({Parameter(0), Type(a)}), Function({Type(a)}), 0), "nothing");
  // The first that is found stays.
  EXPECT_EQ(match(Type(pair, {Parameter(0), Parameter(0)}), Type(pair, {Type(a), Type(pair)}), 0),
            "A");
  // T? is matched by A? with A; T by A? with itself.
  TypeRef maybe = Parameter(0);
  maybe.is_nullable = true;
  TypeRef nullable = Type(a);
  nullable.is_nullable = true;
  EXPECT_EQ(match(maybe, nullable, 0), "A");
  EXPECT_EQ(match(maybe, Type(a), 0), "A");
  EXPECT_EQ(match(Parameter(0), nullable, 0), "A?");
  EXPECT_EQ(match(Parameter(0), TypeRef{}, 0), "nothing");
  TypeRef function = Function({Type(a)});
  function.is_nullable = true;
  EXPECT_EQ(match(maybe, function, 0), "A Function()");
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
  // Functions are no way round, whether they are written or made.
  TypeRef function = Function({Type(pair), Type(pair)});
  TypeEntity* const takes = table_.Of(Function({Parameter(0), Parameter(0)}));
  TypeEntity* made = table_.Of(function);
  for (int i = 0; i < 12; ++i) {
    function = Function({function, function});
    EXPECT_LE(table_.Of(function)->weight, TypeTable::kMaxWeight);
    made = table_.Instantiate(takes, table_.ArgumentsOf({made}));
    EXPECT_LE(made->weight, TypeTable::kMaxWeight);
  }
}

// As large as they may be they are themselves, in each of the ways to be made; one larger is none.
TEST_F(TypeTableTest, MakesTypesOfEverySizeUpToTheLargest_LKT2) {
  const int box = Add("Box", 1);
  TypeEntity* const open = table_.Of(Type(box, {Parameter(0)}));
  TypeRef ref = Type(Add("A", 0));
  TypeEntity* type = table_.Of(ref);
  while (type->weight < TypeTable::kMaxWeight - 1) {
    ref = Type(box, {ref});
    type = table_.Instantiate(open, table_.ArgumentsOf({type}));
    ASSERT_EQ(type->kind, Kind::kClass);
  }
  TypeEntity* const open_function = table_.Of(Function({Parameter(0)}));
  const auto each_way = [&] {
    const TypeArguments* const arguments = table_.ArgumentsOf({type});
    const std::vector<TypeEntity*> made = {
        table_.Instantiate(open, arguments), table_.Of(Type(box, {ref})),
        table_.Instantiate(open_function, arguments), table_.Of(Function({ref}))};
    std::vector<Kind> kinds;
    for (const TypeEntity* const one : made) kinds.push_back(one->kind);
    return kinds;
  };
  EXPECT_EQ(each_way(),
            (std::vector<Kind>{Kind::kClass, Kind::kClass, Kind::kFunction, Kind::kFunction}));
  ref = Type(box, {ref});
  type = table_.Instantiate(open, table_.ArgumentsOf({type}));
  ASSERT_EQ(type->weight, TypeTable::kMaxWeight);
  EXPECT_EQ(each_way(), std::vector<Kind>(4, Kind::kDynamic));
}

TEST_F(TypeTableTest, ForgetsTypesOfClassesThatEnd) {
  const int a = Add("A", 0);
  const int box = Add("Box", 1);
  const int ending = Add("Ending", 1);
  TypeEntity* const mentions = table_.Of(Type(box, {Type(ending, {Type(a)})}));
  TypeEntity* const stays = table_.Of(Type(box, {Type(a)}));
  const std::uint64_t number = table_.Of(Type(ending, {Type(a)}))->number;
  const std::uint64_t mentions_number = mentions->number;
  TypeEntity* const function = table_.Of(Function({Type(a), Type(ending)}));
  const std::uint64_t function_number = function->number;
  const std::uint64_t most = table_.Of(Type(box, {Type(ending)}))->number;
  const std::uint32_t most_arguments = table_.OfNumber(most)->arguments->number;
  table_.Forget([&](const Class& cls) { return cls.ref.cls == ending; });
  EXPECT_EQ(table_.OfNumber(number), nullptr);
  EXPECT_EQ(table_.OfNumber(mentions_number), nullptr);
  EXPECT_EQ(table_.OfNumber(function_number), nullptr);
  EXPECT_EQ(table_.Of(Type(box, {Type(a)})), stays);
  // Their numbers serve again, and nobody takes the new ones for the old.
  const int other = Add("Other", 0);
  const int third = Add("Third", 0);
  for (const int cls : {other, third}) {
    TypeEntity* const type = table_.Of(Type(box, {Type(cls)}));
    EXPECT_EQ(type->text, "Box<" + compiled_[static_cast<std::size_t>(cls)].name.text + ">");
    EXPECT_EQ(type->arguments->types[0]->cls->ref.cls, cls);
    EXPECT_LE(type->number, most);
    EXPECT_LE(type->arguments->number, most_arguments);
  }
  TypeEntity* const open = table_.Of(Type(box, {Parameter(0)}));
  EXPECT_EQ(table_.Instantiate(open, table_.ArgumentsOf({table_.Of(Type(a))})), stays);
}

TEST_F(TypeTableTest, RemembersWhatMembersSeeForThoseArgumentsOnly) {
  const int box = Add("Box", 1);
  const int above = Add("Above", 1);
  const int pair = Add("Pair", 1, above, {Type(box, {Parameter(0)})});
  Class* const pairs = ClassOf({0, pair});
  for (int turn = 0; turn < 2; ++turn) {
    for (int i = 0; i < 200; ++i) {  // More than it remembers.
      const int part = turn == 0 ? Add("Part" + std::to_string(i), 0) : 3 + i;
      TypeEntity* const type = table_.Of(Type(part));
      const TypeArguments* const arguments = table_.ArgumentsOf({type});
      EXPECT_EQ(table_.ArgumentsInside(pairs, arguments, pairs), arguments);
      EXPECT_EQ(table_.ArgumentsInside(pairs, arguments, ClassOf({0, above})),
                table_.ArgumentsOf({table_.Of(Type(box, {Type(part)}))}));
    }
  }
}

TEST_F(TypeTableTest, RemembersOfMembersNothingThatEnds) {
  const int a = Add("A", 0);
  const int box = Add("Box", 1);
  const int ending = Add("Ending", 1);
  Class* const below = ClassOf({0, Add("Below", 0, box, {Type(ending, {Type(a)})})});
  EXPECT_NE(table_.ArgumentsInside(below, nullptr, ClassOf({0, box})), nullptr);
  table_.Forget([&](const Class& cls) { return cls.ref.cls == ending; });
  for (int i = 0; i < 20; ++i) {  // Whose place may be that of what has ended.
    EXPECT_NE(table_.ArgumentsOf({table_.Of(Type(Add("Other" + std::to_string(i), 0)))}), nullptr);
  }
  EXPECT_EQ(table_.ArgumentsInside(below, nullptr, ClassOf({0, box})),
            table_.ArgumentsOf({table_.Of(Type(ending, {Type(a)}))}));
}

// ---- As texts (type_text.h) ---------------------------------------------------------------------

// A message that was cut, or has more behind it, is not taken for another type.
TEST_F(TypeTableTest, ATextThatWasCutOrHasMoreBehindItIsNone) {
  const int plain = Add("Plain", 0);
  const int pair = Add("Pair", 2);
  const TypeEntity* const type = table_.Of(Type(pair, {Type(plain), Type(plain)}));
  const FindClassOfType find = [this](std::string_view, std::string_view name) -> Class* {
    for (Class& cls : classes_) {
      if (cls.compiled->name.text == name) return &cls;
    }
    return nullptr;
  };
  const std::string text = DescribeType(*type);
  std::string missing;
  EXPECT_EQ(ReadType(table_, text, find, &missing), type);
  EXPECT_NE(ReadTypeArguments(table_, text, 1, find), nullptr);
  EXPECT_EQ(ReadTypeArguments(table_, text, 2, find), nullptr);
  std::vector<std::string> others = {text + "d", text + ";", text + text};
  for (std::size_t size = 0; size < text.size(); ++size) others.push_back(text.substr(0, size));
  for (const std::string& other : others) {
    EXPECT_EQ(ReadTypeArguments(table_, other, 1, find), nullptr) << other;
    EXPECT_EQ(ReadType(table_, other, find, &missing), nullptr) << other;
  }
}

// Deeper it is dynamic in a text, which a type that is a value must not become.
TEST_F(TypeTableTest, WhatIsDeeperThanATextSaysIsNotDescribedWhole) {
  const int plain = Add("Plain", 0);
  const int list = Add("List", 1);
  TypeRef type = Type(plain);
  for (int depth = 1; depth < kMaxDescribedDepth; ++depth) type = Type(list, {type});
  EXPECT_TRUE(IsDescribedWhole(*table_.Of(type)));
  EXPECT_EQ(DescribeType(*table_.Of(type)).find('d'), std::string::npos);
  const TypeEntity* const deeper = table_.Of(Type(list, {type}));
  EXPECT_FALSE(IsDescribedWhole(*deeper));
  EXPECT_NE(DescribeType(*deeper).find('d'), std::string::npos);
}

}  // namespace
}  // namespace fart::lang

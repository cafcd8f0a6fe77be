// fart_direct.hpp, as a host uses it: types of objects, roots, room, mistakes, beside fart.hpp.

#include "fart_direct.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using direct::Any;
using direct::ByteTail;
using direct::Field;
using direct::FromLocal;
using direct::Immediate;
using direct::Layout;
using direct::New;
using direct::NewOfLength;
using direct::NoCollect;
using direct::Object;
using direct::Raw;
using direct::Ref;
using direct::Root;
using direct::RootArray;
using direct::Roots;
using direct::RootsMark;
using direct::RootsOf;
using direct::ShapeOf;
using direct::Slot;
using direct::Smi;
using direct::Tail;
using direct::ToLocal;
using direct::TryNew;
using direct::TryNewOfLength;
using direct::Types;
using direct::VariableObject;
using ::testing::HasSubstr;

struct Pair : Object {
  static constexpr Layout kLayout{"Pair", 2};
  Field<Any, 1> car;
  Field<Pair, 2> cdr;
};

// Of each kind of member.
struct Mixed : Object {
  static constexpr Layout kLayout{"Mixed", 1, 1, 4};
  struct Extent {
    std::uint64_t first;
    std::uint32_t second;
    bool third;
  };
  Field<Any, 1> strong;
  direct::Weak<Pair, 2> weak;
  Raw<double, 3> number;
  Raw<std::uint8_t, 4> byte;
  Raw<Extent, 5> extent;
};

struct Vector : VariableObject {
  static constexpr Layout kLayout = Layout("Vector", 1, 0, 1).ThenReferences();
  Field<Any, 2> name;
  Raw<std::int64_t, 3> tag;
  Tail<Any, 4> items;
};

struct Text : VariableObject {
  static constexpr Layout kLayout = Layout("Text").ThenBytes();
  ByteTail<2> text;
};

struct Entry : Object {
  static constexpr Layout kLayout = Layout::Ephemeron("Entry");
  direct::Weak<Any, 1> key;
  direct::Weak<Any, 2> value;
};

using Values = Types<Pair, Mixed, Vector, Text, Entry>;

class DirectHppTest : public ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    const Result<void> attached = Values::Attach();
    ASSERT_TRUE(attached.ok()) << attached.error().message();
  }
  // No root has been left behind.
  void TearDown() override {
    if (Fart_CurrentIsolate() != nullptr) {
      EXPECT_EQ(Fart_DirectState()->frames, nullptr);
    }
    ApiTest::TearDown();
  }
};

// `length` to 1, in this order.
Ref<Pair> List(int length) FART_COLLECTS {
  Root<Pair> list;
  for (int i = 1; i <= length; ++i) list = New<Pair>(Smi(i), list);
  return list;
}
std::int64_t Sum(Ref<Pair> list) {
  const NoCollect quiet;
  std::int64_t sum = 0;
  for (; !list.is_null(); list = list->cdr) sum += list->car.smi();
  return sum;
}
template <class T>
bool IsOld(const Root<T>& root) {
  return Fart_IsInOldSpace(ToLocal(root).value().get());
}
template <class T>
void MakeOld(const Root<T>& root) {
  for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
  ASSERT_TRUE(IsOld(root));
}

// ---- Types

TEST_F(DirectHppTest, TypesAreNumberedForASwitch) FART_COLLECTS {
  const Root<Vector> vector(NewOfLength<Vector>(2));
  switch (Values::KindOf(vector.shape())) {
    case Values::kIndex<Vector>:
      break;
    default:
      FAIL() << vector.shape();
  }
  EXPECT_EQ(Values::kCount, 5u);
  EXPECT_EQ(Values::kIndex<Pair>, 0u);
  EXPECT_EQ(Values::kIndex<Entry>, 4u);
  EXPECT_EQ(ShapeOf<Entry>() - ShapeOf<Pair>(), 4u);
  EXPECT_TRUE(vector.is<Vector>());
  EXPECT_FALSE(vector.is<Text>());
  EXPECT_FALSE(Root<>(Smi(3)).is<Pair>());
  EXPECT_FALSE(Root<>().is<Pair>());
}

TEST_F(DirectHppTest, TheNumbersAreTheSameInEachIsolateOrAttachingFails) FART_COLLECTS {
  const std::uint32_t first = ShapeOf<Pair>();
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    EXPECT_TRUE(Values::Attach().ok());
    EXPECT_EQ(ShapeOf<Pair>(), first);
    EXPECT_EQ(Sum(List(10)), 55);
  }
  {
    const OwnIsolate other;
    EXPECT_THAT((Types<Vector, Pair>::Attach().error().message()),
                HasSubstr("another number in another isolate"));
  }
  Fart_EnterIsolate(isolate_);
  const direct::Session here;
  EXPECT_EQ(Sum(List(10)), 55);
}

struct Swapped : Object {
  static constexpr Layout kLayout{"Swapped", 2};
  Field<Any, 2> a;
  Field<Any, 1> b;
};
struct StrongForWeak : Object {
  static constexpr Layout kLayout{"StrongForWeak", 1, 1};
  Field<Any, 1> a;
  Field<Any, 2> b;
};
struct RawFirst : Object {
  static constexpr Layout kLayout{"RawFirst", 1, 0, 1};
  Raw<int, 1> a;
  Field<Any, 2> b;
};
struct BytesForReferences : VariableObject {
  static constexpr Layout kLayout = Layout("BytesForReferences").ThenReferences();
  ByteTail<2> a;
};
struct StrongKey : Object {
  static constexpr Layout kLayout = Layout::Ephemeron("StrongKey");
  Field<Any, 1> key;
  direct::Weak<Any, 2> value;
};

TEST_F(DirectHppTest, MembersThatAreNotWhatTheLayoutSaysAreRefused) {
  const auto text = [](Result<void> attached) { return attached.error().message(); };
  EXPECT_EQ(
      text(Types<Pair, Swapped>::Attach()),
      "Types::Attach: of the type 'Swapped' word 1 is a Field by its layout, and by its members "
      "it is not.");
  EXPECT_THAT(text(Types<StrongForWeak>::Attach()), HasSubstr("word 2 is a Weak"));
  EXPECT_THAT(text(Types<RawFirst>::Attach()), HasSubstr("word 1 is a Field"));
  EXPECT_THAT(text(Types<BytesForReferences>::Attach()), HasSubstr("word 2 is a Tail"));
  EXPECT_THAT(text(Types<StrongKey>::Attach()), HasSubstr("word 1 is a Weak"));
  EXPECT_EQ(ShapeOf<Swapped>(), 0u);
}

// ---- Members

TEST_F(DirectHppTest, AFreshObjectHasWhatItWasGivenAndNothingElse) FART_COLLECTS {
  Root<Mixed> mixed(New<Mixed>(Smi(5)));
  EXPECT_EQ(mixed->strong.smi(), 5);
  EXPECT_TRUE(mixed->weak.is_null());
  EXPECT_EQ(mixed->number, 0.0);
  EXPECT_EQ(mixed->extent.get().first, 0u);
  mixed->number = 0.5;
  mixed->byte = std::uint8_t{200};
  mixed->extent = {7, 8, true};
  mixed->weak = List(3);
  Root<Pair> kept(mixed->weak);
  Collect();
  EXPECT_EQ(mixed->number, 0.5);
  EXPECT_EQ(mixed->byte.get(), 200u);
  EXPECT_EQ(mixed->extent.get().first, 7u);
  EXPECT_EQ(mixed->extent.get().second, 8u);
  EXPECT_TRUE(mixed->extent.get().third);
  EXPECT_EQ(Sum(mixed->weak), 6);
  kept = nullptr;
  Collect();
  EXPECT_TRUE(mixed->weak.is_null());
  mixed = New<Mixed>();
  EXPECT_TRUE(mixed->strong.is_null());
}

TEST_F(DirectHppTest, AssigningIsTheWriteBarrier) FART_COLLECTS {
  RootsOf<Pair> roots(New<Pair>());
  auto& [unused] = roots;
  Root<Pair> holder(New<Pair>());
  Root<Vector> vector(NewOfLength<Vector>(3000));
  MakeOld(holder);
  MakeOld(vector);
  for (int i = 0; i < 3; ++i) {
    holder->cdr = List(4 + i);
    holder->car = holder->cdr;
    vector->items[2999] = New<Pair>(Smi(i), nullptr);
    vector->name = vector->items[2999];
    vector->items[static_cast<std::size_t>(i)] = vector->items[2999];
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(Sum(holder->cdr), Sum(List(4 + i)));
    EXPECT_EQ(holder->car, holder->cdr);
    EXPECT_EQ(vector->name, vector->items[2999]);
    EXPECT_NE(vector->name, vector->items[1500]);
    EXPECT_EQ(vector->items[static_cast<std::size_t>(i)].as<Pair>().raw().bits,
              vector->name.bits());
  }
  EXPECT_TRUE(unused->car.is_null());
}

TEST_F(DirectHppTest, ObjectsOfAnyLengthHaveTheReferencesTheyAreGiven) FART_COLLECTS {
  for (const std::size_t length : {0u, 1u, 2u, 60u, 63u, 64u, 65u, 200u, 5000u, 40'000u}) {
    Root<Vector> vector(NewOfLength<Vector>(length, List(2)));
    if (length >= 2) {
      const Ref<Pair> first = List(3);
      vector = NewOfLength<Vector>(length, vector->name, first, Immediate(4));
      EXPECT_EQ(Sum(vector->items[0].as<Pair>()), 6);
      EXPECT_EQ(vector->items[1].immediate(), 4u);
    }
    EXPECT_EQ(Sum(vector->name.as<Pair>()), 3);
    EXPECT_EQ(vector->items.size(), length);
    EXPECT_EQ(vector->length(), length);
    EXPECT_EQ(vector->tag.get(), 0);
    for (std::size_t i = 2; i < length; ++i) ASSERT_TRUE(vector->items[i].is_null());
    const Root<Text> text(NewOfLength<Text>(length));
    ASSERT_EQ(text->text.size(), length);
    for (std::size_t i = 0; i < length; ++i) {
      ASSERT_EQ(text->text.data()[i], 0);
      text->text.data()[i] = static_cast<char>(i);
    }
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  }
}

TEST_F(DirectHppTest, AnEphemeronLosesItsValueWithItsKey) FART_COLLECTS {
  Root<Pair> key(List(1));
  const Ref<Pair> value = New<Pair>(Smi(2), key);
  const Root<Entry> entry(New<Entry>(key, value));
  Collect();
  EXPECT_EQ(entry->value.as<Pair>().raw().bits, entry->value.bits());
  EXPECT_EQ(Sum(entry->value.as<Pair>()), 3);
  key = nullptr;
  Collect();
  EXPECT_TRUE(entry->key.is_null());
  EXPECT_TRUE(entry->value.is_null());
}

TEST_F(DirectHppTest, WordsAreWhatTheyWereMadeOf) {
  static_assert(!direct::IsSmiValue(std::int64_t{1} << 62));
  static_assert(direct::IsSmiValue(-(std::int64_t{1} << 62)));
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 62) - 1, -(std::int64_t{1} << 62)}) {
    const Ref<> smi = Smi(value);
    EXPECT_TRUE(smi.is_smi() && !smi.is_object() && !smi.is_immediate() && !smi.is_null());
    EXPECT_EQ(smi.smi(), value);
  }
  for (unsigned i = 0; i < FART_DIRECT_HOST_IMMEDIATES; ++i) {
    const Ref<> immediate = Immediate(i);
    EXPECT_TRUE(immediate.is_immediate() && !immediate.is_smi() && !immediate.is_object());
    EXPECT_EQ(immediate.immediate(), i);
    EXPECT_EQ(Fart_HostImmediate(direct::State(), i).bits, immediate.bits());
  }
  EXPECT_FALSE(Ref<>().is_immediate());
  EXPECT_FALSE(direct::Ref<>(direct::detail::Constant(FART_DIRECT_NONE)).is_immediate());
}

TEST_F(DirectHppTest, AHashStaysThroughEveryMove) FART_COLLECTS {
  const Root<Pair> pair(List(1));
  const std::uint64_t hash = pair.hash();
  const std::uint64_t before = pair.bits();
  for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
  EXPECT_NE(pair.bits(), before);
  EXPECT_EQ(pair.hash(), hash);
  EXPECT_EQ(hash, Fart_IdentityHash(ToLocal(pair).value().get()));
  EXPECT_EQ(Smi(12).hash(), Fart_IdentityHash(Fart_NewInteger(12)));
}

// ---- Roots

TEST_F(DirectHppTest, RootsSurviveAndMove) FART_COLLECTS {
  Root<Pair> outer(List(100));
  Roots<3> numbered;
  RootsOf<Pair, Any, Any> roots(outer, Smi(7), nullptr);
  auto& [pair, number, null] = roots;
  numbered[2] = pair->cdr;
  auto& [zero, one, two] = numbered;
  one = outer;
  const std::uint64_t before = outer.bits();
  for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor,
                                     Fart_Collection_kMinor, Fart_Collection_kEverything}) {
    Collect(kind);
    EXPECT_EQ(Sum(outer), 5050);
    EXPECT_EQ(pair, outer);
    EXPECT_EQ(numbered[1], outer);
    EXPECT_EQ(two, outer->cdr);
    EXPECT_EQ(number.smi(), 7);
    EXPECT_TRUE(null.is_null() && zero.is_null());
  }
  EXPECT_NE(outer.bits(), before);
  pair = two.as<Pair>();
  outer = pair;
  EXPECT_EQ(Sum(outer), 4950);
}

void Prepend(Slot<Pair>& list, int value) FART_COLLECTS { list = New<Pair>(Smi(value), list); }

TEST_F(DirectHppTest, AFunctionWritesItsCallersRoot) FART_COLLECTS {
  Root<Pair> list;
  for (int i = 0; i < 10; ++i) Prepend(list, i);
  EXPECT_EQ(Sum(list), 45);
}

TEST_F(DirectHppTest, WhatNewIsGivenSurvivesIt) FART_COLLECTS {
  Root<Pair> made;
  const int rounds = IsUnderStress() ? 30 : 100'000;
  for (int i = 0; i < rounds; ++i) {
    const Ref<Pair> inner = New<Pair>(Smi(i), nullptr);
    made = New<Pair>(inner, inner);
    ASSERT_EQ(made->cdr->car.smi(), i);
    ASSERT_EQ(made->car, made->cdr);
  }
}

TEST_F(DirectHppTest, ARootArrayKeepsWhatItHasAndLetsTheRestGo) FART_COLLECTS {
  RootArray stack("stack");
  ASSERT_TRUE(stack.ok()) << stack.error();
  const std::size_t count = IsUnderStress() ? 100 : 5000;
  for (std::size_t i = 0; i < count; ++i) stack.Add(New<Pair>(Smi(static_cast<int>(i)), nullptr));
  for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
  stack.Set(3, List(3));
  Root<Mixed> watch(New<Mixed>());
  watch->weak = stack[50].as<Pair>();
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(Sum(stack[3].as<Pair>()), 6);
  EXPECT_EQ(Sum(stack[count - 1].as<Pair>()), static_cast<std::int64_t>(count) - 1);
  stack.Shorten(50);
  EXPECT_EQ(stack.size(), 50u);
  Collect();
  EXPECT_TRUE(watch->weak.is_null());
  EXPECT_EQ(Sum(stack[49].as<Pair>()), 49);
}

// ---- Frames that end otherwise

struct Deep : std::runtime_error {
  Deep() : std::runtime_error("deep") {}
};
// Makes something, and so collects under stress, while the stack is unwound.
struct Collects {
  explicit Collects(int* with_sum) : sum(with_sum), list(List(3)) {}
  ~Collects() FART_COLLECTS {
    Collect();
    *sum += static_cast<int>(Sum(list) + Sum(List(2)));
  }
  int* sum;
  Root<Pair> list;
};

void Descend(int depth, int* sum) FART_COLLECTS {
  const Root<Pair> here(List(depth));
  const Collects at_end(sum);
  RootsOf<Any, Any, Pair> roots(Smi(1), nullptr, here);
  if (depth == 0) throw Deep();
  if (depth % 3 != 0) return Descend(depth - 1, sum);
  try {
    Descend(depth - 1, sum);
  } catch (const Deep&) {
    // The roots that are left are this function's.
    EXPECT_EQ(Sum(roots.get<2>()), depth * (depth + 1) / 2);
    Collect();
    EXPECT_EQ(roots.get<2>(), here);
    throw;
  }
}

TEST_F(DirectHppTest, ExceptionsEndRootsAndMayBeCaughtAndThrownAgain) FART_COLLECTS {
  const Root<Pair> outer(List(10));
  Fart_RootFrame* const frames = direct::State()->frames;
  int sum = 0;
  EXPECT_THROW(Descend(10, &sum), Deep);
  EXPECT_EQ(sum, 11 * 9) << "each destructor has collected, and found what it had";
  EXPECT_EQ(direct::State()->frames, frames);
  Collect();
  EXPECT_EQ(Sum(outer), 55);
}

[[gnu::noinline]] void JumpFrom(int depth, void** place) FART_COLLECTS {
  const Root<Pair> here(List(2));
  if (depth > 0) JumpFrom(depth - 1, place);
  __builtin_longjmp(place, 1);
}

TEST_F(DirectHppTest, AMarkDropsWhatALongjmpLeaves) FART_COLLECTS {
  const Root<Pair> outer(List(10));
  Fart_RootFrame* const frames = direct::State()->frames;
  const RootsMark mark;
  void* place[5];
  if (__builtin_setjmp(place) == 0) {
    JumpFrom(5, place);
    FAIL();
  }
  mark.Reset();
  EXPECT_EQ(direct::State()->frames, frames);
  Collect();
  EXPECT_EQ(Sum(outer), 55);
}

// ---- To and from handles

TEST_F(DirectHppTest, HandlesAndReferencesNameTheSameObjects) FART_COLLECTS {
  const Local text = fart::Make("shared").value();
  const Root<Pair> pair(New<Pair>(FromLocal(text), nullptr));
  Collect();
  EXPECT_EQ(fart::To<std::string>(ToLocal(pair->car).value()).value(), "shared");
  EXPECT_EQ(FromLocal(text), pair->car);
  EXPECT_EQ(FromLocal(ToLocal(pair).value()), pair);
  EXPECT_EQ(fart::To<int>(ToLocal(Smi(7)).value()).value(), 7);
  EXPECT_TRUE(ToLocal(nullptr).value().is_null());
  {
    const ExpectMisuse misuse("to be a live handle");
    EXPECT_TRUE(FromLocal(Local(nullptr)).is_none());
  }
  const Persistent kept(ToLocal(pair).value());
  Collect();
  EXPECT_EQ(FromLocal(kept.Load().value()), pair);
}

// ---- No room

struct Full : std::runtime_error {
  Full() : std::runtime_error("full") {}
};
constexpr std::size_t kHuge = std::size_t{1} << 50;  // references: no heap has as many

TEST_F(DirectHppTest, WithoutRoomBadAllocIsThrown) FART_COLLECTS {
  const Root<Pair> outer(List(10));
  Fart_RootFrame* const frames = direct::State()->frames;
  EXPECT_THROW(static_cast<void>(NewOfLength<Vector>(kHuge, outer)), std::bad_alloc);
  EXPECT_EQ(direct::State()->frames, frames);
  EXPECT_EQ(Sum(outer), 55);
}

void ThrowFull(void* peer) {
  ++*static_cast<int*>(peer);
  throw Full();
}
void Return(void*) {}
struct Other : Object {
  static constexpr Layout kLayout{"Other", 1};
  Field<Any, 1> value;
};

TEST_F(DirectHppTest, APolicyOfTheHostsRunsInsteadAndTryNewAnswersNone) FART_COLLECTS {
  int called = 0;
  ASSERT_TRUE(Types<Other>::Attach<ThrowFull>(&called).ok());
  EXPECT_THROW(static_cast<void>(NewOfLength<Vector>(kHuge)), Full);
  EXPECT_EQ(called, 1);
  EXPECT_TRUE(TryNewOfLength<Vector>(kHuge).is_none());
  EXPECT_EQ(called, 1);
  EXPECT_FALSE(TryNew<Pair>().is_none());
  EXPECT_THROW(static_cast<void>(NewOfLength<Vector>(kHuge)), Full) << "no longer trying";
}

TEST_F(DirectHppTest, APolicyThatReturnsEndsTheProgram) FART_COLLECTS {
  ASSERT_TRUE(Types<Other>::Attach<Return>().ok());
  EXPECT_DEATH(static_cast<void>(NewOfLength<Vector>(kHuge)), "there is no room for an object");
}

// ---- Mistakes

#ifdef FART_DIRECT_CHECKS
using DirectHppCheckedTest = DirectHppTest;

TEST_F(DirectHppCheckedTest, WhatIsRawIsNotUsedAfterWhatMayCollect) FART_COLLECTS {
  constexpr const char* kText = "used after a call that may have collected";
  const auto follow = [](Ref<Pair> pair) {
    const NoCollect quiet;
    return pair->car.bits();
  };
  const Ref<Pair> raw = New<Pair>(Smi(1), nullptr);
  EXPECT_EQ(follow(raw), Smi(1).bits());
  const Root<Pair> root(raw);
  EXPECT_FALSE(New<Pair>().is_null());
  EXPECT_EQ(follow(root), Smi(1).bits());
  EXPECT_DEATH(follow(raw), kText);
  EXPECT_DEATH(static_cast<void>(New<Pair>(raw, nullptr)), kText);
  EXPECT_DEATH(root->car = raw, kText);
  EXPECT_DEATH(Root<Pair>{raw}, kText);
  EXPECT_DEATH(static_cast<void>(ToLocal(raw)), kText);
  const Ref<Pair> again = root;
  static_cast<void>(fart::Make("handles allocate, too"));
  EXPECT_DEATH(follow(again), kText);
  const Ref<Pair> third = root;
  direct::Safepoint();
  EXPECT_DEATH(follow(third), kText);
}

TEST_F(DirectHppCheckedTest, OtherMistakesEndTheProgram) FART_COLLECTS {
  const Root<Pair> pair(New<Pair>());
  EXPECT_DEATH(
      {
        const NoCollect quiet;
        Fart_NewList(1);
      },
      "inside of a NoCollect may have collected");
  EXPECT_DEATH(static_cast<void>(pair.as<Vector>()), "of another type than it says");
  EXPECT_DEATH(pair->cdr->car = nullptr, "what is no object is followed");
  EXPECT_DEATH(static_cast<void>(pair.smi()), "no small integer is read as one");
  EXPECT_DEATH(static_cast<void>(pair.immediate()), "no immediate of the host's");
  const Root<Vector> vector(NewOfLength<Vector>(2));
  EXPECT_DEATH(vector->items[2] = nullptr, "no element of this index");
  EXPECT_DEATH(
      {
        alignas(Root<Pair>) unsigned char memory[sizeof(Root<Pair>)];
        auto* const inner = ::new (static_cast<void*>(memory)) Root<Pair>(pair.get());
        const Root<Pair> innermost(pair.get());
        inner->~Root<Pair>();
      },
      "roots end out of order");
  Fart_ExitIsolate();
  EXPECT_DEATH(Root<Pair>{}, "another isolate than it attached");
  Fart_EnterIsolate(isolate_);
}
#endif

}  // namespace
}  // namespace fart::api

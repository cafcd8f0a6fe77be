// The direct interface, as a host uses it: raw references beside handles, roots, mistakes.

#include <csetjmp>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/testing/api_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

constexpr Fart_DirectAbi kAbi = FART_DIRECT_ABI;
constexpr Fart_Layout kPair = {2, 0, 0};
constexpr Fart_Layout kMixed = {1, 1, 2};

std::string Taken(char* text) {
  const std::string copy = text == nullptr ? "" : text;
  std::free(text);
  return copy;
}

Fart_ShapeDescription Describe(const char* name, Fart_Layout layout = {0, 0, 0},
                               Fart_VariablePart part = Fart_VariablePart_kNone) {
  Fart_ShapeDescription description = {};
  description.struct_size = sizeof(description);
  description.name = name;
  description.reference_count = layout.references;
  description.weak_reference_count = layout.weak_references;
  description.byte_count = layout.raw_words * 8;
  description.variable_part = part;
  return description;
}

enum Kind : std::uint32_t {
  kPairKind,
  kMixedKind,
  kVectorKind,
  kBytesKind,
  kEphemeronKind,
  kKinds
};

class DirectTest : public ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    Attach(nullptr, nullptr);
  }
  void Attach(Fart_DirectOutOfMemory out_of_memory, void* peer) {
    Fart_ShapeDescription shapes[kKinds] = {
        Describe("Pair", kPair), Describe("Mixed", kMixed),
        Describe("Vector", {0, 0, 0}, Fart_VariablePart_kReferences),
        Describe("Bytes", {0, 0, 0}, Fart_VariablePart_kBytes), Describe("Ephemeron", kPair)};
    shapes[kEphemeronKind].is_ephemeron = true;
    char* error = nullptr;
    direct_ = Fart_DirectAttach(&kAbi, shapes, kKinds, &first_, out_of_memory, peer, &error);
    ASSERT_NE(direct_, nullptr) << Taken(error);
  }

  Fart_Ref Smi(std::int64_t value) const { return Fart_FromSmi(direct_, value); }
  Fart_Ref Null() const { return Fart_NullRef(direct_); }
  Fart_Ref Pair(Fart_Ref car, Fart_Ref cdr) {
    const Fart_Ref init[] = {car, cdr};
    return Fart_New(direct_, first_ + kPairKind, kPair, init);
  }
  Fart_Ref Get(const Fart_Slot& slot) const { return Fart_GetSlot(direct_, &slot); }
  void Set(Fart_Slot& slot, Fart_Ref value) { Fart_SetSlot(direct_, &slot, value); }
  Fart_Ref Car(Fart_Ref pair) const { return Fart_Load(direct_, pair, 1); }
  Fart_Ref Cdr(Fart_Ref pair) const { return Fart_Load(direct_, pair, 2); }
  std::int64_t SmiCar(Fart_Ref pair) const { return Fart_SmiValue(Car(pair)); }
  // 1 to `length`, in this order.
  Fart_Ref List(int length) {
    FART_ROOTS(direct_, list, 1);
    for (int i = length; i > 0; --i) Set(list.at[0], Pair(Smi(i), Get(list.at[0])));
    return Get(list.at[0]);
  }
  std::int64_t Sum(Fart_Ref list) const {
    std::int64_t sum = 0;
    for (; !Fart_IsNullRef(list); list = Cdr(list)) sum += SmiCar(list);
    return sum;
  }
  void MakeOld(Fart_Slot& slot) {
    for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
    ASSERT_TRUE(Fart_IsInOldSpace(Fart_HandleOf(direct_, Get(slot))));
  }

  Fart_Direct* direct_ = nullptr;
  std::uint32_t first_ = 0;
};

// ---- Attaching

TEST_F(DirectTest, TheStateIsTheIsolatesAndKeepsItsPlace) {
  EXPECT_EQ(Fart_DirectState(), direct_);
  EXPECT_EQ(Fart_DirectAttach(&kAbi, nullptr, 0, nullptr, nullptr, nullptr, nullptr), direct_);
  Fart_ExitIsolate();
  {
    OwnIsolate other;
    EXPECT_EQ(Fart_DirectState(), nullptr) << "nobody has attached";
    EXPECT_NE(Fart_DirectAttach(&kAbi, nullptr, 0, nullptr, nullptr, nullptr, nullptr), direct_);
  }
  {
    const ExpectMisuse misuse("has not entered");
    EXPECT_EQ(Fart_DirectState(), nullptr);
  }
  Fart_EnterIsolate(isolate_);
}

TEST_F(DirectTest, EachFieldThatDiffersIsNamedWithBothValues) {
  constexpr std::size_t kFields = sizeof(Fart_DirectAbi) / sizeof(std::uint32_t);
  // The first is the size, the last is not compared.
  for (std::size_t field = 1; field < kFields - 1; ++field) {
    std::uint32_t words[kFields];
    std::memcpy(words, &kAbi, sizeof words);
    words[field] += 2;
    Fart_DirectAbi abi;
    std::memcpy(&abi, words, sizeof abi);
    char* error = nullptr;
    EXPECT_EQ(Fart_DirectAttach(&abi, nullptr, 0, nullptr, nullptr, nullptr, &error), nullptr);
    const std::string text = Taken(error);
    EXPECT_THAT(text, HasSubstr(std::to_string(words[field]) + " (the library has " +
                                std::to_string(words[field] - 2) + ")"));
    EXPECT_THAT(text, HasSubstr("compile it again"));
  }
  Fart_DirectAbi abi = kAbi;
  abi.region_shift = 20;
  abi.flag_to = 8;
  char* error = nullptr;
  EXPECT_EQ(Fart_DirectAttach(&abi, nullptr, 0, nullptr, nullptr, nullptr, &error), nullptr);
  EXPECT_EQ(Taken(error),
            "Fart_DirectAttach: the host was compiled with region_shift 20 (the library has 18), "
            "flag_to 8 (the library has 16): compile it again.");
  abi = kAbi;
  abi.struct_size = 4;
  EXPECT_EQ(Fart_DirectAttach(&abi, nullptr, 0, nullptr, nullptr, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), HasSubstr("struct_size"));
}

TEST_F(DirectTest, ShapesFollowEachOtherFromTheFirstOn) {
  const Fart_Ref pair = Pair(Smi(1), Null());
  EXPECT_EQ(Fart_ShapeNumber(direct_, pair) - first_, kPairKind);
  EXPECT_TRUE(Fart_HasShape(direct_, pair, first_));
  EXPECT_FALSE(Fart_HasShape(direct_, pair, first_ + 1));
  EXPECT_FALSE(Fart_HasShape(direct_, Smi(1), first_));
  EXPECT_FALSE(Fart_HasShape(direct_, Null(), first_));
  const Fart_Ref vector = Fart_NewVariable(direct_, first_ + kVectorKind, 3);
  EXPECT_EQ(Fart_ShapeNumber(direct_, vector) - first_, kVectorKind);
}

TEST_F(DirectTest, OfShapesNoneIsRegisteredIfOneIsWrong) {
  Fart_ShapeDescription shapes[] = {Describe("A", kPair), Describe("")};
  std::uint32_t first = 77;
  char* error = nullptr;
  EXPECT_EQ(Fart_DirectAttach(&kAbi, shapes, 2, &first, nullptr, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), HasSubstr("'descriptions[1]' to be a shape with a name"));
  EXPECT_EQ(first, 77u);
  shapes[1] = Describe("B", kPair);
  EXPECT_EQ(Fart_DirectAttach(&kAbi, shapes, 2, &first, nullptr, nullptr, nullptr), direct_);
  EXPECT_EQ(first, first_ + kKinds) << "the next free number";
  EXPECT_EQ(Fart_DirectAttach(&kAbi, nullptr, 1, &first, nullptr, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), HasSubstr("'descriptions' to be non-null"));
  EXPECT_EQ(Fart_DirectAttach(&kAbi, shapes, -1, &first, nullptr, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), HasSubstr("'count' to be in the range"));
  EXPECT_EQ(Fart_DirectAttach(nullptr, shapes, 1, &first, nullptr, nullptr, &error), nullptr);
  EXPECT_THAT(Taken(error), HasSubstr("'abi' to be non-null"));
}

// ---- Words and objects

TEST_F(DirectTest, WordsAreWhatTheyWereMadeOf) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1},
                                   (std::int64_t{1} << 62) - 1, -(std::int64_t{1} << 62)}) {
    EXPECT_TRUE(Fart_IsSmiValue(value));
    EXPECT_TRUE(Fart_IsSmi(Smi(value)));
    EXPECT_EQ(Fart_SmiValue(Smi(value)), value);
    EXPECT_EQ(IntOf(Fart_HandleOf(direct_, Smi(value))), value);
  }
  EXPECT_FALSE(Fart_IsSmiValue(std::int64_t{1} << 62));
  EXPECT_FALSE(Fart_IsSmiValue(-(std::int64_t{1} << 62) - 1));
  EXPECT_TRUE(Fart_IsNullRef(Null()));
  EXPECT_FALSE(Fart_IsObject(Null()));
  EXPECT_TRUE(Fart_IsNull(Fart_HandleOf(direct_, Null())));
  for (unsigned i = 0; i < FART_DIRECT_HOST_IMMEDIATES; ++i) {
    const Fart_Ref immediate = Fart_HostImmediate(direct_, i);
    EXPECT_FALSE(Fart_IsObject(immediate) || Fart_IsSmi(immediate) || Fart_IsNullRef(immediate));
    EXPECT_FALSE(Fart_IsNone(immediate));
    const Fart_Ref pair = Pair(immediate, Null());
    EXPECT_TRUE(Fart_IsSame(Car(pair), immediate));
  }
}

TEST_F(DirectTest, AFreshObjectHasWhatItWasGivenAndNothingElse) {
  // Twice: in the area, and where that is used up.
  for (int round = 0; round < 2; ++round) {
    const Fart_Ref init[] = {Smi(5)};
    const Fart_Ref mixed = Fart_New(direct_, first_ + kMixedKind, kMixed, init);
    ASSERT_TRUE(Fart_IsObject(mixed));
    EXPECT_EQ(Fart_SmiValue(Fart_Load(direct_, mixed, 1)), 5);
    EXPECT_TRUE(Fart_IsNullRef(Fart_LoadWeak(direct_, mixed, 2)));
    EXPECT_EQ(*Fart_Word(direct_, mixed, 3), 0u);
    EXPECT_EQ(*Fart_Word(direct_, mixed, 4), 0u);
    *Fart_Word(direct_, mixed, 4) = 99;
    const Fart_Handle handle = Fart_HandleOf(direct_, mixed);
    std::uint64_t bytes[2] = {};
    ExpectSuccess(Fart_ReadBytes(handle, 0, bytes, sizeof bytes));
    EXPECT_EQ(bytes[1], 99u);
    EXPECT_EQ(IntOf(Fart_GetReference(handle, 0)), 5);
    const Fart_Ref empty = Fart_New(direct_, first_ + kPairKind, kPair, nullptr);
    EXPECT_TRUE(Fart_IsNullRef(Car(empty)) && Fart_IsNullRef(Cdr(empty)));
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);  // Retires the area.
  }
}

TEST_F(DirectTest, ObjectsWithAVariablePart) {
  FART_ROOTS(direct_, roots, 2);
  // Small, remembered as a whole, by card, large.
  for (const std::intptr_t length : {0, 1, 100, 1000, 5000, 20'000}) {
    Set(roots.at[0], Fart_NewVariable(direct_, first_ + kVectorKind, length));
    EXPECT_EQ(Fart_LengthOf(direct_, Get(roots.at[0])), static_cast<std::uint64_t>(length));
    for (std::intptr_t i = 0; i < length; i += 97) {
      const Fart_Ref element = Pair(Smi(i), Null());
      Fart_Store(direct_, Get(roots.at[0]), static_cast<unsigned>(2 + i), element);
    }
    Collect(Fart_Collection_kMinor);
    for (std::intptr_t i = 0; i < length; ++i) {
      const Fart_Ref element = Fart_Load(direct_, Get(roots.at[0]), static_cast<unsigned>(2 + i));
      if (i % 97 != 0) {
        ASSERT_TRUE(Fart_IsNullRef(element));
      } else {
        ASSERT_EQ(SmiCar(element), i);
      }
    }
  }
  const Fart_Ref bytes = Fart_NewVariable(direct_, first_ + kBytesKind, 13);
  EXPECT_EQ(Fart_LengthOf(direct_, bytes), 13u);
  EXPECT_EQ(*Fart_Word(direct_, bytes, 3), 0u);
}

TEST_F(DirectTest, ReferencesOfTheVariablePartMayBeGiven) {
  std::uint64_t init[100];
  FART_ROOTS(direct_, kept, 1);
  for (int i = 0; i < 100; ++i) init[i] = Smi(i).bits;
  Set(kept.at[0], Pair(Smi(-1), Null()));
  init[50] = kept.at[0].bits;
  const std::uint64_t word = Fart_DirectNew(direct_, first_ + kVectorKind, 200, 100, init);
  const Fart_Ref vector = Fart_RefOfBits(direct_, word);
  for (unsigned i = 0; i < 200; ++i) {
    const Fart_Ref element = Fart_Load(direct_, vector, 2 + i);
    if (i == 50) {
      EXPECT_EQ(SmiCar(element), -1);
    } else if (i < 100) {
      EXPECT_EQ(Fart_SmiValue(element), i);
    } else {
      EXPECT_TRUE(Fart_IsNullRef(element));
    }
  }
}

TEST_F(DirectTest, HandlesAndReferencesNameTheSameObjects) {
  const Fart_Handle text = Str("shared");
  const Fart_Ref ref = Fart_RefOf(direct_, text);
  EXPECT_TRUE(Fart_IsObject(ref));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_HandleOf(direct_, ref), text));
  FART_ROOTS(direct_, roots, 1);
  Set(roots.at[0], Pair(ref, Null()));
  Collect();
  EXPECT_EQ(TextOf(Fart_HandleOf(direct_, Car(Get(roots.at[0])))), "shared");
  EXPECT_TRUE(Fart_IsSame(Fart_RefOf(direct_, Fart_NewInteger(7)), Smi(7)));
  {
    const ExpectMisuse misuse("to be a live handle");
    EXPECT_TRUE(Fart_IsNone(Fart_RefOf(direct_, nullptr)));
  }
  {
    const ExpectMisuse misuse("to be no error");
    EXPECT_TRUE(Fart_IsNone(Fart_RefOf(direct_, Fart_NewApiError("wrong"))));
  }
  EXPECT_THAT(ErrorOf(Fart_DirectHandle(FART_DIRECT_NONE)), HasSubstr("'word' to be a value"));
  Fart_ExitScope();
  EXPECT_THAT(ErrorOf(Fart_DirectHandle(Smi(1).bits)), HasSubstr("No scope is open"));
  Fart_EnterScope();
}

// ---- What survives

TEST_F(DirectTest, WhatFramesHoldSurvivesAndMoves) {
  FART_ROOTS(direct_, outer, 1);
  Set(outer.at[0], List(100));
  const std::uint64_t before = outer.at[0].bits;
  {
    FART_ROOTS(direct_, inner, 2);
    Set(inner.at[1], Get(outer.at[0]));
    for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor,
                                       Fart_Collection_kMinor, Fart_Collection_kEverything}) {
      Collect(kind);
      EXPECT_EQ(Sum(Get(outer.at[0])), 5050);
      EXPECT_EQ(inner.at[1].bits, outer.at[0].bits);
      EXPECT_EQ(inner.at[0].bits, std::uint64_t{FART_DIRECT_NULL});
    }
  }
  EXPECT_NE(outer.at[0].bits, before);
  EXPECT_EQ(direct_->frames, &outer.frame);
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(DirectTest, WhatNewIsGivenSurvivesIt) {
  FART_ROOTS(direct_, roots, 1);
  std::int64_t made = 0;
  // Through many collections: the value is raw when Fart_New begins.
  const auto collections = [] {
    const Fart_HeapStatistics heap = HeapStatistics();
    return heap.minor_collections + heap.major_collections;
  };
  while (collections() < 3) {
    for (int i = 0; i < (IsUnderStress() ? 10 : 5000); ++i, ++made) {
      const Fart_Ref inner = Pair(Smi(made), Null());
      Set(roots.at[0], Pair(inner, Null()));
      ASSERT_EQ(SmiCar(Car(Get(roots.at[0]))), made);
    }
  }
}

TEST_F(DirectTest, AStoreIntoWhatIsOldIsRemembered) {
  FART_ROOTS(direct_, roots, 1);
  Set(roots.at[0], Pair(Null(), Null()));
  MakeOld(roots.at[0]);
  for (int i = 0; i < 3; ++i) {
    const Fart_Ref young = Pair(Smi(i), Null());
    Fart_Store(direct_, Get(roots.at[0]), 1, young);
    Fart_Store(direct_, Get(roots.at[0]), 2, Smi(i));
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(SmiCar(Car(Get(roots.at[0]))), i);
    EXPECT_EQ(Fart_SmiValue(Cdr(Get(roots.at[0]))), i);
  }
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(DirectTest, ABarrierThatIsLeftOutIsFound) {
  if (IsUnderStress()) GTEST_SKIP() << "what is young there does not stay so";
  FART_ROOTS(direct_, roots, 1);
  Set(roots.at[0], Pair(Null(), Null()));
  MakeOld(roots.at[0]);
  const Fart_Ref young = Pair(Smi(1), Null());
  Fart_Init(direct_, Get(roots.at[0]), 1, young);  // The mistake.
  const char* const finding = Fart_VerifyHeap();
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding, HasSubstr("H-R1 complete: Pair@"));
  Fart_Store(direct_, Get(roots.at[0]), 1, Null());
}

TEST_F(DirectTest, WeakReferencesReadAsNullWhenTheirObjectIsDead) {
  FART_ROOTS(direct_, roots, 2);
  Set(roots.at[1], Pair(Smi(1), Null()));
  Set(roots.at[0], Fart_New(direct_, first_ + kMixedKind, kMixed, nullptr));
  Fart_Store(direct_, Get(roots.at[0]), 2, Get(roots.at[1]));
  Collect();
  EXPECT_EQ(SmiCar(Fart_LoadWeak(direct_, Get(roots.at[0]), 2)), 1);
  direct_->gate = 1;
  EXPECT_EQ(SmiCar(Fart_LoadWeak(direct_, Get(roots.at[0]), 2)), 1) << "out of line";
  direct_->gate = 0;
  Set(roots.at[1], Null());
  Collect();
  EXPECT_TRUE(Fart_IsNullRef(Fart_LoadWeak(direct_, Get(roots.at[0]), 2)));
}

TEST_F(DirectTest, AnEphemeronLosesItsValueWithItsKey) {
  FART_ROOTS(direct_, roots, 2);
  Set(roots.at[1], Pair(Smi(1), Null()));
  const Fart_Ref value = Pair(Smi(2), Get(roots.at[1]));
  const Fart_Ref init[] = {Get(roots.at[1]), value};
  Set(roots.at[0], Fart_New(direct_, first_ + kEphemeronKind, kPair, init));
  Collect();
  EXPECT_EQ(SmiCar(Cdr(Get(roots.at[0]))), 2);
  Set(roots.at[1], Null());
  Collect();
  EXPECT_TRUE(Fart_IsNullRef(Car(Get(roots.at[0]))) && Fart_IsNullRef(Cdr(Get(roots.at[0]))));
}

// ---- Frames that end otherwise

TEST_F(DirectTest, ExceptionsEndFrames) {
  FART_ROOTS(direct_, outer, 1);
  Set(outer.at[0], List(10));
  const auto thrown = [this](int depth, const auto& self) -> int {
    FART_ROOTS(direct_, inner, 3);
    Set(inner.at[2], Pair(Smi(depth), Null()));
    if (depth == 0) throw std::runtime_error("deep");
    return self(depth - 1, self) + 1;
  };
  EXPECT_THROW(thrown(20, thrown), std::runtime_error);
  EXPECT_EQ(direct_->frames, &outer.frame);
  Collect();
  EXPECT_EQ(Sum(Get(outer.at[0])), 55);
}

TEST_F(DirectTest, AMarkDropsWhatALongjmpLeaves) {
  FART_ROOTS(direct_, outer, 1);
  Set(outer.at[0], List(10));
  std::jmp_buf place;
  Fart_RootFrame* const mark = Fart_RootsMark(direct_);
  if (setjmp(place) == 0) {
    Fart_RootFrame left = {direct_->frames, 0};  // As a frame of C code that is jumped over.
    direct_->frames = &left;
    std::longjmp(place, 1);
  }
  Fart_RootsReset(direct_, mark);
  Collect();
  EXPECT_EQ(Sum(Get(outer.at[0])), 55);
  EXPECT_EQ(direct_->frames, &outer.frame);
}

class DirectNativeTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    direct = Fart_DirectAttach(&kAbi, nullptr, 0, nullptr, nullptr, nullptr, nullptr);
    ASSERT_NE(direct, nullptr);
  }
  static Fart_NativeFunction Resolve(Fart_Handle name, int, bool* scope) {
    *scope = true;
    const std::string text = TextOf(name);
    if (text == "Leave") return Leave;
    if (text == "Look") return Look;
    return nullptr;
  }
  // As C code has it that was compiled without unwind tables: nobody ends it.
  struct UnendedFrame {
    UnendedFrame() : frame{direct->frames, 1}, at{{FART_DIRECT_NULL}} { direct->frames = &frame; }
    Fart_RootFrame frame;
    Fart_Slot at[1];
  };
  static void Leave(Fart_NativeArguments) {
    const UnendedFrame unended;
    Fart_PropagateError(Fart_NewUnhandledExceptionError(Fart_NewInteger(5)));
  }
  static void Look(Fart_NativeArguments arguments) {
    frames_seen = direct->frames;
    Fart_SetReturnValue(arguments, Fart_Null());
  }
  // Looks while the stack is unwound, further out than what has been left.
  struct LookingCleanup {
    ~LookingCleanup() { frames_in_cleanup = direct->frames; }
  };

  static Fart_Direct* direct;
  static Fart_RootFrame* frames_seen;
  static Fart_RootFrame* frames_in_cleanup;
};
Fart_Direct* DirectNativeTest::direct = nullptr;
Fart_RootFrame* DirectNativeTest::frames_seen = nullptr;
Fart_RootFrame* DirectNativeTest::frames_in_cleanup = nullptr;

TEST_F(DirectNativeTest, WhatANativeFunctionHasNotEndedIsOffTheChainAfterIt) {
  ExpectSuccess(Load(R"(
    leave() native "Leave";
    look() native "Look";
    main() { try { leave(); } catch (e) { look(); return e; } }
  )",
                     Resolve));
  FART_ROOTS(direct, outer, 1);
  EXPECT_EQ(IntOf(Call("main")), 5);
  EXPECT_EQ(frames_seen, &outer.frame);
  EXPECT_EQ(direct->frames, &outer.frame);
  Collect();
}

TEST_F(DirectNativeTest, AFrameInWhatHasBeenUnwoundIsOffTheChainBeforeCleanupsRun) {
  static const auto inner = [] {
    const UnendedFrame unended;
    Fart_PropagateError(Fart_NewUnhandledExceptionError(Fart_NewInteger(6)));
  };
  const auto resolve = [](Fart_Handle, int, bool* scope) -> Fart_NativeFunction {
    *scope = true;
    return [](Fart_NativeArguments) {
      const LookingCleanup at_end;
      static void (*volatile call)() = inner;
      call();
    };
  };
  ExpectSuccess(Load(R"(
    leave() native "Leave";
    main() { try { leave(); } catch (e) { return e; } }
  )",
                     resolve));
  FART_ROOTS(direct, outer, 1);
  EXPECT_EQ(IntOf(Call("main")), 6);
  EXPECT_EQ(frames_in_cleanup, &outer.frame);
}

// ---- Arrays and visitors

TEST_F(DirectTest, AnArrayIsVisitedFromWhereItIsNotClean) {
  if (IsUnderStress()) GTEST_SKIP() << "each step visits slots";
  std::vector<Fart_Slot> slots(1000, Fart_Slot{FART_DIRECT_NULL});
  Fart_RootArray array = {slots.data(), 1000, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "stack"));
  for (int i = 0; i < 1000; ++i) {
    const Fart_Ref pair = Pair(Smi(i), Null());
    Fart_SetInArray(direct_, &array, i, pair);
  }
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(array.clean, 0) << "what survives once is young";
  Fart_SetInArray(direct_, &array, 0, Smi(0));
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(SmiCar(Get(slots[999])), 999);
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(array.clean, 1000) << "all is old";
  const Fart_Ref first = Pair(Smi(0), Null());
  Fart_SetInArray(direct_, &array, 0, first);
  for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
  const std::uint64_t visited = HeapStatistics().other_slots_visited;
  Collect(Fart_Collection_kMinor);
  EXPECT_LT(HeapStatistics().other_slots_visited, visited + 900);
  const Fart_Ref pair = Pair(Smi(-5), Null());
  Fart_SetInArray(direct_, &array, 300, pair);
  EXPECT_EQ(array.clean, 300);
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(SmiCar(Get(slots[300])), -5);
  Collect(Fart_Collection_kMajor);
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(SmiCar(Get(slots[static_cast<std::size_t>(i)])), i == 300 ? -5 : i);
  array.count = 10;  // The rest holds nothing any more.
  Collect();
  EXPECT_LE(array.clean, 10);
  ExpectSuccess(Fart_RemoveRootArray(&array));
  EXPECT_THAT(ErrorOf(Fart_RemoveRootArray(&array)), HasSubstr("one that is registered"));
}

TEST_F(DirectTest, AnArrayIsRegisteredOnce) {
  Fart_Slot slot = {FART_DIRECT_NULL};
  Fart_RootArray array = {&slot, 1, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "stack"));
  EXPECT_THAT(ErrorOf(Fart_AddRootArray(&array, "again")), HasSubstr("not registered yet"));
  EXPECT_THAT(ErrorOf(Fart_AddRootArray(nullptr, "none")), HasSubstr("'array' to be non-null"));
  EXPECT_THAT(ErrorOf(Fart_AddRootArray(&array, nullptr)), HasSubstr("'name' to be non-null"));
  ExpectSuccess(Fart_RemoveRootArray(&array));
}

TEST_F(DirectTest, AWriteThatDoesNotLowerCleanIsFoundWithItsSlot) {
  if (IsUnderStress()) GTEST_SKIP() << "what is young there does not stay so";
  Fart_Slot slots[3] = {{FART_DIRECT_NULL}, {FART_DIRECT_NULL}, {FART_DIRECT_NULL}};
  Fart_RootArray array = {slots, 3, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "values"));
  Collect(Fart_Collection_kMinor);
  ASSERT_EQ(array.clean, 3);
  slots[1].bits = Pair(Smi(1), Null()).bits;
  const char* const finding = Fart_VerifyHeap();
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding, HasSubstr("slot 1 of the array 'values', refers to"));
  slots[1].bits = FART_DIRECT_NULL;
  array.count = -1;
  EXPECT_STREQ(Fart_VerifyHeap(), "VR-H3 valid: the array 'values' has no -1 slots");
  array.count = 3;
  ExpectSuccess(Fart_RemoveRootArray(&array));
}

TEST_F(DirectTest, TheVerifierNamesTheFrameArrayOrVisitorOfAWrongSlot) {
  const std::uint64_t wrong = 0x1239;  // No object there.
  {
    FART_ROOTS(direct_, outer, 2);
    FART_ROOTS(direct_, inner, 1);
    outer.at[1].bits = wrong;
    EXPECT_THAT(Fart_VerifyHeap(), HasSubstr("slot 1 of frame 1, from the innermost"));
    outer.at[1].bits = FART_DIRECT_NULL;
  }
  Fart_Slot slots[2] = {{FART_DIRECT_NULL}, {wrong}};
  Fart_RootArray array = {slots, 2, 0};
  ExpectSuccess(Fart_AddRootArray(&array, "globals"));
  EXPECT_THAT(Fart_VerifyHeap(), HasSubstr("slot 1 of the array 'globals'"));
  ExpectSuccess(Fart_RemoveRootArray(&array));
  const Fart_RootVisitor visit = [](Fart_RootVisit seen, void* peer) {
    Fart_VisitRoots(seen, static_cast<Fart_Slot*>(peer), 2);
  };
  ExpectSuccess(Fart_AddRootVisitor(visit, slots, "machine"));
  EXPECT_THAT(Fart_VerifyHeap(), HasSubstr("slot 1 of the visitor 'machine'"));
  ExpectSuccess(Fart_RemoveRootVisitor(visit, slots));
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(DirectTest, VisitorsHoldWhatTheyVisitAndFramesOfOtherStacks) {
  struct Machine {
    Fart_Slot value = {FART_DIRECT_NULL};
    Fart_RootFrame* waiting = nullptr;
  } machine;
  const Fart_RootVisitor visit = [](Fart_RootVisit seen, void* peer) {
    auto* const here = static_cast<Machine*>(peer);
    Fart_VisitRoots(seen, &here->value, 1);
    Fart_VisitRoots(seen, nullptr, 0);
    Fart_VisitRootFrames(seen, here->waiting, nullptr);
  };
  ExpectSuccess(Fart_AddRootVisitor(visit, &machine, "machine"));
  EXPECT_THAT(ErrorOf(Fart_AddRootVisitor(visit, &machine, "again")),
              HasSubstr("not registered yet"));
  Set(machine.value, List(5));
  // A fibre's frame, off the chain while the fibre waits.
  struct {
    Fart_RootFrame frame;
    Fart_Slot at[1];
  } fibre = {{nullptr, 1}, {{List(6).bits}}};
  machine.waiting = &fibre.frame;
  for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor}) {
    Collect(kind);
    EXPECT_EQ(Sum(Get(machine.value)), 15);
    EXPECT_EQ(Sum(Get(fibre.at[0])), 21);
  }
  ExpectSuccess(Fart_RemoveRootVisitor(visit, &machine));
  EXPECT_THAT(ErrorOf(Fart_RemoveRootVisitor(visit, &machine)), HasSubstr("is registered"));
  EXPECT_THAT(ErrorOf(Fart_AddRootVisitor(nullptr, nullptr, "none")),
              HasSubstr("'visitor' to be non-null"));
}

#ifdef FART_DIRECT_CHECKS
using DirectCheckedTest = DirectTest;

// Whether or not anything has moved.
TEST_F(DirectCheckedTest, WhatIsRawIsNotUsedAfterWhatMayCollect) {
  FART_ROOTS(direct_, roots, 1);
  const Fart_Ref raw = Pair(Smi(1), Null());
  EXPECT_EQ(SmiCar(raw), 1);
  Set(roots.at[0], raw);
  Pair(Smi(2), Null());
  EXPECT_EQ(SmiCar(Get(roots.at[0])), 1);
  constexpr const char* kText = "a Fart_Ref is used after a call that may have collected";
  EXPECT_DEATH(Car(raw), kText);
  EXPECT_DEATH(Pair(raw, Null()), kText);
  EXPECT_DEATH(Set(roots.at[0], raw), kText);
  EXPECT_DEATH(Fart_Store(direct_, Get(roots.at[0]), 1, raw), kText);
  EXPECT_DEATH(Fart_Init(direct_, Get(roots.at[0]), 1, raw), kText);
  EXPECT_DEATH(Fart_HandleOf(direct_, raw), kText);
  EXPECT_DEATH(Fart_LoadWeak(direct_, raw, 1), kText);
  const Fart_Ref again = Get(roots.at[0]);
  Fart_NewList(1);  // Any call that allocates.
  EXPECT_DEATH(Car(again), kText);
  const Fart_Ref third = Get(roots.at[0]);
  FART_SAFEPOINT(direct_);
  EXPECT_DEATH(Car(third), kText);
  EXPECT_TRUE(Fart_IsSame(Smi(5), Smi(5))) << "what is no object is never too late";
}
#endif

// ---- No room, and misuse

struct Full : std::runtime_error {
  Full() : std::runtime_error("full") {}
};

// A heap of 4 MB.
class DirectLimitTest : public DirectTest {
 protected:
  void SetUp() override {
    StartOnce();
    limit_ = Fart_GetFlag("max-heap");
    ASSERT_TRUE(Fart_SetFlag("--max-heap=4m"));
    DirectTest::SetUp();
  }
  void TearDown() override {
    DirectTest::TearDown();
    ASSERT_TRUE(Fart_SetFlag(("--max-heap=" + limit_).c_str()));
  }

  std::string limit_;
};

TEST_F(DirectLimitTest, AListThatFillsTheHeapCanBeLetGo) {
  for (int round = 0; round < 2; ++round) {
    FART_ROOTS(direct_, list, 1);
    std::int64_t made = 0;
    // Under stress it is slow, and there is no more to see.
    for (; !IsUnderStress() || made < 300; ++made) {
      const Fart_Ref pair = Pair(Smi(made), Get(list.at[0]));
      if (Fart_IsNone(pair)) break;
      Set(list.at[0], pair);
    }
    EXPECT_GE(made, IsUnderStress() ? 300 : 50'000);
    EXPECT_EQ(Sum(Get(list.at[0])), made * (made - 1) / 2);
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  }
}

TEST_F(DirectTest, WithoutRoomNoneIsAnsweredAfterTheCallback) {
  int called = 0;
  Attach([](void* peer) { ++*static_cast<int*>(peer); }, &called);
  // No heap has as much.
  const std::intptr_t huge = INTPTR_MAX / 64;
  EXPECT_TRUE(Fart_IsNone(Fart_NewVariable(direct_, first_ + kVectorKind, huge)));
  EXPECT_EQ(called, 1);
  Attach([](void*) { throw Full(); }, nullptr);
  FART_ROOTS(direct_, outer, 1);
  EXPECT_THROW(Fart_NewVariable(direct_, first_ + kVectorKind, huge), Full);
  EXPECT_EQ(direct_->frames, &outer.frame);
  Attach(nullptr, nullptr);
  EXPECT_TRUE(Fart_IsNone(Fart_NewVariable(direct_, first_ + kVectorKind, huge)));
  EXPECT_FALSE(Fart_IsNone(Pair(Smi(1), Null())));
}

TEST_F(DirectTest, WhatIsWrongWithACallOfNewIsRecorded) {
  const auto expect = [&](const char* part, Fart_Direct* direct, std::uint32_t shape,
                          std::intptr_t length, std::intptr_t count, const std::uint64_t* init) {
    const ExpectMisuse misuse(part);
    EXPECT_EQ(Fart_DirectNew(direct, shape, length, count, init), std::uint64_t{FART_DIRECT_NONE});
  };
  const std::uint64_t words[3] = {2, 4, 6};
  expect("'shape' to be the number of a shape", direct_, first_ + kKinds, 0, 0, nullptr);
  expect("'shape' to be the number of a shape", direct_, 7, 0, 0, nullptr);
  expect("'direct' to be the current isolate's", nullptr, first_, 0, 0, nullptr);
  expect("'length' to be in the range [0..0]", direct_, first_, 1, 0, nullptr);
  expect("'length' to be in the range", direct_, first_ + kVectorKind, -1, 0, nullptr);
  expect("'count' to be in the range [0..2]", direct_, first_, 0, 3, words);
  expect("'count' to be in the range [0..4]", direct_, first_ + kVectorKind, 4, 5, words);
  expect("'count' to be in the range", direct_, first_, 0, -1, words);
  expect("'init' to be non-null", direct_, first_, 0, 1, nullptr);
}

TEST_F(DirectTest, NothingIsMadeInACallback) {
  struct State {
    Fart_Direct* direct;
    std::uint32_t first;
    bool is_none = false;
  } state{direct_, first_};
  Fart_EnterScope();
  const auto callback = [](void*, void* peer) {
    auto* const here = static_cast<State*>(peer);
    const ExpectMisuse misuse("Fart_DirectNew");
    here->is_none = Fart_IsNone(Fart_New(here->direct, here->first, kPair, nullptr));
  };
  ASSERT_NE(
      Fart_NewFinalizableHandle(Fart_HandleOf(direct_, Pair(Smi(1), Null())), &state, 0, callback),
      nullptr);
  Fart_ExitScope();
  Pair(Smi(2), Null());  // There is an area that it would fit into.
  Collect();
  EXPECT_TRUE(state.is_none);
  EXPECT_EQ(SmiCar(Pair(Smi(3), Null())), 3);
}

TEST_F(DirectTest, AnIsolateWithAFrameIsNotShutDown) {
  {
    FART_ROOTS(direct_, roots, 1);
    const ExpectMisuse misuse("Fart_ShutdownIsolate: a frame of roots has not ended");
    Fart_ShutdownIsolate();
  }
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
}

TEST_F(DirectTest, ObjectsMadeInlineAreCounted) {
  const std::uint64_t before = HeapStatistics().objects_allocated;
  for (int i = 0; i < 100; ++i) Pair(Smi(i), Null());
  EXPECT_EQ(HeapStatistics().objects_allocated, before + 100);
}

TEST_F(DirectTest, ASafepointCollectsUnderStressAlone) {
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  const std::uint64_t before = HeapStatistics().major_collections;
  const std::uint64_t epoch = direct_->epoch;
  Fart_DirectSafepoint(direct_);
  EXPECT_GT(direct_->epoch, epoch);
  EXPECT_EQ(HeapStatistics().major_collections, before);
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=1"));
  Fart_DirectSafepoint(direct_);
  EXPECT_EQ(HeapStatistics().major_collections, before + 1);
}

}  // namespace
}  // namespace fart::api

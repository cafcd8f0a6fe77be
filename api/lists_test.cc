#include "api/testing/api_test.h"
#include "vm/isolate.h"

namespace fart::api {
namespace {

constexpr const char* kNotAList = "Object does not implement the List interface";

class ListsTest : public ApiTest {
 protected:
  static Fart_Handle NewSquares(std::intptr_t length) {
    const Fart_Handle list = Fart_NewList(length);
    for (std::intptr_t i = 0; i < length; ++i) {
      ExpectSuccess(Fart_ListSetAt(list, i, Fart_NewInteger(i * i)));
    }
    return list;
  }
};

TEST_F(ListsTest, NewListIsOfNulls) {
  const Fart_Handle list = Fart_NewList(3);
  EXPECT_TRUE(Fart_IsList(list));
  for (std::intptr_t i = 0; i < 3; ++i) EXPECT_TRUE(Fart_IsNull(Fart_ListGetAt(list, i)));
  EXPECT_THAT(ErrorOf(Fart_NewList(-1)),
              ::testing::HasSubstr("Fart_NewList expects argument 'length' to be in the range"));
}

TEST_F(ListsTest, LengthIsThatOfTheList_Defect3) {
  for (const std::intptr_t length : {0, 1, 100000}) {
    std::intptr_t answer = -1;
    ExpectSuccess(Fart_ListLength(Fart_NewList(length), &answer));
    EXPECT_EQ(answer, length);
  }
  std::intptr_t untouched = -1;
  EXPECT_EQ(ErrorOf(Fart_ListLength(Str("x"), &untouched)), kNotAList);
  EXPECT_EQ(untouched, -1);
  EXPECT_EQ(ErrorOf(Fart_ListLength(Fart_NewList(1), nullptr)),
            "Fart_ListLength expects argument 'length' to be non-null.");
}

TEST_F(ListsTest, ElementsComeBackAfterEverythingMoved) {
  const Fart_Handle list = NewSquares(1000);
  Collect();
  Collect();
  for (std::intptr_t i = 0; i < 1000; ++i) {
    Fart_EnterScope();
    EXPECT_EQ(IntOf(Fart_ListGetAt(list, i)), i * i);
    Fart_ExitScope();
  }
}

TEST_F(ListsTest, ARangeLeavesItsHandlesInTheScopeAndNothingElse) {
  const Fart_Handle list = NewSquares(500);
  std::vector<Fart_Handle> found(500);
  const Fart_HandleStatistics before = HandleStatistics();
  for (int i = 0; i < 10; ++i) {
    ExpectSuccess(Fart_ListGetRange(list, 0, 500, found.data()));
    EXPECT_TRUE(Fart_IsError(Fart_ListGetRange(list, 1, 500, found.data())));
    EXPECT_TRUE(Fart_IsError(Fart_ListGetRange(list, 500, 1, found.data())));
  }
  const Fart_HandleStatistics after = HandleStatistics();
  EXPECT_EQ(after.scope_bytes_live, before.scope_bytes_live);
  EXPECT_LE(after.local_live, before.local_live + 10 * (500 + 2));
}

TEST_F(ListsTest, AnOldListKeepsAYoungElement) {
  const Fart_Handle list = Fart_NewList(5000);
  Collect();
  Collect();
  ASSERT_TRUE(Fart_IsInOldSpace(list));
  Fart_EnterScope();
  ExpectSuccess(Fart_ListSetAt(list, 4321, Str("young")));
  Fart_ExitScope();
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(TextOf(Fart_ListGetAt(list, 4321)), "young");
}

TEST_F(ListsTest, IndicesOutsideAreRefused) {
  const Fart_Handle list = Fart_NewList(2);
  for (const std::intptr_t index : {std::intptr_t{-1}, std::intptr_t{2}, INTPTR_MAX, INTPTR_MIN}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetAt(list, index)),
              "Invalid index passed in to access list element");
    EXPECT_EQ(ErrorOf(Fart_ListSetAt(list, index, Fart_True())),
              "Invalid index passed in to set list element");
  }
  EXPECT_EQ(ErrorOf(Fart_ListGetAt(Fart_True(), 0)), kNotAList);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(Fart_Null(), 0, Fart_True())), kNotAList);
}

TEST_F(ListsTest, RangeBeginsAtItsOffset_Defect2) {
  const Fart_Handle list = NewSquares(10);
  Fart_Handle part[3] = {};
  ExpectSuccess(Fart_ListGetRange(list, 4, 3, part));
  EXPECT_EQ(IntOf(part[0]), 16);
  EXPECT_EQ(IntOf(part[1]), 25);
  EXPECT_EQ(IntOf(part[2]), 36);
  ExpectSuccess(Fart_ListGetRange(list, 10, 0, part));
}

TEST_F(ListsTest, RangeLeavesNothingInTheScopeButItsHandles) {
  // Of no built-in list: its handles wait in memory of the scope until all are there.
  const Fart_Handle list = Fart_NewTypedData(Fart_TypedData_kUint16, 100);
  std::vector<Fart_Handle> found(100);
  const ScopeArena& arena = Isolate::Current()->handles().locals.arena();
  const Address before = arena.top();
  for (int i = 0; i < 3; ++i) ExpectSuccess(Fart_ListGetRange(list, 0, 100, found.data()));
  EXPECT_EQ(arena.top(), before);
}

TEST_F(ListsTest, RangeOutsideIsRefusedAndWritesNothing_Defect2) {
  const Fart_Handle list = NewSquares(10);
  const Fart_Handle mark = Fart_True();
  struct {
    std::intptr_t offset;
    std::intptr_t length;
  } const bad[] = {{0, -1}, {-1, 1}, {8, 3}, {11, 0}, {INTPTR_MAX, 1}, {1, INTPTR_MAX}};
  for (const auto& [offset, length] : bad) {
    Fart_Handle part[3] = {mark, mark, mark};
    EXPECT_EQ(ErrorOf(Fart_ListGetRange(list, offset, length, part)),
              "Invalid offset/length passed in to access list elements");
    EXPECT_EQ(part[0], mark);
  }
  EXPECT_EQ(ErrorOf(Fart_ListGetRange(list, 0, 1, nullptr)),
            "Fart_ListGetRange expects argument 'result' to be non-null.");
  Fart_Handle one = nullptr;
  EXPECT_EQ(ErrorOf(Fart_ListGetRange(Str("x"), 0, 1, &one)), kNotAList);
}

TEST_F(ListsTest, HoldsAnyInstanceAndNull) {
  const Fart_Handle list = Fart_NewList(1);
  for (const Fart_Handle value : {Fart_Null(), Fart_True(), Fart_NewDouble(1), list}) {
    ExpectSuccess(Fart_ListSetAt(list, 0, value));
    EXPECT_TRUE(Fart_IdentityEquals(Fart_ListGetAt(list, 0), value));
  }
  EXPECT_THAT(ErrorOf(Fart_ListSetAt(list, 0, nullptr)),
              ::testing::HasSubstr("argument 'value' to be a live handle"));
}

using LanguageListsTest = LanguageTest;

TEST_F(LanguageListsTest, ReadsAndWritesListsOfTheLanguage) {
  ExpectSuccess(Load("growable() => [1, 2, 3]; fixed() => const [1, 2];"));
  const Fart_Handle growable = Call("growable");
  EXPECT_TRUE(Fart_IsList(growable));
  EXPECT_EQ(IntOf(Fart_ListGetAt(growable, 2)), 3);
  ExpectSuccess(Fart_ListSetAt(growable, 0, Fart_NewInteger(9)));
  EXPECT_EQ(IntOf(Fart_ListGetAt(growable, 0)), 9);
  EXPECT_EQ(ErrorOf(Fart_ListGetAt(growable, 3)), "Invalid index passed in to access list element");
  const Fart_Handle fixed = Call("fixed");
  EXPECT_EQ(IntOf(Fart_ListGetAt(fixed, 1)), 2);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(fixed, 0, Fart_True())),
            "Fart_ListSetAt expects argument 'list' to be modifiable.");
}

}  // namespace
}  // namespace fart::api

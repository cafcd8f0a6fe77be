#include <cstdint>
#include <utility>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

class HeapReferencesTest : public ApiTest {
 protected:
  static Fart_Shape Register(const char* name, std::intptr_t references,
                             Fart_VariablePart variable = Fart_VariablePart_kNone) {
    Fart_ShapeDescription description = {};
    description.struct_size = sizeof(description);
    description.name = name;
    description.reference_count = references;
    description.weak_reference_count = variable == Fart_VariablePart_kNone ? 0 : 1;
    description.variable_part = variable;
    Fart_Shape shape = nullptr;
    ExpectSuccess(Fart_RegisterShape(&description, &shape));
    return shape;
  }
  static std::vector<Fart_Handle> Numbers(int count) {
    std::vector<Fart_Handle> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(Fart_NewDouble(i));
    return numbers;
  }
  static double NumberAt(Fart_Handle object, std::intptr_t index) {
    double value = -1;
    ExpectSuccess(Fart_DoubleValue(Fart_GetReference(object, index), &value));
    return value;
  }
};

TEST_F(HeapReferencesTest, AnObjectIsMadeWithItsFirstReferences) {
  const Fart_Shape fixed = Register("Fixed", 3);
  const Fart_Shape row = Register("Row", 2, Fart_VariablePart_kReferences);
  const Fart_Shape blob = Register("Blob", 2, Fart_VariablePart_kBytes);
  struct Case {
    Fart_Shape shape;
    int length;
    int given;
    int references;
  };
  for (const Case& wanted : {Case{fixed, 0, 3, 3},
                             {fixed, 0, 1, 3},
                             {fixed, 0, 0, 3},
                             {row, 3, 5, 5},
                             {row, 3, 3, 5},
                             {row, 0, 2, 2},
                             {row, 30, 32, 32},
                             {row, 6000, 6002, 6002},
                             {blob, 9, 2, 2}}) {
    const std::vector<Fart_Handle> given = Numbers(wanted.given);
    const Fart_Handle object =
        Fart_AllocateObjectWith(wanted.shape, wanted.length, wanted.given, given.data());
    ExpectSuccess(object);
    for (int round = 0; round < 2; ++round) {
      for (int i = 0; i < wanted.references; ++i) {
        if (i < wanted.given) {
          ASSERT_EQ(NumberAt(object, i), i);
        } else {
          EXPECT_TRUE(Fart_IsNull(Fart_GetReference(object, i)));
        }
      }
      Collect(Fart_Collection_kMinor);
    }
  }
}

// A constant, a persistent handle, the same handle twice.
TEST_F(HeapReferencesTest, AnyHandleIsOne) {
  const Fart_Shape shape = Register("Node", 4);
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Fart_NewList(1));
  const Fart_Handle local = Str("local");
  const Fart_Handle given[] = {Fart_True(), kept, local, local};
  const Fart_Handle object = Fart_AllocateObjectWith(shape, 0, 4, given);
  Fart_Handle read[4] = {};
  ExpectSuccess(Fart_GetReferences(object, 0, 4, read));
  EXPECT_EQ(read[0], Fart_True());
  EXPECT_TRUE(Fart_IdentityEquals(read[1], kept));
  EXPECT_TRUE(Fart_IdentityEquals(read[2], local));
  EXPECT_TRUE(Fart_IdentityEquals(read[3], local));
  const Fart_Handle other[] = {kept, Fart_Null()};
  ExpectSuccess(Fart_SetReferences(object, 1, 2, other));
  ExpectSuccess(Fart_GetReferences(object, 1, 2, read));
  EXPECT_TRUE(Fart_IdentityEquals(read[0], kept));
  EXPECT_EQ(read[1], Fart_Null());
  EXPECT_EQ(read[3] == nullptr, false) << "no more than two were written";
  Fart_DeletePersistentHandle(kept);
}

// Few, which have room where the last handle was made, and more than any such place has; of the
// fixed part, of the variable one, and of both.
TEST_F(HeapReferencesTest, ManyAreReadAndStoredAtOnce) {
  const Fart_Shape row = Register("Row", 2, Fart_VariablePart_kReferences);
  constexpr int kLength = 20000;
  const Fart_Handle object = Fart_AllocateObject(row, kLength);
  ExpectSuccess(object);
  for (const auto& [first, count] : {std::pair(0, kLength + 2), std::pair(1, 3), std::pair(5, 1),
                                     std::pair(7, kLength - 20), std::pair(kLength, 2)}) {
    Fart_EnterScope();
    const std::vector<Fart_Handle> numbers = Numbers(count);
    ExpectSuccess(Fart_SetReferences(object, first, count, numbers.data()));
    std::vector<Fart_Handle> read(static_cast<std::size_t>(count) + 1);
    ExpectSuccess(Fart_GetReferences(object, first, count, read.data()));
    EXPECT_EQ(read.back(), nullptr);
    Collect(Fart_Collection_kMinor);
    for (int i = 0; i < count; ++i) {
      double value = -1;
      ExpectSuccess(Fart_DoubleValue(read[static_cast<std::size_t>(i)], &value));
      ASSERT_EQ(value, i) << first;
    }
    Fart_ExitScope();
  }
}

TEST_F(HeapReferencesTest, NoObjectIsMadeWithMoreThanItsShapeHas) {
  const Fart_Shape shape = Register("Node", 2);
  const Fart_Shape none = Register("Nothing", 0);
  const std::vector<Fart_Handle> numbers = Numbers(3);
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObjectWith(shape, 0, 3, numbers.data())));
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObjectWith(none, 0, 1, numbers.data())));
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObjectWith(shape, 0, -1, numbers.data())));
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObjectWith(shape, 1, 2, numbers.data())));
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObject(shape, 1)));
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObject(shape, -1)));
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(HeapReferencesTest, NoneBehindTheLastIsReadOrStored) {
  const Fart_Shape shape = Register("Node", 3);
  const Fart_Handle object = Fart_AllocateObject(shape, 0);
  const Fart_Handle next = Fart_AllocateObject(shape, 0);
  const std::vector<Fart_Handle> numbers = Numbers(4);
  std::vector<Fart_Handle> read(4);
  for (const auto& [first, count] : {std::pair(0, 4), std::pair(1, 3), std::pair(2, 2),
                                     std::pair(3, 1), std::pair(-1, 1), std::pair(1, -1)}) {
    EXPECT_TRUE(Fart_IsError(Fart_SetReferences(object, first, count, numbers.data()))) << first;
    EXPECT_TRUE(Fart_IsError(Fart_GetReferences(object, first, count, read.data()))) << first;
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(Fart_IsNull(Fart_GetReference(object, i)));
    EXPECT_TRUE(Fart_IsNull(Fart_GetReference(next, i)));
  }
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  ExpectSuccess(Fart_SetReferences(object, 1, 2, numbers.data()));
  ExpectSuccess(Fart_GetReferences(object, 1, 2, read.data()));
}

TEST_F(HeapReferencesTest, OneErrorLeavesEverythingAsItWas) {
  const Fart_Shape shape = Register("Node", 2);
  const Fart_Handle error = Fart_NewApiError("given");
  const Fart_Handle good = Fart_NewInteger(1);
  for (const Fart_Handle bad : {error, Fart_Handle(nullptr)}) {
    const Fart_Handle values[] = {good, bad};
    const Fart_Handle object = Fart_AllocateObject(shape, 0);
    const Fart_Handle answer = Fart_SetReferences(object, 0, 2, values);
    EXPECT_TRUE(Fart_IsError(answer));
    EXPECT_TRUE(Fart_IsNull(Fart_GetReference(object, 0)));
    EXPECT_TRUE(Fart_IsError(Fart_AllocateObjectWith(shape, 0, 2, values)));
  }
  Collect();
}

// The barrier: an old object's young references are found.
TEST_F(HeapReferencesTest, AnOldObjectKeepsWhatIsStoredIntoIt) {
  const Fart_Shape fixed = Register("Node", 2);
  const Fart_Shape row = Register("Row", 1, Fart_VariablePart_kReferences);
  const Fart_Handle objects[] = {Fart_AllocateObject(fixed, 0), Fart_AllocateObject(row, 1)};
  for (int i = 0; i < 3; ++i) Collect();
  for (const Fart_Handle object : objects) {
    ASSERT_TRUE(Fart_IsInOldSpace(object));
    Fart_EnterScope();
    const std::vector<Fart_Handle> numbers = Numbers(2);
    ExpectSuccess(Fart_SetReferences(object, 0, 2, numbers.data()));
    Fart_ExitScope();
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(NumberAt(object, 0), 0);
    EXPECT_EQ(NumberAt(object, 1), 1);
    Fart_EnterScope();
    ExpectSuccess(Fart_SetReference(object, 1, Fart_NewDouble(8)));
    Fart_ExitScope();
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(NumberAt(object, 1), 8);
  }
}

// Whichever collection comes in the middle of it.
TEST_F(HeapReferencesTest, WhatIsGivenSurvivesTheAllocation) {
  const Fart_Shape shape = Register("Node", 2);
  const Fart_Shape row = Register("Row", 0, Fart_VariablePart_kReferences);
  Fart_Handle list = Fart_NewLocalHandle(Fart_Null());
  for (int i = 0; i < 30000; ++i) {
    Fart_EnterScope();
    const Fart_Handle pair[] = {Fart_NewDouble(i), list};
    const Fart_Handle node = i % 2 == 0 ? Fart_AllocateObjectWith(shape, 0, 2, pair)
                                        : Fart_AllocateObjectWith(row, 2, 2, pair);
    ExpectSuccess(node);
    Fart_SetLocalHandle(list, node);
    Fart_ExitScope();
    if (IsUnderStress() && i == 300) break;
  }
  for (int last = -1; !Fart_IsNull(list);) {
    const int number = static_cast<int>(NumberAt(list, 0));
    EXPECT_TRUE(last == -1 || number == last - 1);
    last = number;
    Fart_EnterScope();
    Fart_SetLocalHandle(list, Fart_GetReference(list, 1));
    Fart_ExitScope();
  }
}

TEST_F(HeapReferencesTest, AShapeIsToldByItsPlaceAndByItself) {
  const Fart_Shape first = Register("First", 1);
  const Fart_Shape second = Register("Second", 1, Fart_VariablePart_kBytes);
  const Fart_Handle a = Fart_AllocateObject(first, 0);
  const Fart_Handle b = Fart_AllocateObject(second, 9);
  EXPECT_EQ(Fart_ShapeIndex(a), 0);
  EXPECT_EQ(Fart_ShapeIndex(b), 1);
  EXPECT_TRUE(Fart_IsOfShape(a, first) && Fart_IsOfShape(b, second));
  EXPECT_FALSE(Fart_IsOfShape(a, second) || Fart_IsOfShape(b, first));
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(b);
  EXPECT_EQ(Fart_ShapeIndex(kept), 1);
  EXPECT_TRUE(Fart_IsOfShape(kept, second));
  Fart_DeletePersistentHandle(kept);
  for (const Fart_Handle other :
       {Fart_Null(), Fart_NewInteger(1), Str("x"), Fart_NewList(1), Fart_NewApiError("x")}) {
    EXPECT_EQ(Fart_ShapeIndex(other), -1);
    EXPECT_FALSE(Fart_IsOfShape(other, first));
  }
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    const Fart_Shape third = Register("Third", 1);
    EXPECT_EQ(Fart_ShapeIndex(Fart_AllocateObject(third, 0)), 0) << "each isolate has its own";
    const ExpectMisuse misuse("Fart_IsOfShape expects argument 'shape' to be a shape of the");
    EXPECT_FALSE(Fart_IsOfShape(Fart_Null(), first));
  }
  Fart_EnterIsolate(isolate_);
}

using LanguageReferencesTest = LanguageTest;

// Classes are registered in between.
TEST_F(LanguageReferencesTest, PlacesAreThoseOfTheHostsShapes) {
  const auto make = [](const char* name) {
    Fart_ShapeDescription description = {};
    description.struct_size = sizeof(description);
    description.name = name;
    Fart_Shape shape = nullptr;
    ExpectSuccess(Fart_RegisterShape(&description, &shape));
    return Fart_AllocateObject(shape, 0);
  };
  const Fart_Handle first = make("First");
  ExpectSuccess(Load("class A {} make() => new A();"));
  EXPECT_EQ(Fart_ShapeIndex(Call("make")), -1);
  EXPECT_EQ(Fart_ShapeIndex(make("Second")), 1);
  EXPECT_EQ(Fart_ShapeIndex(first), 0);
}

}  // namespace
}  // namespace fart::api

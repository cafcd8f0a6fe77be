#include <cmath>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ObjectsTest = ApiTest;

bool AreEqual(Fart_Handle a, Fart_Handle b) {
  bool equal = false;
  ExpectSuccess(Fart_ObjectEquals(a, b, &equal));
  return equal;
}

TEST_F(ObjectsTest, ConstantsNeedNeitherScopeNorIsolate) {
  Fart_ExitScope();
  EXPECT_TRUE(Fart_IsNull(Fart_Null()));
  EXPECT_TRUE(Fart_IsBoolean(Fart_True()));
  EXPECT_TRUE(Fart_IsString(Fart_EmptyString()));
  Fart_ExitIsolate();
  const Fart_Handle kept = Fart_NewBoolean(false);
  EXPECT_EQ(kept, Fart_False());
  Fart_EnterIsolate(isolate_);
  Fart_EnterScope();
  bool value = true;
  ExpectSuccess(Fart_BooleanValue(kept, &value));
  EXPECT_FALSE(value);
  ExpectSuccess(Fart_BooleanValue(Fart_NewBoolean(true), &value));
  EXPECT_TRUE(value);
}

TEST_F(ObjectsTest, BooleanValueWantsABoolAndAPlaceForIt) {
  bool value = false;
  EXPECT_EQ(ErrorOf(Fart_BooleanValue(Fart_Null(), &value)),
            "Fart_BooleanValue expects argument 'boolean_obj' to be non-null.");
  EXPECT_EQ(
      ErrorOf(Fart_BooleanValue(Fart_NewInteger(1), &value)),
      "Fart_BooleanValue expects argument 'boolean_obj' to be of type Bool. It is of type int.");
  EXPECT_EQ(ErrorOf(Fart_BooleanValue(Fart_True(), nullptr)),
            "Fart_BooleanValue expects argument 'value' to be non-null.");
}

TEST_F(ObjectsTest, InstancesAreWhatAProgramCanHave) {
  for (const Fart_Handle instance :
       {Fart_True(), Fart_NewInteger(1), Fart_NewDouble(1), Str("x"), Fart_NewList(0)}) {
    EXPECT_TRUE(Fart_IsInstance(instance));
    EXPECT_FALSE(Fart_IsNull(instance));
  }
  EXPECT_FALSE(Fart_IsInstance(Fart_Null()));
  EXPECT_FALSE(Fart_IsInstance(Fart_NewApiError("x")));
  const ExpectMisuse misuse("Fart_IsInstance expects argument 'object'");
  EXPECT_FALSE(Fart_IsInstance(nullptr));
}

TEST_F(ObjectsTest, EachKindIsOnlyItself) {
  struct {
    bool (*is)(Fart_Handle);
    Fart_Handle object;
  } const kinds[] = {{Fart_IsNull, Fart_Null()},
                     {Fart_IsBoolean, Fart_False()},
                     {Fart_IsInteger, Fart_NewInteger(INT64_MIN)},
                     {Fart_IsDouble, Fart_NewDouble(0)},
                     {Fart_IsString, Str("")},
                     {Fart_IsList, Fart_NewList(0)},
                     {Fart_IsError, Fart_NewApiError("e")}};
  for (const auto& kind : kinds) {
    for (const auto& other : kinds) {
      EXPECT_EQ(kind.is(other.object), kind.object == other.object);
    }
    EXPECT_FALSE(Fart_IsLibrary(kind.object));
    EXPECT_FALSE(Fart_HasRegisteredShape(kind.object));
  }
}

TEST_F(ObjectsTest, ToStringKnowsEveryKind) {
  EXPECT_EQ(TextOf(Fart_ToString(Fart_Null())), "null");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_True())), "true");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewInteger(-5))), "-5");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewDouble(1.5))), "1.5");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewApiError("an error"))), "an error");
  const Fart_Handle text = Str("itself");
  EXPECT_TRUE(Fart_IdentityEquals(Fart_ToString(text), text));
}

TEST_F(ObjectsTest, EqualityLooksAtValues) {
  EXPECT_TRUE(AreEqual(Str("seven"), Str("seven")));
  EXPECT_FALSE(AreEqual(Str("seven"), Str("eight")));
  EXPECT_TRUE(AreEqual(Fart_NewInteger(7), Fart_NewInteger(7)));
  EXPECT_TRUE(AreEqual(Fart_Null(), Fart_Null()));
  EXPECT_FALSE(AreEqual(Fart_Null(), Fart_NewInteger(0)));
  EXPECT_TRUE(Fart_IsError(Fart_ObjectEquals(Fart_True(), Fart_True(), nullptr)));
}

TEST_F(ObjectsTest, IdentityIsTheObjectAndForNumbersTheValue) {
  const Fart_Handle list = Fart_NewList(1);
  EXPECT_TRUE(Fart_IdentityEquals(list, Fart_HandleFromPersistent(list)));
  EXPECT_FALSE(Fart_IdentityEquals(list, Fart_NewList(1)));
  EXPECT_FALSE(Fart_IdentityEquals(Str("a"), Str("a")));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_NewInteger(INT64_MAX), Fart_NewInteger(INT64_MAX)));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_NewDouble(NAN), Fart_NewDouble(NAN)));
  EXPECT_FALSE(Fart_IdentityEquals(Fart_NewDouble(0.0), Fart_NewDouble(-0.0)));
  EXPECT_FALSE(Fart_IdentityEquals(Fart_NewInteger(1), Fart_NewDouble(1)));
  const Fart_Handle big = Fart_NewIntegerFromHexCString("0x123456789abcdef0123");
  EXPECT_TRUE(Fart_IdentityEquals(big, Fart_NewIntegerFromHexCString("0x123456789abcdef0123")));
  EXPECT_FALSE(Fart_IdentityEquals(big, list));
}

TEST_F(ObjectsTest, IdentityIsTheSameByEveryKindOfHandle) {
  const Fart_Handle list = Fart_NewList(1);
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(list);
  const Fart_PersistentHandle null = Fart_NewPersistentHandle(Fart_Null());
  const Fart_PersistentHandle number = Fart_NewPersistentHandle(Fart_NewDouble(0.5));
  EXPECT_TRUE(Fart_IdentityEquals(kept, list) && Fart_IdentityEquals(list, kept));
  EXPECT_TRUE(Fart_IdentityEquals(kept, kept));
  EXPECT_TRUE(Fart_IdentityEquals(null, Fart_Null()) && Fart_IdentityEquals(Fart_Null(), null));
  EXPECT_TRUE(Fart_IdentityEquals(number, Fart_NewDouble(0.5)));
  EXPECT_FALSE(Fart_IdentityEquals(number, Fart_NewDouble(1.5)));
  EXPECT_FALSE(Fart_IdentityEquals(kept, null) || Fart_IdentityEquals(kept, number));
  EXPECT_FALSE(Fart_IdentityEquals(Fart_True(), Fart_False()));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_EmptyString(), Fart_EmptyString()));
  Fart_DeletePersistentHandle(number);
  for (const auto& [a, b] : {std::pair(number, list), std::pair(list, number)}) {
    const ExpectMisuse misuse("Fart_IdentityEquals expects argument 'obj");
    EXPECT_FALSE(Fart_IdentityEquals(a, b));
  }
}

TEST_F(ObjectsTest, IdentityHashStaysThroughEveryMove) {
  const Fart_Handle list = Fart_NewList(1);
  const std::uint64_t hash = Fart_IdentityHash(list);
  EXPECT_NE(hash, 0u);
  for (int i = 0; i < 4; ++i) {
    Collect(i % 2 == 0 ? Fart_Collection_kMinor : Fart_Collection_kMajor);
    EXPECT_EQ(Fart_IdentityHash(list), hash);
  }
  EXPECT_EQ(Fart_IdentityHash(Fart_NewInteger(INT64_MIN)),
            Fart_IdentityHash(Fart_NewInteger(INT64_MIN)));
  EXPECT_NE(Fart_IdentityHash(Fart_Null()), 0u);
  EXPECT_EQ(Fart_IdentityHash(Fart_NewApiError("x")), 0u);
  const ExpectMisuse misuse("Fart_IdentityHash expects argument 'obj'");
  EXPECT_EQ(Fart_IdentityHash(nullptr), 0u);
}

}  // namespace
}  // namespace fart::api

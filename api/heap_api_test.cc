#include <functional>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

class HeapApiTest : public ApiTest {
 protected:
  static Fart_ShapeDescription Describe(const char* name) {
    Fart_ShapeDescription description = {};
    description.struct_size = sizeof(description);
    description.name = name;
    return description;
  }
  static Fart_Shape Register(const Fart_ShapeDescription& description) {
    Fart_Shape shape = nullptr;
    ExpectSuccess(Fart_RegisterShape(&description, &shape));
    return shape;
  }
  static Fart_Shape NewNodeShape() {
    Fart_ShapeDescription description = Describe("Node");
    description.reference_count = 2;
    description.weak_reference_count = 1;
    description.byte_count = 12;
    return Register(description);
  }
  static Fart_Shape NewEphemeronShape() {
    Fart_ShapeDescription description = Describe("Ephemeron");
    description.reference_count = 2;
    description.is_ephemeron = true;
    return Register(description);
  }
};

TEST_F(HeapApiTest, FreshObjectIsNullAndZero) {
  const Fart_Handle node = Fart_AllocateObject(NewNodeShape(), 0);
  EXPECT_TRUE(Fart_HasRegisteredShape(node));
  EXPECT_TRUE(Fart_IsInstance(node));
  EXPECT_TRUE(Fart_IsNull(Fart_GetReference(node, 0)));
  EXPECT_TRUE(Fart_IsNull(Fart_GetReference(node, 1)));
  EXPECT_TRUE(Fart_IsNull(Fart_GetWeakReference(node, 0)));
  std::uint8_t* bytes = nullptr;
  std::intptr_t length = 0;
  ExpectSuccess(Fart_RawBytes(node, &bytes, &length));
  ASSERT_EQ(length, 12);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bytes) % 8, 0u);
  for (int i = 0; i < 12; ++i) EXPECT_EQ(bytes[i], 0);
}

TEST_F(HeapApiTest, AGraphSurvivesEveryKindOfCollection) {
  const Fart_Shape shape = NewNodeShape();
  // A binary tree of depth 9, each node with its number in its bytes.
  const std::function<Fart_Handle(int, std::int32_t)> make = [&](int depth, std::int32_t number) {
    Fart_EnterScope();
    const Fart_Handle node = Fart_AllocateObject(shape, 0);
    ExpectSuccess(Fart_WriteBytes(node, 0, &number, sizeof(number)));
    for (std::int32_t side = 0; depth > 0 && side < 2; ++side) {
      ExpectSuccess(Fart_SetReference(node, side, make(depth - 1, 2 * number + side)));
    }
    return Fart_ExitScopeWith(node);
  };
  const std::function<int(Fart_Handle, int, std::int32_t)> check = [&](Fart_Handle node, int depth,
                                                                       std::int32_t number) {
    std::int32_t found = -1;
    ExpectSuccess(Fart_ReadBytes(node, 0, &found, sizeof(found)));
    int wrong = found == number ? 0 : 1;
    Fart_EnterScope();
    for (std::int32_t side = 0; depth > 0 && side < 2; ++side) {
      wrong += check(Fart_GetReference(node, side), depth - 1, 2 * number + side);
    }
    Fart_ExitScope();
    return wrong;
  };
  const Fart_Handle root = make(9, 1);
  for (const Fart_Collection kind : {Fart_Collection_kMinor, Fart_Collection_kMajor,
                                     Fart_Collection_kEverything, Fart_Collection_kMinor}) {
    Collect(kind);
    EXPECT_EQ(check(root, 9, 1), 0);
  }
}

TEST_F(HeapApiTest, WeakReferenceReadsAsNullOnceDead) {
  const Fart_Handle node = Fart_AllocateObject(NewNodeShape(), 0);
  const Fart_PersistentHandle target = Fart_NewPersistentHandle(Fart_NewList(1));
  ExpectSuccess(Fart_SetWeakReference(node, 0, target));
  Collect();
  EXPECT_TRUE(Fart_IdentityEquals(Fart_GetWeakReference(node, 0), target));
  const Fart_PersistentHandle holder = Fart_NewPersistentHandle(node);
  Fart_ExitScope();
  Fart_EnterScope();
  Fart_DeletePersistentHandle(target);
  Collect();
  EXPECT_TRUE(Fart_IsNull(Fart_GetWeakReference(holder, 0)));
  ExpectSuccess(Fart_SetWeakReference(holder, 0, Fart_NewInteger(3)));
  Collect();
  EXPECT_EQ(IntOf(Fart_GetWeakReference(holder, 0)), 3);
}

// Keys and values reachable through the table only, new or old when they die.
class EphemeronTest : public HeapApiTest, public ::testing::WithParamInterface<bool> {};

TEST_P(EphemeronTest, IsExactInEachKindOfCollection_Defect31) {
  const bool is_old = GetParam();
  const Fart_Shape shape = NewEphemeronShape();
  const Fart_PersistentHandle ephemeron = Fart_NewPersistentHandle(Fart_AllocateObject(shape, 0));
  const Fart_PersistentHandle key = Fart_NewPersistentHandle(Fart_NewList(1));
  if (is_old) {
    // The ephemeron is in old space and remembered; its key and value are new.
    Collect();
    Collect();
    Collect();
    ASSERT_TRUE(Fart_IsInOldSpace(ephemeron));
    Fart_DeletePersistentHandle(key);
  }
  const Fart_PersistentHandle live_key = is_old ? Fart_NewPersistentHandle(Fart_NewList(1)) : key;
  Fart_EnterScope();
  const Fart_Handle value = Fart_NewList(1);
  ExpectSuccess(Fart_ListSetAt(value, 0, live_key));  // refers back to the key
  ExpectSuccess(Fart_SetReference(ephemeron, 0, live_key));
  ExpectSuccess(Fart_SetReference(ephemeron, 1, value));
  Fart_ExitScope();
  Fart_ExitScope();
  Fart_EnterScope();
  Collect(Fart_Collection_kMinor);
  EXPECT_TRUE(Fart_IsList(Fart_GetReference(ephemeron, 1)));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_GetReference(ephemeron, 0), live_key));
  Fart_DeletePersistentHandle(live_key);
  Fart_ExitScope();
  Fart_EnterScope();
  Collect(Fart_IsInOldSpace(ephemeron) && !is_old ? Fart_Collection_kMajor
                                                  : Fart_Collection_kMinor);
  if (!Fart_IsNull(Fart_GetReference(ephemeron, 0))) {
    // The pair was promoted meanwhile: then it is a major collection's to see.
    Fart_ExitScope();
    Fart_EnterScope();
    Collect(Fart_Collection_kMajor);
  }
  EXPECT_TRUE(Fart_IsNull(Fart_GetReference(ephemeron, 0)));
  EXPECT_TRUE(Fart_IsNull(Fart_GetReference(ephemeron, 1)));
  Fart_DeletePersistentHandle(ephemeron);
}

INSTANTIATE_TEST_SUITE_P(YoungAndOld, EphemeronTest, ::testing::Bool());

TEST_F(HeapApiTest, VariableReferencesFollowTheFixedOnes) {
  Fart_ShapeDescription description = Describe("Row");
  description.reference_count = 1;
  description.variable_part = Fart_VariablePart_kReferences;
  const Fart_Handle row = Fart_AllocateObject(Register(description), 5000);  // a large object
  for (std::intptr_t i = 0; i <= 5000; ++i) {
    ExpectSuccess(Fart_SetReference(row, i, Fart_NewInteger(i)));
  }
  Collect();
  std::intptr_t length = 0;
  ExpectSuccess(Fart_ObjectLength(row, &length));
  EXPECT_EQ(length, 5000);
  EXPECT_EQ(IntOf(Fart_GetReference(row, 0)), 0);
  EXPECT_EQ(IntOf(Fart_GetReference(row, 5000)), 5000);
  EXPECT_EQ(ErrorOf(Fart_GetReference(row, 5001)),
            "Fart_GetReference expects argument 'index' to be in the range [0..5000]. It is 5001.");
}

TEST_F(HeapApiTest, VariableBytesFollowTheFixedOnes) {
  Fart_ShapeDescription description = Describe("Blob");
  description.byte_count = 16;
  description.reference_count = 1;
  description.variable_part = Fart_VariablePart_kBytes;
  const Fart_Handle blob = Fart_AllocateObject(Register(description), 13);
  const char text[] = "0123456789ABCDEFvariable part";
  ExpectSuccess(Fart_WriteBytes(blob, 0, text, 29));
  Collect();
  char back[29];
  ExpectSuccess(Fart_ReadBytes(blob, 0, back, 29));
  EXPECT_EQ(std::string(back, 29), std::string(text, 29));
  ExpectSuccess(Fart_ReadBytes(blob, 29, nullptr, 0));
  EXPECT_EQ(
      ErrorOf(Fart_ReadBytes(blob, 20, back, 10)),
      "Fart_ReadBytes expects argument 'length_in_bytes' to be in the range [0..9]. It is 10.");
  EXPECT_EQ(
      ErrorOf(Fart_WriteBytes(blob, 30, text, 0)),
      "Fart_WriteBytes expects argument 'offset_in_bytes' to be in the range [0..29]. It is 30.");
  EXPECT_EQ(
      ErrorOf(Fart_WriteBytes(blob, -1, text, 1)),
      "Fart_WriteBytes expects argument 'offset_in_bytes' to be in the range [0..29]. It is -1.");
  EXPECT_EQ(ErrorOf(Fart_WriteBytes(blob, 0, nullptr, 1)),
            "Fart_WriteBytes expects argument 'buffer' to be non-null.");
}

TEST_F(HeapApiTest, ShapeComesBackAndBelongsToItsIsolate) {
  const Fart_Shape shape = NewNodeShape();
  EXPECT_NE(shape, NewNodeShape());  // two of one name are two
  Fart_Shape found = nullptr;
  ExpectSuccess(Fart_ObjectShape(Fart_AllocateObject(shape, 0), &found));
  EXPECT_EQ(found, shape);
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    NewNodeShape();
    EXPECT_EQ(ErrorOf(Fart_AllocateObject(shape, 0)),
              "Fart_AllocateObject expects argument 'shape' to be a shape of the current isolate.");
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(ErrorOf(Fart_AllocateObject(nullptr, 0)),
            "Fart_AllocateObject expects argument 'shape' to be non-null.");
  int wild = 0;
  EXPECT_TRUE(Fart_IsError(Fart_AllocateObject(reinterpret_cast<Fart_Shape>(&wild), 0)));
}

TEST_F(HeapApiTest, ImpossibleShapesAreRefused) {
  const auto refuse = [](const Fart_ShapeDescription& description) {
    Fart_Shape shape = reinterpret_cast<Fart_Shape>(1);
    const std::string error = ErrorOf(Fart_RegisterShape(&description, &shape));
    EXPECT_EQ(shape, nullptr);
    return error;
  };
  Fart_ShapeDescription description = Describe("Bad");
  description.struct_size = 3;
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("struct_size"));
  EXPECT_THAT(refuse(Describe("")), ::testing::HasSubstr("name"));
  EXPECT_THAT(refuse(Describe(nullptr)), ::testing::HasSubstr("name"));
  description = Describe("Bad");
  description.reference_count = -1;
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("reference_count' to be in the range"));
  description = Describe("Bad");
  description.byte_count = 1 << 20;
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("byte_count' to be in the range"));
  description = Describe("Bad");
  description.byte_count = 9000;
  description.weak_reference_count = 1000;
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("16384 bytes"));
  description = Describe("Bad");
  description.variable_part = Fart_VariablePart_kBytes;
  description.byte_count = 4;
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("multiple of 8"));
  description = Describe("Bad");
  description.variable_part = static_cast<Fart_VariablePart>(3);
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("variable part"));
  description = Describe("Bad");
  description.is_ephemeron = true;
  description.reference_count = 1;
  EXPECT_THAT(refuse(description), ::testing::HasSubstr("key and a value"));
  description = Describe("Good");
  EXPECT_EQ(ErrorOf(Fart_RegisterShape(&description, nullptr)),
            "Fart_RegisterShape expects argument 'shape' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_RegisterShape(nullptr, nullptr)),
            "Fart_RegisterShape expects argument 'description' to be non-null.");
}

TEST_F(HeapApiTest, WrongArgumentsAreNamed) {
  const Fart_Handle node = Fart_AllocateObject(NewNodeShape(), 0);
  EXPECT_EQ(ErrorOf(Fart_AllocateObject(NewNodeShape(), 1)),
            "Fart_AllocateObject expects argument 'length' to be in the range [0..0]. It is 1.");
  EXPECT_EQ(ErrorOf(Fart_GetReference(node, -1)),
            "Fart_GetReference expects argument 'index' to be in the range [0..1]. It is -1.");
  EXPECT_EQ(ErrorOf(Fart_SetWeakReference(node, 1, node)),
            "Fart_SetWeakReference expects argument 'index' to be in the range [0..0]. It is 1.");
  const Fart_Handle empty = Fart_AllocateObject(Register(Describe("Empty")), 0);
  EXPECT_THAT(ErrorOf(Fart_GetReference(empty, 0)), ::testing::HasSubstr("nothing to count"));
  EXPECT_EQ(ErrorOf(Fart_GetReference(Str("x"), 0)),
            "Fart_GetReference expects argument 'object' to be of type registered shape. It is of "
            "type String.");
  EXPECT_EQ(ErrorOf(Fart_SetReference(Fart_Null(), 0, node)),
            "Fart_SetReference expects argument 'object' to be non-null.");
  const Fart_Handle error = Fart_NewApiError("stored");
  EXPECT_EQ(Fart_SetReference(node, 0, error), error);
  EXPECT_EQ(Fart_SetWeakReference(node, 0, error), error);
  std::intptr_t length = 0;
  Fart_Shape shape = nullptr;
  EXPECT_TRUE(Fart_IsError(Fart_ObjectLength(Fart_True(), &length)));
  EXPECT_TRUE(Fart_IsError(Fart_ObjectShape(Fart_True(), &shape)));
  EXPECT_TRUE(Fart_IsError(Fart_RawBytes(node, nullptr, &length)));
  EXPECT_TRUE(Fart_IsError(Fart_ReadBytes(Fart_True(), 0, nullptr, 0)));
}

using LanguageHeapApiTest = LanguageTest;

TEST_F(LanguageHeapApiTest, FartCodeKeepsSuchObjectsAsOpaqueValues) {
  Fart_ShapeDescription description = {};
  description.struct_size = sizeof(description);
  description.name = "Opaque";
  description.reference_count = 1;
  Fart_Shape shape = nullptr;
  ExpectSuccess(Fart_RegisterShape(&description, &shape));
  ExpectSuccess(
      Load("var kept;\n"
           "keep(x) { kept = [x]; return kept[0]; }\n"
           "same(x) => identical(kept[0], x) && kept[0] == x;\n"
           "text(x) => '$x';\n"
           "misuse(x) { try { x.foo(); } catch (e) { return 'caught'; } }\n"));
  const Fart_Handle object = Fart_AllocateObject(shape, 0);
  EXPECT_TRUE(Fart_IdentityEquals(Call("keep", {object}), object));
  Collect();
  EXPECT_TRUE(Fart_IdentityEquals(Call("same", {object}), Fart_True()));
  EXPECT_THAT(TextOf(Call("text", {object})), ::testing::HasSubstr("Instance of"));
  EXPECT_EQ(TextOf(Call("misuse", {object})), "caught");
}

}  // namespace
}  // namespace fart::api

#include "vm/ffi/struct_layout.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "vm/ffi/testdata/classes.h"
#include "vm/ffi/testing/test_call.h"

namespace fart::ffi {
namespace {

const NativeType* const kInt8Type = TypeOf(NativeKind::kInt8);
const NativeType* const kInt16Type = TypeOf(NativeKind::kInt16);
const NativeType* const kInt32Type = TypeOf(NativeKind::kInt32);
const NativeType* const kFloatType = TypeOf(NativeKind::kFloat);
const NativeType* const kDoubleType = TypeOf(NativeKind::kDouble);

TEST(StructLayoutTest, PutsFieldsWhereCDoes) {
  TestTypes types;
  const NativeType& six = *types.Struct({kInt8Type, kInt16Type, kInt8Type});
  EXPECT_EQ(six.size, sizeof(Six));
  EXPECT_EQ(six.alignment, alignof(Six));
  EXPECT_EQ(six.fields[1].offset, offsetof(Six, b));
  EXPECT_EQ(six.fields[2].offset, offsetof(Six, c));

  const NativeType* const two = types.Struct({kFloatType, kFloatType});
  const NativeType& nested = *types.Struct({two, kFloatType});
  EXPECT_EQ(nested.size, sizeof(Nested));
  EXPECT_EQ(nested.fields[1].offset, offsetof(Nested, last));

  const NativeType& matrix = *types.Struct({types.Array(types.Array(kInt16Type, 3), 2)});
  EXPECT_EQ(matrix.size, sizeof(Matrix));
  EXPECT_EQ(matrix.alignment, alignof(Matrix));
}

TEST(StructLayoutTest, BoundsAlignmentByThePacking) {
  TestTypes types;
  const NativeType& packed = *types.Struct({kInt8Type, kInt32Type, kDoubleType}, 1);
  EXPECT_EQ(packed.size, sizeof(Packed));
  EXPECT_EQ(packed.alignment, 1u);
  EXPECT_EQ(packed.fields[1].offset, offsetof(Packed, b));
  EXPECT_EQ(packed.fields[2].offset, offsetof(Packed, c));
  const NativeType& to_two = *types.Struct({kInt8Type, kDoubleType}, 2);
  EXPECT_EQ(to_two.fields[1].offset, 2u);
  EXPECT_EQ(to_two.size, 10u);
  // What is inside is as packed as it was made, and no more.
  const NativeType& outer = *types.Struct({kInt8Type, types.Struct({kInt8Type, kInt32Type})}, 1);
  EXPECT_EQ(outer.size, 9u);
  EXPECT_EQ(outer.fields[1].type->fields[1].offset, 4u);
}

TEST(StructLayoutTest, LaysTheFieldsOfAUnionOverEachOther) {
  TestTypes types;
  const NativeType& bytes =
      *types.Union({types.Array(TypeOf(NativeKind::kUint8), 12), kDoubleType});
  EXPECT_EQ(bytes.size, sizeof(BytesOrDouble));
  EXPECT_EQ(bytes.alignment, alignof(BytesOrDouble));
  EXPECT_EQ(bytes.fields[1].offset, 0u);
}

std::string WhyNot(NativeKind kind, const std::vector<FieldDeclaration>& fields,
                   std::uint32_t packing = 0) {
  std::string error;
  EXPECT_EQ(NewCompound(kind, "S", fields, packing, &error), nullptr);
  return error;
}

TEST(StructLayoutTest, NamesWhatIsNoLayout) {
  EXPECT_EQ(WhyNot(NativeKind::kStruct, {}), "'S' has no fields: a native type has at least one.");
  EXPECT_EQ(WhyNot(NativeKind::kUnion, {}), "'S' has no fields: a native type has at least one.");
  EXPECT_EQ(WhyNot(NativeKind::kStruct, {{"x", TypeOf(NativeKind::kVoid)}}),
            "The field 'x' of 'S' is of type 'Void', which nothing can be stored as.");
  EXPECT_EQ(WhyNot(NativeKind::kStruct, {{"x", TypeOf(NativeKind::kOpaque)}}),
            "The field 'x' of 'S' is of type 'Opaque', which nothing can be stored as.");
  EXPECT_EQ(WhyNot(NativeKind::kStruct, {{"x", TypeOf(NativeKind::kHandle)}}),
            "The field 'x' of 'S' is of type 'Handle', which nothing can be stored as.");
  EXPECT_EQ(WhyNot(NativeKind::kStruct, {{"x", kInt8Type}}, 3),
            "'S' is packed to 3: a packing is 1, 2, 4, 8 or 16.");
  EXPECT_EQ(WhyNot(NativeKind::kStruct, {{"x", kInt8Type}}, 32),
            "'S' is packed to 32: a packing is 1, 2, 4, 8 or 16.");
}

TEST(StructLayoutTest, NamesWhatIsNoArray) {
  std::string error;
  EXPECT_EQ(NewArrayType(kInt8Type, 0, &error), nullptr);
  EXPECT_EQ(error, "An array of 0 elements: there must be at least one.");
  const auto variable = NewArrayType(kDoubleType, 0, &error, true);
  ASSERT_NE(variable, nullptr);
  EXPECT_EQ(variable->size, 0u);
  const auto ends =
      NewCompound(NativeKind::kStruct, "S", {{"a", kInt8Type}, {"x", variable.get()}}, 0, &error);
  ASSERT_NE(ends, nullptr);
  EXPECT_EQ(ends->size, 8u);
  EXPECT_EQ(ends->fields[1].offset, 8u);
  EXPECT_EQ(NewArrayType(kInt8Type, -1, &error), nullptr);
  EXPECT_EQ(NewArrayType(TypeOf(NativeKind::kVoid), 1, &error), nullptr);
  EXPECT_EQ(error, "An array of 'Void': nothing can be stored as that.");
  EXPECT_EQ(NewArrayType(kDoubleType, INT64_MAX, &error), nullptr);
  EXPECT_NE(error.find("is too large"), std::string::npos);
}

TEST(StructLayoutTest, RefusesSizesThatWouldWrapAround) {
  TestTypes types;
  const NativeType* const half = types.Array(kInt8Type, (std::int64_t{1} << 39) + 1);
  EXPECT_NE(WhyNot(NativeKind::kStruct, {{"a", half}, {"b", half}}).find("its field 'b' ends"),
            std::string::npos);
}

// VF-L1: as large as a type may be, and one byte more.
TEST(StructLayoutTest, TakesTheLargestThatThereMayBe) {
  TestTypes types;
  std::string error;
  constexpr auto kMost = static_cast<std::int64_t>(kMaxTypeSize);
  EXPECT_NE(NewArrayType(kInt8Type, kMost, &error), nullptr);
  EXPECT_EQ(NewArrayType(kInt8Type, kMost + 1, &error), nullptr);
  EXPECT_NE(NewArrayType(kDoubleType, kMost / 8, &error), nullptr);
  EXPECT_EQ(NewArrayType(kDoubleType, kMost / 8 + 1, &error), nullptr);
  const NativeType* const all = types.Array(kInt8Type, kMost);
  const NativeType* const rest = types.Array(kInt8Type, kMost - 8);
  const NativeType* const words = types.Array(kDoubleType, kMost / 8 - 1);
  EXPECT_EQ(types.Struct({all})->size, kMaxTypeSize);
  EXPECT_EQ(types.Union({all, kInt8Type, kDoubleType})->size, kMaxTypeSize);
  EXPECT_EQ(types.Struct({rest, kDoubleType})->size, kMaxTypeSize);
  EXPECT_EQ(types.Struct({words, kInt8Type})->size, kMaxTypeSize);
  EXPECT_NE(WhyNot(NativeKind::kStruct, {{"a", all}, {"b", kInt8Type}}).find("its field 'b' ends"),
            std::string::npos);
  // Its alignment leads past the end.
  const NativeType* const odd = types.Array(kInt8Type, kMost - 7);
  EXPECT_NE(WhyNot(NativeKind::kStruct, {{"a", odd}, {"b", kDoubleType}}).find("'b' ends"),
            std::string::npos);
}

TEST(StructLayoutTest, APackingBoundsAndNeverRaises) {
  std::string error;
  const std::vector<FieldDeclaration> fields = {{"a", kInt8Type}, {"b", kDoubleType}};
  for (const auto& [packing, offset, size] :
       {std::tuple(0u, 8u, 16u), std::tuple(1u, 1u, 9u), std::tuple(2u, 2u, 10u),
        std::tuple(4u, 4u, 12u), std::tuple(8u, 8u, 16u), std::tuple(16u, 8u, 16u)}) {
    const auto type = NewCompound(NativeKind::kStruct, "S", fields, packing, &error);
    ASSERT_NE(type, nullptr) << error;
    EXPECT_EQ(type->fields[1].offset, offset) << packing;
    EXPECT_EQ(type->size, size) << packing;
    const auto either = NewCompound(NativeKind::kUnion, "U", fields, packing, &error);
    EXPECT_EQ(either->size, size < 16 ? (7 / packing + 1) * packing : 8u) << packing;
  }
  // The last field makes a union no smaller than its largest, nor than its alignment.
  const auto three = NewArrayType(kInt8Type, 3, &error);
  const auto mixed =
      NewCompound(NativeKind::kUnion, "U", {{"a", three.get()}, {"b", kInt16Type}}, 0, &error);
  EXPECT_EQ(mixed->size, 4u);
  EXPECT_EQ(mixed->alignment, 2u);
}

TEST(NativeTypeTest, NamesOfCAreAsTheCompilerHasThem) {
  const auto is = [](CName name, std::size_t size, bool is_signed) {
    for (const Abi abi : {Abi::kSysvX64, Abi::kAapcs64}) {
      const NativeKind kind = KindOf(name, abi);
      EXPECT_EQ(SizeOf(kind), size);
      const bool kind_is_signed = kind == NativeKind::kInt8 || kind == NativeKind::kInt16 ||
                                  kind == NativeKind::kInt32 || kind == NativeKind::kInt64;
      EXPECT_EQ(kind_is_signed, is_signed) << static_cast<int>(name);
    }
  };
  is(CName::kSignedChar, 1, true);
  is(CName::kUnsignedChar, 1, false);
  is(CName::kShort, sizeof(short), true);                    // NOLINT
  is(CName::kUnsignedShort, sizeof(unsigned short), false);  // NOLINT
  is(CName::kInt, sizeof(int), true);
  is(CName::kUnsignedInt, sizeof(unsigned), false);
  is(CName::kLong, 8, true);
  is(CName::kUnsignedLong, 8, false);
  is(CName::kLongLong, 8, true);
  is(CName::kUnsignedLongLong, 8, false);
  is(CName::kSize, 8, false);
  is(CName::kIntPtr, 8, true);
  is(CName::kUintPtr, 8, false);
}

TEST(NativeTypeTest, KnowsWhatTheNamesOfCMean) {
  EXPECT_EQ(KindOf(CName::kChar, Abi::kSysvX64), NativeKind::kInt8);
  EXPECT_EQ(KindOf(CName::kChar, Abi::kAapcs64), NativeKind::kUint8);
  EXPECT_EQ(KindOf(CName::kWChar, Abi::kSysvX64), NativeKind::kInt32);
  EXPECT_EQ(KindOf(CName::kWChar, Abi::kAapcs64), NativeKind::kUint32);
  EXPECT_EQ(SizeOf(KindOf(CName::kLong, kHostAbi)), sizeof(long));
  EXPECT_EQ(SizeOf(KindOf(CName::kSize, kHostAbi)), sizeof(size_t));
  EXPECT_EQ(KindOf(CName::kChar, kHostAbi) == NativeKind::kInt8, static_cast<char>(-1) < 0);
}

}  // namespace
}  // namespace fart::ffi

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "vm/ffi/testdata/classes.h"
#include "vm/ffi/testing/test_call.h"

namespace fart::ffi {
namespace {

const NativeType* const kI8 = TypeOf(NativeKind::kInt8);
const NativeType* const kU8 = TypeOf(NativeKind::kUint8);
const NativeType* const kI16 = TypeOf(NativeKind::kInt16);
const NativeType* const kI32 = TypeOf(NativeKind::kInt32);
const NativeType* const kI64 = TypeOf(NativeKind::kInt64);
const NativeType* const kF32 = TypeOf(NativeKind::kFloat);
const NativeType* const kF64 = TypeOf(NativeKind::kDouble);
const NativeType* const kPtr = TypeOf(NativeKind::kPointer);

template <typename F>
const void* Code(F* function) {
  return reinterpret_cast<const void*>(function);
}

template <typename Result, typename... Values>
Result Call(const Signature& signature, const void* function, const Values&... values) {
  Result result;
  std::memset(&result, 0xee, sizeof(result));
  CallInMemory(signature, function, {&values...}, &result);
  return result;
}

// ---- Every class of compound, against what the compiler made of the same signature. What lies in
// padding is nobody's, so fields are compared.

const NativeType* TypeFor(TestTypes& t, const Byte*) { return t.Struct({kI8}); }
const NativeType* TypeFor(TestTypes& t, const Six*) { return t.Struct({kI8, kI16, kI8}); }
const NativeType* TypeFor(TestTypes& t, const Mixed*) { return t.Struct({kI64, kF64}); }
const NativeType* TypeFor(TestTypes& t, const MixedBack*) { return t.Struct({kF64, kI64}); }
const NativeType* TypeFor(TestTypes& t, const TwoFloats*) { return t.Struct({kF32, kF32}); }
const NativeType* TypeFor(TestTypes& t, const ThreeFloats*) { return t.Struct({kF32, kF32, kF32}); }
const NativeType* TypeFor(TestTypes& t, const FourFloats*) {
  return t.Struct({kF32, kF32, kF32, kF32});
}
const NativeType* TypeFor(TestTypes& t, const FourDoubles*) {
  return t.Struct({kF64, kF64, kF64, kF64});
}
const NativeType* TypeFor(TestTypes& t, const FloatIntFloat*) {
  return t.Struct({kF32, kI32, kF32});
}
const NativeType* TypeFor(TestTypes& t, const Large*) { return t.Struct({kI64, kI64, kI64}); }
const NativeType* TypeFor(TestTypes& t, const Larger*) { return t.Struct({t.Array(kI64, 5)}); }
const NativeType* TypeFor(TestTypes& t, const ThreeBytes*) { return t.Struct({t.Array(kU8, 3)}); }
const NativeType* TypeFor(TestTypes& t, const Nested*) {
  return t.Struct({t.Struct({kF32, kF32}), kF32});
}
const NativeType* TypeFor(TestTypes& t, const Matrix*) {
  return t.Struct({t.Array(t.Array(kI16, 3), 2)});
}
const NativeType* TypeFor(TestTypes& t, const Packed*) { return t.Struct({kI8, kI32, kF64}, 1); }
const NativeType* TypeFor(TestTypes& t, const PackedFloats*) { return t.Struct({kF64, kF32}, 1); }
const NativeType* TypeFor(TestTypes& t, const IntOrFloat*) { return t.Union({kI32, kF32}); }
const NativeType* TypeFor(TestTypes& t, const FloatOrDouble*) { return t.Union({kF32, kF64}); }
const NativeType* TypeFor(TestTypes& t, const BytesOrDouble*) {
  return t.Union({t.Array(kU8, 12), kF64});
}

// The bytes of a value that are a field's.
void AddFieldBytes(const NativeType& type, const char* at, std::string* bytes) {
  if (type.kind == NativeKind::kStruct) {
    for (const NativeField& field : type.fields) {
      AddFieldBytes(*field.type, at + field.offset, bytes);
    }
  } else if (type.kind == NativeKind::kUnion) {
    const NativeField* widest = &type.fields[0];
    for (const NativeField& field : type.fields) {
      if (field.type->size > widest->type->size) widest = &field;
    }
    AddFieldBytes(*widest->type, at, bytes);
  } else {
    bytes->append(at, type.size);
  }
}
template <typename T>
std::string FieldBytes(const NativeType& type, const T& value) {
  std::string bytes;
  AddFieldBytes(type, reinterpret_cast<const char*>(&value), &bytes);
  return bytes;
}

// Bytes that are the same in no two places, and no NaN as a float or double.
template <typename T>
T Sample(int seed) {
  T value;
  auto* const bytes = reinterpret_cast<unsigned char*>(&value);
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<unsigned char>((seed + 11 * static_cast<int>(i)) % 113 + 1);
  }
  return value;
}

template <typename T>
void ExpectPassed(const void* same, const void* second, const void* behind, const void* full,
                  const void* call) {
  TestTypes types;
  const NativeType* const type = TypeFor(types, static_cast<const T*>(nullptr));
  ASSERT_EQ(type->size, sizeof(T));
  const T a = Sample<T>(3);
  const T b = Sample<T>(42);
  const std::string bytes_of_a = FieldBytes(*type, a);
  const std::string bytes_of_b = FieldBytes(*type, b);
  ASSERT_NE(bytes_of_a, bytes_of_b);

  EXPECT_EQ(FieldBytes(*type, Call<T>(types.Of(type, {type}), same, a)), bytes_of_a);
  EXPECT_EQ(FieldBytes(*type, Call<T>(types.Of(type, {type, type}), second, a, b)), bytes_of_b);
  const std::int32_t minus_one = -1;
  const std::int64_t minus_four = -4;
  EXPECT_EQ(FieldBytes(*type, Call<T>(types.Of(type, {kI32, kF64, type, kF32, kI64}), behind,
                                      minus_one, 2.5, a, 3.5f, minus_four)),
            bytes_of_a);
  const std::vector<const NativeType*> many = {kI64, kI64, kI64, kI64, kI64, kI64, kF64,
                                               kF64, kF64, kF64, kF64, kF64, kF64, type,
                                               kI64, kI64, kI64, kF64, kF64, type};
  const std::int64_t ints[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const double doubles[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(FieldBytes(*type, Call<T>(types.Of(type, many), full, ints[0], ints[1], ints[2],
                                      ints[3], ints[4], ints[5], doubles[0], doubles[1], doubles[2],
                                      doubles[3], doubles[4], doubles[5], doubles[6], a, ints[6],
                                      ints[7], ints[8], doubles[7], doubles[8], b)),
            bytes_of_b);

  // Back from C: the function that it calls is one of ours.
  int calls = 0;
  const TestCallback callback(
      types.Of(type, {kI32, type, kF64, type}),
      [&](const std::vector<const void*>& values, void* result) {
        ++calls;
        EXPECT_EQ(*static_cast<const std::int32_t*>(values[0]), -7);
        EXPECT_EQ(FieldBytes(*type, *static_cast<const T*>(values[1])), bytes_of_a);
        EXPECT_EQ(*static_cast<const double*>(values[2]), 0.5);
        EXPECT_EQ(FieldBytes(*type, *static_cast<const T*>(values[3])), bytes_of_a);
        std::memcpy(result, &b, sizeof(b));
      });
  const void* const address = callback.address();
  EXPECT_EQ(FieldBytes(*type, Call<T>(types.Of(type, {kPtr, type}), call, address, a)), bytes_of_b);
  EXPECT_EQ(calls, 1);
}

#define V(T)                                                                            \
  TEST(NativeCallTest, PassesAndReturns##T) {                                           \
    ExpectPassed<T>(Code(same_##T), Code(second_##T), Code(behind_##T), Code(full_##T), \
                    Code(call_##T));                                                    \
  }
FART_FFI_TEST_STRUCTS(V)
#undef V

// ---- Scalars

TEST(NativeCallTest, PassesScalars) {
  TestTypes types;
  EXPECT_EQ(Call<std::int32_t>(types.Of(kI32, {kI32, kI32}), Code(add), -5, 7), 2);
  const std::int64_t n[] = {1, 20, 300, 4000, 50000, 600000};
  EXPECT_EQ(Call<std::int64_t>(types.Of(kI64, {kI64, kI64, kI64, kI64, kI64, kI64}), Code(sum6),
                               n[0], n[1], n[2], n[3], n[4], n[5]),
            654321);
  EXPECT_EQ(Call<double>(types.Of(kF64, {kF64}), Code(half), 5.0), 2.5);
  EXPECT_EQ(Call<double>(types.Of(kF64, {kF32, kF64, kF32}), Code(mean), 1.5f, 2.5, 5.0f), 3.0);
  const NativeType* const boolean = TypeOf(NativeKind::kBool);
  EXPECT_TRUE(Call<bool>(types.Of(boolean, {boolean}), Code(negated), false));
  EXPECT_FALSE(Call<bool>(types.Of(boolean, {boolean}), Code(negated), true));
}

TEST(NativeCallTest, TakesNothingFromAboveASmallResult) {
  TestTypes types;
  const std::int64_t word = 0x1234'5678'9abc'def0;
  const auto narrowed = [&](NativeKind kind) {
    std::int64_t result = 0;
    CallInMemory(types.Of(TypeOf(kind), {kI64}), Code(whole), {&word}, &result);
    return Narrowed(kind, static_cast<std::uint64_t>(result));
  };
  EXPECT_EQ(narrowed(NativeKind::kInt8), -16);
  EXPECT_EQ(narrowed(NativeKind::kUint8), 0xf0);
  EXPECT_EQ(narrowed(NativeKind::kInt16), -8464);
  EXPECT_EQ(narrowed(NativeKind::kUint16), 0xdef0);
  EXPECT_EQ(narrowed(NativeKind::kInt32), -1698898192);
  EXPECT_EQ(narrowed(NativeKind::kUint32), 0x9abc'def0);
  EXPECT_EQ(Narrowed(NativeKind::kBool, 0x100), 0);
  EXPECT_EQ(Narrowed(NativeKind::kBool, 0x102), 1);
  double value;
  const float low = 1.5f;
  std::memset(&value, 0x77, sizeof(value));
  std::memcpy(&value, &low, sizeof(low));
  EXPECT_EQ(Call<float>(types.Of(kF32, {kF64}), Code(whole_double), value), 1.5f);
}

TEST(NativeCallTest, PassesVariableArguments) {
  TestTypes types;
  const std::int32_t two = 2;
  const std::int32_t three = 3;
  EXPECT_EQ(Call<double>(types.Of(kF64, {kI32, kI32, kI32, kI32, kF64, kF64, kF64}, 2),
                         Code(sum_variable), two, three, 10, -20, 0.5, 0.25, 0.125),
            -9.125);
  char text[64];
  char* const out = text;
  const std::size_t size = sizeof(text);
  const char* const format = "%d %.1f %s %g %g %g %g %g %g %g %g";
  const char* const word = "word";
  EXPECT_EQ(Call<std::int32_t>(types.Of(kI32,
                                        {kPtr, kI64, kPtr, kI32, kF64, kPtr, kF64, kF64, kF64, kF64,
                                         kF64, kF64, kF64, kF64},
                                        3),
                               Code(snprintf), out, size, format, -3, 2.5, word, 1., 2., 3., 4., 5.,
                               6., 7., 8.),
            27);
  EXPECT_STREQ(text, "-3 2.5 word 1 2 3 4 5 6 7 8");
}

// ---- What passes through the assembler's frames

void Throw(std::int64_t a, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
           std::int64_t, std::int64_t, std::int64_t i) {
  if (a + i == 10) throw std::runtime_error("out of C");
}

TEST(NativeCallTest, LetsExceptionsThroughWithStackWords) {
  TestTypes types;
  const std::vector<const NativeType*> nine(9, kI64);
  const std::int64_t n[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  std::vector<const void*> values;
  for (const std::int64_t& each : n) values.push_back(&each);
  const Signature& signature = types.Of(TypeOf(NativeKind::kVoid), nine);
  EXPECT_THROW(CallInMemory(signature, Code(Throw), values, nullptr), std::runtime_error);
  const TestCallback thrower(signature, [](const std::vector<const void*>&, void*) {
    throw std::runtime_error("out of a callback");
  });
  EXPECT_THROW(CallInMemory(signature, thrower.address(), values, nullptr), std::runtime_error);
}

TEST(NativeCallTest, CallsFromCallbacks) {
  TestTypes types;
  const Signature& signature = types.Of(kI64, {kI64});
  const TestCallback* self = nullptr;
  const TestCallback factorial(
      signature, [&](const std::vector<const void*>& values, void* result) {
        const auto n = *static_cast<const std::int64_t*>(values[0]);
        const std::int64_t product =
            n == 0 ? 1 : n * Call<std::int64_t>(signature, self->address(), n - 1);
        std::memcpy(result, &product, sizeof(product));
      });
  self = &factorial;
  EXPECT_EQ(Call<std::int64_t>(signature, factorial.address(), std::int64_t{12}), 479001600);
}

}  // namespace
}  // namespace fart::ffi

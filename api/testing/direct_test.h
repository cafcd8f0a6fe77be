// DirectTest -- a test case in an isolate that is attached, with shapes of every kind and short
// ways to make, read and keep objects by raw references.

#ifndef FART_API_TESTING_DIRECT_TEST_H_
#define FART_API_TESTING_DIRECT_TEST_H_

#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/testing/api_test.h"
#include "fart_direct_api.h"

namespace fart::api {

inline constexpr Fart_DirectAbi kAbi = FART_DIRECT_ABI;
inline constexpr Fart_Layout kPair = {2, 0, 0};
inline constexpr Fart_Layout kMixed = {1, 1, 2};

inline std::string Taken(char* text) {
  const std::string copy = text == nullptr ? "" : text;
  std::free(text);
  return copy;
}

inline Fart_ShapeDescription Describe(const char* name, Fart_Layout layout = {0, 0, 0},
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

}  // namespace fart::api

#endif  // FART_API_TESTING_DIRECT_TEST_H_

// The direct interface: attaching, and the words that there are.

#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

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
  constexpr const char* kNames[] = {"struct_size",  "version",    "state_size",   "frame_words",
                                    "tag",          "none",       "first_object", "remembered_bit",
                                    "shape_shift",  "shape_bits", "size_shift",   "size_bits",
                                    "region_shift", "flag_to",    "flag_from",    "flag_log"};
  constexpr std::size_t kFields = sizeof(Fart_DirectAbi) / sizeof(std::uint32_t);
  static_assert(std::size(kNames) == kFields - 1, "the last is not compared");
  for (std::size_t field = 0; field < kFields - 1; ++field) {
    for (const std::uint32_t change : {1U, 2U, 1U << 31}) {
      std::uint32_t words[kFields];
      std::memcpy(words, &kAbi, sizeof words);
      words[field] ^= change;
      Fart_DirectAbi abi;
      std::memcpy(&abi, words, sizeof abi);
      char* error = nullptr;
      EXPECT_EQ(Fart_DirectAttach(&abi, nullptr, 0, nullptr, nullptr, nullptr, &error), nullptr);
      EXPECT_EQ(Taken(error), std::string("Fart_DirectAttach: the host was compiled with ") +
                                  kNames[field] + " " + std::to_string(words[field]) +
                                  " (the library has " + std::to_string(words[field] ^ change) +
                                  "): compile it again.");
    }
  }
  Fart_DirectAbi abi = kAbi;
  abi.region_shift = 20;
  abi.flag_to = 8;
  char* error = nullptr;
  EXPECT_EQ(Fart_DirectAttach(&abi, nullptr, 0, nullptr, nullptr, nullptr, &error), nullptr);
  EXPECT_EQ(Taken(error),
            "Fart_DirectAttach: the host was compiled with region_shift 20 (the library has 18), "
            "flag_to 8 (the library has 16): compile it again.");
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

}  // namespace
}  // namespace fart::api

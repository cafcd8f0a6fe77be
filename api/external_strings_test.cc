#include <string>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// Counters that are still there when the fixture's isolate shuts down.
class ExternalStringsTest : public ApiTest {
 protected:
  int returned = 0;
  int first = 0;
  int second = 0;
};

void Count(void* peer) { ++*static_cast<int*>(peer); }

std::vector<std::uint8_t> Letters(std::size_t count) {
  return std::vector<std::uint8_t>(count, 'x');
}
Fart_Handle Lend(const std::vector<std::uint8_t>& bytes, int* returned) {
  return Fart_NewExternalLatin1String(bytes.data(), static_cast<std::intptr_t>(bytes.size()),
                                      returned, Count);
}

struct Properties {
  std::intptr_t char_size = -1;
  std::intptr_t length = -1;
  void* peer = nullptr;
};
Properties PropertiesOf(Fart_Handle string) {
  Properties properties;
  ExpectSuccess(Fart_StringGetProperties(string, &properties.char_size, &properties.length,
                                         &properties.peer));
  return properties;
}

bool AreEqual(Fart_Handle a, Fart_Handle b) {
  bool equal = false;
  ExpectSuccess(Fart_ObjectEquals(a, b, &equal));
  return equal;
}

TEST_F(ExternalStringsTest, LatinOneIsReadWhereItLies_Defect7) {
  const std::uint8_t lent[] = {'g', 0xFC, 't', 'e'};
  const Fart_Handle string = Fart_NewExternalLatin1String(lent, 4, &returned, Count);
  EXPECT_TRUE(Fart_IsString(string));
  EXPECT_TRUE(Fart_IsExternalString(string));
  EXPECT_TRUE(Fart_IsStringLatin1(string));
  Collect();
  std::uint8_t copy[5] = {0, 0, 0, 0, 7};
  std::intptr_t length = 5;
  ExpectSuccess(Fart_StringToLatin1(string, copy, &length));
  EXPECT_EQ(length, 4);
  EXPECT_EQ(std::string(copy, copy + 4), std::string(lent, lent + 4));
  EXPECT_EQ(copy[4], 7);
  EXPECT_EQ(TextOf(string), "g\xC3\xBCte");
  EXPECT_TRUE(AreEqual(string, Str("g\xC3\xBCte")));
  EXPECT_EQ(Fart_IdentityHash(string), Fart_IdentityHash(Str("g\xC3\xBCte")));
  const Properties properties = PropertiesOf(string);
  EXPECT_EQ(properties.char_size, 1);
  EXPECT_EQ(properties.length, 4);
  EXPECT_EQ(properties.peer, &returned);
  EXPECT_EQ(returned, 0);
}

TEST_F(ExternalStringsTest, WideOnesKeepTheirFormAndEqualNarrowOnes) {
  const std::uint16_t narrow[] = {'o', 'k'};
  const std::uint16_t wide[] = {0x20AC, 0xD800};
  const Fart_Handle ok = Fart_NewExternalUTF16String(narrow, 2, nullptr, nullptr);
  EXPECT_FALSE(Fart_IsStringLatin1(ok));
  EXPECT_TRUE(AreEqual(ok, Str("ok")));
  EXPECT_TRUE(AreEqual(Str("ok"), ok));
  EXPECT_FALSE(AreEqual(ok, Str("oK")));
  EXPECT_EQ(Fart_IdentityHash(ok), Fart_IdentityHash(Str("ok")));
  EXPECT_EQ(PropertiesOf(ok).char_size, 2);
  EXPECT_EQ(PropertiesOf(ok).peer, nullptr);
  std::intptr_t size = 0;
  ExpectSuccess(Fart_StringStorageSize(ok, &size));
  EXPECT_EQ(size, 4);
  EXPECT_EQ(TextOf(Fart_NewExternalUTF16String(wide, 2, nullptr, nullptr)),
            "\xE2\x82\xAC\xED\xA0\x80");
  EXPECT_EQ(TextOf(Fart_NewExternalUTF16String(nullptr, 0, nullptr, nullptr)), "");
}

TEST_F(ExternalStringsTest, TheFinalizerRunsOnceAfterDeath) {
  const auto bytes = Letters(100);
  Fart_EnterScope();
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Lend(bytes, &returned));
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(returned, 0);
  EXPECT_TRUE(Fart_IsExternalString(kept));
  Fart_DeletePersistentHandle(kept);
  Collect();
  EXPECT_EQ(returned, 1);
  Collect();
  EXPECT_EQ(returned, 1);
}

TEST_F(ExternalStringsTest, TheFinalizerRunsOnceAtShutdownOfItsOwnIsolate) {
  const auto bytes = Letters(100);
  Fart_PersistentHandle live = Fart_NewPersistentHandle(Lend(bytes, &first));
  const Fart_Isolate ours = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    Fart_NewPersistentHandle(Lend(bytes, &second));
    Lend(bytes, &second);
    Collect();
    EXPECT_EQ(second, 0);
  }
  EXPECT_EQ(second, 2);
  EXPECT_EQ(first, 0);
  Fart_EnterIsolate(ours);
  EXPECT_EQ(TextOf(live), std::string(100, 'x'));
  Fart_DeletePersistentHandle(live);
}

// What a finalizer sees at shutdown: handles still work, and lent memory is not read any more.
struct Observer {
  Fart_PersistentHandle string;
  std::intptr_t length = -1;
  int calls = 0;
};
void Observe(void* peer) {
  auto& observer = *static_cast<Observer*>(peer);
  ++observer.calls;
  Fart_StringLength(observer.string, &observer.length);
  EXPECT_NE(ErrorOf(Fart_NewExternalLatin1String(nullptr, 0, nullptr, nullptr)), "");
}

TEST_F(ExternalStringsTest, AtShutdownStringsAreEmptyBeforeAnyFinalizerRuns) {
  const Fart_Isolate ours = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  Observer observers[2];
  const auto bytes = Letters(10);
  {
    const OwnIsolate own;
    for (int i = 0; i < 2; ++i) {
      const Fart_Handle string =
          Fart_NewExternalLatin1String(bytes.data(), 10, &observers[i], Observe);
      observers[1 - i].string = Fart_NewPersistentHandle(string);
    }
  }
  for (const Observer& observer : observers) {
    EXPECT_EQ(observer.calls, 1);
    EXPECT_EQ(observer.length, 0);
  }
  Fart_EnterIsolate(ours);
}

TEST_F(ExternalStringsTest, LentBytesAreExternalSize) {
  const auto charged = [] { return HeapStatistics().external_bytes; };
  const auto before = charged();
  const auto bytes = Letters(5000);
  Fart_EnterScope();
  Lend(bytes, &returned);
  const std::uint16_t wide[4] = {};
  Fart_NewExternalUTF16String(wide, 4, nullptr, nullptr);
  EXPECT_EQ(charged(), before + 5008);
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(charged(), before);
  EXPECT_EQ(returned, 1);
}

TEST_F(ExternalStringsTest, LendingMuchMakesCollectionsHappen) {
  const std::vector<std::uint8_t> bytes = Letters(1'000'000);
  for (int i = 0; i < 500; ++i) {
    Fart_EnterScope();
    Lend(bytes, &returned);
    Fart_ExitScope();
  }
  EXPECT_GT(returned, 100);
}

TEST_F(ExternalStringsTest, AStringIsMadeExternalWhereverItIsHeld) {
  alignas(8) char room[64];
  const Fart_Handle list = Fart_NewList(1);
  const Fart_Handle string = Str("made outside");
  ExpectSuccess(Fart_ListSetAt(list, 0, string));
  const std::uint64_t hash = Fart_IdentityHash(string);
  const Fart_Handle made = Fart_MakeExternalString(string, room, 64, &returned, Count);
  EXPECT_EQ(std::string(room, 12), "made outside");
  EXPECT_TRUE(Fart_IdentityEquals(made, string));
  EXPECT_TRUE(Fart_IsExternalString(string));
  EXPECT_TRUE(Fart_IsExternalString(Fart_ListGetAt(list, 0)));
  EXPECT_EQ(Fart_IdentityHash(string), hash);
  EXPECT_EQ(PropertiesOf(string).peer, &returned);
  Collect();
  room[0] = 'M';  // Against the rules, to see where it is read.
  EXPECT_EQ(TextOf(string), "Made outside");
}

TEST_F(ExternalStringsTest, StringsOfAllSizesAreMadeExternal) {
  for (const std::size_t length : {1u, 2u, 8u, 9u, 300u, 100'000u, 1'000'000u}) {
    for (const std::uint16_t unit : {std::uint16_t{0x78}, std::uint16_t{0x20AC}}) {
      returned = 0;
      const std::vector<std::uint16_t> units(length, unit);
      std::vector<std::uint64_t> room(length / 4 + 1);
      Fart_EnterScope();
      const Fart_Handle string =
          Fart_NewStringFromUTF16(units.data(), static_cast<std::intptr_t>(length));
      std::intptr_t size = 0;
      ExpectSuccess(Fart_StringStorageSize(string, &size));
      const Fart_Handle made = Fart_MakeExternalString(string, room.data(), size, &returned, Count);
      EXPECT_TRUE(Fart_IsExternalString(string)) << length;
      Collect();
      EXPECT_TRUE(AreEqual(
          made, Fart_NewStringFromUTF16(units.data(), static_cast<std::intptr_t>(length))));
      EXPECT_EQ(returned, 0);
      Fart_ExitScope();
      Collect();
      EXPECT_EQ(returned, 1);
    }
  }
}

TEST_F(ExternalStringsTest, WhatCannotChangeItsFormIsAnsweredAsTheHeaderSays) {
  char room[8];
  // External already: the second lender lends nothing.
  const std::vector<std::uint8_t> none;
  const Fart_Handle external = Lend(none, &first);
  const Fart_Handle same = Fart_MakeExternalString(external, room, 8, &second, Count);
  EXPECT_TRUE(Fart_IdentityEquals(same, external));
  EXPECT_EQ(PropertiesOf(same).peer, &first);
  // The empty string: another one.
  const Fart_Handle empty = Fart_MakeExternalString(Fart_EmptyString(), room, 8, &second, Count);
  EXPECT_TRUE(Fart_IsExternalString(empty));
  EXPECT_FALSE(Fart_IsExternalString(Fart_EmptyString()));
  EXPECT_TRUE(AreEqual(empty, Fart_EmptyString()));
  EXPECT_EQ(PropertiesOf(empty).peer, &second);
}

TEST_F(ExternalStringsTest, WhatIsWrongIsNamedAndLendsNothing) {
  alignas(8) char room[64] = {};
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(room);
  const auto* const odd = reinterpret_cast<const std::uint16_t*>(room + 1);
  const Fart_Handle string = Str("some text");
  const std::uint16_t wide_units[] = {0x20AC};
  const Fart_Handle wide = Fart_NewStringFromUTF16(wide_units, 1);
  const struct {
    Fart_Handle answer;
    const char* error;
  } cases[] = {
      {Fart_NewExternalLatin1String(nullptr, 1, &returned, Count),
       "Fart_NewExternalLatin1String expects argument 'latin1_array' to be non-null."},
      {Fart_NewExternalLatin1String(bytes, -1, &returned, Count),
       "Fart_NewExternalLatin1String expects argument 'length' to be in the range [0.."},
      {Fart_NewExternalLatin1String(bytes, INTPTR_MAX, &returned, Count), "in the range [0.."},
      {Fart_NewExternalUTF16String(nullptr, 1, &returned, Count),
       "Fart_NewExternalUTF16String expects argument 'utf16_array' to be non-null."},
      {Fart_NewExternalUTF16String(odd, INTPTR_MIN, &returned, Count),
       "Fart_NewExternalUTF16String expects argument 'length' to be in the range [0.."},
      {Fart_NewExternalUTF16String(odd, 1, &returned, Count),
       "Fart_NewExternalUTF16String expects argument 'utf16_array' to be aligned to 2 bytes."},
      {Fart_MakeExternalString(string, nullptr, 9, &returned, Count),
       "Fart_MakeExternalString expects argument 'array' to be non-null."},
      {Fart_MakeExternalString(string, room, 8, &returned, Count),
       "Fart_MakeExternalString expects argument 'external_allocation_size' to be in the range "
       "[9.."},
      {Fart_MakeExternalString(string, room, -1, &returned, Count), "in the range [9.."},
      {Fart_MakeExternalString(string, room, INTPTR_MAX, &returned, Count), "in the range [9.."},
      {Fart_MakeExternalString(wide, room + 1, 2, &returned, Count),
       "Fart_MakeExternalString expects argument 'array' to be aligned to 2 bytes."},
      {Fart_MakeExternalString(Fart_Null(), room, 9, &returned, Count),
       "Fart_MakeExternalString expects argument 'str' to be non-null."},
      {Fart_MakeExternalString(Fart_True(), room, 9, &returned, Count),
       "Fart_MakeExternalString expects argument 'str' to be of type String."},
      {Fart_MakeExternalString(nullptr, room, 9, &returned, Count),
       "Fart_MakeExternalString expects argument 'str' to be a live handle, but it is NULL."},
  };
  for (const auto& one : cases) EXPECT_THAT(ErrorOf(one.answer), ::testing::HasSubstr(one.error));
  EXPECT_EQ(TextOf(string), "some text");
  EXPECT_FALSE(Fart_IsExternalString(string));
  Collect();
  EXPECT_EQ(returned, 0);
}

TEST_F(ExternalStringsTest, WhatWasAttachedIsThePeerUnlessTheLenderHasOne) {
  int attached = 0;
  const std::vector<std::uint8_t> bytes = Letters(3);
  const Fart_Handle inside = Str("xxx");
  const Fart_Handle lent = Lend(bytes, &returned);
  const Fart_Handle without = Fart_NewExternalLatin1String(bytes.data(), 3, nullptr, nullptr);
  for (const Fart_Handle string : {inside, lent, without}) {
    ExpectSuccess(Fart_SetPeer(string, &attached));
  }
  EXPECT_EQ(PropertiesOf(inside).peer, &attached);
  EXPECT_EQ(PropertiesOf(lent).peer, &returned);
  EXPECT_EQ(PropertiesOf(without).peer, &attached);
}

TEST_F(ExternalStringsTest, PropertiesNameWhatIsWrong) {
  std::intptr_t number = 0;
  void* peer = nullptr;
  const Fart_Handle string = Str("x");
  EXPECT_EQ(
      ErrorOf(Fart_StringGetProperties(Fart_True(), &number, &number, &peer)),
      "Fart_StringGetProperties expects argument 'str' to be of type String. It is of type bool.");
  EXPECT_EQ(ErrorOf(Fart_StringGetProperties(string, nullptr, &number, &peer)),
            "Fart_StringGetProperties expects argument 'char_size' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_StringGetProperties(string, &number, nullptr, &peer)),
            "Fart_StringGetProperties expects argument 'str_len' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_StringGetProperties(string, &number, &number, nullptr)),
            "Fart_StringGetProperties expects argument 'peer' to be non-null.");
  EXPECT_FALSE(Fart_IsExternalString(string));
  EXPECT_FALSE(Fart_IsExternalString(Fart_Null()));
  {
    const ExpectMisuse expected("Fart_IsExternalString");
    EXPECT_FALSE(Fart_IsExternalString(nullptr));
  }
}

TEST_F(ExternalStringsTest, WithoutIsolateOrScopeNothingIsLent) {
  char room[8];
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(room);
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Str("kept text"));
  Fart_ExitScope();
  for (const Fart_Handle answer : {Fart_NewExternalLatin1String(bytes, 8, &returned, Count),
                                   Fart_NewExternalUTF16String(nullptr, 0, &returned, Count),
                                   Fart_MakeExternalString(kept, room, 8, &returned, Count)}) {
    EXPECT_THAT(ErrorOf(answer), ::testing::HasSubstr("scope"));
  }
  const Fart_Isolate ours = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  for (const Fart_Handle answer : {Fart_NewExternalLatin1String(bytes, 8, &returned, Count),
                                   Fart_NewExternalUTF16String(nullptr, 0, &returned, Count),
                                   Fart_MakeExternalString(kept, room, 8, &returned, Count)}) {
    EXPECT_THAT(ErrorOf(answer), ::testing::HasSubstr("isolate"));
  }
  Fart_EnterIsolate(ours);
  Fart_EnterScope();
  EXPECT_EQ(returned, 0);
}

TEST_F(ExternalStringsTest, OneOfManyMegabytesIsOldAndTheNextPayNothing) {
  if (IsUnderStress()) GTEST_SKIP() << "collects by itself";
  const std::vector<std::uint8_t> bytes = Letters(16 << 20);
  const Fart_Handle large = Lend(bytes, &returned);
  EXPECT_TRUE(Fart_IsInOldSpace(large));
  const Fart_HeapStatistics before = HeapStatistics();
  const std::vector<std::uint8_t> few = Letters(3);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(Fart_IsInOldSpace(Lend(few, &first)));
  const Fart_HeapStatistics after = HeapStatistics();
  EXPECT_EQ(after.minor_collections, before.minor_collections);
  EXPECT_EQ(after.major_collections, before.major_collections);
}

}  // namespace
}  // namespace fart::api

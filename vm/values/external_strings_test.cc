#include "vm/values/external_strings.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "heap/base/utf8.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

// Memory that a host lends. It counts how often it came back, and is overwritten then: whoever
// still reads it reads something else.
struct Memory {
  std::u16string wide;
  std::string narrow;
  std::vector<std::uint64_t> room;
  int returned = 0;
};
extern "C" void GiveBack(void* peer) {
  auto& memory = *static_cast<Memory*>(peer);
  ++memory.returned;
  std::fill(memory.wide.begin(), memory.wide.end(), u'?');
  std::fill(memory.narrow.begin(), memory.narrow.end(), '?');
  std::fill(memory.room.begin(), memory.room.end(), 0x3f3f3f3f3f3f3f3f);
}

// How a string can be stored.
enum class Form { kInHeap, kExternalLatin1, kExternalUtf16, kMadeExternal };

bool FitsLatin1(const std::u16string& units) {
  return std::all_of(units.begin(), units.end(), [](char16_t unit) { return unit <= 0xFF; });
}

Rooted MakeLent(TestIsolate& isolate, Memory& memory, const std::u16string& units,
                Form form) FART_NO_SAFEPOINT_ANALYSIS {
  if (form == Form::kExternalLatin1) {
    memory.narrow.assign(units.begin(), units.end());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(memory.narrow.data());
    return isolate.Keep(
        NewExternalString(*isolate, std::span(bytes, units.size()), {&memory, GiveBack}));
  }
  if (form == Form::kExternalUtf16) {
    memory.wide = units;
    return isolate.Keep(
        NewExternalString(*isolate, std::span<const char16_t>(memory.wide), {&memory, GiveBack}));
  }
  const Rooted string = isolate.Keep(NewStringFromUtf16(isolate.mutator(), units));
  if (form == Form::kMadeExternal && !units.empty()) {
    const NoSafepointScope quiet;
    const ByteCount size(StringByteLength(string.Get(quiet)));
    memory.room.resize(size.value() / 8 + 1);
    FART_CHECK(MakeExternal(*isolate, string.Get(quiet), memory.room.data(), size,
                            {&memory, GiveBack}, quiet));
  }
  return string;
}

std::u16string UnitsOf(Rooted string) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  std::u16string units;
  for (std::size_t i = 0; i < StringLength(string.Get(quiet)); ++i) {
    units += StringUnitAt(string.Get(quiet), i, quiet);
  }
  return units;
}

rc::Gen<std::u16string> Units() {
  const auto unit = rc::gen::oneOf(rc::gen::inRange<std::uint16_t>(0, 0x80),
                                   rc::gen::inRange<std::uint16_t>(0x80, 0x100),
                                   rc::gen::inRange<std::uint16_t>(0x100, 0xD800),
                                   rc::gen::inRange<std::uint16_t>(0xD800, 0xE000));
  const auto narrow = rc::gen::inRange<std::uint16_t>(0, 0x100);
  return rc::gen::map(rc::gen::oneOf(rc::gen::container<std::vector<std::uint16_t>>(unit),
                                     rc::gen::container<std::vector<std::uint16_t>>(narrow)),
                      [](const std::vector<std::uint16_t>& units) {
                        return std::u16string(units.begin(), units.end());
                      });
}

Form FormFor(const std::u16string& units) {
  return FitsLatin1(units)
             ? *rc::gen::element(Form::kInHeap, Form::kExternalLatin1, Form::kExternalUtf16,
                                 Form::kMadeExternal)
             : *rc::gen::element(Form::kInHeap, Form::kExternalUtf16, Form::kMadeExternal);
}

// The model is the units: nothing a program can ask tells the forms apart.
RC_GTEST_PROP(ExternalStringsTest, StringsOfEveryFormAreTheirUnits, ()) FART_MAY_COLLECT {
  std::deque<Memory> memories(2);
  TestIsolate isolate;
  const std::u16string a = *Units();
  const std::u16string b = *rc::gen::oneOf(Units(), rc::gen::just(a));
  const Rooted first = MakeLent(isolate, memories[0], a, FormFor(a));
  const Rooted second = MakeLent(isolate, memories[1], b, FormFor(b));
  if (*rc::gen::arbitrary<bool>()) isolate.Collect(GcKind::kMinor);
  RC_ASSERT(UnitsOf(first) == a);
  RC_ASSERT(UnitsOf(second) == b);
  {
    const NoSafepointScope quiet;
    const ObjectPtr x = first.Get(quiet);
    const ObjectPtr y = second.Get(quiet);
    RC_ASSERT(StringsEqual(x, y, quiet) == (a == b));
    RC_ASSERT((CompareStrings(x, y, quiet) < 0) == (a < b));
    if (a == b) RC_ASSERT(StringHash(x, quiet) == StringHash(y, quiet));
    RC_ASSERT(StringsEqual(x, y, quiet) == (a == b));  // now with hashes
    const std::string text = ToUtf8(x, quiet);
    RC_ASSERT(StringHashOfUtf8(text) == StringHash(x, quiet));
    RC_ASSERT(StringEqualsUtf8(x, text, quiet));
    RC_ASSERT(IsNarrow(x, quiet) == FitsLatin1(a));
  }
  StackRoots<2> parts(isolate->stack());
  {
    const NoSafepointScope quiet;
    parts.Set(0, first.Get(quiet));
    parts.Set(1, second.Get(quiet));
  }
  const Rooted whole = isolate.Keep(ConcatStrings(isolate.mutator(), parts.all()));
  RC_ASSERT(UnitsOf(whole) == a + b);
  const auto from = *rc::gen::inRange<std::size_t>(0, a.size() + 1);
  const auto to = *rc::gen::inRange<std::size_t>(from, a.size() + 1);
  const Rooted part = isolate.Keep(Substring(isolate.mutator(), first, from, to));
  RC_ASSERT(UnitsOf(part) == a.substr(from, to - from));
  {
    // VV-S1: what is made in the heap is narrow whenever it can be.
    const NoSafepointScope quiet;
    RC_ASSERT(IsLatin1String(whole.Get(quiet)) == FitsLatin1(a + b));
  }
  isolate.Collect(GcKind::kMajor);
  RC_ASSERT(UnitsOf(whole) == a + b);
  RC_ASSERT(UnitsOf(first) == a);
  RC_ASSERT(isolate.Verify() == "");
}

RC_GTEST_PROP(ExternalStringsTest, OneSymbolForEachText, ()) FART_MAY_COLLECT {
  std::deque<Memory> memories(2);
  TestIsolate isolate;
  const std::u16string units = *Units();
  const Rooted first = MakeLent(isolate, memories[0], units, FormFor(units));
  const Rooted second = MakeLent(isolate, memories[1], units, FormFor(units));
  const std::string text = isolate.Text(first);
  const NoSafepointScope quiet;
  const ObjectPtr symbol = isolate->symbols().Intern(first.Get(quiet), quiet);
  RC_ASSERT(isolate->symbols().Intern(second.Get(quiet), quiet) == symbol);
}

// Strings live and die in any order, in any form; each lender gets its memory back exactly once,
// and not while the string lives.
RC_GTEST_PROP(ExternalStringsTest, EveryLenderGetsItsMemoryBackOnce, ()) FART_MAY_COLLECT {
  std::deque<Memory> memories;
  std::size_t lent = 0;
  {
    TestIsolate isolate;
    const auto steps =
        *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>());
    struct Live {
      RootTable::Slot* slot;
      std::size_t memory;
      std::u16string units;
    };
    std::vector<Live> live;
    for (const std::uint8_t step : steps) {
      LocalScope scope(isolate->handles().locals);
      if (step % 4 == 0 && !live.empty()) {
        isolate->roots().Set(live.back().slot, kNull);
        live.pop_back();
      } else if (step % 8 == 1) {
        isolate.Collect(step % 16 == 1 ? GcKind::kMinor : GcKind::kMajor);
        isolate->RunAllCallbacks();
      } else {
        const std::u16string units(1 + step, static_cast<char16_t>(step % 3 == 0 ? 'a' : 0x20AC));
        const Form form = step % 3 != 0
                              ? (step % 2 == 0 ? Form::kMadeExternal : Form::kExternalUtf16)
                              : Form::kExternalLatin1;
        memories.emplace_back();
        const Rooted string = MakeLent(isolate, memories.back(), units, form);
        ++lent;
        const NoSafepointScope quiet;
        RootTable::Slot* const slot = isolate->roots().Add();
        isolate->roots().Set(slot, string.Get(quiet));
        live.push_back({slot, memories.size() - 1, units});
      }
      for (const Live& one : live) {
        RC_ASSERT(memories[one.memory].returned == 0);
        RC_ASSERT(UnitsOf(Rooted(&one.slot->value)) == one.units);
      }
      RC_ASSERT(isolate.Verify() == "");
    }
  }
  RC_ASSERT(memories.size() == lent);
  for (const Memory& memory : memories) RC_ASSERT(memory.returned == 1);
}

TEST(ExternalStringsTest, MakingOneExternalGivesBackItsRoomInTheHeap) FART_MAY_COLLECT {
  Memory memory;
  TestIsolate isolate;
  for (const std::size_t length : {1u, 8u, 9u, 1000u, 40'000u, 1'000'000u}) {
    const std::u16string units(length, u'x');
    const Rooted string = isolate.Keep(NewStringFromUtf16(isolate.mutator(), units));
    const std::uint32_t regions = isolate->heap().regions().regions_in_use();
    std::uint32_t hash;
    {
      const NoSafepointScope quiet;
      hash = StringHash(string.Get(quiet), quiet);
      std::vector<std::uint64_t>& room = memory.room;
      room.assign(length / 8 + 1, 0);
      ASSERT_TRUE(
          MakeExternal(*isolate, string.Get(quiet), room.data(), ByteCount(length), {}, quiet));
      EXPECT_EQ(isolate->heap().SizeOf(string.Get(quiet)).value(), 24u) << length;
      EXPECT_EQ(StringHash(string.Get(quiet), quiet), hash);
    }
    if (length == 1'000'000u) {
      EXPECT_LT(isolate->heap().regions().regions_in_use(), regions);
    }
    EXPECT_EQ(isolate.Verify(), "");
    isolate.Collect(GcKind::kMajor);
    EXPECT_EQ(isolate.Verify(), "");
    EXPECT_EQ(UnitsOf(string), units);
  }
}

TEST(ExternalStringsTest, AreChargedToTheHeapUntilTheyDie) FART_MAY_COLLECT {
  Memory memory;
  TestIsolate isolate;
  const auto charged = [&isolate] {
    return (isolate->heap().external_new() + isolate->heap().external_old()).value();
  };
  const std::size_t before = charged();
  {
    LocalScope scope(isolate->handles().locals);
    MakeLent(isolate, memory, std::u16string(100, u'\u20AC'), Form::kExternalUtf16);
    EXPECT_EQ(charged(), before + 200);
    isolate.Collect(GcKind::kMajor);
    EXPECT_EQ(charged(), before + 200);
  }
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(charged(), before);
}

TEST(ExternalStringsTest, TakingBackEmptiesTheStringAndForgetsTheLender) FART_MAY_COLLECT {
  Memory memory;
  {
    TestIsolate isolate;
    const Rooted string = MakeLent(isolate, memory, u"lent", Form::kExternalLatin1);
    {
      const NoSafepointScope quiet;
      EXPECT_EQ(PeerOfString(isolate->handles(), string.Get(quiet), quiet), &memory);
      TakeBack(*isolate, string.Get(quiet), quiet);
      EXPECT_EQ(PeerOfString(isolate->handles(), string.Get(quiet), quiet), nullptr);
    }
    EXPECT_EQ(UnitsOf(string), u"");
    EXPECT_EQ((isolate->heap().external_new() + isolate->heap().external_old()).value(), 0u);
    isolate.Collect(GcKind::kMajor);
    EXPECT_EQ(isolate.Verify(), "");
  }
  EXPECT_EQ(memory.returned, 0);
}

TEST(ExternalStringsTest, WithoutFinalizerNobodyIsCalled) FART_MAY_COLLECT {
  Memory memory;
  static constexpr std::uint8_t kUnits[] = {'a'};
  TestIsolate isolate;
  {
    LocalScope scope(isolate->handles().locals);
    isolate.Keep(NewExternalString(*isolate, std::span(kUnits), {&memory, nullptr}));
  }
  isolate.Collect(GcKind::kMajor);
  isolate->RunAllCallbacks();
  EXPECT_EQ(isolate->handles().weaks.live(HandleKind::kExternal), 0u);
  EXPECT_EQ(memory.returned, 0);
}

}  // namespace
}  // namespace fart

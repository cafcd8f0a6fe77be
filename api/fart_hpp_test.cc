// The C++ layer, on an isolate with a language; what it leaves behind is counted by the C
// interface.

#include "fart.hpp"

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

class CppTest : public LanguageTest {
 protected:
  std::uint64_t LivePersistents() { return HandleStatistics().persistent_live; }
  std::uint64_t LiveWeaks() { return HandleStatistics().weak_live; }
};

// ---- Results

TEST_F(CppTest, AResultIsAValueOrTheError_AP1) {
  const Result<Local> good = Check(Fart_NewInteger(7));
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(To<int>(good.value()).value(), 7);
  const Result<Local> bad = Check(Fart_NewList(-1));
  ASSERT_FALSE(bad.ok());
  EXPECT_THAT(bad.error().message(), ::testing::HasSubstr("Fart_NewList"));
  EXPECT_FALSE(bad.error().is_exception());
  EXPECT_EQ(Result<int>(Error::Of("none")).value_or(3), 3);
  EXPECT_DEATH(Result<int>(Error::Of("nothing here")).value(), "nothing here");
  EXPECT_DEATH(Result<void>(Error::Of("nothing done")).value(), "nothing done");
  EXPECT_DEATH(Result<int>(42).error(), "error.. of a result that is no error");
  EXPECT_DEATH(Result<void>().error(), "error.. of a result that is no error");
}

Result<int> Sum(Local list) {
  FART_TRY(std::vector<int> numbers, To<std::vector<int>>(list));
  int sum = 0;
  for (const int number : numbers) sum += number;
  return sum;
}

TEST_F(CppTest, TryHandsTheErrorOn) {
  EXPECT_EQ(Sum(fart::Make(std::vector<int>{1, 2, 3}).value()).value(), 6);
  const Result<int> failed = Sum(fart::Make("text").value());
  ASSERT_FALSE(failed.ok());
  EXPECT_THAT(failed.error().message(), ::testing::HasSubstr("the List interface"));
}

// What a host's own macro expands to is on one line.
#define FART_TEST_TAKE_BOTH(a, b, first, second) \
  FART_TRY(const int a, first);                  \
  FART_TRY(const int b, second)

TEST_F(CppTest, SeveralTriesMayStandOnOneLine) {
  const auto difference = [](const Result<int>& first, const Result<int>& second) -> Result<int> {
    FART_TEST_TAKE_BOTH(a, b, first, second);
    return a - b;
  };
  EXPECT_EQ(difference(5, 3).value(), 2);
  EXPECT_EQ(difference(5, Error::Of("the second")).error().message(), "the second");
}

TEST_F(CppTest, AnErrorOutlivesTheScopeItWasMadeIn) {
  const std::uint64_t before = LivePersistents();
  {
    const auto fail = []() -> Result<int> {
      Scope scope;
      FART_TRY_DO(CheckDone(Fart_True()));
      FART_TRY_DO(CheckDone(Fart_NewList(-1)));
      return 1;
    };
    const Result<int> failed = fail();
    Collect();
    EXPECT_THAT(failed.error().message(), ::testing::HasSubstr("Fart_NewList"));
  }
  EXPECT_EQ(LivePersistents(), before);
  Fart_ExitIsolate();
  EXPECT_THAT(Check(Fart_NewInteger(1)).error().message(), ::testing::HasSubstr("isolate"));
  Fart_EnterIsolate(isolate_);
}

// ---- Conversions

TEST_F(CppTest, ValuesGoInAndOut) {
  EXPECT_EQ(To<std::int64_t>(fart::Make(INT64_MIN).value()).value(), INT64_MIN);
  EXPECT_EQ(To<std::uint8_t>(fart::Make(255).value()).value(), 255);
  EXPECT_EQ(To<double>(fart::Make(0.5).value()).value(), 0.5);
  EXPECT_EQ(To<double>(fart::Make(-3).value()).value(), -3.0);
  EXPECT_TRUE(To<bool>(fart::Make(true).value()).value());
  EXPECT_TRUE(fart::Make(nullptr).value().is_null());
  const std::string text("with \0 inside", 13);
  EXPECT_EQ(To<std::string>(fart::Make(text).value()).value(), text);
  const std::vector<std::string> names = {"a", "", "b"};
  EXPECT_EQ(To<std::vector<std::string>>(fart::Make(names).value()).value(), names);
}

TEST_F(CppTest, AValueThatDoesNotFitIsAnError) {
  EXPECT_FALSE(To<std::uint8_t>(fart::Make(256).value()).ok());
  EXPECT_FALSE(To<std::int32_t>(fart::Make(std::int64_t{1} << 31).value()).ok());
  EXPECT_FALSE(To<unsigned>(fart::Make(-1).value()).ok());
  EXPECT_FALSE(To<double>(fart::Make("1").value()).ok());
  EXPECT_FALSE(To<double>(Local(Fart_NewIntegerFromHexCString("0x10000000000000000"))).ok());
  EXPECT_FALSE(To<bool>(Local()).ok());
  EXPECT_FALSE(fart::Make(std::string("\xFF")).ok());
  EXPECT_FALSE(fart::Make(std::vector<std::string>{"a", "\xFF"}).ok());
}

TEST_F(CppTest, MakingAListLeavesNoHandlesOfItsElements) {
  const std::uint64_t before = HandleStatistics().local_live;
  const Result<Local> list = fart::Make(std::vector<int>(1000, 5));
  ASSERT_TRUE(list.ok());
  EXPECT_LE(HandleStatistics().local_live, before + 2);
}

// ---- Scopes

TEST_F(CppTest, AScopeCarriesSeveralOut) {
  const auto both = [] {
    Scope scope;
    return scope.Close(std::array{fart::Make("first").value(), fart::Make(2).value()});
  }();
  ASSERT_TRUE(both.ok());
  EXPECT_EQ(fart::To<std::string>(both.value()[0]).value(), "first");
  EXPECT_EQ(fart::To<std::int64_t>(both.value()[1]).value(), 2);
}

TEST_F(CppTest, AVariableIsGivenOneObjectAfterAnother) {
  fart::Variable last = fart::Variable::Make().value();
  EXPECT_TRUE(Local(last).is_null());
  for (int i = 0; i < 10; ++i) {
    Scope scope;
    last = fart::Make("text " + std::to_string(i)).value();
  }
  const Local same = last;
  EXPECT_EQ(fart::To<std::string>(same).value(), "text 9");
  last = Local();
  EXPECT_TRUE(same.is_null());
}

TEST_F(CppTest, AScopeEndsItsHandlesAndCarriesOneOut) {
  const std::uint64_t before = HandleStatistics().local_live;
  {
    Scope scope;
    for (int i = 0; i < 100; ++i) static_cast<void>(fart::Make(i));
  }
  EXPECT_EQ(HandleStatistics().local_live, before);
  const auto concat = [] {
    Scope scope;
    return scope.Close(fart::Make("carried").value());
  };
  const Result<Local> carried = concat();
  EXPECT_EQ(To<std::string>(carried.value()).value(), "carried");
  EXPECT_EQ(HandleStatistics().local_live, before + 1);
}

// ---- Handles that last

TEST_F(CppTest, APersistentFollowsItsObjectAndEndsWithItself) {
  const std::uint64_t before = LivePersistents();
  {
    Persistent kept;
    EXPECT_TRUE(kept.is_empty());
    {
      Scope scope;
      kept = Persistent(fart::Make("kept").value());
    }
    Collect();
    EXPECT_EQ(To<std::string>(kept.Load().value()).value(), "kept");
    Persistent moved = std::move(kept);
    EXPECT_EQ(LivePersistents(), before + 1);
    EXPECT_EQ(To<std::string>(Local(moved.get())).value(), "kept");
    moved = Persistent(fart::Make("other").value());
    EXPECT_EQ(LivePersistents(), before + 1);
  }
  EXPECT_EQ(LivePersistents(), before);
}

// Kinds and places of the handles that last.
std::string PlacesOfHandles() {
  std::string places;
  const auto add = [](const Fart_HandleInfo* info, void* text) {
    if (info->scope != 0) return;
    *static_cast<std::string*>(text) += std::string(info->kind) + " " + info->place + "\n";
  };
  EXPECT_FALSE(Fart_IsError(Fart_VisitHandles(add, &places)));
  return places;
}

TEST_F(CppTest, WhatLastsKnowsTheLineThatMadeIt) {
  const Local object = fart::Make("kept").value();
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  const int line = __LINE__;
  const Persistent kept(object);
  const Weak weak(object);
  const Weak watched(object, [] {});
  EXPECT_TRUE(Attach(object, std::make_unique<int>(1)).ok());
  const Error error(Fart_NewApiError("out of paper"));
  const Error text = Error::Of("out of ink");
  const Result<Local> result = fart::Check(Fart_ListGetAt(object.get(), 7));
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=false"));
  const std::string places = PlacesOfHandles();
  const auto has = [&](const std::string& kind, int after) {
    // The name of the file may be a path.
    const std::string place = "fart_hpp_test.cc:" + std::to_string(line + after) + "\n";
    const std::size_t at = places.find(place);
    return at != std::string::npos &&
           places.compare(places.rfind('\n', at) + 1, kind.size(), kind) == 0;
  };
  EXPECT_TRUE(has("persistent handle", 1)) << places;
  EXPECT_TRUE(has("weak handle", 2)) << places;
  EXPECT_TRUE(has("weak handle", 3)) << places;
  EXPECT_TRUE(has("finalizable handle", 4)) << places;
  for (int after = 5; after <= 7; ++after) EXPECT_TRUE(has("persistent handle", after)) << places;
}
TEST_F(CppTest, APersistentDestroyedElsewhereEndsAtTheNextTurn_AP3) {
  const std::uint64_t before = LivePersistents();
  const std::uint64_t misuses = Fart_MisuseCount();
  auto kept = std::make_unique<Persistent>(fart::Make("kept").value());
  std::thread([&kept] { kept.reset(); }).join();
  EXPECT_EQ(LivePersistents(), before + 1);
  { Scope turn; }
  EXPECT_EQ(LivePersistents(), before);
  kept = std::make_unique<Persistent>(fart::Make("kept").value());
  Fart_ExitIsolate();
  kept.reset();
  {
    Entered inside(isolate_);
    ASSERT_TRUE(inside.ok());
    EXPECT_EQ(LivePersistents(), before);
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_MisuseCount(), misuses);
}

TEST_F(CppTest, EnteringWhereTheThreadIsAlreadyLeavesItInside) {
  const std::uint64_t misuses = Fart_MisuseCount();
  {
    const Entered again(isolate_);
    EXPECT_FALSE(again.ok());
    EXPECT_EQ(Fart_MisuseCount(), misuses + 1);
  }
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
}

TEST_F(CppTest, AWeakReadsAsNullWhenItsObjectIsDead) {
  int dead = 0;
  Weak weak;
  Weak deleted;
  {
    Scope scope;
    const Local object = fart::Make("short").value();
    weak = Weak(object, [&dead] { ++dead; });
    deleted = Weak(object, [&dead] { dead += 100; });
    EXPECT_EQ(weak.Load().value(), object);
    deleted.Reset();
  }
  EXPECT_EQ(LiveWeaks(), 1u);
  Collect();
  EXPECT_TRUE(weak.Load().value().is_null());
  EXPECT_EQ(dead, 1);
  weak.Reset();
  EXPECT_EQ(dead, 1);
  EXPECT_EQ(LiveWeaks(), 0u);
  EXPECT_TRUE(Weak(fart::Make(1).value()).is_empty()) << "a small integer has no identity";
}

TEST_F(CppTest, AWeakDestroyedElsewhereNeverCalls_AP3) {
  int dead = 0;
  {
    Scope scope;
    auto weak = std::make_unique<Weak>(fart::Make("short").value(), [&dead] { ++dead; });
    std::thread([&weak] { weak.reset(); }).join();
  }
  { Scope turn; }
  Collect();
  EXPECT_EQ(dead, 0);
  EXPECT_EQ(LiveWeaks(), 0u);
}

TEST_F(CppTest, AWeakThatTellsNobodyMayBeDestroyedAnywhere_AP3) {
  const std::uint64_t misuses = Fart_MisuseCount();
  const std::size_t waiting = embedding::detail::PendingEnds::Get().count();
  const Local object = fart::Make("watched").value();
  auto weak = std::make_unique<Weak>(object);
  std::thread([&weak] { weak.reset(); }).join();
  EXPECT_EQ(LiveWeaks(), 1u);
  { Scope turn; }
  EXPECT_EQ(LiveWeaks(), 0u);
  // Inside of another isolate; and the next handle is a turn, too.
  weak = std::make_unique<Weak>(object);
  Fart_ExitIsolate();
  auto of_other = std::make_unique<Weak>();
  {
    Isolate other(Fart_CreateHeapIsolate(nullptr, nullptr));
    ASSERT_TRUE(other.ok());
    Scope scope;
    weak.reset();
    EXPECT_EQ(LiveWeaks(), 0u) << "of the other";
    *of_other = Weak(fart::Make("other").value());
    EXPECT_EQ(LiveWeaks(), 1u);
  }
  // Of an isolate that has ended.
  of_other.reset();
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(LiveWeaks(), 1u);
  const Weak next(object);
  EXPECT_EQ(LiveWeaks(), 1u) << "the one before has ended";
  EXPECT_EQ(embedding::detail::PendingEnds::Get().count(), waiting);
  EXPECT_EQ(Fart_MisuseCount(), misuses);
}

TEST_F(CppTest, ADeadWeakMayBeDestroyedLongAfterItsIsolate) {
  int dead = 0;
  Weak weak;
  Persistent kept;
  Fart_ExitIsolate();
  const std::uint64_t misuses = Fart_MisuseCount();
  {
    Isolate other(Fart_CreateHeapIsolate(nullptr, nullptr));
    ASSERT_TRUE(other.ok());
    Scope scope;
    weak = Weak(fart::Make("short").value(), [&dead] { ++dead; });
    kept = Persistent(fart::Make("kept").value());
  }
  EXPECT_EQ(dead, 1) << "at shutdown";
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  const std::size_t waiting = embedding::detail::PendingEnds::Get().count();
  weak.Reset();
  kept.Reset();
  EXPECT_EQ(embedding::detail::PendingEnds::Get().count(), waiting)
      << "for a turn that never comes";
  EXPECT_EQ(dead, 1);
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_MisuseCount(), misuses);
}

struct Counted {
  explicit Counted(int* count) : count(count) {}
  ~Counted() { ++*count; }
  int* count;
};

TEST_F(CppTest, AnAttachedObjectDiesAfterItsFartObject) {
  int deleted = 0;
  {
    Scope scope;
    ASSERT_TRUE(Attach(fart::Make("host").value(), std::make_unique<Counted>(&deleted), 1000).ok());
    Collect();
    EXPECT_EQ(deleted, 0);
  }
  Collect();
  EXPECT_EQ(deleted, 1);
  EXPECT_FALSE(Attach(fart::Make(1).value(), std::make_unique<Counted>(&deleted)).ok());
  EXPECT_EQ(deleted, 2) << "refused, so deleted at once";
}

// ---- Calls, both ways

int destroyed = 0;

Result<std::int64_t> Half(std::int64_t number) {
  const Counted local(&destroyed);
  if (number % 2 != 0) return Error::Of(std::to_string(number) + " is odd");
  return number / 2;
}
std::uint64_t Before(std::uint64_t number) { return number - 1; }
std::string Twice(std::string text) { return text + text; }
void Nothing() {}
Result<Local> First(Arguments arguments) { return arguments[0]; }
Result<Local> Last(Arguments arguments) { return arguments[arguments.size() - 1]; }
Result<void> Refuse() {
  const Counted local(&destroyed);
  return Error(Fart_NewUnhandledExceptionError(fart::Make("refused").value().get()));
}

std::int64_t Total(std::vector<std::int64_t> numbers) {
  std::int64_t total = 0;
  for (const std::int64_t number : numbers) total += number;
  return total;
}
int Escape(int kind) {
  const Counted local(&destroyed);
  if (kind == 0) throw std::runtime_error("out of C++");
  if (kind == 1) throw 42;
  static_cast<void>(Fart_ThrowException(fart::Make("thrown").value().get()));
  return 0;
}
Result<void> Typed(std::string type) {
  if (type == "range") return Error::Range(7, 0, 5, "count");
  if (type == "state") return Error::State("not open");
  if (type == "unsupported") return Error::Unsupported("no sound");
  if (type == "format") return Error::Format("no date");
  if (type == "argument") return Error::Argument(fart::Make(-1).value(), "size", "Must be big");
  return Error::Thrown(fart::Make(type).value());
}

constexpr NativeEntry kEntries[] = {{"Half", Native<Half>, "number"}, {"Total", Native<Total>},
                                    {"Escape", Native<Escape>},       {"Typed", Native<Typed>},
                                    {"Twice", Native<Twice>},         {"Nothing", Native<Nothing>},
                                    {"Before", Native<Before>},       {"First", Native<First>},
                                    {"Refuse", Native<Refuse>},       {"Last", Native<Last>}};

class NativesTest : public CppTest {
 protected:
  void SetUp() override {
    CppTest::SetUp();
    Load(R"(
      half(x) native "Half";
      twice(x) native "Twice";
      before(x) native "Before";
      beforeOf(x) => guard(() => before(x));
      nothing() native "Nothing";
      first(a, b) native "First";
      refuse() native "Refuse";
      unknown() native "Unknown";
      total(list) native "Total";
      escape(kind) native "Escape";
      typed(type) native "Typed";
      nameOf(e) => e is RangeError ? "RangeError" : e is ArgumentError ? "ArgumentError" :
          e is StateError ? "StateError" : e is UnsupportedError ? "UnsupportedError" :
          e is FormatException ? "FormatException" : e is Exception ? "Exception" : "other";
      guard(f) { try { f(); } catch (e) { return "${nameOf(e)}: $e"; } return "nothing"; }
      halfOf(x) => guard(() => half(x));
      totalOf(x) => guard(() => total(x));
      twiceOf(x) => guard(() => twice(x));
      escapeOf(x) => guard(() => escape(x));
      typedOf(x) => guard(() => typed(x));
      caught() { try { refuse(); } catch (e) { return "caught $e"; } }
      add(a, b) => a + b;
      optional(a, [b = "b"]) native "Last";
      named({x: 1, y}) native "First";
      class Base<T> { T of([T value, more = const [7]]) native "Last"; }
      show() {
        var text = new StringBuffer();
        print(x) => text.write("$x ");
        print(optional(1));
        print(optional(1, 2));
        print(optional(1, null));
        print(named());
        print(named(y: 3));
        print(named(y: 3, x: 4));
        print(new Base<int>().of());
        print(new Base<int>().of(1, 2));
        print([1, 2].map(optional).toList());
        print(Function.apply(named, [], {#x: 9}));
        return text.toString();
      }
    )");
    ASSERT_TRUE(Fart_IsNull(SetNatives<kEntries>(library_)));
    destroyed = 0;
  }
};

TEST_F(NativesTest, ArgumentsAndResultsAreConverted) {
  const Local library(library_);
  EXPECT_EQ(To<int>(Invoke(library, "half", 84).value()).value(), 42);
  EXPECT_EQ(To<std::string>(Invoke(library, "twice", "ab").value()).value(), "abab");
  const std::uint64_t most = ~std::uint64_t{0};
  EXPECT_EQ(To<std::uint64_t>(Invoke(library, "before", most).value()).value(), most - 1);
  EXPECT_EQ(
      To<std::string>(Invoke(library, "beforeOf", -1).value()).value(),
      "ArgumentError: Invalid argument (argument 0 of Before): Must be an int, not negative, of 64 "
      "bits: -1");
  EXPECT_TRUE(Invoke(library, "nothing").value().is_null());
  EXPECT_TRUE(To<bool>(Invoke(library, "first", true, nullptr).value()).value());
  EXPECT_EQ(To<double>(Invoke(library, "add", 1, 0.5).value()).value(), 1.5);
}

TEST_F(NativesTest, WhatIsLeftOutHasItsDefault) {
  EXPECT_EQ(To<std::string>(Invoke(Local(library_), "show").value()).value(),
            "b 2 null 1 1 4 [7] 2 [b, b] 9 ");
}

TEST_F(NativesTest, AnErrorCrossesWhenLocalsAreDestroyed_AP2) {
  const Local library(library_);
  const Result<Local> odd = Invoke(library, "half", 3);
  ASSERT_FALSE(odd.ok());
  EXPECT_TRUE(odd.error().is_exception());
  EXPECT_THAT(odd.error().message(), ::testing::HasSubstr("3 is odd"));
  EXPECT_EQ(destroyed, 1);
  EXPECT_EQ(To<std::string>(Invoke(library, "caught").value()).value(), "caught refused");
  EXPECT_EQ(destroyed, 2);
  const Result<Local> exception = Invoke(library, "refuse");
  ASSERT_FALSE(exception.ok());
  ASSERT_TRUE(exception.error().is_exception());
  EXPECT_EQ(To<std::string>(exception.error().exception()).value(), "refused");
}

TEST_F(NativesTest, WhatGoesWrongCanBeCaught) {
  const Local library(library_);
  const auto call = [&](const char* name, const auto& argument) {
    return To<std::string>(Invoke(library, name, argument).value()).value();
  };
  EXPECT_EQ(call("halfOf", 4), "nothing");
  EXPECT_EQ(
      call("halfOf", "text"),
      "ArgumentError: Invalid argument (number of Half): Must be an int of 64 bits: \"text\"");
  EXPECT_EQ(call("halfOf", nullptr),
            "ArgumentError: Invalid argument (number of Half): Must be an int of 64 bits: null");
  EXPECT_EQ(call("twiceOf", 1),
            "ArgumentError: Invalid argument (argument 0 of Twice): Must be a String: 1");
  EXPECT_THAT(
      call("totalOf", std::vector<std::string>{"a"}),
      ::testing::StartsWith("ArgumentError: Invalid argument (argument 0 of Total): Must be "
                            "a List, each element an int of 64 bits: "));
  EXPECT_EQ(call("totalOf", std::vector<int>{1, 2}), "nothing");
  EXPECT_EQ(destroyed, 1) << "the body of Half ran once";
  EXPECT_EQ(call("halfOf", 3), "Exception: Exception: Half: 3 is odd");
  EXPECT_EQ(call("escapeOf", 0), "Exception: Exception: Escape: a C++ exception: out of C++");
  EXPECT_THAT(call("escapeOf", 1), ::testing::StartsWith("Exception: Exception: Escape: a C++ "));
  EXPECT_EQ(call("escapeOf", 2), "other: thrown");
  EXPECT_EQ(destroyed, 5);
}

TEST_F(NativesTest, ErrorsHaveTheTypesThatTheyWereGiven) {
  const auto call = [&](const char* type) {
    return To<std::string>(Invoke(Local(library_), "typedOf", type).value()).value();
  };
  EXPECT_EQ(call("range"),
            "RangeError: RangeError (count): Invalid value: Not in range 0..5, "
            "inclusive: 7");
  EXPECT_EQ(call("state"), "StateError: Bad state: not open");
  EXPECT_EQ(call("unsupported"), "UnsupportedError: Unsupported operation: no sound");
  EXPECT_EQ(call("format"), "FormatException: FormatException: no date");
  EXPECT_EQ(call("argument"), "ArgumentError: Invalid argument (size): Must be big: -1");
  EXPECT_EQ(call("mine"), "other: mine");
}

TEST_F(NativesTest, AnArgumentOfTheWrongTypeNeverReachesTheBody) {
  const Result<Local> wrong = Invoke(Local(library_), "half", "text");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(destroyed, 0);
  EXPECT_FALSE(Invoke(Local(library_), "unknown").ok());
  EXPECT_FALSE(Invoke(Local(library_), "twice", std::string("\xFF")).ok());
}

}  // namespace
}  // namespace fart::api

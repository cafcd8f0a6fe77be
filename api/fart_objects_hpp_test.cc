// What C++ has of objects: shapes, objects behind objects, typed data, and native functions made of
// methods and lambdas. Compiled as C++17, and as C++20 for spans.

#include "fart_objects.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CppObjectsTest : public LanguageTest {
 protected:
  std::string Call(const char* name) {
    const Result<Local> text = Invoke(Local(library_), name);
    return text.ok() ? To<std::string>(text.value()).value_or("no text") : text.error().message();
  }
};

// ---- Conversions

TEST_F(CppObjectsTest, LargeUnsignedNumbersGoInAndOut) {
  EXPECT_EQ(To<std::uint64_t>(fart::Make(UINT64_MAX).value()).value(), UINT64_MAX);
  EXPECT_EQ(To<std::uint64_t>(fart::Make(7).value()).value(), 7u);
  EXPECT_FALSE(To<std::uint64_t>(fart::Make(-1).value()).ok());
  EXPECT_FALSE(To<std::int64_t>(fart::Make(UINT64_MAX).value()).ok());
}

TEST_F(CppObjectsTest, AnOptionalIsNullOrItsValue) {
  EXPECT_TRUE(fart::Make(std::optional<int>()).value().is_null());
  EXPECT_EQ(To<int>(fart::Make(std::optional<int>(7)).value()).value(), 7);
  EXPECT_EQ(To<std::optional<int>>(Local()).value(), std::nullopt);
  EXPECT_EQ(To<std::optional<int>>(fart::Make(7).value()).value(), 7);
  EXPECT_FALSE(To<std::optional<int>>(fart::Make("7").value()).ok());
}

TEST_F(CppObjectsTest, AStringViewIsGoodAsLongAsTheScope) {
  Scope scope;
  const std::string_view text = To<std::string_view>(fart::Make("kept").value()).value();
  Collect();
  EXPECT_EQ(text, "kept");
}

// ---- Shapes

struct Weight {
  double grams;
  std::int32_t pieces;
};

TEST_F(CppObjectsTest, ObjectsOfAShapeHaveReferencesAndBytes) {
  ShapeParts parts;
  parts.references = 2;
  parts.weak_references = 1;
  const Shape<Weight> shape = Shape<Weight>::Register("Parcel", parts).value();
  const Object<Weight> parcel = shape.New({12.5, 3}).value();
  {
    Scope scope;
    const Local text = fart::Make("inside").value();
    EXPECT_TRUE(parcel.Set(1, text).ok());
    EXPECT_TRUE(parcel.SetWeak(0, fart::Make("short").value()).ok());
  }
  Collect();
  EXPECT_EQ(parcel.Read().value().grams, 12.5);
  EXPECT_EQ(parcel.Read().value().pieces, 3);
  EXPECT_TRUE(parcel.Write({1.5, 4}).ok());
  EXPECT_EQ(parcel.Read().value().grams, 1.5);
  EXPECT_EQ(To<std::string>(parcel.Get(1).value()).value(), "inside");
  EXPECT_TRUE(parcel.Get(0).value().is_null());
  EXPECT_TRUE(parcel.GetWeak(0).value().is_null());
  EXPECT_FALSE(parcel.Get(2).ok());
  EXPECT_TRUE(shape.Has(parcel));
  EXPECT_EQ(shape.Cast(parcel).value().Read().value().pieces, 4);
  EXPECT_FALSE(shape.Cast(fart::Make("text").value()).ok());
  EXPECT_FALSE(Object<Weight>(fart::Make("text").value()).Read().ok());
}

TEST_F(CppObjectsTest, AShapeMayVaryInItsReferencesOrItsBytes) {
  ShapeParts parts;
  parts.variable_part = Fart_VariablePart_kReferences;
  const Shape<> row = Shape<>::Register("Row", parts).value();
  const Object<> three = row.New({}, 3).value();
  EXPECT_EQ(three.Length().value(), 3);
  EXPECT_TRUE(three.Set(2, three).ok());
  EXPECT_FALSE(three.Set(3, three).ok());
  parts.variable_part = Fart_VariablePart_kBytes;
  const Shape<Weight> text = Shape<Weight>::Register("Text", parts).value();
  EXPECT_EQ(text.New({2.5, 1}, 100).value().Length().value(), 100);
  EXPECT_FALSE(Shape<>::Register("").ok());
}

// ---- Objects behind objects

int deleted = 0;

class Counter {
 public:
  explicit Counter(std::int64_t count) : count_(count) {}
  ~Counter() { ++deleted; }
  std::int64_t Add(std::int64_t more) { return count_ += more; }
  [[nodiscard]] std::int64_t Count() const { return count_; }
  Result<void> Refuse(const std::string& why) { return Error::State(why); }

 private:
  std::int64_t count_;
};
struct Other {
  [[nodiscard]] int Value() const { return 1; }
};

Result<void> NewCounter(Local object, std::int64_t first) {
  return Wrap(object, std::make_unique<Counter>(first));
}
std::optional<std::int64_t> HalfOf(std::optional<std::int64_t> number) {
  if (!number.has_value()) return std::nullopt;
  return *number / 2;
}
std::uint64_t LengthOf(std::string_view text) { return text.size(); }
Result<void> Refuse(std::string_view kind) {
  if (kind == "mine") return ThrowAs(Local(Fart_RootLibrary()), "OrderError", 7, "late");
  if (kind == "core") return ThrowAs("StateError", "not open");
  if (kind == "bad") return ThrowAs("StateError", "\xff");
  return ThrowAs(Local(Fart_RootLibrary()), "Nowhere");
}
constexpr auto kTwice = [](std::int64_t number) { return 2 * number; };
#if defined(__cpp_lib_span)
double Sum(std::span<const double> numbers) {
  double sum = 0;
  for (const double number : numbers) sum += number;
  return sum;
}
#endif

constexpr NativeEntry kEntries[] = {
    {"Counter_new", Native<NewCounter>},
    {"Counter_add", Native<&Counter::Add>, "this, more"},
    {"Counter_count", Native<&Counter::Count>},
    {"Counter_refuse", Native<&Counter::Refuse>},
    {"Other_value", Native<&Other::Value>},
    {"HalfOf", Native<HalfOf>},
    {"LengthOf", Native<LengthOf>},
    {"Refuse", Native<Refuse>},
    {"Twice", Native<+kTwice>},
#if defined(__cpp_lib_span)
    {"Sum", Native<Sum>},
    {"Thrice", Native<[](std::int64_t number) { return 3 * number; }>},
#endif
};

class CppNativesTest : public CppObjectsTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    Load(R"(
      import 'dart:nativewrappers';
      import 'dart:typed_data';
      class Counter extends NativeFieldWrapperClass1 {
        Counter(first) { _init(first); }
        Counter.empty();
        _init(first) native "Counter_new";
        add(more) native "Counter_add";
        count() native "Counter_count";
        refuse(why) native "Counter_refuse";
        other() native "Other_value";
      }
      class OrderError {
        final number, why;
        OrderError(this.number, this.why);
        toString() => "order $number: $why";
      }
      halfOf(x) native "HalfOf";
      lengthOf(x) native "LengthOf";
      refuse(kind) native "Refuse";
      twice(x) native "Twice";
      sum(x) native "Sum";
      thrice(x) native "Thrice";
      guard(f) { try { return "${f()}"; } catch (e) { return "$e"; } }
      counted() { var c = Counter(5); c.add(2); return guard(() => c.add(3)) + " " + guard(() => c.count()); }
      wrong() => guard(() => Counter(1).add("x"));
      empty() => guard(() => Counter.empty().add(1));
      otherType() => guard(() => Counter(1).other());
      refused() => guard(() => Counter(1).refuse("closed"));
      again() { var c = Counter(1); return guard(() => c._init(2)); }
      nulls() => "${halfOf(8)} ${halfOf(null)} ${lengthOf('text')} ${twice(21)}";
      notNull() => guard(() => halfOf("x"));
      mine() { try { refuse("mine"); } on OrderError catch (e) { return "$e"; } }
      bad() { try { refuse("bad"); } catch (e) { return "$e"; } }
      core() { try { refuse("core"); } on StateError catch (e) { return "$e"; } }
      nowhere() => guard(() => refuse("nowhere"));
      sums() => guard(() => "${sum(Float64List.fromList([0.5, 1.5]))} ${thrice(14)}");
      sumOf() => guard(() => sum(Float32List(2)));
    )");
    ASSERT_TRUE(Fart_IsNull(SetNatives<kEntries>(library_)));
    deleted = 0;
  }
};

TEST_F(CppNativesTest, AMethodIsCalledOnTheObjectBehindItsReceiver) {
  {
    Scope scope;
    EXPECT_EQ(Call("counted"), "10 10");
  }
  EXPECT_EQ(deleted, 0);
  Collect();
  EXPECT_EQ(deleted, 1);
}

TEST_F(CppNativesTest, AMethodThatCannotBeCalledIsAnError) {
  EXPECT_THAT(Call("wrong"), HasSubstr("(more of Counter_add): Must be an int of 64 bits"));
  EXPECT_THAT(Call("empty"), HasSubstr("no C++ object yet"));
  EXPECT_THAT(Call("otherType"), HasSubstr("C++ object of another type"));
  EXPECT_THAT(Call("refused"), HasSubstr("Bad state: closed"));
  EXPECT_THAT(Call("again"), HasSubstr("a C++ object already"));
}

TEST_F(CppNativesTest, UnwrapFindsWhatWrapHasPut) {
  const Local counter = Invoke(Local(library_), "counted").value();
  EXPECT_FALSE(Unwrap<Counter>(counter).ok()) << "a text";
  const Local made = Check(Fart_New(Fart_GetType(library_, Str("Counter"), 0, nullptr), Fart_Null(),
                                    1, std::array{Fart_NewInteger(9)}.data()))
                         .value();
  EXPECT_EQ(Unwrap<Counter>(made).value()->Count(), 9);
  EXPECT_FALSE(Unwrap<Other>(made).ok());
}

TEST_F(CppNativesTest, ParametersMayBeOptionalAndViewsAndBodiesLambdas) {
  EXPECT_EQ(Call("nulls"), "4 null 4 42");
  EXPECT_THAT(Call("notNull"), HasSubstr("Must be an int of 64 bits or null"));
}

TEST_F(CppNativesTest, ErrorsMayBeOfAClassOfTheProgram) {
  EXPECT_EQ(Call("mine"), "order 7: late");
  EXPECT_THAT(Call("bad"), HasSubstr("UTF-8")) << "what it was to be told is no value";
  EXPECT_EQ(Call("core"), "Bad state: not open");
  EXPECT_THAT(Call("nowhere"), HasSubstr("Nowhere"));
}

#if defined(__cpp_lib_span)
TEST_F(CppNativesTest, SpansAreTypedData) {
  EXPECT_EQ(Call("sums"), "2.0 42");
  EXPECT_THAT(Call("sumOf"), HasSubstr("another element type"));
  const std::vector<std::int16_t> numbers = {1, -2, 3};
  const Local made = fart::Make(std::span<const std::int16_t>(numbers)).value();
  EXPECT_EQ(Fart_GetTypeOfTypedData(made.get()), Fart_TypedData_kInt16);
  const auto back = To<std::span<const std::int16_t>>(made).value();
  EXPECT_THAT(std::vector<int>(back.begin(), back.end()), ElementsAre(1, -2, 3));
}
#endif

// ---- Typed data

TEST_F(CppObjectsTest, AcquiredElementsStayWhereTheyAre) {
  const Local made = NewTypedData<double>(4).value();
  {
    const Acquired<double> elements = Acquired<double>::Of(made).value();
    ASSERT_EQ(elements.size(), 4u);
    elements[3] = 0.5;
    Collect();
    EXPECT_EQ(elements[3], 0.5);
    EXPECT_EQ(elements[0], 0.0);
  }
  EXPECT_EQ(To<double>(Check(Fart_ListGetAt(made.get(), 3)).value()).value(), 0.5);
  EXPECT_FALSE(Acquired<float>::Of(made).ok());
  EXPECT_FALSE(Acquired<double>::Of(fart::Make("text").value()).ok());
}

TEST_F(CppObjectsTest, TypedDataIsMadeOfElementsOrKeepsThem) {
  const std::array<std::uint8_t, 3> bytes = {1, 2, 255};
  const Local copied = NewTypedData(bytes.data(), bytes.size()).value();
  const Acquired<std::uint8_t> elements = Acquired<std::uint8_t>::Of(copied).value();
  EXPECT_THAT(std::vector<int>(elements.begin(), elements.end()), ElementsAre(1, 2, 255));
  std::vector<std::int64_t> numbers = {7, 8};
  const std::int64_t* const place = numbers.data();
  const Local kept = NewExternalTypedData(std::move(numbers)).value();
  EXPECT_EQ(Acquired<std::int64_t>::Of(kept).value().data(), place);
  EXPECT_EQ(Fart_GetTypeOfExternalTypedData(kept.get()), Fart_TypedData_kInt64);
  EXPECT_TRUE(NewExternalTypedData(std::vector<float>()).ok());
}

// ---- Entering

TEST_F(CppObjectsTest, AThreadMayTryToEnterOrWait) {
  const std::uint64_t misuses = Fart_MisuseCount();
  std::thread([this] {
    EXPECT_FALSE(Entered::IfFree(isolate_));
    EXPECT_FALSE(Entered::WhenFree(isolate_, std::chrono::milliseconds(1)));
  }).join();
  Fart_ExitIsolate();
  std::thread([this] {
    const Entered inside = Entered::WhenFree(isolate_);
    EXPECT_TRUE(inside.ok());
    EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  }).join();
  {
    const Entered inside = Entered::IfFree(isolate_);
    EXPECT_TRUE(inside);
  }
  EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_MisuseCount(), misuses);
}

}  // namespace
}  // namespace fart::api

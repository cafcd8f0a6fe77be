// Typed data and other lists through the functions of lists, and typed data that a program makes.

#include <cstring>

#include "api/testing/acquired_data.h"
#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

constexpr const char* kNotAList = "Object does not implement the List interface";
constexpr const char* kBadRange = "Invalid offset/length passed in to access list elements";
constexpr const char* kNoElements =
    "Elements of a Float32x4List are no objects: use Fart_TypedDataAcquireData";

double DoubleOf(Fart_Handle number) {
  double value = -1;
  ExpectSuccess(Fart_DoubleValue(number, &value));
  return value;
}

class DataAsListsTest : public ApiTest {};

// ---- As lists

TEST_F(DataAsListsTest, ElementsAreReadAndStored) {
  const Fart_Handle ints = Fart_NewTypedData(Fart_TypedData_kInt16, 3);
  ExpectSuccess(Fart_ListSetAt(ints, 1, Fart_NewInteger(0x12345)));
  EXPECT_EQ(IntOf(Fart_ListGetAt(ints, 1)), 0x2345);
  const Fart_Handle doubles = Fart_NewTypedData(Fart_TypedData_kFloat64, 2);
  ExpectSuccess(Fart_ListSetAt(doubles, 0, Fart_NewDouble(0.5)));
  ExpectSuccess(Fart_ListSetAt(doubles, 1, Fart_NewInteger(3)));
  Fart_Handle both[2];
  ExpectSuccess(Fart_ListGetRange(doubles, 0, 2, both));
  EXPECT_EQ(DoubleOf(both[0]), 0.5);
  EXPECT_EQ(DoubleOf(both[1]), 3.0);
  std::intptr_t length = 0;
  ExpectSuccess(Fart_ListLength(ints, &length));
  EXPECT_EQ(length, 3);
  const char* const rule = "The value is no number that the typed list's elements can be.";
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(ints, 0, Fart_NewDouble(1))), rule);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(ints, 0, Fart_Null())), rule);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(doubles, 0, Str("1"))), rule);
}

TEST_F(DataAsListsTest, IndicesAndRangesOutsideAreRefused) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kUint32, 2);
  for (const std::intptr_t index : {std::intptr_t{-1}, std::intptr_t{2}, INTPTR_MAX, INTPTR_MIN}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetAt(data, index)),
              "Invalid index passed in to access list element");
    EXPECT_EQ(ErrorOf(Fart_ListSetAt(data, index, Fart_NewInteger(1))),
              "Invalid index passed in to set list element");
  }
  Fart_Handle handles[3];
  std::uint8_t bytes[3];
  for (const auto& [offset, length] : std::vector<std::pair<std::intptr_t, std::intptr_t>>{
           {0, -1}, {-1, 1}, {1, 2}, {3, 0}, {INTPTR_MAX, 1}, {1, INTPTR_MAX}, {INTPTR_MIN, 1}}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetRange(data, offset, length, handles)), kBadRange);
    EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(data, offset, bytes, length)), kBadRange);
    EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(data, offset, bytes, length)), kBadRange);
  }
}

TEST_F(DataAsListsTest, ByteDataIsNoListButHasBytes) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kByteData, 4);
  std::intptr_t length;
  EXPECT_EQ(ErrorOf(Fart_ListLength(data, &length)), kNotAList);
  EXPECT_EQ(ErrorOf(Fart_ListGetAt(data, 0)), kNotAList);
  const std::uint8_t in[] = {1, 2, 3};
  std::uint8_t out[3] = {};
  ExpectSuccess(Fart_ListSetAsBytes(data, 1, in, 3));
  ExpectSuccess(Fart_ListGetAsBytes(data, 1, out, 3));
  EXPECT_EQ(std::memcmp(in, out, 3), 0);
}

TEST_F(DataAsListsTest, ElementsOfFloat32x4AreBytesOnly) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kFloat32x4, 2);
  Fart_Handle one;
  std::uint8_t byte = 0;
  EXPECT_EQ(ErrorOf(Fart_ListGetAt(data, 0)), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListSetAt(data, 0, Fart_NewDouble(1))), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListGetRange(data, 0, 1, &one)), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(data, 0, &byte, 1)), kNoElements);
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(data, 0, &byte, 1)), kNoElements);
  const Acquired acquired(data);
  EXPECT_EQ(acquired.length, 2);
  static_cast<float*>(acquired.data)[7] = 1.5f;
  acquired.Release();
}

TEST_F(DataAsListsTest, BytesOfWiderElementsAreTheirLowest) {
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kInt64, 3);
  for (int i = 0; i < 3; ++i) {
    ExpectSuccess(Fart_ListSetAt(data, i, Fart_NewInteger(0x7700 + i)));
  }
  std::uint8_t bytes[3] = {};
  ExpectSuccess(Fart_ListGetAsBytes(data, 0, bytes, 3));
  EXPECT_EQ(bytes[2], 2);
  ExpectSuccess(Fart_ListGetAsBytes(data, 1, bytes, 2));
  EXPECT_EQ(bytes[0], 1);
  EXPECT_EQ(bytes[1], 2);
  const std::uint8_t in[] = {200, 201};
  ExpectSuccess(Fart_ListSetAsBytes(data, 1, in, 2));
  EXPECT_EQ(IntOf(Fart_ListGetAt(data, 2)), 201);
  const Fart_Handle doubles = Fart_NewTypedData(Fart_TypedData_kFloat64, 2);
  for (const std::intptr_t first : {0, 1}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(doubles, first, bytes, 1)),
              "The list's element " + std::to_string(first) + " is not an integer.");
  }
  const Fart_Handle list = Fart_NewList(3);
  for (int i = 0; i < 2; ++i) ExpectSuccess(Fart_ListSetAt(list, i, Fart_NewInteger(i)));
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(list, 1, bytes, 2)),
            "The list's element 2 is not an integer.");
}

// Elements of these would be objects, and where a collection has called the host none may be made.
struct InACallback {
  Fart_PersistentHandle ints;
  Fart_PersistentHandle doubles;
  std::uint8_t byte;
  std::string said_of_ints;
  std::string said_of_doubles;
};
InACallback in_a_callback;

void ReadBytes() {
  InACallback& all = in_a_callback;
  const Fart_Handle of_ints = Fart_ListGetAsBytes(all.ints, 0, &all.byte, 1);
  all.said_of_ints = Fart_IsError(of_ints) ? Fart_GetError(of_ints) : "";
  const Fart_Handle of_doubles = Fart_ListGetAsBytes(all.doubles, 0, &all.byte, 1);
  all.said_of_doubles = Fart_IsError(of_doubles) ? Fart_GetError(of_doubles) : "";
}

TEST_F(DataAsListsTest, BytesOfTypedListsAreReadInACallbackWithoutMakingObjects) {
  in_a_callback = {};
  const Fart_Handle ints = Fart_NewTypedData(Fart_TypedData_kInt64, 1);
  ExpectSuccess(Fart_ListSetAt(ints, 0, Fart_NewInteger(INT64_MAX - 1)));
  in_a_callback.ints = Fart_NewPersistentHandle(ints);
  in_a_callback.doubles = Fart_NewPersistentHandle(Fart_NewTypedData(Fart_TypedData_kFloat64, 1));
  const std::string stress = Fart_GetFlag("gc-stress");
  ExpectSuccess(Fart_SetGcCallbacks(ReadBytes, [] {}));
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=1"));
  Fart_NewDouble(0.5);
  ASSERT_TRUE(Fart_SetFlag(("--gc-stress=" + stress).c_str()));
  ExpectSuccess(Fart_SetGcCallbacks(nullptr, nullptr));
  EXPECT_EQ(in_a_callback.said_of_ints, "");
  EXPECT_EQ(in_a_callback.byte, 0xFE);
  EXPECT_THAT(in_a_callback.said_of_doubles, HasSubstr("callback"));
}

// ---- Bytes of other lists

TEST_F(DataAsListsTest, BytesOfAListOfIntegers) {
  const Fart_Handle list = Fart_NewList(4);
  const std::uint8_t in[] = {5, 250, 7};
  ExpectSuccess(Fart_ListSetAsBytes(list, 1, in, 3));
  EXPECT_EQ(IntOf(Fart_ListGetAt(list, 2)), 250);
  ExpectSuccess(Fart_ListSetAt(list, 0, Fart_NewInteger(-1)));
  std::uint8_t out[4] = {};
  ExpectSuccess(Fart_ListGetAsBytes(list, 0, out, 4));
  EXPECT_EQ(out[0], 255);
  EXPECT_EQ(out[3], 7);
  ExpectSuccess(Fart_ListGetAsBytes(list, 4, nullptr, 0));
  ExpectSuccess(Fart_ListSetAsBytes(list, 4, nullptr, 0));
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(list, 0, nullptr, 1)),
            "Fart_ListGetAsBytes expects argument 'native_array' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(list, 0, nullptr, 1)),
            "Fart_ListSetAsBytes expects argument 'native_array' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(Str("x"), 0, out, 1)), kNotAList);
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(Str("x"), 0, out, 1)), kNotAList);
}

TEST_F(DataAsListsTest, AnElementThatIsNoIntegerIsAnErrorOfTheCall_Defect6) {
  const Fart_Handle list = Fart_NewList(2);
  std::uint8_t out[2] = {};
  for (const Fart_Handle element : {Fart_Null(), Str("x"), Fart_NewDouble(1)}) {
    ExpectSuccess(Fart_ListSetAt(list, 0, Fart_NewInteger(1)));
    ExpectSuccess(Fart_ListSetAt(list, 1, element));
    const Fart_Handle error = Fart_ListGetAsBytes(list, 0, out, 2);
    EXPECT_TRUE(Fart_IsApiError(error));
    EXPECT_EQ(ErrorOf(error), "The list's element 1 is not an integer.");
  }
}

TEST_F(DataAsListsTest, RangesEndWhereTheListDoes) {
  const Fart_Handle list = Fart_NewList(4);
  const Fart_Handle data = Fart_NewTypedData(Fart_TypedData_kUint8, 4);
  std::uint8_t bytes[5] = {};
  struct {
    std::intptr_t offset, length;
    bool fits;
  } const kRanges[] = {{0, 4, true},   {4, 0, true},           {3, 1, true},
                       {1, 3, true},   {0, 5, false},          {1, 4, false},
                       {4, 1, false},  {5, 0, false},          {-1, 1, false},
                       {1, -1, false}, {1, INTPTR_MAX, false}, {INTPTR_MAX, 1, false}};
  for (const Fart_Handle object : {list, data}) {
    for (const auto& range : kRanges) {
      SCOPED_TRACE(std::to_string(range.offset) + ", " + std::to_string(range.length));
      const Fart_Handle stored = Fart_ListSetAsBytes(object, range.offset, bytes, range.length);
      EXPECT_EQ(Fart_IsError(stored), !range.fits);
      if (range.fits) continue;
      EXPECT_EQ(ErrorOf(stored), "Invalid offset/length passed in to access list elements");
      EXPECT_EQ(ErrorOf(Fart_ListGetAsBytes(object, range.offset, bytes, range.length)),
                "Invalid offset/length passed in to access list elements");
    }
  }
}

// ---- Lists of the program

class ProgramListsTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    ExpectSuccess(Load(R"(
class Backed implements List {
  List data;
  Backed(this.data);
  int get length => data.length;
  operator [](int index) => data[index];
  void operator []=(int index, value) { data[index] = value; }
  noSuchMethod(invocation) => null;
}
class Claims implements List {
  var length;
  Claims(this.length);
  operator [](index) => throw "no element";
  operator []=(index, value) { throw "nothing is stored"; }
  noSuchMethod(invocation) => null;
}
// Its third element can be neither read nor stored.
class Breaks extends Backed {
  Breaks() : super([10, 11, 12, 13]);
  operator [](int index) {
    if (index == 2) throw "unreadable";
    return data[index];
  }
  void operator []=(int index, value) {
    if (index == 2) throw "fixed";
    data[index] = value;
  }
}
breaks() => new Breaks();
dataOf(list) => list.data;
backed() => new Backed([10, 11, 12, 13]);
of(list) => new Backed(list);
claims(length) => new Claims(length);
constant() => const [1, 2];
)"));
  }
};

TEST_F(ProgramListsTest, AreListsOfTheirOwnLength_Defect3) {
  const Fart_Handle list = Call("backed");
  EXPECT_TRUE(Fart_IsList(list));
  std::intptr_t length = -1;
  ExpectSuccess(Fart_ListLength(list, &length));
  EXPECT_EQ(length, 4);
  // Beyond 32 bits, and beyond what fits a small integer.
  for (const std::int64_t big : {std::int64_t{1} << 40, INT64_MAX}) {
    ExpectSuccess(Fart_ListLength(Call("claims", {Fart_NewInteger(big)}), &length));
    EXPECT_EQ(length, big);
  }
  length = -1;
  for (const Fart_Handle bad : {Fart_NewInteger(-1), Fart_Null(), Str("4"), Fart_NewDouble(4)}) {
    EXPECT_EQ(ErrorOf(Fart_ListLength(Call("claims", {bad}), &length)),
              "Length of List object is not an integer that a length can be.");
    EXPECT_EQ(length, -1);
  }
}

TEST_F(ProgramListsTest, ElementsAreAskedForAndTold) {
  const Fart_Handle list = Call("backed");
  EXPECT_EQ(IntOf(Fart_ListGetAt(list, 2)), 12);
  ExpectSuccess(Fart_ListSetAt(list, 2, Str("new")));
  EXPECT_EQ(TextOf(Fart_ListGetAt(list, 2)), "new");
  const Fart_Handle read = Fart_ListGetAt(list, 4);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(read));
  EXPECT_THAT(ErrorOf(read), HasSubstr("RangeError"));
  const Fart_Handle written = Fart_ListSetAt(list, -1, Fart_True());
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(written));
}

TEST_F(ProgramListsTest, ARangeBeginsAtItsOffset_Defect2) {
  const Fart_Handle list = Call("backed");
  Fart_Handle part[2] = {};
  ExpectSuccess(Fart_ListGetRange(list, 1, 2, part));
  EXPECT_EQ(IntOf(part[0]), 11);
  EXPECT_EQ(IntOf(part[1]), 12);
  for (const auto& [offset, length] : std::vector<std::pair<std::intptr_t, std::intptr_t>>{
           {0, -1}, {-1, 1}, {3, 2}, {5, 0}, {INTPTR_MAX, 1}}) {
    EXPECT_EQ(ErrorOf(Fart_ListGetRange(list, offset, length, part)), kBadRange);
  }
}

TEST_F(ProgramListsTest, ARangeThatFailsWritesNothing) {
  const Fart_Handle mark = Fart_True();
  Fart_Handle part[2] = {mark, mark};
  const std::uint64_t handles = HandleStatistics().local_live;
  const Fart_Handle list = Call("claims", {Fart_NewInteger(2)});
  const Fart_Handle error = Fart_ListGetRange(list, 0, 2, part);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "no element");
  EXPECT_EQ(part[0], mark);
  EXPECT_LE(HandleStatistics().local_live, handles + 8);
  // A length that no host could take is an error as well.
  const Fart_Handle huge = Call("claims", {Fart_NewInteger(INT64_MAX)});
  EXPECT_TRUE(Fart_IsError(Fart_ListGetRange(huge, 0, INTPTR_MAX, part)));
}

TEST_F(ProgramListsTest, ACallThatFailsInTheMiddleHasDoneWhatComesBefore) {
  const Fart_Handle list = Call("breaks");
  std::uint8_t out[] = {1, 2, 3, 4};
  Fart_Handle error = Fart_ListGetAsBytes(list, 0, out, 4);
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "unreadable");
  EXPECT_THAT(out, ::testing::ElementsAre(10, 11, 3, 4));
  const std::uint8_t in[] = {5, 6, 7, 8};
  error = Fart_ListSetAsBytes(list, 0, in, 4);
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "fixed");
  const Fart_Handle data = Call("dataOf", {list});
  std::vector<std::int64_t> kept;
  for (int i = 0; i < 4; ++i) kept.push_back(IntOf(Fart_ListGetAt(data, i)));
  EXPECT_THAT(kept, ::testing::ElementsAre(5, 6, 12, 13));
  // Of handles there are all or none, and none stays behind.
  Fart_Handle range[4] = {};
  const std::uint64_t handles = HandleStatistics().local_live;
  error = Fart_ListGetRange(list, 0, 4, range);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_EQ(HandleStatistics().local_live, handles + 1) << "the error";
  EXPECT_EQ(range[0], nullptr);
  ExpectSuccess(Fart_ListGetRange(list, 0, 2, range));
  EXPECT_EQ(HandleStatistics().local_live, handles + 3);
}

TEST_F(ProgramListsTest, BytesNeverThrowOutOfTheCall_Defect6) {
  const Fart_Handle list = Call("backed");
  std::uint8_t out[4] = {};
  ExpectSuccess(Fart_ListGetAsBytes(list, 1, out, 3));
  EXPECT_EQ(out[2], 13);
  const std::uint8_t in[] = {1, 2};
  ExpectSuccess(Fart_ListSetAsBytes(list, 2, in, 2));
  EXPECT_EQ(IntOf(Fart_ListGetAt(list, 3)), 2);
  const Fart_Handle thrower = Call("claims", {Fart_NewInteger(2)});
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_ListGetAsBytes(thrower, 0, out, 2)));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Fart_ListSetAsBytes(thrower, 0, in, 2)));
  EXPECT_EQ(ErrorOf(Fart_ListSetAsBytes(Call("constant"), 0, in, 2)),
            "Fart_ListSetAsBytes expects argument 'list' to be modifiable.");
}

// ---- Typed data in a program

class ProgramTypedDataTest : public LanguageTest {};

TEST_F(ProgramTypedDataTest, AProgramThatImportsNothingCanUseWhatItIsGiven) {
  ExpectSuccess(Load(R"(
isList(x) => x is List && x is Iterable;
sum(x) { var s = 0; for (var e in x) s += e; return s; }
text(x) => "$x ${x.runtimeType} ${x.length} ${x.sublist(1)} ${x.buffer.lengthInBytes}";
store(x, i, v) { x[i] = v; }
plain(x) => x.toString();
)"));
  static std::uint8_t memory[] = {1, 2, 3};
  const Fart_Handle list = Fart_NewExternalTypedData(Fart_TypedData_kUint8, memory, 3);
  EXPECT_TRUE(Fart_IdentityEquals(Call("isList", {list}), Fart_True()));
  EXPECT_EQ(IntOf(Call("sum", {list})), 6);
  EXPECT_EQ(TextOf(Call("text", {list})), "[1, 2, 3] Uint8List 3 [2, 3] 3");
  ExpectSuccess(Call("store", {list, Fart_NewInteger(2), Fart_NewInteger(0x1FF)}));
  EXPECT_EQ(memory[2], 0xFF);
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewTypedData(Fart_TypedData_kFloat64, 2))), "[0.0, 0.0]");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewTypedData(Fart_TypedData_kByteData, 2))),
            "Instance of 'ByteData'");
  EXPECT_EQ(TextOf(Fart_ToString(Fart_NewByteBuffer(list))), "Instance of 'ByteBuffer'");
}

TEST_F(ProgramTypedDataTest, AViewOfTheHostsBytesIsExternalToo) {
  ExpectSuccess(
      Load("import 'dart:typed_data'; view(x) => new Int8List.view(x.buffer, 1);\n"
           "inner(x) => new Int8List.view(view(x).buffer);\n"));
  std::uint8_t memory[3] = {1, 2, 3};
  const Fart_Handle outside = Fart_NewExternalTypedData(Fart_TypedData_kUint8, memory, 3);
  const Fart_Handle inside = Fart_NewTypedData(Fart_TypedData_kUint8, 3);
  for (const char* const view : {"view", "inner"}) {
    EXPECT_EQ(Fart_GetTypeOfExternalTypedData(Call(view, {outside})), Fart_TypedData_kInt8);
    EXPECT_EQ(Fart_GetTypeOfTypedData(Call(view, {outside})), Fart_TypedData_kInt8);
    EXPECT_EQ(Fart_GetTypeOfExternalTypedData(Call(view, {inside})), Fart_TypedData_kInvalid);
  }
}

TEST_F(ProgramTypedDataTest, ObjectsOfEitherSideAreTheSame) {
  ExpectSuccess(Load(R"(
import 'dart:typed_data';
is16(x) => x is Uint16List && x is! Uint8List && x is TypedData;
make() => new Int32List.fromList([7, -8]);
view() => new Uint8List.view(new Uint16List.fromList([1, 2, 3]).buffer, 2, 3);
bufferOf(x) => x.buffer;
same(x, y) => x == y;
)"));
  EXPECT_TRUE(Fart_IdentityEquals(Call("is16", {Fart_NewTypedData(Fart_TypedData_kUint16, 1)}),
                                  Fart_True()));
  const Fart_Handle made = Call("make");
  EXPECT_EQ(Fart_GetTypeOfTypedData(made), Fart_TypedData_kInt32);
  EXPECT_EQ(IntOf(Fart_ListGetAt(made, 1)), -8);
  const Fart_Handle view = Call("view");
  EXPECT_EQ(Fart_GetTypeOfTypedData(view), Fart_TypedData_kUint8);
  const Acquired acquired(view);
  EXPECT_EQ(acquired.length, 3);
  EXPECT_EQ(acquired.bytes()[0], 2);
  Collect();
  acquired.bytes()[2] = 77;
  EXPECT_EQ(IntOf(Fart_ListGetAt(view, 2)), 77);
  // A view and what it sees are one count.
  const Fart_Handle buffer = Call("bufferOf", {view});
  EXPECT_TRUE(Fart_IsByteBuffer(buffer));
  const Fart_Handle words = Fart_GetDataFromByteBuffer(buffer);
  EXPECT_EQ(Fart_GetTypeOfTypedData(words), Fart_TypedData_kUint16);
  ExpectSuccess(Fart_TypedDataReleaseData(words));
  EXPECT_TRUE(Fart_IsError(Fart_TypedDataReleaseData(view)));
  EXPECT_TRUE(Fart_IdentityEquals(Call("same", {buffer, Fart_NewByteBuffer(view)}), Fart_True()));
}

// The same from a native function, where a thrown exception would have frames to go to.
int bytes_returned = 0;
void ReadBytes(Fart_NativeArguments arguments) {
  std::uint8_t bytes[2];
  const Fart_Handle error = Fart_ListGetAsBytes(Fart_GetNativeArgument(arguments, 0), 0, bytes, 2);
  ++bytes_returned;
  Fart_SetReturnValue(arguments, Fart_NewBoolean(Fart_IsError(error)));
}

TEST_F(LanguageTest, ListGetAsBytesComesBackToANativeFunction_Defect6) {
  ExpectSuccess(Load("readBytes(list) native 'ReadBytes'; run() => readBytes([1, 'two']);",
                     [](Fart_Handle, int, bool*) -> Fart_NativeFunction { return ReadBytes; }));
  bytes_returned = 0;
  const Fart_Handle answer = Call("run");
  EXPECT_EQ(bytes_returned, 1);
  bool was_error = false;
  ExpectSuccess(Fart_BooleanValue(answer, &was_error));
  EXPECT_TRUE(was_error);
}

}  // namespace
}  // namespace fart::api

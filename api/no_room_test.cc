// No room for another local handle, in each function that makes one: the same error, nothing made,
// and nothing kept of what the host lent.

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

constexpr const char* kNoRoom = "Out of memory: no room for another handle.";

constexpr const char* kScript =
    "class A { var x; }\n"
    "makes() => new A();\n"
    "same(x) => x;\n"
    "asks(text, object) native 'Ask';\n"
    "value(name) => new String.fromEnvironment(name);\n"
    "throws() { throw new A(); }\n";

// In a scope of its own, until there is no room.
void Fill() {
  Fart_EnterScope();
  while (!Fart_IsError(Fart_NewInteger(7))) {
  }
}

void ExpectNoRoom(const char* name, Fart_Handle result) {
  EXPECT_TRUE(Fart_IsApiError(result)) << name;
  EXPECT_EQ(ErrorOf(result), kNoRoom) << name;
}

using Row = std::pair<const char*, std::function<Fart_Handle()>>;

int ends = 0;
void CountPeerEnd(void*) { ++ends; }
void CountEnd(void*, void*) { ++ends; }
void Ignore(void*, Fart_WeakPersistentHandle, void*) {}

const std::vector<Row>* rows_of_call = nullptr;
Fart_NativeArguments arguments_of_call = nullptr;
std::uint64_t made_in_call = 0;

void Ask(Fart_NativeArguments arguments) {
  arguments_of_call = arguments;
  Fill();
  const std::uint64_t before = HandleStatistics().local_live;
  for (const auto& [name, call] : *rows_of_call) ExpectNoRoom(name, call());
  made_in_call = HandleStatistics().local_live - before;
  Fart_ExitScope();
}
Fart_NativeFunction Resolve(Fart_Handle, int, bool*) { return Ask; }

class NoRoomTest : public LanguageTest {
 protected:
  void SetUp() override {
    // A small heap has room for a million handles, a large one for many more.
    const std::string limit = std::string("--max-heap=") + Fart_GetFlag("max-heap");
    ASSERT_TRUE(Fart_SetFlag("--max-heap=16m"));
    LanguageTest::SetUp();
    ASSERT_NE(isolate_, nullptr);
    Fart_ExitIsolate();
    EXPECT_TRUE(Fart_SetFlag(limit.c_str()));
    Fart_EnterIsolate(isolate_);
    ends = 0;
    ExpectSuccess(Load(kScript, Resolve));
  }
  void TearDown() override {
    Collect();
    LanguageTest::TearDown();
  }
  // Every row fails without a trace; afterwards every one succeeds.
  void ExpectAll(const std::vector<Row>& rows) {
    Fill();
    const std::uint64_t before = HandleStatistics().local_live;
    for (const auto& [name, call] : rows) {
      ExpectNoRoom(name, call());
      EXPECT_EQ(HandleStatistics().local_live, before) << name;
    }
    Fart_ExitScope();
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    for (const auto& [name, call] : rows) EXPECT_NE(ErrorOf(call()), kNoRoom) << name;
  }
  Fart_PersistentHandle Keep(Fart_Handle object) {
    ExpectSuccess(object);
    return Fart_NewPersistentHandle(object);
  }
};

TEST_F(NoRoomTest, Values) {
  static const std::uint16_t kUnits[] = {0x4E2D};
  static const std::int32_t kPoints[] = {0x1F600};
  static const std::uint8_t kLatin1[] = {'x'};
  static const std::uint8_t kUtf8[] = {0xC3, 0xBC};
  static std::uint8_t bytes[16];
  const Fart_Handle data = Keep(Fart_NewTypedData(Fart_TypedData_kUint8, 4));
  const Fart_Handle buffer = Keep(Fart_NewByteBuffer(data));
  const Fart_Handle list = Keep(Fart_NewList(1));
  const Fart_Handle text = Keep(Str("text"));
  const auto weak = Fart_NewWeakPersistentHandle(list, nullptr, 0, Ignore);
  ExpectSuccess(Fart_ListSetAt(list, 0, text));
  ExpectAll({
      {"NewInteger, small", [] { return Fart_NewInteger(1); }},
      {"NewInteger, large", [] { return Fart_NewInteger(INT64_MAX); }},
      {"NewIntegerFromUint64, small", [] { return Fart_NewIntegerFromUint64(1); }},
      {"NewIntegerFromUint64, large", [] { return Fart_NewIntegerFromUint64(UINT64_MAX); }},
      {"NewIntegerFromHexCString", [] { return Fart_NewIntegerFromHexCString("0x7"); }},
      {"NewDouble", [] { return Fart_NewDouble(0.5); }},
      {"NewStringFromCString", [] { return Str("x"); }},
      {"NewStringFromCString, wide", [] { return Str("\xC3\xBC"); }},
      {"NewStringFromUTF8", [] { return Fart_NewStringFromUTF8(kLatin1, 1); }},
      {"NewStringFromUTF8, wide", [] { return Fart_NewStringFromUTF8(kUtf8, 2); }},
      {"NewStringFromUTF16", [] { return Fart_NewStringFromUTF16(kUnits, 1); }},
      {"NewStringFromUTF32", [] { return Fart_NewStringFromUTF32(kPoints, 1); }},
      {"NewList", [] { return Fart_NewList(1); }},
      {"NewList, long", [] { return Fart_NewList(1000); }},
      {"NewTypedData", [] { return Fart_NewTypedData(Fart_TypedData_kInt8, 1); }},
      {"NewExternalTypedData",
       [] { return Fart_NewExternalTypedData(Fart_TypedData_kInt8, bytes, 1); }},
      {"NewByteBuffer", [=] { return Fart_NewByteBuffer(data); }},
      {"GetDataFromByteBuffer", [=] { return Fart_GetDataFromByteBuffer(buffer); }},
      {"ListGetAt", [=] { return Fart_ListGetAt(list, 0); }},
      {"ListGetAt, of data", [=] { return Fart_ListGetAt(data, 0); }},
      {"ToString", [=] { return Fart_ToString(text); }},
      {"ToString, of the program", [=] { return Fart_ToString(list); }},
      {"HandleFromPersistent", [=] { return Fart_HandleFromPersistent(list); }},
      {"HandleFromWeakPersistent", [=] { return Fart_HandleFromWeakPersistent(weak); }},
      {"NewSendPort", [] { return Fart_NewSendPort(7); }},
      {"DebugName", [] { return Fart_DebugName(); }},
  });
}

TEST_F(NoRoomTest, ErrorsAndThoseThatHadToBeMade) {
  const Fart_Handle error = Fart_NewPersistentHandle(Call("throws"));
  const Fart_Handle other = Keep(Fart_NewList(1));
  Fart_SetStickyError(error);
  ASSERT_TRUE(Fart_HasStickyError());
  std::intptr_t length = 0;
  ExpectAll({
      {"NewApiError", [] { return Fart_NewApiError("x"); }},
      {"NewUnhandledExceptionError", [=] { return Fart_NewUnhandledExceptionError(other); }},
      {"ErrorGetException", [=] { return Fart_ErrorGetException(error); }},
      {"ErrorGetStackTrace", [=] { return Fart_ErrorGetStackTrace(error); }},
      {"ErrorGetStacktrace", [=] { return Fart_ErrorGetStacktrace(error); }},
      {"of a wrong type", [&, other] { return Fart_StringLength(other, &length); }},
      {"of a wrong pointer", [=] { return Fart_ListLength(other, nullptr); }},
      {"of a wrong range", [] { return Fart_NewList(-1); }},
      {"of a wrong handle", [&] { return Fart_ListLength(nullptr, &length); }},
      {"of a library that there is not", [=] { return Fart_LookupLibrary(Fart_EmptyString()); }},
  });
  Fill();
  ExpectNoRoom("GetStickyError", Fart_GetStickyError());
  EXPECT_TRUE(Fart_HasStickyError());
  Fart_ExitScope();
  Fart_SetStickyError(Fart_Null());
}

TEST_F(NoRoomTest, ThePrograms) {
  const Fart_Handle library = Keep(library_);
  const Fart_Handle name = Keep(Str("A"));
  const Fart_Handle url = Keep(Str("test.dart"));
  const Fart_Handle makes = Keep(Str("makes"));
  const Fart_Handle type = Keep(Fart_GetClass(library, name));
  const Fart_Handle object = Keep(Call("makes"));
  static std::intptr_t fields[1];
  const Fart_Handle wrapper = Keep(Fart_CreateNativeWrapperClass(library, Str("W"), 1));
  ExpectAll({
      {"Invoke", [=] { return Fart_Invoke(library, makes, 0, nullptr); }},
      {"GetType", [=] { return Fart_GetType(library, name, 0, nullptr); }},
      {"GetClass", [=] { return Fart_GetClass(library, name); }},
      {"InstanceGetType", [=] { return Fart_InstanceGetType(object); }},
      {"Allocate", [=] { return Fart_Allocate(type); }},
      {"AllocateWithNativeFields",
       [=] { return Fart_AllocateWithNativeFields(wrapper, 1, fields); }},
      {"RootLibrary", [] { return Fart_RootLibrary(); }},
      {"LookupLibrary", [=] { return Fart_LookupLibrary(url); }},
      {"LibraryUrl", [=] { return Fart_LibraryUrl(library); }},
      {"GetLoadedLibraries", [] { return Fart_GetLoadedLibraries(); }},
  });
}

TEST_F(NoRoomTest, ObjectsOfAShape) {
  Fart_ShapeDescription description = {};
  description.struct_size = sizeof(description);
  description.name = "Pair";
  description.reference_count = 2;
  description.weak_reference_count = 1;
  Fart_Shape shape = nullptr;
  ExpectSuccess(Fart_RegisterShape(&description, &shape));
  description.byte_count = 8;
  description.variable_part = Fart_VariablePart_kBytes;
  Fart_Shape long_shape = nullptr;
  ExpectSuccess(Fart_RegisterShape(&description, &long_shape));
  const Fart_Handle pair = Keep(Fart_AllocateObject(shape, 0));
  static Fart_Handle found[2];
  ExpectSuccess(Fart_SetReference(pair, 0, pair));
  ExpectSuccess(Fart_SetWeakReference(pair, 0, pair));
  ExpectAll({
      {"AllocateObject", [=] { return Fart_AllocateObject(shape, 0); }},
      {"AllocateObject, long", [=] { return Fart_AllocateObject(long_shape, 100); }},
      {"GetReference", [=] { return Fart_GetReference(pair, 0); }},
      {"GetReferences", [=] { return Fart_GetReferences(pair, 0, 2, found); }},
      {"AllocateObjectWith", [=] { return Fart_AllocateObjectWith(shape, 0, 1, &pair); }},
      {"NewLocalHandle", [=] { return Fart_NewLocalHandle(pair); }},
      {"NewLocalHandle, of a constant", [] { return Fart_NewLocalHandle(Fart_Null()); }},
      {"GetWeakReference", [=] { return Fart_GetWeakReference(pair, 0); }},
  });
}

TEST_F(NoRoomTest, WhatIsLentStaysTheHosts) {
  static const std::uint8_t kLatin1[] = {'x', 'y'};
  static const std::uint16_t kUnits[] = {0x4E2D, 0x6587};
  static std::uint16_t room[16];
  const Fart_Handle text = Keep(Str("text"));
  Fill();
  ExpectNoRoom("NewExternalLatin1String",
               Fart_NewExternalLatin1String(kLatin1, 2, room, CountPeerEnd));
  ExpectNoRoom("NewExternalUTF16String",
               Fart_NewExternalUTF16String(kUnits, 2, room, CountPeerEnd));
  ExpectNoRoom("MakeExternalString",
               Fart_MakeExternalString(text, room, sizeof(room), room, CountPeerEnd));
  EXPECT_FALSE(Fart_IsExternalString(text));
  EXPECT_EQ(HeapStatistics().external_bytes, 0u);
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(ends, 0);
  EXPECT_EQ(TextOf(text), "text");
}

// An object that nobody can reach: its finalizer runs, once, as the header says of dead ones.
TEST_F(NoRoomTest, DataThatNobodyCanReachEnd) {
  static std::uint8_t bytes[16];
  Fill();
  ExpectNoRoom("NewExternalTypedDataWithFinalizer",
               Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kUint8, bytes, 16, nullptr, 99,
                                                      CountEnd));
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(ends, 1);
  EXPECT_EQ(HeapStatistics().external_bytes, 0u);
}

// In a scope of its own, until there is room for `room` handles.
void FillBut(int room) {
  Fart_EnterScope();
  std::uint64_t count = 0;
  while (!Fart_IsError(Fart_NewInteger(7))) ++count;
  Fart_ExitScope();
  Fart_EnterScope();
  for (count -= static_cast<std::uint64_t>(room); count != 0; --count) Fart_NewInteger(7);
}

int asked = 0;
Fart_Handle GiveNothing(Fart_LibraryTag, Fart_Handle library, Fart_Handle url) {
  ++asked;
  EXPECT_TRUE(Fart_IsLibrary(library));
  EXPECT_TRUE(Fart_IsString(url));
  return library;  // which is no text
}
Fart_Handle GiveItsName(Fart_Handle name) {
  ++asked;
  EXPECT_TRUE(Fart_IsString(name));
  return name;
}

// A callback of the host is handed all of what it is told, or is not called.
TEST_F(NoRoomTest, WhoIsAskedGetsEveryHandle) {
  ExpectSuccess(Fart_SetLibraryTagHandler(GiveNothing));
  ExpectSuccess(Fart_SetEnvironmentCallback(GiveItsName));
  const Fart_Handle url = Keep(Str("app:more.dart"));
  const Fart_Handle text = Keep(Str("import 'other.dart';"));
  const std::vector<std::function<Fart_Handle()>> calls = {
      [&] { return Fart_LoadLibrary(url, Fart_Null(), text, 0, 0); },
      [&] { return Call("value", {url}); }};
  for (const auto& call : calls) {
    asked = 0;
    for (int room = 0; room < 6; ++room) {
      FillBut(room);
      call();
      Fart_ExitScope();
      if (room == 0) {
        EXPECT_EQ(asked, 0);
      }
    }
    EXPECT_GT(asked, 0);
  }
  ExpectSuccess(Fart_SetLibraryTagHandler(nullptr));
  ExpectSuccess(Fart_SetEnvironmentCallback(nullptr));
}

TEST_F(NoRoomTest, ARangeIsAllOrNothing) {
  const Fart_Handle list = Keep(Fart_NewList(4));
  for (int i = 0; i < 4; ++i) ExpectSuccess(Fart_ListSetAt(list, i, Fart_NewDouble(i)));
  const Fart_Handle data = Keep(Fart_NewTypedData(Fart_TypedData_kFloat64, 4));
  const Fart_Handle marks[] = {Fart_Null(), Fart_Null(), Fart_Null(), Fart_Null()};
  Fart_Handle found[4];
  Fill();
  for (const Fart_Handle from : {list, data}) {
    std::copy(std::begin(marks), std::end(marks), found);
    ExpectNoRoom("ListGetRange", Fart_ListGetRange(from, 0, 4, found));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(found[i], marks[i]);
  }
  ExpectSuccess(Fart_ListGetRange(list, 0, 0, found));
  Fart_ExitScope();
  ExpectSuccess(Fart_ListGetRange(list, 0, 4, found));
  double value = 0;
  ExpectSuccess(Fart_DoubleValue(found[3], &value));
  EXPECT_EQ(value, 3);
}

// Some of it fits: that is taken back.
TEST_F(NoRoomTest, ARangeThatFitsInPartLeavesNoHandles) {
  const Fart_Handle list = Keep(Fart_NewList(4));
  for (int i = 0; i < 4; ++i) ExpectSuccess(Fart_ListSetAt(list, i, Fart_NewDouble(i)));
  const Fart_Handle data = Keep(Fart_NewTypedData(Fart_TypedData_kFloat64, 4));
  Fart_EnterScope();
  int room = 0;
  while (!Fart_IsError(Fart_NewInteger(7))) ++room;
  Fart_ExitScope();
  Fart_EnterScope();
  for (int i = 0; i < room - 2; ++i) Fart_NewInteger(7);
  Fart_Handle found[4];
  for (const Fart_Handle from : {list, data, list}) {
    const std::uint64_t before = HandleStatistics().local_live;
    ExpectNoRoom("ListGetRange", Fart_ListGetRange(from, 0, 4, found));
    EXPECT_EQ(HandleStatistics().local_live, before);
  }
  ExpectSuccess(Fart_ListGetRange(list, 1, 2, found));
  Fart_ExitScope();
}

TEST_F(NoRoomTest, ArgumentsOfANativeCall) {
  Fart_NativeArgument_Value values[1] = {};
  const Fart_NativeArgument_Descriptor text[] = {{Fart_NativeArgument_kString, 0}};
  const Fart_NativeArgument_Descriptor object[] = {{Fart_NativeArgument_kInstance, 1}};
  void* peer = nullptr;
  const std::vector<Row> rows = {
      {"GetNativeArgument", [] { return Fart_GetNativeArgument(arguments_of_call, 1); }},
      {"GetNativeStringArgument",
       [&] { return Fart_GetNativeStringArgument(arguments_of_call, 0, &peer); }},
      {"GetNativeArguments, a string",
       [&] { return Fart_GetNativeArguments(arguments_of_call, 1, text, values); }},
      {"GetNativeArguments, an instance",
       [&] { return Fart_GetNativeArguments(arguments_of_call, 1, object, values); }},
      {"an index", [] { return Fart_GetNativeArgument(arguments_of_call, 2); }},
  };
  rows_of_call = &rows;
  made_in_call = 1;
  ExpectSuccess(Call("asks", {Str("text"), Call("makes")}));
  EXPECT_EQ(made_in_call, 0u);
}

// A scope that did not open: what is in it lies outside already, and only what does not needs room.
TEST_F(NoRoomTest, LeavingAScopeThatDidNotOpen) {
  const Fart_PersistentHandle kept = Keep(Str("kept"));
  Fart_EnterScope();
  const Fart_Handle local = Str("local");
  Fill();
  const std::uint64_t live = HandleStatistics().local_live;
  const std::uint64_t misuses = Fart_MisuseCount();
  Fart_EnterScope();
  EXPECT_EQ(Fart_MisuseCount(), misuses + 1) << "it did not open";
  ExpectNoRoom("ExitScopeWith", Fart_ExitScopeWith(kept));
  ExpectNoRoom("ExitScopeWith, again", Fart_ExitScopeWith(kept));
  EXPECT_EQ(Fart_ExitScopeWith(Fart_True()), Fart_True());
  Fart_EnterScope();
  EXPECT_EQ(Fart_ExitScopeWith(local), local);
  EXPECT_EQ(TextOf(local), "local");
  EXPECT_EQ(HandleStatistics().local_live, live);
  // The one that Fill opened: the place of its marker serves.
  const Fart_Handle carried = Fart_ExitScopeWith(kept);
  EXPECT_EQ(TextOf(carried), "kept");
  EXPECT_EQ(TextOf(local), "local");
  Fart_ExitScope();
  std::intptr_t length = 0;
  EXPECT_TRUE(Fart_IsError(Fart_StringLength(local, &length))) << "its scope has been left";
}

TEST_F(NoRoomTest, LeavingAScopeWithSeveral) {
  const Fart_PersistentHandle kept = Keep(Str("kept"));
  Fart_EnterScope();
  const Fart_Handle local = Str("local");
  Fill();
  const std::uint64_t live = HandleStatistics().local_live;
  Fart_Handle all[] = {kept, local, Fart_True()};
  ExpectNoRoom("ExitScopeWithAll", Fart_ExitScopeWithAll(3, all));
  EXPECT_EQ(HandleStatistics().local_live, live);
  EXPECT_TRUE(all[0] == kept && all[1] == local);
  Fart_ExitScope();
  ExpectSuccess(Fart_ExitScopeWithAll(3, all));
  EXPECT_EQ(TextOf(all[0]), "kept");
  EXPECT_EQ(TextOf(all[1]), "local");
  EXPECT_EQ(all[2], Fart_True());
}

TEST_F(NoRoomTest, LeavingTheOnlyScopeInWhichAnotherDidNotOpen) {
  const Fart_PersistentHandle kept = Keep(Str("kept"));
  Fart_ExitScope();  // The fixture's.
  Fill();
  Fart_EnterScope();
  ExpectNoRoom("ExitScopeWith", Fart_ExitScopeWith(kept));
  Fart_ExitScope();
  EXPECT_EQ(ErrorOf(Fart_ExitScopeWith(kept)),
            "Fart_ExitScopeWith: No scope is open to hold a local handle.");
  Fart_ExitScope();
  Fart_EnterScope();
}

TEST_F(NoRoomTest, AConstantNeedsNone) {
  Fill();
  for (const Fart_Handle constant : {Fart_Null(), Fart_True(), Fart_False()}) {
    const Fart_PersistentHandle kept = Fart_NewPersistentHandle(constant);
    EXPECT_EQ(Fart_HandleFromPersistent(kept), constant);
    Fart_DeletePersistentHandle(kept);
  }
  Fart_ExitScope();
}

// Whatever puts bytes into the memory of scopes says that there are none, and leaves what the host
// has.
TEST_F(NoRoomTest, SaysThatTheMemoryOfScopesIsUsedUp) {
  const Fart_Handle error = Fart_NewApiError("an error of the host's");
  const Fart_Handle text = Str("text");
  const Fart_Handle number = Fart_NewInteger(7);
  Fart_EnterScope();
  for (std::intptr_t size = std::intptr_t{1} << 26; size != 0;) {
    if (Fart_ScopeAllocate(size) == nullptr) size /= 2;
  }
  constexpr const char* kNone = "Out of memory: the system gives no more.";
  {
    const ExpectMisuse misuse(kNone);
    EXPECT_EQ(Fart_ScopeAllocate(1), nullptr);
  }
  {
    const ExpectMisuse misuse(kNone);
    EXPECT_STREQ(Fart_GetError(error), kNone);
  }
  const char* string = "the host's";
  std::uint8_t* bytes = nullptr;
  std::intptr_t length = -1;
  EXPECT_TRUE(Fart_IsError(Fart_StringToCString(text, &string)));
  EXPECT_TRUE(Fart_IsError(Fart_StringToUTF8(text, &bytes, &length)));
  EXPECT_TRUE(Fart_IsError(Fart_IntegerToHexCString(number, &string)));
  EXPECT_STREQ(string, "the host's");
  EXPECT_EQ(bytes, nullptr);
  Fart_ExitScope();
  EXPECT_STREQ(Fart_GetError(error), "an error of the host's");
  EXPECT_EQ(TextOf(text), "text");
  ExpectSuccess(Fart_IntegerToHexCString(number, &string));
  EXPECT_STREQ(string, "0x7");
}

}  // namespace
}  // namespace fart::api

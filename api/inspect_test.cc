// Looking into a heap through the exported functions: what handles are called, what callbacks may
// do.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

struct Seen {
  std::string kind, class_name, label, place, stack;
  std::int64_t age;
  std::uint64_t scope, external;
  std::string scope_place;
};

bool Append(const char* bytes, std::size_t length, void* text) {
  static_cast<std::string*>(text)->append(bytes, length);
  return true;
}
std::string Report(Fart_LeakReport format) {
  std::string text;
  ExpectSuccess(Fart_WriteLeakReport(format, Append, &text));
  return text;
}

class InspectTest : public ApiTest {
 protected:
  ~InspectTest() override { EXPECT_TRUE(Fart_SetFlag("--handle-provenance=false")); }

  static std::map<const void*, Seen> Handles() {
    std::map<const void*, Seen> seen;
    const auto see = [](const Fart_HandleInfo* info, void* data) {
      EXPECT_EQ(info->struct_size, sizeof(Fart_HandleInfo));
      (*static_cast<std::map<const void*, Seen>*>(data))[info->handle] = {
          info->kind, info->class_name, info->label,          info->place,      info->stack,
          info->age,  info->scope,      info->external_bytes, info->scope_place};
    };
    ExpectSuccess(Fart_VisitHandles(see, &seen));
    return seen;
  }
  static Seen Of(const void* handle) { return Handles()[handle]; }
};

void Die(void*, Fart_WeakPersistentHandle, void*) {}
void DiePeer(void*, void*) {}

TEST_F(InspectTest, HandlesTellWhereTheyWereMadeWhenAsked) {
  const Fart_PersistentHandle before = Fart_NewPersistentHandle(Fart_NewList(1));
  EXPECT_EQ(Of(before).place, "");
  EXPECT_EQ(Of(before).age, -1);
  EXPECT_EQ(Of(before).class_name, "List");
  const Fart_PersistentHandle unnoted = Fart_NewPersistentHandleAt(before, FART_HERE);
  EXPECT_EQ(Of(unnoted).place, "");

  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  EXPECT_STREQ(Fart_GetFlag("handle-provenance"), "true");
  const int line = __LINE__ + 1;
  const Fart_PersistentHandle here = Fart_NewPersistentHandleAt(before, FART_HERE);
  EXPECT_THAT(Of(here).place, HasSubstr("inspect_test.cc:" + std::to_string(line)));
  const Fart_PersistentHandle stack = Fart_NewPersistentHandle(before);
  EXPECT_THAT(Of(stack).stack, HasSubstr("inspect_test"));
  EXPECT_EQ(Of(stack).place.find('\n'), std::string::npos);
  EXPECT_THAT(Of(stack).stack, HasSubstr(Of(stack).place));
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(before, nullptr, 4096, Die);
  const Fart_FinalizableHandle final = Fart_NewFinalizableHandle(before, nullptr, 0, DiePeer);
  EXPECT_NE(Of(weak).place, "");
  EXPECT_EQ(Of(weak).kind, "weak handle");
  EXPECT_EQ(Of(weak).external, 4096u);
  EXPECT_NE(Of(final).place, "");
  EXPECT_EQ(Of(final).kind, "finalizable handle");

  // A line that the host says, of those that watch, too.
  const int lines = __LINE__ + 2;
  const Fart_WeakPersistentHandle weak_here =
      Fart_NewWeakPersistentHandleAt(before, nullptr, 0, Die, FART_HERE);
  const Fart_WeakPersistentHandle charged_here =
      Fart_NewWeakPersistentHandleAt(before, nullptr, 64, Die, FART_HERE);
  const Fart_FinalizableHandle final_here =
      Fart_NewFinalizableHandleAt(before, nullptr, 0, DiePeer, FART_HERE);
  EXPECT_THAT(Of(weak_here).place, EndsWith("inspect_test.cc:" + std::to_string(lines)));
  EXPECT_EQ(Of(weak_here).stack, Of(weak_here).place + "\n");
  EXPECT_THAT(Of(charged_here).place, EndsWith("inspect_test.cc:" + std::to_string(lines + 2)));
  EXPECT_EQ(Of(charged_here).external, 64u);
  EXPECT_THAT(Of(final_here).place, EndsWith("inspect_test.cc:" + std::to_string(lines + 4)));
  EXPECT_EQ(Of(final_here).kind, "finalizable handle");
  const std::string report = Report(Fart_LeakReport_kText);
  std::string snapshot;
  ExpectSuccess(Fart_WriteHeapSnapshot(Append, nullptr, &snapshot));
  for (const void* const handle :
       {static_cast<const void*>(weak_here), static_cast<const void*>(final_here)}) {
    EXPECT_THAT(report, HasSubstr("made at " + Of(handle).place + "\n"));
    EXPECT_THAT(snapshot, HasSubstr("(" + Of(handle).kind + " " + Of(handle).place + ", "));
  }

  const std::int64_t age = Of(here).age;
  Collect(Fart_Collection_kMinor);
  EXPECT_GE(Of(here).age, age + 1);
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=false"));
  const Fart_PersistentHandle after = Fart_NewPersistentHandleAt(before, FART_HERE);
  EXPECT_EQ(Of(after).place, "");
  EXPECT_NE(Of(here).place, "");
}

// Whoever holds an object for a moment only says so where it does not end.
TEST_F(InspectTest, LocalHandlesAndScopesTellWhereTheyWereMade) {
  const auto all = [](const Fart_HandleInfo* info, void* data) {
    static_cast<std::vector<Seen>*>(data)->push_back({info->kind, info->class_name, info->label,
                                                      info->place, info->stack, info->age,
                                                      info->scope, 0, info->scope_place});
  };
  const auto locals = [&] {
    std::vector<Seen> seen;
    ExpectSuccess(Fart_VisitHandles(all, &seen));
    return seen;
  };
  Fart_EnterScope();
  const Fart_Handle before = Fart_NewList(1);
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  Fart_EnterScope();
  const Fart_Handle list = Fart_NewList(500);
  ASSERT_TRUE(Fart_SetHandleLabel(list, "the rows"));
  const std::vector<Seen> seen = locals();
  ASSERT_GE(seen.size(), 2u);
  EXPECT_EQ(seen[0].kind, "local handle");
  EXPECT_EQ(seen[0].label, "the rows");
  EXPECT_THAT(seen[0].stack, HasSubstr("inspect_test"));
  EXPECT_NE(seen[0].place, "");
  EXPECT_NE(seen[0].scope_place, "");
  EXPECT_GE(seen[0].age, 0);
  EXPECT_EQ(seen[1].place, "");
  EXPECT_EQ(seen[1].age, -1);
  EXPECT_EQ(seen[1].scope_place, "");

  // The path, the snapshot and the report say the same.
  std::string path;
  const auto add = [](const Fart_PathStep* step, void* text) {
    *static_cast<std::string*>(text) += std::string(step->reference) + ">" + step->class_name + ";";
  };
  ExpectSuccess(Fart_VisitRetainingPath(list, add, &path));
  EXPECT_THAT(path, HasSubstr("(local handles)>;.(local handle 'the rows' " + seen[0].place));
  EXPECT_THAT(path, HasSubstr(" old) in scope " + std::to_string(seen[0].scope) + ", opened at " +
                              seen[0].scope_place + ">List;"));
  path.clear();
  ExpectSuccess(Fart_VisitRetainingPath(before, add, &path));
  EXPECT_EQ(path, "(local handles)>;.scope " + std::to_string(seen[1].scope) + ">List;");
  std::string snapshot;
  ExpectSuccess(Fart_WriteHeapSnapshot(Append, nullptr, &snapshot));
  EXPECT_THAT(snapshot, HasSubstr("(local handle 'the rows' " + seen[0].place));
  const std::string report = Report(Fart_LeakReport_kText);
  EXPECT_THAT(report, HasSubstr("1 local handle 'the rows', 4016 bytes kept by nothing else"));
  EXPECT_THAT(report, HasSubstr("made at " + seen[0].place));
  Fart_ExitScope();

  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=sample:2"));
  Fart_EnterScope();
  for (int i = 0; i < 4; ++i) Fart_NewList(1);
  EXPECT_EQ(locals()[0].place, "");
  EXPECT_EQ(locals()[1].place, "");
  Fart_ExitScope();
  Fart_ExitScope();
}

// HN-P1: the quick ways of the tables are closed for a while, and open again; nothing gets lost.
TEST_F(InspectTest, NotingCanBeginAndEndAtAnyTime) {
  std::vector<Fart_PersistentHandle> handles;
  const Fart_Handle object = Fart_NewList(1);
  for (const char* const flag : {"--handle-provenance=sample:10", "--handle-provenance=false",
                                 "--handle-provenance", "--handle-provenance=false"}) {
    ASSERT_TRUE(Fart_SetFlag(flag));
    EXPECT_EQ("--handle-provenance=" + std::string(Fart_GetFlag("handle-provenance")),
              std::string(flag) == "--handle-provenance" ? "--handle-provenance=true" : flag);
    for (int i = 0; i < 3000; ++i) handles.push_back(Fart_NewPersistentHandle(object));
    for (int i = 0; i < 1000; ++i) {
      Fart_DeletePersistentHandle(handles[handles.size() - 2]);
      handles.erase(handles.end() - 2);
    }
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  }
  std::size_t noted = 0;
  for (const auto& [handle, seen] : Handles()) noted += seen.place.empty() ? 0u : 1u;
  EXPECT_GE(noted, 2000u + 100u);
  EXPECT_LE(noted, 2000u + 300u);
  for (const Fart_PersistentHandle handle : handles) Fart_DeletePersistentHandle(handle);
}

// As many stacks as there are numbers of so many bits. What is called below is not the last thing
// that its caller does, so each call has a frame.
template <int kSide>
[[gnu::noinline]] int MakeFromPath(Fart_Handle object, unsigned path, int bits) {
  int made = 0;
  if (bits == 0) {
    for (; made < 1000; ++made) Fart_DeletePersistentHandle(Fart_NewPersistentHandle(object));
  } else if (path % 2 == 0) {
    made = MakeFromPath<0>(object, path / 2, bits - 1);
  } else {
    made = MakeFromPath<1>(object, path / 2, bits - 1);
  }
  asm volatile("" : "+r"(made));
  return made + kSide;
}

// HN-P6: each has a stack that was never seen, and all of them to be walked would take too long.
TEST_F(InspectTest, ReportsSayHowManyTurnsWereLeftOut) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=sample:1000"));
  const Fart_Handle object = Fart_NewList(1);
  EXPECT_EQ(Report(Fart_LeakReport_kText).find("whose turn it was"), std::string::npos);
  constexpr int kBits = 10;
  for (unsigned path = 0; path < 1u << kBits; ++path) MakeFromPath<0>(object, path, kBits);
  ASSERT_TRUE(Fart_SetFlag("--trace-gc=false"));  // No flag but its own makes it begin anew.
  const std::string json = Report(Fart_LeakReport_kJson);
  const auto number_of = [&json](const std::string& name) -> std::uint64_t {
    const std::string key = "\"" + name + "\":";
    const std::size_t at = json.find(key);
    return at == std::string::npos ? 0 : std::strtoull(json.c_str() + at + key.size(), nullptr, 10);
  };
  const std::uint64_t noted = number_of("turns_noted");
  const std::uint64_t left_out = number_of("turns_left_out");
  EXPECT_GE(noted, 10u);
  EXPECT_GE(left_out, 10u);
  EXPECT_GE(noted + left_out, 1023u);
  EXPECT_LE(noted + left_out, 1025u);
  EXPECT_THAT(Report(Fart_LeakReport_kText),
              HasSubstr("noted where made: " + std::to_string(noted) + " of the " +
                        std::to_string(noted + left_out) + " handles whose turn it was"));
  // All of them are what is asked for here.
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  for (unsigned path = 0; path < 1u << 7; ++path) MakeFromPath<1>(object, path, 7);
  EXPECT_EQ(Report(Fart_LeakReport_kText).find("whose turn it was"), std::string::npos);
}

// Lines that were said are known again by their texts' addresses; a host may have another text
// there.
TEST_F(InspectTest, ALineIsWhatItSaysNow) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  const Fart_Handle object = Fart_NewList(1);
  char file[8];
  const char* const texts[] = {"ab.cc", "xb.cc", "ab.cc", "ab.c", "a.c:1", "a.c", "a"};
  for (const char* const text : texts) {
    std::snprintf(file, sizeof file, "%s", text);
    for (const int line : {7, 8, 7 + 32, 7}) {
      const Fart_PersistentHandle handle = Fart_NewPersistentHandleAt(object, file, line);
      EXPECT_EQ(Of(handle).place, std::string(text) + ":" + std::to_string(line));
    }
  }
}

TEST_F(InspectTest, LabelsLastAsLongAsTheirHandles_HNP2) {
  const Fart_PersistentHandle first = Fart_NewPersistentHandle(Fart_NewList(1));
  ASSERT_TRUE(Fart_SetHandleLabel(first, "the cache"));
  EXPECT_EQ(Of(first).label, "the cache");
  Collect(Fart_Collection_kMajor);
  EXPECT_EQ(Of(first).label, "the cache");
  ASSERT_TRUE(Fart_SetHandleLabel(first, "another"));
  EXPECT_EQ(Of(first).label, "another");
  Fart_DeletePersistentHandle(first);
  const Fart_PersistentHandle second = Fart_NewPersistentHandle(Fart_NewList(1));
  EXPECT_EQ(Of(second).label, "");
  ASSERT_TRUE(Fart_SetHandleLabel(second, "x"));
  ASSERT_TRUE(Fart_SetHandleLabel(second, ""));
  EXPECT_EQ(Of(second).label, "");
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(second, nullptr, 0, Die);
  EXPECT_TRUE(Fart_SetHandleLabel(weak, "watcher"));
  EXPECT_EQ(Of(weak).label, "watcher");
  const ExpectMisuse misuse("Fart_SetHandleLabel expects argument 'handle'");
  EXPECT_FALSE(Fart_SetHandleLabel(first, "gone"));
}

TEST_F(InspectTest, WhatOpensAScopeIsNoHandle) {
  Fart_EnterScope();
  const Fart_Handle first = Fart_NewList(1);
  ASSERT_TRUE(Fart_SetHandleLabel(first, "the first"));
  // A handle that a host has kept of what was there before the scope opened.
  const void* const before = reinterpret_cast<const std::uint64_t*>(first) - 1;
  {
    const ExpectMisuse misuse("Fart_SetHandleLabel expects argument 'handle'");
    EXPECT_FALSE(Fart_SetHandleLabel(before, "no handle"));
  }
  Fart_ExitScope();
}

TEST_F(InspectTest, AReportSaysWhichPlaceKeepsHowMuch) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  Fart_EnterScope();
  const Fart_PersistentHandle big = Fart_NewPersistentHandleAt(Fart_NewList(1000), "big.cc", 7);
  const Fart_PersistentHandle small = Fart_NewPersistentHandleAt(Fart_NewList(10), "small.cc", 8);
  const Fart_PersistentHandle again = Fart_NewPersistentHandleAt(big, "again.cc", 9);
  Fart_ExitScope();
  std::string text = Report(Fart_LeakReport_kText);
  EXPECT_THAT(text, HasSubstr("1 persistent handle, 96 bytes kept by nothing else, of List"));
  EXPECT_THAT(text, HasSubstr("    made at small.cc:8\n"));
  EXPECT_THAT(text, HasSubstr("made at big.cc:7"));
  // Held from two places: neither alone keeps it.
  EXPECT_EQ(text.find("8016 bytes"), std::string::npos);
  Fart_DeletePersistentHandle(again);
  text = Report(Fart_LeakReport_kText);
  EXPECT_THAT(text, HasSubstr("8016 bytes kept by nothing else"));
  EXPECT_LT(text.find("big.cc"), text.find("small.cc"));
  const std::string json = Report(Fart_LeakReport_kJson);
  EXPECT_THAT(json, HasSubstr("\"place\":\"big.cc:7\""));
  EXPECT_THAT(json, HasSubstr("\"kept_bytes\":8016"));
  Fart_DeletePersistentHandle(big);
  Fart_DeletePersistentHandle(small);
}

[[gnu::noinline]] void Acquire(Fart_Handle object) {
  Fart_TypedData_Type type{};
  void* data = nullptr;
  std::intptr_t length = 0;
  ExpectSuccess(Fart_TypedDataAcquireData(object, &type, &data, &length));
}

std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST_F(InspectTest, AReportSaysWhatAcquiredDataKeepsAndWhereItWasAcquired) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  Fart_EnterScope();
  const Fart_PersistentHandle noted =
      Fart_NewPersistentHandle(Fart_NewTypedData(Fart_TypedData_kUint8, 1000));
  const Fart_PersistentHandle alone =
      Fart_NewPersistentHandle(Fart_NewTypedData(Fart_TypedData_kUint8, 100));
  for (const Fart_PersistentHandle handle : {noted, noted, alone}) Acquire(handle);
  Fart_DeletePersistentHandle(alone);
  Fart_ExitScope();
  ExpectSuccess(Fart_Collect(Fart_Collection_kMajor));
  // `noted` has a handle as well: what is acquired keeps the other one alone.
  const std::string of_both = "2 objects whose data is acquired, ";
  std::string text = Report(Fart_LeakReport_kText);
  EXPECT_THAT(text, HasSubstr(of_both));
  EXPECT_THAT(text,
              ::testing::ContainsRegex(" bytes kept by nothing else, of Uint8List, the oldest "
                                       "acquired [0-9]+ collections? ago\n    acquired at "));
  std::string json = Report(Fart_LeakReport_kJson);
  EXPECT_THAT(json,
              ::testing::ContainsRegex(
                  "\"acquired\":\\[\n\\{\"place\":\"[^\"]+\",\"stack\":\"[^\"]+\",\"class\":"
                  "\"Uint8List\",\"other_classes\":false,\"objects\":2,\"kept_bytes\":1[0-9][0-9],"
                  "\"oldest_in_collections\":[0-9]+\\}\\],"));

  // As often given back as acquired: then it is known no longer.
  ExpectSuccess(Fart_TypedDataReleaseData(noted));
  EXPECT_THAT(Report(Fart_LeakReport_kText), HasSubstr(of_both));
  EXPECT_EQ(CountOf(Report(Fart_LeakReport_kText), "    acquired at "), 1u);
  ExpectSuccess(Fart_TypedDataReleaseData(noted));
  EXPECT_THAT(Report(Fart_LeakReport_kText), HasSubstr("1 object whose data is acquired, "));

  // What is acquired while nothing is noted has no place, also where something was noted of.
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance=false"));
  Acquire(noted);
  text = Report(Fart_LeakReport_kText);
  EXPECT_EQ(CountOf(text, " object whose data is acquired, "), 2u);
  EXPECT_EQ(CountOf(text, "    acquired at "), 1u);
  ExpectSuccess(Fart_TypedDataReleaseData(noted));
  Fart_DeletePersistentHandle(noted);
}

// Of a program, with native memory noted.
class InspectProgramTest : public LanguageTest {
 protected:
  ~InspectProgramTest() override { EXPECT_TRUE(Fart_SetFlag("--handle-provenance=false")); }
  Fart_Isolate Make(char** error) override {
    EXPECT_TRUE(Fart_SetFlag("--ffi-checked"));
    const Fart_Isolate made = LanguageTest::Make(error);
    Fart_ExitIsolate();
    EXPECT_TRUE(Fart_SetFlag("--ffi-checked=false"));
    Fart_EnterIsolate(made);
    return made;
  }
};

TEST_F(InspectProgramTest, AReportHasPortsAndNativeMemory) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  Load(R"(
    import 'dart:ffi';
    import 'dart:isolate';
    import 'package:ffi/ffi.dart';
    open(count) {
      var kept = new List(count);
      return new RawReceivePort((message) => kept);
    }
    allocate() => calloc<Uint8>(40);
    var ports, blocks;
    main() {
      ports = [open(200), open(200)];
      blocks = new List.generate(2, (i) => allocate());
    }
    end() {
      ports.forEach((port) => port.close());
      blocks.forEach((block) => calloc.free(block));
    }
  )");
  ExpectSuccess(Call("main"));
  const std::string json = Report(Fart_LeakReport_kJson);
  EXPECT_THAT(json,
              ::testing::ContainsRegex(
                  "\"ports\":\\[\n\\{\"place\":\"#0 open [^\"]*\",\"stack\":\"#0 open "
                  "[^\"]*\",\"class\":\"_RawReceivePort\",\"other_classes\":false,\"ports\":2,"
                  "\"kept_bytes\":3[0-9]+,\"oldest_in_collections\":[0-9]+\\}\\],\n"));
  EXPECT_THAT(
      json,
      HasSubstr(",\n\"native_memory\":[\n{\"blocks\":2,\"bytes\":80,\"stack\":\"#0 allocate "));
  std::string text = Report(Fart_LeakReport_kText);
  EXPECT_THAT(text, HasSubstr("  2 open ports, 3"));
  EXPECT_THAT(text, HasSubstr("Native memory that was not freed: 80 bytes in 2 blocks.\n"));
  ExpectSuccess(Call("end"));
  text = Report(Fart_LeakReport_kText);
  EXPECT_EQ(text.find("port"), std::string::npos) << text;
  EXPECT_EQ(text.find("Native memory"), std::string::npos) << text;
  EXPECT_THAT(Report(Fart_LeakReport_kJson), HasSubstr("\"native_memory\":[],"));
}

TEST_F(InspectTest, APathNamesTheHandleThatHolds) {
  ASSERT_TRUE(Fart_SetFlag("--handle-provenance"));
  Fart_EnterScope();
  const Fart_Handle inner = Fart_NewList(1);
  const Fart_Handle outer = Fart_NewList(4);
  ExpectSuccess(Fart_ListSetAt(outer, 2, inner));
  const Fart_PersistentHandle kept = Fart_NewPersistentHandleAt(outer, "cache.cc", 88);
  ASSERT_TRUE(Fart_SetHandleLabel(kept, "rows"));
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(inner, nullptr, 0, Die);
  Fart_ExitScope();
  std::string path;
  const auto add = [](const Fart_PathStep* step, void* text) {
    *static_cast<std::string*>(text) += std::string(step->reference) + ">" + step->class_name + ";";
  };
  const auto object = reinterpret_cast<Fart_Handle>(weak);
  ExpectSuccess(Fart_VisitRetainingPath(object, add, &path));
  EXPECT_THAT(path, HasSubstr("persistent handle 'rows' cache.cc:88, "));
  EXPECT_THAT(path, HasSubstr(" old)>List;[2]>List;"));
  Fart_DeletePersistentHandle(kept);
  EXPECT_TRUE(Fart_IdentityEquals(Fart_VisitRetainingPath(object, add, &path), Fart_False()));
  Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), weak);
}

class InspectMapsTest : public LanguageTest {};

TEST_F(InspectMapsTest, APathThroughAMapNamesTheKey) {
  ExpectSuccess(
      Load("var inner = [1]; map(key) => {'first': 1, key: inner}; get() => inner;"
           "forget() { inner = null; }"));
  std::string path;
  const auto add = [](const Fart_PathStep* step, void* text) {
    *static_cast<std::string*>(text) += std::string(step->reference) + ";";
  };
  const std::vector<std::pair<Fart_Handle, const char*>> keys = {{Str("a key"), R"(["a key"];)"},
                                                                 {Fart_NewInteger(70), "[70];"},
                                                                 {Fart_NewDouble(0.5), "[0.5];"},
                                                                 {Fart_True(), "[true];"},
                                                                 {Fart_Null(), "[null];"}};
  for (const auto& [key, name] : keys) {
    Fart_EnterScope();
    const Fart_PersistentHandle map = Fart_NewPersistentHandle(Call("map", {key}));
    const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(
        Call("get"), nullptr, 0, [](void*, Fart_WeakPersistentHandle, void*) {});
    Fart_ExitScope();
    ExpectSuccess(Call("forget"));
    path.clear();
    ExpectSuccess(Fart_VisitRetainingPath(reinterpret_cast<Fart_Handle>(weak), add, &path));
    EXPECT_THAT(path, HasSubstr(name));
    Fart_EnterScope();
    ExpectSuccess(Fart_SetField(library_, Str("inner"), Fart_HandleFromWeakPersistent(weak)));
    Fart_ExitScope();
    Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), weak);
    Fart_DeletePersistentHandle(map);
  }
}

// A-I1
TEST_F(InspectTest, ACallbackIsInsideNoIsolate) {
  struct Data {
    Fart_Isolate isolate;
    Fart_PersistentHandle kept;
    int calls;
  } data = {Fart_CurrentIsolate(), Fart_NewPersistentHandle(Fart_NewList(1)), 0};
  const auto write = [](const char*, std::size_t, void* pointer) {
    auto& told = *static_cast<Data*>(pointer);
    ++told.calls;
    EXPECT_EQ(Fart_CurrentIsolate(), nullptr);
    EXPECT_TRUE(Fart_IsError(Fart_NewList(1)));
    EXPECT_TRUE(Fart_IsError(Fart_Collect(Fart_Collection_kMinor)));
    EXPECT_STRNE(Fart_VerifyHeap(), nullptr);
    {
      const ExpectMisuse misuse("has not entered");
      Fart_DeletePersistentHandle(told.kept);
    }
    {
      const ExpectMisuse misuse("another thread is inside the isolate");
      Fart_EnterIsolate(told.isolate);
    }
    EXPECT_TRUE(Fart_IsError(Fart_WriteHeapSnapshot(
        [](const char*, std::size_t, void*) { return true; }, nullptr, nullptr)));
    return true;
  };
  ExpectSuccess(Fart_WriteHeapSnapshot(write, nullptr, &data));
  EXPECT_GT(data.calls, 0);
  EXPECT_EQ(Fart_CurrentIsolate(), data.isolate);
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  ExpectSuccess(Fart_WriteLeakReport(Fart_LeakReport_kText, write, &data));
  Fart_DeletePersistentHandle(data.kept);
}

TEST_F(InspectTest, ACallbackThatThrowsEndsIt) {
  const auto write = [](const char*, std::size_t, void*) -> bool {
    throw std::runtime_error("no room");
  };
  {
    const ExpectMisuse misuse("no room");
    EXPECT_THAT(ErrorOf(Fart_WriteHeapSnapshot(write, nullptr, nullptr)),
                HasSubstr("Fart_WriteHeapSnapshot: a callback did not return."));
  }
  const auto see = [](const Fart_HandleInfo*, void* data) {
    ++*static_cast<int*>(data);
    throw std::runtime_error("no more");
  };
  int calls = 0;
  Fart_NewList(1);
  Fart_NewList(1);
  {
    const ExpectMisuse misuse("no more");
    EXPECT_THAT(ErrorOf(Fart_VisitHandles(see, &calls)), HasSubstr("did not return"));
  }
  EXPECT_EQ(calls, 1);
  EXPECT_NE(Fart_CurrentIsolate(), nullptr);
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(InspectTest, AThreadThatEndsInACallbackEndsBehindIt) {
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  Fart_NewList(1);
  Fart_ExitIsolate();
  bool goes_on = false;
  RunThread([&] {
    Fart_EnterIsolate(isolate);
    Fart_VisitHandles([](const Fart_HandleInfo*, void*) { pthread_exit(nullptr); }, nullptr);
    goes_on = true;
  });
  EXPECT_FALSE(goes_on);
  Fart_EnterIsolate(isolate);
  EXPECT_EQ(Fart_CurrentIsolate(), isolate);
  EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
}

TEST_F(InspectTest, GivingUpIsNoError) {
  const auto refuse = [](const char*, std::size_t, void*) { return false; };
  const auto stop = [](std::uint64_t, std::uint64_t, void*) { return false; };
  std::string text;
  EXPECT_TRUE(Fart_IdentityEquals(Fart_WriteHeapSnapshot(refuse, nullptr, nullptr), Fart_False()));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_WriteHeapSnapshot(Append, stop, &text), Fart_False()));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_WriteLeakReport(Fart_LeakReport_kText, refuse, nullptr),
                                  Fart_False()));
}

TEST_F(InspectTest, AHistogramIsOfItsIsolate) {
  Fart_HeapHistogram foreign = nullptr;
  const Fart_Isolate home = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    foreign = Fart_TakeHeapHistogram();
    ASSERT_NE(foreign, nullptr);
    Fart_ExitIsolate();
    Fart_EnterIsolate(home);
    const ExpectMisuse misuse("'histogram' to be a histogram of the current isolate");
    Fart_DeleteHeapHistogram(foreign);
    Fart_ExitIsolate();
  }
  Fart_EnterIsolate(home);
  const Fart_HeapHistogram before = Fart_TakeHeapHistogram();
  std::map<std::string, std::int64_t> come;
  const auto add = [](const Fart_HeapClass* row, void* data) {
    (*static_cast<std::map<std::string, std::int64_t>*>(data))[row->class_name] += row->objects;
  };
  for (int i = 0; i < 5; ++i) Fart_NewDouble(i + 0.5);
  ExpectSuccess(Fart_VisitHeapClasses(before, add, &come));
  if (!IsUnderStress()) {
    EXPECT_EQ(come["double"], 5);
  }
  // Young, old and large ones are told apart.
  const Fart_Handle kept[] = {Fart_NewList(2), Fart_NewList(100'000), Fart_Null()};
  for (int i = 0; i < 3; ++i) Collect();
  const auto keep = [](const Fart_HeapClass* row, void* data) {
    if (std::string(row->class_name) == "List") *static_cast<Fart_HeapClass*>(data) = *row;
  };
  Fart_HeapClass lists = {};
  ExpectSuccess(Fart_VisitHeapClasses(before, keep, &lists));
  EXPECT_EQ(lists.old_objects, 1);
  EXPECT_EQ(lists.old_bytes, 32);
  EXPECT_EQ(lists.large_objects, 1);
  EXPECT_EQ(lists.large_bytes, 16 + 800'000);
  EXPECT_EQ(lists.new_bytes, 0);
  EXPECT_EQ(lists.bytes, lists.old_bytes + lists.large_bytes);
  EXPECT_TRUE(Fart_IsList(kept[0]));
  Fart_DeleteHeapHistogram(before);
  const ExpectMisuse misuse("'histogram' to be a histogram of the current isolate");
  Fart_DeleteHeapHistogram(before);
}

}  // namespace
}  // namespace fart::api

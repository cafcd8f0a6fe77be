// Isolates that run scripts share the `dart:` libraries: none of them sees another, and nothing
// that is shared ever changes.

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/compiler/disassembler.h"
#include "lang/fart_program.h"
#include "lang/loader/shared_libraries.h"
#include "lang/loader/testing/shared_libraries.h"
#include "vm/memory/flags.h"
#include "vm/native/libraries.h"
#include "vm/testing/test_isolate.h"

namespace fart::lang {
namespace {

// Uses much of the libraries; mixes in one of their classes that has initialisers; extends,
// implements, tears off, throws and catches.
constexpr std::string_view kScript = R"(
  import 'dart:async';
  import 'dart:typed_data';
  class Words extends Object with Comparable {
    var count = (() => 7)();
    var parts = [];
    write(part) => parts.add(part);
    toString() => parts.join();
  }
  class Five extends Iterable { get iterator => [1, 2, 3, 4, 5].iterator; }
  class Odd implements Comparable { var v; Odd(this.v); compareTo(other) => other.v - v; }
  var kept = {};
  main() {
    var words = new Words();
    words.write('a');
    words.write(1.5);
    var odd = [new Odd(1), new Odd(3), new Odd(2)];
    odd.sort();
    kept['bytes'] = new Uint8List(3)..[1] = 300;
    var caught = '';
    try { null.nix(); } on NoSuchMethodError catch (e) { caught = 'caught'; }
    var f = int.parse;
    var text = '${words.toString()} ${words.count} ${new Five().map((x) => x * x).toList()} '
        '${odd.map((o) => o.v).join()} ${kept['bytes'][1]} $caught ${f('42')} '
        '${new Duration(seconds: 61)} ${const [1, 2]} ${int}';
    return text;
  }
)";
constexpr std::string_view kResult =
    "a1.5 7 [1, 4, 9, 16, 25] 321 44 caught 42 0:01:01.000000 [1, 2] int";

IsolateOptions Options() {
  IsolateOptions options;
  options.program = MakeFartProgram;
  options.flags = DefaultFlags();
  return options;
}

Outcome Load(TestIsolate& isolate, std::string_view text) FART_NO_SAFEPOINT_ANALYSIS {
  return isolate->program().LoadScript(
      {.url = "test.dart", .path = "/nowhere/test.dart", .text = std::string(text)});
}

// What `main` returns, or an error's message.
std::string ResultOf(TestIsolate& isolate, std::string_view text) FART_NO_SAFEPOINT_ANALYSIS {
  const Outcome loaded = Load(isolate, text);
  if (loaded.IsError()) return isolate.ErrorMessageOf(loaded);
  const Outcome result =
      isolate->program().Invoke(isolate->libraries().root()->object(), "main", {});
  if (result.IsError()) return isolate.ErrorMessageOf(result);
  return isolate.Text(isolate.Keep(result));
}

std::shared_ptr<const SharedLibraries> Shared() {
  std::string error;
  return SharedLibraries::OfProcess(/*checks_types=*/false, &error);
}

// All that can be said of what is shared, once all of it is there.
std::string Fingerprint() {
  const auto shared = Shared();
  std::string error;
  const std::shared_ptr<const LibrarySet> all = shared->All(&error);
  const LibrarySet& set = *all;
  ReadAllMembers(set);
  std::string text = std::to_string(set.size());
  for (int number = 0; number < static_cast<int>(set.size()); ++number) {
    const CompiledLibrary& library = set.library(number);
    for (std::size_t i = 0; i < set.source(number).functions.size(); ++i) {
      EXPECT_FALSE(shared->Compile({number, static_cast<int>(i)}));
    }
    text += library.uri + std::to_string(library.classes.size()) + ' ' +
            std::to_string(library.statics.size()) + ' ' +
            std::to_string(set.source(number).exported.names().size());
    for (const auto& function : library.functions) text += Disassemble(set, *function);
  }
  return text;
}

TEST(SharedProgramTest, ProgramsRunTheSameAndChangeNothing) {
  const std::string before = Fingerprint();
  const auto shared = Shared();
  {
    TestIsolate first(Options());
    EXPECT_EQ(ResultOf(first, kScript), kResult);
    first->Exit();
    TestIsolate second(Options());
    EXPECT_EQ(ResultOf(second, kScript), kResult);
    second->Exit();
  }
  EXPECT_EQ(Fingerprint(), before);
  EXPECT_EQ(Shared(), shared);
}

TEST(SharedProgramTest, AnUncheckedProgramBesideACheckedOneStaysUnchecked) {
  constexpr std::string_view kWrong =
      "main() { try { int x = 'a'; <int>[].add('b'); return x; } catch (e) { return '${e is "
      "TypeError}'; } }";
  const std::string before = Fingerprint();
  for (int i = 0; i < 2; ++i) {
    TestIsolate plain(Options());
    EXPECT_EQ(ResultOf(plain, kWrong), "a");
    plain->Exit();
    IsolateOptions options = Options();
    options.flags.checked = true;
    TestIsolate checked(options);
    EXPECT_EQ(ResultOf(checked, kWrong), "true");
    checked->Exit();
    TestIsolate right(options);
    EXPECT_EQ(ResultOf(right, kScript), kResult);
    right->Exit();
  }
  EXPECT_EQ(Fingerprint(), before);
}

// Its class and what it is called by lie in the isolate.
TEST(SharedProgramTest, AClassAddedToDartCoreStaysInItsIsolate) {
  constexpr std::string_view kExtends = "class C extends Added {} main() => '${new C()}';";
  const std::string before = Fingerprint();
  TestIsolate first(Options());
  [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const Rooted core = first->libraries().FindByUrl("dart:core")->object();
    EXPECT_FALSE(first->program().NewNativeWrapperClass(core, "Added", 1).IsError());
    EXPECT_EQ(first.ErrorMessageOf(first->program().NewNativeWrapperClass(core, "Added", 1)),
              "A class 'Added' already exists in library 'dart:core'.");
  }();
  EXPECT_EQ(ResultOf(first, kExtends), "Instance of 'C'");
  first->Exit();
  TestIsolate second(Options());
  EXPECT_NE(ResultOf(second, kExtends).find("There is no class 'Added'."), std::string::npos);
  second->Exit();
  EXPECT_EQ(Fingerprint(), before);
}

TEST(SharedProgramTest, AFailedLoadLeavesTheLibrariesItLedTo) {
  TestIsolate isolate(Options());
  for (int i = 0; i < 2; ++i) {
    EXPECT_NE(ResultOf(isolate, "import 'dart:typed_data'; class C extends Nix {}").find("'Nix'"),
              std::string::npos);
  }
  EXPECT_NE(ResultOf(isolate, "import 'dart:typed_data'; import 'nix.dart';").find("nix.dart"),
            std::string::npos);
  EXPECT_EQ(ResultOf(isolate, kScript), kResult);
}

TEST(SharedProgramTest, AnIsolateOutlivesThatTheyAreForgotten) {
  TestIsolate isolate(Options());
  ForgetSharedLibraries();
  EXPECT_EQ(ResultOf(isolate, kScript), kResult);
}

TEST(SharedProgramTest, ThreadsStartIsolatesAtOnce) {
  ForgetSharedLibraries();
  constexpr int kThreads = 4;
  std::vector<std::string> results(kThreads);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&result] {
      for (int i = 0; i < 2; ++i) {
        TestIsolate isolate(Options());
        result = ResultOf(isolate, kScript);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, kResult);
}

}  // namespace
}  // namespace fart::lang

// However many scripts have taken each other's place, no table has more than a few of them.

#include "lang/fart_program.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <cstddef>
#include <string>

#include "heap/base/safepoint.h"
#include "vm/isolate.h"
#include "vm/memory/flags.h"
#include "vm/native/libraries.h"
#include "vm/roots/root_table.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/symbol_table.h"

namespace fart::lang {
namespace {

IsolateOptions Options() {
  IsolateOptions options;
  options.program = MakeFartProgram;
  return options;
}

struct Kind {
  const char* name;
  // Each # in it stands for the number of the script.
  const char* source;
  bool fails = false;
};

class ReclaimerTest : public testing::TestWithParam<Kind> {
 protected:
  ReclaimerTest() : isolate_(Options()) {}

  static std::string Numbered(std::string text, int number) {
    for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#')) {
      text.replace(at, 1, std::to_string(number));
    }
    return text;
  }

  void Load(int number) FART_MAY_COLLECT {
    const std::string source = Numbered(GetParam().source, number);
    const std::string url = Numbered("script_#.dart", number);
    FART_CHECK(isolate_->handles().locals.EnterScope());
    isolate_->libraries().SetRoot(nullptr);
    const Outcome loaded = isolate_->program().LoadScript(
        {.url = url, .path = testing::TempDir() + "/" + url, .text = source});
    ASSERT_EQ(loaded.IsError(), GetParam().fails)
        << (loaded.IsError() ? isolate_.ErrorMessageOf(loaded) : "");
    if (!loaded.IsError()) {
      const Rooted library = isolate_.Keep(loaded);
      const Outcome done = isolate_->program().Invoke(library, "main", {});
      ASSERT_FALSE(done.IsError()) << isolate_.ErrorMessageOf(done);
      if (number == kept_number_) {
        kept_ = isolate_->roots().Add();
        const NoSafepointScope quiet;
        isolate_->roots().Set(kept_, done.Get(quiet));
      }
    }
    isolate_->handles().locals.ExitScope();
  }

  struct Sizes {
    std::size_t shapes, roots, symbols, bytes;
    int last_number;
  };
  // Where few loads are waiting to be looked at makes no difference.
  Sizes Measure() {
    isolate_.Collect(GcKind::kMajor);
    int last_number = 0;
    for (int number = 0; number < 5000; ++number) {
      if (isolate_->libraries().Find(number) != nullptr) last_number = number;
    }
    return {isolate_->shapes().size(), isolate_->roots().size(), isolate_->symbols().size(),
            mallinfo2().uordblks, last_number};
  }

  TestIsolate isolate_;
  int kept_number_ = -1;  // The script whose result is kept.
  RootTable::Slot* kept_ = nullptr;
};

TEST_P(ReclaimerTest, NothingOfAHundredScriptsStays) FART_NO_SAFEPOINT_ANALYSIS {
  // Of at most so many, that are retired and not looked at: Reclaimer::kAlwaysAllowed.
  constexpr std::size_t kWaiting = 70;
  int number = 0;
  while (number < 100) Load(number++);
  const Sizes before = Measure();
  while (number < 500) Load(number++);
  const Sizes after = Measure();
  EXPECT_LE(after.shapes, before.shapes + 2 * kWaiting);
  EXPECT_LE(after.roots, before.roots + 10 * kWaiting);
  EXPECT_LE(after.symbols, before.symbols + 10 * kWaiting);
  EXPECT_LE(after.last_number, before.last_number + static_cast<int>(2 * kWaiting));
  // A KB for each of the 400 would show.
  EXPECT_LE(after.bytes, before.bytes + 400 * 1024);
  EXPECT_EQ(isolate_.Verify(), "");
}

// Whose class nothing else leads to.
class KeptListsTest : public ReclaimerTest {};

TEST_P(KeptListsTest, StillHaveTheirTypes) FART_NO_SAFEPOINT_ANALYSIS {
  kept_number_ = 5;
  for (int number = 0; number < 300; ++number) Load(number);
  const Outcome type = isolate_->program().GetProperty(Rooted(&kept_->value), "runtimeType");
  ASSERT_FALSE(type.IsError());
  EXPECT_EQ(isolate_.Text(isolate_.Keep(isolate_->program().ToString(isolate_.Keep(type)))),
            "List<P5>");
}

constexpr Kind kLists[] = {
    {"Fixed", "class P# {} main() => new List<P#>(1);"},
    {"Constant", "class P# {} main() => const <P#>[];"},
    {"Growable", "class P# {} main() => <P#>[];"},
};
INSTANTIATE_TEST_SUITE_P(All, KeptListsTest, testing::ValuesIn(kLists),
                         [](const auto& info) { return std::string(info.param.name); });

// Classes that a host adds to a script's library weigh as much as others, and end with it.
class AddedClassesTest : public ReclaimerTest {};

TEST_P(AddedClassesTest, EndWithTheirScripts) FART_NO_SAFEPOINT_ANALYSIS {
  const auto load_many = [this](int from, int to) FART_NO_SAFEPOINT_ANALYSIS {
    for (int number = from; number < to; ++number) {
      Load(number);
      for (int i = 0; i < 100; ++i) {
        const Rooted library = isolate_->libraries().root()->object();
        const std::string name = "Added" + std::to_string(number) + "_" + std::to_string(i);
        ASSERT_FALSE(isolate_->program().NewNativeWrapperClass(library, name, 1).IsError());
      }
    }
  };
  load_many(0, 5);
  const Sizes before = Measure();
  load_many(5, 25);  // 280 KB each
  EXPECT_LE(Measure().bytes, before.bytes + 1'000'000);
}

constexpr Kind kPlain[] = {{"Plain", "main() => 1;"}};
INSTANTIATE_TEST_SUITE_P(All, AddedClassesTest, testing::ValuesIn(kPlain),
                         [](const auto& info) { return std::string(info.param.name); });

constexpr Kind kKinds[] = {
    {"NothingNew", "class P { var a; sum() => a; } main() => new P().sum();"},
    {"Names",
     "class P# { var a#; static var s#; sum#(x#, {n#}) => a#; }"
     "main() { var p = new P#(); p.a# = 'text #'; P#.s# = p; return p.sum#(1, n#: 2); }"},
    {"Circles",
     "class P# { var f; m() => f; } var kept = new P#(); const c = const ['c#', #];"
     "main() { kept.f = [kept, () => kept.f, kept.m, main, P#, c];"
     "try { throw kept; } catch (e, t) { kept.f.add(t); } return kept.f.length; }"},
    {"Mixins",
     "class S# { s() => 1; } class M# { m() => new List(1); }"
     "class C# extends S# with M# { c() => super.s(); } main() => new C#().c();"},
    {"TypeArguments",
     "class P# { var f; } class G#<T> { t() => T; } typedef F# = P# Function(P#);"
     "same<T>(x) => () => T; var kept = <P#>[]; const c = const ['c#'];"
     "main() { kept.add(new G#<List<P#>>()); kept.add(kept is List<G#>); kept.add(same<P#>(1));"
     "kept.add((x) => x is F#); kept.add(kept[0].t()); kept.add(kept.map<P#>((x) => x));"
     "return kept[2]() == P# && kept[1]; }"},
    {"Extensions",
     "extension E# on String { m#() => length; get g# => (x) => x; }"
     "extension L#<T> on List<T> { t#() => T; } extension on P# { var0() => f; }"
     "class P# { late var f = 'late'; late final List<P#> l = <P#>[]; }"
     "trying(f) { try { return f(); } catch (e) { return null; } }"
     "main() { for (var x in ['a', <P#>[], null, new P#()]) {"
     "trying(() => x.m#()); trying(() => x.g#(1)); trying(() => x.t#()); trying(() => x.var0()); }"
     "return 'a'.m#() + 'a'.g#(2) + new P#().l.t#().toString().length; }"},
    {"SyntaxErrors", "class P# { var a#; } main() => ;", true},
    {"UnknownNames", "class P# { var a; sum() => unknown#; } main() => new P#().sum();", true},
    {"UnknownClasses", "class P# extends Unknown# {} main() {}", true},
    {"MissingImports", "import 'missing_#.dart'; class P# {} main() => 1;", true},
    {"MissingExtensions",
     "import 'dart-ext:missing_#'; class P# {} var v# = new P#(); main() => v#;", true},
};

// What natives know of a class, they know by its number, which is another class's when that has
// ended.
class StructsOfScriptsTest : public ReclaimerTest {};

TEST_P(StructsOfScriptsTest, AreTheirOwn) FART_NO_SAFEPOINT_ANALYSIS {
  for (int number = 1; number <= 300; ++number) Load(number);
}

constexpr Kind kStructs[] = {
    {"Structs",
     "import 'dart:ffi'; class S# extends Struct { @Array(#) external Array<Int8> a; }"
     "class O# {} var unused = new List(200);"
     "main() { if (sizeOf<S#>() != #) throw 'of an earlier script: ${sizeOf<S#>()}';"
     "  if (# % 7 == 0) return Struct.create<S#>().a[# - 1]; }"},
    {"Others",
     "import 'dart:ffi'; class O# {} class P# {} class S# extends Struct { @Int8() external int a; "
     "}"
     "main() { try { if (# % 2 == 0) sizeOf<O#>(); } on UnsupportedError catch (e) { return; }"
     "  if (# % 2 == 0) throw 'O is no type of C'; if (sizeOf<S#>() != 1) throw 'S'; }"},
};

INSTANTIATE_TEST_SUITE_P(All, StructsOfScriptsTest, testing::ValuesIn(kStructs),
                         [](const auto& info) { return std::string(info.param.name); });

INSTANTIATE_TEST_SUITE_P(All, ReclaimerTest, testing::ValuesIn(kKinds),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace fart::lang

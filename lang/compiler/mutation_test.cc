// Whatever text it gets, the front end answers with code that keeps its invariants, or with an
// error that shows a place; it never crashes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lang/compiler/test_program.h"
#include "rapidcheck.h"
#include "rapidcheck/gtest.h"

namespace fart::lang {
namespace {

const std::vector<std::string>& Sources() {
  static const std::vector<std::string> sources = {
      R"(library l; import 'dart-ext:x'; import 'dart:core' as c show int;
         int rand() native "Rand"; var a = 1, b = f(2); final d = const [1.5]; typedef int G(x);
         get p => a; set p(v) { a = v; } f(x, [y = 2, z]) => x ?? y; h({k: 1, m}) { return k + m; })",
      R"(abstract class S<T> { T x; S(this.x); S.n() : x = 1; m(a) => a; operator ==(o) => true;
         operator []=(i, v) {} static s() => 1; get g => x; set g(v) { x = v; } }
         class C extends S<int> with M implements I { final y; var z = [1, {'a': 2}];
         C(this.y, {q: 3}) : super(q) { z[0] += y; super.x = super.m(1); } C.k() : super(1), y = 0;
         factory C.f() = C.k; C.r() : this(1, q: 2); }
         class M { var mm = 5; } class I {} enum E { one, two })",
      R"(main(args) { var i = 0, list = <int>[1, 2, 3]; const k = 0xFF;
         for (var j = 0; j < 10; j++) { var g = () => j + i; if (j == 3) continue; list.add(g()); }
         for (final e in list) { print('${e}: $i ${() { return "x$e"; }()}'); }
         l: while (true) { do { if (i > 5 && !(i is int) || i == null) break l; i++; } while (i < 3); }
         switch (i) { case 1: case 2: print(1); break; q: case 3: continue q; default: throw 'x'; }
         list..add(1)..[0] = 2..length; var t = args?.a?.b(1) ?? i; t ??= i << 2 >> 1; i = -i ~/ ~3;
         return i > 2 ? i++ : --i; })",
      R"(f(a) { try { try { if (a) return 1; a(); } on C catch (e, s) { rethrow; } catch (e) {
         throw e; } finally { for (;;) { try { break; } finally { a[1] *= 2; } } } }
         finally { g(n) => n == 0 ? 1 : n * g(n - 1); assert(g(3) == 6); } }
         class C { call(x) => new C(); noSuchMethod(i) => #sym; })",
      "f() => r'raw\\' \"\"\"multi\n$f\"\"\" '\\u{1F600}\\x41' 'ä';  // end",
  };
  return sources;
}

const std::vector<std::string>& Fragments() {
  static const std::vector<std::string> fragments = {"(",
                                                     ")",
                                                     "{",
                                                     "}",
                                                     "[",
                                                     "]",
                                                     "<",
                                                     ">",
                                                     "\"",
                                                     "'",
                                                     "'''",
                                                     "${",
                                                     "$",
                                                     ";",
                                                     ",",
                                                     ":",
                                                     ".",
                                                     "..",
                                                     "?.",
                                                     "=>",
                                                     "=",
                                                     "==",
                                                     "+",
                                                     "-",
                                                     "!",
                                                     "/*",
                                                     "*/",
                                                     "//",
                                                     "\\",
                                                     "\n",
                                                     "\xFF",
                                                     "\xC3",
                                                     "0x",
                                                     "1e",
                                                     "9999999999999999999",
                                                     "this",
                                                     "super",
                                                     "const ",
                                                     "new ",
                                                     "return ",
                                                     "break ",
                                                     "try {",
                                                     "catch",
                                                     "finally {",
                                                     "class ",
                                                     "static ",
                                                     "factory ",
                                                     "operator ",
                                                     "get ",
                                                     "async ",
                                                     "await ",
                                                     "switch (a) {",
                                                     "case 1:",
                                                     "rethrow;",
                                                     "=> a;",
                                                     "(a) {}",
                                                     "f",
                                                     "a",
                                                     "is ",
                                                     "as ",
                                                     "in ",
                                                     "l:",
                                                     "native \"n\";",
                                                     "part of ",
                                                     "throw ",
                                                     "for (",
                                                     "continue ",
                                                     "extends ",
                                                     "C",
                                                     "x",
                                                     "@m ",
                                                     "#",
                                                     "?\?=",
                                                     "++"};
  return fragments;
}

// One edit: (kind, place, choice).
struct Edit {
  std::uint8_t kind;
  std::uint32_t place;
  std::uint32_t choice;
};

void Apply(const Edit& edit, std::string* text) {
  const std::size_t at = text->empty() ? 0 : edit.place % text->size();
  const std::size_t length = 1 + edit.choice % 20;
  switch (edit.kind % 5) {
    case 0:
      text->insert(at, Fragments()[edit.choice % Fragments().size()]);
      break;
    case 1:
      text->erase(at, length);
      break;
    case 2: {
      const std::string copy = text->substr(at, length * 3);
      text->insert(edit.choice % (text->size() + 1), copy);
      break;
    }
    case 3:
      if (!text->empty()) (*text)[at] = static_cast<char>(edit.choice);
      break;
    case 4: {
      const std::string& other = Sources()[edit.choice % Sources().size()];
      text->insert(at, other.substr(edit.place % other.size(), 60));
      break;
    }
  }
}

void ExpectAnswer(const std::string& text) {
  const auto answer = [&text](bool checks_types) {
    TestProgram program({.enable_asserts = true, .check_types = checks_types});
    std::string error = program.Add("test.dart", text);
    if (error.empty()) error = program.Build();
    return error;
  };
  const std::string error = answer(/*checks_types=*/false);
  RC_ASSERT(answer(/*checks_types=*/true) == error);
  if (error.empty()) return;
  // A broken invariant (CheckFunction) would have another form than a rendered error.
  RC_ASSERT(error.starts_with("test.dart:"));
  RC_ASSERT(error.find(": Error: ") != std::string::npos);
  RC_ASSERT(error.back() == '^');
}

TEST(MutationTest, TheSourcesAreGoodToBeginWith) {
  for (const std::string& source : Sources()) {
    TestProgram program;
    EXPECT_EQ(program.Add("test.dart", source), "");
    EXPECT_EQ(program.Build(), "");
  }
}

RC_GTEST_PROP(MutationTest, MutatedSourcesGiveSoundCodeOrAnError, ()) {
  std::string text = *rc::gen::elementOf(Sources());
  const auto count = *rc::gen::inRange<std::size_t>(1, 8);
  for (std::size_t i = 0; i < count; ++i) {
    Apply({*rc::gen::arbitrary<std::uint8_t>(), *rc::gen::arbitrary<std::uint32_t>(),
           *rc::gen::arbitrary<std::uint32_t>()},
          &text);
  }
  ExpectAnswer(text);
}

RC_GTEST_PROP(MutationTest, SoupsOfFragmentsGiveSoundCodeOrAnError, ()) {
  const auto picks = *rc::gen::container<std::vector<std::size_t>>(
      rc::gen::inRange<std::size_t>(0, Fragments().size()));
  std::string text = "f(a) { ";
  for (const std::size_t pick : picks) text += Fragments()[pick];
  ExpectAnswer(text);
}

}  // namespace
}  // namespace fart::lang

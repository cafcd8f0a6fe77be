// How deep programs may nest: as deep as the stack that they are loaded on allows, whether it is
// the smallest that a thread has or a huge one. Beyond it there is an error with a place.

#include <pthread.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "heap/base/sanitizer.h"
#include "lang/compiler/test_program.h"
#include "lang/syntax/ast_dump.h"
#include "lang/syntax/parser.h"

namespace fart::lang {
namespace {

constexpr std::size_t kSmallStack = std::size_t{128} << 10;
// On which a nest of 30 compiles: AddressSanitizer makes frames larger.
constexpr std::size_t kStackFor30 = FART_ADDRESS_SANITIZER ? 8 * kSmallStack : kSmallStack;
constexpr std::size_t kLargeStack = std::size_t{512} << 20;

void OnStackOf(std::size_t size, std::function<void()> body) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, size), 0);
  pthread_t thread;
  const auto run = [](void* argument) -> void* {
    (*static_cast<std::function<void()>*>(argument))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &body), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

// One construct in itself, `depth` times.
struct Nest {
  const char* before;
  const char* opening;
  const char* inner;
  const char* closing;
  const char* after;

  [[nodiscard]] std::string Text(int depth) const {
    return before + Repeat(opening, depth) + inner + Repeat(closing, depth) + after;
  }
};

constexpr Nest kNests[] = {
    {"f(a) => ", "(", "a", ")", ";"},
    {"f(a) => ", "[", "a", "]", ";"},
    {"f(a) => ", "const [", "1", "]", ";"},
    {"f(a) => ", "{1: ", "a", "}", ";"},
    {"f(a) => ", "const {1: ", "1", "}", ";"},
    {"f(a) => ", "- ", "a", "", ";"},
    {"f(a) => ", "!", "a", "", ";"},
    {"f(a) { if (", "!", "a", "", ") {} }"},
    {"f(a) => ", "~", "a", "", ";"},
    {"f(a) => ", "() => ", "a", "", ";"},
    {"f(a) => ", "(b, [c = 1]) { return ", "a", "; }", ";"},
    {"f(a) => ", "a ? a : ", "a", "", ";"},
    {"f(a) => ", "a ? ", "a", " : a", ";"},
    {"f(a) { ", "a = ", "a", "", "; }"},
    {"f(a) { ", "a ?\?= ", "a", "", "; }"},
    {"f(a) => ", "a(", "a", ")", ";"},
    {"f(a) => ", "a(b: ", "a", ")", ";"},
    {"f(a) => ", "a[", "a", "]", ";"},
    {"f(a) => ", "f(", "a", ")", ";"},
    {"f(a) => ", "throw ", "a", "", ";"},
    {"class C { C(a); } f(a) => ", "new C(", "a", ")", ";"},
    {"f(a) => ", "a..b = (", "a", ")", ";"},
    {"f(a) => ", "a..b(", "a", ")", ";"},
    {"f(a) => a", "", "", ".b", ";"},
    {"f(a) => a", "", "", "?.b", ";"},
    {"f(a) => a", "", "", "?.b(1)", ";"},
    {"f(a) => a", "", "", "[0]", ";"},
    {"f(a) => a", "", "", "!", ";"},
    {"f(a) => a", "", "", "?[0]", ";"},
    {"f(a) => ", "a?.b(", "a", ")", ";"},
    {"f(a) => ", "a?..b(", "a", ")", ";"},
    {"f(a) => [", "if (a) ", "a", "", "];"},
    {"f(a) => [", "if (a) a else ", "a", "", "];"},
    {"f(a) => [", "for (;a;) ", "a", "", "];"},
    {"f(a) => [", "for (var b in a) ", "a", "", "];"},
    {"f(a) => ", "[...", "a", "]", ";"},
    {"f(a) => ", "[if (a) ", "a", "]", ";"},
    {"f(a) => ", "{1: 1, ...", "a", "}", ";"},
    {"f(a) { ", "late var b = () { ", "a();", "};", "}"},
    {"class C { C(a); } class D extends C { D(a) : assert(", "(", "a", ")", "), super(a); }"},
    {"extension E on int { f(a) => ", "(", "a", ")", "; }"},
    {"f(a) => ", "<T>(b) => ", "a", "", ";"},
    {"f(a) => a", "", "", "(0)", ";"},
    {"f(a) => a", "", "", " && a", ";"},
    {"f(a) { if (a", "", "", " || a", ") {} }"},
    {"f(a) => a", "", "", " ?? a", ";"},
    {"f(a) => ", "a + (", "a", ")", ";"},
    {"f(a) => ", "1 << (", "a", ")", ";"},
    {"f(a) => ", "a == (", "a", ")", ";"},
    {"f(a) => ", "(", "a", " is int)", ";"},
    {"f(a) => ", "(", "a", " as int)", ";"},
    {"f(a) { ", "{", "", "}", "}"},
    {"f(a) { ", "if (a) ", "a();", "", "}"},
    {"f(a) { ", "if (a) {} else { ", "", "}", "}"},
    {"f(a) { ", "while (a) ", "a();", "", "}"},
    {"f(a) { ", "for (;;) ", "a();", "", "}"},
    {"f(a) { ", "for (var b in a) ", "a();", "", "}"},
    {"f(a) { ", "do ", "a();", " while (a);", "}"},
    {"f(a) { ", "try { ", "a();", "} finally {}", "}"},
    {"f(a) { ", "try {} finally { ", "a();", "}", "}"},
    {"f(a) { ", "try { a(); } catch (e) { ", "a();", "}", "}"},
    {"f(a) { ", "switch (a) { case 1: ", "a();", "}", "}"},
    {"f(a) { ", "l: { ", "a();", "}", "}"},
    {"f(a) { ", "g() { ", "a();", "}", "}"},
    {"f(a) { ", "var b = () { ", "a();", "};", "}"},
    {"f(", "g(", "a", ")", ") {}"},
    {"var a = ", "(", "1", ")", ";"},
    {"const a = ", "[", "1", "]", ";"},
    {"f([a = ", "- ", "1.5", "", "]) {}"},
    {"class C { var a = ", "[", "1", "]", "; }"},
    {"class C { var a; C(b) : a = ", "(", "b", ")", "; }"},
    {"class a { const a(x); } @a(", "(", "1", ")", ") f() {}"},
    {"f(a) => a is ", "List<", "int", ">", ";"},
    {"typedef f(", "g(", "a", ")", ");"},
};

bool IsTooDeep(const std::string& message) {
  return message.ends_with(" This is nested too deeply.");
}

TEST(DepthTest, EndsWithAnErrorWhereASmallStackDoes) {
  OnStackOf(kStackFor30, [] {
    for (const Nest& nest : kNests) {
      for (const int depth : {30, 300, 3000}) {
        const std::string message = ErrorOf(nest.Text(depth));
        const bool is_type = std::string(nest.opening) == "List<";  // 64 of these are too many.
        EXPECT_TRUE(message == "no error" || IsTooDeep(message) || is_type)
            << nest.Text(3) << " at " << depth << ": " << message;
        if (depth == 30) {
          EXPECT_EQ(message, "no error") << nest.Text(3);
        }
      }
    }
  });
}

TEST(DepthTest, NestsStringsInStrings) {
  const auto text = [](int depth) {
    std::string strings;
    std::string ends;
    for (int i = 0; i < depth; ++i) {
      strings += i % 2 == 0 ? "'${" : "\"${";
      ends = (i % 2 == 0 ? "}'" : "}\"") + ends;
    }
    return "f(x) => " + strings + "x" + ends + ";";
  };
  OnStackOf(kSmallStack, [&text] {
    EXPECT_EQ(ErrorOf(text(20)), "no error");
    EXPECT_TRUE(IsTooDeep(ErrorOf(text(2000))));
  });
}

TEST(DepthTest, NeedsNoStackForWhatIsLongAndNotDeep) {
  OnStackOf(kStackFor30, [] {
    for (const Nest& chain :
         {Nest{"f(a) => '", "", "", "$a", "';"}, Nest{"f(a) => '", "", "", "${a}", "';"},
          Nest{"f(a) => '''", "", "", "$a\n", "''';"}, Nest{"f(a) => '$a'", "", "", " 'b'", ";"},
          Nest{"f(a) { ", "", "", "a();", "}"}, Nest{"f(a) => [", "", "", "a,", "];"}}) {
      EXPECT_EQ(ErrorOf(chain.Text(5000)), "no error") << chain.Text(3);
    }
  });
}

TEST(DepthTest, NestsAsDeepAsALargeStackAllows) {
  OnStackOf(kLargeStack, [] {
    for (const char* opening : {"(", "- ", "a ? a : ", "a(", "a && ("}) {
      const std::string closing(std::string(opening).ends_with('(') ? ")" : "");
      EXPECT_EQ(ErrorOf("f(a) => " + Repeat(opening, 20000) + "a" + Repeat(closing, 20000) + ";"),
                "no error")
          << opening;
    }
    EXPECT_EQ(ErrorOf("f(a) " + Repeat("{", 20000) + Repeat("}", 20000)), "no error");
  });
}

TEST(DepthTest, DumpsOfDeepTreesEndWhereTheStackDoes) {
  ParseResult parsed;
  OnStackOf(kLargeStack, [&parsed] {
    const std::string text = "f(a) => " + Repeat("- ", 20000) + "a;";
    parsed = Parse(std::make_shared<SourceFile>("test.dart", text));
  });
  ASSERT_NE(parsed.unit, nullptr);
  OnStackOf(kSmallStack, [&parsed] {
    const std::string dump = Dump(*parsed.unit);
    EXPECT_NE(dump.find("..."), std::string::npos);
    EXPECT_NE(dump.find("(neg (neg (neg "), std::string::npos);
  });
}

// What a name costs does not grow with the nest it stands in.
TEST(DepthTest, ManyNamesInADeepNestTakeLinearTimeAndMemory) {
  OnStackOf(kLargeStack, [] {
    std::string uses;
    for (int i = 0; i < 5000; ++i) uses += "p" + std::to_string(i) + "();";
    std::string declarations;
    for (int i = 0; i < 5000; ++i) declarations += "p" + std::to_string(i) + "() {}";
    EXPECT_EQ(ErrorOf(declarations + "f(a) " + Repeat("{", 10000) + uses + Repeat("}", 10000)),
              "no error");
  });
}

TEST(DepthTest, LongChainsOfClassesNeedNoStack) {
  const auto text = [](int count, const char* clause) {
    std::string classes = "class C0 {}";
    for (int i = 1; i <= count; ++i) {
      classes += "class C" + std::to_string(i) + clause + std::to_string(i - 1) + " {}";
    }
    return classes + "f() => new C" + std::to_string(count) + "();";
  };
  OnStackOf(kSmallStack, [&text] {
    for (const char* clause : {" extends C", " implements C", " extends Object with C"}) {
      EXPECT_EQ(ErrorOf(text(450, clause)), "no error") << clause;
      EXPECT_TRUE(ErrorOf(text(5000, clause)).ends_with("lie above each other.")) << clause;
    }
  });
}

}  // namespace
}  // namespace fart::lang

// TestProgram -- compiles a few libraries from texts, for tests.
//
// Not here: files; a dart:core worth the name (only what the compiler itself refers to is there).

#ifndef FART_LANG_COMPILER_TEST_PROGRAM_H_
#define FART_LANG_COMPILER_TEST_PROGRAM_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lang/compiler/library_set.h"
#include "lang/syntax/parser.h"

namespace fart::lang {

class TestProgram {
 public:
  explicit TestProgram(CompileOptions options = {});
  // On top of another, which has been built and lives as long.
  explicit TestProgram(TestProgram* below);

  // The first error of parsing or declaring, rendered; empty if there is none. Parts follow the
  // library's own text.
  std::string Add(const std::string& uri, const std::string& text,
                  const std::vector<std::string>& parts = {}, Blocks blocks = Blocks::kNow);
  // Binds every import and export of an added URI, links, and compiles all; "" or the error. What
  // is compiled is also checked (checker.h).
  std::string Build();

  // The disassembly of the function with this qualified name, in any library but the core.
  [[nodiscard]] std::string Code(const std::string& qualified_name) const;
  [[nodiscard]] const CompiledFunction* Find(const std::string& qualified_name) const;
  [[nodiscard]] LibrarySet& set() { return set_; }
  [[nodiscard]] int NumberOf(const std::string& uri) const { return numbers_.at(uri); }

 private:
  LibrarySet set_;
  std::map<std::string, int> numbers_;
};

// The code of `f` in a program that is only `text`, or the error.
[[nodiscard]] std::string CodeOfF(const std::string& text, CompileOptions options = {});
// "line:column message" of the first error of a program that is only `text`, or "no error".
[[nodiscard]] std::string ErrorOf(const std::string& text);

// ---- Texts
[[nodiscard]] inline std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}
[[nodiscard]] inline bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_TEST_PROGRAM_H_

#include "bin/given_code.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "lang/syntax/ast.h"
#include "lang/syntax/parser.h"
#include "lang/syntax/scanner.h"
#include "lang/syntax/source_file.h"
#include "lang/syntax/token.h"

namespace fart::program {

namespace {

using lang::SourceFile;
using lang::Token;
using lang::TokenKind;
using lang::TokenList;

constexpr const char* kFunction = "$it() ";
constexpr const char* kResult = "var $value; var $is_done = false; ";

std::string_view TextOf(const SourceFile& file, const Token& token) {
  return file.text().substr(token.offset, token.length);
}

bool HasWord(const SourceFile& file, const TokenList& list, std::string_view word) {
  return std::any_of(list.tokens.begin(), list.tokens.end(), [&](const Token& token) {
    return token.kind == TokenKind::kIdentifier && TextOf(file, token) == word;
  });
}

std::string InOneLine(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\r', ' ');
  return line;
}

// The import directives at the beginning; *end is where they end.
std::vector<Import> ImportsIn(const SourceFile& file, std::size_t* end) {
  const TokenList list = lang::Scan(file);
  std::vector<Import> imports;
  *end = 0;
  for (std::size_t at = 0; at + 1 < list.tokens.size(); ++at) {
    const Token& first = list.tokens[at];
    if (TextOf(file, first) != "import" || list.tokens[at + 1].kind != TokenKind::kString) break;
    Import import;
    while (at < list.tokens.size() && list.tokens[at].kind != TokenKind::kSemicolon) {
      if (TextOf(file, list.tokens[at++]) == "as") import.has_prefix = true;
    }
    if (at == list.tokens.size()) break;
    const std::size_t semicolon = list.tokens[at].offset;
    import.text = InOneLine(file.text().substr(first.offset, semicolon - first.offset));
    imports.push_back(std::move(import));
    *end = semicolon + 1;
  }
  return imports;
}

// The same text with blanks up to there, so that places stay.
std::string BlankedUpTo(std::string_view text, std::size_t end) {
  std::string blanked(text);
  for (std::size_t i = 0; i < end; ++i) {
    if (blanked[i] != '\n' && blanked[i] != '\r') blanked[i] = ' ';
  }
  return blanked;
}

// A string of several lines, or a comment.
bool EndsInside(const SourceFile& file, const TokenList& list) {
  const Token& last = list.tokens[list.tokens.size() - 2];
  if (last.kind != TokenKind::kError) return false;
  std::string_view rest = file.text().substr(last.offset);
  if (rest.starts_with('r')) rest.remove_prefix(1);
  return rest.starts_with("\'\'\'") || rest.starts_with("\"\"\"") || rest.starts_with("/*");
}

bool OpensMoreThanItCloses(const TokenList& list) {
  return std::any_of(list.tokens.begin(), list.tokens.end(), [](const Token& token) {
    const bool opens = token.kind == TokenKind::kOpenParen ||
                       token.kind == TokenKind::kOpenBracket || token.kind == TokenKind::kOpenBrace;
    return opens && token.index == 0;
  });
}

std::string WithoutEnd(std::string text) {
  const std::size_t last = text.find_last_not_of("; \t\r\n");
  text.resize(last == std::string::npos ? 0 : last + 1);
  return text;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$';
  });
}

template <typename Nodes>
void AddNames(const Nodes& nodes, std::vector<std::string>* names) {
  for (const auto* node : nodes) {
    std::string name = node->name;             // Some are none that a program could write.
    if (name.ends_with('=')) name.pop_back();  // of a setter
    if (name.starts_with("_") || !IsName(name)) continue;
    if (std::find(names->begin(), names->end(), name) == names->end()) names->push_back(name);
  }
}

std::vector<std::string> NamesIn(const lang::CompilationUnit& unit) {
  std::vector<std::string> names;
  AddNames(unit.classes, &names);
  AddNames(unit.functions, &names);
  AddNames(unit.variables, &names);
  AddNames(unit.typedefs, &names);
  return names;
}

bool Declares(const lang::CompilationUnit& unit, std::string_view name) {
  return std::any_of(unit.functions.begin(), unit.functions.end(),
                     [name](const auto* function) { return function->name == name; });
}

// The ways to understand an input, one after another; the errors of those that fail are compared.
class Reading {
 public:
  Reading(std::string name, std::string_view text) : name_(std::move(name)) { input_.text = text; }

  bool Try(Input::Kind kind, std::string text) {
    Input input = input_;
    input.kind = kind;
    input.text = std::move(text);
    GivenCode code = LibraryOf(input, "");
    lang::ParseResult parsed =
        lang::Parse(std::make_shared<SourceFile>(name_, std::move(code.text), code.hidden_lines));
    if (parsed.error) {
      Consider(*parsed.error);
      return false;
    }
    // Else an expression ended, and began another one, where the text wanted.
    const std::size_t made = kind == Input::Kind::kDeclarations ? 0 : 1;
    if (made != 0 && (parsed.unit->functions.size() != made || !parsed.unit->classes.empty())) {
      return false;
    }
    if (made == 0) input.names = NamesIn(*parsed.unit);
    input_ = std::move(input);
    return true;
  }

  Input& input() { return input_; }
  // What the way that came furthest says; all have failed.
  [[nodiscard]] const lang::SyntaxError& furthest() const { return *furthest_; }

 private:
  void Consider(const lang::SyntaxError& error) {
    const bool is_further = !furthest_ || error.line > furthest_->line ||
                            (error.line == furthest_->line && error.column > furthest_->column);
    if (is_further) furthest_ = error;
  }

  const std::string name_;
  Input input_;
  std::optional<lang::SyntaxError> furthest_;
};

}  // namespace

GivenCode ProgramOf(std::string_view code) {
  const auto file = std::make_shared<SourceFile>("", std::string(code));
  const lang::ParseResult parsed = lang::Parse(file);
  if (parsed.unit != nullptr && Declares(*parsed.unit, "main")) return {std::string(code), 0};
  std::size_t end = 0;
  ImportsIn(*file, &end);
  GivenCode statements = {InOneLine(code.substr(0, end)) + " main(arguments) async {\n" +
                              BlankedUpTo(code, end) + "\n;}",
                          1};
  // Wrong both ways: what names main means to declare it.
  const bool is_program =
      parsed.error && HasWord(*file, lang::Scan(*file), "main") &&
      lang::Parse(std::make_shared<SourceFile>("", statements.text)).error.has_value();
  return is_program ? GivenCode{std::string(code), 0} : statements;
}

Input ReadInput(std::string name, std::string_view text, bool is_whole) {
  const SourceFile file(name, std::string(text));
  const TokenList list = lang::Scan(file);
  Reading reading(std::move(name), text);
  Input& input = reading.input();
  if (list.tokens.size() == 1) return input;
  if (!is_whole && (OpensMoreThanItCloses(list) || EndsInside(file, list))) {
    input.kind = Input::Kind::kIncomplete;
    return input;
  }
  input.awaits = HasWord(file, list, "await");
  const std::string plain(text);
  const std::string bare = WithoutEnd(plain);
  if (reading.Try(Input::Kind::kExpression, bare)) return input;
  const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const std::string& each : {plain, bare + ";"}) {
    if (reading.Try(Input::Kind::kDeclarations, each)) {
      std::size_t end = 0;
      input.imports = ImportsIn(SourceFile("", each), &end);
      return input;
    }
    if (reading.Try(Input::Kind::kStatements, each)) return input;
    if (!is_whole && reading.furthest().line > lines) {
      input.kind = Input::Kind::kIncomplete;
      return input;
    }
  }
  const bool is_short = reading.furthest().line > lines;
  input.kind = Input::Kind::kWrong;
  input.error = is_short ? file.ErrorAt(static_cast<std::uint32_t>(bare.size()),
                                        "Something is missing at the end.")
                               .Render()
                         : reading.furthest().Render();
  return input;
}

GivenCode LibraryOf(const Input& input, std::string_view before) {
  std::string head(before);
  std::string tail = "\n";
  const bool is_expression = input.kind == Input::Kind::kExpression;
  if (is_expression || input.kind == Input::Kind::kStatements) {
    if (input.awaits) {
      head += std::string(kFunction) + (is_expression ? "async { $value = (" : "async {");
      tail += std::string(is_expression ? ");" : "") + " $is_done = true; } " + kResult;
    } else {
      head += std::string(kFunction) + (is_expression ? "=> (" : "{");
      tail += is_expression ? ");" : "}";
    }
  }
  return {head + "\n" + input.text + tail, 1};
}

}  // namespace fart::program

// GivenCode -- text that its writer typed, and not a file of declarations, made into a library.
//
// What is put around the text stands in hidden lines before it and in lines behind it, so that
// places in messages are those of the text.
//
// Not here: loading and running it (run_main.h, console.h).

#ifndef FART_BIN_GIVEN_CODE_H_
#define FART_BIN_GIVEN_CODE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fart::program {

struct GivenCode {
  std::string text;
  int hidden_lines = 0;  // the first ones, which are not the writer's
};

// `fart -e CODE`: as it is if it declares main, else imports and then the statements of main, which
// may await and have the list `arguments`.
GivenCode ProgramOf(std::string_view code);

struct Import {
  std::string text;  // In one line, without its semicolon.
  bool has_prefix = false;
};

// What was typed at a prompt.
struct Input {
  enum class Kind : std::uint8_t {
    kNothing,       // white space and comments
    kIncomplete,    // goes on in the next line
    kWrong,         // `error` says why
    kDeclarations,  // imports, and what `names` names
    kExpression,    // its value is to be shown
    kStatements,
  };
  Kind kind = Kind::kNothing;
  std::string text;                // With what its end lacked.
  std::vector<Import> imports;     // At its beginning.
  std::vector<std::string> names;  // Public ones.
  bool awaits = false;             // Expressions and statements: has to be waited for.
  std::string error;
};
// `name`: as messages call it. `is_whole`: nothing follows, so it is not incomplete.
Input ReadInput(std::string name, std::string_view text, bool is_whole);

// The library of an input. `before`: directives, in one line. An expression or statements are in
// the function `$it`, which sets the variable `$value` at its end where it awaits, and then
// `$is_done` to true.
GivenCode LibraryOf(const Input& input, std::string_view before);

}  // namespace fart::program

#endif  // FART_BIN_GIVEN_CODE_H_

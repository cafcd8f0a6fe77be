// SyntaxError -- a place in a source file and what is wrong there, ready to be shown.
//
//     path/to/file.dart:3:9: Error: Expected ';' after this.
//     var x = 1 1;
//             ^
//
// Not here: finding the place of an offset (source_file.h).

#ifndef FART_LANG_SYNTAX_SYNTAX_ERROR_H_
#define FART_LANG_SYNTAX_SYNTAX_ERROR_H_

#include <string>

namespace fart::lang {

struct SyntaxError {
  std::string file;
  int line = 0;    // From 1.
  int column = 0;  // From 1, in Unicode code points; a tab is one.
  std::string message;
  std::string line_text;  // Without its line end; valid UTF-8 whatever the file holds.

  // The three lines above, without a final line end. Tabs before the column stay tabs in the caret
  // line. Of a very long line only the neighbourhood of the column is shown.
  [[nodiscard]] std::string Render() const;
};

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_SYNTAX_ERROR_H_

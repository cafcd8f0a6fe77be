// LineReader -- lines that a person types at a prompt, with editing and a history where the system
// has libedit.
//
// libedit is looked for when the first line is read: nothing is linked, and without it lines are
// read as the terminal gives them.

#ifndef FART_BIN_LINE_READER_H_
#define FART_BIN_LINE_READER_H_

#include <optional>
#include <string>

namespace fart::program {

class LineReader {
 public:
  LineReader();
  // Without its end. Nothing at the end of the input.
  std::optional<std::string> Read(const char* prompt);
  [[nodiscard]] bool edits() const { return read_line_ != nullptr; }

 private:
  using ReadLine = char* (*)(const char*);
  using AddHistory = int (*)(const char*);
  ReadLine read_line_ = nullptr;
  AddHistory add_history_ = nullptr;
};

}  // namespace fart::program

#endif  // FART_BIN_LINE_READER_H_

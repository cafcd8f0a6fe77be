// SourceFile -- the text of one file, and the line and column of each of its offsets.
//
// Invariants
//   LS-S1 kept  the text never changes, so offsets and string_views into it stay good while it
//               lives.
//   LS-S2 once  lines are counted when the first place is asked for, from whatever thread and
//               without a lock; of most files of `dart:` libraries nobody asks. Where memory is
//               used up, the next one who asks tries again.
//
// Not here: reading it from a disk; the text need not be valid UTF-8 (the scanner says so then).

#ifndef FART_LANG_SYNTAX_SOURCE_FILE_H_
#define FART_LANG_SYNTAX_SOURCE_FILE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/syntax/syntax_error.h"

namespace fart::lang {

struct SourcePlace {
  int line = 0;    // From 1, behind hidden ones. Lines end with \n, \r\n or \r.
  int column = 0;  // From 1, in Unicode code points.
};

class SourceFile {
 public:
  // Offsets are 32 bits; a longer text is refused by the scanner.
  static constexpr std::size_t kMaxSize = 0x7FFFFFFF;

  // `name` is what messages call the file: a path or a URI. The first `hidden_lines` are not the
  // writer's, who counts from the one behind them; what is in them counts as in that one.
  SourceFile(std::string name, std::string text, int hidden_lines = 0);
  // A text that is there as long as the process, and not copied: a bundled library's.
  struct Lasting {
    std::string_view text;
  };
  SourceFile(std::string name, Lasting text);
  ~SourceFile();
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  // Offsets up to and including the size; the size is the place after the last character.
  [[nodiscard]] SourcePlace PlaceOf(std::uint32_t offset) const;
  [[nodiscard]] SyntaxError ErrorAt(std::uint32_t offset, std::string message) const;

 private:
  // The start of a code point, and how many there are before it in the file.
  struct Counted {
    std::uint32_t offset;
    std::uint32_t code_points;
  };

  struct Places {
    std::vector<Counted> lines;
    // The first code point at or behind each multiple of kMarkStep: a line may be a whole program.
    std::vector<Counted> marks;

    // The last line that begins at or before `offset`.
    [[nodiscard]] std::size_t LineIndexOf(std::uint32_t offset) const;
  };

  [[nodiscard]] Places Count() const;
  [[nodiscard]] const Places& CountedPlaces() const;  // LS-S2

  const std::string name_;
  const std::string own_text_;  // Empty: it is lasting.
  const std::string_view text_;
  const int hidden_lines_;
  mutable std::atomic<const Places*> places_ = nullptr;
};

// Finds places near each other without counting each line's columns from its beginning again, so
// that a long line costs no more than many short ones. Only for well-formed UTF-8.
class PlaceCursor {
 public:
  explicit PlaceCursor(const SourceFile& file) : file_(file) {}
  [[nodiscard]] SourcePlace PlaceOf(std::uint32_t offset);

 private:
  const SourceFile& file_;
  std::uint32_t offset_ = 0;
  SourcePlace place_{1, 1};
};

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_SOURCE_FILE_H_

// Suggestion -- of the names there are, the one that a name which means nothing was meant to be.
//
// Two names are near if few letters have to be put in, left out, replaced, or swapped with their
// neighbour; the longer the name, the more may be wrong. The nearest wins; among equally near ones
// the one of the group that was considered first (so the innermost scope comes first), and in a
// group the alphabetically first, so that a message is the same each time.
//
// Not here: which names there are (name_linker.h, function_compiler_impl.h).

#ifndef FART_LANG_COMPILER_SUGGESTION_H_
#define FART_LANG_COMPILER_SUGGESTION_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace fart::lang {

class Suggestion {
 public:
  explicit Suggestion(std::string_view wanted);

  void Consider(std::string_view candidate);
  void EndGroup() { ++group_; }

  // Empty: none is near.
  [[nodiscard]] const std::string& best() const { return best_; }
  // What ends a sentence about the wanted name: "." or "; did you mean 'count'?".
  [[nodiscard]] std::string End() const;

 private:
  const std::string wanted_;
  std::size_t distance_;  // Of the best; what comes must be as near.
  std::size_t group_ = 0;
  std::size_t best_group_ = 0;
  std::string best_;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_SUGGESTION_H_

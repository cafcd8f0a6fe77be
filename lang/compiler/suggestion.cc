#include "lang/compiler/suggestion.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fart::lang {
namespace {

// A longer name is not compared: the work would be its square.
constexpr std::size_t kLongest = 64;

// Letters that may be wrong in a name of that length.
std::size_t LimitFor(std::size_t length) {
  if (length > kLongest || length < 2) return 0;
  return length < 4 ? 1 : 1 + (length - 2) / 4;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool DiffersInCaseOnly(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

// The number of edits (see the header), of which no two touch the same place.
std::size_t Distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = std::exchange(last, row);
  }
  return last[b.size()];
}

}  // namespace

Suggestion::Suggestion(std::string_view wanted)
    : wanted_(wanted), distance_(LimitFor(wanted.size())) {}

void Suggestion::Consider(std::string_view candidate) {
  if (candidate.empty() || candidate == wanted_ || candidate.size() > kLongest) return;
  std::size_t distance = 1;
  if (!DiffersInCaseOnly(candidate, wanted_)) {
    const std::size_t longer = std::max(candidate.size(), wanted_.size());
    const std::size_t shorter = std::min(candidate.size(), wanted_.size());
    if (distance_ == 0 || longer - shorter > distance_) return;
    distance = Distance(wanted_, candidate);
    if (distance >= shorter) return;  // Nothing of it is left.
  }
  const std::size_t limit = std::max<std::size_t>(distance_, 1);
  if (distance > limit) return;
  const bool is_nearer = best_.empty() || distance < distance_;
  if (!is_nearer && (group_ != best_group_ || candidate >= best_)) return;
  distance_ = distance;
  best_group_ = group_;
  best_ = candidate;
}

std::string Suggestion::End() const {
  return best_.empty() ? "." : "; did you mean '" + best_ + "'?";
}

}  // namespace fart::lang

#include "lang/natives/regular_expression.h"

#include <algorithm>
#include <chrono>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

namespace fart::lang {

namespace {

// A search without polls: steps at one start, and starts of a slice.
constexpr std::uint32_t kFewSteps = 2000;
constexpr std::size_t kFirstSlice = 16;
constexpr std::size_t kLongestSlice = 4096;
constexpr std::chrono::microseconds kShortTime{500};
// Some milliseconds: of a pattern that is too large for PCRE2 with a callout at each item.
constexpr std::uint32_t kStepsWithoutPolls = 200'000;
constexpr std::uint32_t kHeapLimitInKib = 64 * 1024;
constexpr std::uint32_t kStepsToAsk = 256;

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

using Code = std::unique_ptr<pcre2_code, FreeCode>;

Code CompileTranslated(const TranslatedPattern& pattern, bool case_sensitive, std::uint32_t options,
                       PatternError* error) {
  options |= PCRE2_MATCH_UNSET_BACKREF | PCRE2_USE_OFFSET_LIMIT | PCRE2_NO_START_OPTIMIZE |
             PCRE2_NEVER_UTF | PCRE2_DOLLAR_ENDONLY;
  if (pattern.is_unicode) {
    options |= PCRE2_UCP;  // For references back.
  } else if (!case_sensitive) {
    options |= PCRE2_CASELESS;
  }
  int code = 0;
  PCRE2_SIZE offset = 0;
  Code result(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.text.data()), pattern.text.size(),
                            options, &code, &offset, nullptr));
  if (result != nullptr) return result;
  PCRE2_UCHAR text[200];
  const int length = pcre2_get_error_message(code, text, sizeof(text) / sizeof(text[0]));
  error->message.assign(text, text + std::max(length, 0));
  if (!error->message.empty() && error->message[0] >= 'a' && error->message[0] <= 'z') {
    error->message[0] = static_cast<char>(error->message[0] - 'a' + 'A');
  }
  error->offset = pattern.places[std::min<std::size_t>(offset, pattern.places.size() - 1)];
  return nullptr;
}

// Whether what a group has matched is of the last turn of the repeated ones around it; so it is if
// it has matched nothing in any. `places`: two of each of PCRE2's groups, of which so many are set.
bool IsOfLastTurn(const TranslatedPattern::Group& group, std::span<const std::size_t> places) {
  const auto start_of = [&](std::size_t number) {
    return 2 * number < places.size() ? places[2 * number] : RegularExpression::kUnset;
  };
  const std::size_t start = start_of(group.number);
  return std::all_of(group.markers.begin(), group.markers.end(), [&](std::size_t marker) {
    return start_of(marker) != RegularExpression::kUnset && start >= start_of(marker);
  });
}

// What a callout knows.
struct Watch {
  const TranslatedPattern* pattern;
  const std::function<bool()>* is_to_stop = nullptr;
  std::uint64_t* steps = nullptr;  // Null: they are not counted.
  bool is_stopped = false;
};

bool Holds(const PatternCheck& check, const TranslatedPattern& pattern,
           const pcre2_callout_block& block) {
  const std::span<const std::size_t> places(block.offset_vector, 2 * block.capture_top);
  switch (check.kind) {
    case PatternCheck::Kind::kHasMoved:
      return block.current_position != places[2 * check.turn_marker] ||
             (check.loop_marker != 0 && block.current_position == places[2 * check.loop_marker]);
    case PatternCheck::Kind::kTakesPart:
      return IsOfLastTurn(pattern.groups[check.group - 1], places);
    case PatternCheck::Kind::kTakesNoPart:
      return !IsOfLastTurn(pattern.groups[check.group - 1], places);
  }
  return true;
}

// More than 0: nothing matches that way. Less: the search ends.
int OnCallout(pcre2_callout_block* block, void* data) {
  constexpr std::uint32_t kStep = 255;  // PCRE2's own, of PCRE2_AUTO_CALLOUT
  auto* const watch = static_cast<Watch*>(data);
  if (block->callout_number != kStep) {
    const std::vector<PatternCheck>& checks = watch->pattern->checks;
    return Holds(checks[block->callout_number], *watch->pattern, *block) ? 0 : 1;
  }
  if (watch->steps == nullptr) return 0;
  if (++*watch->steps > RegularExpression::kMostSteps) return PCRE2_ERROR_MATCHLIMIT;
  if (*watch->steps % kStepsToAsk != 0 || !(*watch->is_to_stop)()) return 0;
  watch->is_stopped = true;
  return PCRE2_ERROR_CALLOUT;
}

}  // namespace

struct RegularExpression::Parts {
  TranslatedPattern pattern;
  bool case_sensitive = true;
  Code quick;
  Code polled;  // Made when it is needed.
  bool is_too_large_to_poll = false;
  std::unique_ptr<pcre2_match_data, FreeData> data;
  std::unique_ptr<pcre2_match_context, FreeContext> context;
};

RegularExpression::RegularExpression(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
  group_count_ = parts_->pattern.groups.size();
  found_.resize(2 * (group_count_ + 1), kUnset);
}

RegularExpression::~RegularExpression() = default;

std::unique_ptr<RegularExpression> RegularExpression::Compile(std::u16string_view pattern,
                                                              bool multi_line, bool case_sensitive,
                                                              PatternError* error) {
  auto parts = std::make_unique<Parts>();
  parts->case_sensitive = case_sensitive;
  if (!TranslatePattern(pattern, multi_line, case_sensitive, &parts->pattern, error)) {
    return nullptr;
  }
  parts->quick = CompileTranslated(parts->pattern, case_sensitive, 0, error);
  if (parts->quick == nullptr) return nullptr;
  parts->data.reset(pcre2_match_data_create_from_pattern(parts->quick.get(), nullptr));
  parts->context.reset(pcre2_match_context_create(nullptr));
  if (parts->data == nullptr || parts->context == nullptr) {
    *error = {"No memory for it", 0};
    return nullptr;
  }
  pcre2_set_heap_limit(parts->context.get(), kHeapLimitInKib);
  return std::unique_ptr<RegularExpression>(new RegularExpression(std::move(parts)));
}

void RegularExpression::TakeFound() {
  static_assert(PCRE2_UNSET == kUnset);
  const std::size_t* const places = pcre2_get_ovector_pointer(parts_->data.get());
  found_.assign(places, places + 2);
  for (const TranslatedPattern::Group& group : parts_->pattern.groups) {
    const std::size_t count = pcre2_get_ovector_count(parts_->data.get());
    const bool is_of_last_turn = IsOfLastTurn(group, {places, 2 * count});
    found_.push_back(is_of_last_turn ? places[2 * group.number] : kUnset);
    found_.push_back(is_of_last_turn ? places[2 * group.number + 1] : kUnset);
  }
}

RegularExpression::Outcome RegularExpression::Find(std::span<const char16_t> text,
                                                   std::size_t start, bool is_anchored,
                                                   const std::function<bool()>& is_to_stop) {
  const Outcome outcome = Search(text, start, is_anchored, is_to_stop);
  if (outcome == Outcome::kMatch) TakeFound();
  return outcome;
}

RegularExpression::Outcome RegularExpression::Search(std::span<const char16_t> text,
                                                     std::size_t start, bool is_anchored,
                                                     const std::function<bool()>& is_to_stop) {
  using Clock = std::chrono::steady_clock;
  const char16_t nothing = 0;
  if (text.data() == nullptr) text = {&nothing, 0};
  const std::uint32_t options = is_anchored ? PCRE2_ANCHORED : 0;
  std::size_t slice = kFirstSlice;
  steps_ = 0;
  Watch watch{.pattern = &parts_->pattern};
  while (true) {
    if (!parts_->pattern.checks.empty()) {
      pcre2_set_callout(parts_->context.get(), OnCallout, &watch);
    }
    const auto began = Clock::now();
    const std::size_t last = is_anchored ? start : std::min(text.size(), start + slice - 1);
    pcre2_set_match_limit(parts_->context.get(), kFewSteps);
    pcre2_set_offset_limit(parts_->context.get(), last);
    const int result =
        pcre2_match(parts_->quick.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                    start, options, parts_->data.get(), parts_->context.get());
    if (result >= 0) return Outcome::kMatch;
    if (result == PCRE2_ERROR_MATCHLIMIT) {
      const Outcome outcome = FindPolled(text, start, options, last, is_to_stop);
      if (outcome != Outcome::kNoMatch) return outcome;
    } else if (result == PCRE2_ERROR_HEAPLIMIT) {
      return Outcome::kTooHard;
    } else if (result != PCRE2_ERROR_NOMATCH) {
      return Outcome::kNoMemory;
    }
    if (is_anchored || last >= text.size()) return Outcome::kNoMatch;
    if (is_to_stop()) return Outcome::kStopped;
    start = last + 1;
    const bool was_short = Clock::now() - began < kShortTime;
    slice = was_short ? std::min(slice * 2, kLongestSlice) : std::max<std::size_t>(slice / 2, 1);
  }
}

RegularExpression::Outcome RegularExpression::FindPolled(std::span<const char16_t> text,
                                                         std::size_t start, std::uint32_t options,
                                                         std::size_t last_start,
                                                         const std::function<bool()>& is_to_stop) {
  if (parts_->polled == nullptr && !parts_->is_too_large_to_poll) {
    PatternError error;
    parts_->polled =
        CompileTranslated(parts_->pattern, parts_->case_sensitive, PCRE2_AUTO_CALLOUT, &error);
    parts_->is_too_large_to_poll = parts_->polled == nullptr;
  }
  if (parts_->is_too_large_to_poll) return FindWithoutPolls(text, start, options, last_start);
  Watch watch{.pattern = &parts_->pattern, .is_to_stop = &is_to_stop, .steps = &steps_};
  pcre2_set_match_limit(parts_->context.get(), static_cast<std::uint32_t>(kMostSteps));
  pcre2_set_offset_limit(parts_->context.get(), last_start);
  pcre2_set_callout(parts_->context.get(), OnCallout, &watch);
  const int result =
      pcre2_match(parts_->polled.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                  start, options, parts_->data.get(), parts_->context.get());
  pcre2_set_callout(parts_->context.get(), nullptr, nullptr);
  return watch.is_stopped ? Outcome::kStopped : OutcomeOf(result);
}

RegularExpression::Outcome RegularExpression::FindWithoutPolls(std::span<const char16_t> text,
                                                               std::size_t start,
                                                               std::uint32_t options,
                                                               std::size_t last_start) {
  pcre2_set_match_limit(parts_->context.get(), kStepsWithoutPolls);
  pcre2_set_offset_limit(parts_->context.get(), last_start);
  return OutcomeOf(pcre2_match(parts_->quick.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                               text.size(), start, options, parts_->data.get(),
                               parts_->context.get()));
}

RegularExpression::Outcome RegularExpression::OutcomeOf(int result) {
  if (result >= 0) return Outcome::kMatch;
  switch (result) {
    case PCRE2_ERROR_NOMATCH:
      return Outcome::kNoMatch;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
      return Outcome::kTooHard;
    default:
      return Outcome::kNoMemory;
  }
}

}  // namespace fart::lang

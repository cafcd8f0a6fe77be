// TextUnits -- how natives of texts read units of either width, write new ones, and search.
//
// Not for use outside this package.

#ifndef FART_LANG_NATIVES_TEXT_UNITS_H_
#define FART_LANG_NATIVES_TEXT_UNITS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/natives.h"
#include "lang/natives/two_way.h"
#include "vm/values/strings.h"

namespace fart::lang {

// ---- Strings of known length. The room for one is asked for before anything is written.

// Has fill(units, quiet) write `length` units of one byte or two; it may leave off when the isolate
// is to stop. A string would be too long: there is no room.
template <typename Fill>
Done AnswerFilled(Interpreter& interpreter, ObjectPtr* arguments, std::size_t length,
                  bool is_narrow, Fill&& fill) FART_MAY_COLLECT {
  if (length > kMaxStringLength) return OutOfMemory(interpreter);
  const FreshObject fresh = NewUnwrittenString(interpreter.mutator(), length, is_narrow);
  if (fresh.is_null()) return OutOfMemory(interpreter);
  const NoSafepointScope quiet;
  const ObjectPtr string = fresh.Get(quiet);
  if (is_narrow) {
    fill(UnwrittenLatin1(string, quiet), quiet);
  } else {
    fill(UnwrittenUtf16(string, quiet), quiet);
  }
  if (interpreter.IsToStop()) return Done::kStopped;
  FART_DCHECK(is_narrow || !FitsLatin1(string, quiet));  // VV-S1
  return Answer(arguments, string);
}

// Calls with(units) of either width.
template <typename With>
auto WithUnits(ObjectPtr string, const NoSafepointScope& quiet, With&& with) {
  return IsLatin1String(string) ? with(Latin1Units(string, quiet))
                                : with(Utf16Units(string, quiet));
}

// As memcpy. Most texts are short, and a call takes longer than copying them does.
inline void CopyText(void* to, const void* from, std::size_t bytes) {
  auto* const out = static_cast<std::uint8_t*>(to);
  const auto* const in = static_cast<const std::uint8_t*>(from);
  if (bytes > 2 * sizeof(std::uint64_t)) {
    std::memcpy(to, from, bytes);
  } else if (bytes >= sizeof(std::uint64_t)) {  // The two may lie upon each other.
    std::memcpy(out, in, sizeof(std::uint64_t));
    std::memcpy(out + bytes - sizeof(std::uint64_t), in + bytes - sizeof(std::uint64_t),
                sizeof(std::uint64_t));
  } else if (bytes >= sizeof(std::uint32_t)) {
    std::memcpy(out, in, sizeof(std::uint32_t));
    std::memcpy(out + bytes - sizeof(std::uint32_t), in + bytes - sizeof(std::uint32_t),
                sizeof(std::uint32_t));
  } else if (bytes != 0) {
    out[0] = in[0];
    out[bytes / 2] = in[bytes / 2];
    out[bytes - 1] = in[bytes - 1];
  }
}

template <typename Unit>
Unit* Append(ObjectPtr string, Unit* to, const NoSafepointScope& quiet) {
  return WithUnits(string, quiet, [to](auto units) {
    if constexpr (sizeof(units[0]) == sizeof(Unit)) {
      CopyText(to, units.data(), units.size_bytes());
      return to + units.size();
    } else {
      return std::transform(units.begin(), units.end(), to,
                            [](auto unit) { return static_cast<Unit>(unit); });
    }
  });
}

// Units that are copied without asking whether the isolate is to stop.
inline constexpr std::size_t kMostToCopy = std::size_t{1} << 20;

// ---- Searching

// Looks for the pattern's first unit, which is quick nearly everywhere; where much was compared in
// vain, it goes on in time linear in both lengths. It asks whether the isolate is to stop.
class Search {
 public:
  static constexpr std::int64_t kNowhere = -1;
  static constexpr std::int64_t kStopped = -2;

  explicit Search(const Interpreter& interpreter) : interpreter_(interpreter) {}

  // Where `pattern` begins in `text` at `start` or behind.
  template <typename Text, typename Pattern>
  std::int64_t First(const Text& text, const Pattern& pattern, std::size_t start) {
    if (pattern.empty()) return static_cast<std::int64_t>(start);
    if (pattern.size() > text.size()) return kNowhere;
    const std::size_t end = text.size() - pattern.size() + 1;
    in_vain_ = 0;
    for (std::size_t at = start; at < end;) {
      if (IsToStop()) return kStopped;
      if (IsSlow(at - start, pattern.size())) return FirstLinear(text, pattern, at);
      const std::size_t next = std::min(end, at + kStepsToPoll);
      const std::size_t found = FirstUnit(text, pattern.front(), at, next);
      steps_ += found - at;
      if (found < next && IsThere(text, pattern, found)) return static_cast<std::int64_t>(found);
      at = found < next ? found + 1 : next;
    }
    return kNowhere;
  }
  // Where it last begins at `start` or before.
  template <typename Text, typename Pattern>
  std::int64_t Last(const Text& text, const Pattern& pattern, std::size_t start) {
    if (pattern.size() > text.size()) return kNowhere;
    const auto from = static_cast<std::int64_t>(std::min(start, text.size() - pattern.size()));
    in_vain_ = 0;
    for (std::int64_t at = from; at >= 0; --at) {
      if (IsToStop()) return kStopped;
      if (IsSlow(static_cast<std::size_t>(from - at), pattern.size())) {
        return LastLinear(text, pattern, static_cast<std::size_t>(at));
      }
      if (IsThere(text, pattern, static_cast<std::size_t>(at))) return at;
    }
    return kNowhere;
  }

 private:
  bool IsToStop() {
    if (steps_ < kStepsToPoll) return false;
    steps_ = 0;
    return interpreter_.IsToStop();
  }
  // As much was compared in vain as the linear way takes to prepare, and as was gone forward.
  bool IsSlow(std::size_t gone, std::size_t pattern) const {
    return in_vain_ > kInVain + 2 * gone + 4 * pattern;
  }
  auto Stepping() {
    return [this](std::size_t steps) {
      steps_ += steps;
      return IsToStop();
    };
  }
  template <typename Text, typename Pattern>
  std::int64_t FirstLinear(const Text& text, const Pattern& pattern, std::size_t start) {
    return TwoWay(pattern, pattern.size(), Stepping()).First(text, text.size(), start);
  }
  template <typename Units>
  struct Reversed {
    auto operator[](std::size_t i) const { return units[size - 1 - i]; }
    const Units& units;
    std::size_t size;
  };
  template <typename Text, typename Pattern>
  std::int64_t LastLinear(const Text& text, const Pattern& pattern, std::size_t start) {
    const std::size_t end = start + pattern.size();
    const Reversed<Text> backwards{text, end};
    const Reversed<Pattern> wanted{pattern, pattern.size()};
    const std::int64_t found = TwoWay(wanted, pattern.size(), Stepping()).First(backwards, end, 0);
    return found < 0 ? found : static_cast<std::int64_t>(start) - found;
  }
  // `to` if there is none in [from, to).
  template <typename Unit, typename Wanted>
  static std::size_t FirstUnit(const std::span<const Unit>& text, Wanted unit, std::size_t from,
                               std::size_t to) {
    if constexpr (sizeof(Unit) == 1) {
      if (unit > 0xFF) return to;
      const void* const found = std::memchr(text.data() + from, static_cast<int>(unit), to - from);
      if (found == nullptr) return to;
      return static_cast<std::size_t>(static_cast<const Unit*>(found) - text.data());
    } else {
      const auto first = text.begin() + static_cast<std::ptrdiff_t>(from);
      return from +
             static_cast<std::size_t>(
                 std::find(first, first + static_cast<std::ptrdiff_t>(to - from), unit) - first);
    }
  }
  template <typename Text, typename Pattern>
  bool IsThere(const Text& text, const Pattern& pattern, std::size_t at) {
    const auto from = text.begin() + static_cast<std::ptrdiff_t>(at);
    const auto other = std::mismatch(pattern.begin(), pattern.end(), from).first;
    const std::size_t compared = static_cast<std::size_t>(other - pattern.begin()) + 1;
    steps_ += compared;
    in_vain_ += compared;
    return other == pattern.end();
  }

  static constexpr std::size_t kInVain = 4096;
  static_assert(TwoWay<int*, int>::kNowhere == kNowhere && TwoWay<int*, int>::kStopped == kStopped);

  const Interpreter& interpreter_;
  std::size_t in_vain_ = 0;  // units that were compared in this call
  std::size_t steps_ = 0;    // units that were looked at since it was last asked
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_TEXT_UNITS_H_

#include "vm/memory/flags.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "heap/platform/memory_bounds.h"
#include "heap/platform/workers.h"

namespace fart {

namespace {

enum class FlagType {
  kSwitch,
  kCount,
  kMicroseconds,
  kWorkers,
  kSize,
  kRoom,
  kSampling,
  kBeside,
  kChecking,
  kText
};

// Where a flag's value is: in the table and not in code for each, which takes 13 KB more.
struct FlagSpec {
  constexpr FlagSpec(std::string_view n, bool& (*place)(Flags&), bool fixed = false)
      : name(n), type(FlagType::kSwitch), is_fixed(fixed), switch_of(place) {}
  constexpr FlagSpec(std::string_view n, std::uint64_t& (*place)(Flags&), bool fixed = false)
      : name(n), type(FlagType::kCount), is_fixed(fixed), count_of(place) {}
  constexpr FlagSpec(std::string_view n, ByteCount& (*place)(Flags&))
      : name(n), type(FlagType::kRoom), is_fixed(true), room_of(place) {}
  constexpr FlagSpec(std::string_view n, std::string& (*place)(Flags&))
      : name(n), type(FlagType::kText), is_fixed(false), text_of(place) {}
  // The only one of its type.
  constexpr FlagSpec(std::string_view n, FlagType t, bool fixed = false)
      : name(n), type(t), is_fixed(fixed), switch_of(nullptr) {}

  std::string_view name;
  FlagType type;
  bool is_fixed;  // when the isolate is made
  union {
    bool& (*switch_of)(Flags&);
    std::uint64_t& (*count_of)(Flags&);
    ByteCount& (*room_of)(Flags&);
    std::string& (*text_of)(Flags&);
  };
};

using Switch = bool&;
using Count = std::uint64_t&;
using Room = ByteCount&;
using Text = std::string&;

constexpr FlagSpec kAll[] = {
    {"gc-stress", [](Flags& flags) -> Count { return flags.heap.stress_interval; }},
    {"gc-stress-seed", [](Flags& flags) -> Count { return flags.heap.stress_seed; }},
    {"verify-heap", [](Flags& flags) -> Switch { return flags.gc.verify_heap; }},
    {"trace-gc", [](Flags& flags) -> Switch { return flags.trace_gc; }},
    {"pause-goal-us", FlagType::kMicroseconds},
    {"mark-in-slices", [](Flags& flags) -> Switch { return flags.heap.mark_in_slices; }},
    {"gc-concurrent", FlagType::kBeside},
    {"gc-workers", FlagType::kWorkers},
    {"gc-slices", [](Flags& flags) -> Count { return flags.heap.marking_steps; }},
    {"max-heap", FlagType::kSize, true},
    {"new-space-first", [](Flags& flags) -> Room { return flags.heap.new_space_first; }},
    {"new-space-min", [](Flags& flags) -> Room { return flags.heap.new_space_min; }},
    {"new-space-max", [](Flags& flags) -> Room { return flags.heap.new_space_max; }},
    {"checked-handles", FlagType::kChecking, true},
    {"forgotten-scope", [](Flags& flags) -> Count { return flags.forgotten_scope; }, true},
    {"gc-stats", [](Flags& flags) -> Switch { return flags.gc_stats; }},
    {"ffi-checked", [](Flags& flags) -> Switch { return flags.ffi_checked; }, true},
    {"handle-provenance", FlagType::kSampling},
    {"gc-histogram", [](Flags& flags) -> Switch { return flags.gc_histogram; }},
    {"leak-report", [](Flags& flags) -> Switch { return flags.leak_report; }},
    {"heap-snapshot", [](Flags& flags) -> Text { return flags.heap_snapshot; }},
    {"gc-trace", [](Flags& flags) -> Text { return flags.gc_trace; }},
    {"enable-asserts", [](Flags& flags) -> Switch { return flags.enable_asserts; }, true},
    {"checked", [](Flags& flags) -> Switch { return flags.checked; }, true},
    {"why", [](Flags& flags) -> Text { return flags.why; }},
    {"packages", [](Flags& flags) -> Text { return flags.packages; }},
    {"package-root", [](Flags& flags) -> Text { return flags.package_root; }},
};

constexpr ByteCount kMostNewSpace = GiB(1);
constexpr std::uint64_t kMostWorkers = Workers::kMost;
constexpr std::uint64_t kMostMicroseconds = std::numeric_limits<std::int64_t>::max() / 1000;

const FlagSpec* FindSpec(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(kAll, [name](const auto& s) { return s.name == name; });
  return found == std::end(kAll) ? nullptr : found;
}

// "--name=value" in parts.
struct Parts {
  std::string_view name;
  std::string_view value;
  bool has_value;
};

Parts Split(std::string_view text) {
  if (LooksLikeFlag(text)) text.remove_prefix(2);
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, equals), text.substr(equals + 1), true};
}

std::string_view BesideText(Beside beside) {
  switch (beside) {
    case Beside::kNever:
      return "off";
    case Beside::kWhereItHelps:
      return "on";
    case Beside::kAlways:
      return "always";
  }
  FART_UNREACHABLE();
}

bool ParseSwitch(const Parts& parts, bool* value) {
  if (parts.has_value && parts.value != "true" && parts.value != "false") return false;
  *value = !parts.has_value || parts.value == "true";
  return true;
}

bool ParseCount(std::string_view text, std::uint64_t* value) {
  const char* const end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, *value);
  return !text.empty() && result.ec == std::errc() && result.ptr == end;
}

bool ParseBeside(std::string_view text, Beside* value) {
  for (const Beside each : {Beside::kNever, Beside::kWhereItHelps, Beside::kAlways}) {
    if (text != BesideText(each)) continue;
    *value = each;
    return true;
  }
  return false;
}

// On, off, or one in so many.
bool ParseSampling(const Parts& parts, std::uint64_t* every) {
  constexpr std::string_view kSample = "sample:";
  if (parts.value.starts_with(kSample)) {
    return ParseCount(parts.value.substr(kSample.size()), every) && *every != 0;
  }
  bool on = false;
  if (!ParseSwitch(parts, &on)) return false;
  *every = on ? 1 : 0;
  return true;
}

// On, off, or on and the end of the process at the first find.
bool ParseChecking(const Parts& parts, Flags* flags) {
  const bool aborts = parts.value == "abort";
  if (!aborts && !ParseSwitch(parts, &flags->checked_handles)) return false;
  flags->checked_handles |= aborts;
  flags->checked_handles_abort = aborts;
  return true;
}

bool ParseSize(std::string_view text, std::uint64_t* value) {
  int shift = 0;
  if (!text.empty()) {
    switch (text.back()) {
      case 'k':
      case 'K':
        shift = 10;
        break;
      case 'm':
      case 'M':
        shift = 20;
        break;
      case 'g':
      case 'G':
        shift = 30;
        break;
      default:
        break;
    }
  }
  if (shift != 0) text.remove_suffix(1);
  if (!ParseCount(text, value) || *value > (~std::uint64_t{0} >> shift)) return false;
  *value <<= shift;
  return true;
}

const char* ExpectedValue(FlagType type) {
  switch (type) {
    case FlagType::kSwitch:
      return "stands alone or with =true or =false";
    case FlagType::kCount:
    case FlagType::kMicroseconds:
    case FlagType::kWorkers:
      return "needs a number, as in =100";
    case FlagType::kSize:
      return "needs a size from 4m to 1024g, as in =64m (k, m and g are understood)";
    case FlagType::kRoom:
      return "needs a size from 256k to 1g, as in =16m (k, m and g are understood)";
    case FlagType::kSampling:
      return "stands alone, or with =true, =false or =sample:1000";
    case FlagType::kChecking:
      return "stands alone, or with =true, =false or =abort";
    case FlagType::kBeside:
      return "needs =on, =off or =always";
    case FlagType::kText:
      return "needs a value, as in =text";
  }
  FART_UNREACHABLE();
}
static_assert(kRegionSize == KiB(256), "the text above says so");
static_assert(kMinHeapLimit == MiB(4) && kMaxHeapLimit == GiB(1024), "the text above says so");

// VM-F2: the others give way.
bool SetRoom(const FlagSpec& spec, ByteCount room, Flags* flags) {
  if (room < kRegionSize || room > kMostNewSpace) return false;
  HeapKnobs& heap = flags->heap;
  ByteCount& set = spec.room_of(*flags);
  set = room;
  if (&set != &heap.new_space_max) heap.new_space_max = std::max(heap.new_space_max, room);
  if (&set == &heap.new_space_first) {
    heap.new_space_min = std::max(heap.new_space_min, room);
  } else {
    heap.new_space_min = std::min(heap.new_space_min, room);
    heap.new_space_first = std::min(heap.new_space_first, room);
  }
  heap.new_space_least = std::min(heap.new_space_least, heap.new_space_max);
  return true;
}

bool SetLimit(ByteCount limit, HeapKnobs* heap) {
  if (limit < kMinHeapLimit || limit > kMaxHeapLimit) return false;
  heap->heap_limit = limit;
  return true;
}

bool SetFromText(const FlagSpec& spec, const Parts& parts, Flags* flags) {
  HeapKnobs& heap = flags->heap;
  std::uint64_t number = 0;
  switch (spec.type) {
    case FlagType::kSwitch:
      return ParseSwitch(parts, &spec.switch_of(*flags));
    case FlagType::kCount:
      return ParseCount(parts.value, &spec.count_of(*flags));
    case FlagType::kMicroseconds:
      if (!ParseCount(parts.value, &number)) return false;
      heap.pause_goal_ns = static_cast<std::int64_t>(std::min(number, kMostMicroseconds)) * 1000;
      return true;
    case FlagType::kWorkers:
      if (!ParseCount(parts.value, &number)) return false;
      heap.gc_workers = static_cast<std::uint32_t>(std::min(number, kMostWorkers));
      return true;
    case FlagType::kSize:
      return ParseSize(parts.value, &number) && SetLimit(ByteCount(number), &heap);
    case FlagType::kRoom:
      return ParseSize(parts.value, &number) && SetRoom(spec, ByteCount(number), flags);
    case FlagType::kSampling:
      return ParseSampling(parts, &flags->handle_provenance);
    case FlagType::kChecking:
      return ParseChecking(parts, flags);
    case FlagType::kBeside:
      return ParseBeside(parts.value, &heap.mark_beside);
    case FlagType::kText:
      if (!parts.has_value) return false;
      spec.text_of(*flags) = parts.value;
      return true;
  }
  FART_UNREACHABLE();
}

std::string TextOf(bool on) { return on ? "true" : "false"; }

// Sets nothing.
std::string ValueOf(const FlagSpec& spec, Flags& flags) {
  switch (spec.type) {
    case FlagType::kSwitch:
      return TextOf(spec.switch_of(flags));
    case FlagType::kCount:
      return std::to_string(spec.count_of(flags));
    case FlagType::kMicroseconds:
      return std::to_string(flags.heap.pause_goal_ns / 1000);
    case FlagType::kWorkers:
      return std::to_string(flags.heap.gc_workers);
    case FlagType::kSize:
      return std::to_string(flags.heap.heap_limit.value());
    case FlagType::kRoom:
      return std::to_string(spec.room_of(flags).value());
    case FlagType::kSampling:
      return flags.handle_provenance <= 1 ? TextOf(flags.handle_provenance == 1)
                                          : "sample:" + std::to_string(flags.handle_provenance);
    case FlagType::kChecking:
      return flags.checked_handles_abort ? "abort" : TextOf(flags.checked_handles);
    case FlagType::kBeside:
      return std::string(BesideText(flags.heap.mark_beside));
    case FlagType::kText:
      return spec.text_of(flags);
  }
  FART_UNREACHABLE();
}

std::string Quoted(std::string_view text) { return std::string("'").append(text).append("'"); }

}  // namespace

bool ParseFlag(std::string_view text, Flags* flags, std::string* error) {
  const Parts parts = Split(text);
  const FlagSpec* const spec = LooksLikeFlag(text) ? FindSpec(parts.name) : nullptr;
  if (spec == nullptr) {
    *error = "There is no flag " + Quoted(text) + ".";
    return false;
  }
  Flags changed = *flags;
  if (!SetFromText(*spec, parts, &changed)) {
    *error = "Bad value in flag " + Quoted(text) + ": --" + std::string(spec->name) + " " +
             ExpectedValue(spec->type) + ".";
    return false;
  }
  changed.heap.protect_retired = changed.heap.stress_interval != 0;  // VM-F1
  changed.heap.zap_retired = changed.gc.verify_heap;                 // VM-F1
  *flags = changed;
  return true;
}

bool ParseFlags(std::string_view text, Flags* flags, std::string* error) {
  constexpr std::string_view kSpace = " \t\n\r";
  Flags changed = *flags;
  for (std::size_t at = text.find_first_not_of(kSpace); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    if (!ParseFlag(text.substr(at, end - at), &changed, error)) return false;
    at = text.find_first_not_of(kSpace, end);
  }
  *flags = changed;
  return true;
}

bool IsFixedFlag(std::string_view text) {
  const FlagSpec* const spec = FindSpec(Split(text).name);
  return spec != nullptr && spec->is_fixed;
}

std::optional<std::string> FlagValue(std::string_view name, const Flags& flags) {
  const FlagSpec* const spec = FindSpec(name);
  if (spec == nullptr) return std::nullopt;
  return ValueOf(*spec, const_cast<Flags&>(flags));
}

Flags& DefaultFlags() {
  // Never destroyed: isolates may be made while the process ends.
  static Flags& flags = *[] {
    auto* const first = new Flags;
    first->heap.heap_limit = DefaultHeapLimit(ReadMemoryBounds());
    return first;
  }();
  return flags;
}

bool ReadFlagsFromEnvironment(std::string* error) {
  Flags& defaults = DefaultFlags();  // Made now, whatever there is to read.
  const char* const text = std::getenv("FART_FLAGS");
  if (text == nullptr || ParseFlags(text, &defaults, error)) return true;
  *error = "In the environment variable FART_FLAGS: " + *error;
  return false;
}

}  // namespace fart

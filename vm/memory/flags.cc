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

enum class FlagType { kSwitch, kCount, kSize, kRoom, kSampling, kBeside, kChecking, kText };

struct FlagSpec {
  std::string_view name;
  FlagType type;
  bool is_fixed;  // when the isolate is made
};

constexpr FlagSpec kStress{"gc-stress", FlagType::kCount, false};
constexpr FlagSpec kStressSeed{"gc-stress-seed", FlagType::kCount, false};
constexpr FlagSpec kVerify{"verify-heap", FlagType::kSwitch, false};
constexpr FlagSpec kTrace{"trace-gc", FlagType::kSwitch, false};
constexpr FlagSpec kPauseGoal{"pause-goal-us", FlagType::kCount, false};
constexpr FlagSpec kMarkInSlices{"mark-in-slices", FlagType::kSwitch, false};
constexpr FlagSpec kConcurrent{"gc-concurrent", FlagType::kBeside, false};
constexpr FlagSpec kWorkers{"gc-workers", FlagType::kCount, false};
constexpr FlagSpec kSlices{"gc-slices", FlagType::kCount, false};
constexpr FlagSpec kMaxHeap{"max-heap", FlagType::kSize, true};
constexpr FlagSpec kNewFirst{"new-space-first", FlagType::kRoom, true};
constexpr FlagSpec kNewMin{"new-space-min", FlagType::kRoom, true};
constexpr FlagSpec kNewMax{"new-space-max", FlagType::kRoom, true};
constexpr FlagSpec kChecked{"checked-handles", FlagType::kChecking, true};
constexpr FlagSpec kForgotten{"forgotten-scope", FlagType::kCount, true};
constexpr FlagSpec kStats{"gc-stats", FlagType::kSwitch, false};
constexpr FlagSpec kFfiChecked{"ffi-checked", FlagType::kSwitch, true};
constexpr FlagSpec kProvenance{"handle-provenance", FlagType::kSampling, false};
constexpr FlagSpec kHistogram{"gc-histogram", FlagType::kSwitch, false};
constexpr FlagSpec kLeakReport{"leak-report", FlagType::kSwitch, false};
constexpr FlagSpec kSnapshot{"heap-snapshot", FlagType::kText, false};
constexpr FlagSpec kGcTrace{"gc-trace", FlagType::kText, false};
constexpr FlagSpec kAsserts{"enable-asserts", FlagType::kSwitch, true};
constexpr FlagSpec kWhy{"why", FlagType::kText, false};
constexpr FlagSpec kPackages{"packages", FlagType::kText, false};
constexpr FlagSpec kPackageRoot{"package-root", FlagType::kText, false};
constexpr FlagSpec kAll[] = {
    kStress,     kStressSeed, kVerify,      kTrace,   kPauseGoal,  kMarkInSlices, kSlices,
    kMaxHeap,    kChecked,    kForgotten,   kStats,   kFfiChecked, kProvenance,   kHistogram,
    kLeakReport, kSnapshot,   kGcTrace,     kWhy,     kConcurrent, kNewFirst,     kNewMin,
    kNewMax,     kPackages,   kPackageRoot, kAsserts, kWorkers};

constexpr ByteCount kMostNewSpace = GiB(1);
constexpr std::uint64_t kMostWorkers = Workers::kMost;
constexpr std::uint64_t kMostMicroseconds = std::numeric_limits<std::int64_t>::max() / 1000;

const FlagSpec* FindSpec(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kAll), std::end(kAll),
                                         [name](const auto& s) { return s.name == name; });
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

bool SetSwitch(const FlagSpec& spec, bool on, Flags* flags) {
  if (spec.name == kVerify.name) flags->gc.verify_heap = on;
  if (spec.name == kTrace.name) flags->trace_gc = on;
  if (spec.name == kStats.name) flags->gc_stats = on;
  if (spec.name == kFfiChecked.name) flags->ffi_checked = on;
  if (spec.name == kMarkInSlices.name) flags->heap.mark_in_slices = on;
  if (spec.name == kHistogram.name) flags->gc_histogram = on;
  if (spec.name == kLeakReport.name) flags->leak_report = on;
  if (spec.name == kAsserts.name) flags->enable_asserts = on;
  return true;
}

bool SetNumber(const FlagSpec& spec, std::uint64_t value, Flags* flags) {
  if (spec.name == kForgotten.name) flags->forgotten_scope = value;
  if (spec.name == kStress.name) flags->heap.stress_interval = value;
  if (spec.name == kStressSeed.name) flags->heap.stress_seed = value;
  if (spec.name == kSlices.name) flags->heap.marking_steps = value;
  if (spec.name == kWorkers.name) {
    flags->heap.gc_workers = static_cast<std::uint32_t>(std::min(value, kMostWorkers));
  }
  if (spec.name == kPauseGoal.name) {
    flags->heap.pause_goal_ns =
        static_cast<std::int64_t>(std::min(value, kMostMicroseconds)) * 1000;
  }
  if (spec.name != kMaxHeap.name) return true;
  const ByteCount limit(value);
  if (limit < kMinHeapLimit || limit > kMaxHeapLimit) return false;
  flags->heap.heap_limit = limit;
  return true;
}

// VM-F2: the others give way.
bool SetRoom(const FlagSpec& spec, ByteCount room, Flags* flags) {
  if (room < kRegionSize || room > kMostNewSpace) return false;
  HeapKnobs& heap = flags->heap;
  if (spec.name == kNewFirst.name) {
    heap.new_space_first = room;
    heap.new_space_min = std::max(heap.new_space_min, room);
    heap.new_space_max = std::max(heap.new_space_max, room);
  } else if (spec.name == kNewMin.name) {
    heap.new_space_min = room;
    heap.new_space_first = std::min(heap.new_space_first, room);
    heap.new_space_max = std::max(heap.new_space_max, room);
  } else {
    heap.new_space_max = room;
    heap.new_space_min = std::min(heap.new_space_min, room);
    heap.new_space_first = std::min(heap.new_space_first, room);
  }
  heap.new_space_least = std::min(heap.new_space_least, heap.new_space_max);
  return true;
}

bool SetText(const FlagSpec& spec, const Parts& parts, Flags* flags) {
  if (!parts.has_value) return false;
  if (spec.name == kWhy.name) flags->why = parts.value;
  if (spec.name == kSnapshot.name) flags->heap_snapshot = parts.value;
  if (spec.name == kGcTrace.name) flags->gc_trace = parts.value;
  if (spec.name == kPackages.name) flags->packages = parts.value;
  if (spec.name == kPackageRoot.name) flags->package_root = parts.value;
  return true;
}

bool SetFromText(const FlagSpec& spec, const Parts& parts, Flags* flags) {
  bool on = false;
  std::uint64_t number = 0;
  switch (spec.type) {
    case FlagType::kSwitch:
      return ParseSwitch(parts, &on) && SetSwitch(spec, on, flags);
    case FlagType::kCount:
      return ParseCount(parts.value, &number) && SetNumber(spec, number, flags);
    case FlagType::kSize:
      return ParseSize(parts.value, &number) && SetNumber(spec, number, flags);
    case FlagType::kRoom:
      return ParseSize(parts.value, &number) && SetRoom(spec, ByteCount(number), flags);
    case FlagType::kSampling:
      return ParseSampling(parts, &flags->handle_provenance);
    case FlagType::kChecking:
      return ParseChecking(parts, flags);
    case FlagType::kBeside:
      return ParseBeside(parts.value, &flags->heap.mark_beside);
    case FlagType::kText:
      return SetText(spec, parts, flags);
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
  const auto on_off = [](bool on) { return std::string(on ? "true" : "false"); };
  if (name == kStress.name) return std::to_string(flags.heap.stress_interval);
  if (name == kStressSeed.name) return std::to_string(flags.heap.stress_seed);
  if (name == kPauseGoal.name) return std::to_string(flags.heap.pause_goal_ns / 1000);
  if (name == kMarkInSlices.name) return on_off(flags.heap.mark_in_slices);
  if (name == kConcurrent.name) return std::string(BesideText(flags.heap.mark_beside));
  if (name == kWorkers.name) return std::to_string(flags.heap.gc_workers);
  if (name == kSlices.name) return std::to_string(flags.heap.marking_steps);
  if (name == kMaxHeap.name) return std::to_string(flags.heap.heap_limit.value());
  if (name == kNewFirst.name) return std::to_string(flags.heap.new_space_first.value());
  if (name == kNewMin.name) return std::to_string(flags.heap.new_space_min.value());
  if (name == kNewMax.name) return std::to_string(flags.heap.new_space_max.value());
  if (name == kVerify.name) return on_off(flags.gc.verify_heap);
  if (name == kTrace.name) return on_off(flags.trace_gc);
  if (name == kChecked.name) {
    return flags.checked_handles_abort ? std::string("abort") : on_off(flags.checked_handles);
  }
  if (name == kForgotten.name) return std::to_string(flags.forgotten_scope);
  if (name == kStats.name) return on_off(flags.gc_stats);
  if (name == kFfiChecked.name) return on_off(flags.ffi_checked);
  if (name == kProvenance.name) {
    return flags.handle_provenance <= 1 ? on_off(flags.handle_provenance == 1)
                                        : "sample:" + std::to_string(flags.handle_provenance);
  }
  if (name == kHistogram.name) return on_off(flags.gc_histogram);
  if (name == kAsserts.name) return on_off(flags.enable_asserts);
  if (name == kLeakReport.name) return on_off(flags.leak_report);
  if (name == kSnapshot.name) return flags.heap_snapshot;
  if (name == kWhy.name) return flags.why;
  if (name == kGcTrace.name) return flags.gc_trace;
  if (name == kPackages.name) return flags.packages;
  if (name == kPackageRoot.name) return flags.package_root;
  return std::nullopt;
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

// Flags -- the run-time knobs of an isolate and their spelling.
//
//   --gc-stress=N --gc-stress-seed=S --verify-heap --trace-gc --max-heap=SIZE
//   --checked-handles[=abort] --forgotten-scope=N --pause-goal-us=N
//   --new-space-first=SIZE --new-space-min=SIZE --new-space-max=SIZE
//   --gc-stats --ffi-checked
//   --handle-provenance[=sample:N] --gc-histogram --leak-report --heap-snapshot=FILE --why=CLASS
//   --gc-trace=FILE --packages=FILE --package-root=FOLDER --enable-asserts --checked
//
// Sizes take k, m or g. A flag that is on or off is on when its name stands alone or with =true,
// off with =false. The process has one set of defaults, which isolates made later start with; it is
// read and written like the rest of the process's beginning, by one thread at a time.
//
// Invariants
//   VM-F1 implied  stress protects retired regions; verification zaps them.
//   VM-F2 ordered  new space begins with no more than its least, and that is no more than its most:
//                  setting one moves the others.

#ifndef FART_VM_MEMORY_FLAGS_H_
#define FART_VM_MEMORY_FLAGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gc/controller.h"
#include "heap/knobs.h"

namespace fart {

struct Flags {
  HeapKnobs heap = {.new_space_first = KiB(512)};
  GcKnobs gc = {};
  bool trace_gc = false;
  bool gc_stats = false;
  bool checked_handles = false;
  bool checked_handles_abort = false;  // at the first stale one
  bool ffi_checked = false;
  bool enable_asserts = false;                // of programs
  bool checked = false;                       // those, and what annotations of types say
  bool gc_histogram = false;                  // printed when an isolate ends
  bool leak_report = false;                   // the same
  std::uint64_t handle_provenance = 0;        // one in so many handles is noted; 0: none
  std::string gc_trace = {};                  // the file of events of collections; empty: none
  std::string heap_snapshot = {};             // the file written when an isolate ends; empty: none
  std::string why = {};                       // the class whose retaining path is printed then
  std::string packages = {};                  // the file that says where packages are; empty: none
  std::string package_root = {};              // the folder where they are; empty: none
  std::uint64_t forgotten_scope = 1'000'000;  // handles at a time; 0: any number
};

// Whether `text` looks like a flag: it begins with two dashes.
inline bool LooksLikeFlag(std::string_view text) { return text.substr(0, 2) == "--"; }

// Sets one flag, written as on a command line. False: it does not exist or its value is bad; then
// nothing has changed and *error says so.
[[nodiscard]] bool ParseFlag(std::string_view text, Flags* flags, std::string* error);
// Sets several, separated by white space (FART_FLAGS). False as above.
[[nodiscard]] bool ParseFlags(std::string_view text, Flags* flags, std::string* error);

// A flag that an isolate cannot change after it was made: its name, with or without dashes and
// value.
bool IsFixedFlag(std::string_view text);

// The value as text: a number, a size in bytes, "true" or "false"; nothing for an unknown name. The
// name comes without dashes.
std::optional<std::string> FlagValue(std::string_view name, const Flags& flags);

// The process's.
Flags& DefaultFlags();
// Sets the defaults from the environment variable FART_FLAGS.
[[nodiscard]] bool ReadFlagsFromEnvironment(std::string* error);

}  // namespace fart

#endif  // FART_VM_MEMORY_FLAGS_H_

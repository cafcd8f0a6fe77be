// LeakReport -- what an isolate's host holds of it, grouped by the place that made it, with what
// each place alone keeps alive.
//
// Invariants
//   VI-L1 by place  all handles of one kind, label and place are one row; most bytes come first.
//   VI-L2 kept      a row's bytes are those that can be reached by way of the row's handles only
//                   (VI-G1): they would go if these handles were deleted.
//
// Not here: native memory, whose table is the process's (vm/ffi/memory_report.h).

#ifndef FART_VM_INSPECT_LEAK_REPORT_H_
#define FART_VM_INSPECT_LEAK_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "vm/isolate.h"

namespace fart::inspect {

struct LeakRow {
  HandleKind kind = HandleKind::kStrong;
  std::string label;
  std::string place;       // "cache.cc:88"; empty: not noted
  std::string stack;       // lines
  std::string class_name;  // of one of the objects
  bool has_other_classes = false;
  std::uint64_t handles = 0;
  std::uint64_t kept_bytes = 0;
  std::uint64_t external_bytes = 0;
  std::int64_t oldest = -1;  // collections; -1: not known
};

struct LeakReport {
  std::string isolate;
  std::vector<LeakRow> handles;
  std::uint64_t acquired = 0;        // objects whose data is acquired
  std::uint64_t acquired_bytes = 0;  // of these objects
  std::uint64_t ports = 0;           // open, without the isolate's own
  std::uint64_t turns_noted = 0;     // where one handle in many is noted (NotingBudget)
  std::uint64_t turns_left_out = 0;
};

// Of the isolate that this thread is inside of, between collections. Throws std::bad_alloc.
LeakReport MakeLeakReport(Isolate& isolate);
std::string LeakReportText(const LeakReport& report);
std::string LeakReportJson(const LeakReport& report);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_LEAK_REPORT_H_

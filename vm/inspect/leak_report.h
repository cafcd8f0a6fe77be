// LeakReport -- what an isolate's host holds of it, and which ports are open, grouped by the place
// that made it, with what each place alone keeps alive.
//
// Invariants
//   VI-L1 by place  all handles of one kind, label and place are one row; most bytes come first.
//   VI-L2 kept      a row's bytes are those that can be reached by way of the row's handles only
//                   (VI-G1): they would go if these handles were deleted. So for data that is
//                   acquired; of ports, what the handler of each keeps by itself.
//
// Native memory has a table of the process's (vm/ffi/memory_report.h): who asks hands it in.

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

// What is held without a handle, from one place.
struct HeldRow {
  std::string place;
  std::string stack;
  std::string class_name;  // of one of the objects; empty: there is none
  bool has_other_classes = false;
  std::uint64_t count = 0;
  std::uint64_t kept_bytes = 0;
  std::int64_t oldest = -1;  // collections; -1: not known
};

// Blocks of native memory that were allocated at one place and have not been freed.
struct NativeRow {
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;
  std::string stack;  // lines
};

struct LeakReport {
  std::string isolate;
  std::vector<LeakRow> handles;
  std::vector<HeldRow> acquired;  // objects whose data is acquired
  std::vector<HeldRow> ports;     // open, without the isolate's own
  std::vector<NativeRow> native;  // where that is noted
  std::uint64_t turns_noted = 0;  // where one handle in many is noted (NotingBudget)
  std::uint64_t turns_left_out = 0;
};

// Of the isolate that this thread is inside of, between collections. Throws std::bad_alloc.
LeakReport MakeLeakReport(Isolate& isolate);
// Without native memory, whose text has a head of its own.
std::string LeakReportText(const LeakReport& report);
std::string LeakReportJson(const LeakReport& report);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_LEAK_REPORT_H_

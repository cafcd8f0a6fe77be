// What is printed of a heap's statistics: a line for each collection (--trace-gc), a table in the
// end
// (--gc-stats).

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <new>
#include <string>

#include "vm/memory/object_memory.h"
#include "vm/memory/statistics.h"

namespace fart {

// A collection is going on: nothing may be thrown.
void Statistics::Trace(const GcReport& report) const {
  try {
    const std::chrono::duration<double> age = std::chrono::steady_clock::now() - begin_;
    std::fprintf(stderr, "%s\n", TraceLine(report, phase_ns_, number_, age.count()).c_str());
  } catch (const std::bad_alloc&) {
    std::fputs("gc: (there is no memory for the line)\n", stderr);
  }
}

namespace {

std::string Milliseconds(std::int64_t ns) {
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%.3f ms", static_cast<double>(ns) / 1e6);
  return buffer;
}

std::string Kilobytes(ByteCount bytes) {
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%.1f KiB", static_cast<double>(bytes.value()) / 1024);
  return buffer;
}

void AddRow(const char* label, const std::string& value, std::string* table) {
  char buffer[128];
  std::snprintf(buffer, sizeof(buffer), "%-26s %16s\n", label, value.c_str());
  *table += buffer;
}

}  // namespace

std::string TraceLine(const GcReport& report, const PhaseTimes& phases, std::uint32_t isolate,
                      double seconds) {
  char begin[64];
  std::snprintf(begin, sizeof(begin), "gc: %.3f s, isolate %" PRIu32 ", ", seconds, isolate);
  std::string line = std::string(begin) + (report.kind == GcKind::kMinor ? "minor" : "major") +
                     ", " + GcReasonName(report.reason) + ", " + Kilobytes(report.before) + " -> " +
                     Kilobytes(report.after) + ", moved " + Kilobytes(report.TotalMoved()) +
                     ", pause " + Milliseconds(report.pause_ns) + ", old " +
                     Kilobytes(report.old_used) + " of " + Kilobytes(report.old_threshold) +
                     ", marked " + Kilobytes(report.marked_in_slices) + ", beside " +
                     Kilobytes(report.marked_beside);
  for (std::size_t i = 0; i < kGcPhases; ++i) {
    if (phases[i] == 0) continue;
    line +=
        std::string(", ") + GcPhaseName(static_cast<GcPhase>(i)) + " " + Milliseconds(phases[i]);
  }
  return line;
}

std::string StatisticsTable(ObjectMemory& memory) {
  memory.mutator().RetireArea();  // its counters go to the heap's
  const GcTotals& totals = memory.statistics().totals();
  const HandleCounts handles = memory.handles().Counts();
  std::string table;
  AddRow("objects allocated", std::to_string(memory.heap().allocated().objects), &table);
  AddRow("bytes allocated", std::to_string(memory.heap().allocated().bytes), &table);
  AddRow("minor collections", std::to_string(totals.minor_collections), &table);
  AddRow("major collections", std::to_string(totals.major_collections), &table);
  AddRow("bytes moved", std::to_string(totals.TotalMoved().value()), &table);
  AddRow("longest pause", Milliseconds(totals.longest_pause_ns), &table);
  AddRow("local handles made", std::to_string(handles.local.made), &table);
  AddRow("persistent handles made", std::to_string(handles.persistent.made), &table);
  AddRow("weak handles made", std::to_string(handles.weak.made), &table);
  AddRow("finalizable handles made", std::to_string(handles.finalizable.made), &table);
  AddRow("local handles open", std::to_string(handles.local.live), &table);
  AddRow("persistent handles open", std::to_string(handles.persistent.live), &table);
  AddRow("weak handles open", std::to_string(handles.weak.live), &table);
  AddRow("finalizable handles open", std::to_string(handles.finalizable.live), &table);
  return table;
}

}  // namespace fart

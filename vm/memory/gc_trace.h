// GcTrace -- what collections do and when, in a file that chrome://tracing and Perfetto show.
//
// A JSON array of events, one line each, whose closing bracket is left out, as the format allows:
// so the file is good at any time, and isolates add to it side by side, each collection by one
// write. Every isolate is a thread of its own there. Nothing is allocated: a collection is going
// on.
//
// What a program says of itself (dart:developer's Timeline) stands on its isolate's thread, between
// the collections.
//
// What other threads did for the heap has threads of its own there, by isolate: one for marking
// beside the program, and one for each worker of a pause.
//
// Limit: a file is written within the pause; work beside the program since the last one is left
// out.
//
// Not here: what a phase is (gc/listener.h).

#ifndef FART_VM_MEMORY_GC_TRACE_H_
#define FART_VM_MEMORY_GC_TRACE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "gc/listener.h"

namespace fart {

class GcTrace {
 public:
  // `thread` is the isolate's number.
  explicit GcTrace(std::uint32_t thread) : thread_(thread) {}
  ~GcTrace() { Close(); }
  GcTrace(const GcTrace&) = delete;
  GcTrace& operator=(const GcTrace&) = delete;

  // From now on; empty: no more. The first of the process begins the file anew, others add to it.
  // One that cannot be written is named on the standard error stream, and nothing is traced.
  void SetFile(const std::string& path);
  bool is_on() const { return file_ != nullptr; }

  // As of a GcListener, while it is on.
  void Start();
  void StartPhase(GcPhase phase);
  void EndPhase();
  // `messages`: how many wait for the isolate.
  void End(const GcReport& report, std::size_t messages);

  // What the program says that it does, on the isolate's thread, while it is on: an event of the
  // format's kind 'B' (begins), 'E' (ends what began last) or 'i' (at an instant); or of 'b', 'e'
  // and 'n', which are the same of a task, whose events any threads may tell. `name` and
  // `arguments` are JSON; no arguments: empty. `task`: its number, of those three; else empty.
  void Mark(char kind, std::string_view name, std::string_view arguments, std::string_view task);

 private:
  struct Phase {
    GcPhase phase;
    std::int64_t start_ns;
    std::int64_t end_ns;
  };

  void Close();

  const std::uint32_t thread_;
  std::string path_;
  std::FILE* file_ = nullptr;
  std::int64_t start_ns_ = 0;
  std::array<Phase, 2 * kGcPhases> phases_;
  std::size_t count_ = 0;    // of phases_
  std::uint32_t named_ = 0;  // threads that have been named, a bit each, from kBeside on
};

}  // namespace fart

#endif  // FART_VM_MEMORY_GC_TRACE_H_

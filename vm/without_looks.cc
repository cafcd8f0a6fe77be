// Stands for places.cc, roots/host_roots_verify.cc, memory/gc_trace.cc and
// memory/statistics_text.cc in a library that was built without looks into the heap (FART_LOOKS=OFF
// of the CMake build): no place is found, nothing is verified, and who wants collections traced is
// told that nobody does.

#include <cstdio>
#include <string>

#include "vm/memory/gc_trace.h"
#include "vm/memory/statistics.h"
#include "vm/places.h"
#include "vm/roots/host_roots.h"
#include "vm/roots/root_table.h"

namespace fart {

namespace {

constexpr char kWithout[] = "gc: this library was built without looks (FART_LOOKS=OFF)\n";

void SayThatNothingIsTraced() { std::fputs(kWithout, stderr); }

}  // namespace

void Statistics::Trace(const GcReport&) const { SayThatNothingIsTraced(); }
std::string StatisticsTable(ObjectMemory&) { return kWithout; }

void GcTrace::SetFile(const std::string& path) {
  if (!path.empty()) SayThatNothingIsTraced();
}
void GcTrace::Close() {}
void GcTrace::Start() {}
void GcTrace::StartPhase(GcPhase) {}
void GcTrace::EndPhase() {}
void GcTrace::End(const GcReport&, std::size_t) {}
void GcTrace::Mark(char, std::string_view, std::string_view, std::string_view) {}

const HandlePlace* Places::FindPlaceBehind(const void*, std::span<const void* const>,
                                           HandleNotes&) {
  return nullptr;
}
const HandlePlace* Places::FindLine(const char*, int, HandleNotes&) { return nullptr; }
std::uint64_t Places::Collections() const {
  static_cast<void>(isolate_);
  return 0;
}

void HostRoots::Verify(VerifyReporter&) const {}
std::string HostRoots::NameOf(const ObjectPtr*) { return {}; }
void RootTable::Verify(VerifyReporter&) const {}

}  // namespace fart

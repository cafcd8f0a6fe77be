#include "vm/ffi/memory_report.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vm/platform/process_allocator.h"
#include "vm/platform/standard_output.h"

namespace fart::ffi {

namespace memory_report_internal {
constinit std::atomic<int> watchers{0};
}  // namespace memory_report_internal

namespace {

struct History {
  std::size_t size = 0;
  const std::string* allocated = nullptr;  // a stack of Report::stacks
  const char* how = nullptr;               // null: not released, as far as is known
  const std::string* released = nullptr;
};

struct Quarantined {
  std::uintptr_t address;
  std::size_t size;
};

struct Report {
  std::mutex lock;
  std::set<std::string> stacks;
  std::unordered_map<BlockId, History> histories;
  std::deque<BlockId> dead;  // VF-R1
  std::deque<Quarantined> quarantine;
  std::size_t quarantined = 0;
};
// Never destroyed: threads outlive main.
Report& TheReport() {
  alignas(Report) static std::byte place[sizeof(Report)];
  static Report& report = *new (place) Report;
  return report;
}

std::string Bytes(std::size_t size) {
  return std::to_string(size) + (size == 1 ? " byte" : " bytes");
}
std::string Blocks(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " block" : " blocks");
}

// Under the lock.
const std::string* Interned(Report& report, const std::string& stack) {
  return &*report.stacks.insert(stack).first;
}

void AppendStack(std::string* text, const std::string& stack) {
  for (std::size_t at = 0; at < stack.size();) {
    const std::size_t end = stack.find('\n', at);
    *text += "\n  " + stack.substr(at, end - at);
    at = end + 1;
  }
}

std::string TextOf(const History& history) {
  std::string text = "\nAllocated:";
  AppendStack(&text, *history.allocated);
  if (history.how == nullptr) return text;
  text += std::string("\n") + history.how + ":";
  AppendStack(&text, *history.released);
  return text;
}

// What C wrote there after the block had been freed is its mistake, or ours.
void ReportWrites(const Quarantined& block) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(block.address);
  const auto* const written =
      std::find_if(bytes, bytes + block.size, [](std::uint8_t byte) { return byte != kFreedByte; });
  if (written == bytes + block.size) return;
  std::fprintf(stderr,
               "Native memory: byte %zu of a block of %s has been written to after the block was "
               "freed (address 0x%zx).\n",
               static_cast<std::size_t>(written - bytes), Bytes(block.size).c_str(),
               static_cast<std::size_t>(block.address));
}

void Empty(std::deque<Quarantined> blocks) {
  for (const Quarantined& block : blocks) {
    ReportWrites(block);
    ProcessAllocator::Get()->free(reinterpret_cast<void*>(block.address));
  }
}

// Under the lock. Most bytes first.
std::vector<Leak> LeaksOf(const Report& report) {
  std::map<const std::string*, Leak> by_stack;
  for (const auto& [block, history] : report.histories) {
    if (history.how != nullptr || !RangeOf(block).is_live) continue;
    Leak& leak = by_stack[history.allocated];
    ++leak.blocks;
    leak.bytes += history.size;
  }
  std::vector<Leak> leaks;
  for (auto& [stack, leak] : by_stack) {
    leak.stack = *stack;
    leaks.push_back(std::move(leak));
  }
  std::sort(leaks.begin(), leaks.end(), [](const Leak& a, const Leak& b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.stack < b.stack;
  });
  return leaks;
}

std::string TextOf(const std::vector<Leak>& leaks) {
  if (leaks.empty()) return {};
  Leak all;
  for (const Leak& leak : leaks) {
    all.blocks += leak.blocks;
    all.bytes += leak.bytes;
  }
  std::string text =
      "Native memory that was not freed: " + Bytes(all.bytes) + " in " + Blocks(all.blocks) + ".";
  for (const Leak& leak : leaks) {
    text += "\n" + Bytes(leak.bytes) + " in " + Blocks(leak.blocks) + ", allocated:";
    AppendStack(&text, leak.stack);
  }
  return text + "\n";
}

}  // namespace

MemoryWatch::MemoryWatch() { ++memory_report_internal::watchers; }

MemoryWatch::~MemoryWatch() {
  if (--memory_report_internal::watchers != 0) return;
  Report& report = TheReport();
  std::string leaks;
  std::deque<Quarantined> quarantine;
  {
    const std::lock_guard<std::mutex> guard(report.lock);
    try {
      leaks = TextOf(LeaksOf(report));
    } catch (const std::bad_alloc&) {
      leaks = "There is no memory to say what native memory was not freed.\n";
    }
    report.histories.clear();
    report.dead.clear();
    report.stacks.clear();
    report.quarantine.swap(quarantine);
    report.quarantined = 0;
  }
  Empty(std::move(quarantine));
  if (leaks.empty()) return;
  FlushOutput();
  std::fputs(leaks.c_str(), stderr);
}

void NoteAllocation(BlockId block, const std::string& stack) {
  Report& report = TheReport();
  const std::lock_guard<std::mutex> guard(report.lock);
  report.histories[block] = {RangeOf(block).size, Interned(report, stack)};
}

void NoteRelease(BlockId block, const char* how, const std::string& stack) {
  Report& report = TheReport();
  const std::lock_guard<std::mutex> guard(report.lock);
  const auto found = report.histories.find(block);
  if (found == report.histories.end() || found->second.how != nullptr) return;
  found->second.released = Interned(report, stack);
  found->second.how = how;
  report.dead.push_back(block);
  if (report.dead.size() <= kMostDead) return;
  report.histories.erase(report.dead.front());
  report.dead.pop_front();
}

std::string HistoryOf(BlockId block) {
  if (!IsWatchingMemory()) return {};
  Report& report = TheReport();
  const std::lock_guard<std::mutex> guard(report.lock);
  const auto found = report.histories.find(block);
  return found == report.histories.end() ? std::string() : TextOf(found->second);
}

void Quarantine(std::uintptr_t address, std::size_t size) {
  std::memset(reinterpret_cast<void*>(address), kFreedByte, size);
  Report& report = TheReport();
  std::deque<Quarantined> released;
  {
    const std::lock_guard<std::mutex> guard(report.lock);
    report.quarantine.push_back({address, size});
    report.quarantined += size;
    while (report.quarantined > kMostQuarantined || !IsWatchingMemory()) {  // VF-R2
      if (report.quarantine.empty()) break;
      report.quarantined -= report.quarantine.front().size;
      released.push_back(report.quarantine.front());
      report.quarantine.pop_front();
    }
  }
  Empty(std::move(released));
}

std::vector<Leak> Leaks() {
  Report& report = TheReport();
  const std::lock_guard<std::mutex> guard(report.lock);
  return LeaksOf(report);
}
std::string LeaksText() { return TextOf(Leaks()); }

void HoldMemoryReportForFork() { TheReport().lock.lock(); }
void ReleaseMemoryReport() { TheReport().lock.unlock(); }

}  // namespace fart::ffi

#include "vm/memory/gc_trace.h"

#include <atomic>
#include <cerrno>
#include <cinttypes>
#include <cstdarg>
#include <cstring>
#include <string>
#include <string_view>

#include "heap/platform/clock.h"
#include "heap/platform/workers.h"

namespace fart {

namespace {

// Lines put together without memory. What does not fit is left out, a whole line at a time.
class Lines {
 public:
  [[gnu::format(printf, 2, 3)]] void Add(const char* format, ...) {
    std::va_list arguments;
    va_start(arguments, format);
    const int length = std::vsnprintf(text_ + used_, sizeof text_ - used_, format, arguments);
    va_end(arguments);
    if (length > 0 && static_cast<std::size_t>(length) < sizeof text_ - used_) {
      used_ += static_cast<std::size_t>(length);
    }
  }
  std::string_view text() const { return {text_, used_}; }

 private:
  char text_[16384];
  std::size_t used_ = 0;
};

// Numbers that no isolate has.
constexpr std::uint32_t kFirstBeside = 0x4000'0000;
constexpr std::uint32_t kFirstWorker = 0x8000'0000;
constexpr std::uint32_t kWorkersOfOne = 32;
static_assert(Workers::kMost < kWorkersOfOne);  // and a bit of named_ for each, and one for beside

std::uint32_t ThreadOf(std::uint32_t isolate, int worker) {
  if (worker == GcSpan::kBeside) return kFirstBeside + isolate;
  return kFirstWorker + isolate * kWorkersOfOne + static_cast<std::uint32_t>(worker);
}

// False: the trace ends, as where a disk is full. What was written of the text stands at the end of
// the file then, where readers take half a line; with more lines behind it they would not.
bool Write(std::FILE* file, const std::string& path, std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), file) == text.size()) return true;
  std::fprintf(stderr, "--gc-trace: the trace in '%s' ends here: %s.\n", path.c_str(),
               std::strerror(errno != 0 ? errno : EIO));
  return false;
}

double Microseconds(std::int64_t ns) { return static_cast<double>(ns) / 1000; }

}  // namespace

void GcTrace::Close() {
  if (file_ != nullptr) std::fclose(file_);
  file_ = nullptr;
}

void GcTrace::SetFile(const std::string& path) {
  if (path == path_) return;
  Close();
  path_ = path;
  named_ = 0;
  if (path.empty()) return;
  static std::atomic<bool> has_begun{false};
  const bool is_first = !has_begun.exchange(true);
  if (is_first) {
    std::FILE* const emptied = std::fopen(path.c_str(), "wb");
    if (emptied != nullptr) std::fclose(emptied);
  }
  file_ = std::fopen(path.c_str(), "ab");
  if (file_ == nullptr) {
    std::fprintf(stderr, "--gc-trace: cannot write '%s': %s.\n", path.c_str(),
                 std::strerror(errno));
    return;
  }
  // Each text in one piece, so that what other isolates write stands before or behind it.
  std::setvbuf(file_, nullptr, _IONBF, 0);
  Lines lines;
  if (std::fseek(file_, 0, SEEK_END) == 0 && std::ftell(file_) == 0) lines.Add("[\n");
  lines.Add(R"({"name":"thread_name","ph":"M","pid":1,"tid":%u,"args":{"name":"isolate %u"}},)"
            "\n",
            thread_, thread_);
  if (!Write(file_, path_, lines.text())) Close();
}

void GcTrace::Start() {
  start_ns_ = MonotonicNs();
  count_ = 0;
}

void GcTrace::StartPhase(GcPhase phase) {
  if (count_ == phases_.size()) return;
  phases_[count_] = {phase, MonotonicNs(), 0};
  ++count_;
}

void GcTrace::EndPhase() {
  if (count_ != 0) phases_[count_ - 1].end_ns = MonotonicNs();
}

void GcTrace::End(const GcReport& report, std::size_t messages) {
  const std::int64_t end_ns = MonotonicNs();
  Lines lines;
  lines.Add(R"({"name":"%s collection","cat":"gc","ph":"X","ts":%.3f,"dur":%.3f,"pid":1,"tid":%u,)"
            R"("args":{"cause":"%s","bytes_before":%zu,"bytes_after":%zu,"bytes_moved":%zu,)"
            R"("objects_moved":%)" PRIu64 R"(,"weaks_cleared":%)" PRIu64 "}},\n",
            report.kind == GcKind::kMinor ? "minor" : "major", Microseconds(start_ns_),
            Microseconds(end_ns - start_ns_), thread_, GcReasonName(report.reason),
            report.before.value(), report.after.value(), report.TotalMoved().value(),
            report.objects_moved, report.weaks_cleared);
  for (std::size_t i = 0; i < count_; ++i) {
    const Phase& phase = phases_[i];
    if (phase.end_ns == 0) continue;
    lines.Add(R"({"name":"%s","cat":"gc","ph":"X","ts":%.3f,"dur":%.3f,"pid":1,"tid":%u},)"
              "\n",
              GcPhaseName(phase.phase), Microseconds(phase.start_ns),
              Microseconds(phase.end_ns - phase.start_ns), thread_);
  }
  for (const GcSpan& span : report.spans) {
    const std::uint32_t thread = ThreadOf(thread_, span.worker);
    const std::uint32_t bit = std::uint32_t{1} << (span.worker - GcSpan::kBeside);
    if ((named_ & bit) == 0) {
      lines.Add(R"({"name":"thread_name","ph":"M","pid":1,"tid":%u,"args":{"name":)", thread);
      if (span.worker == GcSpan::kBeside) {
        lines.Add(R"("beside isolate %u"}},)"
                  "\n",
                  thread_);
      } else {
        lines.Add(R"("worker %d of isolate %u"}},)"
                  "\n",
                  span.worker, thread_);
      }
      named_ |= bit;
    }
    lines.Add(R"({"name":"mark","cat":"gc","ph":"X","ts":%.3f,"dur":%.3f,"pid":1,"tid":%u},)"
              "\n",
              Microseconds(span.start_ns), Microseconds(span.end_ns - span.start_ns), thread);
  }
  const auto counter = [&](std::int64_t at_ns, ByteCount bytes) {
    lines.Add(R"({"name":"heap of isolate %u","ph":"C","ts":%.3f,"pid":1,"args":{"bytes":%zu}},)"
              "\n",
              thread_, Microseconds(at_ns), bytes.value());
  };
  counter(start_ns_, report.before);
  counter(end_ns, report.after);
  lines.Add(R"({"name":"old space of isolate %u","ph":"C","ts":%.3f,"pid":1,"args":{"used":%zu,)"
            R"("collected_at":%zu}},)"
            "\n",
            thread_, Microseconds(end_ns), report.old_used.value(), report.old_threshold.value());
  lines.Add(R"({"name":"marked of isolate %u","ph":"C","ts":%.3f,"pid":1,"args":{"beside":%zu,)"
            R"("in_slices":%zu}},)"
            "\n",
            thread_, Microseconds(end_ns), report.marked_beside.value(),
            report.marked_in_slices.value());
  lines.Add(R"({"name":"slots of isolate %u","ph":"C","ts":%.3f,"pid":1,"args":{"local":%)" PRIu64
            R"(,"persistent":%)" PRIu64 R"(,"weak":%)" PRIu64 "}},\n",
            thread_, Microseconds(end_ns),
            report.slots_visited[static_cast<std::size_t>(RootKind::kLocalHandle)],
            report.slots_visited[static_cast<std::size_t>(RootKind::kPersistentHandle)],
            report.slots_visited[static_cast<std::size_t>(RootKind::kWeakHandle)]);
  lines.Add(
      R"({"name":"external memory of isolate %u","ph":"C","ts":%.3f,"pid":1,"args":{"bytes":%zu}},)"
      "\n",
      thread_, Microseconds(end_ns), report.external.value());
  lines.Add(
      R"({"name":"messages for isolate %u","ph":"C","ts":%.3f,"pid":1,"args":{"waiting":%zu}},)"
      "\n",
      thread_, Microseconds(end_ns), messages);
  if (!Write(file_, path_, lines.text())) Close();
}

void GcTrace::Mark(char kind, std::string_view name, std::string_view arguments,
                   std::string_view task) {
  if (file_ == nullptr) return;
  char rest[160];
  std::snprintf(rest, sizeof rest, R"(,"cat":"program","ph":"%c","ts":%.3f,"pid":1,"tid":%u%s)",
                kind, Microseconds(MonotonicNs()), thread_, kind == 'i' ? R"(,"s":"t")" : "");
  std::string line = R"({"name":)" + std::string(name) + rest;
  if (!task.empty()) line += R"(,"id":")" + std::string(task) + '"';
  if (!arguments.empty()) line += R"(,"args":)" + std::string(arguments);
  line += "},\n";
  if (!Write(file_, path_, line)) Close();
}

}  // namespace fart

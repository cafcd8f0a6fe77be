// Runs the Fart programs of this folder and compares what they do with what their comments say:
//
//     // expect: LINE                  a line of standard output; all of them, in this order
//     // expect-unhandled: TEXT        part of the text of the exception that nobody catches
//     // expect-compile-error: TEXT    part of the text of the error that loading comes to
//     // flags: FLAGS                  for the isolate, in every mode
//     // stack-kilobytes: N            of the isolate; what isolates have unless it says otherwise
//     // stress-interval: N            collect at every Nth allocation; 1 unless it says otherwise
//
// Each program runs plain, and under stress with the heap verified around every collection. A run
// under stress that moved no object counts as failed: it proved nothing.
//
// A program that does not come to an end is stopped, and fails by what it did not print.
//
// A program whose name begins with "lib_" is there to be imported by the others.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/fart_program.h"
#include "vm/event_loop.h"
#include "vm/isolate.h"
#include "vm/memory/flags.h"
#include "vm/port/thread_pool.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

namespace fart {
namespace {

namespace fs = std::filesystem;

// What a program's comments ask for.
struct Expectations {
  std::string output;
  std::vector<std::string> unhandled;
  std::vector<std::string> compile_error;
  std::string flags;
  ByteCount stack_size = kDefaultStackSize;
  std::string stress_interval = "1";
};

Expectations Read(const std::string& text) {
  Expectations result;
  std::istringstream lines(text);
  const auto take = [](const std::string& line, const char* mark, std::string* rest) {
    const std::string begin = std::string("// ") + mark + ":";
    const std::size_t at = line.find(begin);
    if (at == std::string::npos) return false;
    *rest = line.substr(at + begin.size());
    if (!rest->empty() && rest->front() == ' ') rest->erase(0, 1);
    return true;
  };
  for (std::string line, rest; std::getline(lines, line);) {
    if (take(line, "expect", &rest)) result.output += rest + "\n";
    if (take(line, "expect-unhandled", &rest)) result.unhandled.push_back(rest);
    if (take(line, "expect-compile-error", &rest)) result.compile_error.push_back(rest);
    if (take(line, "flags", &rest)) result.flags += " " + rest;
    if (take(line, "stress-interval", &rest)) result.stress_interval = rest;
    if (take(line, "stack-kilobytes", &rest)) result.stack_size = KiB(std::stoul(rest));
  }
  return result;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The programs' folder: given by the build, so that tests find it in the runfiles.
fs::path Folder() { return fs::absolute(fs::path(std::getenv("FART_PROGRAMS")).parent_path()); }

std::vector<std::string> Programs() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(Folder())) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".dart" && !name.starts_with("lib_")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Stops what an isolate does when it has taken a minute: none of these programs does. Where one
// did not end, others do not either, and are given less.
class Watchdog {
 public:
  explicit Watchdog(Isolate& isolate)
      : thread_([this, &isolate] {
          std::unique_lock lock(mutex_);
          if (ended_.wait_for(lock, most_time, [this] { return has_ended_; })) return;
          isolate.RequestStop();
          most_time = std::chrono::seconds(3);
        }) {}
  ~Watchdog() {
    {
      const std::lock_guard lock(mutex_);
      has_ended_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  static inline std::chrono::seconds most_time{60};

  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;
  std::thread thread_;
};

struct Result {
  std::string output;
  std::string unhandled;
  std::string compile_error;
  std::uint64_t moved = 0;
};

std::string TextOfError(Isolate& isolate, const Outcome& outcome) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate.stack());
  {
    const NoSafepointScope quiet;
    const ObjectPtr error = outcome.Get(quiet);
    if (ErrorKindOf(error, quiet) != ErrorKind::kUnhandledException) {
      return ToUtf8(ErrorMessage(error, quiet), quiet);
    }
    roots.Set(0, ErrorException(error, quiet));
    roots.Set(1, ErrorStackTrace(error, quiet));
  }
  return isolate.program().DescribeUnhandled(roots[0], roots[1]);
}

Result RunProgram(const std::string& name, const std::string& text, const std::string& flags,
                  ByteCount stack_size) FART_MAY_COLLECT {
  Result result;
  IsolateOptions options;
  options.stack_size = stack_size;
  options.program = lang::MakeFartProgram;
  std::string error;
  EXPECT_TRUE(ParseFlags(flags, &options.flags, &error)) << error;
  testing::internal::CaptureStdout();
  {
    const std::unique_ptr<Isolate> isolate = Isolate::Create(options, &error);
    if (isolate == nullptr) {
      result.compile_error = "no isolate: " + error;
      testing::internal::GetCapturedStdout();
      return result;
    }
    const Watchdog watchdog(*isolate);
    const std::string file = name + ".dart";
    const Outcome loaded =
        isolate->program().LoadScript({.url = file, .path = Folder() / file, .text = text});
    if (loaded.IsError()) {
      result.compile_error = TextOfError(*isolate, loaded);
    } else {
      StackRoots<1> roots(isolate->stack());
      const FreshObject list = NewArray(isolate->mutator(), 0);
      {
        const NoSafepointScope quiet;
        roots.Set(0, list.Get(quiet));
      }
      const Outcome done = lang::InvokeMain(*isolate, roots[0]);
      if (done.IsError()) {
        result.unhandled = TextOfError(*isolate, done);
      } else {
        const Outcome later = RunEventLoop(*isolate);
        if (later.IsError()) result.unhandled = TextOfError(*isolate, later);
      }
    }
    result.moved = isolate->statistics().totals().objects_moved;
  }
  result.output = testing::internal::GetCapturedStdout();
  return result;
}

void ExpectParts(const std::string& text, const std::vector<std::string>& parts) {
  if (parts.empty()) {
    EXPECT_EQ(text, "");
  }
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << "no '" << part << "' in:\n" << text;
  }
}

class LanguageTest : public testing::TestWithParam<std::string> {
 protected:
  // ThreadSanitizer tells of threads that have ended and nobody has waited for.
  static void TearDownTestSuite() { ThreadPool::OfProcess().ShutDown(); }

  void ExpectProgram(bool under_stress) FART_NO_SAFEPOINT_ANALYSIS {
    const std::string text = ReadFile(Folder() / (GetParam() + ".dart"));
    ASSERT_FALSE(text.empty());
    const Expectations expected = Read(text);
    std::string flags = expected.flags;
    if (under_stress) flags += " --verify-heap --gc-stress=" + expected.stress_interval;
    const Result result = RunProgram(GetParam(), text, flags, expected.stack_size);
    EXPECT_EQ(result.output, expected.output);
    ExpectParts(result.unhandled, expected.unhandled);
    ExpectParts(result.compile_error, expected.compile_error);
    if (under_stress) {
      EXPECT_GT(result.moved, 0u) << "inconclusive: nothing moved";
    }
  }
};

TEST_P(LanguageTest, DoesWhatItsCommentsSay) { ExpectProgram(false); }
TEST_P(LanguageTest, DoesTheSameUnderStressWithTheHeapVerified) { ExpectProgram(true); }

INSTANTIATE_TEST_SUITE_P(Programs, LanguageTest, testing::ValuesIn(Programs()),
                         [](const testing::TestParamInfo<std::string>& info) {
                           return info.param;
                         });

}  // namespace
}  // namespace fart

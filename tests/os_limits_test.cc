// What the operating system may refuse, and what becomes of a host then: docs/hosts.md. Each test
// sets its limits in a process of its own, which says by its exit code how far it came.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "heap/base/sanitizer.h"

namespace fart::tests {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr int kSkipped = 77;

// By a sanitizer, whose memory counts too.
constexpr bool kIsShadowed = FART_ADDRESS_SANITIZER || FART_THREAD_SANITIZER;

// How a child ended, and what it wrote to standard error.
struct Ended {
  int exit_code = -1;
  int signal = 0;
  std::string text;
};

template <typename Body>
Ended InChild(Body body) {
  std::FILE* const file = std::tmpfile();
  const pid_t child = fork();
  if (child == 0) {
    dup2(fileno(file), STDERR_FILENO);
    _exit(body());
  }
  int status = 0;
  Ended ended;
  if (waitpid(child, &status, 0) != child) return ended;
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  std::rewind(file);
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    ended.text += static_cast<char>(c);
  }
  std::fclose(file);
  return ended;
}

void ExpectWell(const Ended& ended) {
  EXPECT_EQ(ended.signal, 0) << ended.text;
  EXPECT_EQ(ended.exit_code, 0) << ended.text;
}

// Says to the parent where it came to an end.
int Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  return 1;
}

bool Limit(decltype(RLIMIT_AS) resource, std::size_t bytes) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0) return false;
  limit.rlim_cur = bytes;
  return setrlimit(resource, &limit) == 0;
}

bool Unlimit(decltype(RLIMIT_AS) resource) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0) return false;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(resource, &limit) == 0;
}

// A line of /proc/self/status, in bytes.
std::size_t Status(const std::string& name) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.compare(0, name.size(), name) != 0) continue;
    return std::strtoull(line.c_str() + name.size() + 1, nullptr, 10) * 1024;
  }
  return 0;
}

int Mappings() {
  std::ifstream file("/proc/self/maps");
  int lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

bool Start(const char* max_heap) {
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  return Fart_Initialize(&params) == nullptr && Fart_SetFlag(max_heap);
}

// Empty, or why there is none.
std::string MakeIsolate() {
  char* error = nullptr;
  if (Fart_CreateHeapIsolate(nullptr, &error) != nullptr) return "";
  std::string text = error == nullptr ? "no text" : error;
  std::free(error);
  return text;
}

Fart_Shape Bytes() {
  Fart_ShapeDescription description{};
  description.struct_size = sizeof(description);
  description.name = "Bytes";
  description.variable_part = Fart_VariablePart_kBytes;
  Fart_Shape shape = nullptr;
  static_cast<void>(Fart_RegisterShape(&description, &shape));
  return shape;
}

// Makes and drops objects; false as soon as one is refused.
bool MakeGarbage(Fart_Shape shape, int objects, intptr_t size) {
  for (int i = 0; i < objects; ++i) {
    Fart_EnterScope();
    const bool is_made = !Fart_IsError(Fart_AllocateObject(shape, size));
    Fart_ExitScope();
    if (!is_made) return false;
  }
  return true;
}

// What an isolate can do, in large and in small objects, and that it ends well.
bool WorksAndEnds(Fart_Shape bytes = Bytes()) {
  Fart_EnterScope();
  const bool works = MakeGarbage(bytes, 50, 1'000'000) && MakeGarbage(bytes, 20'000, 1000) &&
                     !Fart_IsError(Fart_Collect(Fart_Collection_kMajor)) &&
                     Fart_VerifyHeap() == nullptr;
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  return works;
}

// ---- Locked memory

int RunLocked() {
  if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) return kSkipped;
  const std::size_t before = Status("VmRSS:");
  if (!Start("--max-heap=256m")) return Fail("start");
  const std::string error = MakeIsolate();
  if (!error.empty()) return Fail(error);
  const std::size_t made = Status("VmRSS:");
  Fart_EnterScope();
  const Fart_Shape bytes = Bytes();
  if (!MakeGarbage(bytes, 500, 1'000'000)) return Fail("large objects");
  if (!MakeGarbage(bytes, 200'000, 1000)) return Fail("small objects");
  if (Fart_IsError(Fart_Collect(Fart_Collection_kMajor))) return Fail("collection");
  Fart_ExitScope();
  const std::size_t after = Status("VmRSS:");
  // The heap's tables alone, filled, would be 19 MiB.
  if (made - before > 12 * kMiB) return Fail("an isolate holds " + std::to_string(made - before));
  if (after - before > 200 * kMiB) return Fail("after all " + std::to_string(after - before));
  if (Status("VmLck:") == 0) return Fail("nothing is locked");
  Fart_ShutdownIsolate();
  return Fart_Cleanup() == nullptr ? 0 : Fail("cleanup");
}

TEST(OsLimitsTest, InLockedMemoryPagesAreLockedWhenTouchedAndGivenBackWhenFree) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer's shadow would be locked too";
  const Ended ended = InChild(RunLocked);
  if (ended.exit_code == kSkipped) GTEST_SKIP() << "this process may not lock memory";
  ExpectWell(ended);
}

TEST(OsLimitsTest, MemoryThatIsLockedLaterIsNoHindrance) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer's shadow would be locked too";
  const Ended ended = InChild([] {
    if (!Start("--max-heap=64m")) return Fail("start");
    if (!MakeIsolate().empty()) return Fail("isolate");
    if (mlockall(MCL_CURRENT) != 0) return kSkipped;
    return WorksAndEnds() ? 0 : Fail("work");
  });
  if (ended.exit_code == kSkipped) GTEST_SKIP() << "this process may not lock memory";
  ExpectWell(ended);
}

TEST(OsLimitsTest, ALimitOnLockedMemoryIsAnError) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer's shadow would be locked too";
  const Ended ended = InChild([] {
    rlimit limit{};
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return kSkipped;
    limit.rlim_cur = limit.rlim_max = std::min<rlim_t>(limit.rlim_max, 64 * kMiB);
    if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0) return kSkipped;
    if (geteuid() == 0 && setuid(65534) != 0) return kSkipped;  // whom the limit binds
    if (!Start("--max-heap=64m")) return Fail("start");
    if (mlockall(MCL_FUTURE) != 0) return kSkipped;
    const std::string error = MakeIsolate();
    if (error.find("The system refused") == std::string::npos) return Fail("error: " + error);
    munlockall();
    const std::string second = MakeIsolate();
    if (!second.empty()) return Fail(second);
    return WorksAndEnds() ? 0 : Fail("work");
  });
  if (ended.exit_code == kSkipped) GTEST_SKIP() << "this process may not lock memory";
  ExpectWell(ended);
}

// ---- Addresses and data

TEST(OsLimitsTest, AHeapFitsIntoLimitedAddresses) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer needs addresses without limit";
  ExpectWell(InChild([] {
    if (!Limit(RLIMIT_AS, 1'000'000 * std::size_t{1024})) return Fail("setrlimit");
    if (!Start("--max-heap=64m")) return Fail("start");
    const std::string error = MakeIsolate();
    if (!error.empty()) return Fail(error);
    return WorksAndEnds() ? 0 : Fail("work");
  }));
}

TEST(OsLimitsTest, RefusedAddressesAreAnErrorAndNothingIsLost) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer needs addresses without limit";
  ExpectWell(InChild([] {
    if (!Start("--max-heap=1g")) return Fail("start");
    if (!MakeIsolate().empty() || !WorksAndEnds()) return Fail("first");
    const std::size_t before = Status("VmSize:");
    if (!Limit(RLIMIT_AS, before + 512 * kMiB)) return Fail("setrlimit");
    for (int i = 0; i < 50; ++i) {
      const std::string error = MakeIsolate();
      if (error.find("The system refused 4096 MiB of addresses") == std::string::npos ||
          error.find("up to 1024 MiB (--max-heap)") == std::string::npos) {
        return Fail("error: " + error);
      }
    }
    if (Status("VmSize:") > before + kMiB) return Fail("addresses were lost");
    if (!Unlimit(RLIMIT_AS)) return Fail("setrlimit");
    return MakeIsolate().empty() && WorksAndEnds() ? 0 : Fail("after all");
  }));
}

TEST(OsLimitsTest, RefusedDataIsAnErrorAndTheHeapGoesOn) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer's memory counts too";
  ExpectWell(InChild([] {
    if (!Start("--max-heap=1g")) return Fail("start");
    if (!MakeIsolate().empty()) return Fail("isolate");
    if (!Limit(RLIMIT_DATA, Status("VmData:") + 100 * kMiB)) return Fail("setrlimit");
    Fart_EnterScope();
    const Fart_Shape bytes = Bytes();
    int held = 0;
    Fart_EnterScope();
    for (; held < 1000; ++held) {
      const Fart_Handle object = Fart_AllocateObject(bytes, 1'000'000);
      if (!Fart_IsError(object)) continue;
      const std::string text = Fart_GetError(object);
      if (text.find("memory") == std::string::npos && text.find("Memory") == std::string::npos) {
        return Fail(text);
      }
      break;
    }
    Fart_ExitScope();
    if (held < 20 || held > 150) return Fail("held " + std::to_string(held));
    Fart_ExitScope();
    if (Fart_VerifyHeap() != nullptr) return Fail("verify");
    // What the heap holds, garbage too, malloc has not: no shape can be registered.
    return WorksAndEnds(bytes) ? 0 : Fail("afterwards");
  }));
}

TEST(OsLimitsTest, TheDefaultLimitFollowsTheLimitsOfTheProcess) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer's memory counts too";
  if (std::getenv("FART_FLAGS") != nullptr) GTEST_SKIP() << "FART_FLAGS may set it";
  ExpectWell(InChild([] {
    if (!Limit(RLIMIT_DATA, 400 * kMiB)) return Fail("setrlimit");
    Fart_InitializeParams params{};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    if (Fart_Initialize(&params) != nullptr) return Fail("start");
    const std::string limit = Fart_GetFlag("max-heap");
    if (limit != std::to_string(100 * kMiB)) return Fail(limit);
    return MakeIsolate().empty() && WorksAndEnds() ? 0 : Fail("work");
  }));
}

// ---- Many heaps, and large ones

// What each of `count` isolates of 64 MB adds; ends them all.
struct Share {
  std::size_t addresses = 0;
  double mappings = 0;
  std::size_t memory = 0;
};

std::string MakeMany(int count, Share* share) {
  const std::size_t addresses = Status("VmSize:");
  const std::size_t memory = Status("VmRSS:");
  const int mappings = Mappings();
  std::vector<Fart_Isolate> isolates;
  for (int i = 0; i < count; ++i) {
    std::string error = MakeIsolate();
    if (!error.empty()) return std::to_string(i) + ": " + error;
    Fart_EnterScope();
    if (Fart_IsError(Fart_NewInteger(i))) return "integer";
    Fart_ExitScope();
    isolates.push_back(Fart_CurrentIsolate());
    Fart_ExitIsolate();
  }
  share->addresses = (Status("VmSize:") - addresses) / static_cast<std::size_t>(count);
  share->memory = (Status("VmRSS:") - memory) / static_cast<std::size_t>(count);
  share->mappings = static_cast<double>(Mappings() - mappings) / count;
  for (const Fart_Isolate isolate : isolates) {
    Fart_EnterIsolate(isolate);
    Fart_ShutdownIsolate();
  }
  if (Status("VmSize:") > addresses + 256 * kMiB) return "addresses were kept";
  return "";
}

TEST(OsLimitsTest, TenThousandHeapsOf64MBHaveRoomInOneProcess) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer takes most addresses";
  ExpectWell(InChild([] {
    if (!Start("--max-heap=64m")) return Fail("start");
    Share share;
    const std::string error = MakeMany(200, &share);
    if (!error.empty()) return Fail(error);
    // 47 bits of addresses, half of them for ranges that do not fall together; 65,530 mappings.
    if (share.addresses > (std::size_t{1} << 46) / 10'000 || share.addresses > 512 * kMiB ||
        share.mappings * 10'000 > 62'000) {
      return Fail(std::to_string(share.addresses) + " bytes of addresses and " +
                  std::to_string(share.mappings) + " mappings each");
    }
    return 0;
  }));
}

TEST(OsLimitsTest, AHeapOf64GBHasRoom) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer takes most addresses";
  ExpectWell(InChild([] {
    if (!Start("--max-heap=64g")) return Fail("start");
    const std::string error = MakeIsolate();
    if (!error.empty()) return Fail(error);
    return WorksAndEnds() ? 0 : Fail("work");
  }));
}

TEST(OsLimitsTest, AHeapOfATerabyteHasRoomOrSaysThatItHasNone) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer takes most addresses";
  ExpectWell(InChild([] {
    if (!Start("--max-heap=1024g")) return Fail("start");
    const std::string error = MakeIsolate();
    if (!error.empty()) return error.find("The system refused") == 0 ? 0 : Fail(error);
    return WorksAndEnds() ? 0 : Fail("work");
  }));
}

// ---- The program

struct Printed {
  int exit_code = -1;
  std::string text;
};

Printed RunShell(const std::string& command) {
  Printed printed;
  std::FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return printed;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    printed.text += static_cast<char>(c);
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) printed.exit_code = WEXITSTATUS(status);
  return printed;
}

TEST(OsLimitsTest, FartRunsInLimitedAddresses) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer needs addresses without limit";
  for (const char* const flags : {"--max-heap=64m ", ""}) {
    const Printed printed = RunShell(std::string("ulimit -v 1000000; ./fart ") + flags +
                                     "tests/programs/arguments.dart one");
    EXPECT_EQ(printed.exit_code, 0) << flags;
    EXPECT_EQ(printed.text, "1\none\n") << flags;
  }
}

TEST(OsLimitsTest, FartSaysWhatWasRefused) {
  if (kIsShadowed) GTEST_SKIP() << "a sanitizer needs addresses without limit";
  const Printed printed =
      RunShell("ulimit -v 1000000; ./fart --max-heap=2g tests/programs/arguments.dart");
  EXPECT_NE(printed.exit_code, 0);
  EXPECT_THAT(printed.text, HasSubstr("The system refused 8192 MiB of addresses"));
  EXPECT_THAT(printed.text, HasSubstr("2048 MiB (--max-heap)"));
}

}  // namespace
}  // namespace fart::tests

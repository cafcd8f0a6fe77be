// Bounds of control groups are read from files; a test makes up a folder of them.

#include "heap/platform/memory_bounds.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

namespace fart {
namespace {

class MemoryBoundsTest : public testing::Test {
 protected:
  MemoryBoundsTest() {
    std::string name = testing::TempDir() + "/memory_bounds_XXXXXX";
    root_ = mkdtemp(name.data());
  }
  ~MemoryBoundsTest() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    const std::filesystem::path file = root_ + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  void MountVersion2(const std::string& group_mounted = "/") {
    Write("/proc/self/mountinfo",
          "21 26 0:19 / /sys rw,nosuid - sysfs sysfs rw\n"
          "25 21 0:22 " +
              group_mounted +
              " /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  }
  ByteCount Group() const { return ReadMemoryBounds(root_).control_group; }

  std::string root_;
};

TEST_F(MemoryBoundsTest, WithoutControlGroupsNothingBounds) {
  EXPECT_EQ(Group(), MemoryBounds::kNone);
  EXPECT_LT(ReadMemoryBounds(root_).physical, GiB(1 << 20));
  EXPECT_GT(ReadMemoryBounds(root_).physical, MiB(64));
}

TEST_F(MemoryBoundsTest, TheGroupOfTheProcessBounds) {
  MountVersion2();
  Write("/proc/self/cgroup", "0::/user.slice/one\n");
  Write("/sys/fs/cgroup/user.slice/one/memory.max", "268435456\n");
  Write("/sys/fs/cgroup/user.slice/other/memory.max", "1048576\n");
  EXPECT_EQ(Group(), MiB(256));
  Write("/sys/fs/cgroup/user.slice/one/memory.high", "134217728\n");
  EXPECT_EQ(Group(), MiB(128));
  Write("/sys/fs/cgroup/user.slice/one/memory.high", "max\n");
  EXPECT_EQ(Group(), MiB(256));
  Write("/sys/fs/cgroup/user.slice/one/memory.max", "max\n");
  EXPECT_EQ(Group(), MemoryBounds::kNone);
}

TEST_F(MemoryBoundsTest, EachGroupAroundItBoundsToo) {
  MountVersion2();
  Write("/proc/self/cgroup", "0::/a/b/c\n");
  Write("/sys/fs/cgroup/a/b/c/memory.max", "max\n");
  Write("/sys/fs/cgroup/a/b/memory.max", "67108864\n");
  Write("/sys/fs/cgroup/a/memory.max", "134217728\n");
  EXPECT_EQ(Group(), MiB(64));
  Write("/sys/fs/cgroup/a/memory.max", "33554432\n");
  EXPECT_EQ(Group(), MiB(32));
  Write("/sys/fs/cgroup/memory.max", "16777216\n");
  EXPECT_EQ(Group(), MiB(16));
}

TEST_F(MemoryBoundsTest, OfSeveralHierarchiesTheOneWithoutControllersIsThatOfVersion2) {
  MountVersion2();
  Write("/proc/self/cgroup", "1:name=systemd:/wrong\n0::/right\n");
  Write("/sys/fs/cgroup/wrong/memory.max", "4096\n");
  Write("/sys/fs/cgroup/right/memory.max", "67108864\n");
  EXPECT_EQ(Group(), MiB(64));
}

TEST_F(MemoryBoundsTest, InAContainerWithItsOwnViewTheMountedGroupBounds) {
  MountVersion2();
  Write("/proc/self/cgroup", "0::/\n");
  Write("/sys/fs/cgroup/memory.max", "67108864\n");
  EXPECT_EQ(Group(), MiB(64));
}

TEST_F(MemoryBoundsTest, NamesOfGroupsBeginWithTheOneThatIsMounted) {
  MountVersion2("/pods/7");
  Write("/proc/self/cgroup", "0::/pods/7/inner\n");
  Write("/sys/fs/cgroup/inner/memory.max", "67108864\n");
  Write("/sys/fs/cgroup/memory.max", "max\n");
  EXPECT_EQ(Group(), MiB(64));
  // Another group whose name only begins alike is outside: what is mounted bounds.
  Write("/proc/self/cgroup", "0::/pods/77/inner\n");
  Write("/sys/fs/cgroup7/inner/memory.max", "4096\n");
  Write("/sys/fs/cgroup/pods/77/inner/memory.max", "4096\n");
  EXPECT_EQ(Group(), MemoryBounds::kNone);
  Write("/sys/fs/cgroup/memory.max", "8388608\n");
  EXPECT_EQ(Group(), MiB(8));
}

TEST_F(MemoryBoundsTest, TheMemoryControllerOfVersion1Bounds) {
  Write("/proc/self/mountinfo",
        "30 25 0:26 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
        "31 25 0:27 / /sys/fs/cgroup/memory\\040one rw shared:10 - cgroup cgroup rw,memory\n");
  Write("/proc/self/cgroup", "5:cpu,cpuacct:/wrong\n4:hugetlb,memory:/one/two\n0::/wrong\n");
  Write("/sys/fs/cgroup/memory one/one/two/memory.limit_in_bytes", "9223372036854771712\n");
  Write("/sys/fs/cgroup/memory one/one/memory.limit_in_bytes", "67108864\n");
  Write("/sys/fs/cgroup/memory one/wrong/memory.limit_in_bytes", "4096\n");
  EXPECT_EQ(Group(), MiB(64));
}

// A controller's name is all of a word.
TEST_F(MemoryBoundsTest, AControllerWhoseNameBeginsLikeTheOneOfMemoryIsAnother) {
  Write("/proc/self/mountinfo",
        "30 25 0:26 / /sys/fs/cgroup/other rw shared:9 - cgroup cgroup rw,memory_of_another\n"
        "31 25 0:27 / /sys/fs/cgroup/memory rw shared:10 - cgroup cgroup rw,memory\n");
  Write("/proc/self/cgroup", "5:memory_of_another:/wrong\n4:memory:/one\n");
  for (const char* const wrong : {"other/one", "other/wrong", "memory/wrong"}) {
    Write(std::string("/sys/fs/cgroup/") + wrong + "/memory.limit_in_bytes", "4096\n");
  }
  Write("/sys/fs/cgroup/memory/one/memory.limit_in_bytes", "67108864\n");
  EXPECT_EQ(Group(), MiB(64));
}

// A space is \040, a backslash \134: anywhere, also at the end.
TEST_F(MemoryBoundsTest, CharactersOfPathsAreEscaped) {
  Write("/proc/self/mountinfo",
        "25 21 0:22 / /a\\134b\\0401\\040 rw shared:4 - cgroup2 cgroup2 rw\n");
  Write("/proc/self/cgroup", "0::/\n");
  Write("/a\\b 1 /memory.max", "67108864\n");
  EXPECT_EQ(Group(), MiB(64));
}

TEST_F(MemoryBoundsTest, NonsenseBoundsNothing) {
  MountVersion2();
  Write("/proc/self/cgroup", "no colons\n0:only one\n0::/a\n\n");
  Write("/sys/fs/cgroup/a/memory.max", "12 apples\n");
  EXPECT_EQ(Group(), ByteCount(12)) << "the first word counts";
  for (const char* const text : {"", "\n", "-1\n", "1e9\n", "99999999999999999999999\n"}) {
    Write("/sys/fs/cgroup/a/memory.max", text);
    EXPECT_EQ(Group(), MemoryBounds::kNone) << text;
  }
  Write("/proc/self/mountinfo", "25 21\n - cgroup2\nx - y\n");
  EXPECT_EQ(Group(), MemoryBounds::kNone);
}

// In a process of its own, which answers by its exit code.
bool HoldsInChild(const std::function<bool()>& holds) {
  const pid_t child = fork();
  if (child == 0) _exit(holds() ? 0 : 1);
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(ResourceLimitsTest, LimitsOfTheProcessBound) {
  EXPECT_TRUE(HoldsInChild([] {
    const rlimit limit{MiB(512).value(), RLIM_INFINITY};
    return setrlimit(RLIMIT_DATA, &limit) == 0 && ReadMemoryBounds().data == MiB(512);
  }));
}

TEST(ResourceLimitsTest, OfAddressesWhatIsMappedAlreadyIsGone) {
  EXPECT_TRUE(HoldsInChild([] {
    const rlimit limit{GiB(1 << 20).value(), RLIM_INFINITY};
    if (setrlimit(RLIMIT_AS, &limit) != 0) return false;
    const ByteCount room = ReadMemoryBounds().addresses;
    return room < GiB(1 << 20) - MiB(1) && room > GiB(1 << 19);
  }));
}

// What cannot be read is taken for nothing; more than there may be leaves no room.
TEST_F(MemoryBoundsTest, OfWhatIsMappedThereMayBeNoWordOrTooMany) {
  const auto room = [&] {
    EXPECT_TRUE(HoldsInChild([this] {
      const rlimit limit{GiB(1 << 10).value(), RLIM_INFINITY};
      if (setrlimit(RLIMIT_AS, &limit) != 0) return false;
      const bool is_there = std::filesystem::exists(root_ + "/proc/self/statm");
      return ReadMemoryBounds(root_).addresses == (is_there ? ByteCount() : GiB(1 << 10));
    }));
  };
  room();
  Write("/proc/self/statm", "99999999999 1 1 1 0 1 0\n");
  room();
}

}  // namespace
}  // namespace fart

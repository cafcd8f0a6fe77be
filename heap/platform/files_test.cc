// Files where a mistake shows in few of them only: times before 1970, what is of another kind than
// was meant, and links that lead back.

#include "heap/platform/files.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

namespace fart {
namespace {

class FilesTest : public testing::Test {
 protected:
  FilesTest() : root_(testing::TempDir() + "/files") {
    EXPECT_EQ(MakeTemporaryFolder(&root_), 0);
    EXPECT_EQ(CreateFile(At("file")), 0);
  }
  ~FilesTest() override { std::filesystem::remove_all(root_); }

  std::string At(const std::string& name) const { return root_ + "/" + name; }
  // What kind of entry each is, and its path within the folder.
  std::set<std::string> List(bool is_recursive, bool follows) const {
    std::string entries;
    EXPECT_EQ(ListFolder(root_, is_recursive, follows, &entries), 0);
    std::set<std::string> found;
    for (std::size_t from = 0; from < entries.size();) {
      const std::string entry = entries.c_str() + from;
      from += entry.size() + 1;
      found.insert(entry.substr(0, 1) + entry.substr(1 + root_.size()));
    }
    return found;
  }

  std::string root_;
};

// The system wants whole seconds, and a part that is never negative.
TEST_F(FilesTest, ATimeBefore1970IsWhatWasSetToTheMicrosecond) {
  for (const std::int64_t time : {std::int64_t{-1}, std::int64_t{-1'000'000}, std::int64_t{0},
                                  std::int64_t{-1'999'999}, std::int64_t{1'500'000}}) {
    ASSERT_EQ(SetFileTime(At("file"), /*is_of_reading=*/false, time), 0) << time;
    FileFacts facts;
    ASSERT_EQ(FindFile(At("file"), true, &facts), 0);
    EXPECT_EQ(facts.written, time);
  }
}

TEST_F(FilesTest, OneTimeIsSetAndTheOtherKept) {
  ASSERT_EQ(SetFileTime(At("file"), /*is_of_reading=*/false, 5), 0);
  ASSERT_EQ(SetFileTime(At("file"), /*is_of_reading=*/true, 7), 0);
  FileFacts facts;
  ASSERT_EQ(FindFile(At("file"), true, &facts), 0);
  EXPECT_EQ(facts.written, 5);
  EXPECT_EQ(facts.read, 7);
}

// Whoever has taken a folder for a file hears of it.
TEST_F(FilesTest, AFoldersTimesAreNotSet) {
  FileFacts before;
  ASSERT_EQ(FindFile(root_, true, &before), 0);
  EXPECT_EQ(SetFileTime(root_, /*is_of_reading=*/false, 5), -EISDIR);
  FileFacts after;
  ASSERT_EQ(FindFile(root_, true, &after), 0);
  EXPECT_EQ(after.written, before.written);
}

// What is listed with what lies within it would have no end; what is listed alone has one.
TEST_F(FilesTest, ALinkToAFolderAroundItIsItselfWhereFoldersAreListedWithin) {
  ASSERT_EQ(MakeLink(At("around"), root_), 0);
  EXPECT_EQ(List(/*is_recursive=*/true, /*follows=*/true),
            (std::set<std::string>{"f/file", "l/around"}));
  EXPECT_EQ(List(/*is_recursive=*/false, /*follows=*/true),
            (std::set<std::string>{"f/file", "d/around"}));
  EXPECT_EQ(List(/*is_recursive=*/false, /*follows=*/false),
            (std::set<std::string>{"f/file", "l/around"}));
}

TEST_F(FilesTest, ALinkThatLeadsNowhereIsItself) {
  ASSERT_EQ(MakeLink(At("broken"), At("none")), 0);
  EXPECT_EQ(List(/*is_recursive=*/true, /*follows=*/true),
            (std::set<std::string>{"f/file", "l/broken"}));
}

}  // namespace
}  // namespace fart

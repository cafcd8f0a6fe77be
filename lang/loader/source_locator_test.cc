#include "lang/loader/source_locator.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace fart::lang {
namespace {

const SourceLocation kScript = LocationOfFile("/opt/me/project/bin/main.dart", "bin/main.dart");

TEST(SourceLocatorTest, FindsRelativeToTheImportingFileAndNamesItAsWritten) {
  std::string error;
  const auto location = Locate(kScript, "../lib/x.dart", &error);
  ASSERT_TRUE(location.has_value());
  EXPECT_EQ(location->path, "/opt/me/project/lib/x.dart");
  EXPECT_EQ(location->name, "lib/x.dart");
  EXPECT_EQ(FolderOf(*location), "/opt/me/project/lib");
}

TEST(SourceLocatorTest, GivesOneFileOneIdentity) {
  std::string error;
  EXPECT_EQ(Locate(kScript, "./a/../x.dart", &error)->identity,
            Locate(kScript, "file:///opt/me/project/bin/x.dart", &error)->identity);
}

// Where the system does not say which one a file is, its path does.
TEST(SourceLocatorTest, AFileThatCannotBeFoundOutIsItsPath) {
  const std::string loop = testing::TempDir() + "source_locator_test_loop";
  std::remove(loop.c_str());
  std::filesystem::create_symlink(loop, loop);
  EXPECT_EQ(LocationOfFile(loop + "/./x.dart", "x.dart").identity, loop + "/x.dart");
  std::remove(loop.c_str());
}

TEST(SourceLocatorTest, FindsBundledLibrariesAndTheirParts) {
  std::string error;
  const auto core = Locate(kScript, "dart:core", &error);
  ASSERT_TRUE(core.has_value());
  EXPECT_TRUE(core->is_bundled);
  const auto part = Locate(*core, "object.dart", &error);
  ASSERT_TRUE(part.has_value());
  EXPECT_NE(ReadSource(*part, &error)->find("class Object"), std::string::npos);
}

TEST(SourceLocatorTest, NamesAreAsWrittenAndPathsWhereTheyLead) {
  std::string error;
  const auto beside = Locate(kScript, "x.dart", &error);
  EXPECT_EQ(beside->name, "bin/x.dart");
  EXPECT_EQ(beside->path, "/opt/me/project/bin/x.dart");
  const auto elsewhere = Locate(kScript, "/usr/./x.dart", &error);
  EXPECT_EQ(elsewhere->name, "/usr/x.dart");
  EXPECT_EQ(elsewhere->path, "/usr/x.dart");
  EXPECT_FALSE(elsewhere->is_bundled);
}

TEST(SourceLocatorTest, AColonIsNoSchemeAtTheBeginningOrInAFolder) {
  std::string error;
  EXPECT_EQ(Locate(kScript, ":x.dart", &error)->path, "/opt/me/project/bin/:x.dart");
  EXPECT_EQ(Locate(kScript, "a/b:x.dart", &error)->path, "/opt/me/project/bin/a/b:x.dart");
  EXPECT_FALSE(Locate(kScript, "b:x.dart", &error).has_value());
  EXPECT_FALSE(Locate(kScript, "http://a/x.dart", &error).has_value());
}

TEST(SourceLocatorTest, PercentsStandForLetters) {
  std::string error;
  EXPECT_EQ(Locate(kScript, "a%20b.dart", &error)->path, "/opt/me/project/bin/a b.dart");
  EXPECT_EQ(Locate(kScript, "file:///usr/%C3%A4.dart", &error)->path, "/usr/\u00e4.dart");
  EXPECT_EQ(Locate(kScript, "100%.dart", &error)->path, "/opt/me/project/bin/100%.dart");
}

TEST(SourceLocatorTest, ADataUriIsItsOwnFile) {
  std::string error;
  const auto data = Locate(kScript, "data:,var%20x;", &error);
  ASSERT_TRUE(data.has_value());
  EXPECT_EQ(data->identity, "data:,var%20x;");
  EXPECT_EQ(data->name, "data:,var%20x;");
  EXPECT_EQ(ReadSource(*data, &error), "var x;");
  EXPECT_FALSE(Locate(*data, "x.dart", &error).has_value());
  EXPECT_EQ(error, "'x.dart': what a 'data:' URI holds is in no folder.");
  EXPECT_TRUE(Locate(*data, "dart:core", &error).has_value());
  EXPECT_TRUE(Locate(*data, "/x.dart", &error).has_value());
  EXPECT_FALSE(ReadSource(*Locate(kScript, "data:var x;", &error), &error).has_value());
  EXPECT_EQ(error, "This 'data:' URI has no ',' in front of what it holds.");
}

TEST(SourceLocatorTest, OnePackageIsPartOfTheBinary) {
  std::string error;
  const auto ffi = Locate(kScript, "package:ffi/ffi.dart", &error);
  ASSERT_TRUE(ffi.has_value());
  EXPECT_TRUE(ffi->is_bundled);
  EXPECT_EQ(ffi->identity, "dart:package_ffi");
  EXPECT_FALSE(ReadSource(*ffi, &error)->empty());
  EXPECT_FALSE(Locate(kScript, "package:ffi/other.dart", &error).has_value());
}

TEST(SourceLocatorTest, SaysWhyThereIsNothing) {
  std::string error;
  EXPECT_FALSE(Locate(kScript, "dart:nonsense", &error).has_value());
  EXPECT_EQ(error, "There is no library 'dart:nonsense'.");
  EXPECT_FALSE(Locate(kScript, "dart:cor", &error).has_value());
  EXPECT_EQ(error, "There is no library 'dart:cor'; did you mean 'dart:core'?");
  EXPECT_FALSE(Locate(*Locate(kScript, "dart:core", &error), "nix.dart", &error).has_value());
  EXPECT_EQ(error, "There is no file 'dart:core/nix.dart'.");
  EXPECT_FALSE(Locate(kScript, "package:x/x.dart", &error).has_value());
  EXPECT_EQ(error, "'package:x/x.dart': imports of this scheme are not supported.");
  EXPECT_FALSE(Locate(kScript, "", &error).has_value());
  const auto missing = Locate(kScript, "missing.dart", &error);
  EXPECT_FALSE(ReadSource(*missing, &error).has_value());
  EXPECT_EQ(error, "Cannot read 'bin/missing.dart': there is no such file.");
  EXPECT_FALSE(ReadSource(LocationOfFile("/", "/"), &error).has_value());
  EXPECT_EQ(error, "Cannot read '/': it is a folder.");
}

TEST(SourceLocatorTest, ReadsAFileAsItIs) {
  const std::string path = testing::TempDir() + "/source_locator_test.dart";
  const std::string text("a\r\n\0\xff b", 8);
  std::ofstream(path, std::ios::binary) << text;
  std::string error;
  EXPECT_EQ(ReadSource(LocationOfFile(path, "x"), &error), text);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace fart::lang

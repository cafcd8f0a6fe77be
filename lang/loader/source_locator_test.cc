#include "lang/loader/source_locator.h"

#include <gtest/gtest.h>

#include <cstdio>
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

TEST(SourceLocatorTest, FindsBundledLibrariesAndTheirParts) {
  std::string error;
  const auto core = Locate(kScript, "dart:core", &error);
  ASSERT_TRUE(core.has_value());
  EXPECT_TRUE(core->is_bundled);
  const auto part = Locate(*core, "object.dart", &error);
  ASSERT_TRUE(part.has_value());
  EXPECT_NE(ReadSource(*part, &error)->find("class Object"), std::string::npos);
}

TEST(SourceLocatorTest, SaysWhyThereIsNothing) {
  std::string error;
  EXPECT_FALSE(Locate(kScript, "dart:nonsense", &error).has_value());
  EXPECT_EQ(error, "There is no library 'dart:nonsense'.");
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

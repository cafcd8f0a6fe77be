#include "lang/loader/packages.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace fart::lang {
namespace {

namespace fs = std::filesystem;

class PackagesTest : public testing::Test {
 protected:
  PackagesTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_ + "/a/b");
  }
  ~PackagesTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  // Where `package:x/lib/y.dart` is, behind the folder; or the error.
  std::string Found(const std::string& file = "", const std::string& root = "",
                    std::string_view uri = "package:x/lib/y.dart") {
    Packages packages(folder_ + "/a/b/main.dart", file, root);
    std::string error;
    const auto location = packages.Locate(uri, &error);
    if (!location) return error;
    EXPECT_EQ(location->name, uri);
    EXPECT_FALSE(location->is_bundled);
    return location->path.substr(folder_.size());
  }

  const std::string folder_ = testing::TempDir() + "packages_test";
};

TEST_F(PackagesTest, AFolderBesideTheScriptHasThem) {
  fs::create_directories(folder_ + "/a/b/packages");
  EXPECT_EQ(Found(), "/a/b/packages/x/lib/y.dart");
}

TEST_F(PackagesTest, AFileBesideTheScriptComesBeforeTheFolder) {
  fs::create_directories(folder_ + "/a/b/packages");
  Write("a/b/.packages", "# comment: no line\n\nw:/w/\nx:../px/\r\n");
  EXPECT_EQ(Found(), "/a/px/lib/y.dart");
}

TEST_F(PackagesTest, AFileAboveTheScriptComesLast) {
  Write(".packages", "x:px");
  EXPECT_EQ(Found(), "/px/lib/y.dart");
  fs::create_directories(folder_ + "/a/b/packages");
  EXPECT_EQ(Found(), "/a/b/packages/x/lib/y.dart");
}

TEST_F(PackagesTest, TheFlagsComeBeforeWhatIsBesideTheScript) {
  Write("a/b/.packages", "x:wrong");
  Write("named", "x:file://" + folder_ + "/right");
  EXPECT_EQ(Found("", folder_ + "/given"), "/given/x/lib/y.dart");
  EXPECT_EQ(Found(folder_ + "/named", folder_ + "/given"), "/right/lib/y.dart");
}

TEST_F(PackagesTest, SaysWhyThereIsNothing) {
  Write("named", "expect:a\n");
  const std::string named = folder_ + "/named";
  EXPECT_EQ(Found(named), "There is no package 'x' in '" + named + "'.");
  EXPECT_EQ(Found(named, "", "package:expct/y.dart"),
            "There is no package 'expct' in '" + named + "'; did you mean 'expect'?");
  EXPECT_EQ(Found(folder_ + "/nothing"),
            "Cannot read '" + folder_ + "/nothing', which is to say where packages are.");
  for (const char* const uri : {"package:", "package:x", "package:x/", "package:/y.dart"}) {
    EXPECT_EQ(
        Found(named, "", uri),
        "'" + std::string(uri) + "' names no file of a package: 'package:NAME/FILE.dart' does.");
  }
}

TEST_F(PackagesTest, SaysWhatToDoWhereNothingSaysWhereTheyAre) {
  if (fs::exists("/tmp/.packages") || fs::exists("/.packages")) GTEST_SKIP();
  EXPECT_EQ(Found(),
            "Nothing says where packages are: there is no folder 'packages' beside the script, and "
            "no file '.packages' there or above. --packages=FILE and --package-root=FOLDER name "
            "others.");
}

}  // namespace
}  // namespace fart::lang

// What a loader knows, and what is left of a load that failed or that another has replaced.

#include "lang/loader/loader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/compiler/missing_names.h"
#include "lang/loader/testing/shared_libraries.h"
#include "vm/native/libraries.h"
#include "vm/testing/test_isolate.h"

namespace fart::lang {
namespace {

namespace fs = std::filesystem;

class LoaderTest : public testing::Test {
 protected:
  LoaderTest() : loader_(std::make_unique<Loader>(*isolate_, MustGet())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ + "/lib");
  }
  ~LoaderTest() override { fs::remove_all(folder_); }
  void SetUp() override FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome loaded = loader_->LoadCore();
    ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  // What loading it came to: an error's message, or nothing.
  std::string Load(const ScriptSource& script) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome loaded = loader_->LoadScript(script, &number_);
    return loaded.IsError() ? isolate_.ErrorMessageOf(loaded) : "";
  }
  std::string Load(const std::string& text, const std::string& url = "main.dart") {
    return Load({.url = url, .path = folder_ + "/" + url, .text = text});
  }
  // Its first line, without what comes before the place.
  std::string ErrorOf(const std::string& text) {
    const std::string error = Load(text);
    return error.substr(0, error.find('\n'));
  }
  std::string Require(std::string_view uri, int* number) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome required = loader_->Require(uri, number);
    return required.IsError() ? isolate_.ErrorMessageOf(required) : "";
  }
  std::string AddWrapper(int library, const std::string& name) {
    std::string error;
    return loader_->AddNativeWrapper(library, name, 1, &added_, &error) ? "" : error;
  }
  Library* Found(const std::string& url) { return isolate_->libraries().FindByUrl(url); }
  bool HasLoaded(const std::string& name) {
    return loader_->HasLoaded(fs::weakly_canonical(folder_ + "/" + name).string());
  }
  std::string FirstFunctionOf(const std::string& url) {
    return loader_->LibraryOfNumber(Found(url)->number)->functions[0]->name.text;
  }

  const std::string folder_ = testing::TempDir() + "loader_test";
  TestIsolate isolate_;
  std::unique_ptr<Loader> loader_;
  int number_ = -1;
  ClassRef added_;
};

TEST_F(LoaderTest, TheNamesThatImportsAreProposedForAreThere) {
  for (const auto& [names, uri] : NamesOfOthers()) {
    std::string all(names);
    const std::string last = all.substr(all.rfind(' ') + 1);
    std::replace(all.begin(), all.end(), ' ', ',');
    const std::string import = "import '" + std::string(uri) + "'";
    EXPECT_EQ(Load(import + " show " + all + "; f() => [" + all + "];"), "");
    EXPECT_EQ(ErrorOf("f() => " + last + ";"),
              "main.dart:1:8: Error: '" + last + "' is not declared. The library '" +
                  std::string(uri) + "' has it: write \"" + import + ";\" above.");
  }
  EXPECT_EQ(ErrorOf("f() => new Completer();"),
            "main.dart:1:8: Error: There is no class 'Completer'. The library 'dart:async' has it: "
            "write \"import 'dart:async';\" above.");
}

TEST_F(LoaderTest, WhereATypeIsMeantNoConstantIsProposed) {
  for (const std::string name : {"E", "PI", "JSON", "UTF8", "max"}) {
    const std::string uri = name == "JSON" || name == "UTF8" ? "dart:convert" : "dart:math";
    EXPECT_EQ(ErrorOf("extension X on " + name + " {}"),
              "main.dart:1:16: Error: There is no type '" + name + "'.");
    EXPECT_EQ(ErrorOf("f() => " + name + ";"),
              "main.dart:1:8: Error: '" + name + "' is not declared. The library '" + uri +
                  "' has it: write \"import '" + uri + "';\" above.");
  }
  EXPECT_EQ(ErrorOf("class C extends Point {}"),
            "main.dart:1:17: Error: There is no class 'Point'. The library 'dart:math' has it: "
            "write \"import 'dart:math';\" above.");
}

TEST_F(LoaderTest, NamesAreProposedOfLibrariesThatNobodyHasAskedFor) {
  for (const auto& [names, uri] : NamesOfOthers()) {
    const std::string first(names.substr(0, names.find(' ')));
    EXPECT_EQ(ErrorOf("f() => " + first + ";"),
              "main.dart:1:8: Error: '" + first + "' is not declared. The library '" +
                  std::string(uri) + "' has it: write \"import '" + std::string(uri) +
                  "';\" above.");
  }
}

TEST_F(LoaderTest, WhatAPackageImportsOfItselfIsOfThePackage) {
  fs::create_directories(folder_ + "/packages/x/src");
  Write("packages/x/x.dart", "export 'src/y.dart'; part 'p.dart';");
  Write("packages/x/p.dart", "part of x; var p = 1;");
  Write("packages/x/src/y.dart", "import 'package:x/x.dart'; var y = p;");
  ASSERT_EQ(Load("import 'package:x/x.dart'; main() => p + y;"), "");
  EXPECT_NE(Found("package:x/x.dart"), nullptr);
  EXPECT_NE(Found("package:x/src/y.dart"), nullptr);
}

TEST_F(LoaderTest, WhatIsMissingOfAPackageIsNamedWithItsFile) {
  fs::create_directories(folder_ + "/packages");
  EXPECT_EQ(ErrorOf("import 'package:x/x.dart';"),
            "main.dart:1:8: Error: Cannot read 'package:x/x.dart': there is no such file as '" +
                folder_ + "/packages/x/x.dart'.");
}

TEST_F(LoaderTest, AFileIsOneLibraryHoweverItIsImported_LLD1) {
  Write("lib/x.dart", "class X {}");
  Write("lib/y.dart", "import 'x.dart'; import '../lib/./x.dart'; class Y extends X {}");
  fs::create_symlink("x.dart", folder_ + "/lib/link.dart");
  ASSERT_EQ(Load("import 'lib/x.dart'; import './lib/../lib/x.dart'; import 'lib/link.dart';"
                 "import 'file://" +
                 folder_ + "/lib/x.dart'; import 'lib/y.dart'; main() {}"),
            "");
  EXPECT_EQ(loader_->current_edition()->libraries.size(), 3u);
  EXPECT_EQ(loader_->LibraryOfNumber(number_)->uri, "main.dart");
  ASSERT_NE(Found("lib/x.dart"), nullptr);
  ASSERT_NE(Found("lib/y.dart"), nullptr);
  for (const int number : loader_->current_edition()->libraries) {
    EXPECT_EQ(loader_->EditionOfNumber(number), loader_->current_edition());
  }
  EXPECT_EQ(loader_->EditionOfNumber(loader_->core()), nullptr);
  EXPECT_EQ(loader_->EditionOfNumber(1'000'000), nullptr);
}

TEST_F(LoaderTest, OfAFailedLoadNothingIsFound_LLD2) {
  Write("lib/x.dart", "old() => 1;");
  const std::string use = "import 'dart:typed_data'; import 'lib/x.dart'; ";
  EXPECT_NE(Load(use + "class C extends Nix {}"), "");
  EXPECT_EQ(Found("main.dart"), nullptr);
  EXPECT_EQ(Found("lib/x.dart"), nullptr);
  EXPECT_FALSE(HasLoaded("lib/x.dart"));
  EXPECT_FALSE(loader_->HasLoaded("dart:typed_data"));
  EXPECT_EQ(loader_->current_edition(), nullptr);
  EXPECT_FALSE(loader_->IsLoading());
  ASSERT_EQ(loader_->retired().size(), 1u);
  EXPECT_EQ(loader_->retired()[0]->libraries.size(), 2u);
  EXPECT_EQ(AddWrapper(number_, "Added"), "The library 'main.dart' has not been loaded.");
  std::string error;
  EXPECT_FALSE(loader_->Compile({number_, 0}, &error));
  EXPECT_EQ(error, "The library 'main.dart' is still being loaded.");
  // It is found when the next one asks for it, and read again.
  Write("lib/x.dart", "anew() => 1;");
  ASSERT_EQ(Load(use + "main() => anew();"), "");
  EXPECT_EQ(FirstFunctionOf("lib/x.dart"), "anew");
  EXPECT_NE(Found("dart:typed_data"), nullptr);
  EXPECT_TRUE(HasLoaded("lib/x.dart"));
}

// Of what was read and not linked the next one hears nothing.
TEST_F(LoaderTest, WhatFailedBeforeItWasLinkedIsLeftOut_LLD2) {
  EXPECT_EQ(ErrorOf("import 'nix.dart'; class C extends Nix {}"),
            "main.dart:1:8: Error: Cannot read 'nix.dart': there is no such file.");
  EXPECT_EQ(Load("main() {}", "second.dart"), "");
  EXPECT_NE(ErrorOf("import 'dart-ext:nix'; main() {}"), "");
  EXPECT_EQ(Found("main.dart"), nullptr) << "it had been entered";
}

TEST_F(LoaderTest, ABundledLibraryThatAFailedLoadLedToCanBeRequired) {
  EXPECT_NE(Load("import 'dart:typed_data'; class C extends Nix {}"), "");
  EXPECT_EQ(Found("dart:typed_data"), nullptr);
  int number = -1;
  int again = -2;
  ASSERT_EQ(Require("dart:typed_data", &number), "");
  ASSERT_EQ(Require("dart:typed_data", &again), "");
  EXPECT_EQ(number, again);
  ASSERT_NE(Found("dart:typed_data"), nullptr);
  EXPECT_EQ(Found("dart:typed_data")->number, number);
}

TEST_F(LoaderTest, AfterALoadThatFailedTheOneBeforeIsKnownAgain) {
  Write("lib/x.dart", "old() => 1;");
  Write("lib/y.dart", "y() => 1;");
  ASSERT_EQ(Load("import 'lib/x.dart'; main() => old();"), "");
  const Edition* const edition = loader_->current_edition();
  EXPECT_NE(Load("import 'lib/y.dart'; class C extends Nix {}", "other.dart"), "");
  EXPECT_EQ(loader_->current_edition(), edition);
  EXPECT_TRUE(HasLoaded("main.dart"));
  EXPECT_TRUE(HasLoaded("lib/x.dart"));
  EXPECT_FALSE(HasLoaded("lib/y.dart"));
  EXPECT_FALSE(HasLoaded("other.dart"));
  EXPECT_NE(Found("lib/x.dart"), nullptr);
  EXPECT_EQ(Found("lib/y.dart"), nullptr);
}

TEST_F(LoaderTest, AReplacedScriptIsRetiredUntilItEnds_LLD3) {
  Write("lib/x.dart", "old() => 1; // " + std::string(4000, '-'));
  const std::string use = "import 'lib/x.dart'; main() => ";
  ASSERT_EQ(Load(use + "old();"), "");
  const int first = number_;
  Edition* const retired = loader_->current_edition();
  EXPECT_GE(retired->weight, 16u * 4000);
  EXPECT_EQ(loader_->retired_weight(), 0u);
  Write("lib/x.dart", "anew() => 1;");  // Files may have changed.
  ASSERT_EQ(Load(use + "anew();", "second.dart"), "");
  EXPECT_EQ(FirstFunctionOf("lib/x.dart"), "anew");
  EXPECT_EQ(Found("main.dart"), nullptr);
  EXPECT_NE(isolate_->libraries().Find(first), nullptr);
  EXPECT_GT(loader_->LibraryOfNumber(first)->functions[0]->code.size(), 0u) << "its code stays";
  ASSERT_EQ(loader_->retired().size(), 1u);
  EXPECT_EQ(loader_->retired()[0].get(), retired);
  EXPECT_EQ(loader_->EditionOfNumber(first), retired);
  EXPECT_EQ(loader_->retired_weight(), retired->weight);

  loader_->End({retired});
  EXPECT_EQ(loader_->retired_weight(), 0u);
  EXPECT_TRUE(loader_->retired().empty());
  EXPECT_EQ(isolate_->libraries().Find(first), nullptr);
  EXPECT_EQ(loader_->EditionOfNumber(first), nullptr);
  // Its numbers serve again.
  const int second = number_;
  ASSERT_EQ(Load(use + "anew();", "third.dart"), "");
  for (const int number : loader_->current_edition()->libraries) {
    EXPECT_LE(number, second + 1);
    EXPECT_EQ(loader_->EditionOfNumber(number), loader_->current_edition());
    EXPECT_NE(isolate_->libraries().Find(number), nullptr);
  }
  EXPECT_NE(loader_->EditionOfNumber(second), loader_->current_edition());
}

TEST_F(LoaderTest, ItsEndLeavesNoLibraryOfAScript) {
  Library* const core = Found("dart:core");
  ASSERT_EQ(Load("main() {}"), "");
  isolate_->libraries().SetRoot(Found("main.dart"));
  loader_.reset();
  EXPECT_EQ(isolate_->libraries().root(), nullptr);
  EXPECT_EQ(Found("main.dart"), nullptr);
  EXPECT_EQ(Found("dart:core"), core);
}

TEST_F(LoaderTest, ScriptsAreNotNamedLikeBundledLibraries) {
  for (const char* const url : {"dart:core", "dart:mine"}) {
    EXPECT_EQ(Load("main() {}", url), "A script cannot be called '" + std::string(url) + "'.");
  }
}

TEST_F(LoaderTest, AConfigurationIsChosenByTheLibrariesThereAre) {
  Write("lib/a.dart", "a() => 1;");
  Write("lib/b.dart", "b() => 1;");
  Write("lib/c.dart", "c() => 1;");
  const auto chosen = [this](const std::string& conditions) {
    EXPECT_EQ(Load("import 'lib/a.dart' " + conditions + "; main() {}"), "") << conditions;
    std::string all;
    for (const char* const url : {"lib/a.dart", "lib/b.dart", "lib/c.dart"}) {
      if (Found(url) != nullptr) all += FirstFunctionOf(url);
    }
    return all;
  };
  EXPECT_EQ(chosen("if (dart.library.core) 'lib/b.dart'"), "b");
  EXPECT_EQ(chosen("if (dart.library.nix) 'lib/b.dart'"), "a");
  EXPECT_EQ(chosen("if (dart.library.core) 'lib/b.dart' if (dart.library.async) 'lib/c.dart'"),
            "b");
  EXPECT_EQ(chosen("if (dart.library.nix) 'lib/b.dart' if (dart.library.async) 'lib/c.dart'"), "c");
  EXPECT_EQ(chosen("if (dart.library.core == 'true') 'lib/b.dart'"), "b");
  EXPECT_EQ(chosen("if (dart.library.core == '') 'lib/b.dart'"), "a");
  EXPECT_EQ(chosen("if (dart.library.nix == 'false') 'lib/b.dart'"), "a");
  EXPECT_EQ(chosen("if (dart.library.nix == '') 'lib/b.dart'"), "b");
  EXPECT_EQ(chosen("if (some.other.name) 'lib/b.dart'"), "a");
  EXPECT_EQ(chosen("if (some.other.name == '') 'lib/b.dart'"), "b");
  // The error is where the URI is that was chosen.
  EXPECT_EQ(ErrorOf("import 'lib/a.dart' if (dart.library.core) 'lib/nix.dart';"),
            "main.dart:1:44: Error: Cannot read 'lib/nix.dart': there is no such file.");
}

TEST_F(LoaderTest, PartsSayThatTheyAre) {
  Write("lib/x.dart", "f() => 1;");
  Write("lib/y.dart", "part of main; f() => ;");
  Write("lib/z.dart", "part of main; z() => 1;");
  EXPECT_EQ(ErrorOf("part 'lib/x.dart';"),
            "main.dart:1:6: Error: 'lib/x.dart' does not say 'part of'.");
  EXPECT_NE(ErrorOf("library other; part 'lib/z.dart';")
                .find("This file is part of 'main', but used by 'other'."),
            std::string::npos);
  EXPECT_EQ(ErrorOf("part 'lib/nix.dart';"),
            "main.dart:1:6: Error: Cannot read 'lib/nix.dart': there is no such file.");
  EXPECT_EQ(ErrorOf("part 'lib/y.dart';").find("lib/y.dart:1:22: Error: "), 0u);
  EXPECT_EQ(ErrorOf("import 'lib/z.dart';"),
            "lib/z.dart:1:1: Error: A part can be neither imported nor started.");
  EXPECT_EQ(ErrorOf("part of x; main() {}"),
            "main.dart:1:1: Error: A part can be neither imported nor started.");
  ASSERT_EQ(Load("part 'lib/z.dart'; main() => z();"), "");
  EXPECT_EQ(loader_->LibraryOfNumber(number_)->files,
            (std::vector<std::string>{"main.dart", "lib/z.dart"}));
}

TEST_F(LoaderTest, PlacesCountFromWhereTheScriptLies) {
  const std::string error = Load({.url = "page.html",
                                  .path = folder_ + "/page.html",
                                  .text = "main() => ;\nx",
                                  .line_offset = 9,
                                  .column_offset = 4});
  EXPECT_EQ(error.find("page.html:10:15: Error: "), 0u) << error;
}

TEST_F(LoaderTest, ExtensionsAreImportedByWhatIsRight) {
  EXPECT_EQ(ErrorOf("export 'dart-ext:nix'; main() {}"),
            "main.dart:1:8: Error: Extensions can only be imported.");
  // Only where an extension may be about to declare a class does anything begin before the names
  // are linked.
  EXPECT_NE(ErrorOf("class C extends Nix {}").find("There is no class 'Nix'."), std::string::npos);
  EXPECT_EQ(isolate_->libraries().Find(number_), nullptr);
}

TEST_F(LoaderTest, AWrapperClassNeedsANameOfItsOwn) {
  ASSERT_EQ(Load("class C {} main() {}"), "");
  for (const char* const name : {"", "1", "A B", "A {} class B", "A {} f() => 1; class B",
                                 "A {} var x; class B", "A extends C", "A<T>", "class"}) {
    EXPECT_EQ(AddWrapper(number_, name), "'" + std::string(name) + "' is no name of a class.");
  }
  EXPECT_EQ(AddWrapper(number_, "C"), "A class 'C' already exists in library 'main.dart'.");
  EXPECT_EQ(AddWrapper(number_, "A"), "");
  EXPECT_EQ(added_.library, number_);
  EXPECT_EQ(loader_->FindClass(number_, "A"), added_);
  EXPECT_EQ(AddWrapper(number_, "A"), "A class 'A' already exists in library 'main.dart'.");
}

}  // namespace
}  // namespace fart::lang

// Packages -- where the files of `package:NAME/FILE` are.
//
// What says so, the first that there is:
//   --packages=FILE         a file of lines `NAME:FOLDER`, the folders relative to it
//   --package-root=FOLDER   FOLDER/NAME is the package's
//   .packages               such a file beside the script
//   packages                such a folder beside the script
//   .packages               such a file in a folder above the script's
//
// It is looked for when the first `package:` import is met. A library of a package is called by its
// URI, and so are those that it imports from its own package.
//
// Not here: package:ffi/ffi.dart, which is part of the binary (source_locator.h); hosts that are
// asked for sources (loader.h, LL-D4).

#ifndef FART_LANG_LOADER_PACKAGES_H_
#define FART_LANG_LOADER_PACKAGES_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "lang/loader/source_locator.h"

namespace fart::lang {

class Packages {
 public:
  // Of the script at an absolute path, with the values of the two flags.
  Packages(std::string script, std::string file, std::string root)
      : script_(std::move(script)), file_(std::move(file)), root_(std::move(root)) {}

  static bool IsOfPackage(std::string_view uri) { return uri.starts_with("package:"); }

  // Nothing: *error says why.
  std::optional<SourceLocation> Locate(std::string_view uri, std::string* error);

 private:
  // False: nothing says where packages are, or what does cannot be read.
  bool Find(std::string* error);
  bool ReadFile(std::string* error);
  void LookBesideScript();

  const std::string script_;
  std::string file_;  // the file of lines; empty: there is none
  std::string root_;  // the folder of packages; empty: there is none
  bool is_found_ = false;
  std::unordered_map<std::string, std::string> folders_;  // by name, of the file's lines
};

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_PACKAGES_H_

// Bundled libraries -- the sources of the `dart:` libraries, which are part of the binary.

#ifndef FART_LANG_LOADER_BUNDLED_LIBRARIES_H_
#define FART_LANG_LOADER_BUNDLED_LIBRARIES_H_

#include <span>
#include <string_view>

namespace fart::lang {

struct BundledFile {
  std::string_view library;  // "core" of dart:core.
  std::string_view name;     // "core.dart", "object.dart"; the library's own file is NAME.dart.
  std::string_view text;
};

std::span<const BundledFile> BundledFiles();
// Null: there is none.
const BundledFile* FindBundledFile(std::string_view library, std::string_view name);

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_BUNDLED_LIBRARIES_H_

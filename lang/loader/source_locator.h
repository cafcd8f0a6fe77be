// SourceLocator -- where the file that an import or part names is, and what is in it.
//
//   'x.dart', '../lib/x.dart'   relative to the file that names it
//   '/abs/x.dart', 'file:///x'  that file
//   'dart:core'                 bundled with the binary
//   'data:,f()%20=%3E%201;'     what is behind the comma
//
// Not here: packages (packages.h), but the one that is part of the binary.
//
// Invariants
//   LL-S1 one identity  two ways to write the same file have the same `identity`.
//   LL-S2 as written    `name` is put together from what the program wrote, for messages: a script
//                       started as a/b.dart that imports 'c.dart' imports a/c.dart.

#ifndef FART_LANG_LOADER_SOURCE_LOCATOR_H_
#define FART_LANG_LOADER_SOURCE_LOCATOR_H_

#include <optional>
#include <string>
#include <string_view>

namespace fart::lang {

struct SourceLocation {
  std::string identity;  // An absolute path without links, or a URI.
  std::string path;      // Absolute; empty: a bundled file.
  std::string name;      // LL-S2
  bool is_bundled = false;
  int hidden_lines = 0;  // as in ScriptSource
};

// What `uri` means in the file at `from`. Nothing: *error says why.
std::optional<SourceLocation> Locate(const SourceLocation& from, std::string_view uri,
                                     std::string* error);
// A file by its absolute path, called `name` by the user. A `data:` URI, which holds a source, is a
// path as well: nothing is relative to it.
SourceLocation LocationOfFile(std::string_view path, std::string_view name);
SourceLocation LocationOfBundled(std::string_view uri);

// Nothing: *error says why.
std::optional<std::string> ReadSource(const SourceLocation& location, std::string* error);

// The folder of a file that is not bundled, absolute.
std::string FolderOf(const SourceLocation& location);

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_SOURCE_LOCATOR_H_

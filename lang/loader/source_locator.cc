#include "lang/loader/source_locator.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "lang/compiler/suggestion.h"
#include "lang/loader/bundled_libraries.h"
#include "lang/loader/data_uri.h"

namespace fart::lang {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBundledScheme = "dart:";
constexpr std::string_view kFileScheme = "file://";
// The one package that is part of the binary, and what it is inside.
constexpr std::string_view kFfiPackage = "package:ffi/ffi.dart";
constexpr std::string_view kFfiPackageLibrary = "dart:package_ffi";

// "dart:core" and "dart:core/object.dart", taken apart.
struct BundledName {
  std::string_view library;
  std::string file;
};

BundledName TakeApart(std::string_view uri) {
  uri.remove_prefix(kBundledScheme.size());
  const std::size_t slash = uri.find('/');
  if (slash == std::string_view::npos) return {uri, std::string(uri) + ".dart"};
  return {uri.substr(0, slash), std::string(uri.substr(slash + 1))};
}

const BundledFile* FindBundled(std::string_view uri) {
  const BundledName name = TakeApart(uri);
  return FindBundledFile(name.library, name.file);
}

// Whether it begins with a scheme ("package:", "http:"): letters and a colon before any slash.
bool HasScheme(std::string_view uri) {
  const std::size_t colon = uri.find(':');
  return colon != std::string_view::npos && colon > 0 && uri.find('/') > colon;
}

}  // namespace

SourceLocation LocationOfFile(std::string_view path, std::string_view name) {
  if (IsDataUri(path)) {
    return {std::string(path), std::string(path), std::string(name), false};
  }
  std::error_code ignored;
  const fs::path plain = fs::path(path).lexically_normal();
  fs::path identity = fs::weakly_canonical(plain, ignored);
  if (identity.empty()) identity = plain;
  return {identity.string(), plain.string(), std::string(name), false};
}

SourceLocation LocationOfBundled(std::string_view uri) {
  return {std::string(uri), "", std::string(uri), true};
}

std::optional<SourceLocation> Locate(const SourceLocation& from, std::string_view uri,
                                     std::string* error) {
  if (uri.starts_with(kBundledScheme)) {
    if (FindBundled(uri) != nullptr) return LocationOfBundled(uri);
    Suggestion suggestion(uri);
    for (const BundledFile& file : BundledFiles()) {
      suggestion.Consider(std::string(kBundledScheme) + std::string(file.library));
    }
    *error = "There is no library '" + std::string(uri) + "'" + suggestion.End();
    return std::nullopt;
  }
  if (uri == kFfiPackage) return LocationOfBundled(kFfiPackageLibrary);
  if (from.is_bundled) {  // A part of a bundled library.
    const std::string part = from.identity + "/" + std::string(uri);
    if (FindBundled(part) != nullptr) return LocationOfBundled(part);
    *error = "There is no file '" + part + "'.";
    return std::nullopt;
  }
  if (IsDataUri(uri)) return LocationOfFile(uri, uri);
  if (uri.starts_with(kFileScheme)) uri.remove_prefix(kFileScheme.size());
  if (HasScheme(uri)) {
    *error = "'" + std::string(uri) + "': imports of this scheme are not supported.";
    return std::nullopt;
  }
  if (uri.empty()) {
    *error = "The URI is empty.";
    return std::nullopt;
  }
  // Where percents mean nothing they are part of the name.
  const fs::path relative(WithoutPercents(uri).value_or(std::string(uri)));
  if (!relative.is_absolute() && IsDataUri(from.path)) {
    *error = "'" + std::string(uri) + "': what a 'data:' URI holds is in no folder.";
    return std::nullopt;
  }
  const fs::path path =
      relative.is_absolute() ? relative : fs::path(from.path).parent_path() / relative;
  const fs::path name =
      relative.is_absolute() ? relative : fs::path(from.name).parent_path() / relative;
  return LocationOfFile(path.string(), name.lexically_normal().string());
}

std::optional<std::string> ReadSource(const SourceLocation& location, std::string* error) {
  if (location.is_bundled) return std::string(FindBundled(location.identity)->text);
  if (IsDataUri(location.path)) return TextOfDataUri(location.path, error);
  std::error_code failure;
  if (fs::is_directory(location.path, failure)) {
    *error = "Cannot read '" + location.name + "': it is a folder.";
    return std::nullopt;
  }
  if (!fs::exists(location.path, failure)) {
    *error = "Cannot read '" + location.name + "': there is no such file";
    // What a package's URI comes to is not to be seen in it.
    *error += location.name.starts_with("package:") ? " as '" + location.path + "'." : ".";
    return std::nullopt;
  }
  std::ifstream file(location.path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) {
    *error = "Cannot read '" + location.name + "'.";
    return std::nullopt;
  }
  return text;
}

std::string FolderOf(const SourceLocation& location) {
  return fs::path(location.path).parent_path().string();
}

}  // namespace fart::lang

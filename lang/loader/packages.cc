#include "lang/loader/packages.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "lang/compiler/suggestion.h"

namespace fart::lang {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScheme = "package:";
constexpr std::string_view kFileScheme = "file://";
constexpr std::string_view kLines = ".packages";
constexpr std::string_view kFolder = "packages";

bool IsFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool IsFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

}  // namespace

void Packages::LookBesideScript() {
  fs::path folder = fs::path(script_).parent_path();
  if (!IsFile(folder / kLines) && IsFolder(folder / kFolder)) {
    root_ = (folder / kFolder).string();
    return;
  }
  while (!IsFile(folder / kLines)) {
    if (folder == folder.parent_path()) return;
    folder = folder.parent_path();
  }
  file_ = (folder / kLines).string();
}

bool Packages::ReadFile(std::string* error) {
  std::ifstream file(file_, std::ios::binary);
  const fs::path beside = fs::path(file_).parent_path();
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t colon = line.find(':');
    if (line.starts_with("#") || colon == std::string::npos) continue;
    std::string_view folder = std::string_view(line).substr(colon + 1);
    if (folder.starts_with(kFileScheme)) folder.remove_prefix(kFileScheme.size());
    folders_.emplace(line.substr(0, colon), (beside / folder).string());
  }
  if (file.eof()) return true;
  *error = "Cannot read '" + file_ + "', which is to say where packages are.";
  return false;
}

bool Packages::Find(std::string* error) {
  if (is_found_) return true;
  if (file_.empty() && root_.empty()) LookBesideScript();
  if (file_.empty() && root_.empty()) {
    *error =
        "Nothing says where packages are: there is no folder 'packages' beside the script, and no "
        "file '.packages' there or above. --packages=FILE and --package-root=FOLDER name others.";
    return false;
  }
  is_found_ = file_.empty() || ReadFile(error);
  return is_found_;
}

std::optional<SourceLocation> Packages::Locate(std::string_view uri, std::string* error) {
  const std::string_view rest = uri.substr(kScheme.size());
  const std::size_t slash = rest.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == rest.size()) {
    *error =
        "'" + std::string(uri) + "' names no file of a package: 'package:NAME/FILE.dart' does.";
    return std::nullopt;
  }
  if (!Find(error)) return std::nullopt;
  const std::string package(rest.substr(0, slash));
  fs::path folder = fs::path(root_) / package;
  if (!file_.empty()) {
    const auto found = folders_.find(package);
    if (found == folders_.end()) {
      Suggestion suggestion(package);
      for (const auto& [name, ignored] : folders_) suggestion.Consider(name);
      *error = "There is no package '" + package + "' in '" + file_ + "'" + suggestion.End();
      return std::nullopt;
    }
    folder = found->second;
  }
  const fs::path path = fs::absolute(folder / rest.substr(slash + 1));
  return LocationOfFile(path.string(), uri);
}

}  // namespace fart::lang

#include "lang/loader/bundled_libraries.h"

namespace fart::lang {

namespace {

constexpr BundledFile kFiles[] = {
#include "lang/lib/bundled_files.inc"
};

}  // namespace

std::vector<std::string_view> BundledLibraryNames() {
  std::vector<std::string_view> names;
  for (const BundledFile& file : kFiles) names.push_back(file.library);
  return names;
}

const BundledFile* FindBundledFile(std::string_view library, std::string_view name) {
  for (const BundledFile& file : kFiles) {
    if (file.library == library && file.name == name) return &file;
  }
  return nullptr;
}

}  // namespace fart::lang

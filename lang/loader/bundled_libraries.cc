#include "lang/loader/bundled_libraries.h"

namespace fart::lang {

namespace {

constexpr BundledFile kFiles[] = {
#include "lang/lib/bundled_files.inc"
};

}  // namespace

std::span<const BundledFile> BundledFiles() { return kFiles; }

const BundledFile* FindBundledFile(std::string_view library, std::string_view name) {
  for (const BundledFile& file : kFiles) {
    if (file.library == library && file.name == name) return &file;
  }
  return nullptr;
}

}  // namespace fart::lang

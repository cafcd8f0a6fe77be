#include "lang/loader/bundled_libraries.h"

#include <cstddef>
#include <string_view>

namespace fart::lang {

namespace {

// Its length is known: to count it would take the compiler more steps than it has.
template <std::size_t kSize>
constexpr std::string_view Text(const char (&text)[kSize]) {
  return {text, kSize - 1};
}

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

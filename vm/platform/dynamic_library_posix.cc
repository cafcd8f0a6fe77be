#include <dlfcn.h>
#include <link.h>

#include "vm/platform/dynamic_library.h"

namespace fart {

std::string DynamicLibrary::FileNameOf(std::string_view name) {
  return std::string("lib").append(name).append(".so");
}

DynamicLibrary DynamicLibrary::Open(const std::string& path, std::string* error) {
  DynamicLibrary library;
  library.handle_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library.handle_ == nullptr) {
    const char* const said = dlerror();
    *error = said == nullptr ? "the loader gave no reason" : said;
  }
  return library;
}

void* DynamicLibrary::Find(const std::string& symbol) const {
  return dlsym(handle_, symbol.c_str());
}

std::string DynamicLibrary::Path() const {
  const link_map* map = nullptr;
  if (dlinfo(handle_, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return {};
  return map->l_name;
}

}  // namespace fart

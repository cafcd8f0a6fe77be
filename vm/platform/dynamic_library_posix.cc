#include <dlfcn.h>
#include <link.h>

#include "vm/platform/dynamic_library.h"

namespace fart {

std::string DynamicLibrary::FileNameOf(std::string_view name) {
  return std::string("lib").append(name).append(".so");
}

namespace {

std::string WhatTheLoaderSaid() {
  const char* const said = dlerror();
  return said == nullptr ? "the loader gave no reason" : said;
}

void* OpenWith(const std::string& path, int mode, std::string* error) {
  void* const handle = dlopen(path.c_str(), mode);
  if (handle == nullptr) *error = WhatTheLoaderSaid();
  return handle;
}

}  // namespace

DynamicLibrary DynamicLibrary::Open(const std::string& path, std::string* error) {
  DynamicLibrary library;
  library.handle_ = OpenWith(path, RTLD_NOW | RTLD_LOCAL, error);
  return library;
}

DynamicLibrary DynamicLibrary::OpenLazily(const std::string& path, std::string* error) {
  DynamicLibrary library;
  library.handle_ = OpenWith(path, RTLD_LAZY | RTLD_LOCAL, error);
  return library;
}

DynamicLibrary DynamicLibrary::OfProcess() {
  DynamicLibrary library;
  library.handle_ = dlopen(nullptr, RTLD_LAZY);
  return library;
}

std::string DynamicLibrary::SymbolAt(const void* address) {
  Dl_info info;
  if (dladdr(address, &info) == 0 || info.dli_saddr != address || info.dli_sname == nullptr) {
    return {};
  }
  return info.dli_sname;
}

void* DynamicLibrary::Find(const std::string& symbol) const {
  return dlsym(handle_, symbol.c_str());
}

bool DynamicLibrary::Find(const std::string& symbol, void** address, std::string* error) const {
  static_cast<void>(dlerror());  // What it says afterwards is of this look-up.
  *address = dlsym(handle_, symbol.c_str());
  if (*address != nullptr) return true;
  const char* const said = dlerror();
  if (said == nullptr) return true;
  *error = said;
  return false;
}

void DynamicLibrary::Close() {
  if (handle_ != nullptr) dlclose(handle_);
  handle_ = nullptr;
}

std::string DynamicLibrary::Path() const {
  const link_map* map = nullptr;
  if (dlinfo(handle_, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return {};
  return map->l_name;
}

}  // namespace fart

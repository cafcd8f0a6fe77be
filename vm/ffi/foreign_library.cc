#include "vm/ffi/foreign_library.h"

#include "heap/base/check.h"

namespace fart::ffi {

std::optional<std::uint32_t> ForeignLibraries::Open(const std::string& path, std::string* error) {
  const DynamicLibrary library = DynamicLibrary::OpenLazily(path, error);
  if (library.is_empty()) return std::nullopt;
  ForeignLibrary& record = all_.emplace_back();
  record.name_ = path;
  record.library_ = library;
  return static_cast<std::uint32_t>(all_.size() - 1);
}

// Both are the same to the loader: what the executable exports comes first.
std::uint32_t ForeignLibraries::OpenOwn(ForeignLibrary::Kind kind, const char* name) {
  ForeignLibrary& record = all_.emplace_back();
  record.name_ = name;
  record.kind_ = kind;
  record.library_ = DynamicLibrary::OfProcess();
  return static_cast<std::uint32_t>(all_.size() - 1);
}

bool ForeignLibraries::Close(std::uint32_t id, std::string* error) {
  ForeignLibrary* const record = Get(id);
  FART_CHECK(record != nullptr);
  if (!record->is_open_) {
    *error = "'" + record->name_ + "' has been closed before.";
    return false;
  }
  if (record->kind_ != ForeignLibrary::Kind::kFile) {
    *error = "This library is " + record->name_ + ", which cannot be closed.";
    return false;
  }
  if (record->running_calls_ != 0) {  // VF-O1
    *error = "'" + record->name_ + "' cannot be closed while a call into it runs.";
    return false;
  }
  record->library_.Close();
  record->is_open_ = false;
  return true;
}

}  // namespace fart::ffi

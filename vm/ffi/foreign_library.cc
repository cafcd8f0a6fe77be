#include "vm/ffi/foreign_library.h"

#include <atomic>

#include "heap/base/check.h"

namespace fart::ffi {

namespace {

std::uint32_t TakeId() {
  static constinit std::atomic<std::uint32_t> next{0};
  return next.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

FinalizerOfLibrary::FinalizerOfLibrary(ForeignLibrary* library, const void* function)
    : library_(library), function_(function) {
  if (library_ != nullptr) ++library_->finalizers_[function_];
}

FinalizerOfLibrary::~FinalizerOfLibrary() {
  if (library_ == nullptr) return;
  const auto attached = library_->finalizers_.find(function_);
  if (--attached->second == 0) library_->finalizers_.erase(attached);
}

ViewOfLibrary::~ViewOfLibrary() {
  if (library_ == nullptr || --library_->views_ != 0) return;
  if (!library_->is_open_) library_->library_.Close();
}

std::optional<std::uint32_t> ForeignLibraries::Open(const std::string& path, std::string* error) {
  const DynamicLibrary library = DynamicLibrary::OpenLazily(path, error);
  if (library.is_empty()) return std::nullopt;
  const std::uint32_t id = TakeId();
  ForeignLibrary& record = all_[id];
  record.name_ = path;
  record.library_ = library;
  return id;
}

// Both are the same to the loader: what the executable exports comes first.
std::uint32_t ForeignLibraries::OpenOwn(ForeignLibrary::Kind kind, const char* name) {
  const std::uint32_t id = TakeId();
  ForeignLibrary& record = all_[id];
  record.name_ = name;
  record.kind_ = kind;
  record.library_ = DynamicLibrary::OfProcess();
  return id;
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
  if (!record->finalizers_.empty()) {  // VF-O1
    const auto& [function, count] = *record->finalizers_.begin();
    const std::string symbol = DynamicLibrary::SymbolAt(function);
    *error = "'" + record->name_ + "' cannot be closed while its function " +
             (symbol.empty() ? "" : "'" + symbol + "' ") + "is a finalizer of " +
             std::to_string(count) + (count == 1 ? " object." : " objects.");
    return false;
  }
  if (record->views_ == 0) record->library_.Close();  // VF-O3
  record->is_open_ = false;
  return true;
}

}  // namespace fart::ffi

// ForeignLibraries -- the C libraries that a program has opened, and whether they may be closed.
//
// Each opening is a record of its own, named by an id that no other opening in the process ever
// has: so another isolate that a program sends one to finds that it has no such library. The loader
// counts openings of one file. A table belongs to an isolate, so that nothing here is locked.
//
// Invariants
//   VF-O1 open    a library is not closed while a call into it that began here runs, or one of its
//                 functions is to run when an object dies.
//   VF-O2 closed  of a closed record everything is refused: look-ups and calls, by its name.
//   VF-O3 seen    a closed library stays loaded as long as a list of the program sees its memory.
//
// What is open when the isolate ends stays loaded: its code may run on other threads and at exit.
//
// Not here: the loader (vm/platform/dynamic_library.h).

#ifndef FART_VM_FFI_FOREIGN_LIBRARY_H_
#define FART_VM_FFI_FOREIGN_LIBRARY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "vm/platform/dynamic_library.h"

namespace fart::ffi {

class ForeignLibrary {
 public:
  enum class Kind : std::uint8_t { kFile, kProcess, kExecutable };

  const std::string& name() const { return name_; }
  Kind kind() const { return kind_; }
  bool is_open() const { return is_open_; }
  std::uint32_t running_calls() const { return running_calls_; }
  // It is open.
  void* handle() const { return library_.handle(); }
  // False: *error is a sentence. It is open. The address may be null.
  [[nodiscard]] bool Find(const std::string& symbol, void** address, std::string* error) const {
    return library_.Find(symbol, address, error);
  }

 private:
  friend class ForeignLibraries;
  friend class CallIntoLibrary;
  friend class FinalizerOfLibrary;
  friend class ViewOfLibrary;

  std::string name_;  // as it was opened
  DynamicLibrary library_;
  Kind kind_ = Kind::kFile;
  bool is_open_ = true;
  std::uint32_t running_calls_ = 0;
  std::map<const void*, std::size_t> finalizers_;  // how often each function is attached
  std::size_t views_ = 0;
};

// As long as this lives, a call into the library runs (VF-O1). Null: of no library that is known.
class CallIntoLibrary {
 public:
  explicit CallIntoLibrary(ForeignLibrary* library) : library_(library) {
    if (library_ != nullptr) ++library_->running_calls_;
  }
  ~CallIntoLibrary() {
    if (library_ != nullptr) --library_->running_calls_;
  }
  CallIntoLibrary(const CallIntoLibrary&) = delete;
  CallIntoLibrary& operator=(const CallIntoLibrary&) = delete;

 private:
  ForeignLibrary* const library_;
};

// As long as this lives, a function of the library is to run when an object dies (VF-O1). Null: of
// no library that is known. The library's table outlives it, as it does the next one.
class FinalizerOfLibrary {
 public:
  FinalizerOfLibrary(ForeignLibrary* library, const void* function);
  ~FinalizerOfLibrary();
  FinalizerOfLibrary(const FinalizerOfLibrary&) = delete;
  FinalizerOfLibrary& operator=(const FinalizerOfLibrary&) = delete;

 private:
  ForeignLibrary* const library_;
  const void* const function_;
};

// As long as this lives, a list sees the library's memory (VF-O3). Null: of none.
class ViewOfLibrary {
 public:
  explicit ViewOfLibrary(ForeignLibrary* library) : library_(library) {
    if (library_ != nullptr) ++library_->views_;
  }
  ~ViewOfLibrary();
  ViewOfLibrary(const ViewOfLibrary&) = delete;
  ViewOfLibrary& operator=(const ViewOfLibrary&) = delete;

 private:
  ForeignLibrary* const library_;
};

class ForeignLibraries {
 public:
  ForeignLibraries() = default;
  ForeignLibraries(const ForeignLibraries&) = delete;
  ForeignLibraries& operator=(const ForeignLibraries&) = delete;

  // A path with a slash is opened there, one without is searched for as the loader does. Nothing:
  // *error is what the loader said.
  std::optional<std::uint32_t> Open(const std::string& path, std::string* error);
  std::uint32_t OpenProcess() { return OpenOwn(ForeignLibrary::Kind::kProcess, "the process"); }
  std::uint32_t OpenExecutable() {
    return OpenOwn(ForeignLibrary::Kind::kExecutable, "the executable");
  }

  // Null: no id of this table. The record stays where it is.
  ForeignLibrary* Get(std::uint64_t id) {
    const auto found = all_.find(id);
    return found == all_.end() ? nullptr : &found->second;
  }

  // False: *error says why it stays open, in a sentence.
  [[nodiscard]] bool Close(std::uint32_t id, std::string* error);

 private:
  std::uint32_t OpenOwn(ForeignLibrary::Kind kind, const char* name);

  std::unordered_map<std::uint64_t, ForeignLibrary>
      all_;  // By id; of closed ones the name is left.
};

}  // namespace fart::ffi

#endif  // FART_VM_FFI_FOREIGN_LIBRARY_H_

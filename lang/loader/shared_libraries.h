// SharedLibraries -- the `dart:` libraries, read, linked and compiled: once a process, for all of
// its isolates.
//
// Made when the first program asks for them; the members of a class when the first program uses it
// (LC-S6), a body when the first one calls it. Isolates keep them alive; besides, the process keeps
// the last ones made until Forget, so that an isolate that comes when there is no other finds them.
// Isolates in checked mode share others than those that are not: in neither code is there anything
// of the other.
//
// Some are for programs that import them: those are made when the first one does, on top of the
// others, and an isolate's own libraries are put on them from then on (LC-S5).
//
// Invariants
//   LL-Z1 constant  what an isolate has been given never changes: all but members and bodies once
//                   OfProcess gives them out, members once they are read, a body once it is
//                   compiled. All are read without a lock. What an isolate adds lies in its own
//                   LibrarySet on top of theirs.
//   LL-Z2 whole     the libraries, the members of each class and each body are given out complete
//                   or not at all; after a failure the next one who asks tries again.

#ifndef FART_LANG_LOADER_SHARED_LIBRARIES_H_
#define FART_LANG_LOADER_SHARED_LIBRARIES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "lang/compiler/class_tables.h"
#include "lang/compiler/library_set.h"
#include "lang/syntax/syntax_error.h"

namespace fart::lang {

class SharedLibraries {
 public:
  // With or without checks (lang/compiler/type_checks.h): of each there are others. From any
  // thread. Null: *error says why, if there was the memory to say it.
  static std::shared_ptr<const SharedLibraries> OfProcess(bool checks_types, std::string* error);
  // They end with the last isolate that uses them.
  static void Forget();
  // From now on Forget leaves the last ones as they are, for a process that ends: it is over sooner
  // if the system takes their memory back than if each part of them is freed.
  enum class AtTheEnd : std::uint8_t { kFreed, kLeftToTheSystem };
  static void Leave(AtTheEnd how);

  // For fork: nobody makes, drops or compiles them in between.
  static void HoldForFork();
  static void ReleaseAfterFork();

  SharedLibraries(const SharedLibraries&) = delete;
  SharedLibraries& operator=(const SharedLibraries&) = delete;

  // Those that every program has; dart:core is set.
  [[nodiscard]] const std::shared_ptr<const LibrarySet>& libraries() const { return constant_; }
  // Of those that every program has.
  [[nodiscard]] const ClassTables& tables() const { return tables_; }
  // With those that come late. From any thread. Null: *error says why, if there was the memory to
  // say it; nothing has happened then. (LL-Z2)
  std::shared_ptr<const LibrarySet> All(std::string* error) const;
  // How many numbers these take, those that come late included.
  [[nodiscard]] std::size_t count() const { return numbers_.size(); }
  // Compiles a function's body, if it has one and that is not done yet. From any thread. Throws
  // std::bad_alloc when memory is used up.
  std::optional<SyntaxError> Compile(FunctionRef function) const;
  // LibrarySet::kUnbound: there is none of that URI. Those that come late have one at once.
  [[nodiscard]] int NumberOf(const std::string& uri) const;

 private:
  explicit SharedLibraries(bool checks_types);
  std::optional<SyntaxError> Build();
  std::optional<SyntaxError> BuildLate(LibrarySet& set) const;
  void Bind(LibrarySet& set, int number) const;
  // All locks there are.
  void Hold() const;
  void Release() const;

  const std::shared_ptr<LibrarySet> libraries_;
  const std::shared_ptr<const LibrarySet> constant_;
  ClassTables tables_;
  std::unordered_map<std::string, int> numbers_;  // By URI.
  mutable std::mutex making_;
  // Null: nobody has asked. Written with making_ held.
  mutable std::shared_ptr<LibrarySet> all_;
};

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_SHARED_LIBRARIES_H_

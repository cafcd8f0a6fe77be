// Libraries -- the isolate's table of loaded libraries: their objects, URLs and native resolvers.
//
// The language numbers its libraries and adds each one here when it is declared; a library object
// is just that number, so whoever holds one finds the rest here.
//
// Invariants
//   VN-B1 once    a number is added once, unless its record was removed in between; records never
//                 move. One is removed when nobody can get hold of its object any more.
//   VN-B2 object  every record has its object, the same for its whole life.
//
// Not here: how native functions are found (native_resolver.h) and extensions loaded
// (extensions.h).

#ifndef FART_VM_NATIVE_LIBRARIES_H_
#define FART_VM_NATIVE_LIBRARIES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/foreign_types.h"
#include "vm/memory/core_shapes.h"
#include "vm/native/host_answers.h"
#include "vm/roots/root_table.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

struct Library {
  int number = 0;
  std::string url;
  NativeResolver resolver = nullptr;
  NativeSymbolizer symbolizer = nullptr;
  // Extensions whose _Init has run for this library, by the file they were opened from.
  std::vector<std::string> extensions;
  const RootTable::Slot* slot = nullptr;  // VN-B2

  Rooted object() const { return Rooted(&slot->value); }
};

class LibraryTable {
 public:
  LibraryTable() = default;
  LibraryTable(const LibraryTable&) = delete;
  LibraryTable& operator=(const LibraryTable&) = delete;

  // The outcome is the library object. `number` is at least 0 (VN-B1). The object's slot is one of
  // `group`; null: of the isolate's own.
  Outcome Add(ObjectMemory& memory, int number, std::string_view url,
              RootTable::Group* group = nullptr) FART_MAY_COLLECT;
  // It is found no more by its URL: loading it came to an error afterwards, or another script has
  // taken the place of its own. Nothing happens if there is none of that number.
  void Hide(int number);
  // Nothing happens if there is none. (VN-B1)
  void Remove(int number);

  // Null if there is none of that number / URL; of several with one URL the latest.
  Library* Find(int number);
  Library* FindByUrl(std::string_view url);
  // Those that are not hidden, in the order in which they were added.
  const std::vector<Library*>& All() const { return found_; }
  // The record of a library object.
  Library& Of(ObjectPtr library, const NoSafepointScope&);

  // The library of the script, null before it is loaded; or what a host has set instead.
  Library* root() { return root_; }
  void SetRoot(Library* root) { root_ = root; }

  // Null: the program finds and reads what it imports itself; nothing has been declared.
  const std::shared_ptr<SourceHost>& sources() const { return sources_; }
  void SetSources(std::shared_ptr<SourceHost> sources) { sources_ = std::move(sources); }
  const std::shared_ptr<EnvironmentHost>& environment() const { return environment_; }
  void SetEnvironment(std::shared_ptr<EnvironmentHost> environment) {
    environment_ = std::move(environment);
  }

 private:
  std::vector<std::unique_ptr<Library>> libraries_;  // by number; null: none
  std::vector<Library*> found_;                      // All
  Library* root_ = nullptr;
  std::shared_ptr<SourceHost> sources_;
  std::shared_ptr<EnvironmentHost> environment_;
};

inline bool IsLibrary(ObjectPtr object) { return HasShape(object, core_shape::kLibrary); }
int LibraryNumberOf(ObjectPtr library, const NoSafepointScope&);

}  // namespace fart

#endif  // FART_VM_NATIVE_LIBRARIES_H_

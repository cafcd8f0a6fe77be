// Libraries -- the isolate's table of loaded libraries: their objects, URLs and native resolvers.
//
// The language numbers its libraries and adds each one here when it is declared; a library object
// is just that number, so whoever holds one finds the rest here.
//
// Invariants
//   VN-B1 once    a number is added once; records never move and are never removed.
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
#include <vector>

#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/foreign_types.h"
#include "vm/memory/core_shapes.h"
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
  // It is not found by its URL: loading it came to an error afterwards, or a later script has read
  // the URL again.
  bool is_hidden = false;

  Rooted object() const { return Rooted(&slot->value); }
};

class LibraryTable {
 public:
  LibraryTable() = default;
  LibraryTable(const LibraryTable&) = delete;
  LibraryTable& operator=(const LibraryTable&) = delete;

  // The outcome is the library object. `number` is at least 0 and was not added before (VN-B1).
  Outcome Add(ObjectMemory& memory, int number, std::string_view url) FART_MAY_COLLECT;

  // Null if there is none of that number / URL; of several with one URL the latest.
  Library* Find(int number);
  Library* FindByUrl(std::string_view url);
  // Hides those that have the URL of a later one.
  void HideReplaced();
  // Those that are not hidden, in the order of their numbers.
  std::vector<Library*> All() const;
  // The record of a library object.
  Library& Of(ObjectPtr library, const NoSafepointScope&);

  // The library of the script, null before it is loaded; or what a host has set instead.
  Library* root() { return root_; }
  void SetRoot(Library* root) { root_ = root; }

 private:
  std::vector<std::unique_ptr<Library>> libraries_;  // by number; null: none
  Library* root_ = nullptr;
};

inline bool IsLibrary(ObjectPtr object) { return HasShape(object, core_shape::kLibrary); }
int LibraryNumberOf(ObjectPtr library, const NoSafepointScope&);

}  // namespace fart

#endif  // FART_VM_NATIVE_LIBRARIES_H_

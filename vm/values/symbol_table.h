// SymbolTable -- one string object for each text that was interned: names, selectors, literals.
//
// Two symbols are the same text iff they are the same object. The table keeps none alive: of a text
// that nobody has any more it forgets the symbol. Open addressing by the string's content hash,
// which no collection changes; what is forgotten leaves a mark, and marks go when room is made.
//
// Invariants
//   VV-Y1 unique  no two entries have equal text.
//   VV-Y2 listed  an entry that refers to new space is in the young list.
//   VV-Y3 counted used_ entries are symbols and forgotten_ are marks.

#ifndef FART_VM_VALUES_SYMBOL_TABLE_H_
#define FART_VM_VALUES_SYMBOL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"
#include "vm/roots/rooted.h"

namespace fart {

class SymbolTable final : public WeakProvider {
 public:
  explicit SymbolTable(RegionFlags flags) : flags_(flags) {}
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;

  // All that intern throw std::bad_alloc.
  // The symbol of this UTF-8 text. Null at the heap limit; collects only for a new one.
  FreshObject Intern(Mutator& mutator, std::string_view text) FART_MAY_COLLECT;
  // The symbol equal to `string`, which becomes the symbol if there was none. Never collects.
  ObjectPtr Intern(ObjectPtr string, const NoSafepointScope& quiet);
  // The symbol of this text if it is there, else a string that does not become one: for texts that
  // somebody may make up without end. Null at the heap limit.
  FreshObject StringOf(Mutator& mutator, std::string_view text) const FART_MAY_COLLECT;
  std::size_t size() const { return used_; }

  // WeakProvider
  void VisitWeak(SlotSet set, WeakVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;

 private:
  // Where an entry of this hash with this text is, or the free place where it would go.
  template <typename Equals>
  std::size_t Find(std::uint32_t hash, Equals&& equals) const;
  void MakeRoom(const NoSafepointScope& quiet);
  void Insert(std::size_t place, ObjectPtr string);
  // Into as many entries as what is used needs.
  void Rehash(const NoSafepointScope& quiet);
  void VisitEntry(ObjectPtr* entry, WeakVisitor& visitor);

  RegionFlags flags_;
  Vector<ObjectPtr> entries_;  // a power of two of them; null: free
  std::size_t used_ = 0;
  std::size_t forgotten_ = 0;
  Vector<std::size_t> young_;  // places
};

}  // namespace fart

#endif  // FART_VM_VALUES_SYMBOL_TABLE_H_

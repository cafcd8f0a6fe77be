// Lists -- arrays (lists of fixed length) and growable lists.
//
// Invariants
//   VV-L1 within  a growable list's elements lie in its backing array from `start` on, one after
//                 the other; what of the array is in front of them or behind is null. The backing
//                 array is null until the first element is added.
//   VV-L2 marks     a list may have a mark, a word for whoever makes lists, that is no reference
//                   and looks like a Smi to the collector. A growable list has room for one; an
//                   array that is given one is of a shape of its own, has it behind its elements,
//                   and keeps it: whoever reads elements of one without pays nothing for it.
//
// Constructors answer a null FreshObject when the heap limit is reached.

#ifndef FART_VM_VALUES_LISTS_H_
#define FART_VM_VALUES_LISTS_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"
#include "vm/roots/execution_stack.h"
#include "vm/roots/rooted.h"

namespace fart {

// Elements of the longest list.
inline constexpr std::size_t kMaxListLength = (std::size_t{1} << 30) - 1;

// ---- Constructors. Lengths are at most kMaxListLength (FART_CHECK).
FreshObject NewArray(Mutator& mutator, std::size_t length) FART_MAY_COLLECT;
// The same for a short one if the mutator's area has room: else null, and nothing happened.
inline constexpr std::size_t kShortArray = 64;
inline ObjectPtr TryNewShortArray(Mutator& mutator, std::size_t length,
                                  const NoSafepointScope& quiet) {
  FART_DCHECK(length <= kShortArray);
  return mutator.TryAllocateInitialised(
      core_shape::kArray, kVariablePartOffset + ByteCount(length * kWordSize),
      [length](ObjectPtr* words, const NoSafepointScope&) {
        *reinterpret_cast<std::uint64_t*>(words) = length;
        for (std::size_t i = 1; i <= length; ++i) words[i] = kNull;
      },
      quiet);
}
// With a mark (VV-L2), if that is not null.
FreshObject NewMarkedArray(Mutator& mutator, std::size_t length, ObjectPtr mark) FART_MAY_COLLECT;
// Unmodifiable, full of nulls until they are first set.
FreshObject NewMarkedImmutableArray(Mutator& mutator, std::size_t length,
                                    ObjectPtr mark) FART_MAY_COLLECT;
// Unmodifiable, with the elements of a list of any kind, and a mark if that is not null.
FreshObject NewImmutableArray(Mutator& mutator, Rooted list,
                              ObjectPtr mark = ObjectPtr()) FART_MAY_COLLECT;
// Growable, of `length` nulls / holding `elements`. The stack serves for a temporary root.
FreshObject NewGrowableList(Mutator& mutator, ExecutionStack& stack,
                            std::size_t length) FART_MAY_COLLECT;
FreshObject NewGrowableList(Mutator& mutator, ExecutionStack& stack,
                            Roots elements) FART_MAY_COLLECT;
// Growable, empty, without a backing array: one allocation.
FreshObject NewEmptyGrowableList(Mutator& mutator) FART_MAY_COLLECT;

// ---- Growing. False: the heap limit is reached, or kMaxListLength; nothing has changed.
[[nodiscard]] bool GrowableListAdd(Mutator& mutator, Rooted list, Rooted value) FART_MAY_COLLECT;
[[nodiscard]] bool GrowableListAddAll(Mutator& mutator, Rooted list, Roots values) FART_MAY_COLLECT;
// New elements are null; elements cut off are forgotten.
[[nodiscard]] bool GrowableListSetLength(Mutator& mutator, Rooted list,
                                         std::size_t length) FART_MAY_COLLECT;

// In the middle, or at an end, of at most the list's length. Moves the shorter side: so adding and
// removing at either end costs, in the long run, the same for a list of any length.
[[nodiscard]] bool GrowableListInsertNulls(Mutator& mutator, Rooted list, std::size_t at,
                                           std::size_t count) FART_MAY_COLLECT;
// Elements [from, to); from <= to <= length.
void GrowableListRemove(Mutator& mutator, ObjectPtr list, std::size_t from, std::size_t to,
                        const NoSafepointScope& quiet);

// ---- Readers. "List" below is an array of either kind or a growable list.
inline bool IsArray(ObjectPtr object) {
  return HasShapeOf(object, core_shape::kArray, core_shape::kMarkedArray);
}
inline bool IsImmutableArray(ObjectPtr object) {
  return HasShapeOf(object, core_shape::kImmutableArray, core_shape::kMarkedImmutableArray);
}
inline bool IsMarkedArray(ObjectPtr object) {
  return HasShape(object, core_shape::kMarkedArray) ||
         HasShape(object, core_shape::kMarkedImmutableArray);
}
inline bool IsGrowableList(ObjectPtr object) { return HasShape(object, core_shape::kGrowableList); }
inline bool IsBuiltInList(ObjectPtr object) {
  static_assert(core_shape::CountOf(core_shape::kArray, core_shape::kGrowableList) == 5);
  return HasShapeOf(object, core_shape::kArray, core_shape::kGrowableList);
}

inline ObjectPtr* ArrayElements(ObjectPtr array, const NoSafepointScope&) {
  return (array.address() + kVariablePartOffset).As<ObjectPtr>();
}
inline ObjectPtr GrowableListBacking(ObjectPtr list, const NoSafepointScope&) {
  FART_DCHECK(IsGrowableList(list));
  return *(list.address() + kReferencesOffset).As<ObjectPtr>();
}
// Where a growable list's elements lie in its backing array. Both fit: they are at most
// kMaxListLength.
struct GrowableListExtent {
  std::uint32_t length;
  std::uint32_t start;
};
inline GrowableListExtent& GrowableListExtentOf(ObjectPtr list, const NoSafepointScope&) {
  FART_DCHECK(IsGrowableList(list));
  return *(list.address() + kReferencesOffset + ByteCount(kWordSize)).As<GrowableListExtent>();
}

// Of a marked array.
inline ObjectPtr ArrayMark(ObjectPtr array, const NoSafepointScope& quiet) {
  FART_DCHECK(IsMarkedArray(array));
  return ArrayElements(array, quiet)[LengthWord(array) - 1];
}

// VV-L2. 0 at first; neither copied nor looked at here.
inline ObjectPtr& GrowableListMark(ObjectPtr list, const NoSafepointScope&) {
  FART_DCHECK(IsGrowableList(list));
  return *(list.address() + kReferencesOffset + ByteCount(2 * kWordSize)).As<ObjectPtr>();
}

// A list's elements where they lie: [first, first + length) inside `holder`, which is what a store
// must name (Mutator::StoreField).
struct ListElements {
  ObjectPtr holder;
  ObjectPtr* first;
  std::size_t length;
};
inline ListElements ElementsOf(ObjectPtr list, const NoSafepointScope& quiet) {
  FART_DCHECK(IsBuiltInList(list));
  if (IsGrowableList(list)) {
    const ObjectPtr backing = GrowableListBacking(list, quiet);
    if (backing.is_null()) [[unlikely]]
      return {list, nullptr, 0};
    const GrowableListExtent extent = GrowableListExtentOf(list, quiet);
    return {backing, ArrayElements(backing, quiet) + extent.start, extent.length};
  }
  const std::size_t marks = IsMarkedArray(list) ? 1 : 0;
  return {list, ArrayElements(list, quiet), LengthWord(list) - marks};
}
inline std::size_t ListLength(ObjectPtr list, const NoSafepointScope& quiet) {
  return ElementsOf(list, quiet).length;
}
// index < length.
inline ObjectPtr ListAt(ObjectPtr list, std::size_t index, const NoSafepointScope& quiet) {
  const ListElements elements = ElementsOf(list, quiet);
  FART_DCHECK(index < elements.length);
  return elements.first[index];
}
// index < length; not for an immutable one.
inline void ListSetAt(Mutator& mutator, ObjectPtr list, std::size_t index, ObjectPtr value,
                      const NoSafepointScope& quiet) {
  const ListElements elements = ElementsOf(list, quiet);
  FART_DCHECK(index < elements.length && !IsImmutableArray(list));
  mutator.StoreField(elements.holder, elements.first + index, value);
}

}  // namespace fart

#endif  // FART_VM_VALUES_LISTS_H_

#include "vm/values/lists.h"

#include <algorithm>

#include "heap/base/check.h"

namespace fart {

namespace {

void CopyIntoFresh(Mutator& mutator, const ListElements& from, ObjectPtr fresh_array,
                   const NoSafepointScope& quiet) {
  mutator.CopyIntoFresh(fresh_array, ArrayElements(fresh_array, quiet), from.first, from.length);
}

std::size_t CapacityOf(ObjectPtr list, const NoSafepointScope& quiet) {
  const ObjectPtr backing = GrowableListBacking(list, quiet);
  return backing.is_null() ? 0 : LengthWord(backing);
}

// Makes room for `needed` elements.
bool Reserve(Mutator& mutator, Rooted list, std::size_t needed) FART_MAY_COLLECT {
  std::size_t capacity;
  {
    const NoSafepointScope quiet;
    capacity = CapacityOf(list.Get(quiet), quiet);
  }
  if (needed <= capacity) return true;
  if (needed > kMaxListLength) return false;
  capacity = std::min(std::max({needed, capacity + capacity / 2, std::size_t{8}}), kMaxListLength);
  const FreshObject backing = NewArray(mutator, capacity);
  if (backing.is_null()) return false;
  const NoSafepointScope quiet;
  const ObjectPtr holder = list.Get(quiet);
  CopyIntoFresh(mutator, ElementsOf(holder, quiet), backing.Get(quiet), quiet);
  mutator.StoreField(holder, (holder.address() + kReferencesOffset).As<ObjectPtr>(),
                     backing.Get(quiet));
  return true;
}

}  // namespace

FreshObject NewArray(Mutator& mutator, std::size_t length) {
  FART_CHECK(length <= kMaxListLength);
  return mutator.Allocate(core_shape::kArray, length);
}

FreshObject NewImmutableArray(Mutator& mutator, Rooted list) {
  std::size_t length;
  {
    const NoSafepointScope quiet;
    length = ListLength(list.Get(quiet), quiet);
  }
  const FreshObject array = mutator.Allocate(core_shape::kImmutableArray, length);
  if (array.is_null()) return array;
  const NoSafepointScope quiet;
  CopyIntoFresh(mutator, ElementsOf(list.Get(quiet), quiet), array.Get(quiet), quiet);
  return array;
}

FreshObject NewEmptyGrowableList(Mutator& mutator) {
  return mutator.AllocateFixed(core_shape::kGrowableList,
                               mutator.heap().shapes()[core_shape::kGrowableList]);
}

FreshObject NewGrowableList(Mutator& mutator, ExecutionStack& stack, Roots elements) {
  StackRoots<1> roots(stack);
  {
    const FreshObject list = NewEmptyGrowableList(mutator);
    if (list.is_null()) return list;
    const NoSafepointScope quiet;
    roots.Set(0, list.Get(quiet));
  }
  if (!GrowableListAddAll(mutator, roots[0], elements)) return FreshObject();
  const NoSafepointScope quiet;
  return FreshObject(roots[0].Get(quiet));
}

FreshObject NewGrowableList(Mutator& mutator, ExecutionStack& stack, std::size_t length) {
  StackRoots<1> roots(stack);
  {
    const FreshObject list = NewEmptyGrowableList(mutator);
    if (list.is_null()) return list;
    const NoSafepointScope quiet;
    roots.Set(0, list.Get(quiet));
  }
  if (!GrowableListSetLength(mutator, roots[0], length)) return FreshObject();
  const NoSafepointScope quiet;
  return FreshObject(roots[0].Get(quiet));
}

bool GrowableListAdd(Mutator& mutator, Rooted list, Rooted value) {
  return GrowableListAddAll(mutator, list, Roots(value.slot(), 1));
}

bool GrowableListAddAll(Mutator& mutator, Rooted list, Roots values) {
  std::size_t length;
  {
    const NoSafepointScope quiet;
    length = GrowableListLengthWord(list.Get(quiet), quiet);
  }
  if (!Reserve(mutator, list, length + values.size())) return false;
  const NoSafepointScope quiet;
  const ObjectPtr backing = GrowableListBacking(list.Get(quiet), quiet);
  for (std::size_t i = 0; i < values.size(); ++i) {
    mutator.StoreField(backing, ArrayElements(backing, quiet) + length + i, values[i].Get(quiet));
  }
  GrowableListLengthWord(list.Get(quiet), quiet) = length + values.size();
  return true;
}

bool GrowableListSetLength(Mutator& mutator, Rooted list, std::size_t length) {
  if (!Reserve(mutator, list, length)) return false;
  const NoSafepointScope quiet;
  const ListElements elements = ElementsOf(list.Get(quiet), quiet);
  for (std::size_t i = length; i < elements.length; ++i) {
    mutator.StoreField(elements.holder, elements.first + i, kNull);  // L1
  }
  GrowableListLengthWord(list.Get(quiet), quiet) = length;
  return true;
}

}  // namespace fart

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

// Within one array, in an order that overwrites nothing that is still to be moved. The places that
// are left keep what they had or become null.
void Move(Mutator& mutator, ObjectPtr array, std::size_t from, std::size_t count, std::size_t to,
          const NoSafepointScope& quiet) {
  ObjectPtr* const elements = ArrayElements(array, quiet);
  const auto move = [&](std::size_t i) {
    mutator.StoreField(array, elements + to + i, elements[from + i]);
  };
  if (to < from) {
    for (std::size_t i = 0; i < count; ++i) move(i);
    for (std::size_t i = std::max(from, to + count); i < from + count; ++i) {
      mutator.StoreField(array, elements + i, kNull);
    }
  } else if (to > from) {
    for (std::size_t i = count; i > 0; --i) move(i - 1);
    for (std::size_t i = from; i < std::min(from + count, to); ++i) {
      mutator.StoreField(array, elements + i, kNull);
    }
  }
}

void Clear(Mutator& mutator, const ListElements& elements, std::size_t from, std::size_t to,
           const NoSafepointScope&) {
  for (std::size_t i = from; i < to; ++i) {
    mutator.StoreField(elements.holder, elements.first + i, kNull);
  }
}

// A gap of `count` nulls before element `at`, in a new array that has `slack` places for more:
// in front if `is_front`, where half of it is left behind, else behind.
bool Reallocate(Mutator& mutator, Rooted list, std::size_t at, std::size_t count, std::size_t slack,
                bool is_front) FART_MAY_COLLECT {
  std::size_t needed;
  {
    const NoSafepointScope quiet;
    needed = GrowableListExtentOf(list.Get(quiet), quiet).length + count;
  }
  if (needed > kMaxListLength) return false;
  const std::size_t capacity = std::min(std::max(needed + slack, std::size_t{8}), kMaxListLength);
  const FreshObject backing = NewArray(mutator, capacity);
  if (backing.is_null()) return false;
  const std::size_t start = is_front ? (capacity - needed + 1) / 2 : 0;
  const NoSafepointScope quiet;
  const ObjectPtr holder = list.Get(quiet);
  const ListElements elements = ElementsOf(holder, quiet);
  const ObjectPtr array = backing.Get(quiet);
  ObjectPtr* const to = ArrayElements(array, quiet) + start;
  mutator.CopyIntoFresh(array, to, elements.first, at);
  mutator.CopyIntoFresh(array, to + at + count, elements.first + at, elements.length - at);
  mutator.StoreField(holder, (holder.address() + kReferencesOffset).As<ObjectPtr>(),
                     backing.Get(quiet));
  GrowableListExtentOf(holder, quiet) = {static_cast<std::uint32_t>(needed),
                                         static_cast<std::uint32_t>(start)};
  return true;
}

// Makes the list longer by `count` nulls.
bool Lengthen(Mutator& mutator, Rooted list, std::size_t count) FART_MAY_COLLECT {
  std::size_t length;
  {
    const NoSafepointScope quiet;
    const ObjectPtr holder = list.Get(quiet);
    const std::size_t capacity = CapacityOf(holder, quiet);
    GrowableListExtent& extent = GrowableListExtentOf(holder, quiet);
    length = extent.length;
    if (count <= capacity - extent.start - length) [[likely]] {
      extent.length = static_cast<std::uint32_t>(length + count);
      return true;
    }
    // In front of a queue there is room: moving pays once as many have gone as stay.
    if (extent.start > length && count <= capacity - length) {
      Move(mutator, GrowableListBacking(holder, quiet), extent.start, length, 0, quiet);
      extent = {static_cast<std::uint32_t>(length + count), 0};
      return true;
    }
  }
  return Reallocate(mutator, list, length, count, length / 2, false);
}

}  // namespace

FreshObject NewArray(Mutator& mutator, std::size_t length) {
  FART_CHECK(length <= kMaxListLength);
  return mutator.Allocate(core_shape::kArray, length);
}

namespace {

FreshObject NewArrayWith(Mutator& mutator, std::size_t length, ObjectPtr mark, ShapeId plain,
                         ShapeId marked) FART_MAY_COLLECT {
  FART_CHECK(length <= kMaxListLength);
  if (mark.is_null()) return mutator.Allocate(plain, length);
  FART_DCHECK(mark.IsSmi());  // VV-L2
  const FreshObject array = mutator.Allocate(marked, length + 1);
  if (array.is_null()) return array;
  const NoSafepointScope quiet;
  const ObjectPtr object = array.Get(quiet);
  mutator.StoreField(object, ArrayElements(object, quiet) + length, mark);
  return array;
}

}  // namespace

FreshObject NewMarkedArray(Mutator& mutator, std::size_t length, ObjectPtr mark) {
  return NewArrayWith(mutator, length, mark, core_shape::kArray, core_shape::kMarkedArray);
}

FreshObject NewMarkedImmutableArray(Mutator& mutator, std::size_t length, ObjectPtr mark) {
  return NewArrayWith(mutator, length, mark, core_shape::kImmutableArray,
                      core_shape::kMarkedImmutableArray);
}

FreshObject NewImmutableArray(Mutator& mutator, Rooted list, ObjectPtr mark) {
  std::size_t length;
  {
    const NoSafepointScope quiet;
    length = ListLength(list.Get(quiet), quiet);
  }
  const FreshObject array = NewMarkedImmutableArray(mutator, length, mark);
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
  if (values.size() > kMaxListLength || !Lengthen(mutator, list, values.size())) return false;
  const NoSafepointScope quiet;
  const ListElements elements = ElementsOf(list.Get(quiet), quiet);
  ObjectPtr* const first = elements.first + elements.length - values.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    mutator.StoreField(elements.holder, first + i, values[i].Get(quiet));
  }
  return true;
}

bool GrowableListSetLength(Mutator& mutator, Rooted list, std::size_t length) {
  std::size_t old_length;
  {
    const NoSafepointScope quiet;
    old_length = GrowableListExtentOf(list.Get(quiet), quiet).length;
    if (length <= old_length) {
      GrowableListRemove(mutator, list.Get(quiet), length, old_length, quiet);
      return true;
    }
  }
  return length <= kMaxListLength && Lengthen(mutator, list, length - old_length);
}

bool GrowableListInsertNulls(Mutator& mutator, Rooted list, std::size_t at, std::size_t count) {
  if (count > kMaxListLength) return false;
  std::size_t length;
  bool is_front;
  {
    const NoSafepointScope quiet;
    const ObjectPtr holder = list.Get(quiet);
    GrowableListExtent& extent = GrowableListExtentOf(holder, quiet);
    length = extent.length;
    FART_DCHECK(at <= length);
    is_front = at < length - at;
    if (is_front && count <= extent.start) {
      Move(mutator, GrowableListBacking(holder, quiet), extent.start, at, extent.start - count,
           quiet);
      extent.start -= static_cast<std::uint32_t>(count);
      extent.length += static_cast<std::uint32_t>(count);
      return true;
    }
  }
  if (is_front) return Reallocate(mutator, list, at, count, length + count, true);
  if (!Lengthen(mutator, list, count)) return false;
  const NoSafepointScope quiet;
  const ObjectPtr holder = list.Get(quiet);
  if (at == length) return true;
  const std::size_t start = GrowableListExtentOf(holder, quiet).start;
  Move(mutator, GrowableListBacking(holder, quiet), start + at, length - at, start + at + count,
       quiet);
  return true;
}

void GrowableListRemove(Mutator& mutator, ObjectPtr list, std::size_t from, std::size_t to,
                        const NoSafepointScope& quiet) {
  GrowableListExtent& extent = GrowableListExtentOf(list, quiet);
  FART_DCHECK(from <= to && to <= extent.length);
  const std::size_t count = to - from;
  if (count == 0) return;
  const ListElements elements = ElementsOf(list, quiet);
  const std::size_t behind = elements.length - to;
  if (from < behind) {
    Move(mutator, elements.holder, extent.start, from, extent.start + count, quiet);
    Clear(mutator, elements, 0, count, quiet);
    extent.start += static_cast<std::uint32_t>(count);
  } else {
    Move(mutator, elements.holder, extent.start + to, behind, extent.start + from, quiet);
    Clear(mutator, elements, elements.length - count, elements.length, quiet);
  }
  extent.length -= static_cast<std::uint32_t>(count);
  if (extent.length == 0) extent.start = 0;
}

}  // namespace fart

// Natives of lists and maps that do at once what most programs ask for: sorting what is plain, and
// finding plain keys. Plain are ints of 62 bits, doubles and strings, whose order and equality no
// program can change.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/key_hash.h"
#include "lang/natives/natives.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

// ---- Sorting

// As double.compareTo has it: -0.0 before 0.0, NaN behind all.
bool IsBefore(double a, double b) {
  if (a < b) return true;
  if (a > b) return false;
  if (a == b) return a == 0 && std::signbit(a) && !std::signbit(b);
  return !std::isnan(a) && std::isnan(b);
}

// Sorts stably; false: the isolate is to stop, and `elements` are in some order.
template <typename Before>
bool SortAll(const Interpreter& interpreter, std::vector<ObjectPtr>& elements, Before&& is_before) {
  constexpr std::size_t kRun = std::size_t{1} << 12;
  const std::size_t count = elements.size();
  const auto at = [&](std::vector<ObjectPtr>& list, std::size_t i) {
    return list.begin() + static_cast<std::ptrdiff_t>(std::min(i, count));
  };
  for (std::size_t i = 0; i < count; i += kRun) {
    if (interpreter.IsToStop()) return false;
    std::stable_sort(at(elements, i), at(elements, i + kRun), is_before);
  }
  std::vector<ObjectPtr> merged(count);
  for (std::size_t run = kRun; run < count; run *= 2) {
    for (std::size_t i = 0; i < count; i += 2 * run) {
      if (interpreter.IsToStop()) return false;
      std::merge(at(elements, i), at(elements, i + run), at(elements, i + run),
                 at(elements, i + 2 * run), at(merged, i), is_before);
    }
    elements.swap(merged);
  }
  return true;
}

bool SortPlain(const Interpreter& interpreter, std::vector<ObjectPtr>& elements,
               const NoSafepointScope& quiet) {
  if (elements.front().IsSmi()) {
    return SortAll(interpreter, elements,
                   [](ObjectPtr a, ObjectPtr b) { return a.SmiValue() < b.SmiValue(); });
  }
  if (IsString(elements.front())) {
    return SortAll(interpreter, elements,
                   [&quiet](ObjectPtr a, ObjectPtr b) { return CompareStrings(a, b, quiet) < 0; });
  }
  return SortAll(interpreter, elements, [&quiet](ObjectPtr a, ObjectPtr b) {
    return IsBefore(DoubleValue(a, quiet), DoubleValue(b, quiet));
  });
}

bool AreAlike(ObjectPtr first, ObjectPtr other) {
  if (first.IsSmi()) return other.IsSmi();
  if (IsString(first)) return IsString(other);
  return IsDouble(first) && IsDouble(other);
}

// arguments: a list. Answers whether it is sorted now: it has elements of one plain kind.
Done Sort(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  const ObjectPtr list = arguments[0];
  if (!IsBuiltInList(list) || IsImmutableArray(list)) return Answer(arguments, kFalse);
  const NoSafepointScope quiet;
  const ListElements elements = ElementsOf(list, quiet);
  if (elements.length < 2) return Answer(arguments, BoolObject(true));
  for (std::size_t i = 0; i < elements.length; ++i) {
    if (i % kStepsToPoll == 0 && interpreter.IsToStop()) return Done::kStopped;
    if (!AreAlike(elements.first[0], elements.first[i])) return Answer(arguments, kFalse);
  }
  try {
    std::vector<ObjectPtr> sorted(elements.first, elements.first + elements.length);
    if (!SortPlain(interpreter, sorted, quiet)) return Done::kStopped;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      interpreter.mutator().StoreField(elements.holder, elements.first + i, sorted[i]);
    }
  } catch (const std::bad_alloc&) {
    return Answer(arguments, kFalse);
  }
  return Answer(arguments, BoolObject(true));
}

// ---- Keys of maps (core/map.dart)

// What `candidate`, which has the same hash as a plain key, is.
enum class Match : std::uint8_t { kEqual, kOther, kAskProgram };

Match CompareToInt(ObjectPtr candidate, ObjectPtr key) {
  if (candidate == key) return Match::kEqual;
  return candidate.IsSmi() || IsString(candidate) ? Match::kOther : Match::kAskProgram;
}

Match CompareToString(ObjectPtr candidate, ObjectPtr key, const NoSafepointScope& quiet) {
  if (candidate == key) return Match::kEqual;
  if (candidate.IsSmi()) return Match::kOther;
  if (!IsString(candidate)) return Match::kAskProgram;
  // Most keys are of this kind, and theirs is no hash to compare once more.
  const bool are_plain =
      HasShape(candidate, core_shape::kLatin1String) && HasShape(key, core_shape::kLatin1String);
  const bool are_equal =
      are_plain ? std::ranges::equal(Latin1Units(candidate, quiet), Latin1Units(key, quiet))
                : StringsEqual(candidate, key, quiet);
  return are_equal ? Match::kEqual : Match::kOther;
}

constexpr std::int64_t kNoEntry = -1;
constexpr std::int64_t kNotKnown = -2;
constexpr std::size_t kEntryParts = 3;  // Of an entry: its hash, its key, its value.

// Where the first entry with a hash is of whose key `compare` says that it is no other one.
template <typename Compare>
[[gnu::always_inline]] inline std::int64_t PlaceOfHash(const ListElements& index,
                                                       const ListElements& entries,
                                                       std::int64_t hash, Compare&& compare) {
  for (Probe probe(hash, index.length);; probe.Next()) {
    const ObjectPtr found = index.first[probe.at()];
    if (found.is_null()) return kNoEntry;
    const auto place = static_cast<std::size_t>(found.SmiValue());
    if (place >= entries.length || entries.first[place] != ObjectPtr::FromSmi(hash)) continue;
    const Match match = compare(entries.first[place + 1]);
    if (match == Match::kEqual) return static_cast<std::int64_t>(place);
    if (match == Match::kAskProgram) return kNotKnown;
  }
}

[[gnu::noinline]] std::int64_t PlaceOfString(const ListElements& index, const ListElements& entries,
                                             ObjectPtr key, std::int64_t* hash,
                                             const NoSafepointScope& quiet) {
  *hash = KeyHashOf(StringHash(key, quiet));
  return PlaceOfHash(index, entries, *hash,
                     [&](ObjectPtr candidate) { return CompareToString(candidate, key, quiet); });
}

// Where the entry of a key is; kNoEntry; or kNotKnown: it is no int or string, or meets what has to
// be asked. *hash is its hash, unless that is not known.
[[gnu::always_inline]] inline std::int64_t PlaceOf(const ListElements& index,
                                                   const ListElements& entries, ObjectPtr key,
                                                   std::int64_t* hash,
                                                   const NoSafepointScope& quiet) {
  if (!key.IsSmi()) {
    return IsString(key) ? PlaceOfString(index, entries, key, hash, quiet) : kNotKnown;
  }
  *hash = KeyHashOf(static_cast<std::uint64_t>(key.SmiValue()));
  return PlaceOfHash(index, entries, *hash,
                     [&](ObjectPtr candidate) { return CompareToInt(candidate, key); });
}

// arguments: _index and _entries of a map, a key. What PlaceOf answers.
Done FindPlain(Interpreter&, ObjectPtr* arguments, ListArg, ListArg, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  std::int64_t hash = 0;
  return Answer(arguments, ObjectPtr::FromSmi(PlaceOf(ElementsOf(arguments[0], quiet),
                                                      ElementsOf(arguments[1], quiet), arguments[2],
                                                      &hash, quiet)));
}

// The fields of a _HashedMap, in the order of core/map.dart, behind the type arguments that all
// maps have (LC-K6).
enum class MapField : std::uint32_t { kEntries = 1, kIndex, kLength, kFirst, kUsed, kChanges };

ObjectPtr* SlotOf(ObjectPtr map, MapField field, const NoSafepointScope& quiet) {
  return SlotAt(map, FieldOffset(static_cast<std::uint32_t>(field)), quiet);
}

// The parts of a map, which are of these two kinds always.
ListElements EntriesOf(ObjectPtr map, const NoSafepointScope& quiet) {
  const ObjectPtr list = *SlotOf(map, MapField::kEntries, quiet);
  const ObjectPtr backing = GrowableListBacking(list, quiet);
  if (backing.is_null()) return {list, nullptr, 0};
  const GrowableListExtent extent = GrowableListExtentOf(list, quiet);
  return {backing, ArrayElements(backing, quiet) + extent.start, extent.length};
}
ListElements IndexOf(ObjectPtr map, const NoSafepointScope& quiet) {
  const ObjectPtr array = *SlotOf(map, MapField::kIndex, quiet);
  FART_DCHECK(IsArray(array) && !IsMarkedArray(array));
  return {array, ArrayElements(array, quiet), LengthWord(array)};
}

// Of a key of arguments[0], a _HashedMap, as PlaceOf answers.
[[gnu::always_inline]] inline std::int64_t PlaceInMap(const ObjectPtr* arguments,
                                                      ListElements* entries, std::int64_t* hash,
                                                      const NoSafepointScope& quiet) {
  *entries = EntriesOf(arguments[0], quiet);
  return PlaceOf(IndexOf(arguments[0], quiet), *entries, arguments[1], hash, quiet);
}

// Answers with the value of the entry at a place, or with null; false: the place is not known.
bool GiveValueAt(std::int64_t place, const ListElements& entries, ObjectPtr* arguments) {
  if (place == kNotKnown) return false;
  arguments[0] = place == kNoEntry ? kNull : entries.first[place + 2];
  return true;
}

[[gnu::noinline]] bool MapAtAny(ObjectPtr* arguments, const NoSafepointScope& quiet) {
  ListElements entries;
  std::int64_t hash = 0;
  const std::int64_t place = PlaceInMap(arguments, &entries, &hash, quiet);
  return GiveValueAt(place, entries, arguments);
}

bool MapAt(const Interpreter&, ObjectPtr* arguments) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  const ObjectPtr key = arguments[1];
  // Without what other kinds of keys need: most are a string, or a number that is its own hash.
  if (key.bits() > ObjectPtr::FromSmi(kMaxHash).bits() || !key.IsSmi()) {
    return MapAtAny(arguments, quiet);
  }
  const ListElements entries = EntriesOf(arguments[0], quiet);
  const std::int64_t place =
      PlaceOfHash(IndexOf(arguments[0], quiet), entries, key.SmiValue(),
                  [key](ObjectPtr candidate) { return CompareToInt(candidate, key); });
  return GiveValueAt(place, entries, arguments);
}

Done MapContainsKey(Interpreter&, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  ListElements entries;
  std::int64_t hash = 0;
  const std::int64_t place = PlaceInMap(arguments, &entries, &hash, quiet);
  return place == kNotKnown ? Done::kBody : Answer(arguments, BoolObject(place != kNoEntry));
}

// _append of arguments[0], a map whose _index has room.
Done Append(Interpreter& interpreter, ObjectPtr* arguments, std::int64_t hash) FART_MAY_COLLECT {
  Mutator& mutator = interpreter.mutator();
  StackRoots<4> roots(interpreter.stack());
  std::size_t place = 0;
  {
    const NoSafepointScope quiet;
    const ObjectPtr list = *SlotOf(arguments[0], MapField::kEntries, quiet);
    place = ListLength(list, quiet);
    roots.Set(0, list);
    roots.Set(1, ObjectPtr::FromSmi(hash));
    roots.Set(2, arguments[1]);
    roots.Set(3, arguments[2]);
  }
  if (!GrowableListAddAll(mutator, roots[0], Roots(roots[1].slot(), 3))) {
    return OutOfMemory(interpreter);
  }
  const NoSafepointScope quiet;
  const ObjectPtr map = arguments[0];
  const ListElements index = ElementsOf(*SlotOf(map, MapField::kIndex, quiet), quiet);
  Probe probe(hash, index.length);
  while (!index.first[probe.at()].is_null()) probe.Next();
  mutator.StoreField(index.holder, index.first + probe.at(),
                     ObjectPtr::FromSmi(static_cast<std::int64_t>(place)));
  for (const MapField count : {MapField::kUsed, MapField::kLength, MapField::kChanges}) {
    ObjectPtr* const slot = SlotOf(map, count, quiet);
    mutator.StoreField(map, slot, ObjectPtr::FromSmi(slot->SmiValue() + 1));
  }
  return Answer(arguments, kNull);
}

Done MapSetAt(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg,
              AnyArg) FART_MAY_COLLECT {
  std::int64_t hash = 0;
  {
    const NoSafepointScope quiet;
    ListElements entries;
    const std::int64_t place = PlaceInMap(arguments, &entries, &hash, quiet);
    if (place == kNotKnown) return Done::kBody;
    if (place != kNoEntry) {
      interpreter.mutator().StoreField(entries.holder, entries.first + place + 2, arguments[2]);
      return Answer(arguments, kNull);
    }
    const ObjectPtr index = *SlotOf(arguments[0], MapField::kIndex, quiet);
    const std::int64_t used = SlotOf(arguments[0], MapField::kUsed, quiet)->SmiValue();
    if (static_cast<std::size_t>(used + 1) * 2 > ListLength(index, quiet)) return Done::kBody;
  }
  return Append(interpreter, arguments, hash);
}

using HashArg = RangeArg<0, ObjectPtr::kSmiMax>;

// arguments: a map whose _index has room, a key that it lacks, its value, its hash. The entry is
// there with all its parts, or there is no memory and nothing has changed.
Done Enter(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg, AnyArg,
           HashArg hash) FART_MAY_COLLECT {
  return Append(interpreter, arguments, static_cast<std::int64_t>(hash.value));
}

// arguments: an _index that is empty, _entries of which none is removed. How many there are.
Done EnterAll(Interpreter& interpreter, ObjectPtr* arguments, ListArg, ListArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ListElements index = ElementsOf(arguments[0], quiet);
  const ListElements entries = ElementsOf(arguments[1], quiet);
  for (std::size_t place = 0; place < entries.length; place += kEntryParts) {
    if (place % (kEntryParts * kStepsToPoll) == 0 && interpreter.IsToStop()) return Done::kStopped;
    Probe probe(entries.first[place].SmiValue(), index.length);
    while (!index.first[probe.at()].is_null()) probe.Next();
    interpreter.mutator().StoreField(index.holder, index.first + probe.at(),
                                     ObjectPtr::FromSmi(static_cast<std::int64_t>(place)));
  }
  return Answer(arguments,
                ObjectPtr::FromSmi(static_cast<std::int64_t>(entries.length / kEntryParts)));
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Enter>("Map_enter"),
    Native<EnterAll>("Map_enterAll"),
    Native<FindPlain>("Map_findPlain"),
    QuickWay<MapAt, 2>("Map_at"),
    Native<MapContainsKey>("Map_containsKey"),
    Native<MapSetAt>("Map_setAt"),
    Native<Sort>("List_sortPlain"),
};

}  // namespace

std::span<const IntrinsicEntry> PlainIntrinsics() { return kEntries; }

}  // namespace fart::lang

#include "vm/values/symbol_table.h"

#include <algorithm>
#include <bit>

#include "heap/base/check.h"
#include "vm/memory/core_shapes.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

constexpr std::size_t kFirstCapacity = 256;
constexpr ObjectPtr kForgotten = kUninitialised;

}  // namespace

template <typename Equals>
std::size_t SymbolTable::Find(std::uint32_t hash, Equals&& equals) const {
  const std::size_t mask = entries_.size() - 1;
  std::size_t place = hash & mask;
  while (!entries_[place].is_null() &&
         (entries_[place] == kForgotten || !equals(entries_[place]))) {
    place = (place + 1) & mask;
  }
  return place;
}

// For one more entry. Afterwards Insert needs no memory.
void SymbolTable::MakeRoom(const NoSafepointScope& quiet) {
  if ((used_ + forgotten_ + 1) * 2 > entries_.size()) [[unlikely]]
    Rehash(quiet);
  if (young_.size() == young_.capacity()) [[unlikely]]
    young_.reserve(std::max(kFirstCapacity / 4, 2 * young_.size()));
}

// A quarter is used at most afterwards, so that the next time is as many new symbols away.
void SymbolTable::Rehash(const NoSafepointScope& quiet) {
  Vector<ObjectPtr> old(std::max(kFirstCapacity, std::bit_ceil((used_ + 1) * 4)));
  if (young_.capacity() < used_) young_.reserve(used_);
  old.swap(entries_);
  young_.clear();
  forgotten_ = 0;
  for (const ObjectPtr symbol : old) {
    if (!symbol.IsHeapObject()) continue;
    const std::size_t place =
        Find(StringHash(symbol, quiet), [](ObjectPtr) { return false; });  // VV-Y1
    entries_[place] = symbol;
    if (flags_.IsYoung(symbol)) young_.push_back(place);  // VV-Y2
  }
}

void SymbolTable::Insert(std::size_t place, ObjectPtr string) {
  entries_[place] = string;
  if (flags_.IsYoung(string)) young_.push_back(place);  // VV-Y2
  ++used_;
}

ObjectPtr SymbolTable::Intern(ObjectPtr string, const NoSafepointScope& quiet) {
  MakeRoom(quiet);
  const std::size_t place = Find(StringHash(string, quiet), [&](ObjectPtr symbol) {
    return StringsEqual(symbol, string, quiet);
  });
  const ObjectPtr symbol = entries_[place];
  if (!symbol.is_null()) return symbol;
  Insert(place, string);
  return string;
}

FreshObject SymbolTable::StringOf(Mutator& mutator, std::string_view text) const {
  if (!entries_.empty()) {
    const NoSafepointScope quiet;
    const std::size_t place = Find(StringHashOfUtf8(text), [&](ObjectPtr symbol) {
      return StringEqualsUtf8(symbol, text, quiet);
    });
    if (!entries_[place].is_null()) return FreshObject(entries_[place]);
  }
  return NewStringFromUtf8(mutator, text);
}

FreshObject SymbolTable::Intern(Mutator& mutator, std::string_view text) {
  const FreshObject string = StringOf(mutator, text);
  if (string.is_null()) return string;
  const NoSafepointScope quiet;
  return FreshObject(Intern(string.Get(quiet), quiet));
}

void SymbolTable::VisitEntry(ObjectPtr* entry, WeakVisitor& visitor) {
  if (!entry->IsHeapObject() || visitor.Visit(RootKind::kConstant, entry, ByteCount())) return;
  *entry = kForgotten;
  --used_;
  ++forgotten_;
}

void SymbolTable::VisitWeak(SlotSet set, WeakVisitor& visitor) {
  if (set != SlotSet::kYoung) {
    const bool all = set == SlotSet::kAll;
    for (ObjectPtr& entry : entries_) {
      if (all || (entry.IsHeapObject() && flags_.Has(entry, kEvacuating))) {
        VisitEntry(&entry, visitor);
      }
    }
    return;
  }
  std::size_t kept = 0;
  for (const std::size_t place : young_) {
    VisitEntry(&entries_[place], visitor);
    if (flags_.IsYoung(entries_[place])) young_[kept++] = place;
  }
  young_.resize(kept);
}

void SymbolTable::Verify(VerifyReporter& reporter) const {
  std::size_t young = 0;
  std::size_t used = 0;
  std::size_t forgotten = 0;
  for (const ObjectPtr symbol : entries_) {
    if (symbol.is_null()) continue;
    if (symbol == kForgotten) {
      ++forgotten;
      continue;
    }
    ++used;
    young += flags_.IsYoung(symbol) ? 1 : 0;
    if (!IsString(symbol)) reporter.Report("VV-Y1 unique", "a symbol is no string");
  }
  if (young > young_.size()) {
    reporter.Report("VV-Y2 listed", "a symbol in new space is not in the young list");
  }
  if (used != used_ || forgotten != forgotten_) {
    reporter.Report("VV-Y3 counted", "there are other numbers of symbols and marks than counted");
  }
}

}  // namespace fart

#include "vm/values/symbol_table.h"

#include "heap/base/check.h"
#include "vm/values/strings.h"

namespace fart {

namespace {
constexpr std::size_t kFirstCapacity = 256;
}  // namespace

template <typename Equals>
std::size_t SymbolTable::Find(std::uint32_t hash, Equals&& equals) const {
  const std::size_t mask = entries_.size() - 1;
  std::size_t place = hash & mask;
  while (!entries_[place].is_null() && !equals(entries_[place])) place = (place + 1) & mask;
  return place;
}

void SymbolTable::Grow(const NoSafepointScope& quiet) {
  Vector<ObjectPtr> old(entries_.empty() ? kFirstCapacity : entries_.size() * 2);
  old.swap(entries_);
  young_.clear();
  for (const ObjectPtr symbol : old) {
    if (symbol.is_null()) continue;
    const std::size_t place =
        Find(StringHash(symbol, quiet), [](ObjectPtr) { return false; });  // VV-Y1
    entries_[place] = symbol;
    if (flags_.IsYoung(symbol)) young_.push_back(place);  // VV-Y2
  }
}

void SymbolTable::Insert(std::size_t place, ObjectPtr string, const NoSafepointScope& quiet) {
  entries_[place] = string;
  if (flags_.IsYoung(string)) young_.push_back(place);  // VV-Y2
  ++used_;
  if (used_ * 2 > entries_.size()) Grow(quiet);
}

ObjectPtr SymbolTable::Intern(ObjectPtr string, const NoSafepointScope& quiet) {
  if (entries_.empty()) Grow(quiet);
  const std::size_t place = Find(StringHash(string, quiet), [&](ObjectPtr symbol) {
    return StringsEqual(symbol, string, quiet);
  });
  const ObjectPtr symbol = entries_[place];
  if (!symbol.is_null()) return symbol;
  Insert(place, string, quiet);
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

void SymbolTable::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  if (set != SlotSet::kYoung) {
    if (used_ == 0) return;
    visitor.VisitSlots(RootKind::kConstant, entries_.data(), entries_.data() + entries_.size());
    return;
  }
  std::size_t kept = 0;
  for (const std::size_t place : young_) {
    visitor.VisitSlot(RootKind::kConstant, &entries_[place]);
    if (flags_.IsYoung(entries_[place])) young_[kept++] = place;
  }
  young_.resize(kept);
}

void SymbolTable::Verify(VerifyReporter& reporter) const {
  std::size_t young = 0;
  for (const ObjectPtr symbol : entries_) {
    if (symbol.is_null()) continue;
    young += flags_.IsYoung(symbol) ? 1 : 0;
    if (!IsString(symbol)) reporter.Report("VV-Y1 unique", "a symbol is no string");
  }
  if (young > young_.size()) {
    reporter.Report("VV-Y2 listed", "a symbol in new space is not in the young list");
  }
}

}  // namespace fart

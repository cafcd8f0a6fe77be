#include "vm/native/libraries.h"

#include <algorithm>
#include <vector>

#include "heap/base/check.h"
#include "vm/memory/object_memory.h"

namespace fart {

namespace {

std::int64_t& NumberWord(ObjectPtr library) {
  FART_DCHECK(IsLibrary(library));
  return *(library.address() + kNumberOffset).As<std::int64_t>();
}

}  // namespace

int LibraryNumberOf(ObjectPtr library, const NoSafepointScope&) {
  return static_cast<int>(NumberWord(library));
}

Outcome LibraryTable::Add(ObjectMemory& memory, int number, std::string_view url,
                          RootTable::Group* group) {
  FART_CHECK(number >= 0 && Find(number) == nullptr);  // VN-B1
  const FreshObject fresh = memory.mutator().AllocateFixed(
      core_shape::kLibrary, memory.heap().shapes()[core_shape::kLibrary]);
  if (fresh.is_null()) return memory.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  NumberWord(fresh.Get(quiet)) = number;
  auto library = std::make_unique<Library>();
  library->number = number;
  library->url = url;
  const auto index = static_cast<std::size_t>(number);
  if (index >= libraries_.size()) libraries_.resize(index + 1);
  if (found_.size() == found_.capacity()) found_.reserve(2 * found_.size() + 8);
  RootTable::Slot* const slot = group == nullptr ? memory.roots().Add() : group->Add();
  memory.roots().Set(slot, fresh.Get(quiet));
  library->slot = slot;
  found_.push_back(library.get());
  libraries_[index] = std::move(library);
  return Outcome::Value(fresh.Get(quiet), quiet);
}

void LibraryTable::Hide(int number) { std::erase(found_, Find(number)); }

void LibraryTable::Remove(int number) {
  Library* const library = Find(number);
  if (library == nullptr) return;
  FART_CHECK(library != root_);
  Hide(number);
  libraries_[static_cast<std::size_t>(number)].reset();
}

Library* LibraryTable::Find(int number) {
  if (number < 0 || static_cast<std::size_t>(number) >= libraries_.size()) return nullptr;
  return libraries_[static_cast<std::size_t>(number)].get();
}

Library* LibraryTable::FindByUrl(std::string_view url) {
  const auto found =
      std::ranges::find_if(found_.rbegin(), found_.rend(),
                           [url](const Library* library) { return library->url == url; });
  return found == found_.rend() ? nullptr : *found;
}

Library& LibraryTable::Of(ObjectPtr library, const NoSafepointScope& quiet) {
  Library* const record = Find(LibraryNumberOf(library, quiet));
  FART_CHECK(record != nullptr);
  return *record;
}

}  // namespace fart

#include "vm/native/libraries.h"

#include <unordered_set>

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

Outcome LibraryTable::Add(ObjectMemory& memory, int number, std::string_view url) {
  FART_CHECK(number >= 0 && Find(number) == nullptr);  // VN-B1
  const FreshObject fresh = memory.mutator().AllocateFixed(
      core_shape::kLibrary, memory.heap().shapes()[core_shape::kLibrary]);
  if (fresh.is_null()) return memory.ReadyErrorOutcome(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  NumberWord(fresh.Get(quiet)) = number;
  RootTable::Slot* const slot = memory.roots().Add();
  memory.roots().Set(slot, fresh.Get(quiet));
  const auto index = static_cast<std::size_t>(number);
  if (index >= libraries_.size()) libraries_.resize(index + 1);
  libraries_[index] = std::make_unique<Library>();
  libraries_[index]->number = number;
  libraries_[index]->url = url;
  libraries_[index]->slot = slot;
  return Outcome::Value(fresh.Get(quiet), quiet);
}

Library* LibraryTable::Find(int number) {
  if (number < 0 || static_cast<std::size_t>(number) >= libraries_.size()) return nullptr;
  return libraries_[static_cast<std::size_t>(number)].get();
}

Library* LibraryTable::FindByUrl(std::string_view url) {
  for (auto library = libraries_.rbegin(); library != libraries_.rend(); ++library) {
    if (*library != nullptr && (*library)->url == url && !(*library)->is_hidden) {
      return library->get();
    }
  }
  return nullptr;
}

void LibraryTable::HideReplaced() {
  std::unordered_set<std::string_view> urls;
  for (auto library = libraries_.rbegin(); library != libraries_.rend(); ++library) {
    if (*library == nullptr || (*library)->is_hidden) continue;
    if (!urls.insert((*library)->url).second) (*library)->is_hidden = true;
  }
}

std::vector<Library*> LibraryTable::All() const {
  std::vector<Library*> all;
  for (const std::unique_ptr<Library>& library : libraries_) {
    if (library != nullptr && !library->is_hidden) all.push_back(library.get());
  }
  return all;
}

Library& LibraryTable::Of(ObjectPtr library, const NoSafepointScope& quiet) {
  Library* const record = Find(LibraryNumberOf(library, quiet));
  FART_CHECK(record != nullptr);
  return *record;
}

}  // namespace fart

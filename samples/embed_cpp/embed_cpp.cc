// A cache in C++ that holds objects of Fart code for a long time.
//
// A script makes the pages. Those used last are held by fart::Persistent; every page made and not
// yet collected is watched by a fart::Weak, so one that fell out of the cache is found again for as
// long as anybody keeps it alive. No handle is deleted by hand, and every failure is a Result.

#include <cstdio>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

#include "fart.hpp"
#include "fart_tools_api.h"

namespace {

constexpr char kPages[] = R"(
  class Page {
    final String text;
    Page(this.text);
    toString() => text;
  }
  var bookmark;
  makePage(number) {
    if (number < 0) throw new ArgumentError("no page $number");
    return new Page("page $number");
  }
  keep(page) { bookmark = page; }
  isBookmark(page) => identical(page, bookmark);
)";

class PageCache {
 public:
  PageCache(fart::Local library, std::size_t capacity) : library_(library), capacity_(capacity) {}

  // The page as a handle of the current scope, and where it came from.
  fart::Result<std::pair<fart::Local, std::string>> Get(int number) {
    for (auto held = held_.begin(); held != held_.end(); ++held) {
      if (held->first != number) continue;
      held_.splice(held_.begin(), held_, held);
      FART_TRY(fart::Local page, held->second.Load());
      return std::pair(page, std::string("held"));
    }
    std::string how = "found again";
    FART_TRY(fart::Local page, seen_[number].Load());
    if (page.is_null()) {
      how = "made";
      FART_TRY(fart::Local library, library_.Load());
      FART_TRY(page, fart::Invoke(library, "makePage", number));
      seen_[number] = fart::Weak(page);
    }
    held_.emplace_front(number, fart::Persistent(page));
    if (held_.size() > capacity_) held_.pop_back();
    return std::pair(page, how);
  }

 private:
  fart::Persistent library_;
  std::size_t capacity_;
  std::list<std::pair<int, fart::Persistent>> held_;  // the one used last is first
  std::unordered_map<int, fart::Weak> seen_;
};

fart::Result<void> Show(PageCache& cache, int number) {
  fart::Scope scope;
  FART_TRY(const auto page, cache.Get(number));
  FART_TRY(fart::Local text, fart::Check(Fart_ToString(page.first.get())));
  FART_TRY(const std::string shown, fart::To<std::string>(text));
  std::printf("%s: %s\n", shown.c_str(), page.second.c_str());
  return {};
}

fart::Result<void> Run() {
  fart::Scope scope;
  FART_TRY(fart::Local url, fart::Make("pages.dart"));
  FART_TRY(fart::Local source, fart::Make(kPages));
  FART_TRY(fart::Local library,
           fart::Check(Fart_LoadScript(url.get(), url.get(), source.get(), 0, 0)));
  PageCache cache(library, 3);
  {
    fart::Scope inner;
    FART_TRY(const auto page, cache.Get(1));
    FART_TRY([[maybe_unused]] fart::Local kept, fart::Invoke(library, "keep", page.first));
  }
  for (const int number : {0, 1, 2, 3, 4, 5}) {
    FART_TRY_DO(Show(cache, number));
  }
  FART_TRY_DO(fart::CheckDone(Fart_Collect(Fart_Collection_kEverything)));  // pages move, or die
  for (const int number : {5, 4, 1, 0}) {
    FART_TRY_DO(Show(cache, number));
  }
  FART_TRY(const auto page, cache.Get(1));
  FART_TRY(fart::Local same, fart::Invoke(library, "isBookmark", page.first));
  FART_TRY(const bool is_same, fart::To<bool>(same));
  std::printf("the bookmark is %s page\n", is_same ? "the same" : "another");
  const auto none = cache.Get(-1);
  std::printf("page -1: %s\n", none.ok() ? "made" : "an error, as it should be");
  return {};
}

}  // namespace

int main() {
  const fart::Machine machine;
  if (!machine.ok()) {
    std::fprintf(stderr, "%s\n", machine.error().c_str());
    return 1;
  }
  const fart::Isolate isolate("embed_cpp");
  if (!isolate.ok()) {
    std::fprintf(stderr, "%s\n", isolate.error().c_str());
    return 1;
  }
  fart::Scope scope;
  const fart::Result<void> result = Run();
  if (!result.ok()) std::fprintf(stderr, "%s\n", result.error().message().c_str());
  return result.ok() ? 0 : 1;
}

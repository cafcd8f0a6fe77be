// What a host hands over while it is asked for sources (LL-D4).

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lang/loader/loader.h"
#include "lang/loader/loader_parts.h"
#include "lang/syntax/parser.h"
#include "vm/native/host_answers.h"
#include "vm/native/libraries.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart::lang {

// ---- The host is asked --------------------------------------------------------------------------

bool Loader::Ask(SourceHost::Wish wish, int library, std::string_view url, std::string* answer,
                 std::string* error) {
  const std::shared_ptr<SourceHost> host = isolate_.libraries().sources();  // It may be replaced.
  if (host == nullptr) {
    *error = "There is no library tag handler any more.";
    return false;
  }
  is_asking_ = true;
  const Outcome outcome =
      host->Ask(isolate_, wish, isolate_.libraries().Find(library)->object(), url);
  is_asking_ = false;
  const NoSafepointScope quiet;
  const ObjectPtr value = outcome.Get(quiet);
  if (failure_->value != kNull) return false;
  if (outcome.IsError()) {
    // What is no more than a text gets the place of the directive.
    if (ErrorKindOf(value, quiet) == fart::ErrorKind::kApi &&
        ErrorCauseOf(value, quiet) == ErrorCause::kOther) {
      *error = ToUtf8(ErrorMessage(value, quiet), quiet);
    } else {
      isolate_.roots().Set(failure_, value);
    }
    return false;
  }
  if (answer == nullptr) return true;
  if (IsString(value)) {
    *answer = ToUtf8(value, quiet);
    return true;
  }
  *error = "The library tag handler has to answer Fart_kCanonicalizeUrl with a String.";
  return false;
}

bool Loader::BindByHost(std::size_t index, std::size_t i, std::string* error) {
  const ast::Directive directive = added_[index].directives[i];  // Copies: adding moves them.
  const std::shared_ptr<const SourceFile> file = added_[index].file;
  const int number = added_[index].number;
  std::string why;
  const auto fail = [&] { return FailAt(*file, directive, why, error); };
  std::string url;
  if (!Ask(SourceHost::Wish::kCanonicalUrl, number, directive.uri, &url, &why)) return fail();
  if (directive.kind == ast::Directive::Kind::kPart) {
    const std::size_t before = libraries_.source(number).units.size();
    if (!Ask(SourceHost::Wish::kPart, number, url, nullptr, &why)) return fail();
    if (libraries_.source(number).units.size() > before) return true;
  } else {
    if (IsBundledUri(url)) return BindTo(url, index, i, error);
    if (!numbers_.contains(url) && !Ask(SourceHost::Wish::kLibrary, number, url, nullptr, &why)) {
      return fail();
    }
    const auto found = numbers_.find(url);
    if (found != numbers_.end()) {
      libraries_.BindDirective(number, i, found->second);
      return true;
    }
  }
  why = "The library tag handler has not loaded '" + url + "'.";
  return fail();
}

// ---- What a host hands over ---------------------------------------------------------------------

Outcome Loader::LoadLibrary(const ScriptSource& script, int* number) {
  if (is_loading_ && !is_asking_) return NewApiError(isolate_, "A script is being loaded.");
  if (IsBundledUri(script.url)) {
    return NewApiError(isolate_, "A library cannot be called '" + script.url + "'.");
  }
  if (numbers_.contains(LocationOf(script).identity)) {
    return NewApiError(isolate_, "The library '" + script.url + "' has already been loaded.");
  }
  if (is_asking_) {
    std::string error;
    if (!Add(LocationOf(script), TextAtPlace(script), &error)) {
      return NewCompilationError(isolate_, error);
    }
    *number = added_.back().number;
    return Outcome::Immediate(kTrue);
  }
  if (current_ == nullptr) {
    return NewApiError(
        isolate_, "No script has been loaded that '" + script.url + "' could be a library of.");
  }
  const Loading loading(*this);
  // It ends with the script (LL-D3).
  struct InCurrentEdition {
    Loader& loader;
    explicit InCurrentEdition(Loader& l) : loader(l) { loader.current_.swap(loader.loading_); }
    ~InCurrentEdition() { loader.current_.swap(loader.loading_); }
  };
  const InCurrentEdition edition(*this);
  Adding adding(*this);
  const Outcome entered = LoadFrom(script, number);
  if (!entered.IsError()) adding.Keep();
  return entered;
}

bool Loader::IsBeingLoaded(int library) const {
  return std::any_of(added_.begin(), added_.end(), [&](const Added& added) {
    return added.number == library && added.is_entered && !libraries_.source(library).is_linked;
  });
}

Outcome Loader::LoadPart(int library, const ScriptSource& script) {
  const std::string& url = libraries_.library(library).uri;
  if (!is_asking_ || !IsBeingLoaded(library)) {
    return NewApiError(isolate_, "The library '" + url + "' is not being loaded.");
  }
  ParseResult parsed = Parse(std::make_shared<SourceFile>(script.url, TextAtPlace(script)));
  std::string error;
  if (!Fail(parsed, &error)) return NewCompilationError(isolate_, error);
  const std::shared_ptr<const SourceFile> file = parsed.unit->file;
  if (!parsed.unit->is_part) {
    error = file->ErrorAt(0, "'" + script.url + "' does not say 'part of'.").Render();
    return NewCompilationError(isolate_, error);
  }
  if (!parsed.unit->directives.empty()) {
    error = file->ErrorAt(parsed.unit->directives[0].offset,
                          "Only the library's own file can have directives.")
                .Render();
    return NewCompilationError(isolate_, error);
  }
  std::vector<std::unique_ptr<CompilationUnit>> units;
  units.push_back(std::move(parsed.unit));
  loading_->weight += WeightOf(units);
  if (Fail(libraries_.AddPart(library, std::move(units.front())), &error)) {
    return Outcome::Immediate(kTrue);
  }
  // Half of it is declared: whatever the host makes of the error, the load has failed.
  const Outcome failed = NewCompilationError(isolate_, error);
  const NoSafepointScope quiet;
  isolate_.roots().Set(failure_, failed.Get(quiet));
  return failed;
}

Outcome Loader::AddImport(int library, int imported, const std::string& prefix) {
  if (!is_asking_ || !IsBeingLoaded(library)) {
    return NewApiError(
        isolate_, "The library '" + libraries_.library(library).uri + "' is not being loaded.");
  }
  // What an earlier script has loaded may end before this. (LC-S4)
  Edition* const edition = EditionOfNumber(imported);
  const bool is_usable = libraries_.Has(imported) && !libraries_.source(imported).is_broken &&
                         (edition == nullptr || edition == loading_.get());
  if (!is_usable) {
    return NewApiError(isolate_, "The library '" + libraries_.library(imported).uri +
                                     "' belongs to another script, or has not been loaded.");
  }
  libraries_.AddImport(library, prefix, imported);
  return Outcome::Immediate(kTrue);
}

bool Loader::FailLoad(int library, Rooted error) {
  if (!is_asking_ || !IsBeingLoaded(library)) return false;
  const NoSafepointScope quiet;
  isolate_.roots().Set(failure_, error.Get(quiet));
  return true;
}

std::vector<std::pair<int, int>> Loader::ImportsOf(std::string_view beginning) const {
  std::vector<std::pair<int, int>> found;
  for (const fart::Library* const importer : isolate_.libraries().All()) {
    const LibrarySource& source = libraries_.source(importer->number);
    for (const int target : source.bindings) {
      if (target < 0 || isolate_.libraries().Find(target) == nullptr) continue;
      if (!libraries_.library(target).uri.starts_with(beginning)) continue;
      found.emplace_back(importer->number, target);
    }
  }
  return found;
}

}  // namespace fart::lang

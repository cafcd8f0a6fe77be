#include "lang/loader/loader.h"

#include <cstddef>
#include <new>
#include <string_view>
#include <utility>

#include "heap/base/check.h"
#include "lang/loader/bundled_libraries.h"
#include "lang/loader/loader_parts.h"
#include "lang/syntax/parser.h"
#include "vm/native/extensions.h"
#include "vm/native/libraries.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

constexpr std::string_view kCoreUri = "dart:core";

// Of a class that a host adds, with its type: measured.
constexpr std::size_t kWeightOfWrapper = 2800;

}  // namespace

// ---- Sources ------------------------------------------------------------------------------------

std::optional<SourceLocation> Loader::LocateFrom(const SourceLocation& from, std::string_view uri,
                                                 std::string* error) {
  const bool is_elsewhere = Packages::IsOfPackage(uri) && !IsBundledUri(uri);
  return is_elsewhere && packages_ ? packages_->Locate(uri, error) : Locate(from, uri, error);
}

namespace {

// Most programs call few functions of the bundled libraries.
Blocks BlocksOf(const SourceLocation& location) {
  return location.is_bundled ? Blocks::kWhenAsked : Blocks::kNow;
}

}  // namespace

bool Loader::AddParts(const SourceLocation& location, const CompilationUnit& unit,
                      std::vector<std::unique_ptr<CompilationUnit>>* units, std::string* error) {
  for (const ast::Directive& directive : unit.directives) {
    if (directive.kind != ast::Directive::Kind::kPart) continue;
    std::string why;
    const std::optional<SourceLocation> part = LocateFrom(location, directive.uri, &why);
    if (!part) return FailAt(*unit.file, directive, why, error);
    std::optional<std::string> text = ReadSource(*part, &why);
    if (!text) return FailAt(*unit.file, directive, why, error);
    ParseResult parsed =
        Parse(std::make_shared<SourceFile>(part->name, std::move(*text)), BlocksOf(location));
    if (!Fail(parsed, error)) return false;
    if (!parsed.unit->is_part) {
      return FailAt(*unit.file, directive, "'" + part->name + "' does not say 'part of'.", error);
    }
    units->push_back(std::move(parsed.unit));
  }
  return true;
}

namespace {

// `dart.library.x` is "true" where there is a library `dart:x`; nothing else is defined.
bool Holds(const ast::Configuration& configuration) {
  constexpr std::string_view kPrefix = "dart.library.";
  if (!configuration.name.starts_with(kPrefix)) return configuration.value.empty();
  const std::string library = configuration.name.substr(kPrefix.size());
  const bool is_there = FindBundledFile(library, library + ".dart") != nullptr;
  return configuration.value == (is_there ? "true" : "");
}

void ChooseUris(CompilationUnit& unit) {
  for (ast::Directive& directive : unit.directives) {
    for (const ast::Configuration& configuration : directive.configurations) {
      if (!Holds(configuration)) continue;
      directive.uri = configuration.uri;
      directive.offset = configuration.offset;
      break;
    }
  }
}

}  // namespace

bool Loader::Add(const SourceLocation& location, std::string text, std::string* error) {
  const auto file =
      std::make_shared<SourceFile>(location.name, std::move(text), location.hidden_lines);
  ParseResult parsed = Parse(file, BlocksOf(location));
  if (!Fail(parsed, error)) return false;
  ChooseUris(*parsed.unit);
  std::vector<std::unique_ptr<CompilationUnit>> units;
  units.push_back(std::move(parsed.unit));
  const CompilationUnit& unit = *units.front();
  if (unit.is_part) {
    *error = file->ErrorAt(0, "A part can be neither imported nor started.").Render();
    return false;
  }
  const bool is_asked_for = !location.is_bundled && isolate_.libraries().sources() != nullptr;
  Added added{0, location, file, unit.directives, false};
  if (!is_asked_for && !AddParts(location, unit, &units, error)) return false;
  if (added_.size() == added_.capacity()) added_.reserve(2 * added_.size() + 8);
  std::vector<int>& numbers = loading_->libraries;
  if (numbers.size() == numbers.capacity()) numbers.reserve(2 * numbers.size() + 2);
  if (edition_of_.size() <= libraries_.size()) edition_of_.resize(2 * libraries_.size());
  loading_->weight += WeightOf(units);
  if (!Fail(libraries_.Add(location.name, std::move(units), &added.number), error)) return false;
  numbers.push_back(added.number);
  edition_of_[static_cast<std::size_t>(added.number)] = loading_.get();
  added_.push_back(std::move(added));
  numbers_[location.identity] = added_.back().number;
  if (!is_asked_for) return true;
  const int number = added_.back().number;
  const Outcome entered =
      isolate_.libraries().Add(isolate_, number, location.name, SlotsOf(number));
  if (entered.IsError()) {
    const NoSafepointScope quiet;
    *error = ToUtf8(ErrorMessage(entered.Get(quiet), quiet), quiet);
    return false;
  }
  added_.back().is_entered = true;
  return true;
}

bool Loader::AddShared(const SourceLocation& location, std::string* error) {
  if (numbers_.contains(location.identity)) return true;
  const int number = shared_->NumberOf(location.identity);
  FART_CHECK(number != LibrarySet::kUnbound);  // Locate has found its file.
  if (!libraries_.Has(number)) {               // It comes late.
    std::shared_ptr<const LibrarySet> all = shared_->All(error);
    if (all == nullptr) return false;
    libraries_.PutOn(std::move(all));
  }
  const CompilationUnit& unit = *libraries_.source(number).units.front();
  added_.push_back({number, location, unit.file, unit.directives, false});
  numbers_.emplace(location.identity, number);  // Else ForgetAdded finds it all the same.
  return true;
}

bool Loader::BindDirectives(std::size_t index, std::string* error) {
  for (std::size_t i = 0; i < added_[index].directives.size(); ++i) {
    const Added& from = added_[index];  // Anew each time: adding moves it.
    const ast::Directive& directive = from.directives[i];
    if (IsExtensionUri(directive.uri)) continue;
    if (from.is_entered && !IsBundledUri(directive.uri)) {
      if (!BindByHost(index, i, error)) return false;
      continue;
    }
    if (directive.kind == ast::Directive::Kind::kPart) continue;
    if (!BindTo(directive.uri, index, i, error)) return false;
  }
  return true;
}

bool Loader::BindTo(const std::string& uri, std::size_t index, std::size_t i, std::string* error) {
  const Added& from = added_[index];
  const ast::Directive& directive = from.directives[i];
  const std::shared_ptr<const SourceFile> file = from.file;
  const int number = from.number;
  std::string why;
  const std::optional<SourceLocation> target = LocateFrom(from.location, uri, &why);
  if (!target) return FailAt(*file, directive, why, error);
  if (shared_->NumberOf(target->identity) != LibrarySet::kUnbound && !AddShared(*target, error)) {
    return false;
  }
  if (!libraries_.IsOwn(number)) return true;
  if (!numbers_.contains(target->identity)) {
    std::optional<std::string> text = ReadSource(*target, &why);
    if (!text) return FailAt(*file, directive, why, error);
    if (!Add(*target, std::move(*text), error)) return false;
  }
  libraries_.BindDirective(number, i, numbers_[target->identity]);
  return true;
}

bool Loader::BindAll(std::string* error) {
  for (std::size_t i = 0; i < added_.size(); ++i) {
    if (!BindDirectives(i, error)) return false;
  }
  return true;
}

bool Loader::ImportsExtensions() const {
  for (const Added& added : added_) {
    for (const ast::Directive& directive : added.directives) {
      if (IsExtensionUri(directive.uri)) return true;
    }
  }
  return false;
}

Outcome Loader::LinkCompileAndEnter() {
  std::string error;
  bool lacks_class = false;
  bool has_entered = false;
  bool is_linked = Fail(libraries_.Link(&lacks_class), &error);
  if (lacks_class && ImportsExtensions()) {
    has_entered = true;
    const Outcome entered = EnterAdded();
    if (entered.IsError()) return entered;
  }
  if (lacks_class) is_linked = Fail(libraries_.Link(), &error);
  if (!is_linked || !CompileAdded(&error)) return NewCompilationError(isolate_, error);
  return has_entered ? Outcome::Immediate(kTrue) : EnterAdded();
}

bool Loader::CompileAdded(std::string* error) {
  for (const Added& added : added_) {
    if (added.location.is_bundled) continue;
    if (!Fail(libraries_.CompileLibrary(added.number), error)) return false;
  }
  return true;
}

bool Loader::Compile(FunctionRef function, std::string* error) {
  if (!libraries_.source(function.library).is_linked) {
    *error = "The library '" + LibraryOfNumber(function.library)->uri + "' is still being loaded.";
    return false;
  }
  try {
    return Fail(libraries_.IsOwn(function.library) ? libraries_.Compile(function)
                                                   : shared_->Compile(function),
                error);
  } catch (const std::bad_alloc&) {
    error->clear();
    return false;
  }
}

std::string_view Loader::TextOfFile(std::string_view name) const {
  for (const int number : libraries_.program()) {
    for (const auto& unit : libraries_.source(number).units) {
      if (unit->file->name() == name) return unit->file->text();
    }
  }
  return {};
}

bool Loader::AddNativeWrapper(int library, const std::string& name, std::uint32_t native_fields,
                              ClassRef* added, std::string* error) {
  const LibrarySource& source = libraries_.source(library);
  const std::string& uri = libraries_.library(library).uri;
  if (source.is_broken) {
    *error = "The library '" + uri + "' has not been loaded.";
    return false;
  }
  if (libraries_.Declares(library, name)) {
    *error = "A class '" + name + "' already exists in library '" + uri + "'.";
    return false;
  }
  ParseResult parsed = Parse(std::make_shared<SourceFile>(uri, "class " + name + " {}"));
  const bool is_class = parsed.unit != nullptr && parsed.unit->classes.size() == 1 &&
                        parsed.unit->classes.front()->name == name &&
                        parsed.unit->functions.empty() && parsed.unit->variables.empty() &&
                        parsed.unit->typedefs.empty();
  if (!is_class) {
    *error = "'" + name + "' is no name of a class.";
    return false;
  }
  if (!Fail(libraries_.AddNativeWrapper(library, std::move(parsed.unit), native_fields, added),
            error)) {
    return false;
  }
  if (Edition* const edition = EditionOfNumber(library)) {
    edition->weight += kWeightOfWrapper;
    if (edition != current_.get() && edition != loading_.get()) retired_weight_ += kWeightOfWrapper;
  }
  return true;
}

// ---- The isolate's table, and extensions --------------------------------------------------------

Outcome Loader::EnterAdded() {
  for (const Added& added : added_) {
    if (added.is_entered) continue;
    const Outcome entered = isolate_.libraries().Add(isolate_, added.number, added.location.name,
                                                     SlotsOf(added.number));
    if (entered.IsError()) return entered;
  }
  for (const Added& added : added_) {
    const Outcome imported = ImportExtensions(added);
    if (imported.IsError()) return imported;
  }
  return Outcome::Immediate(kTrue);
}

Outcome Loader::ImportExtensions(const Added& added) {
  for (const ast::Directive& directive : added.directives) {
    if (!IsExtensionUri(directive.uri)) continue;
    if (directive.kind != ast::Directive::Kind::kImport) {
      return NewCompilationError(
          isolate_,
          added.file->ErrorAt(directive.offset, "Extensions can only be imported.").Render());
    }
    const Outcome imported =
        ImportExtension(isolate_, *isolate_.libraries().Find(added.number),
                        added.location.is_bundled ? "" : FolderOf(added.location), directive.uri);
    if (!imported.IsError()) continue;
    std::string message;
    {
      const NoSafepointScope quiet;
      const ObjectPtr error = imported.Get(quiet);
      if (ErrorKindOf(error, quiet) != fart::ErrorKind::kApi ||
          ErrorCauseOf(error, quiet) != ErrorCause::kOther) {
        return imported;
      }
      message = ToUtf8(ErrorMessage(error, quiet), quiet);
    }
    return NewCompilationError(isolate_, added.file->ErrorAt(directive.offset, message).Render());
  }
  return Outcome::Immediate(kTrue);
}

// LL-D2: what a failed load has added is not found again.
void Loader::ForgetAdded() {
  for (const Added& added : added_) {
    fart::Library* const entered = isolate_.libraries().Find(added.number);
    if (added.location.is_bundled && entered != nullptr) continue;  // Nothing is wrong with it.
    numbers_.erase(added.location.identity);
    libraries_.GiveUp(added.number);
    isolate_.libraries().Hide(added.number);
  }
  added_.clear();
}

// ---- Loading ------------------------------------------------------------------------------------

// The edition of a load: the current one if it is kept, else retired from its beginning.
class Loader::NewEdition {
 public:
  explicit NewEdition(Loader& loader) : loader_(loader) {
    std::vector<std::unique_ptr<Edition>>& retired = loader.retired_;
    if (retired.size() == retired.capacity()) retired.reserve(2 * retired.size() + 8);
    loader.loading_ = std::make_unique<Edition>(loader.isolate_.roots());
  }
  // Retires it, or the one whose place it has taken.
  ~NewEdition() {
    if (is_kept_) loader_.current_.swap(loader_.loading_);
    std::unique_ptr<Edition> retired = std::move(loader_.loading_);
    if (retired == nullptr || retired->libraries.empty()) return;
    loader_.HideAllOf(*retired);
    loader_.retired_weight_ += retired->weight;
    loader_.retired_.push_back(std::move(retired));
  }
  NewEdition(const NewEdition&) = delete;
  NewEdition& operator=(const NewEdition&) = delete;

  void Keep() { is_kept_ = true; }

 private:
  Loader& loader_;
  bool is_kept_ = false;
};

void Loader::HideAllOf(const Edition& edition) {
  for (const int number : edition.libraries) isolate_.libraries().Hide(number);
}

Loader::~Loader() {
  LibraryTable& libraries = isolate_.libraries();
  if (libraries.root() != nullptr && EditionOfNumber(libraries.root()->number) != nullptr) {
    libraries.SetRoot(nullptr);
  }
  if (current_ != nullptr) HideAllOf(*current_);
}

Edition* Loader::EditionOfNumber(int number) {
  const auto index = static_cast<std::size_t>(number);
  return index < edition_of_.size() ? edition_of_[index] : nullptr;
}

void Loader::End(const std::vector<Edition*>& editions) noexcept {
  for (Edition* const edition : editions) {
    for (const int number : edition->libraries) {
      isolate_.libraries().Remove(number);
      libraries_.Remove(number);
      edition_of_[static_cast<std::size_t>(number)] = nullptr;
    }
    edition->libraries.clear();
    retired_weight_ -= edition->weight;
  }
  std::erase_if(retired_, [](const auto& edition) { return edition->libraries.empty(); });
}

Outcome Loader::LoadCore() {
  int number = 0;
  return Require(kCoreUri, &number);
}

Outcome Loader::Require(std::string_view uri, int* number) {
  const SourceLocation location = LocationOfBundled(uri);
  const auto known = numbers_.find(location.identity);
  if (known != numbers_.end()) {
    *number = known->second;
    return Outcome::Immediate(kTrue);
  }
  // A load may be going on that this one interrupts: an extension's _Init can run the program.
  Adding adding(*this);
  std::string error;
  if (!AddShared(location, &error)) return NewCompilationError(isolate_, error);
  *number = added_.back().number;
  Outcome outcome = BindAll(&error) ? EnterAdded() : Outcome(NewCompilationError(isolate_, error));
  if (!outcome.IsError()) adding.Keep();
  return outcome;
}

SourceLocation Loader::LocationOf(const ScriptSource& script) const {
  SourceLocation location = {script.url, script.path, script.url, false};  // LL-D4
  if (isolate_.libraries().sources() == nullptr) {
    location = LocationOfFile(script.path, script.url);
  }
  location.hidden_lines = script.hidden_lines;
  return location;
}

Outcome Loader::LoadScript(const ScriptSource& script, int* number) {
  if (is_loading_) return NewApiError(isolate_, "A script is being loaded.");
  if (script.url.starts_with("dart:")) {
    return NewApiError(isolate_, "A script cannot be called '" + script.url + "'.");
  }
  const Loading loading(*this);
  return LoadWhole(script, number);
}

Outcome Loader::LoadFrom(const ScriptSource& script, int* number) {
  const Flags flags = isolate_.flags();
  packages_.emplace(script.path, flags.packages, flags.package_root);
  std::string error;
  if (Add(LocationOf(script), TextAtPlace(script), &error) && BindAll(&error)) {
    *number = added_.front().number;
    return LinkCompileAndEnter();
  }
  if (failure_->value == kNull) return NewCompilationError(isolate_, error);
  const NoSafepointScope quiet;
  return Outcome::Error(failure_->value, quiet);
}

Outcome Loader::LoadWhole(const ScriptSource& script, int* number) {
  NewEdition edition(*this);
  // A script that takes the place of another reads its imports again: files may have changed.
  std::unordered_map<std::string, int> before = numbers_;
  // Room to put them back, also beside what is required meanwhile.
  numbers_.reserve(2 * (numbers_.size() + shared_->count()));
  std::erase_if(numbers_, [this](const auto& known) { return libraries_.IsOwn(known.second); });
  Adding adding(*this, &before);
  const Outcome entered = LoadFrom(script, number);
  if (entered.IsError()) return entered;
  adding.Keep();
  edition.Keep();
  for (const auto& [identity, known] : before) {
    // A `dart:` library's bodies are compiled when they are called, also by what is retired.
    if (libraries_.IsOwn(known) && !libraries_.library(known).uri.starts_with("dart:")) {
      libraries_.ForgetSource(known);
    }
  }
  return entered;
}

}  // namespace fart::lang

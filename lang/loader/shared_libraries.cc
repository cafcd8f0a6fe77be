#include "lang/loader/shared_libraries.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "heap/base/check.h"
#include "lang/loader/bundled_libraries.h"
#include "lang/syntax/parser.h"

namespace fart::lang {

namespace {

constexpr std::string_view kScheme = "dart:";

// What a program has to import, and what nothing else needs: each isolate that does reads it, and
// the others do not wait for it. They may import all libraries, the shared ones none of them.
constexpr std::string_view kImportedOnly[] = {"collection", "convert", "developer", "io", "math"};

// Those that are shared, but not before a program asks for one of them, which brings all. What
// every program has imports none of these.
constexpr std::string_view kLate[] = {"ffi", "package_ffi", "typed_data"};

// Classes that are in the way of most programs: their tables, and those of what lies above them,
// are shared. Those of the others are each isolate's own (LC-K4), and made when it first uses them.
struct TakenByMost {
  std::string_view uri;
  std::string_view name;
};
constexpr TakenByMost kTakenByMost[] = {
    {"dart:core", "Null"},
    {"dart:core", "bool"},
    {"dart:core", "int"},
    {"dart:core", "double"},
    {"dart:core", "String"},
    {"dart:core", "_FixedList"},
    {"dart:core", "_ImmutableList"},
    {"dart:core", "_GrowableList"},
    {"dart:core", "_ListIterator"},
    {"dart:core", "_LinkedMap"},
    {"dart:core", "_Type"},
    {"dart:core", "_Closure"},
    {"dart:core", "_StackTrace"},
    {"dart:core", "OutOfMemoryError"},
    {"dart:core", "StackOverflowError"},
    {"dart:async", "_RootZone"},  // What is printed goes by it.
    {"dart:isolate", "_Capability"},
    {"dart:isolate", "_SendPort"},
};

template <typename List>
bool Has(const List& list, std::string_view library) {
  return std::find(std::begin(list), std::end(list), library) != std::end(list);
}

// Never destroyed: a thread may still make or end an isolate while the process exits.
struct Kept {
  std::mutex lock;
  std::shared_ptr<const SharedLibraries> libraries[2];  // The second with checks.
  bool are_left_to_system = false;
};
Kept& KeptOfProcess() {
  alignas(Kept) static std::byte place[sizeof(Kept)];
  static Kept& kept = *new (place) Kept;
  return kept;
}

// A part is called as if it lay in a folder of the library's name: dart:core/object.dart.
std::string NameOf(const BundledFile& file) {
  const std::string library = std::string(kScheme) + std::string(file.library);
  const bool is_part = file.name != std::string(file.library) + ".dart";
  return is_part ? library + "/" + std::string(file.name) : library;
}

ParseResult ParseBundled(const BundledFile& file) {
  // Most programs use few of their classes, and call few of their functions.
  return Parse(std::make_shared<SourceFile>(NameOf(file), SourceFile::Lasting{file.text}),
               Blocks::kWhenAskedWithMembers);
}

std::optional<SyntaxError> Add(LibrarySet& set, std::string_view library, int* number) {
  std::vector<std::unique_ptr<CompilationUnit>> units;
  const std::string name(library);
  ParseResult parsed = ParseBundled(*FindBundledFile(library, name + ".dart"));
  if (parsed.error) return parsed.error;
  units.push_back(std::move(parsed.unit));
  const std::shared_ptr<const SourceFile> file = units.front()->file;
  for (std::size_t i = 0; i < units.front()->directives.size(); ++i) {
    const ast::Directive& directive = units.front()->directives[i];
    if (directive.kind != ast::Directive::Kind::kPart) continue;
    const BundledFile* const part = FindBundledFile(library, directive.uri);
    if (part == nullptr) return file->ErrorAt(directive.offset, "There is no such file.");
    parsed = ParseBundled(*part);
    if (parsed.error) return parsed.error;
    units.push_back(std::move(parsed.unit));
  }
  return set.Add(file->name(), std::move(units), number);
}

}  // namespace

std::shared_ptr<const SharedLibraries> SharedLibraries::OfProcess(bool checks_types,
                                                                  std::string* error) {
  Kept& kept = KeptOfProcess();
  const std::lock_guard<std::mutex> guard(kept.lock);
  std::shared_ptr<const SharedLibraries>& libraries = kept.libraries[checks_types ? 1 : 0];
  if (libraries != nullptr) return libraries;
  try {
    const std::shared_ptr<SharedLibraries> made(new SharedLibraries(checks_types));
    const std::optional<SyntaxError> mistake = made->Build();
    if (!mistake) return libraries = made;
    *error = mistake->Render();
  } catch (const std::bad_alloc&) {  // LL-Z2
    *error = "Out of memory.";       // Short enough to need none.
  }
  return nullptr;
}

void SharedLibraries::Forget() {
  Kept& kept = KeptOfProcess();
  std::shared_ptr<const SharedLibraries> last[2];  // They end outside of the lock.
  const std::lock_guard<std::mutex> guard(kept.lock);
  if (!kept.are_left_to_system) std::swap(last, kept.libraries);
}

void SharedLibraries::Leave(AtTheEnd how) {
  Kept& kept = KeptOfProcess();
  const std::lock_guard<std::mutex> guard(kept.lock);
  kept.are_left_to_system = how == AtTheEnd::kLeftToTheSystem;
}

// Those that are forgotten no isolate has any more, so nobody compiles them.
void SharedLibraries::HoldForFork() {
  Kept& kept = KeptOfProcess();
  kept.lock.lock();
  for (const auto& libraries : kept.libraries) {
    if (libraries != nullptr) libraries->Hold();
  }
}

void SharedLibraries::ReleaseAfterFork() {
  Kept& kept = KeptOfProcess();
  for (const auto& libraries : kept.libraries) {
    if (libraries != nullptr) libraries->Release();
  }
  kept.lock.unlock();
}

// In the order in which they are taken elsewhere.
void SharedLibraries::Hold() const {
  making_.lock();
  if (all_ != nullptr) all_->lock().lock();
  libraries_->lock().lock();
}

void SharedLibraries::Release() const {
  libraries_->lock().unlock();
  if (all_ != nullptr) all_->lock().unlock();
  making_.unlock();
}

SharedLibraries::SharedLibraries(bool checks_types)
    : libraries_(std::make_shared<LibrarySet>(CompileOptions{.check_types = checks_types})),
      constant_(libraries_),
      tables_(*libraries_, nullptr) {}

int SharedLibraries::NumberOf(const std::string& uri) const {
  const auto found = numbers_.find(uri);
  return found == numbers_.end() ? LibrarySet::kUnbound : found->second;
}

std::optional<SyntaxError> SharedLibraries::Compile(FunctionRef function) const {
  LibrarySet* set = libraries_.get();
  if (!set->Has(function.library)) {
    const std::lock_guard<std::mutex> guard(making_);
    set = all_.get();
  }
  const std::lock_guard<SetLock> guard(set->lock());
  return set->Compile(function);
}

std::optional<SyntaxError> SharedLibraries::Build() {
  for (const BundledFile& file : BundledFiles()) {
    const std::string uri = NameOf(file);
    if (uri.find('/') != std::string::npos || Has(kImportedOnly, file.library) ||
        Has(kLate, file.library)) {
      continue;
    }
    int number = 0;
    if (auto mistake = Add(*libraries_, file.library, &number)) return mistake;
    numbers_[uri] = number;
  }
  const int count = static_cast<int>(libraries_->size());
  for (int number = 0; number < count; ++number) Bind(*libraries_, number);
  libraries_->SetCore(numbers_.at("dart:core"));
  if (auto mistake = libraries_->Link()) return mistake;
  for (const TakenByMost& taken : kTakenByMost) {
    const CompiledLibrary& library = libraries_->library(numbers_.at(std::string(taken.uri)));
    const int cls = library.FindClass(library.NameOf(std::string(taken.name)));
    FART_CHECK(cls >= 0);
    tables_.Of({library.number, cls});
  }
  int next = count;
  for (const std::string_view library : kLate) {
    numbers_[std::string(kScheme) + std::string(library)] = next++;
  }
  return std::nullopt;
}

std::shared_ptr<const LibrarySet> SharedLibraries::All(std::string* error) const {
  const std::lock_guard<std::mutex> guard(making_);
  if (all_ != nullptr) return all_;
  try {
    auto made = std::make_shared<LibrarySet>(constant_, constant_->options());
    const std::optional<SyntaxError> mistake = BuildLate(*made);
    if (!mistake) return all_ = std::move(made);
    *error = mistake->Render();
  } catch (const std::bad_alloc&) {  // LL-Z2
    *error = "Out of memory.";       // Short enough to need none.
  }
  return nullptr;
}

std::optional<SyntaxError> SharedLibraries::BuildLate(LibrarySet& set) const {
  const int first = static_cast<int>(set.size());
  for (const std::string_view library : kLate) {
    int number = 0;
    if (auto mistake = Add(set, library, &number)) return mistake;
    FART_CHECK(NumberOf(set.library(number).uri) == number);
  }
  for (int number = first; number < static_cast<int>(set.size()); ++number) Bind(set, number);
  return set.Link();
}

void SharedLibraries::Bind(LibrarySet& set, int number) const {
  const std::vector<ast::Directive>& directives = set.source(number).units.front()->directives;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const int target = NumberOf(directives[i].uri);
    if (target != LibrarySet::kUnbound) set.BindDirective(number, i, target);
  }
}

}  // namespace fart::lang

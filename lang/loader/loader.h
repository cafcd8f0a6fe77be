// Loader -- reads a program's libraries, as imports lead from one to the next, and compiles them.
//
// Parsing comes first, for the whole program; then names are linked, then bodies compiled, then
// each library is entered into the isolate's table, and last the extensions are loaded: so a
// program with an error in it runs no foreign code. One exception: where a superclass is missing,
// an extension may be about to declare it (AddNativeWrapper), and extensions are loaded before
// names are linked. Cyclic imports are no matter.
//
// Invariants
//   LL-D1 once   a library has one number, however it is imported (SourceLocation::identity), until
//                another script is loaded: that one reads everything but `dart:` libraries again.
//                Those are the same in every isolate (shared_libraries.h), which knows only those
//                that an import has led to.
//   LL-D2 whole  no import finds a library whose load has failed.
//   LL-D3 retired  what a script and its imports were is an edition (lang/linker/edition.h). When
//                another script has taken its place, or its load has failed, it is retired: nothing
//                finds it any more, by URL or import. Of one that was whole the code stays, whose
//                objects may be called still, and nothing that only compiling needs; until End.
//   LL-D4 asked    with a SourceHost the host is asked for all but `dart:` libraries and
//   extensions.
//                A library's identity is the URL that the host gave. It is entered as soon as it is
//                added, so that the host can be told whose directive it is; no code of it runs
//                before it is linked (IsBeingLoaded).
//
// Not here: reading files (source_locator.h), what names mean (lang/compiler).

#ifndef FART_LANG_LOADER_LOADER_H_
#define FART_LANG_LOADER_LOADER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/compiler/class_tables.h"
#include "lang/compiler/library_set.h"
#include "lang/linker/linker.h"
#include "lang/loader/packages.h"
#include "lang/loader/shared_libraries.h"
#include "lang/loader/source_locator.h"
#include "vm/isolate.h"
#include "vm/program.h"
#include "vm/roots/rooted.h"

namespace fart::lang {

class Loader final : public CodeSource {
 public:
  Loader(Isolate& isolate, std::shared_ptr<const SharedLibraries> shared)
      : isolate_(isolate),
        shared_(std::move(shared)),
        libraries_(shared_->libraries(), shared_->count(),
                   {.enable_asserts = isolate.flags().enable_asserts || isolate.flags().checked,
                    .check_types = isolate.flags().checked}),
        tables_(libraries_, &shared_->tables()) {}
  // What callbacks of dead handles ask afterwards finds no libraries of scripts.
  ~Loader();
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  // dart:core. Before anything else. Success: kTrue.
  Outcome LoadCore() FART_MAY_COLLECT;
  int core() const { return libraries_.core(); }

  // The script and everything it imports. Success: kTrue, and *number is its library's number.
  // Errors: of compilation, with everything to say about the first mistake; or what an extension's
  // _Init came to.
  Outcome LoadScript(const ScriptSource& script, int* number) FART_MAY_COLLECT;

  // ---- What a SourceHost hands over (LL-D4); Program has the same by library objects.
  // Success: kTrue, and *number is the library's.
  Outcome LoadLibrary(const ScriptSource& script, int* number) FART_MAY_COLLECT;
  Outcome LoadPart(int library, const ScriptSource& script) FART_MAY_COLLECT;
  Outcome AddImport(int library, int imported, const std::string& prefix) FART_MAY_COLLECT;
  bool FailLoad(int library, Rooted error) FART_MAY_COLLECT;
  // Whether the host was told of it, and it is not linked yet.
  bool IsBeingLoaded(int library) const;
  // Of libraries that can be found: importer and target, whose URL begins with that.
  std::vector<std::pair<int, int>> ImportsOf(std::string_view beginning) const;

  // Declares an empty class with native fields in a library. False: *error says why.
  [[nodiscard]] bool AddNativeWrapper(int library, const std::string& name,
                                      std::uint32_t native_fields, ClassRef* added,
                                      std::string* error);
  // The class that a name means in a loaded library, private ones too.
  std::optional<ClassRef> FindClass(int library, const std::string& name) {
    return libraries_.FindVisibleClass(library, name);
  }
  // The library that declares what a loaded one exports under that name; else that one.
  int ExporterOf(int library, const std::string& name) const {
    const Entity* const entity = libraries_.source(library).exported.Find(name);
    const bool is_member = entity != nullptr && (entity->kind == Entity::Kind::kFunction ||
                                                 entity->kind == Entity::Kind::kGetter ||
                                                 entity->kind == Entity::Kind::kVariable);
    return is_member ? entity->library : library;
  }

  // ---- Editions (LL-D3)
  // Of what is no `dart:` library and was added to none; null if the number is of another.
  Edition* EditionOfNumber(int number) override;
  // Of the script that was loaded last; null: there was none.
  Edition* current_edition() const { return current_.get(); }
  const std::vector<std::unique_ptr<Edition>>& retired() const { return retired_; }
  std::size_t retired_weight() const { return retired_weight_; }
  bool IsLoading() const { return is_loading_; }
  // Ends retired editions of which nobody can get hold, and whose entities have been forgotten.
  void End(const std::vector<Edition*>& editions) noexcept;

  // CodeSource
  const CompiledLibrary* LibraryOfNumber(int number) override {
    return &libraries_.library(number);
  }
  ClassTables& class_tables() override { return tables_; }
  bool Compile(FunctionRef function, std::string* error) override;
  Outcome Require(std::string_view uri, int* number) override FART_MAY_COLLECT;
  std::string_view TextOfFile(std::string_view name) const override;
  bool HasLoaded(std::string_view uri) const override {
    return numbers_.contains(std::string(uri));
  }

 private:
  class Adding;
  // A library added by the load that is going on.
  struct Added {
    int number = 0;
    SourceLocation location;
    std::shared_ptr<const SourceFile> file;
    std::vector<ast::Directive> directives;
    bool is_entered = false;  // into the isolate's table
  };

  // Makes a shared `dart:` library known here. False: *error says why.
  [[nodiscard]] bool AddShared(const SourceLocation& location, std::string* error);
  // All of these: false, and *error says why.
  [[nodiscard]] bool Add(const SourceLocation& location, std::string text,
                         std::string* error) FART_MAY_COLLECT;
  [[nodiscard]] bool AddParts(const SourceLocation& location, const CompilationUnit& unit,
                              std::vector<std::unique_ptr<CompilationUnit>>* units,
                              std::string* error);
  [[nodiscard]] bool BindDirectives(std::size_t added, std::string* error) FART_MAY_COLLECT;
  // An import or export to what the URI means there.
  [[nodiscard]] bool BindTo(const std::string& uri, std::size_t added, std::size_t directive,
                            std::string* error) FART_MAY_COLLECT;
  // What a URI means in a file. Nothing: *error says why.
  [[nodiscard]] std::optional<SourceLocation> LocateFrom(const SourceLocation& from,
                                                         std::string_view uri, std::string* error);
  // Asks the host what an import or part means, and for it. (LL-D4)
  [[nodiscard]] bool BindByHost(std::size_t added, std::size_t directive,
                                std::string* error) FART_MAY_COLLECT;
  [[nodiscard]] bool Ask(SourceHost::Wish wish, int library, std::string_view url,
                         std::string* answer, std::string* error) FART_MAY_COLLECT;
  [[nodiscard]] SourceLocation LocationOf(const ScriptSource& script) const;
  // Of all that have been added, and of those that are added by that.
  [[nodiscard]] bool BindAll(std::string* error) FART_MAY_COLLECT;
  // The script or library, and what it leads to: added, linked, compiled and entered.
  Outcome LoadFrom(const ScriptSource& script, int* number) FART_MAY_COLLECT;
  Outcome LoadWhole(const ScriptSource& script, int* number) FART_MAY_COLLECT;
  RootTable::Group* SlotsOf(int number) {
    Edition* const edition = EditionOfNumber(number);
    return edition == nullptr ? nullptr : &edition->slots;
  }
  // Success: kTrue.
  Outcome LinkCompileAndEnter() FART_MAY_COLLECT;
  [[nodiscard]] bool CompileAdded(std::string* error);
  [[nodiscard]] bool ImportsExtensions() const;
  Outcome EnterAdded() FART_MAY_COLLECT;
  Outcome ImportExtensions(const Added& added) FART_MAY_COLLECT;
  void ForgetAdded();

  Isolate& isolate_;
  const std::shared_ptr<const SharedLibraries> shared_;
  LibrarySet libraries_;
  ClassTables tables_;
  std::unordered_map<std::string, int> numbers_;  // By identity. (LL-D1)
  std::vector<Added> added_;
  std::optional<Packages> packages_;  // of the script that was loaded last
  bool is_loading_ = false;
  bool is_asking_ = false;              // the host
  RootTable::Slot* failure_ = nullptr;  // Not null: what the load comes to, or null.
  class Loading;
  class NewEdition;
  void HideAllOf(const Edition& edition);
  std::unique_ptr<Edition> current_;
  std::unique_ptr<Edition> loading_;
  std::vector<std::unique_ptr<Edition>> retired_;
  std::size_t retired_weight_ = 0;
  std::vector<Edition*> edition_of_;  // By number; null, or not there: none.
};

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_LOADER_H_

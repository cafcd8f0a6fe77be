// LibrarySet -- all libraries of a program: declared, linked with each other, compiled.
//
// The loader's order of things:
//
//     for each library, as imports lead to it:
//         Parse its file and its parts               (lang/syntax)
//         Add                                        declares its names; cyclic imports are no
//         matter BindDirective for each import and export   once that library is added
//     SetCore, once
//     Link                                           imports' names, superclasses
//     Compile or CompileLibrary                      bodies, one by one or all
//
// More libraries may be added later and linked again. An error of Add adds nothing; an error of
// Link makes all libraries added since the last Link useless, the others are as good as ever --
// unless the caller provides for the class that a superclass's name was looked for in vain and
// links again; an error of Compile leaves the function without code. Where memory is used up, all
// of them throw std::bad_alloc, with the same effect.
//
// Libraries can be removed, too, when nobody has any use for them (lang/reclaimer.h says when);
// what comes later gets their numbers. No call but FindLibrary walks over libraries that are linked
// and forgotten (ForgetSource): what the hundredth program costs is what the first one did.
//
// A set may be made on top of another, whose libraries it has too, under the same numbers. Of those
// nothing changes any more but that bodies are compiled, by one thread at a time, while others read
// (compiled_library.h, LC-L1 and LC-L3): so one set serves any number of others, on any threads, at
// once.
//
// Invariants
//   LC-S1 parallel  classes[i] and functions[i] of a library's sources tell where the compiled ones
//                   of that index come from; the sources' are as many or fewer, and have nothing
//                   for closures, compiled with what they are in.
//   LC-S2 declared  names, signatures, fields and superclasses are complete after Link, so
//                   compiling one body needs no other. LC-S6 says what else.
//   LC-S3 shared    what belongs to the set below is read only; not even its trees are written to.
//                   Only what is `Own...` can change; a class that is added to a library below lies
//                   in a library of this set.
//   LC-S4 alone     no library that stays imports one that is removed.
//   LC-S5 larger    the set below may give its place to one that lies on top of it: numbers were
//                   kept for those of its libraries, and until then nothing has them (Has).
//   LC-S6 unread    of a class whose file was read without members (Blocks), those are read,
//                   declared and linked when somebody first asks (WholeClassOf, ClassSourceOf):
//                   whole or not at all, by one thread, under the set's lock, which who compiles
//                   bodies of a shared set holds as well. All else is there from Link on.
//
// Not here: finding and reading files, `dart-ext:` (the loader leaves those imports unbound).

#ifndef FART_LANG_COMPILER_LIBRARY_SET_H_
#define FART_LANG_COMPILER_LIBRARY_SET_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/base/check.h"
#include "lang/compiler/append_only.h"
#include "lang/compiler/compiled_library.h"
#include "lang/compiler/constant_value.h"
#include "lang/compiler/dependencies.h"
#include "lang/compiler/name_scope.h"
#include "lang/compiler/set_lock.h"
#include "lang/syntax/ast.h"
#include "lang/syntax/syntax_error.h"

namespace fart::lang {

// What a name means as a member of one class. Indices as in Entity; -1: not there.
struct ClassMember {
  bool is_static = false;
  int method = -1;
  int getter = -1;
  int setter = -1;
  int variable = -1;  // Static: into statics. Instance: into the class's own declared fields.
};

// Where a class keeps its setter of `name` if that is static and its method or getter is not, or
// the other way around.
[[nodiscard]] inline std::string OtherSetterOf(const std::string& name) { return name + "="; }

// The one constructor of the application of a mixin: it initialises the mixin's fields. What the
// program calls is the superclass's constructor; no program can write this name.
inline constexpr const char* kApplicationConstructor = "&";

struct ClassSource {
  // Of an application without a name: that of the class whose `with` clause it is in.
  ast::ClassNode* node = nullptr;
  int file = 0;
  const ast::Type* superclass = nullptr;  // As written. Null: nothing is, or `application` is set.
  int application = -1;                   // The application that it extends, in the same library.
  const ast::Type* mixin = nullptr;       // Of an application.
  bool is_anonymous = false;              // An application in a `with` clause.
  std::unordered_map<std::string, ClassMember> members;
  std::unordered_map<std::string, int> constructors;  // By the part after the dot.
  std::vector<ast::VariableNode*> fields;             // Of an application none.
};

struct FunctionSource {
  ast::FunctionNode* node = nullptr;  // Null: default constructors and initialisers.
  ast::Expression* initializer = nullptr;
  int variable = -1;  // Of initialisers.
  int file = 0;
  int field = -1;  // Of a setter that checks what it stores there (type_checks.h).
};

// A constructor that is taken as a function: the closure that calls it, and where its object is
// once it is made.
struct TornOff {
  FunctionRef closure;
  StaticRef object;
};

struct LibrarySource {
  std::vector<std::unique_ptr<CompilationUnit>> units;
  std::vector<std::unique_ptr<CompilationUnit>> members;  // Of classes, read later (LC-S6).
  std::vector<ClassSource> classes;
  AppendOnly<FunctionSource> functions;
  // The declared types of the variables of the library and of static ones, by index into
  // CompiledLibrary::statics; null: none. Constant objects come after those.
  AppendOnly<const ast::Type*> static_types;
  std::vector<const ast::TypedefNode*> typedefs;
  std::vector<int> typedef_files;
  std::vector<int> bindings;                        // By directive of units[0]; -1: unbound.
  std::map<std::pair<int, int>, TornOff> torn_off;  // By library and function.
  NameScope declared;
  NameScope exported;
  NameScope unasked;  // Of dart:core: what programs see of it.
  NameScope visible;  // `declared`, then what is imported without a prefix.
  std::vector<std::string> deferred_prefixes;
  std::vector<std::string> prefix_names;
  std::vector<NameScope> prefixes;
  bool is_linked = false;
  bool is_broken = false;  // Linking failed; it is never linked, compiled or found again.
};

struct CompileOptions {
  bool enable_asserts = false;  // Otherwise `assert` is parsed, resolved and dropped.
  bool check_types = false;     // What annotations say is checked (type_checks.h).
};

class LibrarySet {
 public:
  static constexpr int kUnbound = -1;

  explicit LibrarySet(CompileOptions options = {}) : options_(options) {}
  // On top of `base`, all of whose libraries are linked. (LC-S3) `numbers_below`: how many are kept
  // for it and the larger ones that may take its place. (LC-S5)
  LibrarySet(std::shared_ptr<const LibrarySet> base, std::size_t numbers_below,
             CompileOptions options)
      : base_(std::move(base)), base_size_(numbers_below), options_(options), core_(base_->core_) {
    FART_CHECK(base_->size() <= base_size_);
  }
  LibrarySet(std::shared_ptr<const LibrarySet> base, CompileOptions options)
      : LibrarySet(base, base->size(), options) {}
  LibrarySet(const LibrarySet&) = delete;
  LibrarySet& operator=(const LibrarySet&) = delete;

  // LC-S5. All libraries of `larger` are linked.
  void PutOn(std::shared_ptr<const LibrarySet> larger) {
    FART_CHECK(larger->size() <= base_size_);
    base_ = std::move(larger);
  }

  // `units`: the library's file, then its parts. On success *number is the library's number.
  std::optional<SyntaxError> Add(std::string uri,
                                 std::vector<std::unique_ptr<CompilationUnit>> units, int* number);
  void BindDirective(int library, std::size_t directive, int target);
  // One more part of a library that is not linked. An error leaves the library useless: it is to be
  // given up.
  std::optional<SyntaxError> AddPart(int library, std::unique_ptr<CompilationUnit> unit);
  // One more import, which no source has; of a library that is not linked.
  void AddImport(int library, const std::string& prefix, int target);
  // dart:core: every library sees its names, and Object in it is every class's root.
  void SetCore(int library) { core_ = library; }
  // Precondition: SetCore. Given `lacks_class`, an error because of a superclass's name that means
  // nothing sets it and leaves the libraries as they were, so that they can be linked again.
  std::optional<SyntaxError> Link(bool* lacks_class = nullptr);
  // A library that was added and will not be linked: the next Link leaves it out. Nothing happens
  // if it is linked.
  void GiveUp(int library);
  // Adds an empty class of that name to a library, linked or not: `unit` declares it and nothing
  // else, and the name is free there. Libraries that are linked already do not see it. On success
  // *added is the class; an error, or std::bad_alloc, leaves the library as it was, but for a
  // function that belongs to nothing.
  std::optional<SyntaxError> AddNativeWrapper(int library, std::unique_ptr<CompilationUnit> unit,
                                              std::uint32_t native_fields, ClassRef* added);
  // Whether a library declares that name, or was added a class of it.
  [[nodiscard]] bool Declares(int library, const std::string& name) const;
  // The class that a name of a linked library's scope means: its own, or an imported one.
  [[nodiscard]] std::optional<ClassRef> FindVisibleClass(int library,
                                                         const std::string& name) const;

  // Does nothing if the function has no code to compile, or has it already. One of a library below
  // is compiled by the set below only.
  std::optional<SyntaxError> Compile(FunctionRef function);
  // All bodies of a library of this set. Only this finds constants that depend on themselves and
  // constructors that redirect to themselves, across libraries when the last of them is compiled.
  std::optional<SyntaxError> CompileLibrary(int library);

  // Gives back what only compiling needs of a library of this set, whose bodies are all compiled
  // and which none that is added later imports.
  void ForgetSource(int library);
  // Ends a library of this set. (LC-S4)
  void Remove(int library) noexcept;

  // One more than the greatest number: some between may have been removed, or not be there yet
  // (Has).
  [[nodiscard]] std::size_t size() const { return base_size_ + libraries_.size(); }
  [[nodiscard]] const CompiledLibrary& library(int number) const {
    return IsOwn(number) ? *libraries_[OwnIndex(number)] : base_->library(number);
  }
  [[nodiscard]] bool Has(int number) const {
    if (!IsOwn(number)) return base_->Has(number);
    const std::size_t index = OwnIndex(number);
    return index < libraries_.size() && libraries_[index] != nullptr;
  }
  // kUnbound if no library has this URI. Linear: for tests.
  [[nodiscard]] int FindLibrary(const std::string& uri) const;

  // ---- For the compiler's own parts ----
  [[nodiscard]] const CompileOptions& options() const { return options_; }
  [[nodiscard]] int core() const { return core_; }
  [[nodiscard]] const LibrarySource& source(int number) const {
    return IsOwn(number) ? *sources_[OwnIndex(number)] : base_->source(number);
  }
  // All but members, constructors and fields: those may still be unread. (LC-S6)
  [[nodiscard]] const ClassSource& HeaderOf(ClassRef ref) const {
    return source(ref.library).classes[static_cast<std::size_t>(ref.cls)];
  }
  // All but fields, functions and statics.
  [[nodiscard]] const CompiledClass& ClassOf(ClassRef ref) const {
    return *library(ref.library).classes[static_cast<std::size_t>(ref.cls)];
  }
  // With those. Read first: std::bad_alloc where memory or the stack is used up.
  [[nodiscard]] const ClassSource& ClassSourceOf(ClassRef ref) const {
    if (!HasMembers(ref)) ReadMembersOf(ref);
    return HeaderOf(ref);
  }
  [[nodiscard]] const CompiledClass& WholeClassOf(ClassRef ref) const {
    if (!HasMembers(ref)) ReadMembersOf(ref);
    return ClassOf(ref);
  }
  [[nodiscard]] bool HasMembers(ClassRef ref) const {
    return ClassOf(ref).has_members.load(std::memory_order_acquire);
  }
  // LC-S6. Of a set that threads share.
  [[nodiscard]] SetLock& lock() const { return lock_; }
  [[nodiscard]] const CompiledFunction& FunctionOf(FunctionRef ref) const {
    return *library(ref.library).functions[static_cast<std::size_t>(ref.function)];
  }
  // Those of this set that belong to the program that is being made: neither given up nor forgotten
  // nor removed.
  [[nodiscard]] const std::vector<int>& program() const { return program_; }
  // Those of this set that Link has not been asked for, in the order in which they were added.
  [[nodiscard]] const std::vector<int>& unlinked() const { return unlinked_; }
  // Keeps of these only those that can be linked again.
  void NoteLinked();
  // The class whose members an application has: its mixin, or what that one is an application of.
  [[nodiscard]] ClassRef MixedIn(ClassRef application) const;
  // The class of that name in dart:core.
  [[nodiscard]] std::optional<ClassRef> FindCoreClass(const std::string& name) const;
  // The names that others can import from a library: its own, then those of added classes.
  template <typename Visit>
  void ForEachExported(int number, Visit&& visit) const {
    for (const auto& [name, entity] : source(number).exported.names()) visit(name, entity);
    ForEachAdded(number, visit);
  }
  // Those of added classes only.
  template <typename Visit>
  void ForEachAdded(int number, Visit&& visit) const {
    const int addition = AdditionTo(number);
    if (addition == kUnbound) return;
    for (const auto& [name, entity] : source(addition).exported.names()) visit(name, entity);
  }
  // Where a body that is being compiled says what it depends on; null: nobody asks.
  [[nodiscard]] Dependencies* noting() { return is_noting_ ? &dependencies_ : nullptr; }
  // What is known of a constant variable's value: unknown until its initialiser is compiled, if it
  // has one.
  [[nodiscard]] ConstantValue ValueOf(StaticRef ref) const;
  void SetValueOf(StaticRef ref, ConstantValue value) {
    if (value.is_known()) constants_[{ref.library, ref.variable}] = std::move(value);
  }
  // The fields that a class itself declares, for compiling their initialisers into a constructor
  // of this set: the resolver writes into their trees, so those of a class below are a copy
  // (LC-S3).
  [[nodiscard]] const std::vector<ast::VariableNode*>& FieldsToCompile(ClassRef ref);

  // ---- What can change (LC-S3)
  [[nodiscard]] bool IsOwn(int number) const {
    return static_cast<std::size_t>(number) >= base_size_;
  }
  [[nodiscard]] CompiledLibrary& OwnLibrary(int number) { return *libraries_[OwnIndex(number)]; }
  [[nodiscard]] LibrarySource& OwnSource(int number) { return *sources_[OwnIndex(number)]; }
  [[nodiscard]] ClassSource& OwnClassSourceOf(ClassRef ref) {
    return OwnSource(ref.library).classes[static_cast<std::size_t>(ref.cls)];
  }
  [[nodiscard]] CompiledClass& OwnClassOf(ClassRef ref) {
    return *OwnLibrary(ref.library).classes[static_cast<std::size_t>(ref.cls)];
  }
  [[nodiscard]] CompiledFunction& OwnFunctionOf(FunctionRef ref) {
    return *OwnLibrary(ref.library).functions[static_cast<std::size_t>(ref.function)];
  }

 private:
  void ReadMembersOf(ClassRef ref) const;
  // Of a library that this set can change.
  [[nodiscard]] std::size_t OwnIndex(int number) const {
    FART_CHECK(IsOwn(number));
    return static_cast<std::size_t>(number) - base_size_;
  }
  // The library of classes added to a library below; kUnbound: none.
  [[nodiscard]] int AdditionTo(int number) const;
  int MakeAdditionTo(int number);
  // The number that the next one has.
  [[nodiscard]] int NextNumber() const;
  // Afterwards adding one and removing all need no memory.
  void MakeRoomForOne();
  void Enter(std::unique_ptr<CompiledLibrary> library, std::unique_ptr<LibrarySource> source);
  [[nodiscard]] SyntaxError ErrorOf(const std::vector<DependencyUse>& circle) const;

  std::shared_ptr<const LibrarySet> base_;  // Null: none.
  const std::size_t base_size_ = 0;
  std::vector<std::unique_ptr<CompiledLibrary>> libraries_;  // By number less base_size_; both.
  std::vector<std::unique_ptr<LibrarySource>> sources_;
  // Null in both: removed.
  std::vector<int> free_numbers_;
  std::vector<int> program_;
  std::vector<int> unlinked_;
  std::unordered_map<int, int> additions_;  // By the number of the library below.
  // Files of the set below that FieldsToCompile has read again, and classes of them.
  std::map<std::pair<int, int>, std::unique_ptr<CompilationUnit>> copies_;
  std::map<std::pair<int, int>, std::vector<ast::VariableNode*>> copied_fields_;
  Dependencies dependencies_;
  ConstantValues constants_;
  bool is_noting_ = false;
  const CompileOptions options_;
  int core_ = kUnbound;
  // Held again by who reads members while they compile, or for an application of a mixin.
  mutable SetLock lock_;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_LIBRARY_SET_H_

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
// links again; an error of Compile leaves the function without code.
//
// Invariants
//   S1 parallel  classes[i] and functions[i] of a library's sources tell where the compiled ones of
//                that index come from; closures, compiled with what they are in, come after those.
//   S2 declared  names, signatures, fields and superclasses are complete after Link, so compiling
//                one body needs no other.
//
// Not here: finding and reading files, `dart-ext:` (the loader leaves those imports unbound).

#ifndef FART_LANG_COMPILER_LIBRARY_SET_H_
#define FART_LANG_COMPILER_LIBRARY_SET_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/compiler/compiled_library.h"
#include "lang/compiler/name_scope.h"
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
};

struct LibrarySource {
  std::vector<std::unique_ptr<CompilationUnit>> units;
  std::vector<ClassSource> classes;
  std::vector<FunctionSource> functions;
  std::vector<int> bindings;  // By directive of units[0]; -1: unbound.
  NameScope declared;
  NameScope exported;
  NameScope visible;  // `declared`, then what is imported without a prefix.
  std::vector<std::string> prefix_names;
  std::vector<NameScope> prefixes;
  bool is_linked = false;
  bool is_broken = false;  // Linking failed; it is never linked, compiled or found again.
};

struct CompileOptions {
  bool enable_asserts = false;  // Otherwise `assert` is parsed, resolved and dropped.
};

class LibrarySet {
 public:
  static constexpr int kUnbound = -1;

  explicit LibrarySet(CompileOptions options = {}) : options_(options) {}
  LibrarySet(const LibrarySet&) = delete;
  LibrarySet& operator=(const LibrarySet&) = delete;

  // `units`: the library's file, then its parts. On success *number is the library's number.
  std::optional<SyntaxError> Add(std::string uri,
                                 std::vector<std::unique_ptr<CompilationUnit>> units, int* number);
  void BindDirective(int library, std::size_t directive, int target);
  // dart:core: every library sees its names, and Object in it is every class's root.
  void SetCore(int library) { core_ = library; }
  // Precondition: SetCore. Given `lacks_class`, an error because of a superclass's name that means
  // nothing sets it and leaves the libraries as they were, so that they can be linked again.
  std::optional<SyntaxError> Link(bool* lacks_class = nullptr);
  // Adds an empty class of that name to a library, linked or not: `unit` declares it and nothing
  // else, and the name is free there. Libraries that are linked already do not see it.
  std::optional<SyntaxError> AddNativeWrapper(int library, std::unique_ptr<CompilationUnit> unit,
                                              std::uint32_t native_fields);
  // The class that a name of a linked library's scope means: its own, or an imported one.
  [[nodiscard]] std::optional<ClassRef> FindVisibleClass(int library, const std::string& name);

  // Does nothing if the function has no code to compile, or has it already.
  std::optional<SyntaxError> Compile(FunctionRef function);
  std::optional<SyntaxError> CompileLibrary(int library);

  [[nodiscard]] std::size_t size() const { return libraries_.size(); }
  [[nodiscard]] CompiledLibrary& library(int number) {
    return *libraries_[static_cast<std::size_t>(number)];
  }
  [[nodiscard]] const CompiledLibrary& library(int number) const {
    return *libraries_[static_cast<std::size_t>(number)];
  }
  // kUnbound if no library has this URI.
  [[nodiscard]] int FindLibrary(const std::string& uri) const;

  // ---- For the compiler's own parts ----
  [[nodiscard]] const CompileOptions& options() const { return options_; }
  [[nodiscard]] int core() const { return core_; }
  [[nodiscard]] LibrarySource& source(int number) {
    return *sources_[static_cast<std::size_t>(number)];
  }
  [[nodiscard]] ClassSource& ClassSourceOf(ClassRef ref) {
    return source(ref.library).classes[static_cast<std::size_t>(ref.cls)];
  }
  [[nodiscard]] CompiledClass& ClassOf(ClassRef ref) {
    return *library(ref.library).classes[static_cast<std::size_t>(ref.cls)];
  }
  [[nodiscard]] CompiledFunction& FunctionOf(FunctionRef ref) {
    return *library(ref.library).functions[static_cast<std::size_t>(ref.function)];
  }
  // The class whose members an application has: its mixin, or what that one is an application of.
  [[nodiscard]] ClassRef MixedIn(ClassRef application);
  // The class of that name in dart:core.
  [[nodiscard]] std::optional<ClassRef> FindCoreClass(const std::string& name);

 private:
  std::vector<std::unique_ptr<CompiledLibrary>> libraries_;  // By number; both.
  std::vector<std::unique_ptr<LibrarySource>> sources_;
  const CompileOptions options_;
  int core_ = kUnbound;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_LIBRARY_SET_H_

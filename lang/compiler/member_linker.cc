#include "lang/compiler/member_linker.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "heap/base/check.h"
#include "lang/compiler/declarer.h"
#include "lang/compiler/name_linker.h"
#include "lang/compiler/native_declarations.h"
#include "lang/compiler/type_checks.h"
#include "lang/syntax/parser.h"

namespace fart::lang {
namespace {

// What an attempt that failed has left.
void Clear(CompiledClass& compiled, ClassSource& source) {
  compiled.fields.clear();
  compiled.functions.clear();
  compiled.statics.clear();
  source.members.clear();
  source.constructors.clear();
  source.fields.clear();
}

void ReadAndDeclare(LibrarySet& set, ClassRef ref) {
  LibrarySource& library = set.OwnSource(ref.library);
  ClassSource& source = set.OwnClassSourceOf(ref);
  auto unit = std::make_unique<CompilationUnit>();
  unit->file = library.units[static_cast<std::size_t>(source.file)]->file;
  ast::ClassNode* read = nullptr;
  // In a text without mistakes it can only be that the stack has no room for the parser.
  if (ReadMembers(*unit, *source.node, &read)) throw std::bad_alloc();
  library.members.push_back(std::move(unit));
  source.node->variables = std::move(read->variables);
  source.node->functions = std::move(read->functions);
  DeclareMembers(set.OwnLibrary(ref.library), library, set.options(), ref.cls);
  const FailAt fail = [](int, int, std::uint32_t, const std::string&) { FART_CHECK(false); };
  for (const int function : set.OwnClassOf(ref).functions) {
    LinkNative(set, {ref.library, function}, fail);
    LinkSignature(set, {ref.library, function});
  }
  PrepareChecks(set, ref);
}

}  // namespace

void LinkMembers(LibrarySet& set, ClassRef ref) {
  FART_CHECK(set.source(ref.library).is_linked);
  CompiledClass& compiled = set.OwnClassOf(ref);
  if (compiled.mixin.kind == TypeRef::Kind::kClass) {
    compiled.fields = set.WholeClassOf(set.MixedIn(ref)).fields;
  } else {
    Clear(compiled, set.OwnClassSourceOf(ref));
    ReadAndDeclare(set, ref);
  }
  compiled.has_members.store(true, std::memory_order_release);
}

}  // namespace fart::lang

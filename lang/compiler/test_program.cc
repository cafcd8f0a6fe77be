#include "lang/compiler/test_program.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "lang/compiler/checker.h"
#include "lang/compiler/disassembler.h"

namespace fart::lang {
namespace {

constexpr const char* kCore = R"(
library dart.core;
_assertedValue(value) => value;
class Object { const Object(); operator ==(other) native "=="; }
class int {}
class double {}
class bool {}
class String {}
class List<E> {}
class Function {}
class Map<K, V> { factory Map() native "Map"; }
class _ConstMap { final list; _ConstMap(this.list); }
class Symbol { final String name; const Symbol(this.name); }
print(object) native "print";
)";

}  // namespace

TestProgram::TestProgram(CompileOptions options) : set_(options) {
  Add("dart:core", kCore);
  set_.SetCore(numbers_.at("dart:core"));
}

TestProgram::TestProgram(TestProgram* below)
    : set_(std::shared_ptr<const LibrarySet>(std::shared_ptr<const LibrarySet>(), &below->set_),
           below->set_.options()),
      numbers_(below->numbers_) {}

std::string TestProgram::Add(const std::string& uri, const std::string& text,
                             const std::vector<std::string>& parts, Blocks blocks) {
  std::vector<std::string> texts = {text};
  texts.insert(texts.end(), parts.begin(), parts.end());
  std::vector<std::unique_ptr<CompilationUnit>> units;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string name = i == 0 ? uri : uri + ".part" + std::to_string(i);
    ParseResult parsed = Parse(std::make_shared<SourceFile>(name, texts[i]), blocks);
    if (parsed.error) return parsed.error->Render();
    units.push_back(std::move(parsed.unit));
  }
  int number = LibrarySet::kUnbound;
  if (auto error = set_.Add(uri, std::move(units), &number)) return error->Render();
  numbers_[uri] = number;
  return "";
}

std::string TestProgram::Build() {
  for (const auto& [uri, number] : numbers_) {
    if (!set_.IsOwn(number)) continue;
    const std::vector<ast::Directive>& directives = set_.source(number).units[0]->directives;
    for (std::size_t i = 0; i < directives.size(); ++i) {
      const auto target = numbers_.find(directives[i].uri);
      if (target != numbers_.end()) set_.BindDirective(number, i, target->second);
    }
  }
  if (auto error = set_.Link()) return error->Render();
  for (const auto& [uri, number] : numbers_) {
    if (!set_.IsOwn(number)) continue;
    if (auto error = set_.CompileLibrary(number)) return error->Render();
    for (const auto& function : set_.library(number).functions) {
      if (!function->has_code()) continue;
      const std::string broken = CheckFunction(*function);
      if (!broken.empty()) {
        return function->qualified_name + ": " + broken + "\n" + Disassemble(set_, *function);
      }
    }
  }
  return "";
}

const CompiledFunction* TestProgram::Find(const std::string& qualified_name) const {
  for (const auto& [uri, number] : numbers_) {
    if (number == set_.core()) continue;
    for (const auto& function : set_.library(number).functions) {
      if (function->qualified_name == qualified_name) return function.get();
    }
  }
  return nullptr;
}

std::string TestProgram::Code(const std::string& qualified_name) const {
  const CompiledFunction* function = Find(qualified_name);
  return function == nullptr ? "there is no " + qualified_name : Disassemble(set_, *function);
}

std::string CodeOfF(const std::string& text, CompileOptions options) {
  TestProgram program(options);
  std::string error = program.Add("test.dart", text);
  if (error.empty()) error = program.Build();
  return error.empty() ? program.Code("f") : error;
}

std::string ErrorOf(const std::string& text) {
  TestProgram program;
  std::string error = program.Add("test.dart", text);
  if (error.empty()) error = program.Build();
  if (error.empty()) return "no error";
  // test.dart:1:2: Error: message
  const std::size_t place = error.find(':') + 1;
  const std::size_t mark = error.find(": Error: ");
  if (mark == std::string::npos) return error;
  return error.substr(place, mark - place) + " " +
         error.substr(mark + 9, error.find('\n') - mark - 9);
}

}  // namespace fart::lang

// LoaderParts -- what the sources of the loader share.

#ifndef FART_LANG_LOADER_LOADER_PARTS_H_
#define FART_LANG_LOADER_LOADER_PARTS_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lang/loader/loader.h"
#include "lang/syntax/ast.h"
#include "lang/syntax/parser.h"

namespace fart::lang {

// What is part of the binary: no host is asked for it.
inline bool IsBundledUri(std::string_view uri) {
  return uri.starts_with("dart:") || uri == "package:ffi/ffi.dart";
}

inline bool Fail(const std::optional<SyntaxError>& found, std::string* error) {
  if (found) *error = found->Render();
  return !found;
}

inline bool Fail(const ParseResult& parsed, std::string* error) {
  if (Fail(parsed.error, error)) return true;
  for (const SyntaxError& further : parsed.further) *error += "\n" + further.Render();
  return false;
}

inline bool FailAt(const SourceFile& file, const ast::Directive& directive,
                   const std::string& message, std::string* error) {
  *error = file.ErrorAt(directive.offset, message).Render();
  return false;
}

// About how many bytes the libraries come to, compiled and linked: measured at 7 KB for a small
// script, and at some 20 for a byte of a large one's text.
inline std::size_t WeightOf(const std::vector<std::unique_ptr<CompilationUnit>>& units) {
  constexpr std::size_t kOfLibrary = 4096;
  constexpr std::size_t kOfByte = 16;
  std::size_t weight = kOfLibrary;
  for (const auto& unit : units) weight += kOfByte * unit->file->text().size();
  return weight;
}

// A script that lies inside another text: its places count from that one's beginning.
inline std::string TextAtPlace(const ScriptSource& script) {
  std::string text(static_cast<std::size_t>(script.line_offset), '\n');
  text.append(static_cast<std::size_t>(script.column_offset), ' ');
  return text + script.text;
}

// A load that begins with nothing added, and ends: what it has added is kept or forgotten (LL-D2),
// and what one that it interrupts had added is there again.
class Loader::Adding {
 public:
  // `replaced`, if any, are known again when it fails.
  explicit Adding(Loader& loader, std::unordered_map<std::string, int>* replaced = nullptr)
      : loader_(loader), interrupted_(std::exchange(loader.added_, {})), replaced_(replaced) {}
  ~Adding() {
    if (!is_kept_) {
      loader_.ForgetAdded();
      if (replaced_ != nullptr) loader_.numbers_.merge(*replaced_);
    }
    loader_.added_ = std::move(interrupted_);
  }
  Adding(const Adding&) = delete;
  Adding& operator=(const Adding&) = delete;

  void Keep() { is_kept_ = true; }

 private:
  Loader& loader_;
  std::vector<Added> interrupted_;
  std::unordered_map<std::string, int>* const replaced_;
  bool is_kept_ = false;
};

// As long as it lives, a load goes on.
class Loader::Loading {
 public:
  explicit Loading(Loader& loader) : loader_(loader) {
    if (loader.failure_ == nullptr) loader.failure_ = loader.isolate_.roots().Add();
    loader.is_loading_ = true;
  }
  ~Loading() {
    loader_.is_loading_ = false;
    loader_.isolate_.roots().Set(loader_.failure_, kNull);
  }
  Loading(const Loading&) = delete;
  Loading& operator=(const Loading&) = delete;

 private:
  Loader& loader_;
};

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_LOADER_PARTS_H_

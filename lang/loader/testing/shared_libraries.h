// What the tests of SharedLibraries do with all of them.

#ifndef FART_LANG_LOADER_TESTING_SHARED_LIBRARIES_H_
#define FART_LANG_LOADER_TESTING_SHARED_LIBRARIES_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <new>
#include <string>

#include "lang/compiler/checker.h"
#include "lang/loader/shared_libraries.h"

namespace fart::lang {

inline std::shared_ptr<const SharedLibraries> MustGet(bool checks_types = false) {
  std::string error;
  std::shared_ptr<const SharedLibraries> libraries =
      SharedLibraries::OfProcess(checks_types, &error);
  EXPECT_EQ(error, "");
  return libraries;
}

// With those that come late.
inline std::shared_ptr<const LibrarySet> MustGetAll(const SharedLibraries& libraries) {
  std::string error;
  std::shared_ptr<const LibrarySet> all = libraries.All(&error);
  if (all == nullptr) throw std::bad_alloc();
  return all;
}

// LC-S6. How many classes had members to be read.
inline std::size_t ReadAllMembers(const LibrarySet& set) {
  std::size_t read = 0;
  for (int number = 0; number < static_cast<int>(set.size()); ++number) {
    for (int cls = 0; cls < static_cast<int>(set.library(number).classes.size()); ++cls) {
      read += set.HasMembers({number, cls}) ? 0 : 1;
      static_cast<void>(set.WholeClassOf({number, cls}));
    }
  }
  return read;
}

// Compiles every body there is; closures are compiled with what they are in.
inline void CompileAll(const SharedLibraries& libraries) {
  const std::shared_ptr<const LibrarySet> all = MustGetAll(libraries);
  const LibrarySet& set = *all;
  ReadAllMembers(set);
  for (int number = 0; number < static_cast<int>(set.size()); ++number) {
    for (std::size_t i = 0; i < set.source(number).functions.size(); ++i) {
      const auto mistake = libraries.Compile({number, static_cast<int>(i)});
      if (mistake) throw *mistake;
    }
  }
}

inline bool IsClosure(const CompiledFunction& function) {
  return function.kind == FunctionKind::kClosure;
}

// What the checker says of them.
inline std::string Check(const SharedLibraries& libraries) {
  const std::shared_ptr<const LibrarySet> all = MustGetAll(libraries);
  const LibrarySet& set = *all;
  for (int number = 0; number < static_cast<int>(set.size()); ++number) {
    for (const auto& function : set.library(number).functions) {
      const std::string& name = function->qualified_name;
      // A closure is left over where compiling what it is in failed; nothing refers to it.
      if (!function->has_code() || (!function->is_compiled && IsClosure(*function))) continue;
      if (!function->is_compiled) return name + " has no code";
      if (const std::string found = CheckFunction(*function); !found.empty()) return name + found;
    }
  }
  return "";
}

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_TESTING_SHARED_LIBRARIES_H_

// MissingNames -- which `dart:` library has a name that a program uses without importing it.
//
// Those that are read before any program are asked; of the others, of which a program that does not
// import them knows nothing, the names that programs use most are listed here
// (LoaderTest.TheNamesThatImportsAreProposedForAreThere).
//
// Not here: names that are near another (suggestion.h).

#ifndef FART_LANG_COMPILER_MISSING_NAMES_H_
#define FART_LANG_COMPILER_MISSING_NAMES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "lang/compiler/library_set.h"

namespace fart::lang {

// Names, separated by spaces, and the URI of their library.
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> NamesOfOthers();

// What a name would have to be where it stands.
enum class Wanted : std::uint8_t { kAnything, kType };

// How a sentence ends that says that a name means nothing.
[[nodiscard]] std::string EndOfMissing(const LibrarySet& set, const std::string& name,
                                       Wanted wanted);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_MISSING_NAMES_H_

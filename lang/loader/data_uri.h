// DataUri -- the source that a `data:` URI holds, and what percent signs of any URI stand for.
//
// Invariants
//   LL-U1 whole  a text is what the whole URI says: one that is malformed anywhere has none.
//
// Not here: scripts that Isolate.spawnUri was given (bin/data_script.h), which are plain already.

#ifndef FART_LANG_LOADER_DATA_URI_H_
#define FART_LANG_LOADER_DATA_URI_H_

#include <optional>
#include <string>
#include <string_view>

namespace fart::lang {

bool IsDataUri(std::string_view uri);

// "%20" is a space. Nothing: two hexadecimal digits are missing behind a '%'.
std::optional<std::string> WithoutPercents(std::string_view text);

// Precondition: IsDataUri. Types are application/dart and text/plain, which is meant where none is
// named; charsets are UTF-8 and US-ASCII. Nothing: *error says why.
std::optional<std::string> TextOfDataUri(std::string_view uri, std::string* error);

}  // namespace fart::lang

#endif  // FART_LANG_LOADER_DATA_URI_H_

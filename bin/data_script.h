// DataScript -- a script that has no file: the `data:` URI that Isolate.spawnUri was given holds
// it.
//
// What a host is given is plain already (lang/lib/isolate/spawn.dart): percent-encoded UTF-8.
//
// Not here: types, charsets and base64, which dart:core knows.

#ifndef FART_BIN_DATA_SCRIPT_H_
#define FART_BIN_DATA_SCRIPT_H_

#include <string>
#include <string_view>

namespace fart::program {

bool IsDataUri(std::string_view uri);
// Precondition: IsDataUri. A '%' that no two hexadecimal digits follow stands for itself.
std::string TextOfDataUri(std::string_view uri);

}  // namespace fart::program

#endif  // FART_BIN_DATA_SCRIPT_H_

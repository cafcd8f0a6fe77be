// Extensions -- loads the shared library that `import 'dart-ext:...';` names, and starts it.
//
//   dart-ext:name       lib<name>.so in the importing library's folder, then where the platform
//                       looks for shared libraries
//   dart-ext:/abs/name  /abs/lib<name>.so, and nowhere else
//   anything else       an error
//
// `<name>_Init(library)` is called once for each library that imports it. A shared library stays
// loaded until the process ends: its code may be referred to from anywhere.

#ifndef FART_VM_NATIVE_EXTENSIONS_H_
#define FART_VM_NATIVE_EXTENSIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/native/libraries.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

inline constexpr std::string_view kExtensionScheme = "dart-ext:";
inline bool IsExtensionUri(std::string_view uri) {
  return uri.substr(0, kExtensionScheme.size()) == kExtensionScheme;
}

// Where an extension is looked for.
struct ExtensionPlaces {
  std::string name;                // as in <name>_Init
  std::vector<std::string> paths;  // in this order; one without a slash: the platform's own search
};

// False: `uri` is not one that can be imported, and *error says why. `folder` is the importing
// library's, absolute; empty where it has none.
[[nodiscard]] bool FindExtensionPlaces(std::string_view uri, std::string_view folder,
                                       ExtensionPlaces* places, std::string* error);

// Loads what `uri` names and calls its _Init with `importer`. Success: kTrue. Errors: a bad URI, no
// such library (naming every path tried and what the loader said of each), no _Init, or what _Init
// returned, propagated or threw.
Outcome ImportExtension(ObjectMemory& memory, Library& importer, std::string_view folder,
                        std::string_view uri) FART_MAY_COLLECT;

}  // namespace fart

#endif  // FART_VM_NATIVE_EXTENSIONS_H_

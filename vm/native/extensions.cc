#include "vm/native/extensions.h"

#include <algorithm>

#include "vm/memory/object_memory.h"
#include "vm/native/native_call.h"
#include "vm/platform/dynamic_library.h"
#include "vm/values/errors.h"

namespace fart {

namespace {

std::string Quoted(std::string_view text) { return std::string("'").append(text).append("'"); }

std::string WithSlash(std::string_view folder) {
  std::string path(folder);
  if (!path.empty() && path.back() != '/') path += '/';
  return path;
}

// An extension that has been opened, or everything that was said while trying.
struct Opened {
  DynamicLibrary library;
  std::string complaints;
};

Opened OpenFirst(const ExtensionPlaces& places) {
  Opened opened;
  for (const std::string& path : places.paths) {
    std::string complaint;
    opened.library = DynamicLibrary::Open(path, &complaint);
    if (!opened.library.is_empty()) break;
    opened.complaints += "\n  tried " + Quoted(path) + ": " + complaint;
  }
  return opened;
}

Outcome Initialise(ObjectMemory& memory, const Library& importer,
                   ExtensionInit init) FART_MAY_COLLECT {
  ForeignFrame frame(memory, ForeignKind::kTarget);
  HandleValue library;
  {
    const NoSafepointScope quiet;
    library = memory.handles().locals.CreateHandle(importer.object().Get(quiet));
  }
  if (library.is_empty()) return memory.ReadyErrorOutcome(ErrorText::kNoHandleSpace);
  ForeignHandle returned = nullptr;
  const ForeignOutcome called =
      CallForeign(frame.mark(), returned, init, library.As<_Fart_Handle>());
  const Outcome finished = FinishForeignCall(memory, frame, called, "An extension's _Init");
  if (finished.IsError()) return finished;
  const Outcome result =
      OutcomeOfHandle(memory, HandleValue::FromPointer(returned), "An extension's _Init");
  return result.IsError() ? result : Outcome::Immediate(kTrue);
}

}  // namespace

bool FindExtensionPlaces(std::string_view uri, std::string_view folder, ExtensionPlaces* places,
                         std::string* error) {
  const auto refuse = [&](const char* why) {
    *error = "Cannot import " + Quoted(uri) + ": " + why;
    return false;
  };
  if (!IsExtensionUri(uri)) return refuse("this is not a 'dart-ext:' URI.");
  const std::string_view path = uri.substr(kExtensionScheme.size());
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (name.empty()) return refuse("the name of the extension is missing.");
  if (path.find('\0') != std::string_view::npos) return refuse("its name contains a NUL.");
  const std::string file = DynamicLibrary::FileNameOf(name);
  places->name = name;
  places->paths.clear();
  if (slash == std::string_view::npos) {
    if (!folder.empty()) places->paths.push_back(WithSlash(folder) + file);
    places->paths.push_back(file);
    return true;
  }
  if (path.front() != '/') {
    return refuse("the path after 'dart-ext:' must be a bare name or an absolute path.");
  }
  places->paths.push_back(std::string(path.substr(0, slash + 1)) + file);
  return true;
}

Outcome ImportExtension(ObjectMemory& memory, Library& importer, std::string_view folder,
                        std::string_view uri) {
  ExtensionPlaces places;
  std::string error;
  if (!FindExtensionPlaces(uri, folder, &places, &error)) return NewApiError(memory, error);
  const Opened opened = OpenFirst(places);
  if (opened.library.is_empty()) {
    return NewApiError(memory, "Cannot import " + Quoted(uri) + " into '" + importer.url +
                                   "': no such extension could be loaded:" + opened.complaints);
  }
  std::string path = opened.library.Path();
  if (std::ranges::find(importer.extensions, path) != importer.extensions.end()) {
    return Outcome::Immediate(kTrue);
  }
  const std::string init_name = places.name + "_Init";
  void* const init = opened.library.Find(init_name);
  if (init == nullptr) {
    return NewApiError(memory, "Cannot import " + Quoted(uri) + " into '" + importer.url + "': " +
                                   Quoted(path) + " has no function " + Quoted(init_name) + ".");
  }
  importer.extensions.reserve(importer.extensions.size() + 1);
  const Outcome started = Initialise(memory, importer, reinterpret_cast<ExtensionInit>(init));
  // Its _Init may have imported others into the same library.
  if (!started.IsError()) importer.extensions.push_back(std::move(path));
  return started;
}

}  // namespace fart

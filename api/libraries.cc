// Libraries -- functions and methods are called, libraries are asked.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "api/call_arguments.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/native/libraries.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace fart::api {

Fart_Handle AddArguments(Isolate& isolate, const char* function, int count,
                         const Fart_Handle* arguments, StackRun* words) {
  for (int i = 0; i < count; ++i) {
    const ObjectPtr* const slot = SlotOf(isolate, arguments[i]);
    if (slot == nullptr) {
      const std::string name = IndexedName("arguments", i);
      return NotLive(isolate, function, name.c_str(), arguments[i]);
    }
    const Rooted argument(slot);
    if (!argument.is_null() && !IsInstanceOf(isolate, argument)) {
      if (Holds<IsError>(argument)) return arguments[i];
      return NewErrorHandle(
          isolate, std::string(function) + " expects " + IndexedName("arguments", i) +
                       " to be an Instance handle." + ItIsOfType(TypeNameOf(isolate, argument)));
    }
    words->Add(argument);
  }
  return nullptr;
}

}  // namespace fart::api

Fart_Handle Fart_Invoke(Fart_Handle target, Fart_Handle name, int number_of_arguments,
                        Fart_Handle* arguments) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, receiver, target);
  FART_UNWRAP(isolate, name_string, name);
  FART_NEED_RANGE(isolate, number_of_arguments, std::numeric_limits<int>::max());
  if (number_of_arguments != 0) FART_NEED_POINTER(isolate, arguments);
  if (Holds<IsError>(receiver)) return target;
  FART_NEED_TYPE(isolate, name_string, name, IsString, "String");
  FART_PUSH_CALL(isolate, words, receiver);
  const ProgramSection running(isolate);
  return FinishCall(isolate,
                    isolate.program().Invoke(words[0], TextOf(name_string), words.From(1)));
}
FART_CATCH

Fart_Handle Fart_RootLibrary() FART_READS_OBJECTS FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  const Library* const root = isolate.libraries().root();
  return Wrap(isolate, root == nullptr ? isolate.ConstantObject(Constant::kNull) : root->object());
}
FART_CATCH

Fart_Handle Fart_SetRootLibrary(Fart_Handle library) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, library);
  if (object.is_null()) {
    isolate.libraries().SetRoot(nullptr);
    return library;
  }
  FART_NEED_TYPE(isolate, object, library, IsLibrary, "Library");
  const NoSafepointScope quiet;
  isolate.libraries().SetRoot(&isolate.libraries().Of(object.Get(quiet), quiet));
  return library;
}
FART_CATCH

Fart_Handle Fart_LookupLibrary(Fart_Handle url) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, url_string, url);
  FART_NEED_TYPE(isolate, url_string, url, IsString, "String");
  const std::string text = TextOf(url_string);
  const Library* const library = isolate.libraries().FindByUrl(text);
  if (library != nullptr) return Wrap(isolate, library->object());
  return NewErrorHandle(isolate, std::string(__func__) + ": library '" + text + "' not found.");
}
FART_CATCH

Fart_Handle Fart_GetLoadedLibraries() FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  const std::size_t count = isolate.libraries().All().size();
  const FreshObject list = NewArray(isolate.mutator(), count);
  if (list.is_null()) return ToForeign(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  // A callback that ran meanwhile loads nothing (VE-I3): they are as many as before.
  const std::vector<Library*>& libraries = isolate.libraries().All();
  for (std::size_t i = 0; i < count; ++i) {
    ListSetAt(isolate.mutator(), list.Get(quiet), i, libraries[i]->object().Get(quiet), quiet);
  }
  return WrapObject(isolate, list.Get(quiet), quiet);
}
FART_CATCH

bool Fart_IsLibrary(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsLibrary>(value);
}
FART_CATCH_OR(false)

Fart_Handle Fart_LibraryUrl(Fart_Handle library) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, object, library);
  FART_NEED_TYPE(isolate, object, library, IsLibrary, "Library");
  std::string url;
  {
    const NoSafepointScope quiet;
    url = isolate.libraries().Of(object.Get(quiet), quiet).url;
  }
  return Wrap(isolate, NewStringFromUtf8(isolate.mutator(), url));
}
FART_CATCH

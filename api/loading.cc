// Loading -- a script is loaded; its host finds and reads what it imports, and says what is
// declared for it.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/call_arguments.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "api/uri_reference.h"
#include "vm/native/host_answers.h"
#include "vm/native/libraries.h"
#include "vm/native/native_call.h"
#include "vm/program.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// ---- The host is asked, in a frame of its own (vm/native/native_call.h)

// A local handle of the frame that is open; empty: there is no room.
HandleValue NewHandle(ObjectMemory& memory, Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return memory.handles().locals.CreateHandle(object.Get(quiet));
}
HandleValue NewText(ObjectMemory& memory, std::string_view text) FART_MAY_COLLECT {
  const FreshObject string = NewStringFromUtf8(memory.mutator(), text);
  if (string.is_null()) return HandleValue();
  const NoSafepointScope quiet;
  return memory.handles().locals.CreateHandle(string.Get(quiet));
}

Fart_LibraryTag TagOf(SourceHost::Wish wish) {
  switch (wish) {
    case SourceHost::Wish::kCanonicalUrl:
      return Fart_kCanonicalizeUrl;
    case SourceHost::Wish::kPart:
      return Fart_kSourceTag;
    case SourceHost::Wish::kLibrary:
      return Fart_kImportTag;
  }
  return Fart_kImportTag;
}

class TagHandler final : public SourceHost {
 public:
  explicit TagHandler(Fart_LibraryTagHandler handler) : handler_(handler) {}

  Outcome Ask(ObjectMemory& memory, Wish wish, Rooted library,
              std::string_view url) override FART_MAY_COLLECT {
    static constexpr const char* kWho = "A library tag handler";
    if (!memory.HasNativeStack()) return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
    ForeignFrame frame(memory, ForeignKind::kTarget);
    const HandleValue importer = NewHandle(memory, library);
    const HandleValue text = NewText(memory, url);
    if (importer.is_empty() || text.is_empty()) {
      return memory.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    }
    Fart_Handle answer = nullptr;
    const ForeignOutcome called = CallForeign(frame.mark(), answer, handler_, TagOf(wish),
                                              importer.As<_Fart_Handle>(), text.As<_Fart_Handle>());
    const Outcome finished = FinishForeignCall(memory, frame, called, kWho);
    if (finished.IsError()) return finished;
    return OutcomeOfHandle(memory, HandleValue::FromPointer(answer), kWho);
  }

 private:
  const Fart_LibraryTagHandler handler_;
};

class EnvironmentCallback final : public EnvironmentHost {
 public:
  explicit EnvironmentCallback(Fart_EnvironmentCallback callback) : callback_(callback) {}

  Outcome ValueOf(ObjectMemory& memory, Rooted name) override FART_MAY_COLLECT {
    static constexpr const char* kWho = "An environment callback";
    if (!memory.HasNativeStack()) return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
    ForeignFrame frame(memory, ForeignKind::kTarget);
    const HandleValue text = NewHandle(memory, name);
    if (text.is_empty()) return memory.ReadyErrorOutcome(ErrorText::kNoHandleSpace);
    Fart_Handle answer = nullptr;
    const ForeignOutcome called =
        CallForeign(frame.mark(), answer, callback_, text.As<_Fart_Handle>());
    const Outcome finished = FinishForeignCall(memory, frame, called, kWho);
    if (finished.IsError()) return finished;
    return OutcomeOfHandle(memory, HandleValue::FromPointer(answer), kWho);
  }

 private:
  const Fart_EnvironmentCallback callback_;
};

// What the functions that are given a source make of it.
ScriptSource SourceOf(Rooted url, Rooted path, Rooted source, std::int64_t line,
                      std::int64_t column) FART_READS_OBJECTS {
  return {.url = TextOf(url),
          .path = TextOf(path.is_null() ? url : path),
          .text = TextOf(source),
          .line_offset = line,
          .column_offset = column};
}

// What the program says of it, with the function's name before it.
Fart_Handle WrapNamed(Isolate& isolate, const char* function,
                      const Outcome& outcome) FART_MAY_COLLECT {
  std::string message;
  {
    const NoSafepointScope quiet;
    const ObjectPtr value = outcome.Get(quiet);
    const bool is_ours = outcome.IsError() && ErrorKindOf(value, quiet) == ErrorKind::kApi &&
                         ErrorCauseOf(value, quiet) == ErrorCause::kOther;
    if (!is_ours) return WrapObject(isolate, value, quiet);
    message = ToUtf8(ErrorMessage(value, quiet), quiet);
  }
  return NewErrorHandle(isolate, std::string(function) + ": " + message);
}

}  // namespace

// Declares url_string, path_string and source_string; they are strings, but path_string may be
// null.
#define FART_UNWRAP_SOURCE(isolate, url, resolved_url, source, line_offset, column_offset) \
  FART_UNWRAP(isolate, url##_string, url);                                                 \
  FART_UNWRAP(isolate, path_string, resolved_url);                                         \
  FART_UNWRAP(isolate, source##_string, source);                                           \
  FART_NEED_RANGE(isolate, line_offset, ScriptSource::kMostOffset);                        \
  FART_NEED_RANGE(isolate, column_offset, ScriptSource::kMostOffset);                      \
  FART_NEED_TYPE(isolate, url##_string, url, IsString, "String");                          \
  if (!path_string.is_null()) {                                                            \
    FART_NEED_TYPE(isolate, path_string, resolved_url, IsString, "String");                \
  }                                                                                        \
  FART_NEED_TYPE(isolate, source##_string, source, IsString, "String")

Fart_Handle Fart_LoadScript(Fart_Handle url, Fart_Handle resolved_url, Fart_Handle source,
                            std::intptr_t line_offset,
                            std::intptr_t col_offset) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_SOURCE(isolate, url, resolved_url, source, line_offset, col_offset);
  const Library* const loaded = isolate.libraries().root();
  if (loaded != nullptr) {
    return NewErrorHandle(
        isolate,
        std::string(__func__) + ": A script has already been loaded from '" + loaded->url + "'.");
  }
  return Wrap(isolate, isolate.program().LoadScript(SourceOf(url_string, path_string, source_string,
                                                             line_offset, col_offset)));
}
FART_CATCH

Fart_Handle Fart_SetLibraryTagHandler(Fart_LibraryTagHandler handler) FART_TRY {
  FART_ENTER(isolate);
  isolate.libraries().SetSources(handler == nullptr ? nullptr
                                                    : std::make_shared<TagHandler>(handler));
  return Success();
}
FART_CATCH

Fart_Handle Fart_SetEnvironmentCallback(Fart_EnvironmentCallback callback) FART_TRY {
  FART_ENTER(isolate);
  isolate.libraries().SetEnvironment(
      callback == nullptr ? nullptr : std::make_shared<EnvironmentCallback>(callback));
  return Success();
}
FART_CATCH

Fart_Handle Fart_LoadLibrary(Fart_Handle url, Fart_Handle resolved_url, Fart_Handle source,
                             std::intptr_t line_offset,
                             std::intptr_t column_offset) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP_SOURCE(isolate, url, resolved_url, source, line_offset, column_offset);
  return WrapNamed(isolate, __func__,
                   isolate.program().LoadLibrary(SourceOf(url_string, path_string, source_string,
                                                          line_offset, column_offset)));
}
FART_CATCH

Fart_Handle Fart_LoadSource(Fart_Handle library, Fart_Handle url, Fart_Handle resolved_url,
                            Fart_Handle source, std::intptr_t line_offset,
                            std::intptr_t column_offset) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, owner, library);
  FART_UNWRAP_SOURCE(isolate, url, resolved_url, source, line_offset, column_offset);
  FART_NEED_TYPE(isolate, owner, library, IsLibrary, "Library");
  const Outcome loaded = isolate.program().LoadPart(
      owner, SourceOf(url_string, path_string, source_string, line_offset, column_offset));
  return loaded.IsError() ? WrapNamed(isolate, __func__, loaded) : library;
}
FART_CATCH

Fart_Handle Fart_LibraryImportLibrary(Fart_Handle library, Fart_Handle import,
                                      Fart_Handle prefix) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, importer, library);
  FART_UNWRAP(isolate, imported, import);
  FART_UNWRAP(isolate, prefix_string, prefix);
  FART_NEED_TYPE(isolate, importer, library, IsLibrary, "Library");
  FART_NEED_TYPE(isolate, imported, import, IsLibrary, "Library");
  if (!prefix_string.is_null()) FART_NEED_TYPE(isolate, prefix_string, prefix, IsString, "String");
  const std::string text = prefix_string.is_null() ? "" : TextOf(prefix_string);
  return WrapNamed(isolate, __func__, isolate.program().ImportLibrary(importer, imported, text));
}
FART_CATCH

Fart_Handle Fart_LibraryHandleError(Fart_Handle library,
                                    Fart_Handle error) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, owner, library);
  FART_UNWRAP(isolate, object, error);
  FART_NEED_TYPE(isolate, owner, library, IsLibrary, "Library");
  FART_NEED_TYPE(isolate, object, error, IsError, "Error");
  return isolate.program().FailLoad(owner, object) ? ToForeign(Constant::kNull) : error;
}
FART_CATCH

Fart_Handle Fart_FinalizeLoading(bool complete_futures) FART_TRY {
  static_cast<void>(complete_futures);  // No library is loaded later than the code that imports it.
  FART_ENTER(isolate);
  static_cast<void>(isolate);
  return Success();
}
FART_CATCH

Fart_Handle Fart_GetImportsOfScheme(Fart_Handle scheme) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, scheme_string, scheme);
  FART_NEED_TYPE(isolate, scheme_string, scheme, IsString, "String");
  const std::vector<std::pair<int, int>> imports =
      isolate.program().ImportsOf(TextOf(scheme_string));
  const FreshObject list = NewArray(isolate.mutator(), 2 * imports.size());
  if (list.is_null()) return ToForeign(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  std::size_t next = 0;
  const auto add = [&](int number) {
    // A callback that ran meanwhile loads nothing (VE-I3).
    ListSetAt(isolate.mutator(), list.Get(quiet), next++,
              isolate.libraries().Find(number)->object().Get(quiet), quiet);
  };
  for (const auto& [importer, imported] : imports) {
    add(importer);
    add(imported);
  }
  return WrapObject(isolate, list.Get(quiet), quiet);
}
FART_CATCH

Fart_Handle Fart_DefaultCanonicalizeUrl(Fart_Handle base_url,
                                        Fart_Handle url) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, base_string, base_url);
  FART_UNWRAP(isolate, url_string, url);
  FART_NEED_TYPE(isolate, base_string, base_url, IsString, "String");
  FART_NEED_TYPE(isolate, url_string, url, IsString, "String");
  const std::string base = TextOf(base_string);
  const std::string text = TextOf(url_string);
  const std::optional<std::string> resolved = ResolveUri(base, text);
  if (resolved) return Wrap(isolate, NewStringFromUtf8(isolate.mutator(), *resolved));
  return NewErrorHandle(isolate, std::string(__func__) + ": Unable to canonicalize uri '" + text +
                                     "' in '" + base + "'.");
}
FART_CATCH

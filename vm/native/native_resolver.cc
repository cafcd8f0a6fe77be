#include "vm/native/native_resolver.h"

#include "vm/entry/error_texts.h"
#include "vm/memory/object_memory.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

std::string Describe(std::string_view name, int argument_count) {
  return "'" + std::string(name) + "' (" + std::to_string(argument_count) +
         (argument_count == 1 ? " argument)" : " arguments)");
}

Outcome NotFound(ObjectMemory& memory, const Library& library, std::string_view name,
                 int argument_count, const char* why) FART_MAY_COLLECT {
  return NewError(memory, ErrorKind::kApi, ErrorCause::kNoSuchNative,
                  "Library '" + library.url + "': native function " +
                      Describe(name, argument_count) + " cannot be found: " + why);
}

// The name as a local handle of the frame around the resolver's call; empty if there is no room.
HandleValue NewNameHandle(ObjectMemory& memory, std::string_view name) FART_MAY_COLLECT {
  const FreshObject string = NewStringFromUtf8(memory.mutator(), name);
  if (string.is_null()) return HandleValue();
  const NoSafepointScope quiet;
  return memory.handles().locals.CreateHandle(string.Get(quiet));
}

}  // namespace

Outcome ResolveNative(ObjectMemory& memory, const Library& library, std::string_view name,
                      int argument_count, NativeTarget* target) {
  if (library.resolver == nullptr) {
    return NotFound(memory, library, name, argument_count, "the library has no native resolver.");
  }
  NativeFunction function = nullptr;
  bool wants_scope = true;
  {
    ForeignFrame frame(memory, ForeignKind::kTarget);
    const HandleValue handle = NewNameHandle(memory, name);
    if (handle.is_empty()) return memory.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    const ForeignOutcome called =
        CallForeign(frame.mark(), function, library.resolver, handle.As<_Fart_Handle>(),
                    argument_count, &wants_scope);
    const Outcome finished = FinishForeignCall(memory, frame, called, "A native resolver");
    if (finished.IsError()) return finished;
  }
  if (function == nullptr) {
    return NotFound(memory, library, name, argument_count,
                    "the library's native resolver does not know it.");
  }
  *target = {.function = function, .wants_scope = wants_scope};
  return Outcome::Immediate(kTrue);
}

std::string NativeSymbolOf(const ObjectMemory& memory, const Library& library,
                           NativeFunction function) {
  if (library.symbolizer == nullptr) return {};
  ForeignMark mark(ForeignKind::kBarrier, memory.AsOwner());
  const std::uint8_t* symbol = nullptr;
  if (CallForeign(mark, symbol, library.symbolizer, function) != ForeignOutcome::kReturned ||
      symbol == nullptr) {
    return {};
  }
  return reinterpret_cast<const char*>(symbol);
}

}  // namespace fart

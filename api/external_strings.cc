// External strings -- made over memory of the host, made of others, asked whose they are.

#include "vm/values/external_strings.h"

#include <cstddef>
#include <cstdint>
#include <span>

#include "api/external_room.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "handles/weak_handles.h"
#include "heap/base/units.h"
#include "vm/values/strings.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

bool IsAlignedTo(const void* memory, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(memory) % alignment == 0;
}

// All or nothing: a string that gets no handle does not keep the host's memory.
Fart_Handle WrapLent(Isolate& isolate, const Outcome& string) FART_MAY_COLLECT {
  Fart_Handle handle;
  {
    const NoSafepointScope quiet;
    handle = WrapObject(isolate, string.Get(quiet), quiet);
    if (string.IsError()) return handle;
    if (handle == ToForeign(ErrorText::kNoHandleSpace)) {
      TakeBack(isolate, string.Get(quiet), quiet);
      return handle;
    }
  }
  isolate.mutator().PollExternalSize();
  return handle;
}

std::size_t ByteLengthOf(Rooted string) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return StringByteLength(string.Get(quiet));
}

std::size_t UnitSizeOf(Rooted string) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return IsLatin1String(string.Get(quiet)) ? sizeof(std::uint8_t) : sizeof(char16_t);
}

}  // namespace

bool Fart_IsExternalString(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsExternalString>(value);
}
FART_CATCH_OR(false)

Fart_Handle Fart_NewExternalLatin1String(const std::uint8_t* latin1_array, std::intptr_t length,
                                         void* peer,
                                         Fart_PeerFinalizer cback) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  if (length != 0) FART_NEED_POINTER(isolate, latin1_array);
  FART_NEED_RANGE(isolate, length, kMaxStringLength);
  const std::span<const std::uint8_t> units(latin1_array, static_cast<std::size_t>(length));
  return WrapLent(isolate, NewExternalString(isolate, units, {peer, cback}));
}
FART_CATCH

Fart_Handle Fart_NewExternalUTF16String(const std::uint16_t* utf16_array, std::intptr_t length,
                                        void* peer,
                                        Fart_PeerFinalizer cback) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  if (length != 0) FART_NEED_POINTER(isolate, utf16_array);
  FART_NEED_RANGE(isolate, length, kMaxStringLength);
  if (!IsAlignedTo(utf16_array, sizeof(char16_t))) {
    return NewErrorHandle(isolate, Expects(__func__, "utf16_array", "aligned to 2 bytes"));
  }
  const std::span<const char16_t> units(reinterpret_cast<const char16_t*>(utf16_array),
                                        static_cast<std::size_t>(length));
  return WrapLent(isolate, NewExternalString(isolate, units, {peer, cback}));
}
FART_CATCH

Fart_Handle Fart_MakeExternalString(Fart_Handle str, void* array,
                                    std::intptr_t external_allocation_size, void* peer,
                                    Fart_PeerFinalizer cback) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, array);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  if (Holds<IsExternalString>(string)) return Wrap(isolate, string);
  const std::size_t bytes = ByteLengthOf(string);
  const std::uint64_t max = ExternalRoom(isolate.heap());
  if (!IsInRange(external_allocation_size, max) ||
      static_cast<std::size_t>(external_allocation_size) < bytes) {
    return NewErrorHandle(isolate, Expects(__func__, "external_allocation_size",
                                           "in the range [" + std::to_string(bytes) + ".." +
                                               std::to_string(max) + "]") +
                                       ItIs(external_allocation_size));
  }
  if (!IsAlignedTo(array, UnitSizeOf(string))) {
    return NewErrorHandle(isolate, Expects(__func__, "array", "aligned to 2 bytes"));
  }
  if (bytes == 0) {
    const std::span<const std::uint8_t> none(static_cast<const std::uint8_t*>(array), 0);
    return WrapLent(isolate, NewExternalString(isolate, none, {peer, cback}));
  }
  // First, because there is no way back to a string in the heap.
  const Fart_Handle handle = Wrap(isolate, string);
  if (handle == ToForeign(ErrorText::kNoHandleSpace)) return handle;
  {
    const NoSafepointScope quiet;
    const ByteCount charge(static_cast<std::size_t>(external_allocation_size));
    if (!MakeExternal(isolate, string.Get(quiet), array, charge, {peer, cback}, quiet)) {
      return ToForeign(ErrorText::kOffHeapMemory);
    }
  }
  isolate.mutator().PollExternalSize();
  return handle;
}
FART_CATCH

Fart_Handle Fart_StringGetProperties(Fart_Handle str, std::intptr_t* char_size,
                                     std::intptr_t* str_len,
                                     void** peer) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, string, str);
  FART_NEED_POINTER(isolate, char_size);
  FART_NEED_POINTER(isolate, str_len);
  FART_NEED_POINTER(isolate, peer);
  FART_NEED_TYPE(isolate, string, str, IsString, "String");
  const NoSafepointScope quiet;
  const ObjectPtr object = string.Get(quiet);
  *char_size = IsLatin1String(object) ? sizeof(std::uint8_t) : sizeof(char16_t);
  *str_len = static_cast<std::intptr_t>(StringLength(object));
  *peer = PeerOfString(isolate.handles(), object, quiet);
  return Success();
}
FART_CATCH

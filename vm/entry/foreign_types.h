// Foreign types -- the opaque types and function types that cross the border to native code.
//
// They are the public header's, under the same tags, so that a function is always called with its
// own type; this package sees no more of them than that.

#ifndef FART_VM_ENTRY_FOREIGN_TYPES_H_
#define FART_VM_ENTRY_FOREIGN_TYPES_H_

#include <cstddef>
#include <cstdint>

extern "C" {
struct _Fart_Handle;                // NOLINT: the public header's tag
struct _Fart_Isolate;               // NOLINT
struct _Fart_WeakPersistentHandle;  // NOLINT
struct _Fart_NativeArguments;       // NOLINT
}

namespace fart {

using ForeignHandle = ::_Fart_Handle*;
using ForeignIsolate = ::_Fart_Isolate*;
using ForeignWeakHandle = ::_Fart_WeakPersistentHandle*;
using ForeignNativeArguments = ::_Fart_NativeArguments*;

extern "C" {
using NativeFunction = void (*)(ForeignNativeArguments arguments);
using NativeResolver = NativeFunction (*)(ForeignHandle name, int argument_count,
                                          bool* auto_setup_scope);
using NativeSymbolizer = const std::uint8_t* (*)(NativeFunction function);
using ExtensionInit = ForeignHandle (*)(ForeignHandle library);
// kWeak: the first; kFinalizable: the second; kExternal: the third.
using WeakFinalizer = void (*)(void* isolate_callback_data, ForeignWeakHandle handle, void* peer);
using HandleFinalizer = void (*)(void* isolate_callback_data, void* peer);
using PeerFinalizer = void (*)(void* peer);
using GcCallback = void (*)();
using NearHeapLimitCallback = std::size_t (*)(void* callback_data, std::size_t heap_limit);
using MisuseCallback = void (*)(const char* message, void* callback_data);
}

}  // namespace fart

#endif  // FART_VM_ENTRY_FOREIGN_TYPES_H_

// NativeStackText -- which functions of others are on this thread's stack, for reports.
//
// Functions of the VM's own file (the program, or the library that it is in) are none of those:
// what is between two of its own is what C it called, and what that called to come back.
//
// Limit: of a program that was linked with the VM statically, nothing is told apart from it.
//
// Not here: the stack of the VM's program (lang/interpreter).

#ifndef FART_VM_PLATFORM_NATIVE_STACK_H_
#define FART_VM_PLATFORM_NATIVE_STACK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace fart {

// A line for each, "in C: name (file)", innermost first, at most `most`, of the frames that lie
// within the one that `outermost` is an object in; null: of all.
std::string NativeStackText(const void* outermost, std::size_t most);

// Puts the addresses of the calls on this thread's stack at `frames`, innermost first; answers how
// many, at most `most`. Looks no names up. Left out is what was called by the outermost of
// `entries` that is near, functions of the VM, and that one itself: so it is also where the VM is
// linked statically, and its functions are told from others by nothing else.
std::size_t TakeNativeFrames(std::span<const void* const> entries, std::uintptr_t* frames,
                             std::size_t most);

// The same, where what is left out is what was called from the address `entry`, and the function
// that it is in.
std::size_t TakeNativeFramesBehind(const void* entry, std::uintptr_t* frames, std::size_t most);

// What is known of such an address: "name (file+0x1234)". `*is_own`: whether it is in the VM's
// file, and that is a library.
std::string NativeFrameText(std::uintptr_t frame, bool* is_own);

}  // namespace fart

#endif  // FART_VM_PLATFORM_NATIVE_STACK_H_

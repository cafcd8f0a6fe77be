// NativeStackText -- which functions of others are on this thread's stack, for reports.
//
// Functions of the VM's own file (the program, or the library that it is in) are none of those:
// what is between two of its own is what C it called, and what that called to come back.
//
// Limit: of a program that was linked with the VM statically, nothing is told apart from it.
//
// Not here: the addresses of the calls on a stack (stack_memo.h); the stack of the VM's program
// (lang/interpreter).

#ifndef FART_VM_PLATFORM_NATIVE_STACK_H_
#define FART_VM_PLATFORM_NATIVE_STACK_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart {

// A line for each, "in C: name (file)", innermost first, at most `most`, of the frames that lie
// within the one that `outermost` is an object in; null: of all.
std::string NativeStackText(const void* outermost, std::size_t most);

// What is known of the address of a call: "name (file+0x1234)". `*is_own`: whether it is in the
// VM's file, and that is a library.
std::string NativeFrameText(std::uintptr_t frame, bool* is_own);

}  // namespace fart

#endif  // FART_VM_PLATFORM_NATIVE_STACK_H_

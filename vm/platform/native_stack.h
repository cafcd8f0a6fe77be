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
#include <string>

namespace fart {

// A line for each, "in C: name (file)", innermost first, at most `most`, of the frames that lie
// within the one that `outermost` is an object in.
std::string NativeStackText(const void* outermost, std::size_t most);

}  // namespace fart

#endif  // FART_VM_PLATFORM_NATIVE_STACK_H_

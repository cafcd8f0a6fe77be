import 'dart:ffi' as ffi;

// 1. Create a typedef with the FFI type signature of the C function.
typedef hello_world_func = ffi.Void Function();

// 2. Create a typedef for the variable to use when calling the C function.
typedef HelloWorld = void Function();

// 3. Open the dynamic library that contains the C function.
final dylib = ffi.DynamicLibrary.open('libhello.so');

// 4. Get a reference to the C function, and put it into a variable.
final HelloWorld hello = dylib
    .lookup<ffi.NativeFunction<hello_world_func>>('hello_world')
    .asFunction();

void main() {
// 5. Call the C function.
hello();
}

// For sample_test.sh: whether there is such a library.
import 'dart:ffi';

void main(List<String> arguments) {
  DynamicLibrary.open(arguments[0]);
}

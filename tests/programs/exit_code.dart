// What the program ends with, if it comes to its end well.
import 'dart:io';

main(arguments) {
  print(exitCode);
  exitCode = 258;
  print(exitCode);
  if (arguments.isNotEmpty) throw "not well";
}

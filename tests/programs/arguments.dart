main(arguments) {
  print(arguments.length);
  for (var i = 0; i < arguments.length; i = i + 1) print(arguments[i]);
}

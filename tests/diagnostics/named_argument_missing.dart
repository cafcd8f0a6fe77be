greet(name, {greeting: "Hello"}) => "$greeting, $name";

main() {
  print(greet("Ann", greting: "Hi"));
}

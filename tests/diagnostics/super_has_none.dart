class Animal {
  speak() => "...";
}

class Dog extends Animal {
  speak() => super.speek() + "Woof";
}

main() {
  print(new Dog().speak());
}

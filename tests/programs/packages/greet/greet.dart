library greet;

greet(name) => "hello, $name";

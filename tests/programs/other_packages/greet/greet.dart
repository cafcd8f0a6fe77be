library greet;

greet(name) => "good evening, $name";

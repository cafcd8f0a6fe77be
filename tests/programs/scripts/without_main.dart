// No script: it has no main.
var begun = print("begun");

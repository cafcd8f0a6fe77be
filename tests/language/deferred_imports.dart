// Libraries that are imported with `deferred` are used once they have been loaded, and not before.
import 'lib_deferred.dart' deferred as later;

tried(f()) {
  try {
    return f();
  } on NoSuchMethodError catch (error) {
    return "$error";
  }
}

argument() {
  print("never asked for");
  return 1;
}

main() {
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => later.hello()));
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => later.count));
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => later.count = argument()));
  // expect: Deferred library 'later' was not loaded.
  print(tried(() {
    later.count++;
  }));
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => new later.Greeting()));
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => later.Greeting.word));
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => later.Greeting.of("x")));
  var loading = later.loadLibrary();
  // expect: Deferred library 'later' was not loaded.
  print(tried(() => later.hello()));
  loading.then((_) {
    // expect: hello 5 7
    print("${later.hello()} ${later.count++} ${++later.count}");
    // expect: good day, hi, x
    print("${new later.Greeting().text}, ${later.Greeting.word}, ${later.Greeting.of("x").text}");
    var local = later.hello;
    // expect: hello
    print(local());
    return later.loadLibrary();
  }).then((_) => print("loaded twice"));
  // expect: loaded twice
}

// What programs do in a folder of their own, whose path is shown as R.
String root;

show(f) {
  try {
    print("${f()}".replaceAll(root, "R"));
  } catch (error) {
    print("<$error>".replaceAll(root, "R"));
  }
}

later(f) async {
  try {
    print("${await f()}".replaceAll(root, "R"));
  } catch (error) {
    print("<$error>".replaceAll(root, "R"));
  }
}

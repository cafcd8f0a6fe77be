// One of several that conditional_imports.dart may choose.
which() => "b";

// Extensions can be imported, and nothing else.
export 'dart-ext:nowhere';

main() {}
// expect-compile-error: exported_extension.dart:2:8: Error: Extensions can only be imported.

// The extension declares another one.
import 'dart-ext:native_wrapper';

class Number extends Wraper {}

main() {}

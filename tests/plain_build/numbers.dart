library stdlib_numbers; import 'dart-ext:stdlib_numbers'; int parseNumber(String text) native "ParseNumber"; bool fitsIntoByte(number) native "FitsIntoByte";

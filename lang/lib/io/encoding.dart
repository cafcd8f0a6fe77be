// The encoding that the system's texts have.
part of dart.io;

const SystemEncoding SYSTEM_ENCODING = const SystemEncoding();
const SystemEncoding systemEncoding = SYSTEM_ENCODING;

// UTF-8; bytes that are none become U+FFFD.
class SystemEncoding extends Encoding {
  const SystemEncoding();
  String get name => "system";
  List<int> encode(String input) => UTF8.encode(input);
  String decode(List<int> encoded) => UTF8.decode(encoded, allowMalformed: true);
  Converter<String, List<int>> get encoder => UTF8.encoder;
  Converter<List<int>, String> get decoder => const Utf8Decoder(allowMalformed: true);
}

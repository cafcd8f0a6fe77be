// JSON: the codec, and what cannot be encoded.
part of dart.convert;

const JsonCodec JSON = const JsonCodec();
const JsonCodec json = JSON;

String jsonEncode(Object object, {Object toEncodable(Object nonEncodable)}) {
  return JSON.encode(object, toEncodable: toEncodable);
}

jsonDecode(String source, {reviver(key, value)}) => JSON.decode(source, reviver: reviver);

class JsonCodec extends Codec<Object, String> {
  final Function _reviver;
  final Function _toEncodable;

  // `reviver` is given each key and value, the innermost first, and says what the value shall be;
  // `toEncodable`, what cannot be encoded, and says what shall be instead.
  const JsonCodec({reviver(key, value), toEncodable(object)})
      : _reviver = reviver,
        _toEncodable = toEncodable;

  JsonCodec.withReviver(reviver(key, value)) : this(reviver: reviver);

  decode(String source, {reviver(key, value)}) {
    return new JsonDecoder(reviver == null ? _reviver : reviver).convert(source);
  }

  String encode(Object value, {toEncodable(object)}) {
    return new JsonEncoder(toEncodable == null ? _toEncodable : toEncodable).convert(value);
  }

  JsonEncoder get encoder => _toEncodable == null ? const JsonEncoder() : new JsonEncoder(_toEncodable);
  JsonDecoder get decoder => _reviver == null ? const JsonDecoder(null) : new JsonDecoder(_reviver);
}

class JsonUnsupportedObjectError extends Error {
  final Object unsupportedObject;
  final Object cause; // What was thrown; null: nothing.
  final String partialResult; // What had been written; null: nobody knows.
  JsonUnsupportedObjectError(this.unsupportedObject, {this.cause, this.partialResult});

  String toString() {
    var object = Error.safeToString(unsupportedObject);
    if (cause != null) return "Converting object to an encodable object failed: $object";
    return "Converting object did not return an encodable object: $object";
  }
}

class JsonCyclicError extends JsonUnsupportedObjectError {
  JsonCyclicError(Object object) : super(object);
  String toString() => "Cyclic error in JSON stringify";
}

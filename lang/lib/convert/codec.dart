// Codecs and converters, and how they are put one behind the other.
part of dart.convert;

abstract class Codec<S, T> {
  const Codec();
  Converter<S, T> get encoder;
  Converter<T, S> get decoder;
  T encode(S input) => encoder.convert(input);
  S decode(T encoded) => decoder.convert(encoded);
  // First this one, then `other`.
  Codec<S, dynamic> fuse(Codec<T, dynamic> other) => new _FusedCodec(this, other);
  Codec<T, S> get inverted => new _InvertedCodec<T, S>(this);
}

class _FusedCodec<S, M, T> extends Codec<S, T> {
  final Codec<S, M> _first;
  final Codec<M, T> _second;
  _FusedCodec(this._first, this._second);
  Converter<S, T> get encoder => _first.encoder.fuse(_second.encoder);
  Converter<T, S> get decoder => _second.decoder.fuse(_first.decoder);
}

class _InvertedCodec<T, S> extends Codec<T, S> {
  final Codec<S, T> _codec;
  _InvertedCodec(this._codec);
  Converter<T, S> get encoder => _codec.decoder;
  Converter<S, T> get decoder => _codec.encoder;
  Codec<S, T> get inverted => _codec;
}

// Of text to bytes.
abstract class Encoding extends Codec<String, List<int>> {
  const Encoding();
  String get name;

  Future<String> decodeStream(Stream<List<int>> byteStream) {
    return byteStream
        .transform(decoder)
        .fold(new StringBuffer(), (buffer, text) => buffer..write(text))
        .then((buffer) => buffer.toString());
  }

  // By one of its registered names; null: there is none.
  static Encoding getByName(String name) => name == null ? null : _byName[name.toLowerCase()];

  static final Map<String, Encoding> _byName = <String, Encoding>{
    "iso_8859-1:1987": LATIN1,
    "iso-ir-100": LATIN1,
    "iso_8859-1": LATIN1,
    "iso-8859-1": LATIN1,
    "latin1": LATIN1,
    "l1": LATIN1,
    "ibm819": LATIN1,
    "cp819": LATIN1,
    "csisolatin1": LATIN1,
    "iso-ir-6": ASCII,
    "ansi_x3.4-1968": ASCII,
    "ansi_x3.4-1986": ASCII,
    "iso_646.irv:1991": ASCII,
    "iso646-us": ASCII,
    "us-ascii": ASCII,
    "us": ASCII,
    "ibm367": ASCII,
    "cp367": ASCII,
    "csascii": ASCII,
    "ascii": ASCII,
    "csutf8": UTF8,
    "utf-8": UTF8
  };
}

abstract class Converter<S, T> implements StreamTransformer<S, T> {
  const Converter();
  static Converter castFrom(Converter source) => source;

  T convert(S input);
  Converter<S, dynamic> fuse(Converter<T, dynamic> other) => new _FusedConverter(this, other);

  // Where pieces of the input go; the pieces of the output go to `sink`.
  Sink<S> startChunkedConversion(Sink<T> sink) {
    throw new UnsupportedError("This converter does not support chunked conversions: $this");
  }

  Stream<T> bind(Stream<S> source) {
    return new Stream<T>.eventTransformed(
        source, (sink) => new _ConverterSink<S, T>(this, sink));
  }

  Converter<RS, RT> cast<RS, RT>() => this;
  Converter<RS, RT> retype<RS, RT>() => this;
}

abstract class ChunkedConverter<S, T, S2, T2> extends Converter<S, T> {
  const ChunkedConverter();
  ChunkedConversionSink<S2> startChunkedConversion(Sink<T2> sink);
}

class _FusedConverter<S, M, T> extends Converter<S, T> {
  final Converter<S, M> _first;
  final Converter<M, T> _second;
  _FusedConverter(this._first, this._second);
  T convert(S input) => _second.convert(_first.convert(input));
  Sink<S> startChunkedConversion(Sink<T> sink) {
    return _first.startChunkedConversion(_second.startChunkedConversion(sink));
  }
}

// Of a stream that goes through a converter.
class _ConverterSink<S, T> implements EventSink<S> {
  final EventSink<T> _sink;
  final Sink<S> _chunks;

  // A converter, or something else that can begin to convert what comes in parts.
  _ConverterSink(converter, EventSink<T> sink)
      : _sink = sink,
        _chunks = converter.startChunkedConversion(sink);

  void add(S event) {
    _chunks.add(event);
  }

  void addError(Object error, [StackTrace stackTrace]) {
    _sink.addError(error, stackTrace);
  }

  void close() {
    _chunks.close();
  }
}

abstract class ChunkedConversionSink<T> implements Sink<T> {
  ChunkedConversionSink();
  // Calls `callback` with all pieces when it is closed.
  factory ChunkedConversionSink.withCallback(void callback(List<T> accumulated)) {
    return new _CollectingSink<T>(callback);
  }
  void add(T chunk);
  void close();
}

class _CollectingSink<T> extends ChunkedConversionSink<T> {
  final Function _callback;
  final List<T> _pieces = <T>[];
  _CollectingSink(this._callback);
  void add(T chunk) {
    _pieces.add(chunk);
  }
  void close() {
    _callback(_pieces);
  }
}

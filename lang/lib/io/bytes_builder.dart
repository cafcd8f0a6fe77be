// BytesBuilder: bytes that come in pieces, put together.
part of dart.io;

abstract class BytesBuilder {
  // Without `copy` a Uint8List that is added is kept as it is until the bytes are put together.
  factory BytesBuilder({bool copy: true}) => new _BytesBuilder(copy != false);

  // What does not fit into a byte is cut off.
  void add(List<int> bytes);
  void addByte(int byte);
  // All that came; `takeBytes` begins anew after that.
  List<int> takeBytes();
  List<int> toBytes();
  int get length;
  bool get isEmpty;
  bool get isNotEmpty;
  void clear();
}

class _BytesBuilder implements BytesBuilder {
  final bool _copies;
  List<Uint8List> _pieces = [];
  List<int> _single = []; // Bytes that came one by one after the last piece.
  int _length = 0;

  _BytesBuilder(this._copies);

  int get length => _length + _single.length;
  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  void add(List<int> bytes) {
    _closeSingle();
    _keep(bytes is Uint8List && !_copies ? bytes : new Uint8List.fromList(bytes));
  }

  void addByte(int byte) {
    _single.add(byte & 0xff);
  }

  void _closeSingle() {
    if (_single.isEmpty) return;
    var piece = new Uint8List.fromList(_single);
    _single = [];
    _keep(piece);
  }

  void _keep(Uint8List piece) {
    _pieces.add(piece);
    _length += piece.length;
  }

  List<int> toBytes() {
    _closeSingle();
    var result = new Uint8List(_length);
    var at = 0;
    for (var piece in _pieces) {
      result.setRange(at, at + piece.length, piece);
      at += piece.length;
    }
    return result;
  }

  List<int> takeBytes() {
    var result = toBytes();
    clear();
    return result;
  }

  void clear() {
    _pieces = [];
    _single = [];
    _length = 0;
  }
}

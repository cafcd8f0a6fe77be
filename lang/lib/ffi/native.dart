part of dart.ffi;

// Says of an external function which C function it is. That is looked for when it is called the
// first time: in the library that `assetId` names, and in the process.
class Native<T> {
  final String symbol;
  final String assetId;
  final bool isLeaf;

  const Native({this.symbol, this.assetId, this.isLeaf: false});

  // Where the C function lies that such a function stands for.
  static Pointer<T> addressOf<T>(native) => _addressOfNative<T>(native);
}

// Of a library: the `assetId` of those that name none.
class DefaultAsset {
  final String id;

  const DefaultAsset(this.id);
}

Pointer<T> _addressOfNative<T>(native) native "Native_addressOf";

// BytesBuilder: bytes in pieces, copied or not.
import 'dart:io';
import 'dart:typed_data';

main() {
  var builder = new BytesBuilder();
  print("${builder.length} ${builder.isEmpty} ${builder.toBytes()}"); // expect: 0 true []
  var piece = [1, 2, 300];
  builder..add(piece)..addByte(4)..addByte(-1);
  piece[0] = 9;
  print("${builder.length} ${builder.isNotEmpty} ${builder.toBytes()} ${builder.toBytes() is Uint8List}"); // expect: 5 true [1, 2, 44, 4, 255] true
  builder.addByte(7);
  builder.add(new Uint8List(2));
  print(builder.takeBytes()); // expect: [1, 2, 44, 4, 255, 7, 0, 0]
  print("${builder.length} ${builder.takeBytes()}"); // expect: 0 []
  builder..addByte(1)..clear();
  print(builder.isEmpty); // expect: true

  var bytes = new Uint8List.fromList([5, 6]);
  var copying = new BytesBuilder()..add(bytes);
  var keeping = new BytesBuilder(copy: false)..add(bytes);
  bytes[0] = 8;
  print("${copying.takeBytes()} ${keeping.takeBytes()}"); // expect: [5, 6] [8, 6]
}

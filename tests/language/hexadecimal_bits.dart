// Who imports dart:ffi spells 64 bits with hexadecimal literals, as C does.
import "dart:ffi";

main() {
  print(0xffffffffffffffff);  // expect: -1
  print(0x8000000000000000);  // expect: -9223372036854775808
  print(0x10000000000000000);  // expect: 18446744073709551616
  print(int.parse("0xffffffffffffffff"));  // expect: 18446744073709551615
  print(nullptr.address);  // expect: 0
}

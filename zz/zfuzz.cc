#include <cstddef>
#include <cstdint>
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 3 && data[0] == 'F' && data[1] == 'U' && data[2] == 'Z') __builtin_trap();
  return 0;
}

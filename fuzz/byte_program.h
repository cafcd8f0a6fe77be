// ByteProgram -- reads a fuzzer's bytes as numbers; past the end it reads zeros.

#ifndef FART_FUZZ_BYTE_PROGRAM_H_
#define FART_FUZZ_BYTE_PROGRAM_H_

#include <cstddef>
#include <cstdint>

namespace fart::fuzz {

class ByteProgram {
 public:
  ByteProgram(const std::uint8_t* bytes, std::size_t size) : next_(bytes), end_(bytes + size) {}

  bool AtEnd() const { return next_ == end_; }
  std::uint8_t Byte() { return AtEnd() ? std::uint8_t{0} : *next_++; }
  // Below `bound`, which is 1 or more; two bytes are read if one cannot say it.
  std::size_t Below(std::size_t bound) {
    std::size_t value = Byte();
    if (bound > 256) value = value * 256 + Byte();
    return value % bound;
  }
  std::uint64_t Word() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | Byte();
    return value;
  }
  // For what must stop although bytes are left.
  void Stop() { next_ = end_; }

 private:
  const std::uint8_t* next_;
  const std::uint8_t* end_;
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_BYTE_PROGRAM_H_

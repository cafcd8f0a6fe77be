// DecodeCObject, CObjectArena -- from a message to a structure that a native port's handler reads.
//
// Structures, strings and the pointers between them lie in an arena that goes when the handler has
// returned. Bytes of typed data stay where they are: in the message, or in the foreign memory that
// travels with it. So the structure lives no longer than either.
//
// Not here: the other way (cobject_encoder.h).

#ifndef FART_API_COBJECT_COBJECT_DECODER_H_
#define FART_API_COBJECT_COBJECT_DECODER_H_

#include <cstddef>
#include <string>

#include "api/include/dart_api.h"
#include "vm/message/message.h"

namespace fart::api {

// Memory that is freed all at once.
class CObjectArena {
 public:
  CObjectArena() = default;
  ~CObjectArena();
  CObjectArena(const CObjectArena&) = delete;
  CObjectArena& operator=(const CObjectArena&) = delete;

  // Aligned to 16. Null: memory is used up.
  void* Allocate(std::size_t size);

 private:
  struct Chunk {
    Chunk* next;
    std::size_t size;  // bytes, of the whole block
  };
  static constexpr std::size_t kChunkSize = std::size_t{16} << 10;

  Chunk* chunks_ = nullptr;
  std::size_t top_ = 0;
  std::size_t limit_ = 0;
};

// On any thread. Any bytes are safe. Null: *error says that they are malformed, or that memory is
// used up.
[[nodiscard]] Fart_CObject* DecodeCObject(const Message& message, CObjectArena& arena,
                                          std::string* error);

}  // namespace fart::api

#endif  // FART_API_COBJECT_COBJECT_DECODER_H_

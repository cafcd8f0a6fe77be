// HandlerMemory -- the memory of a native port's handler while it handles one message: the message
// as a structure, and what the handler takes by Fart_ScopeAllocate.
//
// All of it ends with the object. A thread finds the one of the handler that it runs, innermost
// first.
//
// Not here: the memory of scopes in an isolate (handles/scope_arena.h), a reserved area, which
// would be too dear for every thread of the pool.

#ifndef FART_API_HANDLER_MEMORY_H_
#define FART_API_HANDLER_MEMORY_H_

#include <cstddef>

#include "api/cobject/cobject_decoder.h"

namespace fart::api {

class HandlerMemory {
 public:
  HandlerMemory();
  ~HandlerMemory();
  HandlerMemory(const HandlerMemory&) = delete;
  HandlerMemory& operator=(const HandlerMemory&) = delete;

  // Null: this thread runs no handler.
  static HandlerMemory* Current();

  CObjectArena& arena() { return arena_; }

 private:
  HandlerMemory* const previous_;
  CObjectArena arena_;
};

}  // namespace fart::api

#endif  // FART_API_HANDLER_MEMORY_H_

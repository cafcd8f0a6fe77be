#include "api/handler_memory.h"

#include <utility>

namespace fart::api {

namespace {
constinit thread_local HandlerMemory* current = nullptr;
}  // namespace

HandlerMemory::HandlerMemory() : previous_(std::exchange(current, this)) {}

HandlerMemory::~HandlerMemory() { current = previous_; }

HandlerMemory* HandlerMemory::Current() { return current; }

}  // namespace fart::api

#include "vm/port/reply_scope.h"

#include <new>

#include "vm/port/ports.h"

namespace fart {

namespace {
constinit thread_local ReplyScope* innermost = nullptr;
constexpr std::string_view kNoMemoryForText =
    "The message could not be handled: no memory is left.";
}  // namespace

ReplyScope::ReplyScope(PortId reply_port) : previous_(innermost), reply_port_(reply_port) {
  innermost = this;
}

ReplyScope::~ReplyScope() {
  innermost = previous_;
  if (!has_failed_) return;
  static_cast<void>(PostError(reply_port_, failure_.empty() ? kNoMemoryForText : failure_));
}

void ReplyScope::Fail(std::string_view why) {
  has_failed_ = true;
  try {
    failure_ = why;
  } catch (const std::bad_alloc&) {
    failure_.clear();
  }
}

ReplyScope* ReplyScope::Find(PortId reply_port) {
  if (reply_port == kNoPort) return nullptr;
  ReplyScope* scope = innermost;
  while (scope != nullptr && scope->reply_port_ != reply_port) scope = scope->previous_;
  return scope;
}

void ReplyScope::NotePosted(PortId port) {
  if (ReplyScope* const scope = Find(port)) scope->has_failed_ = false;
}

void ReplyScope::NoteNotEncoded(PortId port, std::string_view why) {
  if (ReplyScope* const scope = Find(port)) scope->Fail(why);
}

}  // namespace fart

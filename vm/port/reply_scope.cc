#include "vm/port/reply_scope.h"

#include "vm/port/ports.h"

namespace fart {

namespace {
constinit thread_local ReplyScope* innermost = nullptr;
}  // namespace

ReplyScope::ReplyScope(PortId reply_port) : previous_(innermost), reply_port_(reply_port) {
  innermost = this;
}

ReplyScope::~ReplyScope() {
  innermost = previous_;
  if (!failure_.empty()) PostError(reply_port_, failure_);
}

ReplyScope* ReplyScope::Find(PortId reply_port) {
  if (reply_port == kNoPort) return nullptr;
  ReplyScope* scope = innermost;
  while (scope != nullptr && scope->reply_port_ != reply_port) scope = scope->previous_;
  return scope;
}

void ReplyScope::NotePosted(PortId port) {
  if (ReplyScope* const scope = Find(port)) scope->failure_.clear();
}

void ReplyScope::NoteNotEncoded(PortId port, std::string_view why) {
  if (ReplyScope* const scope = Find(port)) scope->failure_ = why;
}

}  // namespace fart

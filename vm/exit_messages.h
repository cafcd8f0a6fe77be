// ExitMessages -- what an isolate sends when it has ended, to whoever asked to be told.
//
// Encoded when they are asked for, so that the end needs no memory and runs no code. Any thread may
// ask: an isolate that is busy hears of it no later for that.

#ifndef FART_VM_EXIT_MESSAGES_H_
#define FART_VM_EXIT_MESSAGES_H_

#include <mutex>
#include <utility>
#include <vector>

#include "vm/message/message.h"
#include "vm/port/ports.h"
#include "vm/values/send_port.h"

namespace fart {

class ExitMessages {
 public:
  // In place of another one to the same port, which is what `message` is afterwards: ended with no
  // lock held (VP-Q2). Throws std::bad_alloc.
  void Set(PortId port, Message& message) {
    const std::lock_guard<std::mutex> guard(lock_);
    for (auto& [known, old] : messages_) {
      if (known == port) return std::swap(old, message);
    }
    messages_.emplace_back(port, std::move(message));
  }

  // What it would have been sent; an empty one: nothing.
  Message Remove(PortId port) {
    Message removed;
    const std::lock_guard<std::mutex> guard(lock_);
    for (auto place = messages_.begin(); place != messages_.end(); ++place) {
      if (place->first != port) continue;
      removed = std::move(place->second);
      messages_.erase(place);
      break;
    }
    return removed;
  }

  // Once, when nobody can ask any more. A port that has been closed meanwhile hears nothing.
  void PostAll() {
    for (auto& [port, message] : messages_) static_cast<void>(Ports::Post(port, message));
    messages_.clear();
  }

 private:
  std::mutex lock_;
  std::vector<std::pair<PortId, Message>> messages_;
};

}  // namespace fart

#endif  // FART_VM_EXIT_MESSAGES_H_

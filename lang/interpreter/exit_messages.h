// ExitMessages -- what an isolate sends when it has ended, to whoever asked to be told.
//
// Encoded when they are asked for, so that the end needs no memory and runs no code.

#ifndef FART_LANG_INTERPRETER_EXIT_MESSAGES_H_
#define FART_LANG_INTERPRETER_EXIT_MESSAGES_H_

#include <utility>
#include <vector>

#include "vm/message/message.h"
#include "vm/port/port_ids.h"
#include "vm/port/ports.h"

namespace fart::lang {

class ExitMessages {
 public:
  ExitMessages() = default;
  ~ExitMessages() {
    // A port that has been closed meanwhile hears nothing.
    for (auto& [port, message] : messages_) static_cast<void>(Ports::Post(port, message));
  }
  ExitMessages(const ExitMessages&) = delete;
  ExitMessages& operator=(const ExitMessages&) = delete;

  // In place of another one to the same port. Throws std::bad_alloc.
  void Set(PortId port, Message message) {
    for (auto& [known, old] : messages_) {
      if (known != port) continue;
      old = std::move(message);
      return;
    }
    messages_.emplace_back(port, std::move(message));
  }
  void Remove(PortId port) {
    std::erase_if(messages_, [port](const auto& each) { return each.first == port; });
  }

 private:
  std::vector<std::pair<PortId, Message>> messages_;
};

}  // namespace fart::lang

#endif  // FART_LANG_INTERPRETER_EXIT_MESSAGES_H_

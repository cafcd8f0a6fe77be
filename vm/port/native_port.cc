#include "vm/port/native_port.h"

#include <optional>
#include <utility>

#include "heap/base/check.h"

namespace fart {

using Guard = std::lock_guard<std::mutex>;

NativePort::NativePort(ThreadPool& pool, std::size_t max_concurrency,
                       std::unique_ptr<NativeMessageHandler> handler)
    : PortReceiver(PortKind::kNative),
      pool_(pool),
      max_concurrency_(max_concurrency),
      handler_(std::move(handler)) {
  FART_CHECK(max_concurrency != 0);
}

PortId NativePort::Open(ThreadPool& pool, std::size_t max_concurrency,
                        std::unique_ptr<NativeMessageHandler> handler) {
  return Ports::Open(std::make_shared<NativePort>(pool, max_concurrency, std::move(handler)));
}

// The task is submitted under the lock: so that when there is no thread to be had, the message is
// still the last one and nobody has relied on its task.
bool NativePort::Accept(PortId port, Message& message) {
  const Guard guard(lock_);
  if (is_closed_) return false;
  if (running_ < max_concurrency_) {  // H2
    const bool is_submitted = pool_.Submit(shared_from_this());
    if (!is_submitted && running_ == 0) return false;
    if (is_submitted) ++running_;
  }
  queue_.push_back({.port = port, .message = std::move(message)});
  return true;
}

void NativePort::PortClosed(PortId) {
  const Guard guard(lock_);
  is_closed_ = true;
}

void NativePort::Run() {
  for (int handled = 0;; ++handled) {
    if (handled == kMessagesPerTurn) {
      if (YieldTurn()) return;
      handled = 0;
    }
    std::optional<Delivery> delivery = TakeOrEnd();
    if (!delivery.has_value()) return;
    handler_->Handle(std::move(*delivery));  // H3
  }
}

// True: another task takes over from this one. A pool that is being shut down has none.
bool NativePort::YieldTurn() { return pool_.Submit(shared_from_this()); }

// Nothing: the task has ended.
std::optional<Delivery> NativePort::TakeOrEnd() {
  const Guard guard(lock_);
  if (queue_.empty()) {
    --running_;
    return std::nullopt;
  }
  std::optional<Delivery> first = std::move(queue_.front());
  queue_.pop_front();
  return first;
}

}  // namespace fart

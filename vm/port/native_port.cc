#include "vm/port/native_port.h"

#include <new>
#include <optional>
#include <utility>

#include "heap/base/check.h"

namespace fart {

using Guard = std::lock_guard<std::mutex>;

namespace {

// Around a call of a handler: which port's this thread is in.
struct HandlingScope {
  explicit HandlingScope(PortId handled) : port(handled), outer(innermost) { innermost = this; }
  ~HandlingScope() { innermost = outer; }
  HandlingScope(const HandlingScope&) = delete;
  HandlingScope& operator=(const HandlingScope&) = delete;

  const PortId port;
  const HandlingScope* const outer;
  static constinit thread_local const HandlingScope* innermost;
};
constinit thread_local const HandlingScope* HandlingScope::innermost = nullptr;

}  // namespace

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
  if (running_ < max_concurrency_) {  // VP-H2
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
  std::uint32_t forks = 0;
  {
    const Guard guard(lock_);
    forks = forks_;
  }
  for (int handled = 0;; ++handled) {
    if (handled == kMessagesPerTurn) {
      if (YieldTurn()) return;
      handled = 0;
    }
    std::optional<Delivery> delivery = TakeOrEnd(forks);
    if (!delivery.has_value()) return;
    const HandlingScope handling(delivery->port);
    handler_->Handle(std::move(*delivery));  // VP-H3
  }
}

// True: another task takes over from this one. A pool that is being shut down has none.
bool NativePort::YieldTurn() { return pool_.Submit(shared_from_this()); }

// Nothing: the task has ended. In the child of a handler that forked, it is not counted any more.
std::optional<Delivery> NativePort::TakeOrEnd(std::uint32_t forks) {
  const Guard guard(lock_);
  if (forks != forks_) return std::nullopt;
  if (queue_.empty()) {
    --running_;
    if (running_ == 0 && is_closed_) ended_.notify_all();
    return std::nullopt;
  }
  std::optional<Delivery> first = std::move(queue_.front());
  queue_.pop_front();
  return first;
}

// ---- The end

bool NativePort::CloseAndWait(PortId port) {
  const std::shared_ptr<PortReceiver> receiver = Ports::Close(port, PortKind::kNative);
  if (receiver == nullptr) return false;
  static_cast<NativePort&>(*receiver).WaitUntilEnded();
  return true;
}

void NativePort::WaitUntilEnded() {
  std::unique_lock<std::mutex> guard(lock_);
  ended_.wait(guard, [this] { return running_ == 0; });
}

bool NativePort::IsHandling(PortId port) {
  for (const HandlingScope* scope = HandlingScope::innermost; scope != nullptr;
       scope = scope->outer) {
    if (scope->port == port) return true;
  }
  return false;
}

void NativePort::AfterForkInChild() {
  ++forks_;
  running_ = 0;
  static_cast<void>(new std::deque<Delivery>(std::move(queue_)));
  queue_.clear();
  new (&ended_) std::condition_variable;
  lock_.unlock();
}

}  // namespace fart

#include "vm/port/ports.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/base/check.h"
#include "vm/port/port_ids.h"

namespace fart {

namespace {

using Receivers = std::unordered_map<PortId, std::shared_ptr<PortReceiver>>;

struct Table {
  std::mutex lock;
  PortIds ids = PortIds::WithSecretKey();
  Receivers receivers;
  bool holds_native_ports = false;
  std::vector<std::shared_ptr<PortReceiver>> held_for_fork;

  bool Holds(const PortReceiver& receiver) const {
    return holds_native_ports && receiver.kind() == PortKind::kNative;
  }
};

// Never destroyed: threads may still post while the process ends.
Table& TheTable() {
  static auto* const table = new Table;
  return *table;
}

}  // namespace

PortId Ports::Open(std::shared_ptr<PortReceiver> receiver) {
  FART_DCHECK(receiver != nullptr);
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  if (table.Holds(*receiver)) return kNoPort;
  const PortId port = table.ids.Next();
  table.receivers.emplace(port, std::move(receiver));
  return port;
}

std::shared_ptr<PortReceiver> Ports::Close(PortId port, PortKind kind) {
  Receivers::node_type closed;  // Outlives the lock: it may be the receiver's last owner.
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto place = table.receivers.find(port);
    if (place == table.receivers.end() || place->second->kind() != kind) return nullptr;
    closed = table.receivers.extract(place);
  }
  closed.mapped()->PortClosed(port);
  return std::move(closed.mapped());
}

bool Ports::Post(PortId port, Message& message) {
  std::shared_ptr<PortReceiver> receiver;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    const auto place = table.receivers.find(port);
    if (place == table.receivers.end() || table.Holds(*place->second)) return false;
    receiver = place->second;
  }
  return receiver->Accept(port, message);  // VP-P3
}

PortId TakePortId() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.ids.Next();
}

std::size_t Ports::Count() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  return table.receivers.size();
}

void Ports::HoldNativePorts() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  table.holds_native_ports = true;
}

void Ports::RefuseNativePorts() {
  std::vector<PortId> native;
  {
    Table& table = TheTable();
    const std::lock_guard<std::mutex> guard(table.lock);
    table.holds_native_ports = true;
    for (const auto& [port, receiver] : table.receivers) {
      if (receiver->kind() == PortKind::kNative) native.push_back(port);
    }
  }
  for (const PortId port : native) Close(port, PortKind::kNative);
}

void Ports::AllowNativePorts() {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  table.holds_native_ports = false;
}

// ---- fork

// First the table, then what is behind it: nobody who holds a receiver's lock asks the table.
void Ports::BeforeFork() {
  Table& table = TheTable();
  table.lock.lock();
  for (const auto& [port, receiver] : table.receivers) table.held_for_fork.push_back(receiver);
  std::vector<std::shared_ptr<PortReceiver>>& held = table.held_for_fork;
  std::sort(held.begin(), held.end());
  held.erase(std::unique(held.begin(), held.end()), held.end());
  for (const auto& receiver : held) receiver->BeforeFork();
}

void Ports::AfterForkInParent() {
  Table& table = TheTable();
  for (const auto& receiver : table.held_for_fork) receiver->AfterForkInParent();
  // Ends unlocked: it may be the last owner.
  const std::vector<std::shared_ptr<PortReceiver>> held = std::exchange(table.held_for_fork, {});
  table.lock.unlock();
}

void Ports::AfterForkInChild() {
  Table& table = TheTable();
  for (const auto& receiver : table.held_for_fork) receiver->AfterForkInChild();
  const std::vector<std::shared_ptr<PortReceiver>> held = std::exchange(table.held_for_fork, {});
  table.lock.unlock();
}

void Ports::Forget(const PortReceiver* receiver) {
  Table& table = TheTable();
  const std::lock_guard<std::mutex> guard(table.lock);
  for (auto& [port, behind] : table.receivers) {
    // Not released: that would end what belongs to threads that are gone.
    if (behind.get() == receiver) static_cast<void>(new std::shared_ptr<PortReceiver>(behind));
  }
  std::erase_if(table.receivers,
                [receiver](const auto& entry) { return entry.second.get() == receiver; });
}

void PostError(PortId reply_port, std::string_view why) {
  if (reply_port == kNoPort) return;
  Message error;
  if (!EncodeTextMessage(why, &error)) return;  // No memory outside the heap is left.
  error.set_is_error(true);
  static_cast<void>(Ports::Post(reply_port, error));  // Closed meanwhile: nobody waits any more.
}

void DropUnhandled(Message message, std::string_view why) {
  // An error that is dropped is not answered with another.
  if (!message.is_error()) PostError(message.reply_port(), why);
}

}  // namespace fart

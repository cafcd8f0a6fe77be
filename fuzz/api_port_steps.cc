// Steps: ports and messages.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kMaxNativePorts = 6;

// ---- Handlers, which run on threads of the VM: they do what the message says, and no steps.

// An int from here on asks a handler to say that it has come so far.
constexpr std::int64_t kFirstToken = std::int64_t{1} << 60;
std::atomic<std::int64_t> next_token{kFirstToken};
std::array<std::atomic<std::int64_t>, 64> tokens_seen;

// Reads what a message leads to, down to some depth: it may be cyclic.
std::size_t Read(const Fart_CObject* object, int depth) {
  std::size_t sum = object->type;
  switch (object->type) {
    case Fart_CObject_kString:
      return sum + std::strlen(object->value.as_string);
    case Fart_CObject_kTypedData:
      for (std::intptr_t i = 0; i < object->value.as_typed_data.length; ++i) {
        sum += object->value.as_typed_data.values[i];
      }
      return sum;
    case Fart_CObject_kBigint:
      return sum + Read(object->value.as_bigint.digits, 0);
    case Fart_CObject_kArray:
      for (std::intptr_t i = 0; depth > 0 && i < object->value.as_array.length; ++i) {
        sum += Read(object->value.as_array.values[i], depth - 1);
      }
      return sum;
    default:
      return sum;
  }
}

void OnMessage(Fart_Port dest, Fart_Port reply, Fart_CObject* message) {
  if (message->type == Fart_CObject_kInt64 && message->value.as_int64 >= kFirstToken) {
    const std::int64_t token = message->value.as_int64;
    tokens_seen[static_cast<std::size_t>(token) % tokens_seen.size()] = token;
    return;
  }
  std::uint8_t* const memory = Fart_ScopeAllocate(64);
  if (memory != nullptr) std::memset(memory, static_cast<int>(Read(message, 4) & 0xFF), 64);
  const bool is_list = message->type == Fart_CObject_kArray;
  if (is_list && message->value.as_array.length == 2) Fart_CloseNativePort(dest);
  if (is_list && message->value.as_array.length == 3) throw 3;  // recorded; who waits hears of it
  if (message->type == Fart_CObject_kInt32) Fart_NewList(message->value.as_int32);  // no isolate
  if (reply != ILLEGAL_PORT) Fart_PostCObject(reply, message);
}

void OnMessageConcurrently(Fart_Port dest, Fart_CObject* message) {
  OnMessage(dest, ILLEGAL_PORT, message);
}

// ---- Opening and closing

void NewNativePort(ApiWorld& world) {
  if (world.open_native_ports.size() >= kMaxNativePorts) return;
  const std::string name = world.Text();
  const char* const place = world.Place(name.c_str());
  const bool without = world.OneIn(16);
  const std::size_t how = world.Below(4);
  Fart_Port port = ILLEGAL_PORT;
  const Fart_NativeMessageHandler handler = without ? nullptr : OnMessage;
  const Fart_ConcurrentMessageHandler concurrent = without ? nullptr : OnMessageConcurrently;
  if (how < 2) {
    port = FUZZ_CALL(Fart_NewNativePort, place, handler, how == 1);
  } else {
    const std::intptr_t max = world.LengthIn(3);
    port = FUZZ_CALL(Fart_NewConcurrentNativePort, place, concurrent, max);
    world.Expect(port == ILLEGAL_PORT || max >= 1, "handlers are called one at a time at least");
  }
  world.Expect(!without || port == ILLEGAL_PORT, "a native port has a handler");
  if (port == ILLEGAL_PORT) return;
  world.ports.Add(port);
  world.open_native_ports.push_back(port);
}

void CloseNativePort(ApiWorld& world) {
  const Fart_Port port = world.AnyPort();
  const bool waits = world.OneIn(4);
  const bool was_open =
      waits ? FUZZ_CALL(Fart_CloseNativePortAndWait, port) : FUZZ_CALL(Fart_CloseNativePort, port);
  world.Expect(!Fart_CloseNativePort(port), "a port is closed once");
  const std::size_t erased = std::erase(world.open_native_ports, port);
  world.Expect(!was_open || erased == 1, "only a native port is closed");
}

void SendPorts(ApiWorld& world) {
  const Fart_Port port = world.AnyPort();
  const std::size_t nested = world.nested;
  const Fart_Handle made = FUZZ_CALL(Fart_NewSendPort, port);
  Fart_Port read = ILLEGAL_PORT;
  if (world.IsUndisturbed(made, nested) && world.WentWell(Fart_SendPortGetId(made, &read))) {
    world.Expect(read == port, "a SendPort's number reads back");
  }
  world.Keep(made, Kind::kSendPort);
  const Fart_Handle other = world.Of(Kind::kSendPort);
  Fart_Port* const place = world.Place(&read);
  if (world.WentWell(FUZZ_CALL(Fart_SendPortGetId, other, place), {place})) world.ports.Add(read);
}

void MainPort(ApiWorld& world) {
  const Fart_Port port = FUZZ_CALL(Fart_GetMainPortId);
  if (port != ILLEGAL_PORT) world.ports.Add(port);
  FUZZ_CALL(Fart_HasLivePorts);
}

// ---- Posting

// A graph of values, right and wrong ones; shared and cyclic.
class Graph {
 public:
  explicit Graph(ApiWorld& world) : world_(world) {
    const std::size_t used = 1 + world.Below(kNodes);
    for (std::size_t i = 0; i < used; ++i) Fill(nodes_[i], edges_[i].data(), used);
  }
  Fart_CObject* root() { return nodes_.data(); }
  // What has become of what was lent with it.
  void Settle(bool was_posted) {
    if (was_posted) Reach(&nodes_[0]);
    for (std::size_t i = 0; i < kNodes; ++i) {
      if (loans_[i] == nullptr) continue;
      const bool was_taken = was_posted && reached_[i];
      loans_[i]->Settle(was_taken);
      if (was_taken && nodes_[i].type == Fart_CObject_kNativePointer) {
        loans_[i]->state = Loan::State::kGivenAway;
      }
    }
  }

 private:
  static constexpr std::size_t kNodes = 8;
  static constexpr std::size_t kBytes = 64;

  // Marks what a graph that was posted leads to: all of it is right.
  void Reach(const Fart_CObject* node) {
    const auto index = static_cast<std::size_t>(node - nodes_.data());
    if (reached_[index]) return;
    reached_[index] = true;
    if (node->type != Fart_CObject_kArray) return;
    for (std::intptr_t i = 0; i < node->value.as_array.length; ++i) {
      Reach(node->value.as_array.values[i]);
    }
  }
  Fart_CObject* Node(std::size_t used) {
    const std::size_t choice = world_.Below(32);
    return choice == 31 ? nullptr : &nodes_[choice % used];
  }
  void Fill(Fart_CObject& node, Fart_CObject** edges, std::size_t used) {
    node.type = static_cast<Fart_CObject_Type>(world_.Below(16));  // 13 and above are refused
    auto& value = node.value;
    const auto index = static_cast<std::size_t>(&node - nodes_.data());
    switch (node.type) {
      case Fart_CObject_kBool:
        value.as_bool = world_.OneIn(2);
        break;
      case Fart_CObject_kInt32:
        value.as_int32 = static_cast<std::int32_t>(world_.Number());
        break;
      case Fart_CObject_kDouble:
        value.as_double = static_cast<double>(world_.Number()) / 3;
        break;
      case Fart_CObject_kString:
        texts_[index] = world_.Text();
        value.as_string = world_.Place(texts_[index].data());
        break;
      case Fart_CObject_kBigint:
        value.as_bigint.neg = world_.OneIn(2);
        value.as_bigint.used = world_.LengthIn(kBytes / 4);
        value.as_bigint.digits = Node(used);
        break;
      case Fart_CObject_kArray:
        value.as_array.length = world_.LengthIn(kNodes);
        value.as_array.values = world_.Place(edges);
        for (std::size_t i = 0; i < kNodes; ++i) edges[i] = Node(used);
        break;
      case Fart_CObject_kTypedData:
        value.as_typed_data.type = static_cast<Fart_TypedData_Type>(world_.Below(16));
        value.as_typed_data.length = world_.LengthIn(kBytes);
        value.as_typed_data.values = world_.Place(bytes_.data());
        break;
      case Fart_CObject_kExternalTypedData: {
        Loan* const loan = world_.ledger.Offer("external typed data in a message", kBytes);
        loans_[index] = loan;
        value.as_external_typed_data.type = static_cast<Fart_TypedData_Type>(world_.Below(16));
        value.as_external_typed_data.length = world_.LengthIn(kBytes);
        value.as_external_typed_data.data = world_.Place(loan->memory.get());
        value.as_external_typed_data.peer = loan;
        value.as_external_typed_data.callback = ApiWorld::OnPostedLoan;
        break;
      }
      case Fart_CObject_kNativePointer: {
        Loan* const loan = world_.ledger.Offer("a native pointer in a message", 8);
        loans_[index] = loan;
        value.as_native_pointer.ptr = reinterpret_cast<std::intptr_t>(loan);
        value.as_native_pointer.size = world_.Length();
        value.as_native_pointer.callback = [](void*, void* peer) {
          static_cast<Loan*>(peer)->Return();
        };
        break;
      }
      default:  // kInt64, kSendPort, kCapability and what has no value
        value.as_send_port.id = world_.OneIn(2) ? world_.Number() & ~kFirstToken : world_.AnyPort();
        value.as_send_port.origin_id = world_.Number();
        break;
    }
  }

  ApiWorld& world_;
  std::array<Fart_CObject, kNodes> nodes_{};
  std::array<std::array<Fart_CObject*, kNodes>, kNodes> edges_{};
  std::array<std::string, kNodes> texts_;
  std::array<std::uint8_t, kBytes> bytes_{};
  std::array<Loan*, kNodes> loans_{};
  std::array<bool, kNodes> reached_{};
};

void PostCObject(ApiWorld& world) {
  const Fart_Port port = world.AnyPort();
  Graph graph(world);
  Fart_CObject* const place = world.Place(graph.root());
  const bool was_posted = FUZZ_CALL(Fart_PostCObject, port, place);
  world.Expect(place != nullptr || !was_posted, "nothing is not posted");
  graph.Settle(was_posted);
  DrainNativePorts(world);
}

void Post(ApiWorld& world) {
  const Fart_Port port = world.AnyPort();
  const Fart_Handle object = world.Any();
  FUZZ_CALL(Fart_Post, port, object);
  DrainNativePorts(world);
}

void PostInteger(ApiWorld& world) {
  const Fart_Port port = world.AnyPort();
  const std::int64_t value = world.Number();
  FUZZ_CALL(Fart_PostInteger, port, value & ~kFirstToken);
  DrainNativePorts(world);
}

// ---- Handling

// Comes on the VM's threads too, where nothing of the program may run.
void OnNotify(Fart_Isolate) {
  if (std::this_thread::get_id() == ApiWorld::current->thread) ApiWorld::current->RunNested();
}

void NotifyCallback(ApiWorld& world) {
  const bool none = world.OneIn(2);
  const std::uint64_t misuses = Fart_MisuseCount();
  FUZZ_CALL(Fart_SetMessageNotifyCallback, none ? nullptr : OnNotify);
  const Fart_MessageNotifyCallback found = FUZZ_CALL(Fart_GetMessageNotifyCallback);
  if (Fart_MisuseCount() == misuses) {
    world.Expect(found == (none ? nullptr : OnNotify), "a notify callback reads back");
  }
}

void HandleMessage(ApiWorld& world) {
  world.Keep(FUZZ_CALL(Fart_HandleMessage), Kind::kError);
  DrainNativePorts(world);
}
void HandleMessages(ApiWorld& world) {
  world.Keep(FUZZ_CALL(Fart_HandleMessages), Kind::kError);
  DrainNativePorts(world);
}
void HandleSomeMessages(ApiWorld& world) {
  const auto most = static_cast<std::intptr_t>(world.Below(4)) - 1;
  std::intptr_t handled = 0;
  world.Keep(FUZZ_CALL(Fart_HandleMessagesUpTo, most, 1000, &handled), Kind::kError);
  world.Expect(handled <= std::max<std::intptr_t>(most, 0), "no more messages than said");
  DrainNativePorts(world);
}

}  // namespace

// Where a port is live that nothing closes the loop would wait for ever. One that its first message
// closes may be opened for it, and no other meanwhile.
void RunLoop(ApiWorld& world) {
  const bool may_open_ports = std::exchange(world.may_open_ports, false);
  const bool waits = Fart_HasLivePorts();
  if (waits) Fart_Invoke(Fart_RootLibrary(), world.TextHandle("closeAll"), 0, nullptr);
  if (!Fart_HasLivePorts()) {
    const Fart_Handle port =
        Fart_Invoke(Fart_RootLibrary(), world.TextHandle("openOnce"), 0, nullptr);
    Fart_Port number = ILLEGAL_PORT;
    const bool is_sent = world.WentWell(port) &&
                         world.WentWell(Fart_SendPortGetId(port, &number)) &&
                         Fart_PostInteger(number, 1);
    // What was interrupted, or found no room, may have opened a port that nothing will close.
    if (is_sent || !Fart_HasLivePorts()) world.Keep(FUZZ_CALL(Fart_RunLoop), Kind::kError);
  } else if (Fart_GetMessageNotifyCallback() != nullptr) {
    world.Keep(FUZZ_CALL(Fart_RunLoop), Kind::kError);
  }
  world.may_open_ports = may_open_ports;
  DrainNativePorts(world);
}

void DrainNativePorts(ApiWorld& world) {
  const std::vector<Fart_Port> ports = world.open_native_ports;
  for (const Fart_Port port : ports) {
    const std::int64_t token = next_token++;
    if (!Fart_PostInteger(port, token)) {
      std::erase(world.open_native_ports, port);  // A handler has closed it.
      continue;
    }
    auto& seen = tokens_seen[static_cast<std::size_t>(token) % tokens_seen.size()];
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (seen != token) {
      std::this_thread::yield();
      if (std::chrono::steady_clock::now() < deadline) continue;
      return world.Fail("a message that was accepted is handled");
    }
  }
}

std::span<const ApiStep> PortSteps() {
  static constexpr ApiStep kSteps[] = {
      NewNativePort,  NewNativePort,      CloseNativePort, SendPorts,      MainPort,
      PostCObject,    PostCObject,        PostCObject,     Post,           Post,
      NotifyCallback, HandleMessage,      HandleMessage,   HandleMessages, RunLoop,
      PostInteger,    HandleSomeMessages,
  };
  return kSteps;
}

}  // namespace fart::fuzz

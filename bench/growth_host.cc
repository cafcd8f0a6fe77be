#include <cstdint>
#include <string>
#include <vector>

#include "bench/growth.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::bench {
namespace {

using Order = std::size_t (*)(std::size_t index, std::size_t count);
std::size_t FirstToLast(std::size_t index, std::size_t) { return index; }
std::size_t LastToFirst(std::size_t index, std::size_t count) { return count - 1 - index; }
std::size_t Mixed(std::size_t index, std::size_t count) { return index * 7919 % count; }

// What a host holds on to, one for each element of a list.
struct Kind {
  void* (*make)(Fart_Handle object);
  void (*drop)(void* held, Fart_Handle object);
};
constexpr Kind kPersistent = {
    [](Fart_Handle object) -> void* { return Fart_NewPersistentHandle(object); },
    [](void* held, Fart_Handle) {
      Fart_DeletePersistentHandle(static_cast<Fart_PersistentHandle>(held));
    }};
constexpr Kind kWeak = {[](Fart_Handle object) -> void* {
                          return Fart_NewWeakPersistentHandle(
                              object, nullptr, 0, [](void*, Fart_WeakPersistentHandle, void*) {});
                        },
                        [](void* held, Fart_Handle) {
                          Fart_DeleteWeakPersistentHandle(
                              Fart_CurrentIsolate(), static_cast<Fart_WeakPersistentHandle>(held));
                        }};
constexpr Kind kFinalizable = {
    [](Fart_Handle object) -> void* {
      return Fart_NewFinalizableHandle(object, nullptr, 0, [](void*, void*) {});
    },
    [](void* held, Fart_Handle object) {
      Fart_DeleteFinalizableHandle(static_cast<Fart_FinalizableHandle>(held), object);
    }};
constexpr Kind kPeer = {[](Fart_Handle object) -> void* {
                          static int peer;
                          Checked(Fart_SetPeer(object, &peer));
                          return nullptr;
                        },
                        [](void*, Fart_Handle object) { Checked(Fart_SetPeer(object, nullptr)); }};
constexpr Kind kAcquired = {
    [](Fart_Handle object) -> void* {
      Fart_TypedData_Type type;
      void* data = nullptr;
      intptr_t length = 0;
      Checked(Fart_TypedDataAcquireData(object, &type, &data, &length));
      return data;
    },
    [](void*, Fart_Handle object) { Checked(Fart_TypedDataReleaseData(object)); }};

void HoldAndDrop(const Kind& kind, Order order, std::size_t count) {
  std::vector<void*> held(count);
  const Fart_Handle list = Checked(Fart_NewList(static_cast<intptr_t>(count)));
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    const Fart_Handle object = Checked(Fart_NewTypedData(Fart_TypedData_kUint8, 16));
    Checked(Fart_ListSetAt(list, static_cast<intptr_t>(i), object));
    held[i] = kind.make(object);
    Fart_ExitScope();
  }
  Checked(Fart_Collect(Fart_Collection_kMajor));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = order(i, count);
    Fart_EnterScope();
    kind.drop(held[at], Checked(Fart_ListGetAt(list, static_cast<intptr_t>(at))));
    Fart_ExitScope();
  }
}

void Names(std::size_t count) {
  const Fart_Handle library = Checked(Fart_RootLibrary());
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    const std::string name = "name_that_is_new_" + std::to_string(i);
    Fart_Invoke(library, Text(name.c_str()), 0, nullptr);
    Fart_GetClass(library, Text(name.c_str()));
    Fart_ExitScope();
  }
}

void Reloads(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    Checked(Fart_SetRootLibrary(Fart_Null()));
    const std::string number = std::to_string(i);
    const std::string source =
        "class P" + number + " { var a; sum() => a; }\nmain() => new P" + number + "().sum();\n";
    const std::string url = "s" + number + ".dart";
    Checked(Fart_LoadScript(Text(url.c_str()), Text(url.c_str()), Text(source.c_str()), 0, 0));
    Checked(Fart_Invoke(Checked(Fart_RootLibrary()), Text("main"), 0, nullptr));
    Fart_ExitScope();
  }
}

// A program of as many functions, with or without line ends.
void Load(std::size_t count, const char* between) {
  Checked(Fart_SetRootLibrary(Fart_Null()));
  std::string source;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    source += "var v" + number + " = " + number + "; f" + number + "(x) => v" + number + " + x;";
    source += between;
  }
  Checked(Fart_LoadScript(Text("l.dart"), Text("l.dart"), Text(source.c_str()), 0, 0));
}
void LoadLines(std::size_t count) { Load(count, "\n"); }
void LoadOneLine(std::size_t count) { Load(count, " "); }

void ForgottenScope(std::size_t count) {
  Fart_EnterScope();
  for (std::size_t i = 0; i < count; ++i) Fart_NewDouble(0.5);
  Fart_ExitScope();
}

// As many, all dying in one collection.
void WeakDying(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    kWeak.make(Checked(Fart_NewTypedData(Fart_TypedData_kUint8, 16)));
    Fart_ExitScope();
  }
  Checked(Fart_Collect(Fart_Collection_kMajor));
}

void ExternalStrings(std::size_t count) {
  static const std::uint8_t kText[] = {'a', 'b', 'c'};
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    Checked(Fart_NewExternalLatin1String(kText, sizeof kText, nullptr, [](void*) {}));
    Fart_ExitScope();
  }
}

void ErrorsMade(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    Fart_GetError(Fart_NewApiError(("error " + std::to_string(i)).c_str()));
    Fart_ExitScope();
  }
}

void NestedScopes(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Fart_EnterScope();
    Fart_NewDouble(0.5);
  }
  Checked(Fart_Collect(Fart_Collection_kMinor));
  for (std::size_t i = 0; i < count; ++i) Fart_ExitScope();
}

// Bytes of 1 KiB, all waiting, then handled.
void MessagesOfBytes(std::size_t count) {
  static std::uint8_t bytes[1024];
  Fart_CObject message{};
  message.type = Fart_CObject_kTypedData;
  message.value.as_typed_data.type = Fart_TypedData_kUint8;
  message.value.as_typed_data.length = sizeof bytes;
  message.value.as_typed_data.values = bytes;
  const Fart_Port port = Fart_GetMainPortId();
  for (std::size_t i = 0; i < count; ++i) {
    if (!Fart_PostCObject(port, &message)) Fail("a message was refused");
  }
  Checked(Fart_HandleMessages());
}

void NativePorts(std::size_t count) {
  std::vector<Fart_Port> ports(count);
  for (Fart_Port& port : ports) {
    port = Fart_NewNativePort(
        "growth", [](Fart_Port, Fart_Port, Fart_CObject*) {}, false);
    if (!Fart_PostInteger(port, 1)) Fail("a message was refused");
  }
  for (const Fart_Port port : ports) Fart_CloseNativePort(port);
}

// Outside of the isolate that measures, and in it again afterwards.
template <typename Body>
void WithOthers(Body&& body) {
  const Fart_Isolate self = Fart_CurrentIsolate();
  Fart_ExitIsolate();
  body();
  Fart_EnterIsolate(self);
}

Fart_Isolate HeapIsolate() {
  char* error = nullptr;
  const Fart_Isolate made = Fart_CreateHeapIsolate(nullptr, &error);
  if (made == nullptr) Fail(error);
  return made;
}

void IsolatesInTurn(std::size_t count) {
  WithOthers([count] {
    for (std::size_t i = 0; i < count; ++i) {
      HeapIsolate();
      Fart_ShutdownIsolate();
    }
  });
}

void IsolatesTogether(std::size_t count) {
  WithOthers([count] {
    std::vector<Fart_Isolate> isolates(count);
    for (Fart_Isolate& isolate : isolates) {
      isolate = HeapIsolate();
      Fart_ExitIsolate();
    }
    for (const Fart_Isolate isolate : isolates) {
      Fart_EnterIsolate(isolate);
      Fart_ShutdownIsolate();
    }
  });
}

#define HOLD(kind, order, count)                                                           \
  {                                                                                        \
    "host." #kind "." #order, count, [](std::size_t n) { HoldAndDrop(k##kind, order, n); } \
  }

constexpr Work kWorks[] = {
    HOLD(Persistent, FirstToLast, 100'000),
    HOLD(Persistent, LastToFirst, 100'000),
    HOLD(Persistent, Mixed, 100'000),
    HOLD(Weak, FirstToLast, 100'000),
    HOLD(Weak, LastToFirst, 100'000),
    HOLD(Weak, Mixed, 100'000),
    HOLD(Finalizable, FirstToLast, 100'000),
    HOLD(Finalizable, Mixed, 100'000),
    HOLD(Peer, FirstToLast, 100'000),
    HOLD(Peer, Mixed, 100'000),
    HOLD(Acquired, FirstToLast, 25'000),
    HOLD(Acquired, LastToFirst, 25'000),
    HOLD(Acquired, Mixed, 25'000),
    {"host.WeakDying", 100'000, WeakDying},
    {"host.ExternalStrings", 100'000, ExternalStrings},
    {"host.ErrorsMade", 100'000, ErrorsMade},
    {"host.NestedScopes", 20'000, NestedScopes},
    {"host.MessagesOfBytes", 20'000, MessagesOfBytes},
    {"host.NativePorts", 10'000, NativePorts},
    {"host.IsolatesInTurn", 100, IsolatesInTurn},
    {"host.IsolatesTogether", 100, IsolatesTogether},
    {"host.Names", 25'000, Names},
    {"host.Reloads", 1'000, Reloads},
    {"host.LoadLines", 2'000, LoadLines},
    {"host.LoadOneLine", 2'000, LoadOneLine},
    {"host.ForgottenScope", 250'000, ForgottenScope, nullptr, 100'000},
};

#undef HOLD

}  // namespace

std::span<const Work> HostWorks() { return kWorks; }

}  // namespace fart::bench

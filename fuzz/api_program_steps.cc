// Steps: a script that calls back, libraries, and what native functions ask.

#include <array>
#include <iterator>
#include <string_view>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

// Each function takes what its name in kFunctions says. op() runs steps wherever the program calls
// it: in methods that the interface calls, in handlers, in what was put off.
constexpr char kScript[] = R"(
import 'dart:async';
import 'dart:isolate';
import 'dart:nativewrappers';
import 'dart:typed_data';

op() native "Op";
opWith(a, b) native "Op";
opBare() native "Bare";
opUnknown(a) native "Unknown";

var last = null;
var ports = [];

class One extends NativeFieldWrapperClass1 {
  var x;
  method(a) native "Op";
}
class Two extends NativeFieldWrapperClass2 {}
class Noisy {
  var x;
  Noisy(this.x);
  toString() { op(); return x; }
  operator ==(other) { op(); return x; }
}
class Backed implements List {
  var data;
  Backed(this.data);
  get length { op(); return data.length; }
  operator [](index) { opWith(index, this); return data[index]; }
  operator []=(index, value) { op(); data[index] = value; }
  noSuchMethod(invocation) => null;
}
class Claims implements List {
  var length;
  Claims(this.length);
  operator [](index) => throw "no element";
  operator []=(index, value) { throw "nothing is stored"; }
  noSuchMethod(invocation) => null;
}
abstract class Never {}

run() => op();
runWith(a, b) => opWith(a, b);
runBare() => opBare();
runUnknown(a) => opUnknown(a);
guarded(a) {
  try { return opWith(a, 1); } catch (e, s) { last = e; return s; } finally { op(); }
}
rethrown(a) {
  try { opWith(a, 2); } finally { opWith(last, a); }
}
thrower(a) { throw a; }
deep(n) => n is int && n > 0 && n < 60 ? deep(n - 1) : op();
closure(a) => () => opWith(a, last);
callLast() => last();
keep(a) { last = a; return a; }
kept() => last;
one() => new One();
two() => new Two();
noisy(a) => new Noisy(a);
backed(a) => new Backed(a);
claims(a) => new Claims(a);
growable(a) => [a, 2, 'three', 4.5, null];
constant() => const [1, 2];
map(a) => {'a': a, 'b': last};
bytes(a) => new Uint8List.view(a.buffer, 1);
longs(a) => new Int64List.view(a.buffer);
data(a) => new ByteData.view(a.buffer, 2, 4);
shift(n) => n << 70;
late(a) { scheduleMicrotask(() { opWith(a, last); }); return op(); }
later(a) => new Future.microtask(() => opWith(a, 3));
open() {
  var port = new RawReceivePort();
  port.handler = (m) { last = m; opWith(m, port.sendPort); };
  ports.add(port);
  return port.sendPort;
}
openOnce() {
  var port = new RawReceivePort();
  ports.add(port);
  port.handler = (m) { port.close(); last = m; op(); };
  return port.sendPort;
}
declared() => new String.fromEnvironment('ink');
closeAll() {
  for (var i = 0; i < ports.length; i = i + 1) ports[i].close();
  ports = [];
}
send(port, a) { port.send(a); }
call(port, a) {
  port.call(a).then((v) { last = v; opWith(v, 4); }, onError: (e) { last = e; op(); });
}
)";

struct Function {
  const char* name;
  int arguments;
  Kind result;
};
constexpr Function kFunctions[] = {
    {"run", 0, Kind::kAny},         {"runWith", 2, Kind::kAny},
    {"runBare", 0, Kind::kAny},     {"runUnknown", 1, Kind::kError},
    {"guarded", 1, Kind::kTrace},   {"rethrown", 1, Kind::kError},
    {"thrower", 1, Kind::kError},   {"deep", 1, Kind::kAny},
    {"closure", 1, Kind::kAny},     {"callLast", 0, Kind::kAny},
    {"keep", 1, Kind::kAny},        {"kept", 0, Kind::kAny},
    {"one", 0, Kind::kInstance},    {"two", 0, Kind::kInstance},
    {"noisy", 1, Kind::kInstance},  {"backed", 1, Kind::kList},
    {"claims", 1, Kind::kList},     {"growable", 1, Kind::kList},
    {"constant", 0, Kind::kList},   {"map", 1, Kind::kAny},
    {"bytes", 1, Kind::kTypedData}, {"longs", 1, Kind::kTypedData},
    {"data", 1, Kind::kTypedData},  {"shift", 1, Kind::kNumber},
    {"late", 1, Kind::kAny},        {"later", 1, Kind::kAny},
    {"method", 1, Kind::kAny},      {"toString", 0, Kind::kString},
    {"closeAll", 0, Kind::kAny},    {"send", 2, Kind::kAny},
    {"call", 2, Kind::kAny},        {"noSuchFunction", 1, Kind::kError},
    {"open", 0, Kind::kSendPort},  // the last: left out where no port may be opened
};

constexpr const char* kFields[] = {"last",    "x",    "run",  "noSuchField", "length",
                                   "_hidden", "keys", "call", "toString",    "hashCode"};

void OnNative(Fart_NativeArguments arguments) { ApiWorld::current->RunNested(arguments); }

Fart_NativeFunction Resolve(Fart_Handle name, int, bool* auto_setup_scope) {
  ApiWorld& world = *ApiWorld::current;
  const char* text = "";
  if (Fart_IsError(Fart_StringToCString(name, &text))) return nullptr;
  const std::string_view wanted = text;
  if (wanted == "Unknown") {
    world.RunNested();
    return nullptr;
  }
  if (wanted == "Bare") *auto_setup_scope = false;
  return OnNative;
}

const std::uint8_t* NameOf(Fart_NativeFunction function) {
  return reinterpret_cast<const std::uint8_t*>(function == OnNative ? "OnNative" : nullptr);
}

// ---- Loading and calling

void LoadScript(ApiWorld& world) {
  const Fart_Handle url = world.OneIn(2) ? world.TextHandle("more.dart") : world.Any();
  const Fart_Handle source = world.OneIn(2) ? world.TextHandle("main() => 1;") : world.Any();
  const std::intptr_t line = world.LengthIn(100);
  const std::intptr_t column = world.LengthIn(100);
  world.Keep(FUZZ_CALL(Fart_LoadScript, url, url, source, line, column), Kind::kLibrary);
}

// Asked while a script is loaded: the host does what it is asked for, or anything else.
Fart_Handle OnTag(Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) {
  ApiWorld& world = *ApiWorld::current;
  ++world.nested;  // What is loaded may come to any error from here.
  if (world.OneIn(8)) world.RunNested();
  if (world.OneIn(8)) return world.Any();
  if (tag == Fart_kCanonicalizeUrl) return world.OneIn(8) ? url : world.TextHandle("app:lib");
  if (world.OneIn(8)) FUZZ_CALL(Fart_LibraryHandleError, library, world.Of(Kind::kError));
  if (world.OneIn(8)) {
    FUZZ_CALL(Fart_LibraryImportLibrary, library, world.Of(Kind::kLibrary), Fart_Null());
  }
  const Fart_Handle text = world.TextHandle(
      tag == Fart_kSourceTag ? "part of m; part() => 2;" : "import 'm'; imported() => 1;");
  return tag == Fart_kSourceTag ? FUZZ_CALL(Fart_LoadSource, library, url, Fart_Null(), text, 0, 0)
                                : FUZZ_CALL(Fart_LoadLibrary, url, Fart_Null(), text, 0, 0);
}

// The libraries of a host, beside the script that the other steps call.
void LoadFromHost(ApiWorld& world) {
  FUZZ_CALL(Fart_SetLibraryTagHandler, world.OneIn(8) ? nullptr : OnTag);
  const Fart_Handle root = Fart_RootLibrary();
  if (world.OneIn(2)) FUZZ_CALL(Fart_SetRootLibrary, Fart_Null());
  const Fart_Handle source =
      world.TextHandle("library m; import 'a'; part 'b'; main() => imported() + part();");
  const Fart_Handle url = world.OneIn(4) ? world.Of(Kind::kString) : world.TextHandle("app:m");
  world.Keep(FUZZ_CALL(Fart_LoadScript, url, Fart_Null(), source, 0, 0), Kind::kLibrary);
  FUZZ_CALL(Fart_SetRootLibrary, root);
  const std::intptr_t line = world.LengthIn(100);
  const Fart_Handle text = world.OneIn(4) ? world.Any() : world.TextHandle("more() => 1;");
  const Fart_Handle name = world.OneIn(2) ? world.Any() : world.TextHandle("more");
  world.Keep(FUZZ_CALL(Fart_LoadLibrary, name, Fart_Null(), text, line, line), Kind::kLibrary);
  const Fart_Handle library = world.Of(Kind::kLibrary);
  FUZZ_CALL(Fart_LoadSource, library, name, name, text, line, line);
  FUZZ_CALL(Fart_LibraryImportLibrary, library, world.Of(Kind::kLibrary), world.Any());
  FUZZ_CALL(Fart_LibraryHandleError, library, world.Any());
  FUZZ_CALL(Fart_FinalizeLoading, world.OneIn(2));
  world.Keep(FUZZ_CALL(Fart_GetImportsOfScheme, world.Any()), Kind::kList);
  world.Keep(FUZZ_CALL(Fart_DefaultCanonicalizeUrl, world.Any(), world.Any()), Kind::kString);
  FUZZ_CALL(Fart_SetLibraryTagHandler, nullptr);
}

// What a program of the host is told of its environment.
Fart_Handle OnEnvironment(Fart_Handle) {
  ApiWorld::current->RunNested();
  return ApiWorld::current->Any();
}

void Environment(ApiWorld& world) {
  FUZZ_CALL(Fart_SetEnvironmentCallback, world.OneIn(4) ? nullptr : OnEnvironment);
  world.Keep(FUZZ_CALL(Fart_Invoke, Fart_RootLibrary(), world.TextHandle("declared"), 0, nullptr),
             Kind::kAny);
}

void Libraries(ApiWorld& world) {
  const Fart_Handle root = FUZZ_CALL(Fart_RootLibrary);
  world.Keep(root, Kind::kLibrary);
  const Fart_Handle library = world.Of(Kind::kLibrary);
  const bool is_library = FUZZ_CALL(Fart_IsLibrary, library);
  const Fart_Handle url = FUZZ_CALL(Fart_LibraryUrl, library);
  world.Expect(is_library || Fart_IsError(url), "only a library has a URL");
  if (world.WentWell(url)) {
    const Fart_Handle found = FUZZ_CALL(Fart_LookupLibrary, url);
    if (world.WentWell(found)) {
      world.Expect(Fart_IsLibrary(found), "what is found by a URL is a library");
    }
    world.Keep(found, Kind::kLibrary);
  }
  world.Keep(FUZZ_CALL(Fart_GetLoadedLibraries), Kind::kList);
}

void SetRootLibrary(ApiWorld& world) {
  const Fart_Handle library = world.Of(Kind::kLibrary);
  FUZZ_CALL(Fart_SetRootLibrary, library);
}

void LookupAnything(ApiWorld& world) {
  const Fart_Handle url = world.Of(Kind::kString);
  world.Keep(FUZZ_CALL(Fart_LookupLibrary, url), Kind::kLibrary);
}

void Resolvers(ApiWorld& world) {
  const Fart_Handle library = world.Of(Kind::kLibrary);
  if (world.OneIn(8)) FUZZ_CALL(Fart_SetNativeResolver, library, Resolve, NameOf);
  Fart_NativeEntryResolver resolver = nullptr;
  Fart_NativeEntrySymbol symbol = nullptr;
  Fart_NativeEntryResolver* const place = world.Place(&resolver);
  Fart_NativeEntrySymbol* const symbol_place = world.Place(&symbol);
  world.WentWell(FUZZ_CALL(Fart_GetNativeResolver, library, place), {place});
  world.WentWell(FUZZ_CALL(Fart_GetNativeSymbol, library, symbol_place), {symbol_place});
}

// A function of the script, or a method of anything.
void Invoke(ApiWorld& world) {
  const std::size_t functions = std::size(kFunctions) - (world.may_open_ports ? 0 : 1);
  const Function& function = kFunctions[world.Below(functions)];
  const Fart_Handle target = world.OneIn(6) ? world.Any() : Fart_RootLibrary();
  const Fart_Handle name = world.OneIn(24) ? world.Any() : world.TextHandle(function.name);
  int count = world.OneIn(16) ? world.Count() : function.arguments;
  std::array<Fart_Handle, 4> arguments{};
  for (Fart_Handle& argument : arguments) argument = world.Any();
  if (count > 4 && count < 1024) count = 4;  // More would be read than there are.
  Fart_Handle* const place = world.Place(arguments.data());
  if (count >= 1024) count = -count;
  const Fart_Handle result = FUZZ_CALL(Fart_Invoke, target, name, count, place);
  world.Keep(result, Fart_IsError(result) ? Kind::kError : function.result);
  if (world.WentWell(result) && function.result == Kind::kSendPort) {
    Fart_Port port = ILLEGAL_PORT;
    if (world.WentWell(Fart_SendPortGetId(result, &port))) world.ports.Add(port);
  }
  DrainNativePorts(world);
}

// A member of anything, which may run code of the program.
void Fields(ApiWorld& world) {
  const std::size_t choice = world.Below(std::size(kFields) + 1);
  const Fart_Handle name =
      choice < std::size(kFields) ? world.TextHandle(kFields[choice]) : world.Any();
  const Fart_Handle container = world.OneIn(3) ? world.Any() : Fart_RootLibrary();
  const Fart_Handle value = world.Any();
  const bool sets = world.OneIn(2);
  world.Keep(sets ? FUZZ_CALL(Fart_SetField, container, name, value)
                  : FUZZ_CALL(Fart_GetField, container, name),
             Kind::kAny);
  DrainNativePorts(world);
}

void Construct(ApiWorld& world) {
  const Fart_Handle type = world.Of(Kind::kType);
  const Fart_Handle name = world.OneIn(4) ? world.Any() : Fart_Null();
  std::array<Fart_Handle, 4> arguments{};
  for (Fart_Handle& argument : arguments) argument = world.Any();
  int count = world.OneIn(8) ? world.Count() : static_cast<int>(world.Below(3));
  if (count > 4) count = 4;
  Fart_Handle* const place = world.Place(arguments.data());
  world.Keep(FUZZ_CALL(Fart_New, type, name, count, place), Kind::kInstance);
  const Fart_Handle object = world.Of(Kind::kInstance);
  world.Keep(FUZZ_CALL(Fart_InvokeConstructor, object, name, count, place), Kind::kInstance);
  DrainNativePorts(world);
}

void Values(ApiWorld& world) {
  const Fart_Handle object = world.Any();
  const Fart_Handle key = world.Any();
  const bool is_map = FUZZ_CALL(Fart_IsMap, object);
  const bool is_closure = FUZZ_CALL(Fart_IsClosure, object);
  const bool is_future = FUZZ_CALL(Fart_IsFuture, object);
  world.Expect(is_map + is_closure + is_future <= 1, "an object is one of them");
  world.Keep(FUZZ_CALL(Fart_MapGetAt, object, key), Kind::kAny);
  world.Keep(FUZZ_CALL(Fart_MapContainsKey, object, key), Kind::kAny);
  world.Keep(FUZZ_CALL(Fart_MapKeys, object), Kind::kList);
  std::array<Fart_Handle, 4> arguments{};
  for (Fart_Handle& argument : arguments) argument = world.Any();
  int count = world.OneIn(8) ? world.Count() : static_cast<int>(world.Below(3));
  if (count > 4) count = 4;
  Fart_Handle* const place = world.Place(arguments.data());
  world.Keep(FUZZ_CALL(Fart_InvokeClosure, object, count, place), Kind::kAny);
  DrainNativePorts(world);
}

// ---- What native functions ask

void AskArguments(ApiWorld& world) {
  const Fart_NativeArguments args = world.AnyArguments();
  FUZZ_CALL(Fart_GetNativeIsolateData, args);
  const int count = FUZZ_CALL(Fart_GetNativeArgumentCount, args);
  world.Expect(count >= 0 && count <= 3, "as many arguments as the script gives");
  const int index = world.Count();
  const Fart_Handle argument = FUZZ_CALL(Fart_GetNativeArgument, args, index);
  if (world.WentWell(argument)) world.Expect(index < count, "an argument is one of those given");
  world.Keep(argument, Kind::kAny);
}

void GetArguments(ApiWorld& world) {
  const Fart_NativeArguments args = world.AnyArguments();
  std::array<Fart_NativeArgument_Descriptor, 4> wishes{};
  std::array<Fart_NativeArgument_Value, 4> values{};
  std::array<std::intptr_t, 4> fields{};
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    wishes[i] = DART_NATIVE_ARG_DESCRIPTOR(world.Below(12), world.Below(4));  // 9 is none
    if (wishes[i].type != Fart_NativeArgument_kNativeFields) continue;
    values[i].as_native_fields.num_fields = static_cast<std::intptr_t>(world.Below(4));
    values[i].as_native_fields.values = world.Place(fields.data());
  }
  const int count = static_cast<int>(world.LengthIn(4) % 5);
  const Fart_NativeArgument_Descriptor* const place = world.Place(wishes.data());
  Fart_NativeArgument_Value* const value_place = world.Place(values.data());
  FUZZ_CALL(Fart_GetNativeArguments, args, count, place, value_place);
}

void GetOneArgument(ApiWorld& world) {
  const Fart_NativeArguments args = world.AnyArguments();
  const int index = world.Count();
  void* peer = nullptr;
  std::int64_t number = 0;
  bool truth = false;
  double real = 0;
  void** const peer_place = world.Place(&peer);
  std::int64_t* const number_place = world.Place(&number);
  bool* const truth_place = world.Place(&truth);
  double* const real_place = world.Place(&real);
  const Fart_Handle text = FUZZ_CALL(Fart_GetNativeStringArgument, args, index, peer_place);
  world.Expect(text != nullptr || peer != nullptr, "a String that has a peer gives it");
  world.Keep(text, Kind::kString);
  world.WentWell(FUZZ_CALL(Fart_GetNativeIntegerArgument, args, index, number_place),
                 {number_place});
  world.WentWell(FUZZ_CALL(Fart_GetNativeBooleanArgument, args, index, truth_place), {truth_place});
  world.WentWell(FUZZ_CALL(Fart_GetNativeDoubleArgument, args, index, real_place), {real_place});
}

void GetFields(ApiWorld& world) {
  const Fart_NativeArguments args = world.AnyArguments();
  std::intptr_t receiver = 0;
  std::intptr_t* const place = world.Place(&receiver);
  world.WentWell(FUZZ_CALL(Fart_GetNativeReceiver, args, place), {place});
  const int index = world.Count();
  std::array<std::intptr_t, 4> fields{};
  int count = world.Count();
  if (count > 4) count = -count;
  std::intptr_t* const fields_place = world.Place(fields.data());
  FUZZ_CALL(Fart_GetNativeFieldsOfArgument, args, index, count, fields_place);
}

void SetResult(ApiWorld& world) {
  const Fart_NativeArguments args = world.AnyArguments();
  switch (world.Below(5)) {
    case 0: {
      const Fart_Handle result = world.Any();
      FUZZ_CALL(Fart_SetReturnValue, args, result);
      break;
    }
    case 1: {
      const Fart_WeakPersistentHandle weak = world.AnyWeak();
      FUZZ_CALL(Fart_SetWeakHandleReturnValue, args, weak);
      break;
    }
    case 2: {
      const bool result = world.OneIn(2);
      FUZZ_CALL(Fart_SetBooleanReturnValue, args, result);
      break;
    }
    case 3: {
      const std::int64_t result = world.Number();
      FUZZ_CALL(Fart_SetIntegerReturnValue, args, result);
      break;
    }
    case 4: {
      const double result = static_cast<double>(world.Number()) / 3;
      FUZZ_CALL(Fart_SetDoubleReturnValue, args, result);
      break;
    }
  }
}

}  // namespace

Fart_Handle LoadApiScript() {
  const Fart_Handle url = Fart_NewStringFromCString("api.dart");
  const Fart_Handle library = Fart_LoadScript(url, url, Fart_NewStringFromCString(kScript), 0, 0);
  if (Fart_IsError(library)) return library;
  const Fart_Handle result = Fart_SetNativeResolver(library, Resolve, NameOf);
  return Fart_IsError(result) ? result : library;
}

std::span<const ApiStep> ProgramSteps() {
  static constexpr ApiStep kSteps[] = {
      LoadScript, Libraries, SetRootLibrary, LookupAnything, Resolvers, Invoke,
      Invoke,     Invoke,    Invoke,         Invoke,         Invoke,    Invoke,
      Invoke,     Invoke,    Invoke,         Invoke,         Fields,    Fields,
      Construct,  Values,    LoadFromHost,   Environment,
  };
  return kSteps;
}

std::span<const ApiStep> NativeSteps() {
  static constexpr ApiStep kSteps[] = {AskArguments, GetArguments, GetOneArgument,
                                       GetFields,    SetResult,    SetResult};
  return kSteps;
}

}  // namespace fart::fuzz

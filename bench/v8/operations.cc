// The like of every handle operation (../handle_operations.cc), in V8: an addon that `node` loads,
// so that it calls V8 from a shared library, as ours is called.
//
// Built by tools/bench, where node and its headers are; not by Bazel, since nothing that ships or
// is tested depends on it. Each operation does what its namesake of ours does, in V8's way:
//
//   a persistent handle    v8::Global, made from a local handle and reset
//   a weak one             v8::Global::SetWeak with a callback that resets it
//   a list of 8            v8::Array::New(8); a plain object: v8::Object::New
//   a collection           the one that --expose-gc allows to ask for

#include <benchmark/benchmark.h>
#include <node.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr benchmark::IterationCount kBatch = 1024;
constexpr int kScope = 64;
constexpr int kMany = 1'000'000;

v8::Isolate* isolate;
std::vector<v8::Global<v8::Value>> globals;

// As InScopes of ../handle_operations.cc.
template <int kPerScope = kScope, typename Operation>
void InScopes(benchmark::State& state, Operation operation) {
  while (state.KeepRunningBatch(kBatch)) {
    for (benchmark::IterationCount i = 0; i < kBatch; i += kPerScope) {
      const v8::HandleScope scope(isolate);
      for (int j = 0; j < kPerScope; ++j) operation();
    }
  }
}

v8::Local<v8::Context> Context() { return isolate->GetCurrentContext(); }
v8::Local<v8::Value> AnObject() { return v8::Number::New(isolate, 1.5); }

// ---- Scopes, local, persistent and weak handles

void EmptyScope(benchmark::State& state) {
  for (auto _ : state) const v8::HandleScope scope(isolate);
}

void LocalHandle16InScope(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Local<v8::Value> object = AnObject();
  InScopes<16>(state, [&] { v8::Local<v8::Value>::New(isolate, object); });
}

void PersistentCreateDelete(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Local<v8::Value> object = AnObject();
  for (auto _ : state) v8::Global<v8::Value>(isolate, object).Reset();
}

void MillionPersistentsCreateDelete(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Local<v8::Value> object = AnObject();
  while (state.KeepRunningBatch(kMany)) {
    globals.resize(kMany);
    for (v8::Global<v8::Value>& global : globals) global.Reset(isolate, object);
    for (v8::Global<v8::Value>& global : globals) global.Reset();
  }
}

int weak_callbacks = 0;

void ResetWeak(const v8::WeakCallbackInfo<v8::Global<v8::Value>>& info) {
  info.GetParameter()->Reset();
  ++weak_callbacks;
}

void WeakCreateDelete(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Local<v8::Value> object = AnObject();
  for (auto _ : state) {
    v8::Global<v8::Value> global(isolate, object);
    global.SetWeak(&global, ResetWeak, v8::WeakCallbackType::kParameter);
    global.Reset();
  }
}

void PersistentToLocal(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Global<v8::Value> global(isolate, AnObject());
  InScopes(state, [&] { v8::Local<v8::Value>::New(isolate, global); });
}

// ---- Objects

void SmallInteger(benchmark::State& state) {
  InScopes(state, [] { v8::Integer::New(isolate, 123456789); });
}
void Double(benchmark::State& state) {
  InScopes(state, [] { v8::Number::New(isolate, 0.5); });
}
void String16(benchmark::State& state) {
  InScopes(state, [] { v8::String::NewFromUtf8(isolate, "sixteen letters!").ToLocalChecked(); });
}
void ListOf8(benchmark::State& state) {
  InScopes(state, [] { v8::Array::New(isolate, 8); });
}
void PlainObject(benchmark::State& state) {
  InScopes(state, [] { v8::Object::New(isolate); });
}
void ListGet(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Local<v8::Context> context = Context();
  const v8::Local<v8::Array> list = v8::Array::New(isolate, 8);
  InScopes(state, [&] { list->Get(context, 5).ToLocalChecked(); });
}
void ListSet(benchmark::State& state) {
  const v8::HandleScope scope(isolate);
  const v8::Local<v8::Context> context = Context();
  const v8::Local<v8::Array> list = v8::Array::New(isolate, 8);
  const v8::Local<v8::Value> value = v8::Number::New(isolate, 2.5);
  InScopes(state, [&] { list->Set(context, 5, value).Check(); });
}

// ---- Collections

void CollectMinor() {
  isolate->RequestGarbageCollectionForTesting(v8::Isolate::kMinorGarbageCollection);
}
void CollectMajor() {
  isolate->RequestGarbageCollectionForTesting(v8::Isolate::kFullGarbageCollection);
}

void MakeYoungDoubles() {
  globals.resize(kMany);
  for (int made = 0; made < kMany;) {
    const v8::HandleScope scope(isolate);
    for (int i = 0; i < kScope && made < kMany; ++i, ++made) {
      v8::Global<v8::Value>& global = globals[static_cast<std::size_t>(made)];
      global.Reset(isolate, v8::Number::New(isolate, made + 0.5));
    }
  }
}
void MakeOldDoubles() {
  MakeYoungDoubles();
  for (int i = 0; i < 3; ++i) CollectMinor();
}

void MinorWithoutHandles(benchmark::State& state) {
  CollectMajor();
  for (auto _ : state) CollectMinor();
}

void MinorWithMillionOld(benchmark::State& state) {
  MakeOldDoubles();
  for (auto _ : state) CollectMinor();
  globals.clear();
}

void MinorAfterMillionYoung(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    MakeYoungDoubles();
    state.ResumeTiming();
    CollectMinor();
    state.PauseTiming();
    globals.clear();
    state.ResumeTiming();
  }
}

void FullWithMillionPersistents(benchmark::State& state) {
  MakeOldDoubles();
  for (auto _ : state) CollectMajor();
  globals.clear();
}

// Strong handles keep all of them alive, whatever the size of the nursery, until the clock starts:
// so each dies in the collection that is measured.
void MillionDeadWeakPerHandle(benchmark::State& state) {
  std::vector<v8::Global<v8::Value>> weak(kMany);
  while (state.KeepRunningBatch(kMany)) {
    state.PauseTiming();
    MakeYoungDoubles();
    for (std::size_t i = 0; i < weak.size(); ++i) {
      const v8::HandleScope scope(isolate);
      weak[i].Reset(isolate, globals[i].Get(isolate));
      weak[i].SetWeak(&weak[i], ResetWeak, v8::WeakCallbackType::kParameter);
    }
    globals.clear();
    weak_callbacks = 0;
    state.ResumeTiming();
    CollectMajor();
    if (weak_callbacks != kMany) {
      return state.SkipWithError("not every object died in the collection that is measured");
    }
  }
}

// ---- Isolates that run a script (../start.cc)

constexpr char kScript[] =
    "class Point { constructor(x, y) { this.x = x; this.y = y; } }\n"
    "function main() {\n"
    "  const points = new Map();\n"
    "  for (let i = 0; i < 10; i++) points.set(`${i}`, new Point(i, i));\n"
    "  return points.size;\n"
    "}\n"
    "main();\n";

node::MultiIsolatePlatform* platform;
uv_loop_s* loop;

// As `node` makes the isolates of its workers, without what a worker has besides.
class OtherIsolate {
 public:
  OtherIsolate()
      : allocator_(node::ArrayBufferAllocator::Create()),
        isolate_(node::NewIsolate(allocator_, loop, platform)) {
    const v8::Isolate::Scope inside(isolate_);
    const v8::HandleScope handles(isolate_);
    const v8::Local<v8::Context> context = v8::Context::New(isolate_);
    context_.Reset(isolate_, context);
    const v8::Context::Scope in_context(context);
    const auto source =
        v8::String::NewFromUtf8(isolate_, kScript, v8::NewStringType::kNormal).ToLocalChecked();
    const auto script = v8::Script::Compile(context, source).ToLocalChecked();
    const auto result = script->Run(context).ToLocalChecked();
    if (result->Int32Value(context).FromJust() != 10) std::abort();
  }
  ~OtherIsolate() {
    context_.Reset();
    platform->UnregisterIsolate(isolate_);
    isolate_->Dispose();
  }
  OtherIsolate(const OtherIsolate&) = delete;
  OtherIsolate& operator=(const OtherIsolate&) = delete;

 private:
  const std::shared_ptr<node::ArrayBufferAllocator> allocator_;
  v8::Isolate* const isolate_;
  v8::Global<v8::Context> context_;
};

void StartScript(benchmark::State& state) {
  for (auto _ : state) {
    auto other = std::make_unique<OtherIsolate>();
    state.PauseTiming();
    other.reset();
    state.ResumeTiming();
  }
}

double ResidentKilobytes() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  long pages = 0;
  long resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) std::abort();
  std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

void HoldScripts(benchmark::State& state) {
  constexpr std::size_t kIsolates = 200;
  double held = 0;
  for (auto _ : state) {
    const OtherIsolate first;
    std::vector<std::unique_ptr<OtherIsolate>> isolates(kIsolates);
    const double before = ResidentKilobytes();
    for (auto& other : isolates) other = std::make_unique<OtherIsolate>();
    held = (ResidentKilobytes() - before) / kIsolates;
  }
  state.counters["isolate_kB"] = held;
}

#define FART_BENCH_V8(Operation) BENCHMARK(Operation)->Name("BM_" #Operation "/v8")->UseRealTime()
FART_BENCH_V8(EmptyScope);
FART_BENCH_V8(LocalHandle16InScope);
FART_BENCH_V8(PersistentCreateDelete);
FART_BENCH_V8(MillionPersistentsCreateDelete);
FART_BENCH_V8(WeakCreateDelete);
FART_BENCH_V8(PersistentToLocal);
FART_BENCH_V8(SmallInteger);
FART_BENCH_V8(Double);
FART_BENCH_V8(String16);
FART_BENCH_V8(ListOf8);
FART_BENCH_V8(PlainObject);
FART_BENCH_V8(ListGet);
FART_BENCH_V8(ListSet);
FART_BENCH_V8(MinorWithoutHandles);
FART_BENCH_V8(MinorWithMillionOld);
FART_BENCH_V8(MinorAfterMillionYoung);
FART_BENCH_V8(FullWithMillionPersistents);
FART_BENCH_V8(MillionDeadWeakPerHandle);
FART_BENCH_V8(StartScript);
FART_BENCH_V8(HoldScripts)->Iterations(1)->Unit(benchmark::kMillisecond);

// exports.run(arguments of Google Benchmark...)
void Run(const v8::FunctionCallbackInfo<v8::Value>& info) {
  isolate = info.GetIsolate();
  platform = node::GetMultiIsolatePlatform(node::GetCurrentEnvironment(Context()));
  loop = node::GetCurrentEventLoop(isolate);
  std::vector<std::string> arguments = {"v8_operations"};
  for (int i = 0; i < info.Length(); ++i) {
    arguments.push_back(*v8::String::Utf8Value(isolate, info[i]));
  }
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  int count = static_cast<int>(pointers.size());
  benchmark::Initialize(&count, pointers.data());
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}

}  // namespace

NODE_MODULE_INIT(/* exports, module, context */) {
  (void)module;
  (void)context;
  NODE_SET_METHOD(exports, "run", Run);
}

#include "lang/natives/open_file.h"

#include "heap/base/units.h"
#include "vm/isolate.h"

namespace fart::lang {

namespace {

// As a rule of thumb: what the system keeps of an open file.
constexpr ByteCount kSize(512);

void Free(void*, void* shared) { delete static_cast<std::shared_ptr<OpenFile>*>(shared); }

}  // namespace

std::shared_ptr<OpenFile> NewOpenFile(Interpreter& interpreter, ObjectPtr* slot) {
  auto file = std::make_shared<OpenFile>();
  auto shared = std::make_unique<std::shared_ptr<OpenFile>>(file);
  const Outcome owner = NewFinalizableTypedData(
      interpreter.isolate(), TypedDataType::kUint8, shared.get(), 0, shared.get(), kSize,
      HandleKind::kFinalizable, reinterpret_cast<OpaqueCallback>(Free));
  if (owner.IsError()) return nullptr;
  static_cast<void>(shared.release());
  const NoSafepointScope quiet;
  *slot = owner.Get(quiet);
  return file;
}

}  // namespace fart::lang

// Open files -- descriptors that objects of a program own: of files, and of pipes to processes.
//
// The owner is external typed data that no program sees; when it dies, or the isolate ends, the
// descriptor is closed. What works on another thread shares it meanwhile.
//
// Not here: what is done with them (natives_open_file.cc, natives_process.cc).

#ifndef FART_LANG_NATIVES_OPEN_FILE_H_
#define FART_LANG_NATIVES_OPEN_FILE_H_

#include <atomic>
#include <memory>

#include "heap/base/safepoint.h"
#include "heap/platform/readiness.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

class OpenFile {
 public:
  OpenFile() = default;
  ~OpenFile() { Close(); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  // Below 0: it is closed, or none has been opened yet.
  int descriptor() const { return descriptor_; }
  void Set(int descriptor) { descriptor_ = descriptor; }
  void Close() { CloseDescriptor(Release()); }
  // It is the caller's then.
  int Release() { return descriptor_.exchange(-1); }

 private:
  std::atomic<int> descriptor_{-1};
};

struct OpenFileArg {
  std::shared_ptr<OpenFile> value;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    constexpr const char* kRule = "must be a file that this isolate has opened";
    const NoSafepointScope quiet;
    if (!IsExternalTypedData(argument.value())) return argument.Refuse(kRule);
    auto* const shared =
        reinterpret_cast<std::shared_ptr<OpenFile>*>(BytesOf(argument.value(), quiet).first);
    if (shared == nullptr) return argument.Refuse(kRule);
    value = *shared;
    return true;
  }
};

// An owner in *slot, and what it owns. Null: there is no memory.
std::shared_ptr<OpenFile> NewOpenFile(Interpreter& interpreter, ObjectPtr* slot) FART_MAY_COLLECT;

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_OPEN_FILE_H_

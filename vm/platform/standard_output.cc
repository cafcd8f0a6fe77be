#include "vm/platform/standard_output.h"

#include <atomic>
#include <cerrno>
#include <cstdio>

namespace fart {

namespace {

constinit std::atomic<int> first_error{0};

void NoteFailure() {
  int none = 0;
  first_error.compare_exchange_strong(none, errno != 0 ? errno : EIO);
}

}  // namespace

void PrintText(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) NoteFailure();
}

void FlushOutput() {
  errno = 0;
  if (std::fflush(stdout) != 0) NoteFailure();
}

int FirstOutputError() { return first_error; }

}  // namespace fart

#include "bin/standard_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace fart::program {

void HoldStandardFiles() {
  for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number) {
    if (::fcntl(number, F_GETFD) != -1 || errno != EBADF) continue;
    // It gets the least number that is free, this one. Open for what nobody does with it.
    if (::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1) return;
  }
}

}  // namespace fart::program

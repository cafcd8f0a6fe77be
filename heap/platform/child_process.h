// Child processes -- starting another program, and what goes through pipes to and from it.
//
// Nothing of the process that starts it changes: no signal is handled or ignored, and its folder
// and umask stay. Each descriptor made here closes when a program is started, by whomever.
//
// What answers an int answers 0 or more, or minus an errno.
//
// Not here: waiting for its end (readiness.h).

#ifndef FART_HEAP_PLATFORM_CHILD_PROCESS_H_
#define FART_HEAP_PLATFORM_CHILD_PROCESS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fart {

enum class ChildStreams : std::uint8_t {
  kPipes,      // three, to and from this process
  kNone,       // nothing is read, what it writes is lost
  kInherited,  // this process's own
};

struct ChildRequest {
  std::string executable;  // Looked for in the PATH of its environment if it has no "/".
  std::vector<std::string> arguments;
  std::string folder;                    // Empty: this process's.
  std::vector<std::string> environment;  // "NAME=value"
  ChildStreams streams = ChildStreams::kPipes;
  bool is_detached = false;  // In a session of its own.
};

struct Child {
  int number = 0;
  // Below 0: none. They never make who uses them wait.
  int input = -1;
  int output = -1;
  int errors = -1;
};

// 0: *child is what was started; its descriptors are the caller's.
int StartChild(const ChildRequest& request, Child* child);

// At most `size` bytes of what is there: 0 at the end, -EAGAIN if there is nothing yet.
std::int64_t ReadWhatIsThere(int descriptor, void* bytes, std::size_t size);
// How many have been taken; -EAGAIN: none, for now. No signal is sent to anybody for a pipe that
// nobody reads any more.
std::int64_t WriteWhatFits(int descriptor, std::string_view bytes);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_CHILD_PROCESS_H_

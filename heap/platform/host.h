// Host -- what a program can ask of the system and the process that it runs in.

#ifndef FART_HEAP_PLATFORM_HOST_H_
#define FART_HEAP_PLATFORM_HOST_H_

#include <string>
#include <vector>

namespace fart {

// "linux", "macos", ...: in lower case.
std::string OperatingSystemName();
// Its own text of the version; empty where it says nothing.
std::string OperatingSystemVersion();
// The file of the running program, absolute and without links; empty where nobody knows.
std::string ExecutablePath();
// "NAME=value" for each variable of the environment.
std::vector<std::string> EnvironmentEntries();
int ProcessorCount();  // At least 1.
std::string HostName();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_HOST_H_

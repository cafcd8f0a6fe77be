# fart_version, from the one place where it stands. `cmake -P` of this file prints it.
set(fart_version)
foreach(part MAJOR MINOR PATCH)
  file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/../../api/include/dart_api.h line
    REGEX "^#define FART_VERSION_${part} [0-9]+$")
  string(REGEX REPLACE ".* " "" number "${line}")
  list(APPEND fart_version ${number})
endforeach()
list(JOIN fart_version "." fart_version)
if(CMAKE_SCRIPT_MODE_FILE)
  message("${fart_version}")
endif()

# An installed Fart, wherever it has been put: the targets Fart::fart (shared library), Fart::fart_static
# (in the program, which exports the interface to the extensions it loads), and the same of the heap
# without the language: Fart::heap and Fart::heap_static. An installation may have one of the two.
# This file lies in cmake/Fart of the folder of libraries (lib, lib64, lib/x86_64-linux-gnu), or where a
# package manager has put it: share/fart.
set(_fart_prefix "${CMAKE_CURRENT_LIST_DIR}")
while(NOT EXISTS "${_fart_prefix}/include/fart/dart_api.h")
  get_filename_component(_fart_above "${_fart_prefix}" DIRECTORY)
  if(_fart_above STREQUAL _fart_prefix)
    set(Fart_FOUND FALSE)
    set(Fart_NOT_FOUND_MESSAGE "no include/fart/dart_api.h above ${CMAKE_CURRENT_LIST_DIR}")
    return()
  endif()
  set(_fart_prefix "${_fart_above}")
endwhile()
get_filename_component(_fart_libraries "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
if(NOT EXISTS "${_fart_libraries}/libfart.so" AND NOT EXISTS "${_fart_libraries}/libfartheap.so")
  set(_fart_libraries "${_fart_prefix}/lib")
endif()
include(CMakeFindDependencyMacro)
find_dependency(Threads)

if(NOT TARGET Fart::heap AND EXISTS "${_fart_libraries}/libfartheap.so")
  add_library(Fart::heap SHARED IMPORTED)
  set_target_properties(Fart::heap PROPERTIES
    IMPORTED_LOCATION "${_fart_libraries}/libfartheap.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include/fart")

  add_library(Fart::heap_static INTERFACE IMPORTED)
  set_target_properties(Fart::heap_static PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include/fart"
    INTERFACE_LINK_OPTIONS "-Wl,-z,nodelete"
    INTERFACE_LINK_LIBRARIES
      "${_fart_libraries}/libfartheap.a;stdc++;m;${CMAKE_DL_LIBS};Threads::Threads")
endif()

if(NOT TARGET Fart::fart AND EXISTS "${_fart_libraries}/libfart.so")
  add_library(Fart::fart SHARED IMPORTED)
  set_target_properties(Fart::fart PROPERTIES
    IMPORTED_LOCATION "${_fart_libraries}/libfart.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include/fart")

  add_library(Fart::fart_static INTERFACE IMPORTED)
  set_target_properties(Fart::fart_static PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include/fart"
    INTERFACE_LINK_OPTIONS "-rdynamic;-Wl,-z,nodelete"
    INTERFACE_LINK_LIBRARIES
      "${_fart_libraries}/libfart.a;gmp;pcre2-16;stdc++;m;${CMAKE_DL_LIBS};Threads::Threads")
endif()
unset(_fart_above)
unset(_fart_libraries)
unset(_fart_prefix)

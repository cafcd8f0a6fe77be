# An installed Fart, wherever it has been put: the targets Fart::fart (shared library), Fart::fart_static
# (in the program, which exports the interface to the extensions it loads), and the same of the heap
# without the language: Fart::heap and Fart::heap_static. An installation may have one of the two.
# This file lies in lib/cmake/Fart, or where a package manager has put it: share/fart.
get_filename_component(_fart_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT EXISTS "${_fart_prefix}/include/dart_api.h")
  get_filename_component(_fart_prefix "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
endif()
include(CMakeFindDependencyMacro)
find_dependency(Threads)

if(NOT TARGET Fart::heap AND EXISTS "${_fart_prefix}/lib/libfartheap.so")
  add_library(Fart::heap SHARED IMPORTED)
  set_target_properties(Fart::heap PROPERTIES
    IMPORTED_LOCATION "${_fart_prefix}/lib/libfartheap.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include")

  add_library(Fart::heap_static INTERFACE IMPORTED)
  set_target_properties(Fart::heap_static PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include"
    INTERFACE_LINK_OPTIONS "-Wl,-z,nodelete"
    INTERFACE_LINK_LIBRARIES
      "${_fart_prefix}/lib/libfartheap.a;stdc++;m;${CMAKE_DL_LIBS};Threads::Threads")
endif()

if(NOT TARGET Fart::fart AND EXISTS "${_fart_prefix}/lib/libfart.so")
  add_library(Fart::fart SHARED IMPORTED)
  set_target_properties(Fart::fart PROPERTIES
    IMPORTED_LOCATION "${_fart_prefix}/lib/libfart.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include")

  add_library(Fart::fart_static INTERFACE IMPORTED)
  set_target_properties(Fart::fart_static PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_fart_prefix}/include"
    INTERFACE_LINK_OPTIONS "-rdynamic;-Wl,-z,nodelete"
    INTERFACE_LINK_LIBRARIES
      "${_fart_prefix}/lib/libfart.a;gmp;pcre2-16;stdc++;m;${CMAKE_DL_LIBS};Threads::Threads")
endif()
unset(_fart_prefix)

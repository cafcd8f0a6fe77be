#!/bin/bash
# Whoever installed Fart builds a C program with pkg-config and a C++ project with CMake, against
# either library; the installation works where it has been moved to.
#
#   install_test.sh INSTALL_FILES FART LIBFART.SO LIBFART.A LIBFARTHEAP.SO LIBFARTHEAP.A \
#     EMBED_C.C CMAKELISTS.TXT CACHE_TEST HEAP_HOST.C HEADER...
set -euo pipefail
install_files=$PWD/$1
c_source=$PWD/$7
cmake_project=$PWD/$(dirname "$8")
cache_test=$PWD/$9
heap_source=$PWD/${10}
cpp_line='page -1: an error, as it should be'

"$install_files" "$TEST_TMPDIR/first" "${@:2:5}" "${@:11}"
mv "$TEST_TMPDIR/first" "$TEST_TMPDIR/moved"
prefix=$TEST_TMPDIR/moved
cd "$TEST_TMPDIR"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
# shellcheck disable=SC2046
{
  gcc -std=c11 "$c_source" $(pkg-config --cflags --libs fart) -o embed_c
  gcc -std=c11 "$c_source" $(pkg-config --cflags --libs fart-static) -o embed_c_static
}
# shellcheck disable=SC2046
{
  gcc -std=c11 "$heap_source" $(pkg-config --cflags --libs fartheap) -o heap_host
  gcc -std=c11 "$heap_source" $(pkg-config --cflags --libs fartheap-static) -o heap_host_static
}
[[ $(LD_LIBRARY_PATH=$prefix/lib ./heap_host) = 'the heap alone' && $(./heap_host_static) = 'the heap alone' ]]
LD_LIBRARY_PATH=$prefix/lib "$cache_test" "$PWD/embed_c"
"$cache_test" "$PWD/embed_c_static"
[[ $(pkg-config --modversion fart) = "$("$prefix/bin/fart" --version | cut -d' ' -f2)" ]]

mkdir project
cp -L "$cmake_project"/* project/
cmake -S project -B build -DCMAKE_PREFIX_PATH="$prefix" >cmake.log 2>&1 &&
  cmake --build build >>cmake.log 2>&1 || { cat cmake.log; exit 1; }
"$cache_test" "$PWD/build/embed_cpp" "$cpp_line"
"$cache_test" "$PWD/build/embed_cpp_static" "$cpp_line"

mkdir heap_project
cp -L "$heap_source" heap_project/
cat >heap_project/CMakeLists.txt <<'PROJECT'
cmake_minimum_required(VERSION 3.16)
project(heap_host C CXX)
find_package(Fart REQUIRED)
add_executable(heap_host host.c)
target_link_libraries(heap_host PRIVATE Fart::heap)
add_executable(heap_host_static host.c)
target_link_libraries(heap_host_static PRIVATE Fart::heap_static)
PROJECT
cmake -S heap_project -B heap_build -DCMAKE_PREFIX_PATH="$prefix" >cmake.log 2>&1 &&
  cmake --build heap_build >>cmake.log 2>&1 || { cat cmake.log; exit 1; }
[[ $(heap_build/heap_host) = 'the heap alone' && $(heap_build/heap_host_static) = 'the heap alone' ]]

# Where vcpkg puts the CMake package.
cp -r "$prefix" elsewhere
mkdir elsewhere/share/fart
mv elsewhere/lib/cmake/Fart/* elsewhere/share/fart/
rm -r elsewhere/lib/cmake
cmake -S heap_project -B elsewhere_build -DCMAKE_PREFIX_PATH="$PWD/elsewhere" >cmake.log 2>&1 &&
  cmake --build elsewhere_build >>cmake.log 2>&1 || { cat cmake.log; exit 1; }
[[ $(elsewhere_build/heap_host) = 'the heap alone' ]]

# Where a distribution has libraries of several architectures.
cp -r "$prefix" multiarch
mkdir multiarch/libraries
mv multiarch/lib multiarch/libraries/some-linux
mv multiarch/libraries multiarch/lib
cmake -S heap_project -B multiarch_build -DCMAKE_PREFIX_PATH="$PWD/multiarch" \
  -DFart_DIR="$PWD/multiarch/lib/some-linux/cmake/Fart" >cmake.log 2>&1 &&
  cmake --build multiarch_build >>cmake.log 2>&1 || { cat cmake.log; exit 1; }
[[ $(multiarch_build/heap_host) = 'the heap alone' && $(multiarch_build/heap_host_static) = 'the heap alone' ]]
# And where the headers are not.
rm -r multiarch/include
if cmake -S heap_project -B no_headers_build -DFart_DIR="$PWD/multiarch/lib/some-linux/cmake/Fart" >cmake.log 2>&1 ||
  ! grep -q 'no include/fart/dart_api.h above' cmake.log; then
  cat cmake.log
  exit 1
fi

# The headers have a folder of their own, and its name may be written.
echo '#include <fart/fart.hpp>' >named.cc
g++ -std=c++17 -fsyntax-only -I"$prefix/include" named.cc
[[ -z $(find "$prefix/include" -maxdepth 1 -type f) ]]

[[ -s $prefix/share/man/man1/fart.1 && -s $prefix/share/man/man1/fart_report.1 && -x $prefix/bin/fart_report ]]
for notice in LICENSE THIRD_PARTY.md; do [[ -s $prefix/share/doc/fart/$notice ]]; done

# A program that links statically still has the whole interface for the extensions that it loads.
for program in embed_c_static build/embed_cpp_static; do
  nm -D --defined-only "$program" >exported
  grep -q ' Fart_SetNativeResolver$' exported || { echo "$program exports too little"; exit 1; }
done

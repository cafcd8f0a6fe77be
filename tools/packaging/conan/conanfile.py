"""Fart for Conan 2: `conan create tools/packaging/conan`, from a copy of the sources.

  -o "fart/*:language=False"    the heap alone, which requires nothing
  -o "fart/*:shared=True"       the shared library
"""

import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class FartConan(ConanFile):
    name = "fart"
    license = "BSD-3-Clause"
    description = "A garbage-collected heap with handle tables, to embed"
    topics = ("garbage-collection", "heap", "handles", "embedding")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "language": [True, False]}
    default_options = {"shared": False, "language": True}
    # It is hidden symbols and a version script whichever way.
    no_copy_source = True

    def _root(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._root(), "api", "include", "dart_api.h"))
        parts = dict(re.findall(r"#define FART_VERSION_(MAJOR|MINOR|PATCH) (\d+)", header))
        self.version = ".".join(parts[part] for part in ("MAJOR", "MINOR", "PATCH"))

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "docs/THIRD_PARTY.md", "api/*", "bin/*", "gc/*",
                        "handles/*", "heap/*", "lang/*", "vm/*", "tools/*"):
            copy(self, pattern, self._root(), self.export_sources_folder)

    def requirements(self):
        if self.options.language:
            self.requires("gmp/[>=6.2 <7]")
            self.requires("pcre2/[>=10.40 <11]", options={"build_pcre2_16": True})

    def validate(self):
        check_min_cppstd(self, 20)
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("Fart runs on Linux")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["FART_LANGUAGE"] = bool(self.options.language)
        toolchain.cache_variables["FART_BUILD_PROGRAM"] = False
        toolchain.cache_variables["FART_BUILD_TESTS"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        # Fart's own: its archive has to be linked as it says.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "Fart")]
        file = "fart" if self.options.language else "fartheap"
        self.cpp_info.set_property("pkg_config_name", file)
        self.cpp_info.includedirs = [os.path.join("include", "fart")]
        self.cpp_info.libs = [file] if self.options.shared else [f":lib{file}.a"]
        self.cpp_info.system_libs = ["m", "dl", "pthread"]
        if not self.options.shared:
            self.cpp_info.system_libs.append("stdc++")
        self.cpp_info.exelinkflags = self.cpp_info.sharedlinkflags = ["-Wl,-z,nodelete"]
